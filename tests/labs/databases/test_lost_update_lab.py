import pytest

from sdtutor.engine.events import parse_event
from sdtutor.engine.lab import Invariant
from sdtutor.engine.run import Run
from sdtutor.engine.search.find import find
from sdtutor.labs.databases.lost_update import LAB
from sdtutor.reference.databases.lost_update import Row
from sdtutor.session.lab_opening import Keeping, start_lab

NAME = "databases/lost_update"


def played(variant, events, **parameters):
    run = Run(LAB, variant, parameters, name=NAME)
    run.apply_all(map(parse_event, events))
    return run


def scene(name):
    found = LAB.scene(name)
    return played(found.variant, found.events, **found.parameters)


def broken_at(run):
    return {v.invariant.name: v.step for v in run.verdicts() if not v.holds}


def returned(run):
    return [operation.value for operation in run.operations]


SCENES = {
    "lost_update": {"no_lost_update": 10},
    "in_turn": {},
    "late_copy": {"no_lost_update": 12},
    "overdrawn": {"no_lost_update": 10, "never_overdrawn": 10},
    "taken_twice": {"taken_once": 9},
    "refused": {},
    "one_is_refused": {},
    "copy_refused": {},
    "lost_reply": {},
}


@pytest.mark.parametrize("name", [found.name for found in LAB.scenes])
def test_a_scene_breaks_exactly_what_it_says(name):
    assert broken_at(scene(name)) == SCENES[name]


@pytest.mark.parametrize(
    ("name", "left", "told"),
    [
        ("lost_update", 70, [True, True]),
        ("in_turn", 50, [True, True]),
        ("late_copy", 70, [True, True]),
        ("overdrawn", 20, [True, True]),
        ("taken_twice", 40, [True]),
    ],
)
def test_what_the_textbook_leaves_and_tells(name, left, told):
    run = scene(name)
    assert run.world.store("bank") == {"a": left}
    assert returned(run) == told


@pytest.mark.parametrize(
    ("name", "left", "version", "told"),
    [
        ("refused", 50, 3, [True, True]),
        ("one_is_refused", 30, 2, [False, True]),
        ("copy_refused", 50, 3, [True, True]),
        ("lost_reply", 70, 2, [True]),
    ],
)
def test_what_the_reference_leaves_and_tells(name, left, version, told):
    run = scene(name)
    row = run.world.stored("bank", "a")
    assert (row.balance, row.version) == (left, version)
    assert returned(run) == told
    assert run.world.at_rest


def test_the_scenes_are_where_the_lesson_says():
    assert scene("lost_update").at(4).in_flight[-1].outcome.value == 100
    assert scene("refused").at(9).in_flight[-1].outcome.value is False
    assert scene("late_copy").operations[0].returned < scene("late_copy").operations[1].called
    assert scene("lost_reply").world.counted("sent", "till_1>bank.compare_and_set") == 1


def test_a_till_that_was_killed_and_comes_back_does_not_take_old_receipts_for_its_own():
    run = played(
        "reference",
        ["call till_1 withdraw a 30", "deliver till_1>bank.get#1", "deliver bank>till_1.get.reply#1"],
    )
    run.apply_all(
        map(parse_event, ["deliver till_1>bank.compare_and_set#1", "crash till_1", "restart till_1"])
    )
    run.apply(parse_event("call till_1 withdraw a 10"))
    run.advance()
    assert run.world.stored("bank", "a") == Row(60 - 20, 4, run.world.stored("bank", "a").receipts)
    assert broken_at(run) == {}


@pytest.mark.parametrize("variant", LAB.variants)
@pytest.mark.parametrize(("amounts", "left"), [("small", 40), ("large", 20)])
def test_with_nobody_choosing_three_tills_ask_in_turn_and_all_is_well(variant, amounts, left):
    run = Run(LAB, variant, {"tills": 3, "amounts": amounts}, name=NAME)
    run.advance()
    row = run.world.stored("bank", "a")
    assert (row if variant == "textbook" else row.balance) == left
    assert run.measures()["missing"] == ("dollars", 0)
    assert broken_at(run) == {}


@pytest.mark.parametrize(("name", "missing"), [("lost_update", 20), ("taken_twice", -30)])
def test_the_measure_tells_what_is_missing(name, missing):
    assert scene(name).measures()["missing"] == ("dollars", missing)


BOTH = ("till_1.withdraw#1", "till_2.withdraw#1")
WITNESSES = {
    ("lost_update", "no_lost_update"): BOTH[1:],
    ("late_copy", "no_lost_update"): BOTH[1:],
    ("overdrawn", "no_lost_update"): BOTH[1:],
    ("overdrawn", "never_overdrawn"): BOTH,
    ("taken_twice", "taken_once"): BOTH[:1],
}


@pytest.mark.parametrize("name", SCENES)
def test_a_witness_names_the_withdrawals_and_nobody_while_the_promise_holds(name):
    run = scene(name)
    for step in range(len(run.steps) + 1):
        world, operations = run.at(step), run.operations_at(step)
        for promise in LAB.invariants:
            expected = () if promise.holds(world, operations) else WITNESSES[name, promise.name]
            assert promise.witness(world, operations) == expected


def test_calls_with_strange_values_break_no_promise():
    run = played("textbook", ["call till_1 withdraw bob 5", "call till_2 withdraw a many"])
    run.advance()
    assert broken_at(run) == {}


# Goals and coach


GOALS = {"lose_an_update": "lost_update", "lose_one_in_turn": "late_copy", "try_the_reference": "refused"}


@pytest.mark.parametrize("goal", LAB.goals, ids=lambda goal: goal.name)
def test_a_goal_is_reached_by_its_scene_at_its_end(goal):
    run = scene(GOALS[goal.name])
    met = [step for step in range(len(run.steps) + 1) if goal.met(run.at(step), run.operations_at(step))]
    assert goal.variant == run.variant
    assert met == [len(run.steps)]


def test_the_second_goal_is_not_reached_by_overlap():
    run = scene("lost_update")
    assert not LAB.goals[1].met(run.world, run.operations)


def said(goal, run):
    for step in range(len(run.steps) + 1):
        world, operations = run.at(step), run.operations_at(step)
        yield next((text for holds, text in goal.coach if holds(world, operations)), "")


FIRST = [
    "call till_1 withdraw a 30",
    "deliver till_1>bank.get#1",
    "deliver bank>till_1.get.reply#1",
    "deliver till_1>bank.compare_and_set#1",
]
EXTRA = {"lose_an_update": [], "lose_one_in_turn": [], "try_the_reference": [FIRST]}


@pytest.mark.parametrize("goal", LAB.goals, ids=lambda goal: goal.name)
def test_the_coach_says_each_of_its_sentences_on_some_way(goal):
    runs = [scene(found.name) for found in LAB.scenes if found.variant == goal.variant]
    for events in EXTRA[goal.name]:
        run = played(goal.variant, events)
        run.advance()
        runs.append(run)
    heard = {text for run in runs for text in said(goal, run)}
    assert {text for _, text in goal.coach} <= heard


def test_the_first_minutes_with_the_keys_that_the_coach_names():
    met = []
    keeping = Keeping(record_goal=lambda goal, step: met.append((goal, step)))
    lab = start_lab(Run(LAB, "textbook", name=NAME), ("Databases", "Lost update"), keeping)
    view = lab.view()
    assert (view.step, view.variant, view.promises[0].word) == (2, "textbook", "HOLDS")
    assert [event.title for event in view.events] == ["bank → till A", "till A", "till B starts"]
    assert "3 starts it" in view.coach
    lab.run_event(2)
    assert "Both tills ask" in lab.view().coach
    for _ in range(4):
        lab.run_event()
    assert "Let both finish" in lab.view().coach
    for _ in range(3):
        assert lab.view().promises[0].word == "HOLDS"
        lab.run_event()
    assert lab.view().promises[0].word == "BROKEN at step 10"
    assert met == [("lose_an_update", 8)]


# What the search says


@pytest.mark.parametrize("finding", LAB.findings, ids=lambda finding: finding.name)
def test_the_search_finds_what_the_lab_says_and_nothing_shorter(finding):
    run = played(finding.variant, finding.after, **finding.parameters)
    promise = next(invariant for invariant in LAB.invariants if invariant.name == finding.promise)
    found = find(run, promise, finding.bounds)
    assert found.complete
    assert (len(found.events) if found.verdict == "anomaly" else None) == finding.shortest


@pytest.mark.parametrize("goal", LAB.goals, ids=lambda goal: goal.name)
def test_par_is_the_fewest_events_from_the_opening(goal):
    unmet = Invariant(goal.name, "", "", lambda world, operations: not goal.met(world, operations))
    found = find(played(goal.variant, LAB.opening.events), unmet)
    assert found.shortest
    assert len(found.events) == goal.par
