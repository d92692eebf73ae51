"""Opening a lesson, and the guess that comes before it."""

from sdtutor.content.lessons import load_lesson, with_code
from sdtutor.core.slugs import TOPICS, resolve
from sdtutor.errors import UsageError
from sdtutor.learning.today import next_lesson
from sdtutor.session.desk import Desk
from sdtutor.session.history import History
from sdtutor.session.views import GuessVerdict, LessonView, RequiredView, SectionView
from sdtutor.store.records import Draft


def open_lesson(desk: Desk, name: str) -> LessonView:
    """Return a lesson, and keep that it was opened.

    Args:
        desk: Where from.
        name: A concept; a topic opens its first lesson that is not done; empty goes on where the learner
            stopped.

    Raises:
        UsageError: The name is unknown or could be several, or there is no lesson left.
        ContentError: The lesson breaks a rule of its format.
    """
    history = History(desk)
    concept = _chosen(desk, history, name)
    view = _view(desk, history, concept)
    desk.store.save_place(concept, view.place)
    desk.remember("lesson", concept)
    return view


def commit_guess(desk: Desk, concept: str, index: int) -> GuessVerdict:
    """Keep the guess before a lesson; return what came of it.

    Raises:
        UsageError: There is no such choice.
    """
    guess = load_lesson(desk.root, concept).guess
    if not 0 <= index < len(guess.choices):
        raise UsageError(f"There is no choice {index + 1}.", f"Choose from 1 to {len(guess.choices)}.")
    desk.store.save_draft(Draft(_guess_key(concept), index))
    return GuessVerdict(index == guess.answer, guess.why)


def _chosen(desk: Desk, history: History, name: str) -> str:
    if not name:
        found = next_lesson(history.course())
        if found is None:
            hint = "sdtutor review asks what is due; sdtutor list lessons shows all of them."
            raise UsageError("You have done every lesson there is.", hint)
        return found.concept
    meant = resolve(name, (*TOPICS, *desk.catalogue.concepts), "lesson")
    if meant not in TOPICS:
        return meant
    concepts = desk.resolve(meant, "lesson")
    return next((concept for concept in concepts if not history.progress(concept).done), concepts[0])


def _view(desk: Desk, history: History, concept: str) -> LessonView:
    lesson = load_lesson(desk.root, concept)
    mark = history.marks.get(concept)
    guess = desk.store.draft(_guess_key(concept))
    following = _next(desk, history, concept)
    return LessonView(
        concept=concept,
        topic=desk.topic_title(concept),
        title=lesson.title,
        summary=lesson.summary,
        minutes=lesson.minutes,
        level=lesson.level,
        goals=lesson.goals,
        guess=lesson.guess,
        guessed=_index(guess, len(lesson.guess.choices)),
        sections=tuple(SectionView(each.title, with_code(each, lesson)) for each in lesson.sections),
        sources=lesson.sources,
        requires=tuple(
            RequiredView(name, desk.title(name), history.progress(name).done) for name in lesson.requires
        ),
        has_lab=concept in desk.shelf.names,
        has_quiz=desk.has_quiz(concept),
        place=mark.place if mark else 0.0,
        done=history.is_read(concept),
        next=following,
        next_title=desk.title(following) if following else "",
    )


def _next(desk: Desk, history: History, concept: str) -> str | None:
    """Return the first concept after this one in learning order that was not read, then any before it."""
    concepts = desk.catalogue.concepts
    here = concepts.index(concept)
    ordered = (*concepts[here + 1 :], *concepts[:here])
    return next((other for other in ordered if not history.is_read(other)), None)


def _guess_key(concept: str) -> str:
    return f"guess:{concept}"


def _index(draft: Draft | None, count: int) -> int | None:
    """Return the guess in a draft; None when there is none, or the lesson has fewer choices now."""
    value = draft.value if draft else None
    return value if isinstance(value, int) and 0 <= value < count else None
