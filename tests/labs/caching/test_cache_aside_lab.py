import pytest

from sdtutor.engine.events import parse_event
from sdtutor.engine.run import Run
from sdtutor.errors import UsageError
from sdtutor.labs.caching.cache_aside import LAB
from sdtutor.session.lab_opening import Keeping, start_lab

NAME = "caching/cache_aside"


def played(variant, events, **parameters):
    run = Run(LAB, variant, parameters, name=NAME)
    run.apply_all(map(parse_event, events))
    return run


def scene(name):
    found = LAB.scene(name)
    return played(found.variant, found.events)


def broken_at(run):
    return {v.invariant.name: v.step for v in run.verdicts() if not v.holds}


# The first five minutes


@pytest.fixture
def met():
    return []


@pytest.fixture
def lab(met):
    keeping = Keeping(record_goal=lambda goal, step: met.append((goal, step)))
    return start_lab(Run(LAB, "textbook", name=NAME), ("Caching", "Cache-aside"), keeping)


def word(lab):
    return lab.view().promises[0].word


def coach(lab):
    return lab.view().coach


def run_events(lab, times):
    for _ in range(times):
        lab.run_event()


def read_again(lab):
    """What `a` and Enter do: the first call that is offered, with the values that are offered."""
    offer = lab.offered_calls()[0]
    lab.call(offer.node, offer.operation, offer.example)


def make_it_lie(lab):
    lab.move_cursor(1)
    run_events(lab, 7)
    read_again(lab)
    lab.guess(0)
    lab.run_event()


def test_it_opens_in_the_middle_of_the_story_with_the_goal_told(lab):
    view = lab.view()
    assert (view.step, view.variant, word(lab)) == (4, "textbook", "HOLDS")
    assert [event.title for event in view.events] == ["database → reader A", "writer B starts"]
    assert view.goal.title == LAB.opening.sentence
    assert "↓" in coach(lab)


def test_pressing_right_alone_lets_the_old_value_arrive_in_time_and_all_is_well(lab):
    run_events(lab, 20)
    assert lab.view().finished
    assert word(lab) == "HOLDS"


def test_the_keys_of_the_first_five_minutes_break_the_promise_at_step_14(lab, met):
    lab.move_cursor(1)
    lab.run_event()
    assert "Writer B asks the database" in coach(lab)
    run_events(lab, 4)
    assert lab.view().step == 9
    assert lab.run.operations[1].done
    assert "The write is acknowledged" in coach(lab)
    run_events(lab, 2)
    assert "Database v2, cache v1. Who will notice?" in coach(lab)
    read_again(lab)
    assert lab.view().question.choices == ("v1", "v2", "nothing")
    lab.guess(0)
    assert word(lab) == "HOLDS"
    lab.run_event()
    assert word(lab) == "BROKEN at step 14"
    assert lab.view().question.verdict == "You said v1: right."
    assert "for up to an hour" in coach(lab)
    assert met == [("make_it_lie", 10)]


def test_the_other_order_on_a_branch_of_its_own_keeps_the_promise(lab, met):
    make_it_lie(lab)
    for _ in range(10):
        lab.back()
    lab.run_event(0)
    run_events(lab, 7)
    view = lab.view()
    assert (view.branch, view.branches, view.step) == (2, 2, 12)
    assert view.finished
    assert word(lab) == "HOLDS"
    assert coach(lab).startswith("Same code, same messages, another order")
    assert met == [("make_it_lie", 10), ("keep_the_promise", 8)]
    assert [row.outcome for row in lab.branches()] == ["BROKEN at step 14", "HOLDS"]


@pytest.mark.parametrize("lied", [True, False], ids=["the order that lied", "the other order"])
def test_the_reference_keeps_the_promise_in_the_same_order(lab, met, lied):
    make_it_lie(lab)
    if not lied:
        for _ in range(10):
            lab.back()
        lab.run_event(0)
        run_events(lab, 7)
    lab.switch_variant()
    assert lab.view().variant == "reference"
    assert any(row.changed for row in lab.view().code)
    assert lab.view().next_up == "Say this in an interview"
    run_events(lab, 12)
    assert lab.view().finished
    assert word(lab) == "HOLDS"
    assert met[-1][0] == "try_the_reference"
    if lied:
        assert lab.run.operations[-1].value == "v2"


# The story by itself, scenes, goals, coach


@pytest.mark.parametrize(("variant", "steps"), [("textbook", 12), ("reference", 14)])
def test_with_nobody_choosing_one_read_and_one_write_go_well(variant, steps):
    run = Run(LAB, variant, name=NAME)
    assert run.advance() == steps
    assert [operation.value for operation in run.operations] == ["v1", None]
    assert broken_at(run) == {}


SCENES = {
    "stale_read": {"no_stale_read": 14},
    "other_order": {},
    "lost_delete": {"cache_agrees": 12},
    "absent_row": {},
    "lease": {},
}


@pytest.mark.parametrize("name", [found.name for found in LAB.scenes])
def test_a_scene_breaks_exactly_what_it_says_and_at_its_end(name):
    run = scene(name)
    assert broken_at(run) == SCENES[name]
    assert LAB.scene(name).breaks in {*SCENES[name], None}
    assert set(SCENES[name].values()) <= {len(run.steps)}


def test_what_the_scenes_show_is_there():
    assert scene("stale_read").world.store("cache") == {"k": "v1"}
    assert scene("lost_delete").world.store("database") == {"k": "v2"}
    assert scene("absent_row").measures()["database_reads"] == ("reads", 2)
    assert scene("lease").world.store("cache") == {}


GOALS = {"make_it_lie": "stale_read", "keep_the_promise": "other_order", "try_the_reference": "lease"}


@pytest.mark.parametrize("goal", LAB.goals, ids=lambda goal: goal.name)
def test_a_goal_is_reached_by_its_scene_and_not_before_the_write_is_acknowledged(goal):
    run = scene(GOALS[goal.name])
    met = [step for step in range(len(run.steps) + 1) if goal.met(run.at(step), run.operations_at(step))]
    assert goal.variant == run.variant
    assert met
    assert min(met) >= run.operations[1].returned > 0


@pytest.mark.parametrize("goal", LAB.goals, ids=lambda goal: goal.name)
def test_the_coach_says_each_of_its_sentences_in_some_scene(goal):
    runs = [scene(found.name) for found in LAB.scenes if found.variant == goal.variant]
    said = {
        next((text for holds, text in goal.coach if holds(run.at(step), run.operations_at(step))), "")
        for run in runs
        for step in range(len(run.steps) + 1)
    }
    assert {text for _, text in goal.coach} <= said


def test_the_coach_calls_a_lease_only_what_is_one():
    run = played("reference", [*LAB.scene("lease").events[:6], "deliver database>reader_1.get.reply#1"])
    coach = LAB.goals[2].coach
    assert "holds a lease" in next(text for holds, text in coach if holds(run.world, run.operations))
    run.apply(parse_event("deliver reader_1>cache.compare_and_set#1"))
    assert run.world.store("cache") == {"k": "v1"}
    assert "holds a lease" not in next(text for holds, text in coach if holds(run.world, run.operations))


# What counts as stale


def test_a_read_that_began_before_the_write_was_acknowledged_may_return_either_value():
    run = played(
        "textbook",
        [
            "call reader_1 get k",
            "deliver reader_1>cache.get#1",
            "deliver cache>reader_1.get.reply#1",
            "deliver reader_1>database.get#1",
            "call writer_1 set k v2",
            "deliver writer_1>database.put#1",
            "deliver database>writer_1.put.reply#1",
            "deliver writer_1>cache.delete#1",
            "deliver cache>writer_1.delete.reply#1",
            "deliver database>reader_1.get.reply#1",
            "deliver reader_1>cache.set#1",
            "deliver cache>reader_1.set.reply#1",
        ],
    )
    assert run.operations[0].value == "v1"
    assert run.operations[0].returned > run.operations[1].returned
    assert "no_stale_read" not in broken_at(run)


def test_another_key_is_not_stale_because_of_this_write():
    run = played("textbook", ["call writer_1 set k v2"])
    run.advance()
    run.apply(parse_event("call reader_1 get other"))
    run.advance()
    assert run.operations[-1].value is None
    assert broken_at(run) == {}


def test_three_readers_that_miss_together_all_load_the_row_in_both_variants():
    calls = [f"call reader_{number} get k" for number in (1, 2, 3)]
    for variant in LAB.variants:
        run = played(variant, calls, readers=3)
        run.advance()
        assert run.measures()["database_reads"] == ("reads", 3)


@pytest.mark.parametrize("readers", ["0", "4", "x"])
def test_a_number_of_readers_outside_the_bounds_is_refused(readers):
    with pytest.raises(UsageError, match="readers"):
        Run(LAB, "textbook", {"readers": readers}, name=NAME)
