"""Questions made from a state: reproducible, answered by the run, and judged where they are not."""

from dataclasses import replace

import pytest
from small_labs import COUNTER, TALK, played

from sdtutor.engine.lab import Call, Prediction
from sdtutor.engine.predictions import walking
from sdtutor.engine.predictions.judging import faults_of
from sdtutor.engine.predictions.kinds import (
    Band,
    about_call,
    answered_by,
    held,
    next_request,
    percentile_of,
    requests,
    skills_of,
    when_calls_end,
    when_still,
)
from sdtutor.engine.predictions.making import ask, ask_any, make
from sdtutor.engine.predictions.options import Option
from sdtutor.engine.predictions.skill import Skill, Walk
from sdtutor.engine.predictions.walking import go_on

ASK = Skill(
    "doubled",
    "Double a number",
    about_call("ask", "What does it return?", lambda _run: (4, 6, 7, 8)),
    walk=Walk(6, timers=True),
)
STILL = Skill(
    "answered",
    "Count answers",
    when_still("How many has the doubler answered?", held("doubler", "answered"), lambda _run: (0, 1, 2)),
    walk=Walk(6, faults=("drop", "crash", "cut")),
)
KEEP = Call("client_1", "keep", ("k", "v", 10))
KEEPS = Skill(
    "kept",
    "Predict what is kept",
    about_call("keep", "What does it return?", lambda _run: (True, None), calls=lambda _run: (KEEP,)),
)


def one(skill, lab=TALK, **options):
    question = make(lab, "tests/small", skill, options.pop("seed", 0), **options)
    assert question is not None
    return question


def texts(question):
    return [option.text for option in question.options]


@pytest.mark.parametrize("skill", [ASK, STILL])
@pytest.mark.parametrize("seed", range(20))
def test_a_question_is_answered_by_a_run_of_its_own_and_says_what_must_be_said(skill, seed):
    assert faults_of(one(skill, seed=seed), TALK) == ()


def test_a_seed_makes_the_same_question_and_others_make_others():
    assert one(ASK, seed=3) == one(ASK, seed=3)
    assert len({(question.past, question.future) for question in (one(ASK, seed=n) for n in range(20))}) > 12


def test_asking_leaves_the_run_where_it_is():
    run = played(TALK, "call client_1 ask 3")
    world, steps = run.world, len(run.steps)
    assert ask(run, ASK, 0)
    assert (run.world, len(run.steps)) == (world, steps)


def test_settings_and_code_can_be_given():
    question = one(ASK, given={"clients": 1}, variant="reference")
    assert (question.parameters, question.variant) == ({"clients": 1}, "reference")
    assert make(TALK, "tests/small", replace(ASK, variants=("textbook",)), 0, variant="reference") is None


def test_a_skill_that_never_has_an_aim_makes_no_question():
    assert make(TALK, "tests/small", Skill("none", "None", lambda _run: ()), 0) is None


def test_nothing_is_asked_after_a_step_that_does_not_end():
    run = played(COUNTER, "call counter spin")
    spin = Skill("spin", "Spin", about_call("add", "What?", lambda _run: (1, 2)))
    assert ask(run, spin, 0) is None


def test_several_messages_that_could_be_next_make_the_prompt_tell_their_order():
    run = played(TALK, "call client_1 ask 3", "call client_2 ask 4")
    question = ask(run, ASK, 0)
    assert "Messages arrive in the order in which they were sent" in question.prompt
    single = ask(played(TALK, "call client_1 ask 3", given={"clients": 1}), ASK, 0)
    assert "order" not in single.prompt


def test_the_order_of_sending_decides_although_latencies_would_have_another():
    skill = replace(ASK, aims=about_call("ask", "?", lambda _run: (6, 8)))
    for seed in range(20):
        run = played(TALK, "call client_1 ask 3", "call client_2 ask 4", seed=seed)
        assert ask(run, skill, 0).future[0] == "deliver client_1>doubler.double#1"


def test_a_call_that_fails_or_waits_for_ever_is_no_answer_unless_it_is_a_candidate():
    run = played(TALK, "call client_1 ask 3", "drop client_1>doubler.double#1", given={"clients": 1})
    assert ask(run, ASK, 0) is None


def test_what_is_asked_may_begin_with_a_call_on_a_node_that_is_idle():
    question = ask(played(TALK, given={"clients": 1}), KEEPS, 0)
    assert question.future[0] == "call client_1 keep k v 10"
    assert "Next comes the call `keep k v 10` on client 1." in question.prompt
    assert ask(played(TALK, "crash client_1", given={"clients": 1}), KEEPS, 0) is None


def test_requests_are_counted_from_the_question_on():
    count = about_call("ask", "How many?", lambda _run: (0, 1, 2), answer=requests("doubler", "double"))
    skill = Skill("requests", "Count", count)
    begun = ask(played(TALK, "call client_1 ask 3", given={"clients": 1}), skill, 0)
    ahead = ask(played(TALK, given={"clients": 1}), skill, 0)
    assert [texts(q)[q.right] for q in (begun, ahead)] == ["0", "1"]


def test_who_answered_last_is_told_by_name():
    who = about_call("ask", "Who?", lambda _run: ("doubler", "store"), answer=answered_by)
    question = ask(played(TALK, "call client_1 ask 3"), Skill("who", "Who", who), 0)
    assert texts(question)[question.right] == "doubler"


def test_the_next_request_is_the_first_of_those_asked_about():
    run = played(TALK, "call client_1 ask 3", "deliver client_1>doubler.double#1", given={"clients": 1})
    aims = next_request("client_1", "What next?", ("doubler.double", None))
    question = ask(run, Skill("next", "Next", aims), 0)
    assert texts(question)[question.right] == "nothing"
    assert question.prompt.startswith("Next, the reply of doubler to `double` reaches client 1.")
    assert next_request("client_2", "What next?", (None,))(run) == ()


def test_calls_that_follow_each_other_are_all_made():
    calls = (Call("counter", "add", (1,)), Call("counter", "add", (2,)))
    aim = when_calls_end("Two calls.", "Total?", calls, held("counter", "total"), (1, 2, 3))
    question = ask(played(COUNTER), Skill("total", "Add", lambda _run: (aim,)), 0)
    assert (len(question.future), texts(question)[question.right]) == (2, "3")


def test_a_beginning_that_is_not_possible_makes_no_question():
    aim = when_calls_end("?", "?", (Call("nobody", "add", (1,)),), held("counter", "total"), (1, 2))
    assert go_on(played(COUNTER), aim) is None


def test_a_run_that_goes_on_for_too_long_makes_no_question(monkeypatch):
    run = played(TALK, "call client_1 ask 3", given={"clients": 1})
    assert ask(run, ASK, 0)
    monkeypatch.setattr(walking, "MOST_EVENTS", 0)
    assert ask(run, ASK, 0) is None


def test_predictions_of_a_lab_are_skills_too_unless_one_has_the_name():
    told = Prediction("doubled", "What does it return?", "ask", lambda _world: (6, 8))
    lab = replace(TALK, predictions=(told,))
    assert [skill.title for skill in skills_of(lab)] == ["Predict: What does it return?"]
    assert skills_of(replace(lab, skills=(ASK,))) == (ASK,)
    assert faults_of(one(skills_of(lab)[0], lab), lab) == ()


def test_any_skill_that_has_a_question_is_asked():
    run = played(TALK, "call client_1 ask 3")
    nothing = Skill("none", "None", lambda _run: ())
    assert ask_any(run, (nothing, ASK), 0).skill == "doubled"
    assert ask_any(run, (nothing,), 0) is None


FAST, SLOW = Band(0, 9_999, "one way"), Band(10_000, 18_000, "there and back")
TIMED = Skill(
    "p50",
    "Predict a median",
    percentile_of("ask", 50, lambda _run: "Two calls.", (Call("client_1", "ask", (3,)),) * 2, (FAST, SLOW)),
)


def test_calls_in_a_row_are_timed_by_the_latencies_of_their_links():
    seen = set()
    for seed in range(12):
        question = one(TIMED, seed=seed, given={"clients": 1})
        assert faults_of(question, TALK) == ()
        assert "Each message takes the time of its link" in question.prompt
        assert sum(event.startswith("call") for event in question.future) == 2
        seen.add(texts(question)[question.right])
    assert seen == {"one way", "there and back"}


def test_calls_that_do_not_return_or_take_no_time_have_no_percentile():
    run = played(TALK, "crash doubler", given={"clients": 1})
    assert ask(run, TIMED, 0) is None
    assert ask(played(COUNTER), replace(TIMED, aims=_timed("counter", "add")), 0) is None
    assert ask(played(TALK, "call client_1 ask 3"), TIMED, 0) is None


def _timed(node, operation):
    return percentile_of(operation, 50, lambda _run: "?", (Call(node, operation, (1,)),) * 2, (FAST, SLOW))


def test_answers_that_are_far_away_are_not_asked_about_in_a_lab():
    run = played(TALK, given={"clients": 1})
    assert ask(run, TIMED, 0)
    assert ask_any(run, (TIMED,), 0) is None


# Planted faults


def test_a_message_before_its_time_is_caught():
    question = one(TIMED, given={"clients": 2})
    late = replace(question, future=(question.future[0], "call client_1 ask 3", *question.future[1:]))
    assert any("not the next that is due" in fault for fault in faults_of(late, TALK))


def test_a_wrong_key_is_caught():
    question = one(ASK)
    other = (question.right + 1) % len(question.options)
    assert "another answer" in faults_of(replace(question, right=other), TALK)[0]


def test_a_second_right_option_is_caught():
    question = one(ASK)
    double = replace(question, options=(*question.options, question.options[question.right]))
    assert "two options" in faults_of(double, TALK)[0]
    alike = Option("another value", texts(question)[0].upper())
    assert "two options" in faults_of(replace(question, options=(*question.options, alike)), TALK)[0]


def test_an_order_that_is_not_told_is_caught():
    question = ask(played(TALK, "call client_1 ask 3", "call client_2 ask 4"), ASK, 0)
    silent = replace(question, prompt="What does it return?")
    assert any("does not say that it waits" in fault for fault in faults_of(silent, TALK))


def test_a_message_that_overtakes_another_is_caught():
    run = played(TALK, "call client_1 ask 3", "call client_2 ask 4")
    question = ask(run, ASK, 0)
    first, second = question.future[:2]
    swapped = replace(question, future=(second, first, *question.future[2:]))
    assert any("not the next" in fault for fault in faults_of(swapped, TALK))
