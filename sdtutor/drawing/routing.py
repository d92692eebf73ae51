"""Which route a message takes, and where its label stands: the cheapest that nothing is in the way of.

The area is one byte a cell, so that a whole leg is judged by two calls of C.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from sdtutor.drawing.layout import Rect
from sdtutor.drawing.routes import Point, Route, candidates, detours

_FREE, _NEAR, _BOX, _ACROSS, _DOWN, _TURN, _LABEL = range(7)
_BEND_COST = 6
_CROSSING_COST = 24
_NEAR_COST = 3


def _weights(crossed: int) -> bytes:
    weights = bytearray(256)
    weights[_FREE], weights[_NEAR], weights[crossed] = 1, _NEAR_COST, _CROSSING_COST
    return bytes(weights)


_ALONG_ROW, _ALONG_COLUMN = _weights(_DOWN), _weights(_ACROSS)
_OPEN_ROW, _OPEN_COLUMN = bytes((_FREE, _NEAR, _DOWN)), bytes((_FREE, _NEAR, _ACROSS))
_OPEN = bytes((_FREE, _NEAR))
_CROWDED = bytes.maketrans(bytes((_FREE,)), bytes((_NEAR,)))


@dataclass(frozen=True, slots=True)
class Placed:
    """A route with the place of its labels.

    Args:
        route: The way.
        labels: The top left cell of the first label; the others stand below it.
        width: Columns that each label may take.
    """

    route: Route
    labels: Point
    width: int


class Area:
    """What is taken: boxes, routes and labels so far.

    Args:
        columns: Width in cells.
        rows: Height in cells.
        boxes: The rectangles that nothing may cross.
    """

    def __init__(self, columns: int, rows: int, boxes: Iterable[Rect]) -> None:
        self.columns = columns
        self.rows = rows
        self._cells = bytearray(columns * rows)
        boxes = tuple(boxes)
        for box in boxes:
            self._fill(Rect(box.x - 1, box.y - 1, box.width + 2, box.height + 2), _NEAR)
        for box in boxes:
            self._fill(box, _BOX)

    def _fill(self, rect: Rect, kind: int) -> None:
        left, right = max(0, rect.x), min(self.columns, rect.right)
        for y in range(max(0, rect.y), min(self.rows, rect.bottom)):
            self._cells[y * self.columns + left : y * self.columns + right] = bytes((kind,)) * (right - left)

    def _crowd(self, rect: Rect) -> None:
        """Make the free cells of a rectangle unattractive, so that routes keep apart."""
        left, right = max(0, rect.x), min(self.columns, rect.right)
        for y in range(max(0, rect.y), min(self.rows, rect.bottom)):
            start, end = y * self.columns + left, y * self.columns + right
            self._cells[start:end] = self._cells[start:end].translate(_CROWDED)

    def cost(self, route: Route) -> int | None:
        """Return what a route costs in cells, turns, crossings and closeness; None when it is blocked."""
        for x, y in route.points:
            if not (0 <= x < self.columns and 0 <= y < self.rows):
                return None
            if self._cells[y * self.columns + x] not in _OPEN:
                return None
        total = 0
        for start, end in route.legs:
            across = start[1] == end[1]
            cells = self._leg(start, end)
            if cells.translate(None, _OPEN_ROW if across else _OPEN_COLUMN):
                return None
            total += sum(cells.translate(_ALONG_ROW if across else _ALONG_COLUMN))
        headings = route.headings
        turns = sum(one != other for one, other in pairwise(headings))
        # An arrow head that is also a corner shows less clearly where it comes from.
        return total + _BEND_COST * turns + (_BEND_COST if headings[-1] != headings[-2] else 0)

    def _leg(self, start: Point, end: Point) -> bytearray:
        x, y = min(start[0], end[0]), min(start[1], end[1])
        first = y * self.columns + x
        if start[1] == end[1]:
            return self._cells[first : first + abs(end[0] - start[0]) + 1]
        return self._cells[first : first + abs(end[1] - start[1]) * self.columns + 1 : self.columns]

    def take(self, placed: Placed, rows: int) -> None:
        """Mark the cells of a route and of its labels, one row each, as taken."""
        for start, end in placed.route.legs:
            x, y = min(start[0], end[0]), min(start[1], end[1])
            leg = Rect(x, y, abs(end[0] - start[0]) + 1, abs(end[1] - start[1]) + 1)
            self._crowd(Rect(leg.x - 1, leg.y - 1, leg.width + 2, leg.height + 2))
            self._fill(leg, _ACROSS if start[1] == end[1] else _DOWN)
        for x, y in placed.route.points:
            self._fill(Rect(x, y, 1, 1), _TURN)
        if rows and placed.width:
            x, y = placed.labels
            self._fill(Rect(x - 1, y, placed.width + 2, rows), _LABEL)

    def place(self, sender: Rect, receiver: Rect, widths: Sequence[int]) -> Placed | None:
        """Return the cheapest free route with room for these labels, or None.

        Labels that find no room in full are narrowed step by step, never below two columns.

        Args:
            sender: Where it begins.
            receiver: Where it ends.
            widths: Columns of each label, from top to bottom.
        """
        for shapes in (candidates, detours):
            costs = ((self.cost(route), route) for route in shapes(sender, receiver))
            ways = sorted(
                ((cost, route) for cost, route in costs if cost is not None), key=lambda way: way[0]
            )
            for width in _narrowed(max(widths, default=0)) if ways else ():
                found = self._cheapest(ways, width, len(widths))
                if found:
                    return found
        return None

    def _cheapest(self, ways: list[tuple[int, Route]], width: int, rows: int) -> Placed | None:
        best: Placed | None = None
        least = 0
        for cost, route in ways:
            if best and cost >= least:
                break
            spot = self._label_spot(route, width, rows)
            if spot and (best is None or cost + spot[0] < least):
                least, best = cost + spot[0], Placed(route, spot[1], width)
        return best

    def _label_spot(self, route: Route, width: int, rows: int) -> tuple[int, Point] | None:
        """Return the cost and the place of the first free block for labels along a route."""
        if not rows:
            return 0, route.points[0]
        for cost, leg, block in _blocks(route, width, rows):
            if self._is_free(block) and not any(
                _meets(block, other) for other in route.legs if other is not leg
            ):
                return cost, (block.x + 1, block.y)
        return None

    def _is_free(self, block: Rect) -> bool:
        if block.x < -1 or block.right > self.columns + 1 or block.y < 0 or block.bottom > self.rows:
            return False
        left, right = max(0, block.x), min(self.columns, block.right)
        return not any(
            self._cells[y * self.columns + left : y * self.columns + right].translate(None, _OPEN)
            for y in range(block.y, block.bottom)
        )


def _narrowed(width: int) -> Iterator[int]:
    yield width
    if width > 2:
        width -= 1
        yield width
    while width > 2:
        width = max(2, width * 3 // 4)
        yield width


def _meets(block: Rect, leg: tuple[Point, Point]) -> bool:
    (x, y), (other_x, other_y) = leg
    return (
        min(x, other_x) < block.right
        and max(x, other_x) >= block.x
        and min(y, other_y) < block.bottom
        and max(y, other_y) >= block.y
    )


def _blocks(route: Route, width: int, rows: int) -> Iterator[tuple[int, tuple[Point, Point] | None, Rect]]:
    """Yield where labels could stand, best first: (cost, the leg that the block may cover, block).

    A block is a column wider on both sides than its labels, so that they touch nothing.
    """
    legs = sorted(route.legs, key=lambda leg: -abs(leg[1][0] - leg[0][0]))
    for leg in legs:
        if leg[0][1] == leg[1][1] and leg[0] != leg[1]:
            yield from _inline(leg, width, rows)
    upright = sorted(route.legs, key=lambda leg: -abs(leg[1][1] - leg[0][1]))
    for leg in upright:
        if leg[0][0] == leg[1][0]:
            yield from _beside(leg, width, rows)
    for leg in legs:
        if leg[0][1] == leg[1][1] and leg[0] != leg[1]:
            yield from _above(leg, width, rows)


def _inline(
    leg: tuple[Point, Point], width: int, rows: int
) -> Iterator[tuple[int, tuple[Point, Point], Rect]]:
    low, high = sorted((leg[0][0], leg[1][0]))
    if high - low - 1 < width + 4:
        return
    x = low + (high - low + 1 - width - 2) // 2
    for above in dict.fromkeys(((rows - 1) // 2, rows // 2, 0, rows - 1)):
        yield 0, leg, Rect(x, leg[0][1] - above, width + 2, rows)


def _beside(leg: tuple[Point, Point], width: int, rows: int) -> Iterator[tuple[int, None, Rect]]:
    low, high = sorted((leg[0][1], leg[1][1]))
    tops = dict.fromkeys(((low + high - rows + 1) // 2, low, high - rows + 1))
    for top in tops:
        yield 2, None, Rect(leg[0][0] + 1, top, width + 2, rows)
    for top in tops:
        yield 3, None, Rect(leg[0][0] - width - 2, top, width + 2, rows)


def _above(leg: tuple[Point, Point], width: int, rows: int) -> Iterator[tuple[int, None, Rect]]:
    low, high = sorted((leg[0][0], leg[1][0]))
    lefts = dict.fromkeys(((low + high - width - 1) // 2, low - 1, high - width))
    for top in (leg[0][1] - rows, leg[0][1] + 1):
        for left in lefts:
            yield 4, None, Rect(left, top, width + 2, rows)
