"""Reviews come back sooner after a miss and later after each success; recall only falls with time."""

import json
from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sdtutor.learning.schedule import AGAIN_AFTER, FIRST_REVIEW_AFTER, recall, schedule

NOW = datetime(2026, 3, 1, 20, 0, tzinfo=UTC)
ratings = st.sampled_from(["again", "hard", "good", "easy"])


def after(*rated):
    """State, due date and moment after ratings, each given when the question was due."""
    state, due, now = None, NOW, NOW
    for one in rated:
        now = due
        state, due = schedule(state, one, now)
    return state, due, now


def test_a_first_answer_comes_back_at_once_tomorrow_or_in_days_by_its_rating():
    assert after("again")[1] == NOW + AGAIN_AFTER
    assert after("good")[1] == NOW + FIRST_REVIEW_AFTER
    assert NOW + AGAIN_AFTER < after("hard")[1] < NOW + FIRST_REVIEW_AFTER
    assert after("easy")[1] > NOW + timedelta(days=5)


def test_intervals_grow_with_each_success_and_fall_back_after_a_miss():
    gaps = []
    for times in range(1, 6):
        _, due, now = after(*["good"] * times)
        gaps.append(due - now)
    assert gaps == sorted(gaps)
    assert gaps[-1] > timedelta(days=20)
    _, due, now = after("good", "good", "good", "again")
    assert due - now == AGAIN_AFTER


def test_the_same_answers_give_the_same_state_and_date():
    assert after("good", "hard", "easy", "good") == after("good", "hard", "easy", "good")


def test_a_local_time_zone_gives_the_same_date_in_utc():
    local = NOW.astimezone(timezone(timedelta(hours=-7)))
    assert schedule(None, "good", local) == schedule(None, "good", NOW)
    assert schedule(None, "good", local)[1].tzinfo == UTC


def test_recall_is_nine_tenths_at_the_due_date_and_falls_from_there():
    state, due, _ = after("good", "good", "good")
    assert recall(state, due) == pytest.approx(0.9, abs=0.02)
    assert recall(state, due + timedelta(days=60)) < recall(state, due + timedelta(days=30)) < 0.9
    assert recall(None, NOW) == 0


@pytest.mark.parametrize(
    "state",
    [
        "",
        "{",
        "[]",
        "7",
        "null",
        "{}",
        json.dumps({**json.loads(schedule(None, "good", NOW)[0]), "due": "2026-03-02T00:00:00"}),
        json.dumps({**json.loads(schedule(None, "good", NOW)[0]), "state": 9}),
    ],
)
def test_a_state_that_cannot_be_read_starts_anew(state):
    assert schedule(state, "good", NOW) == schedule(None, "good", NOW)
    assert recall(state, NOW) == 0


@given(st.lists(ratings, min_size=1, max_size=8), st.integers(0, 4000))
def test_recall_is_a_probability_and_due_is_never_in_the_past(rated, days):
    state, due, now = after(*rated)
    assert due > now
    assert 0 <= recall(state, now + timedelta(days=days)) <= 1
