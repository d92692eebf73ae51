"""Judging promises."""

from collections.abc import Iterable
from dataclasses import dataclass

from sdtutor.engine.lab import Invariant
from sdtutor.engine.operations import Operation
from sdtutor.engine.world import World

TERMINATES = Invariant(
    name="terminates",
    promise="Every step ends.",
    told="A step does not end, and was stopped.",
    holds=lambda world, _operations: not any(member.stuck for _, member in world.section("member")),
)
"""Every lab has it: a loop that never ends must not hang the tutor."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """How an invariant fared over a run.

    Args:
        invariant: Which one.
        holds: Whether it was never broken, and holds at the end.
        step: The first step that broke it; None when it holds.
    """

    invariant: Invariant
    holds: bool
    step: int | None


def broken(
    invariants: Iterable[Invariant], world: World, operations: tuple[Operation, ...]
) -> tuple[str, ...]:
    """Return the names of the invariants that do not hold after a step.

    Those of the end are not judged yet, and after a step that did not end nothing but that is.
    """
    if not TERMINATES.holds(world, operations):
        return (TERMINATES.name,)
    return tuple(
        invariant.name
        for invariant in invariants
        if (invariant.when == "always" or (invariant.when == "at_rest" and world.at_rest))
        and not invariant.holds(world, operations)
    )
