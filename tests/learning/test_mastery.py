"""Progress counts latest answers, and says nothing before there is enough to say."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import pytest

from sdtutor.learning.mastery import (
    ENOUGH_ANSWERS,
    calibration,
    concept_progress,
    latest_answers,
    surprises,
    topic_progress,
)

START = datetime(2026, 3, 1, tzinfo=UTC)


@dataclass(frozen=True)
class Given:
    item: str
    correct: float
    confidence: str
    at: datetime


def answers(*marks):
    """Answers an hour apart: (item, correct, confidence)."""
    return [Given(*mark, START + timedelta(hours=hour)) for hour, mark in enumerate(marks)]


ITEMS = tuple(f"a/b#q{number}" for number in range(10))


def right(count, wrong=0, confidence="sure"):
    return answers(
        *[(ITEMS[number % 10], float(number < count), confidence) for number in range(count + wrong)]
    )


@pytest.mark.parametrize(
    ("read", "count", "done"), [(True, 7, True), (True, 6, False), (False, 10, False), (True, 10, True)]
)
def test_a_concept_is_done_when_read_and_seven_tenths_are_right(read, count, done):
    progress = concept_progress(read, ITEMS, right(count), {})
    assert (progress.done, progress.right, progress.asked, progress.questions) == (done, count, count, 10)


def test_only_the_latest_answer_to_a_question_counts():
    twice = answers(
        ("a/b#q0", 0.0, "sure"), ("a/b#q0", 1.0, "sure"), ("a/b#q1", 1.0, "sure"), ("a/b#q1", 0.5, "sure")
    )
    assert concept_progress(True, ITEMS, reversed(twice), {}).right == 1
    assert latest_answers(reversed(twice))["a/b#q1"].correct == 0.5


def test_answers_to_questions_that_are_gone_do_not_count():
    assert concept_progress(True, ("a/b#q1",), right(1), {"a/b#q0": 1.0}).asked == 0


def test_recall_is_the_mean_and_comes_only_after_ten_answers():
    recalls = {ITEMS[0]: 0.9, ITEMS[1]: 0.6, "gone": 0.0}
    assert concept_progress(True, ITEMS, right(ENOUGH_ANSWERS - 1), recalls).recall is None
    assert concept_progress(True, ITEMS, right(ENOUGH_ANSWERS), recalls).recall == pytest.approx(0.75)


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        (right(9), "too few answers"),
        (right(10), "fair"),
        (right(8, 2), "fair"),
        (right(7, 3), "too sure"),
        (right(10, 0, "think"), "unsure"),
        (right(7, 3, "think"), "fair"),
        (right(5, 5, "think"), "too sure"),
        (right(4, 6, "guess"), "fair"),
        (right(8, 2, "guess"), "unsure"),
    ],
)
def test_confidence_is_compared_with_results(given, expected):
    assert calibration(given) == expected


def test_a_topic_sums_up_its_concepts():
    done, open_ = concept_progress(True, ITEMS, right(8), {}), concept_progress(False, ITEMS, (), {})
    progress = topic_progress([done, open_], right(8, 4), [0.8, 0.6])
    assert (progress.done, progress.concepts, progress.recall) == (1, 2, pytest.approx(0.7))
    assert progress.calibration == "too sure"
    assert topic_progress([], (), ()).recall is None


def test_surprises_are_sure_and_wrong_and_not_yet_put_right():
    given = answers(
        ("a/b#early", 0.0, "sure"),
        ("a/b#mended", 0.0, "sure"),
        ("a/b#modest", 0.0, "think"),
        ("a/b#mended", 1.0, "think"),
        ("a/b#late", 0.5, "sure"),
    )
    assert [answer.item for answer in surprises(given)] == ["a/b#late", "a/b#early"]
