from datetime import date, timedelta

import pytest
from learners import CREDITS, TURNS

from sdtutor.errors import UsageError
from sdtutor.session import home as home_module


def kinds(view):
    return [row.kind for row in view.start]


def test_day_one_has_one_thing_to_start_with_and_no_figure(learner, monkeypatch):
    monkeypatch.setattr(home_module, "FIRST_LAB", TURNS)
    view = learner.tutor.home()
    assert (view.state, view.day, view.header, view.heading) == ("first", 1, "day 1", "START HERE")
    assert kinds(view) == ["lab", "interview_date"]
    assert (view.start[0].key, view.start[0].title, view.start[0].target) == ("Enter", "Break a cache", TURNS)
    assert view.last == view.summary == view.notice == ""
    assert all(topic.recall is None and not topic.weakest for topic in view.topics)


def test_without_the_first_lab_day_one_starts_with_the_first_lesson(tutor):
    row = tutor.home().start[0]
    assert (row.kind, row.target, row.detail) == ("lesson", TURNS, "6 min")


def test_topics_count_their_concepts_and_empty_ones_are_left_out(tutor):
    assert {topic.slug: topic.count for topic in tutor.home().topics} == {"load_balancing": 2}


def test_after_a_lesson_was_opened_home_continues_there(learner):
    learner.tutor.open_lesson(TURNS)
    learner.clock.pass_time(days=2)
    view = learner.sit_down().home()
    assert (view.state, view.day, view.heading) == ("started", 3, "TODAY")
    rows = {row.kind: row for row in view.start}
    assert list(rows) == ["continue", "lesson", "goal", "interview_date"]
    assert rows["continue"].detail == view.last == "lesson turns"
    assert (rows["lesson"].target, rows["lesson"].detail) == (TURNS, "Taking turns, 6 min")
    assert rows["lesson"].why == "You have begun it."
    assert (rows["goal"].target, rows["goal"].detail) == (TURNS, "See the burst.")
    assert view.summary == "about 6 min"


def test_a_goal_that_was_met_is_not_offered(learner):
    learner.tutor.open_lesson(TURNS)
    learner.tutor.desk.store.record_goal(TURNS, "see_the_burst", 3)
    assert "goal" not in kinds(learner.tutor.home())


def test_home_imports_no_lab_whose_lesson_was_not_opened(learner, monkeypatch):
    def refuse(lab):
        raise AssertionError(f"{lab} was imported")

    monkeypatch.setattr(learner.shelf, "load", refuse)
    learner.tutor.open_lesson(CREDITS)
    assert learner.tutor.home().state == "started"


def test_a_lesson_that_was_read_and_not_asked_about_offers_its_quiz(learner):
    learner.tutor.open_lesson(TURNS)
    assert "quiz" not in kinds(learner.tutor.home())
    learner.tutor.finish_lesson(TURNS)
    row = next(row for row in learner.tutor.home().start if row.kind == "quiz")
    assert (row.target, row.detail) == (TURNS, "Taking turns, 8 questions")


def test_due_reviews_come_first_with_their_minutes(learner):
    learner.take(learner.tutor.start_quiz([TURNS]))
    assert "review" not in kinds(learner.tutor.home())
    learner.clock.pass_time(days=2)
    row = learner.tutor.home().start[0]
    assert (row.kind, row.key, row.detail, row.why) == (
        "review",
        "r",
        "8 due, 6 min",
        "oldest: Taking turns",
    )


def test_after_a_gap_ten_reviews_are_enough(learner):
    learner.take(learner.tutor.start_quiz([TURNS]))
    learner.take(learner.tutor.start_quiz([CREDITS]))
    learner.clock.pass_time(days=9)
    assert learner.tutor.home().start[0].detail == "16 due; 10 is enough today"


def test_recall_and_confidence_come_with_the_tenth_answer(learner):
    learner.take(learner.tutor.start_quiz([TURNS]))
    learner.take(learner.tutor.start_quiz([CREDITS], count=1))
    assert learner.tutor.home().state == "started"
    assert load_balancing(learner).recall is None
    learner.take(learner.tutor.start_quiz([CREDITS], count=1))
    assert learner.tutor.home().state == "regular"
    assert load_balancing(learner).recall > 0.9
    assert load_balancing(learner).confidence == "unsure"
    assert "continue" not in kinds(learner.tutor.home())


def load_balancing(learner):
    return next(topic for topic in learner.tutor.home().topics if topic.slug == "load_balancing")


def test_what_was_sure_and_wrong_is_a_surprise_until_it_is_right(learner):
    learner.take(learner.tutor.start_quiz([TURNS], count=2), right=False, confidence="sure")
    row = next(row for row in learner.tutor.home().start if row.kind == "surprises")
    assert row.detail == "2 answers you were sure of and got wrong: Taking turns"
    learner.take(learner.tutor.start_quiz(only=learner.tutor.surprises()))
    assert "surprises" not in kinds(learner.tutor.home())


def test_the_interview_date_stands_in_the_header_and_sets_a_pace(learner):
    kept = learner.tutor.set_interview_date(date(2026, 3, 12), "senior")
    assert (kept.lessons_left, kept.pace) == (2, "2 lessons a week")
    assert learner.sit_down().home().header == "day 1 of 11 · senior · interview 12 March"
    learner.tutor.open_lesson(TURNS)
    assert "interview_date" not in kinds(learner.tutor.home())


def test_a_past_interview_is_refused_and_later_forgotten(learner):
    with pytest.raises(UsageError, match="2026-03-01 is past"):
        learner.tutor.set_interview_date(date(2026, 3, 1), "mid")
    learner.tutor.set_interview_date(date(2026, 3, 3), "mid")
    learner.clock.pass_time(days=2)
    assert learner.tutor.interview_date().day is None


def test_many_lessons_and_few_days_are_told_by_the_day(learner):
    learner.tutor.set_interview_date(learner.clock().date() + timedelta(days=1), "mid")
    assert learner.tutor.interview_date().pace == "2 lessons a day"


def test_a_damaged_progress_file_is_told_on_home(learner):
    learner.tutor.home()
    learner.tutor.close()
    (learner.home / "progress.db").write_bytes(b"not a database" * 100)
    for extra in ("progress.db-wal", "progress.db-shm"):
        (learner.home / extra).unlink(missing_ok=True)
    assert "progress file was damaged" in learner.sit_down().home().notice


def test_a_lesson_that_cannot_be_listed_is_told_on_home(learner):
    learner.replace("lessons/load_balancing/credits.md", "minutes: 8", "minutes: eight")
    notice = learner.sit_down().home().notice
    assert "credits.md" in notice
    assert "sdtutor content check" in notice


def test_a_first_day_that_an_import_spoiled_counts_as_today(tutor):
    tutor.set_setting("first_use", 7)
    assert tutor.home().day == 1
