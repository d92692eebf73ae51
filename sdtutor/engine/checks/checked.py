"""What a check says, and how a lab makes a promise of it."""

from collections.abc import Callable
from dataclasses import dataclass

from sdtutor.engine.lab import Predicate, Witness
from sdtutor.engine.operations import Operation
from sdtutor.engine.world import World

Operations = tuple[Operation, ...]


@dataclass(frozen=True, slots=True)
class Checked:
    """What a check found.

    Args:
        sentence: What is wrong; empty when the history passes.
        witness: Names of the operations that show it.
    """

    sentence: str = ""
    witness: tuple[str, ...] = ()

    @property
    def holds(self) -> bool:
        """Whether the history passes."""
        return not self.sentence


PASSED = Checked()

Check = Callable[[World, Operations], Checked]


def holding(check: Check) -> Predicate:
    """Return a check as the `holds` of an invariant."""
    return lambda world, operations: check(world, operations).holds


def showing(check: Check) -> Witness:
    """Return a check as the `witness` of an invariant."""
    return lambda world, operations: check(world, operations).witness


def precedes(one: Operation, other: Operation) -> bool:
    """Tell whether an operation had returned before another was called; without an answer it never has.

    A call that failed is told to have ended, but what it asked for may still come to pass: it precedes
    nothing, as one that is open.
    """
    return one.done and one.returned < other.called
