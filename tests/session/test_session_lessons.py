import pytest
from learners import CREDITS, TURNS

from sdtutor.errors import ContentError, UsageError


def test_a_lesson_is_shown_with_its_code_in_place(tutor):
    view = tutor.open_lesson("turns")
    assert (view.concept, view.topic, view.title) == (TURNS, "Load balancing", "Taking turns")
    code = next(section for section in view.sections if section.title == "In code").markdown
    assert code.lstrip().startswith("```python reference/load_balancing/weighted_round_robin.py#")
    assert "def get_server(self)" in code
    assert (view.has_lab, view.has_quiz, view.place, view.done) == (True, True, 0.0, False)
    assert [source.id for source in view.sources] == ["nginx"]


def test_the_place_is_kept_between_starts(learner):
    learner.tutor.open_lesson(TURNS)
    learner.tutor.keep_place(TURNS, 0.4)
    assert learner.sit_down().open_lesson(TURNS).place == 0.4


def test_a_place_outside_the_page_is_kept_at_its_end(tutor):
    tutor.open_lesson(TURNS)
    tutor.keep_place(TURNS, 1.7)
    assert tutor.open_lesson(TURNS).place == 1.0


def test_a_finished_lesson_stays_done_when_it_is_opened_again(tutor):
    tutor.finish_lesson(TURNS)
    tutor.keep_place(TURNS, 0.2)
    view = tutor.open_lesson(TURNS)
    assert (view.done, view.place) == (True, 0.2)


def test_what_comes_next_is_the_following_lesson_that_was_not_read(tutor):
    view = tutor.open_lesson(TURNS)
    assert (view.next, view.next_title) == (CREDITS, "Credits")
    assert tutor.open_lesson(CREDITS).next == TURNS
    tutor.finish_lesson(TURNS)
    assert tutor.open_lesson(CREDITS).next is None


def test_what_it_requires_is_told_with_whether_it_is_done(learner):
    assert [each.done for each in learner.tutor.open_lesson(CREDITS).requires] == [False]
    learner.tutor.finish_lesson(TURNS)
    learner.take(learner.tutor.start_quiz([TURNS]))
    required = learner.tutor.open_lesson(CREDITS).requires
    assert [(each.concept, each.title, each.done) for each in required] == [(TURNS, "Taking turns", True)]


@pytest.mark.parametrize(("index", "correct"), [(0, False), (2, True)])
def test_a_guess_is_judged_and_remembered(learner, index, correct):
    assert learner.tutor.open_lesson(TURNS).guessed is None
    verdict = learner.tutor.commit_guess(TURNS, index)
    assert verdict.correct is correct
    assert verdict.why.startswith("The threshold")
    assert learner.sit_down().open_lesson(TURNS).guessed == index


def test_a_guess_that_is_no_choice_is_refused(tutor):
    with pytest.raises(UsageError, match="no choice 4"):
        tutor.commit_guess(TURNS, 3)


def test_a_guess_beyond_the_choices_of_today_is_forgotten(learner):
    learner.tutor.commit_guess(TURNS, 2)
    path = "lessons/load_balancing/turns.md"
    learner.replace(path, "choices: [One, Two, Five]", "choices: [One, Five]")
    learner.replace(path, "answer: 3", "answer: 2")
    assert learner.sit_down().open_lesson(TURNS).guessed is None


def test_without_a_name_learning_goes_on_where_it_stopped(learner):
    assert learner.tutor.open_lesson().concept == TURNS
    learner.tutor.finish_lesson(TURNS)
    learner.take(learner.tutor.start_quiz([TURNS]))
    assert learner.sit_down().open_lesson().concept == CREDITS


def test_a_topic_opens_its_first_lesson_that_is_not_done(learner):
    learner.tutor.finish_lesson(TURNS)
    learner.take(learner.tutor.start_quiz([TURNS]))
    assert learner.tutor.open_lesson("Load-Balancing").concept == CREDITS


def test_with_everything_done_there_is_no_lesson_to_go_on_with(learner):
    for concept in (TURNS, CREDITS):
        learner.tutor.finish_lesson(concept)
        learner.take(learner.tutor.start_quiz([concept]))
    with pytest.raises(UsageError, match="done every lesson"):
        learner.tutor.open_lesson()


def test_a_lesson_with_a_mistake_names_file_and_line(learner):
    line = learner.replace("lessons/load_balancing/turns.md", "year: 2012", "year: soon")
    with pytest.raises(ContentError) as caught:
        learner.sit_down().open_lesson(TURNS)
    assert (caught.value.path.name, caught.value.line) == ("turns.md", line)


def test_opening_a_lesson_is_what_continue_goes_back_to(learner):
    learner.tutor.open_lesson(TURNS)
    last = learner.sit_down().last()
    assert (last.kind, last.concept) == ("lesson", TURNS)
