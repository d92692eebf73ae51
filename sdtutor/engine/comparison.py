"""Two runs side by side: where they part, and what came of each."""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import zip_longest
from typing import Any

from sdtutor.engine.digest import step_record
from sdtutor.engine.events import Event
from sdtutor.engine.follow import follow
from sdtutor.engine.invariants import Verdict
from sdtutor.engine.run import Run, Step
from sdtutor.errors import UsageError


@dataclass(frozen=True, slots=True)
class Parting:
    """The first step in which two runs differ.

    Args:
        step: Its number, from 1.
        one: The step of the one run; None when that has ended before.
        other: The step of the other.
        aspects: What differs: event, time_us, results, changes, messages, log, broken; empty when one of the
            runs has ended.
    """

    step: int
    one: Step | None
    other: Step | None
    aspects: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Pair:
    """Something by name as either run has it; None where it is not there.

    Args:
        name: Of a call, an invariant or a measure.
        one: What the one run has: an outcome (None while the call is open), the step that broke an invariant
            (None when it holds), or the value of a measure.
        other: What the other has.
        unit: Of a measure.
    """

    name: str
    one: Any
    other: Any
    unit: str = ""

    @property
    def differs(self) -> bool:
        """Whether the runs differ in it."""
        return bool(self.one != self.other)


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two runs of one lab.

    Args:
        one: A run.
        other: Another.
        parting: Where they part; None when all steps are equal.
        results: Outcome of each call that either made.
        verdicts: Fate of each invariant, the main one first.
        measures: Value of each measure.
    """

    one: Run
    other: Run
    parting: Parting | None
    results: tuple[Pair, ...]
    verdicts: tuple[Pair, ...]
    measures: tuple[Pair, ...]


def compare(one: Run, other: Run) -> Comparison:
    """Return two runs side by side.

    Raises:
        UsageError: They are runs of different labs.
    """
    if one.name != other.name:
        raise UsageError(
            f"A run of {one.name} cannot be compared with one of {other.name}.",
            "Name two runs of one lab.",
        )
    measured = {measure.name: measure.unit for measure in (*one.measured, *other.measured)}
    first, second = one.measures(), other.measures()
    return Comparison(
        one,
        other,
        parting(one.steps, other.steps),
        _pairs(*({o.name: o.outcome for o in run.operations} for run in (one, other))),
        _pairs(*({v.invariant.name: _fate(v) for v in run.verdicts()} for run in (one, other))),
        tuple(Pair(name, _value(first, name), _value(second, name), unit) for name, unit in measured.items()),
    )


def other_variant(run: Run, steps: int | None = None) -> tuple[Run, tuple[Event, ...]]:
    """Return the other code under the same order of events, and the events that are not possible in it.

    Args:
        run: The run to follow.
        steps: How many of its events; None takes all.

    Raises:
        UsageError: The lab has only one variant.
    """
    others = [variant for variant in run.lab.variants if variant != run.variant]
    if not others:
        raise UsageError(f"The lab {run.name} has only its {run.variant} version.", "Compare it with a run.")
    other = Run(run.lab, others[0], run.given, run.seed, run.name)
    left_out = follow(other, [step.event for step in run.steps[:steps]])
    # What the other code needed earlier has happened there, only not when its turn came.
    happened = {step.event for step in other.steps}
    return other, tuple(event for event in left_out if event not in happened)


def parting(one: Iterable[Step], other: Iterable[Step]) -> Parting | None:
    """Return the first step in which two runs differ; None when they are equal to the end.

    Which lines ran is no difference: two versions of the code may do the same in other lines.
    """
    for number, (left, right) in enumerate(zip_longest(one, other), 1):
        if left is None or right is None:
            return Parting(number, left, right, ())
        records = step_record(left), step_record(right)
        if records[0] != records[1]:
            aspects = tuple(name for name in records[0] if records[0][name] != records[1][name])
            return Parting(number, left, right, aspects)
    return None


def _fate(verdict: Verdict) -> int | None:
    """Return the step that broke an invariant; None when it holds."""
    return None if verdict.holds else verdict.step


def _value(measures: dict[str, tuple[str, Any]], name: str) -> Any:
    return measures[name][1] if name in measures else None


def _pairs(one: dict[str, Any], other: dict[str, Any]) -> tuple[Pair, ...]:
    return tuple(Pair(name, one.get(name), other.get(name)) for name in {**one, **other})
