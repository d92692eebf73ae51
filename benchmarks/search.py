"""How fast every order is searched, against searching by running everything again from the start."""

import time
from collections.abc import Iterator, Mapping
from dataclasses import replace
from statistics import median
from typing import Any

from benchmarks.figures import Figure
from benchmarks.reexecution import Reexecution
from sdtutor.engine.bounds import Bounds
from sdtutor.engine.lab import Invariant, Lab, Variant
from sdtutor.engine.run import Run
from sdtutor.engine.search.find import Budget, Found, Reductions, find
from sdtutor.engine.thread import on_engine_thread
from sdtutor.session.labs import LabShelf

ROUNDS = 5
REEXECUTED = 1_500
"""States at which the search by re-execution is stopped: it takes seconds for them, and is faster near the
start than later, which is in its favour."""
SECONDS = 10.0
"""How long the largest searches may take."""


def measure() -> Iterator[Figure]:
    """Yield the figures of the search."""
    shelf = LabShelf()
    caches, replicas = (shelf.load(name) for name in ("caching/cache_aside", "consistency/quorum"))
    agrees = _never_broken(caches, "cache_agrees")
    yield _against_reexecution(caches, agrees)
    yield _all(caches, "textbook", {"readers": 3, "writers": 2}, agrees, 1.0)
    yield _way(replicas, {"readers": 2, "read_repair": "off"}, 1.0)
    yield _how_far("cache-aside", caches, "textbook", {"readers": 3, "writers": 3}, agrees)
    five = {"replicas": 5, "read_quorum": 3, "write_quorum": 3, "read_repair": "off"}
    yield _how_far("quorum", replicas, "reference", five, _promise(replicas, "never_back"))


def _promise(lab: Lab, name: str) -> Invariant:
    return next(invariant for invariant in lab.invariants if invariant.name == name)


def _never_broken(lab: Lab, name: str) -> Invariant:
    """Return a promise that looks where another does and always holds: all states have to be seen."""
    return replace(_promise(lab, name), holds=lambda _world, _operations: True)


def _told(values: Mapping[str, Any]) -> str:
    return ", ".join(f"{name} {value}" for name, value in values.items()).replace("_", " ")


def _search(
    lab: Lab,
    variant: Variant,
    values: Mapping[str, Any],
    promise: Invariant,
    reductions: Reductions = Reductions(),  # noqa: B008  it cannot be changed
) -> tuple[Found, float]:
    """Return what a search from the beginning finds, and how many seconds it takes."""
    run = Run(lab, variant, values)
    begin = time.perf_counter()
    budget = Budget(go_on=lambda _states, _depth: time.perf_counter() - begin < SECONDS, states=5_000_000)
    found = find(run, promise, Bounds(), budget, reductions)
    return found, time.perf_counter() - begin


def _against_reexecution(lab: Lab, promise: Invariant) -> Figure:
    values = {"readers": 2, "writers": 2}
    ours, theirs = [], []
    for _ in range(ROUNDS):
        # Without reductions: both see every state, ours each one once however it was reached.
        found, seconds = _search(lab, "textbook", values, promise, Reductions(symmetry=False, ample=False))
        ours.append(found.states / seconds)
        begin = time.perf_counter()
        states = on_engine_thread(Reexecution(Run(lab, "textbook", values)).explore, REEXECUTED)
        theirs.append(states / (time.perf_counter() - begin))
    ratio = median(ours) / median(theirs)
    return Figure(
        "search, cache-aside, 2 readers + 2 writers",
        f"{median(ours):,.0f} states/s",
        f"by re-execution, {median(theirs):,.0f} states/s",
        ratio,
        "at least 20",
    )


def _all(lab: Lab, variant: Variant, values: Mapping[str, Any], promise: Invariant, budget: float) -> Figure:
    taken = [_search(lab, variant, values, promise) for _ in range(ROUNDS)]
    found = taken[0][0]
    return Figure(
        f"cache-aside, every state, {_told(values)}",
        f"{found.states:,} states in {median(seconds for _, seconds in taken):.2f} s",
        found.verdict,
        None,
        f"{budget:.0f} s",
    )


def _way(lab: Lab, values: Mapping[str, Any], budget: float) -> Figure:
    taken = [_search(lab, "reference", values, _promise(lab, "never_back")) for _ in range(ROUNDS)]
    found = taken[0][0]
    return Figure(
        f"quorum, {_told(values)}",
        f"{found.states:,} states in {median(seconds for _, seconds in taken):.2f} s",
        f"shortest way back in time: {len(found.events)} events",
        None,
        f"{budget:.0f} s",
    )


def _how_far(name: str, lab: Lab, variant: Variant, values: Mapping[str, Any], promise: Invariant) -> Figure:
    found, seconds = _search(lab, variant, values, promise)
    end = {"anomaly": f"found, {len(found.events)} events", "none": "complete"}.get(
        found.verdict, "not complete"
    )
    return Figure(
        f"{name}, at most {SECONDS:.0f} s, {_told(values)}",
        f"{found.states:,} states, {found.depth} events deep, {seconds:.1f} s",
        end,
    )
