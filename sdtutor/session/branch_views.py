"""What the tree of branches looks like: frozen data, ready to be drawn."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import get_args

from sdtutor.engine.keeping import Fate


@dataclass(frozen=True, slots=True)
class BranchRow:
    """One branch of the runs that were tried.

    Args:
        number: From 1, in order of their beginning.
        parent: Number of the branch from which it parts; 0 for one that begins by itself.
        steps: How long it is.
        parted_at: The step after which it goes its own way; 0 for one that begins by itself.
        label: The event by which it parts; of one that begins by itself, its code and settings.
        outcome: The main promise: HOLDS or BROKEN at step 14.
        current: Whether it is the one on the screen.
    """

    number: int
    parent: int
    steps: int
    parted_at: int
    label: str
    outcome: str
    current: bool


@dataclass(frozen=True, slots=True)
class FateRow:
    """What became of one event that a branch took over from the branch that was left.

    Args:
        fate: kept, changed, already or dropped.
        was: Its step on the branch that was left.
        at: Its step on this branch; 0 where it did not happen by being kept.
        title: Who and what.
        detail: With which values.
        note: Of a changed one, what it carried before; of one that did not happen, why.
    """

    fate: Fate
    was: int
    at: int
    title: str
    detail: str
    note: str


def counted(rest: Iterable[FateRow]) -> str:
    """Return how many events met which fate: ``6 kept, 1 dropped``; empty for none."""
    fates = [row.fate for row in rest]
    counts = ((fates.count(fate), fate) for fate in get_args(Fate) if fate in fates)
    return ", ".join(f"{count} {fate}" + (" here" if fate == "already" else "") for count, fate in counts)


@dataclass(frozen=True, slots=True)
class Difference:
    """Something that is one way on a branch and another way on its parent.

    Args:
        what: ``cache k``.
        there: As it is on the parent; "nothing" when it is not there.
        here: As it is on the branch.
    """

    what: str
    there: str
    here: str


@dataclass(frozen=True, slots=True)
class BranchView:
    """One branch beside the branch from which it parts.

    Args:
        row: The branch.
        settings: Under which settings it runs: ``readers=1, writers=1, seed 7``.
        there: The first event that differs, as it is on the parent; empty when the parent ends there.
        here: As it is on the branch.
        at_parting: What is different after that event.
        at_end: What is different at their ends.
        parent_steps: How long the parent is.
        left: Number of the branch that the learner left when this one began; 0 when none was left.
        rest: What became of the events that were kept from it; empty before they are.
        waiting: How many events of the branch that was left can still be tried.
    """

    row: BranchRow
    settings: str
    there: str
    here: str
    at_parting: tuple[Difference, ...]
    at_end: tuple[Difference, ...]
    parent_steps: int
    left: int
    rest: tuple[FateRow, ...]
    waiting: int
