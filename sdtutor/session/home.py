"""Home: what to do now and why, the ten topics, and the interview that all of it is for."""

from collections.abc import Iterator

from sdtutor.core.units import count
from sdtutor.learning.today import next_goal, next_lesson
from sdtutor.session.desk import Desk
from sdtutor.session.history import History
from sdtutor.session.interview_date import FIRST_MINUTES, FIRST_PROBLEM, kept_interview
from sdtutor.session.views import HomeRow, HomeState, HomeView

FIRST_LAB = "caching/cache_aside"
"""The lab with which a newcomer starts."""

_FIRST_STORY = (
    "A cache, a database, one reader, one writer. You decide which message arrives next. "
    "Make the reader see a price that is gone."
)

_NAMED_SURPRISES = 3
"""How many surprises home names. Editorial: what fits on a line."""


def home(desk: Desk) -> HomeView:
    """Return home for this day."""
    history = History(desk)
    state_of_day: HomeState = "first" if history.is_new else "started"
    topics = history.topic_rows()
    if any(topic.recall is not None for topic in topics):
        state_of_day = "regular"
    day = history.day()
    first = state_of_day == "first"
    rows = tuple(_first_rows(desk) if first else _rows(desk, history, state_of_day))
    return HomeView(
        state=state_of_day,
        day=day,
        header=_header(desk, day),
        heading="START HERE" if first else "TODAY",
        summary="" if first else _summary(history),
        start=rows,
        topics=topics,
        last=_last(desk),
        active_days=history.active_days(),
        notice=" ".join(desk.notices),
    )


def _header(desk: Desk, day: int) -> str:
    interview, level = kept_interview(desk)
    if interview is None:
        return f"day {day}"
    length = day + (interview - desk.today).days
    return f"day {day} of {length} · {level} · interview {interview.day} {interview:%B}"


def _summary(history: History) -> str:
    said = []
    minutes = history.reviews().minutes
    lesson = next_lesson(history.course())
    if lesson:
        minutes += history.desk.catalogue.entry(lesson.concept).minutes
    if minutes:
        said.append(f"about {minutes} min")
    if history.answered_today():
        said.append(f"{history.answered_today()} answered")
    return ", ".join(said)


def _first_rows(desk: Desk) -> Iterator[HomeRow]:
    if FIRST_LAB in desk.shelf.names:
        detail = "90 seconds, real code, nothing to set up"
        yield HomeRow("Enter", "lab", "Break a cache", detail, _FIRST_STORY, FIRST_LAB)
    elif desk.catalogue.entries:
        entry = desk.catalogue.entries[0]
        yield HomeRow("Enter", "lesson", entry.title, f"{entry.minutes} min", entry.summary, entry.concept)
    yield _date_row()
    yield from _interview_row(desk)


def _date_row() -> HomeRow:
    detail = "date + level -> lessons a week"
    return HomeRow("p", "interview_date", "Interview coming up?", detail)


def _interview_row(desk: Desk) -> Iterator[HomeRow]:
    """Offer the mock interview that was left, or the first one; later they stand behind their key."""
    from sdtutor.content.problems import find_entry

    store = desk.known_store
    held = store.interviews() if store else ()
    if not held:
        first = find_entry(desk.root, FIRST_PROBLEM)
        if first:
            detail = f"{FIRST_MINUTES} minutes, {first.title}, no preparation"
            yield HomeRow("i", "interview", "Cold mock interview", detail)
    elif any(each.ended_at is None for each in held):
        yield from _paused_row(desk)


def _paused_row(desk: Desk) -> Iterator[HomeRow]:
    from sdtutor.session.interviews import paused_interview

    paused = paused_interview(desk)
    if paused:
        left = f", {paused.left_s / 60:.0f} min left" if paused.left_s is not None else ""
        detail = f'{paused.title}, {paused.minutes} min, paused in "{paused.stage.lower()}"{left}'
        yield HomeRow("i", "interview", "Interview", detail, target=paused.id)


def _rows(desk: Desk, history: History, state: HomeState) -> Iterator[HomeRow]:
    yield from _review_row(desk, history)
    if state == "started" and _last(desk):
        yield HomeRow("c", "continue", "Continue", _last(desk))
    yield from _lesson_row(desk, history)
    yield from _quiz_row(desk, history)
    yield from _goal_row(desk, history)
    yield from _surprises_row(desk, history)
    yield from _interview_row(desk)
    if state == "started" and kept_interview(desk)[0] is None:
        yield _date_row()


def _review_row(desk: Desk, history: History) -> Iterator[HomeRow]:
    due = history.due()
    if due:
        oldest = desk.title(due[0].partition("#")[0])
        yield HomeRow("r", "review", "Review", history.reviews().sentence, f"oldest: {oldest}")


def _lesson_row(desk: Desk, history: History) -> Iterator[HomeRow]:
    found = next_lesson(history.course())
    if found:
        entry = desk.catalogue.entry(found.concept)
        detail = f"{entry.title}, {entry.minutes} min"
        yield HomeRow("l", "lesson", "Lesson", detail, found.why, found.concept)


def _quiz_row(desk: Desk, history: History) -> Iterator[HomeRow]:
    """Offer the questions of the first lesson that was read and never asked about."""
    for concept in desk.having("quiz"):
        if history.is_read(concept) and history.quiz_state(concept) == "new":
            detail = f"{desk.title(concept)}, {count(len(desk.items(concept)), 'question')}"
            yield HomeRow("t", "quiz", "Test yourself", detail, "You have read it.", concept)
            return


def _goal_row(desk: Desk, history: History) -> Iterator[HomeRow]:
    found = next_goal(_unmet(desk, history), history.course())
    if found:
        lab, title = found
        yield HomeRow("g", "goal", "Goal", title, f"lab: {desk.title(lab)}", lab)


def _unmet(desk: Desk, history: History) -> Iterator[tuple[str, str]]:
    """Yield lab and title of goals not met; a lab is imported only if its lesson was opened."""
    met = {(goal.lab, goal.goal) for goal in history.goals}
    for lab in desk.having("lab"):
        if lab in history.marks:
            for goal in desk.shelf.load(lab).goals:
                if (lab, goal.name) not in met:
                    yield lab, goal.title


def _surprises_row(desk: Desk, history: History) -> Iterator[HomeRow]:
    items = history.surprise_items()
    if items:
        titles = list(dict.fromkeys(desk.title(item.partition("#")[0]) for item in items))
        named = ", ".join(titles[:_NAMED_SURPRISES]) + (", …" if len(titles) > _NAMED_SURPRISES else "")
        said = f"{count(len(items), 'answer')} you were sure of and got wrong: {named}"
        yield HomeRow("s", "surprises", "Surprises", said)


def _last(desk: Desk) -> str:
    last = desk.store.last()
    if last is None:
        return ""
    name = last.concept.rpartition("/")[2]
    return f"{last.kind} {name}" + (f", {last.detail}" if last.detail else "")
