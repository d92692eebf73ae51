import random

import pytest

from sdtutor.engine.events import parse_event
from sdtutor.engine.run import Run
from sdtutor.labs.consistency.quorum import LAB
from sdtutor.labs.consistency.quorum.story import asks

NAME = "consistency/quorum"


def started(variant, **parameters):
    return Run(LAB, variant, parameters, name=NAME)


def played(variant, events, **parameters):
    run = started(variant, **parameters)
    run.apply_all(map(parse_event, events))
    return run


def scene_run(name):
    scene = LAB.scene(name)
    return played(scene.variant, scene.events, **scene.parameters)


def broken_at(run):
    return {v.invariant.name: v.step for v in run.verdicts() if not v.holds}


def outcomes(run):
    return [o.outcome and (o.outcome.error or o.value) for o in run.operations]


def values(run):
    return [run.world.view(name)["k"] for name in "abc"]


@pytest.mark.parametrize("variant", LAB.variants)
def test_on_a_quiet_day_both_variants_read_what_was_written(variant):
    run = started(variant)
    run.advance()
    assert outcomes(run) == [None, "v2", "v2"]
    assert broken_at(run) == {}


def test_the_textbook_is_content_with_one_acknowledgement():
    run = scene_run("stale_read")
    assert outcomes(run) == [None, "v1"]
    assert broken_at(run) == {"on_w_replicas": 3, "no_stale_read": 6, "linearizable": 6}
    assert run.measures()["copies"] == ("replicas", 1)


def test_the_textbook_never_asks_the_replicas_beyond_a_majority():
    run = started("textbook", replicas=5, nearest=5)
    run.advance()
    assert [run.world.view(name)["k"] for name in "abcde"] == ["v2", "v2", "v2", "v1", "v1"]
    assert outcomes(run) == [None, "v1", "v1"]


def test_the_reference_reads_v2_although_a_replica_is_old():
    run = scene_run("overlap")
    assert outcomes(run) == [None, "v2"]
    assert values(run) == ["v2", "v2", "v1"]


def test_the_reference_does_not_acknowledge_where_the_textbook_did():
    begun = ["call writer write k v2", *asks("writer", "read", "ab"), *asks("writer", "write", "b")]
    run = played("reference", begun)
    assert run.operations[0].outcome is None
    run.apply_all(map(parse_event, asks("writer", "write", "c")))
    assert run.operations[0].done


@pytest.mark.parametrize(("n", "w", "r"), [(3, 1, 1), (3, 2, 1), (3, 1, 2), (4, 2, 2), (5, 3, 2), (5, 1, 4)])
def test_quorums_that_need_not_meet_give_a_stale_read(n, w, r):
    letters = "abcde"[:n]
    wrote, asked = letters[:w], letters[-r:]
    assert set(wrote).isdisjoint(asked)
    events = [
        "call writer write k v2",
        *asks("writer", "read", letters[:r]),
        *asks("writer", "write", wrote),
        "call reader read k",
        *asks("reader", "read", asked),
    ]
    run = played("reference", events, replicas=n, write_quorum=w, read_quorum=r)
    run.advance(200)
    assert run.operations[1].value == "v1"
    assert "no_stale_read" in broken_at(run)


def test_a_quorum_larger_than_the_replicas_is_refused():
    run = played("reference", ["call writer write k v2"], write_quorum=4)
    assert run.operations[0].outcome.text == "ValueError: A quorum of 4 is impossible."


def test_reads_go_back_in_time_without_repair_and_not_with_it():
    assert outcomes(scene_run("back_in_time"))[1:] == ["v2", "v1"]
    repaired = scene_run("repaired")
    assert outcomes(repaired)[1:] == ["v2", "v2"]
    assert repaired.operations[0].outcome is None


def test_a_failed_write_can_be_read_later():
    assert outcomes(scene_run("failed_write")) == ["QuorumError", "v2"]


def walk(seed, too_few=0, read_repair="on"):
    """What is broken after 150 random events: calls, deliveries, one message in four lost."""
    rng = random.Random(seed)
    n = rng.choice((3, 4, 5))
    w = rng.randint(1, n - 1)
    sizes = {"replicas": n, "write_quorum": w, "read_quorum": n + 1 - w - too_few}
    run = started("reference", **sizes, read_repair=read_repair)
    for number in range(150):
        run.apply(parse_event(random_event(rng, run, number)))
    return broken_at(run)


def random_event(rng, run, number):
    calls = [f"call writer write k w{number}", "call reader read k"]
    idle = [call for call in calls if not run.world.member(call.split()[1]).waiting]
    names = [message.name for message in run.world.in_flight]
    timers = [str(event) for event in run.rules.moves(run.world) if event.kind == "fire"]
    if idle and (rng.random() < 0.2 or not names + timers):
        return rng.choice(idle)
    if names:
        return rng.choice(("drop ", "deliver ", "deliver ", "deliver ")) + rng.choice(names)
    return rng.choice(timers)


@pytest.mark.parametrize("seed", range(30))
def test_overlapping_quorums_keep_every_promise_whatever_is_lost_or_late(seed):
    assert walk(seed) == {}


def test_the_same_walks_find_quorums_that_are_too_small_and_a_missing_repair():
    assert any("no_stale_read" in walk(seed, too_few=1) for seed in range(80))
    assert any("never_back" in walk(seed, read_repair="off") for seed in range(80))


def test_a_replica_that_forgets_what_it_acknowledged_breaks_the_reference():
    run = scene_run("overlap")
    run.apply_all(map(parse_event, ["crash a", "restart a"]))
    assert "on_w_replicas" in broken_at(run)


@pytest.mark.parametrize("scene", LAB.scenes, ids=lambda scene: scene.name)
def test_a_scene_breaks_what_it_says_it_breaks(scene):
    found = broken_at(scene_run(scene.name))
    assert (scene.breaks in found) if scene.breaks else not found


PATHS = {"make_it_stale": "stale_read", "hold_the_promise": "overlap", "go_back_in_time": "back_in_time"}


def prefixes(scene, events=None):
    events = scene.events if events is None else events
    for length in range(len(events) + 1):
        yield played(scene.variant, events[:length], **scene.parameters)


@pytest.mark.parametrize("goal", LAB.goals, ids=lambda goal: goal.name)
def test_a_goal_is_reached_at_the_end_of_its_path_and_not_before(goal):
    scene = LAB.scene(PATHS[goal.name])
    assert goal.variant == scene.variant
    met = [goal.met(run.world, run.operations) for run in prefixes(scene)]
    assert met == [False] * len(scene.events) + [True]


DETOURS = {
    "make_it_stale": ("call writer write k v2", *asks("writer", "write", "a")),
    "hold_the_promise": (
        "call writer write k v2",
        *asks("writer", "read", "ab"),
        *asks("writer", "write", "abc"),
    ),
    "go_back_in_time": LAB.scene("overlap").events[:9],
}


@pytest.mark.parametrize("goal", LAB.goals, ids=lambda goal: goal.name)
def test_the_coach_says_each_of_its_sentences_somewhere(goal):
    scene = LAB.scene(PATHS[goal.name])
    said = {
        next((text for holds, text in goal.coach if holds(run.world, run.operations)), "")
        for events in (scene.events, DETOURS[goal.name])
        for run in prefixes(scene, events)
    }
    assert {text for _, text in goal.coach} <= said
    assert all(len(text) <= 150 for text in said)


def test_the_opening_is_five_steps_before_the_lie():
    opening = LAB.opening
    run = played(opening.variant, opening.events, **opening.parameters)
    assert broken_at(run) == {}
    assert LAB.scene("stale_read").events[:1] == opening.events


def test_measures_count_copies_and_requests():
    measures = {name: value for name, (_, value) in scene_run("overlap").measures().items()}
    assert measures == {"copies": 2, "requests": 12}


def test_texts_fit_their_places():
    assert all(len(i.promise) <= 72 and len(i.told) <= 60 for i in LAB.invariants)
    assert all(len(goal.title) <= 76 for goal in LAB.goals)


def test_two_readers_see_time_run_backwards_without_repair():
    events = [
        *["call writer write k v2", *asks("writer", "read", "ab"), "deliver writer>a.write#1"],
        *["call reader read k", *asks("reader", "read", "ab")],
        *["call reader_2 read k", *asks("reader_2", "read", "bc")],
    ]
    run = played("reference", events, readers=2, read_repair="off")
    assert outcomes(run) == [None, "v2", "v1"]
    assert broken_at(run) == {"never_back": len(events), "linearizable": len(events)}
    shown = {each.name: each.witness(run.world, run.operations) for each in LAB.invariants}
    assert shown["no_stale_read"] == shown["on_w_replicas"] == ()
    assert shown["never_back"] == ("writer.write#1", "reader.read#1", "reader_2.read#1")
    assert shown["linearizable"] == ("writer.write#1", "reader.read#1", "reader_2.read#1")


@pytest.mark.parametrize("variant", LAB.variants)
def test_two_readers_read_once_each(variant):
    run = started(variant, readers=2)
    run.advance()
    assert [operation.node for operation in run.operations] == ["writer", "reader", "reader_2"]
    assert outcomes(run) == [None, "v2", "v2"]
    assert run.measures()["requests"][1] == started_requests(variant)


def started_requests(variant):
    run = started(variant)
    run.advance()
    return run.measures()["requests"][1]


def groups(variant, **parameters):
    return set(started(variant, **parameters).cast.interchangeable)


def test_only_who_is_not_told_apart_is_interchangeable():
    readers, replicas = ("reader", "reader_2"), ("a", "b", "c")
    assert groups("reference") == {replicas}
    assert groups("reference", readers=2) == {readers, replicas}
    assert groups("reference", readers=2, latency="regions") == {readers}
    assert groups("textbook") == set()
    assert groups("textbook", readers=2) == {readers}
