"""Strokes of many lines on one sheet: where they join, where they cross, where a head stands.

Strokes of one bundle that meet are a junction; of two that cross, the upright one passes over.
"""

from collections.abc import Collection

from sdtutor.drawing.canvas import Canvas
from sdtutor.drawing.routes import OUTWARD, Point, Side

_RIGHT, _LEFT, _DOWN, _UP = 1, 2, 4, 8
_BITS: dict[Point, int] = {(1, 0): _RIGHT, (-1, 0): _LEFT, (0, 1): _DOWN, (0, -1): _UP}
_STROKES = dict(enumerate("───│┌┐┬│└┘┴│├┤┼", start=1))
"""By the directions in which a cell is left, as the sum of their bits."""
_DASHED = {"─": "╌", "│": "╎"}
_ACROSS, _UPRIGHT = _RIGHT | _LEFT, _DOWN | _UP
_HEADS: dict[Side, str] = {"left": "▸", "right": "◂", "top": "▼", "bottom": "▲"}
_TEES: dict[Side, tuple[str, str]] = {
    "right": ("│", "├"),
    "left": ("│", "┤"),
    "top": ("─", "┴"),
    "bottom": ("─", "┬"),
}


class Ink:
    """Strokes by cell, before they are glyphs.

    Args:
        dashed: The bundles that are drawn with gaps.
    """

    def __init__(self, dashed: Collection[int]) -> None:
        self._dashed = dashed
        self._cells: dict[Point, dict[int, int]] = {}
        self._heads: dict[Point, Side] = {}
        self._tees: dict[Point, Side] = {}

    def line(self, bundle: int, start: Point, end: Point) -> None:
        """Draw from one cell to another in the same row or column, both included."""
        (x, y), (end_x, end_y) = start, end
        step = ((end_x > x) - (end_x < x), (end_y > y) - (end_y < y))
        while (x, y) != end:
            self._add(bundle, (x, y), step)
            x, y = x + step[0], y + step[1]
            self._add(bundle, (x, y), (-step[0], -step[1]))

    def touch(self, bundle: int, cell: Point, side: Side, *, head: bool) -> None:
        """Join a stroke to the side of a box that is beside this cell, with a head or as a branch of it."""
        x, y = OUTWARD[side]
        self._add(bundle, cell, (-x, -y))
        if head:
            self._heads[cell] = side
        else:
            self._tees[cell[0] - x, cell[1] - y] = side

    def _add(self, bundle: int, cell: Point, step: Point) -> None:
        inks = self._cells.setdefault(cell, {})
        inks[bundle] = inks.get(bundle, 0) | _BITS[step]

    def paint(self, canvas: Canvas) -> None:
        """Put all strokes on a canvas; branches only where a border is plain."""
        for cell, inks in self._cells.items():
            canvas.put(*cell, self._glyph(inks), "flight")
        for cell, side in self._heads.items():
            canvas.put(*cell, _HEADS[side], "flight")
        for cell, side in self._tees.items():
            plain, tee = _TEES[side]
            if canvas.glyph(*cell) == plain:
                canvas.put(*cell, tee, canvas.role(*cell))

    def _glyph(self, inks: dict[int, int]) -> str:
        over = [bundle for bundle, bits in inks.items() if not bits & _ACROSS]
        if (
            over
            and len(over) < len(inks)
            and all(not bits & _UPRIGHT for bits in inks.values() if bits & _ACROSS)
        ):
            inks = {over[0]: inks[over[0]]}
        bits = 0
        for each in inks.values():
            bits |= each
        glyph = _STROKES[bits]
        return _DASHED.get(glyph, glyph) if self._dashed and set(inks) <= set(self._dashed) else glyph
