"""How far a concept or a topic is mastered, and whether the learner knows what they know."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from math import fsum
from typing import Literal, Protocol, TypeVar

from sdtutor.learning.rating import Confidence

DONE_SHARE = 0.7
"""A concept is done when its lesson was read and this share of its questions was right the last time.
Editorial: enough to go on, with reviews to close the rest."""

ENOUGH_ANSWERS = 10
"""Below this many answers no recall and no verdict on confidence is shown: with fewer, one answer moves
the share that is right by more than 10 points. Editorial."""

STATED: Mapping[Confidence, float] = {"sure": 0.95, "think": 0.75, "guess": 0.4}
"""The share of right answers that each word promises. Editorial; a blind guess among four is 0.25, and
learners can rule out about one option."""

FAIR_WITHIN = 0.15
"""How far promise and result may differ and still be called fair. Editorial: about one standard error of
ten answers of which three quarters are right, sqrt(0.75 * 0.25 / 10) = 0.14."""

Calibration = Literal["fair", "too sure", "unsure", "too few answers"]


class Answered(Protocol):
    """What this floor needs to know of an answer."""

    @property
    def item(self) -> str:
        """The question: ``topic/concept#question``."""

    @property
    def correct(self) -> float:
        """Score, 0 to 1; only 1 is right."""

    @property
    def confidence(self) -> Confidence:
        """What the learner said before seeing the result."""

    @property
    def at(self) -> datetime:
        """When, with a time zone."""


A = TypeVar("A", bound=Answered)


@dataclass(frozen=True, slots=True)
class ConceptProgress:
    """Where the learner stands in one concept.

    Args:
        read: The lesson was read to its end.
        done: Read, and DONE_SHARE of the questions were right the last time.
        right: How many questions were right the last time they were asked.
        asked: How many were asked at least once.
        questions: How many there are.
        recall: Mean probability, 0 to 1, that a question asked before is known now; None before
            ENOUGH_ANSWERS answers.
    """

    read: bool
    done: bool
    right: int
    asked: int
    questions: int
    recall: float | None


@dataclass(frozen=True, slots=True)
class TopicProgress:
    """Where the learner stands in one topic.

    Args:
        done: How many of its concepts are done.
        concepts: How many there are.
        recall: As in ConceptProgress, over all questions of the topic.
        calibration: Whether stated confidence fits the results.
    """

    done: int
    concepts: int
    recall: float | None
    calibration: Calibration


def concept_progress(
    read: bool, items: Collection[str], answers: Iterable[Answered], recalls: Mapping[str, float]
) -> ConceptProgress:
    """Return where the learner stands in a concept.

    Args:
        read: The lesson was read to its end.
        items: The questions that the concept has now; answers to others do not count.
        answers: Of this concept, or more.
        recalls: For each question asked before, the probability that it is known now.
    """
    counted = [answer for answer in answers if answer.item in items]
    latest = latest_answers(counted)
    right = sum(answer.correct == 1 for answer in latest.values())
    done = read and right >= DONE_SHARE * len(items)
    recall = _mean_recall(counted, [recalls[item] for item in items if item in recalls])
    return ConceptProgress(read, done, right, len(latest), len(items), recall)


def topic_progress(
    concepts: Collection[ConceptProgress], answers: Sequence[Answered], recalls: Iterable[float]
) -> TopicProgress:
    """Return where the learner stands in a topic.

    Args:
        concepts: Its concepts.
        answers: All answers to its questions.
        recalls: For each of its questions asked before, the probability that it is known now.
    """
    done = sum(concept.done for concept in concepts)
    return TopicProgress(done, len(concepts), _mean_recall(answers, list(recalls)), calibration(answers))


def calibration(answers: Collection[Answered]) -> Calibration:
    """Return whether stated confidence fits the results.

    The measure is mean stated probability minus share right, called overconfidence when positive
    (Lichtenstein, Fischhoff and Phillips 1982, "Calibration of probabilities: The state of the art to
    1980").
    """
    if len(answers) < ENOUGH_ANSWERS:
        return "too few answers"
    excess = fsum(STATED[answer.confidence] - (answer.correct == 1) for answer in answers) / len(answers)
    if abs(excess) <= FAIR_WITHIN:
        return "fair"
    return "too sure" if excess > 0 else "unsure"


def surprises(answers: Iterable[A]) -> tuple[A, ...]:
    """Return the answers that were sure and wrong and the last to their question, newest first."""
    last = latest_answers(answers).values()
    wrong = (answer for answer in last if answer.confidence == "sure" and answer.correct < 1)
    return tuple(sorted(wrong, key=lambda answer: (answer.at, answer.item), reverse=True))


def latest_answers(answers: Iterable[A]) -> dict[str, A]:
    """Return the last answer to each question; of two at one moment, the later in order."""
    return {answer.item: answer for answer in sorted(answers, key=lambda answer: answer.at)}


def _mean_recall(answers: Collection[Answered], recalls: Collection[float]) -> float | None:
    if len(answers) < ENOUGH_ANSWERS or not recalls:
        return None
    return fsum(recalls) / len(recalls)
