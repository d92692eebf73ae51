import os
import signal
import subprocess
import sys
import textwrap
from pathlib import Path

import pytest
from learners import CREDITS, TURNS, give

from sdtutor.errors import ContentError, UsageError


def question(learner, name, concept=TURNS):
    """A quiz of one question."""
    return learner.tutor.start_quiz(only=[f"{concept}#{name}"])


def choose(quiz, text):
    quiz.choose(quiz.view().choices.index(text))


def test_a_quiz_shows_one_question_at_a_time(tutor):
    view = tutor.start_quiz([TURNS], seed=1).view()
    assert (view.number, view.count, view.title) == (1, 8, "Taking turns")
    assert view.item.startswith(f"{TURNS}#")
    assert (view.told, view.complete, view.can_undo, view.finished) == (None, False, False, False)


@pytest.mark.parametrize(
    "name", ["who_next", "costs", "steps", "debt", "word", "line", "predicted", "promise"]
)
@pytest.mark.parametrize("right", [True, False])
def test_every_kind_of_question_is_graded(learner, name, right):
    quiz = question(learner, name)
    give(quiz, right)
    assert quiz.view().complete
    quiz.answer()
    assert quiz.view().told.correct is right
    assert quiz.view().told.score.startswith("right") is right


def test_every_wrong_choice_says_why_beside_the_choice(learner):
    quiz = question(learner, "who_next")
    choose(quiz, "a serves a third time")
    quiz.answer()
    view = quiz.view()
    whys = dict(zip(view.choices, view.told.whys, strict=True))
    assert whys["a serves a third time"] == "It is in debt by then."
    assert view.told.right == "b serves"
    assert [view.choices[index] for index in view.told.right_choices] == ["b serves"]
    assert view.told.why == "The credit of b is the largest by then."


def test_options_are_shuffled_by_the_seed_and_by_nothing_else(tutor):
    orders = set()
    for seed in range(12):
        view = tutor.start_quiz(only=[f"{TURNS}#who_next"], seed=seed).view()
        assert view.choices == tutor.start_quiz(only=[f"{TURNS}#who_next"], seed=seed).view().choices
        orders.add(view.choices)
    assert len(orders) > 2


def test_in_a_multi_question_a_digit_toggles(learner):
    quiz = question(learner, "costs")
    quiz.choose(0)
    quiz.choose(2)
    quiz.choose(0)
    assert quiz.view().chosen == (2,)


def test_in_a_choice_question_a_digit_replaces_the_last_one(learner):
    quiz = question(learner, "who_next")
    quiz.choose(0)
    quiz.choose(2)
    assert quiz.view().chosen == (2,)


def test_a_partly_right_answer_says_how_much(learner):
    quiz = question(learner, "costs")
    choose(quiz, "Memory for every host")
    quiz.answer()
    assert quiz.view().told.score == "partly right: 50 %"
    assert quiz.view().told.notes == ("1 right option not chosen.",)


def test_an_order_is_complete_with_its_last_element_and_never_shown_solved(learner):
    for seed in range(6):
        quiz = learner.tutor.start_quiz(only=[f"{TURNS}#steps"], seed=seed)
        assert quiz.view().choices != ("earn the weight", "serve the request", "pay the sum")
    quiz.choose(1)
    assert not quiz.view().complete
    with pytest.raises(UsageError, match="order is not complete"):
        quiz.answer()
    give_rest = [0, 2]
    for index in give_rest:
        quiz.choose(index)
    assert quiz.view().complete
    quiz.answer()
    assert quiz.view().told.right == "earn the weight → serve the request → pay the sum"


def test_the_code_of_a_line_question_is_numbered_as_answers_are(learner):
    view = question(learner, "line").view()
    assert (view.code[0].number, view.code[0].text) == (1, "def get_server(self) -> str:")
    assert view.address.endswith("#WeightedRoundRobinBalancer.get_server")


@pytest.mark.parametrize("typed", ["0", "99", "one", "١"])
def test_a_line_that_is_not_there_is_asked_again(learner, typed):
    quiz = question(learner, "line")
    quiz.type(typed)
    with pytest.raises(UsageError, match="not a line of this code"):
        quiz.answer()
    assert quiz.view().told is None
    assert learner.tutor.desk.store.answers() == ()


def test_a_number_that_cannot_be_read_is_asked_again(learner):
    quiz = question(learner, "debt")
    quiz.type("two-ish")
    with pytest.raises(UsageError):
        quiz.answer()
    quiz.type("-2")
    quiz.answer()
    assert quiz.view().told.correct


@pytest.mark.parametrize("name", ["who_next", "debt"])
def test_an_empty_answer_is_asked_again(learner, name):
    with pytest.raises(UsageError, match="Nothing is"):
        question(learner, name).answer()


@pytest.mark.parametrize(("name", "index"), [("who_next", 3), ("who_next", -1), ("debt", 0)])
def test_an_option_that_is_not_there_is_refused(learner, name, index):
    with pytest.raises(UsageError, match="no option"):
        question(learner, name).choose(index)


def test_after_the_answer_nothing_can_be_changed_but_by_undo(learner):
    quiz = question(learner, "who_next")
    learner.answer(quiz, right=False)
    before = quiz.view()
    quiz.choose(0)
    quiz.choose(1)
    quiz.type("x")
    quiz.answer("sure")
    assert quiz.view() == before
    assert len(learner.tutor.desk.store.answers()) == 1


def test_an_answer_is_kept_with_its_card_the_moment_it_is_given(learner):
    quiz = question(learner, "who_next")
    learner.clock.pass_time(seconds=12)
    learner.answer(quiz, confidence="sure")
    store = learner.sit_down().desk.store
    (answer,) = store.answers()
    assert (answer.item, answer.correct, answer.confidence, answer.seconds) == (
        f"{TURNS}#who_next",
        1.0,
        "sure",
        12.0,
    )
    assert store.card(answer.item).due > learner.clock.now


def test_undo_takes_the_choice_back_before_the_answer(learner):
    quiz = question(learner, "costs")
    quiz.choose(1)
    assert quiz.view().can_undo
    quiz.undo()
    assert quiz.view().chosen == ()
    assert not quiz.view().can_undo


def test_undo_opens_the_question_again_until_the_next_is_shown(learner):
    quiz = learner.tutor.start_quiz([TURNS], count=2)
    learner.answer(quiz, right=False)
    quiz.undo()
    assert quiz.view().told is None
    learner.answer(quiz)
    quiz.next()
    assert not quiz.view().can_undo
    learner.answer(quiz)
    quiz.next()
    assert quiz.view().summary.right == 2


def test_an_answer_taken_back_is_not_counted(learner):
    quiz = question(learner, "who_next")
    learner.answer(quiz, right=False)
    quiz.undo()
    assert learner.tutor.desk.store.answers() == ()
    learner.answer(quiz)
    assert [answer.correct for answer in learner.tutor.desk.store.answers()] == [1]


def test_after_an_undo_the_review_is_planned_as_if_the_slip_had_not_been(learner):
    slipped, straight = question(learner, "who_next"), question(learner, "who_next", CREDITS)
    learner.answer(slipped, right=False)
    slipped.undo()
    learner.answer(slipped)
    learner.answer(straight)
    cards = {card.item: (card.state, card.due) for card in learner.tutor.desk.store.cards()}
    assert cards[f"{TURNS}#who_next"] == cards[f"{CREDITS}#who_next"]


def test_next_waits_for_an_answer(tutor):
    quiz = tutor.start_quiz([TURNS])
    quiz.next()
    assert quiz.view().number == 1


def test_the_summary_counts_by_concept_and_tells_what_comes_back_tomorrow(learner):
    quiz = learner.tutor.start_quiz(["load balancing"], count=16)
    summary = learner.take(quiz)
    assert (summary.right, summary.count) == (16, 16)
    assert [(each.title, each.right, each.count) for each in sorted(summary.by_concept, key=str)] == [
        ("Credits", 8, 8),
        ("Taking turns", 8, 8),
    ]
    assert (summary.due_tomorrow, summary.minutes) == (16, 8)
    assert quiz.view().finished


def test_a_quiz_that_was_left_goes_on_in_another_start(learner):
    quiz = learner.tutor.start_quiz([TURNS], seed=5)
    for _ in range(3):
        learner.answer(quiz)
        quiz.next()
    expected = quiz.view()
    resumed = learner.sit_down().start_quiz([TURNS], seed=5)
    assert resumed.view() == expected
    assert (resumed.view().number, resumed.view().count) == (4, 8)


def test_another_request_begins_anew(learner):
    quiz = learner.tutor.start_quiz([TURNS], seed=5)
    learner.answer(quiz)
    quiz.next()
    assert learner.tutor.start_quiz([TURNS], seed=6).view().number == 1


def test_a_finished_quiz_is_not_resumed(learner):
    learner.take(learner.tutor.start_quiz([TURNS], count=1, seed=5))
    assert learner.tutor.desk.store.drafts() == ()
    assert learner.tutor.start_quiz([TURNS], count=1, seed=5).view().number == 1
    assert not learner.tutor.start_quiz([TURNS], count=1, seed=5).view().finished


def test_continue_finds_the_quiz_that_was_left_last(learner):
    learner.tutor.start_quiz([CREDITS], count=3)
    learner.clock.pass_time(seconds=5)
    quiz = learner.tutor.start_quiz([TURNS], count=2)
    learner.answer(quiz)
    quiz.next()
    resumed = learner.sit_down().resume_quiz().view()
    assert (resumed.concept, resumed.number, resumed.count) == (TURNS, 2, 2)
    assert learner.tutor.last().concept == TURNS


def test_a_question_that_was_removed_is_left_out_of_a_resumed_quiz(learner):
    quiz = learner.tutor.start_quiz([TURNS], seed=5)
    learner.answer(quiz)
    first = quiz.view().item.partition("#")[2]
    gone = "debt" if first != "debt" else "word"
    learner.replace("quizzes/load_balancing/turns.yaml", f"id: {gone}\n", f"id: new_{gone}\n")
    quiz = learner.sit_down().start_quiz([TURNS], seed=5)
    assert (quiz.view().number, quiz.view().count) == (2, 7)


def test_an_unreadable_draft_begins_anew(learner):
    from sdtutor.store.records import Draft

    learner.tutor.desk.store.save_draft(Draft(f"quiz:{TURNS}", {"items": 7}))
    assert learner.tutor.start_quiz([TURNS]).view().number == 1


def test_reviews_ask_what_is_due_and_nothing_else(learner):
    with pytest.raises(UsageError, match="No review is due"):
        learner.tutor.start_quiz(due_only=True)
    learner.take(learner.tutor.start_quiz([TURNS], count=3))
    learner.clock.pass_time(days=2)
    quiz = learner.tutor.start_quiz(due_only=True)
    assert quiz.view().count == 3
    learner.take(quiz)
    with pytest.raises(UsageError, match="No review is due"):
        learner.tutor.start_quiz(due_only=True)


def test_without_names_what_was_read_is_asked(learner):
    learner.tutor.open_lesson(CREDITS)
    quiz = learner.tutor.start_quiz()
    assert {item.partition("#")[0] for item in items(learner, quiz)} == {CREDITS}


def test_before_anything_was_read_everything_is_asked(learner):
    quiz = learner.tutor.start_quiz(count=16)
    assert {item.partition("#")[0] for item in items(learner, quiz)} == {TURNS, CREDITS}


def items(learner, quiz):
    found = []
    while not quiz.view().finished:
        found.append(quiz.view().item)
        learner.answer(quiz)
        quiz.next()
    return found


def test_a_level_leaves_the_other_questions_out(learner):
    assert items(learner, learner.tutor.start_quiz([TURNS], level="senior")) == [f"{TURNS}#costs"]
    learner.replace("quizzes/load_balancing/turns.yaml", "    level: senior\n", "")
    with pytest.raises(UsageError, match="no senior questions about load_balancing/turns"):
        learner.sit_down().start_quiz([TURNS], level="senior")


def test_a_count_below_one_is_refused(tutor):
    with pytest.raises(UsageError, match="at least 1"):
        tutor.start_quiz([TURNS], count=0)


def test_a_quiz_with_a_mistake_hides_no_other(learner):
    learner.replace("quizzes/load_balancing/turns.yaml", "answer: -2", "answer: two")
    tutor = learner.sit_down()
    assert tutor.start_quiz(["load_balancing"]).view().concept == CREDITS
    with pytest.raises(ContentError, match=r"turns\.yaml:\d+"):
        tutor.start_quiz([TURNS])


def test_a_prediction_that_cannot_run_is_left_out(learner):
    learner.replace("quizzes/load_balancing/turns.yaml", "scene: burst", "scene: nowhere")
    tutor = learner.sit_down()
    assert tutor.start_quiz([TURNS]).view().count == 7
    with pytest.raises(ContentError, match='no scene "nowhere"'):
        tutor.start_quiz(only=[f"{TURNS}#promise"])


def test_a_prediction_leads_to_the_scene_that_it_runs(learner):
    link = question(learner, "promise").view().lab
    assert (link.concept, link.scene, link.step) == (TURNS, "burst", None)
    assert question(learner, "who_next").view().lab.step == 3
    assert question(learner, "word").view().lab is None


def test_a_report_is_kept_with_its_question(learner):
    quiz = question(learner, "who_next")
    with pytest.raises(UsageError, match="empty"):
        quiz.report("  ")
    quiz.report("b and c could both be next")
    kept = learner.sit_down().setting(f"report:{TURNS}#who_next")
    assert kept["text"] == "b and c could both be next"


KILLED = """
    import sys, time
    from datetime import UTC, datetime
    from pathlib import Path
    from sdtutor.session.desk import Desk
    from sdtutor.session.labs import LabShelf
    from sdtutor.session.tutor import Tutor

    root, home, here = map(Path, sys.argv[1:])
    shelf = LabShelf(here / "sample_labs", "sample_labs")
    tutor = Tutor(Desk(root, {"SDTUTOR_HOME": str(home)}, lambda: datetime.now(UTC), shelf))
    quiz = tutor.start_quiz(["turns"], seed=3)
    for _ in range(5):
        view = quiz.view()
        for index in range(len(view.choices) if view.kind == "order" else min(1, len(view.choices))):
            quiz.choose(index)
        quiz.type("1")
        quiz.answer()
        print(view.item, flush=True)
        quiz.next()
    time.sleep(60)
"""


def test_a_kill_in_the_middle_of_a_quiz_loses_no_answer_and_resumes(learner):
    here = Path(__file__).parent
    child = subprocess.Popen(
        [sys.executable, "-c", textwrap.dedent(KILLED), learner.root, learner.home, here],
        stdout=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONPATH": str(here)},
    )
    with child:
        told = [child.stdout.readline().strip() for _ in range(5)]
        child.send_signal(signal.SIGKILL)
    assert sorted(answer.item for answer in learner.tutor.desk.store.answers()) == sorted(told)
    resumed = learner.tutor.resume_quiz().view()
    assert (resumed.number, resumed.count) == (6, 8)
    assert resumed.item not in told
