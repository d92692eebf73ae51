"""What the store keeps, as frozen records, and how a moment is written down."""

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Literal, cast

Confidence = Literal["sure", "think", "guess"]
"""What the learner said about an answer before seeing whether it was right."""

CONFIDENCES: tuple[Confidence, ...] = ("sure", "think", "guess")


@dataclass(frozen=True, slots=True)
class Answer:
    """One answer to one question.

    Args:
        item: The question: ``topic/concept#question``.
        concept: Its concept: ``topic/concept``.
        correct: Score, 0 to 1; only 1 is right.
        confidence: What the learner said.
        seconds: From the question shown to the answer given.
        hints: How many were read first.
        at: When, with a time zone.
        uid: 32 hexadecimal digits that name this answer everywhere; empty lets the store draw them.
    """

    item: str
    concept: str
    correct: float
    confidence: Confidence
    seconds: float
    hints: int
    at: datetime
    uid: str = ""


@dataclass(frozen=True, slots=True)
class Card:
    """When a question comes back.

    Args:
        item: The question: ``topic/concept#question``.
        state: The scheduler's memory of it, as JSON text that the store does not read.
        due: When to ask again, with a time zone.
    """

    item: str
    state: str
    due: datetime


@dataclass(frozen=True, slots=True)
class LessonMark:
    """How far a lesson has been read.

    Args:
        concept: The lesson: ``topic/concept``.
        place: Where the reader is: grows down the page from 0, in the reader's own unit.
        opened_at: When it was last read.
        done_at: When it was first read to the end; None before.
    """

    concept: str
    place: float
    opened_at: datetime
    done_at: datetime | None


@dataclass(frozen=True, slots=True)
class MetGoal:
    """A goal of a lab that the learner has met.

    Args:
        lab: The lab: ``topic/concept``.
        goal: Its name.
        steps: The fewest steps it took so far.
        at: When that was.
    """

    lab: str
    goal: str
    steps: int
    at: datetime


@dataclass(frozen=True, slots=True)
class SavedRun:
    """The run that a lab resumes.

    Args:
        lab: The lab: ``topic/concept``.
        text: The run file.
        updated_at: When it was saved.
    """

    lab: str
    text: str
    updated_at: datetime


@dataclass(frozen=True, slots=True)
class Draft:
    """Work that is not finished: a quiz in the middle, an answer half typed.

    Args:
        key: ``kind:address``, such as ``quiz:caching/cache_aside``.
        value: Anything that JSON can hold.
    """

    key: str
    value: Any


@dataclass(frozen=True, slots=True)
class LastPlace:
    """What ``continue`` opens.

    Args:
        kind: ``lesson``, ``lab``, ``quiz`` or what else the caller opens.
        concept: ``topic/concept``.
        detail: The place inside it; the caller's own notation.
    """

    kind: str
    concept: str
    detail: str


def to_text(moment: datetime) -> str:
    """Return a moment as ISO 8601 in UTC, always of one width, so that texts sort like moments.

    Raises:
        ValueError: It has no time zone.

    >>> to_text(datetime(2026, 1, 2, 3, 4, tzinfo=UTC))
    '2026-01-02T03:04:00.000000+00:00'
    """
    if moment.tzinfo is None:
        raise ValueError("a moment without a time zone cannot be stored")
    return moment.astimezone(UTC).isoformat(timespec="microseconds")


def to_moment(text: str) -> datetime:
    """Return the moment that :func:`to_text` wrote."""
    return datetime.fromisoformat(text)


def to_answer(row: tuple[Any, ...]) -> Answer:
    """Return the answer in a row of ANSWER_COLUMNS."""
    uid, item, concept, correct, confidence, seconds, hints, at = row
    stated = cast("Confidence", confidence)
    return Answer(item, concept, correct, stated, seconds, hints, to_moment(at), uid)


ANSWER_COLUMNS = "uid, item, concept, correct, confidence, seconds, hints, at"
"""The columns of the table ``answers``, in the order of a row."""
