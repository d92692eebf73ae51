"""Ways between two boxes: the candidates of an orthogonal route, from the straight line to the dog-leg.

Only geometry: what a route may cross, and what it costs, is decided in ``routing``.
A vertical case is the horizontal one with x and y exchanged, so each shape is written once.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

from sdtutor.drawing.layout import Rect

Point = tuple[int, int]
Side = Literal["left", "right", "top", "bottom"]

OUTWARD: dict[Side, Point] = {"left": (-1, 0), "right": (1, 0), "top": (0, -1), "bottom": (0, 1)}
"""The direction in which a route leaves a box by this side."""
_EXCHANGED: dict[Side, Side] = {"left": "top", "right": "bottom", "top": "left", "bottom": "right"}
_REACH = 3
"""How many channels beside a pair of boxes a route tries when it goes around them."""


@dataclass(frozen=True, slots=True)
class Route:
    """A way from one box to another.

    Args:
        points: Its corners: the first cell outside the sender, the turns, the last cell outside the
            receiver. One point when both are the same cell.
        leaves: The sender's side.
        enters: The receiver's side.
    """

    points: tuple[Point, ...]
    leaves: Side
    enters: Side

    @property
    def legs(self) -> tuple[tuple[Point, Point], ...]:
        """Its straight pieces, ends included; one of a single cell when it has one point."""
        if len(self.points) == 1:
            return ((self.points[0], self.points[0]),)
        return tuple(pairwise(self.points))

    @property
    def headings(self) -> tuple[Point, ...]:
        """The direction into its first cell, along each leg, and out of its last cell."""
        x, y = OUTWARD[self.enters]
        inner = (_heading(start, end) for start, end in self.legs if start != end)
        return (OUTWARD[self.leaves], *inner, (-x, -y))


def _heading(start: Point, end: Point) -> Point:
    return (_sign(end[0] - start[0]), _sign(end[1] - start[1]))


def _sign(number: int) -> int:
    return (number > 0) - (number < 0)


def candidates(sender: Rect, receiver: Rect) -> Iterator[Route]:
    """Yield routes between two rectangles, simple shapes first; each turns only where it says."""
    yield from _sideways(sender, receiver)
    yield from map(_exchange, _sideways(_turned(sender), _turned(receiver)))
    yield from _corner(sender, receiver)
    yield from map(_exchange, _corner(_turned(sender), _turned(receiver)))


def detours(sender: Rect, receiver: Rect) -> Iterator[Route]:
    """Yield routes with three turns, for pairs that no simple shape joins."""
    yield from _dog_leg(sender, receiver)
    yield from map(_exchange, _dog_leg(_turned(sender), _turned(receiver)))


def _turned(rect: Rect) -> Rect:
    return Rect(rect.y, rect.x, rect.height, rect.width)


def _exchange(route: Route) -> Route:
    points = tuple((y, x) for x, y in route.points)
    return Route(points, _EXCHANGED[route.leaves], _EXCHANGED[route.enters])


def _ports(start: int, size: int) -> tuple[int, ...]:
    """Return where routes may touch a side that begins at this cell: middle, then near the ends."""
    if size <= 2:
        return tuple(range(start, start + size))
    low, high = start + 1, start + size - 2
    inset = 1 if high - low >= 4 else 0
    return tuple(dict.fromkeys(((low + high) // 2, low + inset, high - inset)))


def _between(low: int, high: int) -> tuple[int, ...]:
    """Return up to five channels from low to high, middle first; none when high is below low."""
    if high < low:
        return ()
    middle = (low + high) // 2
    wanted = (middle, middle + 1, (low + middle) // 2, (middle + high + 1) // 2, low, high)
    return tuple(dict.fromkeys(min(channel, high) for channel in wanted))


def _route(leaves: Side, enters: Side, *points: Point) -> Route:
    return Route(tuple(dict.fromkeys(points)), leaves, enters)


def _sideways(sender: Rect, receiver: Rect) -> Iterator[Route]:
    """Yield routes that leave and enter by the left or right: straight, Z and U shapes."""
    yield from _facing(sender, receiver)
    ours, theirs = _ports(sender.y, sender.height), _ports(receiver.y, receiver.height)
    beyond, before = max(sender.right, receiver.right), min(sender.x, receiver.x) - 1
    for here in ours:
        for there in theirs:
            if here == there:
                continue
            for step in range(_REACH):
                x = beyond + step
                yield _route(
                    "right", "right", (sender.right, here), (x, here), (x, there), (receiver.right, there)
                )
                x = before - step
                yield _route(
                    "left", "left", (sender.x - 1, here), (x, here), (x, there), (receiver.x - 1, there)
                )


def _facing(sender: Rect, receiver: Rect) -> Iterator[Route]:
    leaves: Side = "right" if sender.right <= receiver.x else "left"
    enters: Side = "left" if leaves == "right" else "right"
    start = sender.right if leaves == "right" else sender.x - 1
    end = receiver.x - 1 if leaves == "right" else receiver.right
    if (end < start) if leaves == "right" else (end > start):
        return
    for y in _shared(sender, receiver):
        yield _route(leaves, enters, (start, y), (end, y))
    for here in _ports(sender.y, sender.height):
        for there in _ports(receiver.y, receiver.height):
            if here == there:
                continue
            for x in _between(min(start, end), max(start, end)):
                yield _route(leaves, enters, (start, here), (x, here), (x, there), (end, there))


def _shared(sender: Rect, receiver: Rect) -> tuple[int, ...]:
    """Return rows where a straight line meets both boxes away from their corners."""
    edge = 1 if min(sender.height, receiver.height) > 2 else 0
    low = max(sender.y, receiver.y) + edge
    high = min(sender.y + sender.height, receiver.y + receiver.height) - 1 - edge
    return _between(low, high)


def _corner(sender: Rect, receiver: Rect) -> Iterator[Route]:
    """Yield routes with one turn that leave by the left or right and enter by the top or bottom."""
    for here in _ports(sender.y, sender.height):
        for there in _ports(receiver.x, receiver.width):
            leaves: Side = "right" if there >= sender.right else "left"
            start = sender.right if leaves == "right" else sender.x - 1
            if leaves == "left" and there > start:
                continue
            enters: Side = "top" if here < receiver.y else "bottom"
            end = receiver.y - 1 if enters == "top" else receiver.bottom
            if enters == "bottom" and here < end:
                continue
            yield _route(leaves, enters, (start, here), (there, here), (there, end))


def _dog_leg(sender: Rect, receiver: Rect) -> Iterator[Route]:
    """Yield routes with three turns: out sideways, along a row between boxes, in from above or below."""
    for leaves, start in (("right", sender.right), ("left", sender.x - 1)):
        for enters, end in (("top", receiver.y - 1), ("bottom", receiver.bottom)):
            for step in range(_REACH):
                x = start + step if leaves == "right" else start - step
                y = end - step if enters == "top" else end + step
                here = _ports(sender.y, sender.height)[0]
                there = _ports(receiver.x, receiver.width)[0]
                if len({(start, here), (x, here), (x, y), (there, y), (there, end)}) < 3:
                    continue
                yield _dog(leaves, enters, ((start, here), (x, here), (x, y), (there, y), (there, end)))


def _dog(leaves: str, enters: str, points: tuple[Point, ...]) -> Route:
    out: Side = "right" if leaves == "right" else "left"
    into: Side = "top" if enters == "top" else "bottom"
    return _route(out, into, *points)
