import asyncio

import pytest

from sdtutor.engine.events import parse_event
from sdtutor.engine.run import Run
from sdtutor.engine.search.find import find
from sdtutor.labs.caching.cache_stampede import LAB
from sdtutor.labs.caching.cache_stampede.promises import no_stale_read, stale_read
from sdtutor.labs.caching.cache_stampede.story import CLAIM_AND_ASK, WRITE
from sdtutor.reference.caching import cache_stampede as reference
from sdtutor.session.lab_opening import Keeping, start_lab

NAME = "caching/cache_stampede"


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


# Scenes, goals, coach

SCENES = {
    "herd": {"one_load": 14, "answered": 14},
    "in_turn": {},
    "one_process": {"one_load": 7, "answered": 9},
    "one_flight": {},
    "one_load": {},
    "dead_loader": {},
    "slow_loader": {"one_load": 12},
    "overtaken": {},
    "database_hangs": {},
    "claim_twice": {"no_stale_read": 19},
}


@pytest.mark.parametrize("name", [found.name for found in LAB.scenes])
def test_a_scene_breaks_exactly_what_it_says(name):
    assert broken_at(scene(name)) == SCENES[name]
    assert LAB.scene(name).breaks in {*SCENES[name], None}


def test_what_the_scenes_show_is_there():
    assert measured(scene("one_process"))["database_reads"] == 3
    assert measured(scene("one_flight")) == {"database_reads": 1, "cache_reads": 3}
    assert measured(scene("one_load")) == {"database_reads": 1, "cache_reads": 4}
    assert [o.value for o in scene("overtaken").operations] == ["v1", None, "v2"]
    assert scene("slow_loader").steps[17].moved[-1].message.outcome.value is False
    hanging = scene("database_hangs")
    assert [o.outcome.error for o in hanging.operations] == ["TimeoutError"] * 3
    assert hanging.world.stored("cache", "k") == reference.Lease("A", 1)


def test_a_stale_read_is_told_with_the_write_that_it_missed():
    run = scene("claim_twice")
    assert stale_read(run.world, run.operations) == ("writer_1.set#1", "server_2.get#1")
    assert stale_read(run.world, run.operations_at(18)) == ()


GOALS = {
    "load_at_once": ("herd", 4),
    "load_once": ("one_load", 13),
    "outlive_the_loader": ("dead_loader", 16),
}


@pytest.mark.parametrize("goal", LAB.goals, ids=lambda goal: goal.name)
def test_a_goal_is_reached_by_its_scene(goal):
    name, par = GOALS[goal.name]
    run = scene(name)
    met = [step for step in range(len(run.steps) + 1) if goal.met(run.at(step), run.operations_at(step))]
    assert (goal.variant, goal.par) == (run.variant, par)
    assert met[-1] == len(run.steps)
    assert met[0] > 2 + par / 2


COACHED = {
    "load_at_once": ["herd", "in_turn", (*LAB.scene("in_turn").events[:3], "call server_2 get k")],
    "load_once": ["one_load", "dead_loader", ("call server_1 get k",)],
    "outlive_the_loader": [
        "dead_loader",
        ("call server_1 get k",),
        (*LAB.scene("one_load").events, "call server_1 get k", "crash server_1"),
    ],
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


# The first minutes


@pytest.fixture
def met():
    return []


@pytest.fixture
def lab(met):
    keeping = Keeping(record_goal=lambda goal, step: met.append((goal, step)))
    return start_lab(Run(LAB, "textbook", name=NAME), ("Caching", "Cache stampede"), keeping)


def test_pressing_right_alone_loads_once(lab):
    for _ in range(20):
        lab.run_event()
    assert lab.view().finished
    assert lab.view().promises[0].word == "HOLDS"


def test_doing_what_the_coach_says_makes_a_herd_and_then_none(lab, met):
    assert "Then it is B's turn" in lab.view().coach
    lab.run_event()
    assert "Start server B" in lab.view().coach
    lab.move_cursor(1)
    lab.run_event()
    lab.run_event()
    assert "Deliver the miss" in lab.view().coach
    lab.run_event()
    assert lab.view().promises[0].word == "BROKEN at step 6"
    lab.switch_variant()
    assert lab.view().promises[0].word == "HOLDS"
    assert lab.view().next_up == "Say this in an interview"
    for _ in range(40):
        lab.run_event()
    assert lab.view().finished
    assert met[0] == ("load_at_once", 4)
    assert measured(lab.run)["database_reads"] == 1


# All orders


def state(run):
    """What the future of a run depends on, and what its past has proved."""
    kept = ("store", "view", "message", "expiry")
    facts = sorted((fact, str(value)) for fact, value in run.world.facts.items() if fact[0] in kept)
    members = [
        (fact[1], m.up, [(told.kind, told.label, str(told.payload)) for told in m.history.inputs()])
        for fact, m in run.world.section("member")
        if m.history
    ]
    ended = [(o.name, o.outcome) for o in run.operations]
    order = [(o.name, p.name) for o in run.operations for p in run.operations if 0 < o.returned < p.called]
    return str((facts, members, ended, order))


def orders(run, calls, timers=0):
    """Yield a run for every order in which messages arrive, some calls are made, and timers fire."""
    begun, seen, todo = len(run.steps), set(), [run]
    while todo:
        run = todo.pop()
        happened = [str(step.event) for step in run.steps[begun:]]
        fired = sum(event.startswith("fire") for event in happened)
        events = [
            event
            for event in run.rules.moves(run.world)
            if event.kind == "deliver" or (event.kind == "fire" and fired < timers)
        ]
        events += [parse_event(call) for call in calls if call not in happened]
        for event in events:
            longer = run.branch(len(run.steps))
            longer.apply(event)
            yield longer
            if (found := state(longer)) not in seen:
                seen.add(found)
                todo.append(longer)


@pytest.mark.parametrize("finding", LAB.findings, ids=lambda finding: finding.name)
def test_the_search_finds_what_the_lab_says(finding):
    run = played(finding.variant, finding.after, **finding.parameters)
    promise = next(invariant for invariant in LAB.invariants if invariant.name == finding.promise)
    found = find(run, promise, finding.bounds)
    assert found.complete
    assert (len(found.events) or None) == finding.shortest


READS = ("call server_1 get k", "call server_2 get k")
WRITTEN = (*CLAIM_AND_ASK, *WRITE[:3])
"""v1 is under way to a server, and the writer, who has replaced it, has not deleted the copy."""


def first_broken(promise, runs):
    return min((len(run.steps) for run in runs if promise in run.steps[-1].broken), default=None)


def test_the_shortest_way_to_a_herd_has_six_events():
    assert first_broken("one_load", orders(played("textbook", ()), READS)) == 6


def test_no_order_of_messages_lets_two_servers_of_the_reference_load_at_once():
    assert first_broken("one_load", orders(played("reference", ()), READS)) is None


def test_a_lease_that_ends_early_lets_a_second_server_load():
    assert first_broken("one_load", orders(played("reference", CLAIM_AND_ASK[:5]), READS[1:], timers=1)) == 11


def later_reader():
    return orders(played("reference", WRITTEN, servers=1, writers=1), ("call server_1 get k",))


def test_no_order_gives_a_reader_that_boards_a_flight_what_a_write_has_replaced():
    runs = list(later_reader())
    assert len(runs) > 500
    assert all(no_stale_read(run.world, run.operations) for run in runs)
    assert any(run.operations[-1].value == "v2" for run in runs if run.operations[-1].operation == "get")


async def trusting(self, key):
    """Take the row of any flight, whenever one boarded it: what plain single flight does."""
    while True:
        found = await self.cache.get(key)
        if isinstance(found, reference.Copy):
            return found.row
        flight = self.boarding.get(key)
        if found and not flight:
            await asyncio.sleep(self.pause)
            continue
        landed = await asyncio.shield(flight or self._take_off(key))
        if landed:
            return landed.row


async def boarding_to_the_end(self, key):
    """Let callers board until the cache has answered."""
    lease = reference.Lease(self.owner, next(self.numbers))
    try:
        async with asyncio.timeout(reference.LOAD_TIMEOUT):
            if not await self.cache.set(key, lease, ttl=reference.LEASE_TTL, only_if_absent=True):
                return None
            row = await self.database.get(key)
        stored = await self.cache.compare_and_set(key, lease, reference.Copy(row), ttl=self.ttl)
    finally:
        del self.boarding[key]
    return reference.Landed(row, stored)


@pytest.mark.parametrize(("name", "wrong"), [("get", trusting), ("_load", boarding_to_the_end)])
def test_without_one_of_the_two_rules_of_boarding_some_order_is_stale(monkeypatch, name, wrong):
    monkeypatch.setattr(reference.CacheAside, name, wrong)
    assert any(not no_stale_read(run.world, run.operations) for run in later_reader())


# Crashes


@pytest.mark.parametrize("step", range(1, 20))
@pytest.mark.parametrize(("dead", "alive"), [("server_1", "server_2"), ("server_2", "server_1")])
def test_whenever_a_server_dies_the_other_one_is_answered(step, dead, alive):
    run = played("reference", LAB.scene("one_load").events[:step])
    run.apply(parse_event(f"crash {dead}"))
    for _ in range(60):
        if not run.advance(1):
            break
    reads = [o for o in run.operations if o.node == alive]
    assert reads
    assert all(read.value == "v1" for read in reads)
    assert "one_load" not in broken_at(run)


def test_a_server_that_comes_back_has_leases_of_another_name():
    run = played("reference", (*CLAIM_AND_ASK, "crash server_1", "fire cache.timer#1", "restart server_1"))
    run.apply(parse_event("call server_1 get k"))
    run.advance(4)
    assert run.world.stored("cache", "k") == reference.Lease("A.2", 1)
