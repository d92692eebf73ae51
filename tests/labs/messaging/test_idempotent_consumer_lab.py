import pytest

from sdtutor.engine.events import parse_event
from sdtutor.engine.lab import Goal
from sdtutor.engine.run import Run
from sdtutor.labs.messaging.idempotent_consumer import LAB
from sdtutor.labs.messaging.idempotent_consumer.promises import applied
from sdtutor.session.lab_opening import Keeping, start_lab

NAME = "messaging/idempotent_consumer"


def played(variant, events, **parameters):
    run = Run(LAB, variant, parameters, name=NAME)
    run.apply_all(map(parse_event, events))
    return run


def scene(name):
    found = LAB.scene(name)
    return played(found.variant, found.events, **found.parameters)


def broken_at(run):
    return {v.invariant.name: v.step for v in run.verdicts() if not v.holds}


@pytest.fixture
def met():
    return []


@pytest.fixture
def lab(met):
    keeping = Keeping(record_goal=lambda goal, step: met.append((goal, step)))
    return start_lab(Run(LAB, "textbook", name=NAME), ("Messaging", "Idempotent consumer"), keeping)


def choose(lab, *starts):
    """Run the first event on offer whose text begins so, one after the other."""
    for start in starts:
        rows = lab.view().events
        lab.run_event(next(number for number, row in enumerate(rows) if row.event.startswith(start)))


def go_on(lab, worker, times):
    """Deliver what belongs to one worker, in order."""
    for _ in range(times):
        rows = lab.view().events
        lab.run_event(
            next(n for n, row in enumerate(rows) if row.event.startswith("deliver") and worker in row.event)
        )


def test_it_opens_with_the_money_stored_and_the_note_missing(lab):
    view = lab.view()
    assert (view.step, view.variant, view.promises[0].word) == (8, "textbook", "HOLDS")
    assert [row.event for row in view.events] == [
        "deliver database>worker_1.put.reply#1",
        "fire queue.timer#1",
        "call worker_2 consume",
    ]
    assert view.events[1].detail == "m1 waits again"
    assert "Find the queue's timer" in view.coach


def test_nine_steps_without_any_fault_pay_twice(lab, met):
    choose(lab, "fire queue", "call worker_2")
    assert "Start worker B" in lab.view().coach
    go_on(lab, "worker_2", 2)
    assert "Worker B holds the message too" in lab.view().coach
    go_on(lab, "worker_2", 2)
    assert "to worker B this is new work" in lab.view().coach
    go_on(lab, "worker_2", 3)
    assert lab.view().promises[0].word == "BROKEN at step 17"
    assert met == [("pay_twice", LAB.goals[0].par)]
    assert lab.view().step == len(LAB.opening.events) + LAB.goals[0].par


def test_the_same_code_survives_a_late_acknowledgement_on_a_branch_of_its_own(lab, met):
    choose(lab, "fire queue", "call worker_2")
    go_on(lab, "worker_2", 7)
    for _ in range(9):
        lab.back()
    go_on(lab, "worker_1", 2)
    assert "The note is written" in lab.view().coach
    choose(lab, "fire queue", "call worker_2")
    go_on(lab, "worker_2", 6)
    go_on(lab, "worker_1", 3)
    assert met == [("pay_twice", LAB.goals[0].par), ("pay_once", LAB.goals[1].par)]
    assert lab.view().step == 8 + LAB.goals[1].par
    assert applied(lab.run.world) == {"d1": 1, "d2": 0}


@pytest.mark.parametrize("first", ["worker_1", "worker_2"])
def test_in_the_reference_whoever_writes_second_finds_the_deposit_done(lab, met, first):
    choose(lab, "fire queue", "call worker_2")
    go_on(lab, "worker_2", 7)
    lab.switch_variant()
    assert broken_at(lab.run) == {}
    for _ in range(lab.view().step - 5):
        lab.back()
    assert "names the row that it has read" in lab.view().coach
    if first == "worker_1":
        go_on(lab, "worker_1", 1)
    choose(lab, "fire queue", "call worker_2")
    while any("worker_2" in row.event and row.kind == "deliver" for row in lab.view().events):
        go_on(lab, "worker_2", 1)
    while any("worker_1" in row.event and row.kind == "deliver" for row in lab.view().events):
        go_on(lab, "worker_1", 1)
    assert lab.view().finished
    assert broken_at(lab.run) == {}
    assert lab.run.world.store("queue") == {"sent": 1}
    assert met[-1][0] == "try_the_reference"
    assert lab.view().step == 5 + LAB.goals[2].par + (0 if first == "worker_1" else 4)


@pytest.mark.parametrize(("variant", "steps"), [("textbook", 16), ("reference", 12)])
def test_with_nobody_choosing_one_worker_does_it_and_the_other_finds_nothing(variant, steps):
    run = Run(LAB, variant, name=NAME)
    assert run.advance() == steps
    assert [operation.value for operation in run.operations] == ["d1", None]
    assert broken_at(run) == {}


SCENES = {
    "slow_worker": {"at_most_once": 17},
    "dead_worker": {"at_most_once": 18},
    "lost_ack": {},
    "two_deposits": {"nothing_lost": 20},
    "one_write": {},
    "lost_reply": {},
    "short_memory": {"at_most_once": 24},
    "long_enough": {},
}


@pytest.mark.parametrize("name", [found.name for found in LAB.scenes])
def test_a_scene_breaks_exactly_what_it_says(name):
    assert broken_at(scene(name)) == SCENES[name]


def test_what_the_scenes_show_is_there():
    assert scene("lost_ack").world.store("database") == {"ann": 10, "d1": True}
    assert applied(scene("two_deposits").at(16)) == {"d1": 1, "d2": 0}
    assert applied(scene("two_deposits").at(17)) == {"d1": 0, "d2": 1}
    assert [operation.value for operation in scene("one_write").operations] == ["d1", "d1"]
    assert scene("lost_reply").operations[0].outcome is None
    assert scene("short_memory").world.stored("database", "ann").balance == 520
    for name in ("lost_ack", "one_write", "lost_reply"):
        assert scene(name).world.store("queue") == {"sent": 1}


@pytest.mark.parametrize(("name", "count"), [("slow_worker", 8), ("lost_reply", 6), ("one_write", 9)])
def test_requests_are_counted(name, count):
    assert scene(name).measures()["requests"] == ("requests", count)


def test_the_reference_needs_four_requests_for_a_deposit_and_the_textbook_six():
    for variant, requests in (("reference", 4), ("textbook", 6)):
        run = Run(LAB, variant, {"workers": 1}, name=NAME)
        run.advance()
        assert run.measures()["requests"] == ("requests", requests)


def said(goal: Goal, run):
    return {
        next((text for holds, text in goal.coach if holds(run.at(step), run.operations_at(step))), "")
        for step in range(len(run.steps) + 1)
    }


@pytest.mark.parametrize("goal", LAB.goals, ids=lambda goal: goal.name)
def test_the_coach_says_each_of_its_sentences_in_some_run(goal):
    late_ack = (*LAB.scene("lost_ack").events[:11], "fire queue.timer#1")
    timely = (
        *LAB.scene("lost_ack").events[:11],
        "deliver worker_1>queue.ack#1",
        "deliver queue>worker_1.ack.reply#1",
    )
    both = (*late_ack, *LAB.scene("lost_ack").events[13:], *timely[-2:])
    reference = LAB.scene("one_write").events
    first = (*reference[:5], *reference[13:14], *reference[5:9])
    runs = [
        *(scene(found.name) for found in LAB.scenes if found.variant == goal.variant),
        *(played("textbook", events) for events in (both, timely) if goal.variant == "textbook"),
        *(played("reference", events) for events in (first,) if goal.variant == "reference"),
    ]
    spoken = set().union(*(said(goal, run) for run in runs))
    assert {text for _, text in goal.coach} <= spoken


def test_a_deposit_is_lost_only_when_no_copy_of_it_is_left_in_the_queue():
    run = played("textbook", ["call worker_1 consume", "deliver worker_1>queue.pull#1"], messages=3)
    assert broken_at(run) == {}
    assert run.world.store("queue").keys() == {"m1", "m2", "m3", "sent"}
