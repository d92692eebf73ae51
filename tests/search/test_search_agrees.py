"""The search and the enumeration of every schedule see the same, equally soon, whatever is spared."""

from importlib import import_module

import pytest
from agreement import EVERY, FOUR, PLAIN, agree, promise, without_merging
from naive import enumerate_all
from search_code import Deep
from search_labs import example, talk, worker

from sdtutor.engine.bounds import Bounds
from sdtutor.engine.events import parse_event
from sdtutor.engine.run import Run
from sdtutor.engine.search.find import find

GET, SET, ADD, CAS = ("get", "k"), ("set", "k", 1), ("add", "k"), ("cas", "k")


def server(**options):
    return worker("server", serves=("ask",), **options)


def late(count):
    """A server that changes its mind when its own timer has fired."""
    return server(background=(("sleep", count), ("set", "k", 9)))


CASES = {
    "two that write": (lambda: talk((GET, SET), (ADD,)), Bounds()),
    "two alike that count": (lambda: talk((ADD,), (ADD,), alike=True), Bounds()),
    "three alike that claim": (lambda: talk(*[(("claim", "k", 1),)] * 3, alike=True), Bounds()),
    "entries that expire": (
        lambda: talk((("set", "k", 1, 5), GET), (("claim", "k", 2, 3),)),
        Bounds(timers=2),
    ),
    "nothing that expires": (lambda: talk((("set", "k", None, 5),)), Bounds(timers=1)),
    "a store that forgets": (lambda: talk((("set", "k", 1, 5), GET)), Bounds(timers=1, crashes=1)),
    "a store that lasts": (
        lambda: talk((("set", "k", 1, 5), GET), durable=True),
        Bounds(timers=1, crashes=1),
    ),
    "peers that ask others": (lambda: talk((("ask", ADD, GET),), (GET,), server=server()), Bounds()),
    "alike before a peer": (lambda: talk(*[(("ask", CAS),)] * 2, server=server(), alike=True), Bounds()),
    "gather": (lambda: talk((("gather", (GET,), (SET,)),), (SET,)), Bounds()),
    "as_completed": (lambda: talk((("first", (GET,), (SET,)),), (SET,)), Bounds()),
    "a group that fails": (lambda: talk((("group", (GET,), (SET, ("fail",))),), (SET,)), Bounds()),
    "a lock": (lambda: talk((("gather", (("locked", ADD),), (("locked", ADD),)),), (SET,)), Bounds()),
    "a queue": (
        lambda: talk((("gather", (("take",),), (GET, ("put", 1)), (("set", "j", 1),)),)),
        Bounds(),
    ),
    "a timeout around two requests": (lambda: talk((("within", 1, GET, GET), GET), (SET,)), Bounds(timers=1)),
    "two timeouts": (lambda: talk((("within", 1, GET), ("within", 2, GET))), Bounds(timers=2)),
    "any member crashes": (lambda: talk((GET, SET), (GET,)), Bounds(crashes=1)),
    "a server crashes": (lambda: talk((("ask", ADD, GET),), server=server()), Bounds(crashes=1)),
    "a start that sleeps": (lambda: talk((("ask", GET),), server=late(1)), Bounds(timers=1)),
    "a start that asks": (lambda: talk((GET,), server=server(background=(ADD,))), Bounds(crashes=1)),
    "requests that come twice": (lambda: talk((("ask", ADD), GET), server=server()), Bounds(duplicates=1)),
    "hidden state and copies": (
        lambda: talk((("ask",), GET), server=server(kind=Deep)),
        Bounds(duplicates=2),
    ),
    "one copy and one loss": (lambda: talk((ADD,)), Bounds(duplicates=1, drops=1)),
    "a cut": (lambda: talk((GET, SET)), Bounds(cuts=1)),
    "a cut and a loss": (lambda: talk((GET,), (SET,)), Bounds(cuts=1, drops=1)),
    "a failure nobody handles": (lambda: talk((("behind", GET, ("fail",)), SET, GET)), Bounds()),
    "two tasks in one node": (lambda: talk((("behind", GET, SET), GET), (SET,)), Bounds()),
    "a step that does not end": (lambda: talk((GET, ("if", 1, ("spin",))), (SET,)), Bounds()),
    "a call more": (lambda: talk((GET,), (SET,), calls=(example(ADD),)), Bounds(calls=1)),
    "two calls more": (lambda: talk((GET,), calls=(example(ADD), example(GET))), Bounds(calls=2)),
    "a story told twice": (lambda: talk((CAS,), (GET,), repeats=True), Bounds(rounds=2)),
    "a loop over keys": (lambda: talk((("each", "k", "j"),), (SET, ("set", "j", 1))), Bounds()),
    "alike and a loss": (lambda: talk((CAS,), (CAS,), alike=True), Bounds(drops=1)),
    "alike and a crash": (lambda: talk((GET,), (GET,), alike=True), Bounds(crashes=1)),
    "alike and a cut": (lambda: talk((GET,), (GET,), alike=True), Bounds(cuts=1)),
}


@pytest.mark.parametrize("name", CASES)
def test_the_search_sees_what_every_schedule_shows(name):
    make, bounds = CASES[name]
    plain = agree(make(), bounds, reductions=FOUR)
    assert len(plain.sights) > 2


UNMERGED = (
    "two",
    "nothing",
    "a store",
    "gather",
    "a group",
    "a lock",
    "a timeout",
    "any",
    "a server",
    "a start",
)
UNMERGED += (
    "hidden",
    "one copy",
    "a cut",
    "a failure",
    "two tasks",
    "a call",
    "a story",
    "a loop",
    "alike and",
)


@pytest.mark.parametrize("name", [name for name in CASES if name.startswith(UNMERGED)])
def test_it_sees_the_same_when_no_two_histories_are_one(name, monkeypatch):
    without_merging(monkeypatch)
    make, bounds = CASES[name]
    agree(make(), bounds, reductions=(PLAIN,))


TINY = {
    "one that writes": (lambda: talk((GET, SET)), Bounds(drops=1)),
    "two that read": (lambda: talk((GET,), (GET,)), Bounds()),
    "a writer and a reader": (lambda: talk((SET,), (GET,)), Bounds(drops=1)),
    "a timeout": (lambda: talk((("within", 1, GET), SET)), Bounds(timers=1)),
    "a crash": (lambda: talk((GET,)), Bounds(crashes=1)),
    "a cut": (lambda: talk((GET,)), Bounds(cuts=1)),
    "a copy": (lambda: talk((("claim", "k", 1),)), Bounds(duplicates=1)),
}


@pytest.mark.parametrize("name", TINY)
def test_it_sees_what_is_seen_when_no_two_schedules_are_one(name):
    make, bounds = TINY[name]
    whole = agree(make(), bounds, merged=False)
    merged = enumerate_all(make(), bounds)
    assert (whole.sights, whole.rests, whole.ends) == (merged.sights, merged.rests, merged.ends)


def lab_run(name, variant, **parameters):
    lab = import_module("sdtutor.labs." + name.replace("/", ".")).LAB
    return Run(lab, variant, parameters, 0, name)


HEAVY = ("load_balancing/consistent_hashing", "databases/hash_sharding")
"""One node that is called in one order: nothing can be spared."""

SMALL_KEYS = {"keys": 100}
LABS = {
    ("caching/cache_aside", Bounds()): {},
    ("caching/cache_aside", Bounds(drops=1)): {},
    ("caching/cache_aside", Bounds(timers=1)): {},
    ("caching/cache_stampede", Bounds()): {},
    ("caching/cache_stampede", Bounds(crashes=1)): {"servers": 1},
    ("messaging/idempotent_consumer", Bounds()): {},
    ("databases/lost_update", Bounds()): {},
    ("microservices/saga", Bounds()): {},
    ("microservices/saga", Bounds(timers=1, drops=1)): {},
    ("microservices/saga", Bounds(crashes=1)): {},
    ("load_balancing/weighted_round_robin", Bounds(rounds=3)): {},
    ("load_balancing/consistent_hashing", Bounds()): {"servers": 2, "virtual_nodes": 1, **SMALL_KEYS},
    ("databases/hash_sharding", Bounds()): {"shards": 2, **SMALL_KEYS},
}


@pytest.mark.parametrize("variant", ["textbook", "reference"])
@pytest.mark.parametrize(("name", "bounds"), LABS)
def test_it_agrees_on_the_shipped_labs(name, bounds, variant):
    agree(
        lab_run(name, variant, **LABS[name, bounds]),
        bounds,
        reductions=FOUR if bounds == Bounds() and name not in HEAVY else (EVERY,),
    )


def test_it_agrees_on_a_quorum_of_copies():
    plain = agree(lab_run("consistency/quorum", "textbook"), reductions=FOUR)
    assert plain.shortest["no_stale_read"] == 6


@pytest.mark.parametrize(
    ("variant", "broken"), [("textbook", {"no_stale_read": 15, "cache_agrees": 12}), ("reference", {})]
)
def test_it_agrees_on_the_cache_that_lies_and_on_the_one_that_does_not(variant, broken):
    run = lab_run("caching/cache_aside", variant, readers=1, writers=1)
    plain = enumerate_all(run, run.lab.bounds)
    found = {promise.name: find(run, promise) for promise in run.lab.invariants}
    assert all(answer.complete for answer in found.values())
    assert {name: len(answer.events) for name, answer in found.items() if answer.events} == plain.shortest
    assert plain.shortest == broken


def after(run, *texts):
    """A run after its first call and some events."""
    run.apply(next(event for event in run.possible() if event.kind == "call"))
    return then(run, *texts)


def then(run, *texts):
    """A run after some events."""
    run.apply_all(map(parse_event, texts))
    return run


STARTED = {
    "a copy is in flight": (
        lambda: after(
            talk((("gather", (GET,), (("get", "j"),)),), initial={"k": 1, "j": 2}),
            "deliver a>store.get#1",
            "duplicate store>a.get.reply#1",
        ),
        Bounds(),
    ),
    "copies were answered differently": (
        lambda: after(
            talk((("claim", "k", 1),)),
            "duplicate a>store.set#1",
            "deliver a>store.set#1",
            "deliver a>store.set#1+1",
            "deliver store>a.set.reply#1+1",
        ),
        Bounds(),
    ),
    "a link is cut": (lambda: after(talk((GET,), (SET,)), "cut a store"), Bounds()),
    "a member is down": (lambda: after(talk((GET,), (SET,)), "crash a"), Bounds()),
    "a former life is waited for by nobody": (
        lambda: then(talk((GET,), background=(GET,)), "crash a", "restart a"),
        Bounds(),
    ),
    "a reply waits before a step that does not end": (
        lambda: after(talk((GET,), (("spin",),)), "deliver a>store.get#1"),
        Bounds(),
    ),
}


@pytest.mark.parametrize("name", STARTED)
def test_it_agrees_from_the_middle_of_a_run(name):
    make, bounds = STARTED[name]
    agree(make(), bounds)


def clocks():
    """A client that sets its timers by a clock that the server moves, while only a reply can reach it."""
    arm = ("ask", ("behind", ("sleep", 4), ("note", "late")))
    slow = ("behind", ("sleep", 5), ("note", "slow"))
    fast = ("behind", ("sleep", 3), ("note", "fast"))
    return talk((arm, slow, ("ask", ("note", "x")), fast), server=server())


def test_what_moves_the_clock_is_not_put_off():
    agree(clocks(), Bounds(timers=3))


@pytest.mark.parametrize("bounds", [Bounds(crashes=1), Bounds(cuts=1), Bounds(calls=1), Bounds(duplicates=1)])
def test_what_may_happen_besides_never_hides_what_happens_without(bounds):
    run = talk((GET,), calls=(example(GET),))
    finds = promise(lambda _world, operations: all(o.value != (None,) for o in operations), "eventually")
    without, with_more = find(run, finds, Bounds()), find(run, finds, bounds)
    assert len(with_more.events) <= len(without.events) == 3
