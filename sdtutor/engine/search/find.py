"""The question: is there a way to break this promise from here, and which is the shortest?"""

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import Literal

from sdtutor.engine.bounds import Bounds
from sdtutor.engine.events import Event
from sdtutor.engine.invariants import TERMINATES
from sdtutor.engine.lab import Invariant
from sdtutor.engine.run import Run
from sdtutor.engine.search.ample import Ample
from sdtutor.engine.search.breadth import Breadth, Explored, GoOn
from sdtutor.engine.search.judge import Judge
from sdtutor.engine.search.reading import as_event
from sdtutor.engine.search.space import Space
from sdtutor.engine.search.steps import Step
from sdtutor.engine.search.symmetry import Exchange, NotInterchangeable, exchanges
from sdtutor.engine.search.walk import walk
from sdtutor.engine.thread import on_engine_thread

MOST_STATES = 1_000_000
"""States kept before a search gives up: about 0.4 GB, several times that where many nodes can be exchanged
for one another; who asks can bound the memory itself with `Budget.go_on`."""

COLLECT_AFTER = 100_000
"""Objects made between two collections of garbage: a search makes millions, and hardly any are garbage."""


class Unconfirmed(Exception):
    """A way that was found does not break the promise when it is run: a fault of the search."""


@dataclass(frozen=True, slots=True)
class Reductions:
    """What spares a search states without changing its answer.

    Args:
        symmetry: Take states for one that differ only in the names of interchangeable nodes.
        ample: Explore first what no promise can tell.
        forget: Take letters for gone that can do nothing any more, where no promise looks at letters.
    """

    symmetry: bool = True
    ample: bool = True
    forget: bool = True


@dataclass(frozen=True, slots=True)
class Found:
    """The answer.

    Args:
        verdict: anomaly (a way was found), none (there is none within the bounds), budget (none was found
            before the search was ended).
        promise: The promise that was to be broken; of a way on which a step does not end, ``terminates``.
        events: The way, from where the search started.
        shortest: Whether no way is shorter.
        states: How many states were seen.
        depth: How many steps away the farthest is.
        bounds: What was allowed besides deliveries and the calls of the story.
        walked: Steps taken at random after the search was ended; 0 when none were.
    """

    verdict: Literal["anomaly", "none", "budget"]
    promise: str
    events: tuple[Event, ...]
    shortest: bool
    states: int
    depth: int
    bounds: Bounds
    walked: int = 0

    @property
    def complete(self) -> bool:
        """Whether the answer is certain: the way is the shortest, or every state was seen."""
        return self.shortest or self.verdict == "none"


@dataclass(frozen=True, slots=True)
class Budget:
    """When a search ends without an answer.

    Args:
        go_on: Asked every few thousand states: told how many were seen and how far away they are.
        states: How many states may be kept.
        walk: Asked likewise about random runs afterwards; None makes none.
        seed: From which these are drawn.
    """

    go_on: GoOn = lambda _states, _depth: True
    states: int = MOST_STATES
    walk: GoOn | None = None
    seed: int = 0


def find(
    run: Run,
    promise: Invariant,
    bounds: Bounds | None = None,
    budget: Budget | None = None,
    reductions: Reductions | None = None,
) -> Found:
    """Return the shortest way to break a promise from the end of a run, or that there is none.

    Args:
        run: Where it starts; it stays as it is.
        promise: What is to be broken.
        bounds: What may happen besides deliveries and the calls of the story; None takes those of the lab.
        budget: When to give up.
        reductions: What may be spared.

    Raises:
        Unconfirmed: The way that was found, run as any run is, does not break the promise.
    """
    limits = bounds or run.lab.bounds
    with _little_garbage():
        return on_engine_thread(
            lambda: _Search(run, promise, limits, budget or Budget(), reductions or Reductions()).answer()
        )


class _Search:
    """One search.

    Args: as for `find`.
    """

    def __init__(
        self, run: Run, promise: Invariant, bounds: Bounds, budget: Budget, reductions: Reductions
    ) -> None:
        self._run, self._promise, self._bounds = run, promise, bounds
        self._budget, self._reductions = budget, reductions
        # At rest nothing is in flight, not even what can do nothing; each of these takes an event.
        forgets = reductions.forget and promise.when == "always" and "flight" not in promise.over
        with_history = "operations" in promise.over
        self._space = Space(run, bounds, with_history=with_history, forgets=forgets)
        self._judge = Judge(self._space, promise)

    def answer(self) -> Found:
        """Return the answer."""
        proof = self._proof()
        explored = proof if proof is not None and proof.path is None else self._shortest()
        if explored.path is not None:
            return self._anomaly(explored, explored.path, shortest=True)
        if explored.complete:
            return self._found("none", explored)
        if proof is not None and proof.path is not None:
            return self._anomaly(explored, proof.path, shortest=False)
        if self._budget.walk is None:
            return self._found("budget", explored)
        path, walked = walk(self._space, self._judge, self._budget.seed, self._budget.walk)
        if path is None:
            return replace(self._found("budget", explored), walked=walked)
        return replace(self._anomaly(explored, path, shortest=False), walked=walked)

    def _shortest(self) -> Explored:
        """Return what is seen on the way to the nearest state that breaks the promise."""
        ample = self._ample() if self._judge.at_the_end else None
        explored = self._explore(ample)
        if ample is not None and explored.path and explored.path[-1].stuck:
            # A step that does not end is met at once, and not only where nothing moves.
            return self._explore(None)
        return explored

    def _ample(self) -> Ample | None:
        if not self._reductions.ample or not self._space.calm:
            return None
        return Ample(self._space, self._judge)

    def _proof(self) -> Explored | None:
        """Return what is left of the states when what no promise can tell goes first.

        That may prove that there is no way. Which way is the shortest it cannot tell, unless the promise is
        judged at the end. It spares little when the promise looks at the order of calls.
        """
        ample = self._ample()
        if self._judge.at_the_end or ample is None or "operations" in self._promise.over:
            return None
        return self._explore(ample)

    def _explore(self, ample: Ample | None) -> Explored:
        try:
            return self._breadth(exchanges(self._space) if self._reductions.symmetry else [], ample)
        except NotInterchangeable:
            # The declaration is refused where content is checked; here nothing is lost but time.
            return self._breadth([], ample)

    def _breadth(self, names: list[Exchange], ample: Ample | None) -> Explored:
        search = Breadth(self._space, self._judge, names, ample, self._budget.states)
        return search.search(self._budget.go_on)

    def _anomaly(self, explored: Explored, path: tuple[Step, ...], *, shortest: bool) -> Found:
        run, events = self._run.branch(len(self._run.steps)), []
        for step in path:
            events.append(as_event(run, step.event, self._space.steps))
            run.apply(events[-1])
        run.close()
        if not run.stopped and self._promise.holds(run.world, run.operations):
            raise Unconfirmed(f"{self._promise.name} holds after: " + ", ".join(map(str, events)))
        name = TERMINATES.name if run.stopped else self._promise.name
        found = self._found("anomaly", explored)
        return replace(found, promise=name, events=tuple(events), shortest=shortest)

    def _found(self, verdict: Literal["anomaly", "none", "budget"], explored: Explored) -> Found:
        return Found(verdict, self._promise.name, (), False, explored.states, explored.depth, self._bounds)


@contextmanager
def _little_garbage() -> Iterator[None]:
    """Collect garbage rarely for a while."""
    before = gc.get_threshold()
    gc.set_threshold(COLLECT_AFTER, before[1], before[2])
    try:
        yield
    finally:
        gc.set_threshold(*before)
