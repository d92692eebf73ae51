"""What there is: lessons, labs, quizzes, interviews, found by file name and header. No lab is imported."""

from collections.abc import Callable, Mapping

from sdtutor.session.desk import Desk
from sdtutor.session.views import ItemState, ListKind, ListRow, ProblemRow

KINDS: tuple[ListKind, ...] = ("lesson", "lab", "quiz")


def listing(desk: Desk, kind: ListKind | None, topic: str | None) -> tuple[ListRow, ...]:
    """Return what there is, in learning order: lessons, then labs, then quizzes.

    Args:
        desk: Where from.
        kind: Only these; None means all.
        topic: Only of this topic, forgivingly spelled; None means all.

    Raises:
        UsageError: There is no such topic.
    """
    slug = desk.resolve_topic(topic) if topic else ""
    state = _states(desk)
    return tuple(
        _row(desk, each, concept, state(each, concept))
        for each in ([kind] if kind else KINDS)
        for concept in desk.having(each)
        if not slug or concept.startswith(f"{slug}/")
    )


def problem_rows(desk: Desk) -> tuple[ProblemRow, ...]:
    """Return the interview problems that there are, by title."""
    from sdtutor.content.problems import list_problems

    entries = sorted(list_problems(desk.root), key=lambda entry: (entry.title, entry.slug))
    return tuple(ProblemRow("interview", entry.slug, entry.title, entry.summary) for entry in entries)


def _states(desk: Desk) -> Callable[[ListKind, str], ItemState]:
    """Return what tells the state of an item; everything is new when there is no progress to read."""
    if desk.known_store is None:
        return lambda _kind, _concept: "new"
    from sdtutor.session.history import History

    history = History(desk)
    tell: Mapping[ListKind, Callable[[str], ItemState]] = {
        "lesson": history.lesson_state,
        "lab": history.lab_state,
        "quiz": history.quiz_state,
    }
    return lambda kind, concept: tell[kind](concept)


def _row(desk: Desk, kind: ListKind, concept: str, state: ItemState) -> ListRow:
    entry = next((each for each in desk.catalogue.entries if each.concept == concept), None)
    return ListRow(
        kind=kind,
        id=concept,
        topic=concept.partition("/")[0],
        title=desk.title(concept),
        summary=entry.summary if entry else "",
        minutes=entry.minutes if entry and kind == "lesson" else 0,
        state=state,
    )
