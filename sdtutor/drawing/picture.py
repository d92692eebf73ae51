"""What a system picture shows: boxes, messages in flight, cut links. Data only."""

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True)
class Box:
    """A node or a service.

    Args:
        name: What arrows call it; unique in a picture.
        label: What the learner reads.
        rows: Its state, a short text a row; the first is what a small picture keeps.
        cell: Its place in the grid: (row, column), from 0.
        kind: A node runs code; a service only stores.
        moved: It ran in this step.
        down: It has crashed.
        waiting: A task of it is parked.
        changed: Indexes of the rows that this step changed.
    """

    name: str
    label: str
    rows: tuple[str, ...] = ()
    cell: tuple[int, int] = (0, 0)
    kind: Literal["node", "service"] = "node"
    moved: bool = False
    down: bool = False
    waiting: bool = False
    changed: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Arrow:
    """A message in flight.

    Args:
        number: The key that delivers it; None when no key does.
        sender: Name of a box.
        receiver: Name of a box.
        label: What it carries: ``k = v1``.
        moved: It was sent in this step.
    """

    number: int | None
    sender: str
    receiver: str
    label: str
    moved: bool = False


@dataclass(frozen=True, slots=True)
class Picture:
    """One state of a system.

    Args:
        boxes: At most about ten, each in a cell of its own.
        arrows: Messages in flight, in the order of their numbers.
        cuts: Pairs of names whose link is cut, in either order.
    """

    boxes: tuple[Box, ...]
    arrows: tuple[Arrow, ...] = ()
    cuts: frozenset[tuple[str, str]] = frozenset()

    def is_cut(self, one: str, other: str) -> bool:
        """Tell whether the link between two boxes is cut."""
        return (one, other) in self.cuts or (other, one) in self.cuts
