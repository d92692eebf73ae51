"""An arrangement as rows of text: boxes, strokes with their heads, labels where there is room."""

from collections.abc import Mapping, Sequence

from sdtutor.architecture.board.arrangement import Arrangement, Channel
from sdtutor.architecture.board.bundles import Bundle
from sdtutor.architecture.board.ink import Ink
from sdtutor.architecture.board.ordering import Lane, Node
from sdtutor.architecture.board.signs import Card, shown
from sdtutor.architecture.board.tracks import Bus
from sdtutor.drawing.boxes import draw_box
from sdtutor.drawing.canvas import Canvas
from sdtutor.drawing.layout import Rect
from sdtutor.drawing.picture import Box
from sdtutor.drawing.routes import Point, Side
from sdtutor.drawing.spans import Line, cells, clip_text

_LEAST_LABEL = 4
"""Columns below which a clipped label says nothing."""


def paint(
    plan: Arrangement, fans: Sequence[Bundle], cards: Mapping[str, Card], size: tuple[int, int]
) -> tuple[Line, ...]:
    """Return the picture, every row of the full width.

    Args:
        plan: Where everything is.
        fans: The bundles.
        cards: What the boxes show, by name.
        size: Columns and rows.
    """
    canvas = Canvas(*size)
    for name, rect in plan.boxes.items():
        _paint_card(canvas, cards[name], rect)
    _strokes(plan, fans).paint(canvas)
    for channel in plan.channels:
        _paint_labels(canvas, plan.form.down, channel, fans)
    return canvas.lines()


def _paint_card(canvas: Canvas, card: Card, rect: Rect) -> None:
    sign, role = card.sign
    if rect.height == 1:
        canvas.put(rect.x, rect.y, card.compact(rect.width), role)
        return
    rows = card.rows[: max(1, rect.height - 2)]
    label = card.label(rect.width - 3)
    draw_box(canvas, Box(card.name, label, rows, kind="service" if card.is_store else "node"), rect)
    if not card.marks:
        return
    canvas.put(rect.x + 1, rect.y, sign, role)
    if rect.height > 2:
        canvas.put(rect.x + 2, rect.y + 1, clip_text(card.rows[0], rect.width - 3), role)


def _strokes(plan: Arrangement, fans: Sequence[Bundle]) -> Ink:
    down = plan.form.down
    ink = Ink(frozenset(number for number, fan in enumerate(fans) if not fan.waits))
    for number, across, start, end in plan.lanes:
        ink.line(number, _cell(down, start - 1, across), _cell(down, end, across))
    for channel in plan.channels:
        for index, (bus, turn) in enumerate(zip(channel.buses, channel.turns, strict=True)):
            _draw_bus(ink, down, channel, bus, turn)
            _touch(ink, down, channel, index, fans[bus.bundle])
    return ink


def _draw_bus(ink: Ink, down: bool, channel: Channel, bus: Bus, turn: int) -> None:
    for place in bus.before:
        ink.line(bus.bundle, _cell(down, channel.start, place), _cell(down, turn, place))
    for place in bus.after:
        ink.line(bus.bundle, _cell(down, turn, place), _cell(down, channel.end - 1, place))
    ink.line(bus.bundle, _cell(down, turn, bus.low), _cell(down, turn, bus.high))


def _touch(ink: Ink, down: bool, channel: Channel, index: int, fan: Bundle) -> None:
    """Join a strand to its boxes, with heads at those that are called."""
    strand, bus = channel.strands[index], channel.buses[index]
    leaves: Side = "bottom" if down else "right"
    enters: Side = "top" if down else "left"
    for node, place in zip(strand.before, bus.before, strict=True):
        if not isinstance(node, Lane):
            cell = _cell(down, channel.start, place)
            ink.touch(bus.bundle, cell, leaves, head=fan.heads != "end")
    for node, place in zip(strand.after, bus.after, strict=True):
        if not isinstance(node, Lane):
            cell = _cell(down, channel.end - 1, place)
            ink.touch(bus.bundle, cell, enters, head=fan.heads != "start")


def _cell(down: bool, along: int, across: int) -> Point:
    return (across, along) if down else (along, across)


def _paint_labels(canvas: Canvas, down: bool, channel: Channel, fans: Sequence[Bundle]) -> None:
    for strand, bus, turn in zip(channel.strands, channel.buses, channel.turns, strict=True):
        labels = dict(fans[bus.bundle].ends)
        first = channel.start - 1 if bus.is_straight else turn
        for node, place in zip(strand.after, bus.after, strict=True):
            text = shown(_label(labels, node))
            if text and down:
                _label_beside(canvas, text, place, (first + 1, channel.end - 1))
            elif text:
                _label_on(canvas, text, place, (first + 1, channel.end - 2))


def _label(labels: Mapping[str, str], node: Node) -> str:
    return "" if isinstance(node, Lane) else labels[node]


def _label_on(canvas: Canvas, text: str, y: int, leg: tuple[int, int]) -> None:
    """Write a label into a stroke from left to right, or above or below it, where it is free."""
    first, last = leg
    room, size = last - first + 1, cells(text)
    if size + 4 <= room and _has(canvas, "─╌", first, last, y):
        canvas.put(first + (room - size - 2) // 2, y, f" {text} ", "dim")
        return
    for beside in (y - 1, y + 1):
        if size <= room + 1 and _has(canvas, " ", first, last + 1, beside):
            canvas.put(first + (room + 1 - size) // 2, beside, text, "dim")
            return
    if room - 3 >= _LEAST_LABEL and _has(canvas, "─╌", first, last, y):
        canvas.put(first, y, f" {clip_text(text, room - 3)} ", "dim")


def _label_beside(canvas: Canvas, text: str, x: int, leg: tuple[int, int]) -> None:
    """Write a label beside a stroke from top to bottom, right of it or left, where it is free."""
    size = cells(text)
    for y in range(leg[1], leg[0] - 1, -1):
        for left in (x + 2, x - 1 - size):
            if _has(canvas, " ", left - 1, left + size, y):
                canvas.put(left, y, text, "dim")
                return


def _has(canvas: Canvas, glyphs: str, first: int, last: int, y: int) -> bool:
    """Tell whether the cells of a row, from first to last, are on the canvas and show only these glyphs."""
    if not (0 <= y < canvas.rows and first >= 0 and last < canvas.columns):
        return False
    return all(canvas.glyph(x, y) in glyphs for x in range(first, last + 1))
