import asyncio

import pytest

from sdtutor.core.ports import PeerError
from sdtutor.engine.events import parse_event
from sdtutor.engine.goals import never, start_of
from sdtutor.engine.run import Run
from sdtutor.engine.search.find import find
from sdtutor.labs.consistency.read_your_writes import LAB
from sdtutor.labs.consistency.read_your_writes.members import Watch, WatchedPrimary, WatchedReplica
from sdtutor.labs.consistency.read_your_writes.story import (
    R1,
    SAVED,
    STICKY,
    TWO_REPLICAS,
    read,
    shipped,
    told,
)
from sdtutor.reference.consistency import read_your_writes as reference
from sdtutor.session.lab_opening import Keeping, start_lab

NAME = "consistency/read_your_writes"


def played(variant, events, **parameters):
    run = Run(LAB, variant, parameters, name=NAME)
    run.apply_all(map(parse_event, events))
    return run


def scene(name):
    found = LAB.scene(name)
    return played(found.variant, found.events, **found.parameters)


def broken_at(run):
    return {v.invariant.name: v.step for v in run.verdicts() if not v.holds}


def measured(run):
    return {name: value for name, (_, value) in run.measures().items()}


def values(run):
    return [operation.value for operation in run.operations]


def promise(name):
    return next(invariant for invariant in LAB.invariants if invariant.name == name)


# Scenes, goals, coach

SCENES = {
    "same_server": {},
    "other_server": {"read_your_writes": 10},
    "second_key": {"read_your_writes": 15},
    "restarted_server": {"read_your_writes": 12},
    "for_ever": {"replicas_serve": 9},
    "out_of_order": {"read_your_writes": 19},
    "back_in_time": {"monotonic_reads": 16},
    "token": {},
    "level_again": {},
    "forward": {},
    "old_backup": {},
    "lost_append": {},
    "new_primary": {"read_your_writes": 19},
}


@pytest.mark.parametrize("name", [found.name for found in LAB.scenes])
def test_a_scene_breaks_exactly_what_it_says(name):
    assert broken_at(scene(name)) == SCENES[name]
    assert LAB.scene(name).breaks in {*SCENES[name], None}


def test_what_the_scenes_show_is_there():
    assert values(scene("token")) == [None, "v2"]
    assert measured(scene("token")) == {"primary_reads": 1, "replica_reads": 1}
    assert measured(scene("level_again")) == {"primary_reads": 0, "replica_reads": 1}
    assert values(scene("forward")) == [None, "v2", "v2"]
    assert measured(scene("forward")) == {"primary_reads": 0, "replica_reads": 3}
    assert measured(scene("old_backup")) == {"primary_reads": 1, "replica_reads": 1}
    assert scene("lost_append").world.view(R1) == {"k": "v2", "position": 2}


def test_what_the_lesson_says_of_a_step_is_so_there():
    out_of_order = scene("out_of_order").at(14)
    assert out_of_order.at_rest
    assert [out_of_order.view(name)["k"] for name in (R1, "primary")] == ["v2", "v3"]
    backup = scene("old_backup").steps[12].moved[0].message
    assert (backup.sender, backup.outcome.error) == (R1, "Behind")
    failover = scene("new_primary")
    assert failover.at(12).view("ada") == {"token": 2}
    assert failover.at(12).view("primary") == {"k": "v1", "m": "n2", "position": 2}
    assert [e.position for e in scene("lost_append").steps[8].moved[0].message.payload[0]] == [2]


def test_a_stale_read_is_told_with_the_write_that_it_missed():
    run = scene("second_key")
    assert promise("read_your_writes").witness(run.world, run.operations) == ("ada.write#1", "ada.read#1")
    run = scene("back_in_time")
    assert promise("monotonic_reads").witness(run.world, run.operations) == (
        "ada.write#1",
        "bob.read#1",
        "bob.read#2",
    )


GOALS = {"read_the_past": "other_server", "one_server": "second_key", "any_server": "token"}


@pytest.mark.parametrize("goal", LAB.goals, ids=lambda goal: goal.name)
def test_a_goal_is_reached_at_the_end_of_its_scene_and_not_before(goal):
    run = scene(GOALS[goal.name])
    met = [goal.met(run.at(step), run.operations_at(step)) for step in range(len(run.steps) + 1)]
    assert goal.variant == run.variant
    assert met == [False] * len(run.steps) + [True]


@pytest.mark.parametrize("goal", LAB.goals, ids=lambda goal: goal.name)
def test_par_is_the_fewest_events_that_reach_a_goal(goal):
    found = find(start_of(LAB, goal, NAME), never(goal), goal.bounds)
    assert found.shortest
    assert len(found.events) == goal.par


COACHED = {
    "read_the_past": ["other_server", "same_server", (*SAVED, *told(R1))],
    "one_server": [
        "second_key",
        "other_server",
        "same_server",
        (*SAVED, f"deliver server_1>{R1}.write#1"),
    ],
    "any_server": ["token", (*SAVED, *shipped(R1))],
}


@pytest.mark.parametrize("goal", LAB.goals, ids=lambda goal: goal.name)
def test_the_coach_says_each_of_its_sentences_in_some_run(goal):
    said = set()
    for story in COACHED[goal.name]:
        run = scene(story) if isinstance(story, str) else played(goal.variant, story)
        for step in range(len(run.steps) + 1):
            world, operations = run.at(step), run.operations_at(step)
            said.add(next((text for holds, text in goal.coach if holds(world, operations)), ""))
    assert {text for _, text in goal.coach} <= said


def test_texts_fit_their_places():
    assert all(len(i.promise) <= 72 and len(i.told) <= 60 for i in LAB.invariants)
    assert all(len(goal.title) <= 62 for goal in LAB.goals)
    assert all(len(text) <= 120 for goal in LAB.goals for _, text in goal.coach)


def test_pressing_right_alone_shows_ada_what_she_wrote():
    lab = start_lab(Run(LAB, "textbook", name=NAME), ("Consistency", "Read your writes"), Keeping())
    for _ in range(20):
        lab.run_event()
    assert lab.view().finished
    assert lab.view().promises[0].word == "HOLDS"


# All orders


@pytest.mark.parametrize("finding", LAB.findings, ids=lambda finding: finding.name)
def test_the_search_finds_what_the_lab_says(finding):
    run = played(finding.variant, finding.after, **finding.parameters)
    found = find(run, promise(finding.promise), finding.bounds)
    assert found.complete
    assert (len(found.events) or None) == finding.shortest


async def gullible(self, key, _token):
    """Answer whatever the token says."""
    return self.rows.get(key, reference.Entry(0, key, None))


async def unmoved(self, server, key):
    """Read without raising the token."""
    return (await server.call("read", key, self.token)).value


async def straight(self, key, token):
    """Ask the primary first."""
    return await self.primary.call("read", key, token)


@pytest.mark.parametrize(
    ("owner", "method", "wrong", "name", "parameters", "length"),
    [
        (reference.Replica, "read", gullible, "read_your_writes", {}, 10),
        (reference.Session, "read", unmoved, "monotonic_reads", TWO_REPLICAS, 14),
        (reference.ReadYourWritesConsistency, "read", straight, "replicas_serve", {}, 7),
    ],
)
def test_without_one_of_its_rules_the_reference_breaks_its_promise(
    monkeypatch, owner, method, wrong, name, parameters, length
):
    monkeypatch.setattr(owner, method, wrong)
    found = find(played("reference", (), **parameters), promise(name))
    assert (found.verdict, len(found.events)) == ("anomaly", length)


# Sessions and what servers know


def test_a_browser_that_was_restarted_has_no_session_and_no_promises():
    for variant in LAB.variants:
        run = played(variant, (*SAVED, "crash ada", "restart ada", *read("ada", 2, [R1])))
        assert values(run) == [None, "v1"]
        assert broken_at(run) == {}


def test_a_server_that_does_not_exist_is_an_error_of_the_call():
    run = played("reference", ("call ada read k 3",))
    assert run.operations[0].outcome.error == "KeyError"


class Copy:
    name = "copy"

    def __init__(self, refuses=False):
        self.refuses = refuses

    async def call(self, *_question):
        if self.refuses:
            raise PeerError("behind")


async def ask(peer, operation):
    try:
        await peer.call(operation)
    except PeerError:
        return


def test_a_read_of_the_primary_is_needless_only_if_the_replicas_are_known_to_be_level():
    async def ask_all():
        watch = Watch()
        primary = WatchedPrimary(Copy(), watch)
        level, behind = WatchedReplica(Copy(), watch), WatchedReplica(Copy(refuses=True), watch)
        counts = []
        for asked, operation in [
            (behind, "read"),
            (primary, "read"),
            (level, "read"),
            (primary, "read"),
            (level, "write"),
            (primary, "read"),
            (behind, "write"),
            (primary, "read"),
            (primary, "write"),
        ]:
            await ask(asked, operation)
            if asked is primary:
                counts.append(watch.needless)
        return counts

    assert asyncio.run(ask_all()) == [0, 1, 2, 2, 2]


def test_sticky_or_in_turns_ada_reads_where_the_balancer_sends_her():
    calls = LAB.script({"balancer": "turns", "keys": 1, "readers": 1, "replicas": 1})
    assert [call.arguments[-1] for call in calls] == [1, 2, 1, 2]
    calls = LAB.script({**STICKY, "keys": 2, "readers": 1, "replicas": 1})
    assert [call.arguments[-1] for call in calls] == [1, 1, 1, 1, 1]
