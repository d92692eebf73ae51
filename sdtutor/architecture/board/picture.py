"""The whiteboard as a picture: boxes in layers, callers first, lines with right angles between them.

Frames with details where there is room, else smaller boxes, else ``[app]``, else a list. Shapes say
what colours say: round boxes keep data, square ones run code; dashed lines do not wait; ``!`` is a
single point of failure, ``▲`` is hot, ``╳`` is dead, ``+`` is new.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from types import MappingProxyType

from sdtutor.architecture.board.arrangement import Form, arrange
from sdtutor.architecture.board.bundles import bundles
from sdtutor.architecture.board.layering import Edge, edges, kinds_of, layered
from sdtutor.architecture.board.ordering import Order, ordered
from sdtutor.architecture.board.outline import outline
from sdtutor.architecture.board.painting import paint
from sdtutor.architecture.board.signs import Card, card, legend
from sdtutor.architecture.records import Drawing
from sdtutor.core.systems import Kind
from sdtutor.drawing.spans import Line, fit

_MOST_BOXES, _MOST_LINES, _MOST_NODES = 40, 60, 64
"""Beyond these a drawing is a list: no pane has room for it. Nodes are boxes and lines that pass a layer."""
_MOST_TRIED = 1600
"""Nodes placed in all forms together before a drawing is a list: about 50 ms."""
_LEGEND_ROWS = 12
"""From this height on signs are explained below the picture."""
_WIDE = 60
"""From this width on layers go to the right, below it down (editorial)."""
_FRAMED = (4, 20, 2), (3, 20, 2), (3, 16, 1)
_FLAT = (2, 20, 2), (2, 16, 1)
_COMPACT = (1, 24, 2), (1, 24, 1), (1, 14, 1), (1, 11, 1)
_SQUEEZED = (1, 16, 0), (1, 11, 0), (1, 9, 0)
"""Height and greatest width of boxes, and room around strokes, the richest first."""


@dataclass(frozen=True, slots=True)
class _Sheet:
    """What a picture depends on, in a form that can be compared.

    Args:
        cards: What is shown of each box, in drawing order.
        kinds: Their kinds.
        lines: Between them.
    """

    cards: tuple[Card, ...]
    kinds: tuple[Kind, ...]
    lines: tuple[Edge, ...]

    def layers(self, most: int | None = None) -> tuple[tuple[str, ...], ...]:
        """Return the names of the boxes in layers of at most so many."""
        names = (one.name for one in self.cards)
        return layered(dict(zip(names, self.kinds, strict=True)), self.lines, most)


def draw(
    drawing: Drawing, columns: int, rows: int, marks: Mapping[str, str] = MappingProxyType({})
) -> tuple[Line, ...]:
    """Return a drawing as exactly that many rows, each exactly that many columns wide.

    Args:
        drawing: What to show.
        columns: Width of the pane.
        rows: Height of the pane.
        marks: By box: ``single``, ``hot``, ``dead`` or ``new``, or several with commas between them;
            each may add a figure: ``{"db": "single, hot 97%"}``. Names that are not drawn are left out.
    """
    if columns <= 0 or rows <= 0:
        return ((),) * max(0, rows)
    cards = tuple(card(name, box, marks.get(name, "")) for name, box in drawing.boxes.items())
    return _draw(_Sheet(cards, tuple(kinds_of(drawing).values()), edges(drawing)), columns, rows)


@lru_cache(maxsize=64)
def _draw(sheet: _Sheet, columns: int, rows: int) -> tuple[Line, ...]:
    cards = {one.name: one for one in sheet.cards}
    if 0 < len(cards) <= _MOST_BOXES and len(sheet.lines) <= _MOST_LINES:
        signs = legend(sheet.cards, any(not edge.waits for edge in sheet.lines))
        below = (fit(signs, columns),) if signs and rows >= _LEGEND_ROWS else ()
        picture = _boxes(sheet, cards, (columns, rows - len(below)))
        if picture:
            return (*picture, *below)
    return outline(sheet.layers(), sheet.lines, cards, (columns, rows))


def _boxes(sheet: _Sheet, cards: Mapping[str, Card], size: tuple[int, int]) -> tuple[Line, ...] | None:
    """Return the picture in the richest form that fits, or None."""
    fans = bundles(sheet.lines)
    orders: dict[int | None, Order] = {}
    left = _MOST_TRIED
    for form, most in _forms(*size):
        if most not in orders:
            orders[most] = ordered(sheet.layers(most), fans)
        order = orders[most]
        left -= order.size
        if left < 0:
            break
        plan = arrange(order, fans, cards, form, size) if order.size <= _MOST_NODES else None
        if plan:
            return paint(plan, fans, cards, size)
    return None


def _forms(columns: int, rows: int) -> Iterator[tuple[Form, int | None]]:
    """Yield forms with the number of boxes that a layer may have, the best first."""
    down = columns < _WIDE
    most = {True: max(2, columns // 12), False: max(2, rows // 4)}
    for limited in (False, True):
        for way in (down, not down):
            for shape in (*_FRAMED, *(_FLAT if way else ())):
                yield Form(way, *shape), most[way] if limited else None
    for times in (0, 2, 1):
        for shape in _COMPACT:
            for way in (down, not down):
                yield Form(way, *shape), times * most[way] or None
    for times in (0, 2, 1):
        for shape in _SQUEEZED:
            yield Form(True, *shape), times * most[True] or None
