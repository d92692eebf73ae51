"""The plan of a day: what waits, what comes next and why."""

from datetime import UTC, datetime, timedelta, timezone

import pytest

from sdtutor.learning.today import Standing, active_days, next_goal, next_lesson, reviews

NOW = datetime(2026, 3, 9, 1, 0, tzinfo=timezone(timedelta(hours=2)))
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


@pytest.mark.parametrize(
    ("due", "last_answer", "sentence"),
    [
        (0, None, "nothing due"),
        (3, NOW - DAY, "3 due, 2 min"),
        (40, NOW - 2 * DAY, "40 due, 27 min"),
        (40, NOW - 3 * DAY, "40 due; 10 is enough today"),
        (10, NOW - 30 * DAY, "10 due, 7 min"),
        (1200, NOW, "1,200 due, 800 min"),
    ],
)
def test_reviews_are_told_with_minutes_and_a_backlog_after_a_gap_is_no_wall(due, last_answer, sentence):
    assert reviews(due, (), last_answer, NOW).sentence == sentence


def test_minutes_follow_the_own_pace_from_ten_answers_on():
    assert reviews(6, [10.0] * 9, NOW, NOW).minutes == 4
    assert reviews(6, [10.0] * 9 + [3600.0], NOW, NOW).minutes == 1


def standing(name, *requires, opened=False, done=False):
    return Standing(f"t/{name}", name.title(), tuple(f"t/{one}" for one in requires), opened, done)


def test_the_first_lesson_whose_requirements_are_done_comes_next():
    course = [
        standing("hash", done=True),
        standing("saga", "outbox"),
        standing("ring", "hash"),
        standing("outbox"),
    ]
    chosen = next_lesson(course)
    assert chosen.concept == "t/ring"
    assert chosen.why == "It builds on Hash, which you have done."


def test_a_lesson_that_was_begun_comes_first():
    chosen = next_lesson([standing("hash"), standing("ring", opened=True)])
    assert (chosen.concept, chosen.why) == ("t/ring", "You have begun it.")


def test_the_reason_fits_the_beginning_the_middle_and_the_end():
    assert next_lesson([standing("hash")]).why == "It needs nothing before it."
    assert (
        next_lesson([standing("hash", done=True), standing("ring")]).why == "It comes next, after 1 lesson."
    )
    assert next_lesson([standing("hash", done=True)]) is None
    assert next_lesson([]) is None


def test_a_requirement_outside_the_course_does_not_block():
    assert next_lesson([standing("ring", "gone")]).concept == "t/ring"


def test_the_goal_is_one_of_a_lab_whose_lesson_was_opened():
    course = [standing("hash"), standing("ring", opened=True)]
    assert next_goal([("t/hash", "one"), ("t/ring", "two"), ("t/ring", "three")], course) == ("t/ring", "two")
    assert next_goal([("t/hash", "one")], course) is None


def test_days_are_counted_in_the_time_zone_of_the_learner():
    midnight = NOW.replace(hour=0)
    assert active_days([midnight.astimezone(UTC), midnight - HOUR], NOW) == 2
    assert active_days([midnight, midnight + HOUR], NOW) == 1
    assert active_days([midnight - 6 * DAY], NOW) == 1
    assert active_days([midnight - 6 * DAY - HOUR, midnight + 2 * DAY], NOW) == 0
