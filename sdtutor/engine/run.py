"""A run: a pure function of (lab, variant, parameters, seed, events), and everything seen on the way."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from sdtutor.core.units import say_time
from sdtutor.engine.draft import Draft, Moved, Result
from sdtutor.engine.events import Event
from sdtutor.engine.invariants import TERMINATES, Verdict, broken
from sdtutor.engine.lab import Cast, Finished, Invariant, Lab, Measure, Variant
from sdtutor.engine.measuring import measures_of
from sdtutor.engine.nodes import Nodes
from sdtutor.engine.operations import Operation
from sdtutor.engine.parameters import read_values
from sdtutor.engine.possible import Rules, default_move
from sdtutor.engine.recording import MISSING, Recording
from sdtutor.engine.thread import on_engine_thread
from sdtutor.engine.trace import Ran
from sdtutor.engine.transition import Transition
from sdtutor.engine.world import Fact, World
from sdtutor.errors import UsageError

PACKAGE = "sdtutor."

DEFAULT_STEPS = 50
"""How far a run goes by itself when its story does not come to rest before."""


@dataclass(frozen=True, slots=True)
class Change:
    """A stored value, a view or a member that a step changed.

    Args:
        path: ``owner.name``.
        before: None when it was not there.
        after: None when it is gone.
    """

    path: str
    before: Any
    after: Any


@dataclass(frozen=True, slots=True)
class Step:
    """One event and everything that ran until the world waited again."""

    index: int
    time_us: int
    event: Event
    results: tuple[Result, ...]
    changes: tuple[Change, ...]
    moved: tuple[Moved, ...]
    log: tuple[str, ...]
    ran: tuple[tuple[str, Ran], ...]
    broken: tuple[str, ...]
    conversation: str
    """The call on whose behalf it happened; empty for faults."""


class ImpossibleEvent(UsageError):
    """An event that cannot happen where the run stands."""


class Run:
    """A lab being run.

    Args:
        lab: What is run.
        variant: Which code.
        given: Values of parameters that differ from their defaults.
        seed: From which latencies are drawn.
        name: The lab as run files name it.

    Raises:
        UsageError: There is no such variant, or a parameter value is not possible.
    """

    def __init__(
        self,
        lab: Lab,
        variant: Variant,
        given: Mapping[str, Any] | None = None,
        seed: int = 0,
        name: str = "",
    ) -> None:
        if variant not in lab.sources:
            raise UsageError(
                f"This lab has no {variant} version.", "It has: " + ", ".join(lab.variants) + "."
            )
        self.lab, self.variant, self.seed, self.name = lab, variant, seed, name
        self.given = dict(given or {})
        self.values = read_values(lab.parameters, self.given)
        self.cast: Cast = lab.cast(variant, self.values)
        self.rules = Rules(self.cast, lab.script(self.values), lab.repeats, lab.faults)
        self.invariants: tuple[Invariant, ...] = (*lab.invariants, TERMINATES)
        self.files = source_files(lab, variant)
        self.steps: list[Step] = []
        self._nodes = Nodes(self.files)
        self._transition = Transition(self._nodes, self.rules)
        self._operations: dict[str, Operation] = {}
        self.world = World()
        on_engine_thread(self._set_up)
        self._recording = Recording(self.world.facts)

    def _set_up(self) -> None:
        draft = Draft(World(), self.cast, 0, self.seed)
        self._transition.start(draft)
        self.world = World().with_changes(draft.changes)

    @property
    def operations(self) -> tuple[Operation, ...]:
        """Every call so far, in order."""
        return tuple(self._operations.values())

    @property
    def stopped(self) -> bool:
        """Whether a step did not end, so that nothing more can happen."""
        return not TERMINATES.holds(self.world, ())

    def possible(self) -> list[Event]:
        """Return everything that can happen next."""
        return [] if self.stopped else self.rules.possible(self.world)

    def apply(self, event: Event) -> Step:
        """Let an event happen; return the step.

        Raises:
            ImpossibleEvent: It cannot happen here; the hint lists what can.
        """
        if self.stopped or not self.rules.allows(self.world, event):
            listed = ", ".join(map(str, self.possible())) or "nothing"
            raise ImpossibleEvent(
                f'"{event}" is not possible after step {len(self.steps)}.', f"Possible there: {listed}."
            )
        return on_engine_thread(self._apply, event)

    def apply_all(self, events: Iterable[Event]) -> None:
        """Let events happen one after the other.

        Raises:
            ImpossibleEvent: One of them cannot; those before it have happened.
        """
        on_engine_thread(self._apply_all, list(events))

    def _apply_all(self, events: list[Event]) -> None:
        for event in events:
            self.apply(event)

    def advance(self, most: int | None = None) -> int:
        """Let happen what happens by itself; return how many events did.

        Args:
            most: How many events at most; None goes to rest, or `DEFAULT_STEPS`.
        """
        done = 0
        while done < (DEFAULT_STEPS if most is None else most) and not self.stopped:
            event = default_move(self.rules, self.world)
            if event is None:
                break
            self.apply(event)
            done += 1
        return done

    def _apply(self, event: Event) -> Step:
        draft = Draft(self.world, self.cast, len(self.steps) + 1, self.seed)
        conversation = self._conversation(event)
        open_operations = {name: o for name, o in self._operations.items() if o.outcome is None}
        self._transition.step(draft, event, open_operations)
        for operation in draft.called:
            self._operations[operation.name] = operation
            conversation = operation.name
        for result in draft.results:
            self._operations[result.operation.name] = result.operation
        self.world = self.world.with_changes(draft.changes)
        self._recording.append(draft.changes)
        step = Step(
            index=draft.index,
            time_us=self.world.now_us,
            event=event,
            results=tuple(draft.results),
            changes=tuple(_shown_changes(self._recording.changes(draft.index))),
            moved=tuple(draft.moved),
            log=tuple(draft.log),
            ran=tuple(draft.ran),
            broken=broken(self.invariants, self.world, self.operations),
            conversation=conversation,
        )
        self.steps.append(step)
        return step

    def _conversation(self, event: Event) -> str:
        message = self.world.facts.get(("message", event.target, ""))
        return message.conversation if message else ""

    def at(self, step: int) -> World:
        """Return the world after a step; 0 is before the first."""
        return World(self._recording.seek(step))

    def operations_at(self, step: int) -> tuple[Operation, ...]:
        """Return the calls as they stood after a step."""
        return tuple(
            o if o.returned <= step else replace(o, returned=0, outcome=None)
            for o in self._operations.values()
            if o.called <= step
        )

    def branch(self, step: int) -> "Run":
        """Return a run that shares the first steps and goes its own way from there."""
        other = Run.__new__(Run)
        other.__dict__.update(self.__dict__)
        other._nodes = Nodes(self.files)
        other._transition = Transition(other._nodes, self.rules)
        other.steps = self.steps[:step]
        other._recording = self._recording.prefix(step)
        other._operations = {operation.name: operation for operation in self.operations_at(step)}
        other.world = self.at(step)
        return other

    def verdicts(self) -> tuple[Verdict, ...]:
        """Return how each invariant fared."""
        found = []
        for invariant in self.invariants:
            step = next((s.index for s in self.steps if invariant.name in s.broken), None)
            if (
                invariant.when == "eventually"
                and not self.stopped
                and not invariant.holds(self.world, self.operations)
            ):
                step = len(self.steps)
            if invariant is TERMINATES and step is None and self.stopped:
                step = 0
            found.append(Verdict(invariant, step is None, step))
        return tuple(found)

    @property
    def measured(self) -> tuple[Measure, ...]:
        """What is measured: what the lab declares, and the latencies of calls where links have some."""
        return measures_of(self.lab, self.cast)

    def measures(self) -> dict[str, tuple[str, Any]]:
        """Return (unit, number or series) of each measure, by name; none of a run that was stopped."""
        if self.stopped:
            return {}
        times_us = (0, *(step.time_us for step in self.steps))
        finished = Finished(self.variant, self.values, self.world, self.operations, len(self.steps), times_us)
        return {measure.name: (measure.unit, measure.compute(finished)) for measure in self.measured}

    def close(self) -> None:
        """End the live nodes."""
        on_engine_thread(self._nodes.discard_all)

    def say_time(self, step: int) -> str:
        """Return the virtual time after a step, as people read it."""
        return say_time(self.steps[step - 1].time_us if step else 0)


def source_files(lab: Lab, variant: Variant) -> dict[str, str]:
    """Return the source of a variant: path relative to the package, by real path."""
    module = lab.sources[variant]
    shown = module.__name__.removeprefix(PACKAGE).replace(".", "/") + ".py"
    return {str(module.__file__): shown}


_SHOWN = ("store", "view")


def _shown_changes(changes: list[tuple[Fact, Any, Any]]) -> Iterable[Change]:
    for (section, owner, name), before, after in changes:
        if section in _SHOWN:
            yield Change(f"{owner}.{name}", _present(before), _present(after))
        elif section == "member" and before is not MISSING and before.up != after.up:
            yield Change(f"{owner}.status", *("up" if state.up else "down" for state in (before, after)))


def _present(value: Any) -> Any:
    return None if value is MISSING else value
