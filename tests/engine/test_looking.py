"""Lines that run, lines where tasks wait, and what variables hold."""

import sys
from pathlib import Path

import small_code
from small_labs import COUNTER, TALK, played

from sdtutor.engine.looking import variables_at
from sdtutor.engine.thread import on_engine_thread

SOURCE = Path(small_code.__file__).read_text(encoding="utf-8").splitlines()


def line_of(text):
    return next(number for number, line in enumerate(SOURCE, 1) if text in line)


def test_the_lines_of_a_step_are_those_that_ran():
    run = played(COUNTER, "call counter add 1")
    lines = [ran.line for _, ran in run.steps[0].ran]
    assert lines == [line_of("self.total += by"), line_of("return self.total")]
    assert {ran.file for _, ran in run.steps[0].ran} == {"small_code.py"}
    assert {ran.task for _, ran in run.steps[0].ran} == {"add#1"}


def test_a_waiting_task_is_parked_at_its_await():
    run = played(TALK, "call client_1 ask 3")
    (fact, ((file, line),)), *rest = run.world.section("line", "client_1")
    assert (fact[2], file, line, rest) == ("ask#1", "small_code.py", line_of("answer = await"), [])


def test_a_resumed_task_shows_the_line_on_which_it_waited():
    run = played(TALK, "call client_1 ask 3", "drop client_1>doubler.double#1", "fire client_1.timer#1")
    assert run.steps[-1].ran[0][1].line == line_of("answer = await")
    assert run.steps[-1].ran[-1][1].line == line_of('return "late"')


def test_variables_where_a_task_waits_come_from_running_the_node_again():
    run = played(TALK, "call client_1 ask 3", "call client_2 ask 4")
    assert variables_at(run, 2, "client_1") == {"ask#1": {"number": "3"}}
    assert variables_at(run, 0, "client_1") == {}
    assert variables_at(run, 1, "client_2") == {}


def test_variables_at_each_line_of_a_step():
    events = (
        "call client_1 ask 3",
        "deliver client_1>doubler.double#1",
        "deliver doubler>client_1.double.reply#1",
    )
    run = played(TALK, *events)
    lines = [ran.line for _, ran in run.steps[2].ran]
    at = lines.index(line_of("self.seen += (answer,)")) + 1
    assert variables_at(run, 3, "client_1", at) == {"ask#1": {"number": "3", "answer": "6"}}
    assert variables_at(run, 3, "client_1", 1) == {"ask#1": {"number": "3"}}


def test_looking_does_not_change_the_run():
    run = played(TALK, "call client_1 ask 3")
    before = dict(run.world.facts)
    variables_at(run, 1, "client_1")
    assert run.world.facts == before
    run.advance()
    assert run.world.at_rest


def test_variables_of_a_node_that_is_down_are_gone():
    run = played(TALK, "call client_1 ask 3", "crash client_1")
    assert variables_at(run, 2, "client_1") == {}


def test_the_trace_function_that_was_set_before_is_set_again():
    def theirs(*_):
        return None

    def step_under_theirs():
        sys.settrace(theirs)
        try:
            played(COUNTER, "call counter add 1", "call counter spin")
            return sys.gettrace()
        finally:
            sys.settrace(None)

    assert on_engine_thread(step_under_theirs) is theirs
    assert sys.gettrace() is not theirs


def test_looking_at_a_line_follows_no_further_and_takes_no_trace_function_away():
    run = played(COUNTER, "call counter add 1")
    lines = len(run.steps[0].ran)
    assert variables_at(run, 1, "counter", 1) == {"add#1": {"by": "1"}}
    assert variables_at(run, 1, "counter", lines) == {"add#1": {"by": "1"}}
    assert variables_at(run, 1, "counter", lines + 1) == {}
    assert on_engine_thread(sys.gettrace) is None


def test_a_line_that_runs_again_is_the_same_record():
    run = played(COUNTER, "call counter spin")
    records = {}
    for _, ran in run.steps[0].ran:
        assert records.setdefault(ran.line, ran) is ran
    assert len(run.steps[0].ran) > len(records)
