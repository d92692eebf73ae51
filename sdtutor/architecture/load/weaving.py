"""A route as a program: what a request does at each box, and for what it waits."""

import math
from collections.abc import Mapping
from itertools import pairwise

from sdtutor.architecture.load.jobs import (
    ACQUIRE,
    ANSWER,
    BRANCH,
    CALL,
    NOWHERE,
    RELEASE,
    RETURN,
    VISIT,
    Program,
    Step,
)
from sdtutor.architecture.load.profiles import PROFILES, Capacity, capacity, number
from sdtutor.architecture.load.routes import Route, beside, segments, store_behind
from sdtutor.architecture.load.stations import Stations
from sdtutor.architecture.records import Drawing
from sdtutor.core.systems import Flow


class Weaver:
    """Makes the programs of one flow.

    Args:
        drawing: The drawing.
        flow: What the requests are for.
        without: Boxes that are gone.
        stations: Where the work is done.
    """

    def __init__(self, drawing: Drawing, flow: Flow, without: frozenset[str], stations: Stations) -> None:
        self._drawing = drawing
        self._flow = flow
        self._without = without
        self._stations = stations
        self._callers = frozenset(link.source for link in drawing.links if link.waits)
        self._capacities: Mapping[str, Capacity] = {n: capacity(b) for n, b in drawing.boxes.items()}

    def program(self, route: Route) -> Program:
        """Return what a request does that takes this route."""
        waited, *later = segments(self._drawing, route)
        behind = [step for part in later for step in self._part(part)]
        return (*self._part(waited), Step(ANSWER, NOWHERE), *behind)

    def _part(self, route: Route) -> Program:
        """Return what happens at the boxes of a part of a route, each called by the one before."""
        steps = self._box(route[-1], ())
        for name, target in reversed(tuple(pairwise(route))):
            steps = self._box(name, self._calls(name, target, steps, is_last=target == route[-1]))
        return steps

    def _box(self, name: str, calls: Program) -> Program:
        """Return what happens at a box that then makes these calls."""
        kind, has = self._drawing.boxes[name].kind, self._capacities[name]
        if kind == "client":
            return calls
        if kind in ("cache", "cdn") and not self._flow.writes:
            calls = self._unless_found(has.hit, calls)
        work = self._work(name)
        if has.threads == math.inf:
            return (*work, *calls)
        threads = self._stations.get(name, "threads", has.threads * has.parts * has.readers, has.places)
        return (Step(ACQUIRE, threads), *work, *calls, Step(RELEASE, threads))

    def _work(self, name: str) -> Program:
        """Return the work at a box itself; reads of a store are spread over its copies."""
        has = self._capacities[name]
        seconds = has.write_s if self._flow.writes else has.read_s
        places = has.places if has.threads == math.inf else math.inf
        first = self._stations.get(name, "work", has.cores * has.parts, places)
        visit = Step(VISIT, first, self._stations.seconds(first, seconds))
        if has.readers == 1 or self._flow.writes:
            return (visit,)
        others = has.readers - 1
        copies = self._stations.get(name, "replicas", has.cores * has.parts * others, places * others)
        return (
            Step(BRANCH, NOWHERE, 1 / has.readers, 2),
            Step(VISIT, copies, self._stations.seconds(copies, seconds)),
            Step(BRANCH, NOWHERE, 1.0, 1),
            visit,
        )

    def _calls(self, name: str, target: str, steps: Program, *, is_last: bool) -> Program:
        """Return what a box asks others for: its caches, then the next box of the route.

        Args:
            name: The box.
            target: The next box.
            steps: What happens there.
            is_last: Whether the route ends there; at a cache, a miss then goes on to a store.
        """
        calls = self._call(name, target, steps)
        if self._flow.writes:
            return calls
        if is_last and self._drawing.boxes[target].kind == "cache":
            store = store_behind(self._drawing, name, target, self._without)
            return self._look(name, target, self._call(name, store, self._box(store, ())) if store else ())
        for cache in reversed(beside(self._drawing, name, target, self._without)):
            calls = self._look(name, cache, calls)
        return calls

    def _look(self, caller: str, cache: str, miss: Program) -> Program:
        """Return a look into a cache; what it does not have, or a cache that does not answer, is a miss."""
        seconds, tries = self._patience(caller, cache, PROFILES["cache"].timeout)
        found = self._unless_found(self._capacities[cache].hit, miss)
        asked = self._work(cache)
        return (Step(CALL, NOWHERE, seconds, len(asked) + 2, tries), *asked, Step(RETURN, NOWHERE), *found)

    def _unless_found(self, hit: float, miss: Program) -> Program:
        return (Step(BRANCH, NOWHERE, hit, len(miss)), *miss) if miss else ()

    def _call(self, caller: str, target: str, steps: Program) -> Program:
        seconds, tries = self._patience(caller, target)
        if seconds == math.inf and not tries:
            return steps
        return (Step(CALL, NOWHERE, seconds, 0, tries), *steps, Step(RETURN, NOWHERE))

    def _patience(self, caller: str, target: str, default: float = math.inf) -> tuple[float, int]:
        """Return how long a caller waits and how often it tries again.

        A timeout and retries are for the calls that a box makes; at a box that calls nobody, for the calls
        to it. The latter win.

        Args:
            caller: Who waits.
            target: For whom.
            default: Seconds that a caller of this box waits at most when nothing stands at the box.
        """
        names = (caller,) if target in self._callers else (target, caller)
        stated = [self._capacities[name].timeout for name in names]
        seconds = next((each for each in stated if each < math.inf), math.inf)
        if self._capacities[target].timeout == math.inf:
            seconds = min(seconds, default)
        tries = (number(self._drawing.boxes[name], "retries") for name in names)
        again = next((name for name, count in zip(names, tries, strict=True) if count is not None), caller)
        return seconds, self._capacities[again].retries
