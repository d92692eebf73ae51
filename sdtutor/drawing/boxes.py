"""One box of a system picture: its size and its strokes."""

from sdtutor.drawing.canvas import Canvas
from sdtutor.drawing.layout import Need, Rect
from sdtutor.drawing.picture import Box
from sdtutor.drawing.spans import Role, cells, clip_text, safe

_CORNERS = {"node": ("┌", "┐", "└", "┘"), "service": ("╭", "╮", "╰", "╯")}
_MORE = " ›"
"""Stands behind the last row that is shown when there are others."""
_FRAME = 4
"""Two borders and a space at both ends of a text."""


def mark(box: Box) -> tuple[str, Role]:
    """Return the sign before a label and its role: ``▸`` has just moved, ``·`` waits."""
    if box.moved:
        return "▸", "running"
    if box.waiting:
        return "·", "parked"
    return " ", "plain"


def label_role(box: Box) -> Role:
    """Return the role of a box's label."""
    if box.down:
        return "bad"
    role = mark(box)[1]
    return "strong" if role == "plain" else role


def state(box: Box) -> tuple[tuple[str, Role], ...]:
    """Return the rows of a box with their roles; a box that is down says so first."""
    if box.down:
        return (("down", "bad"), *((safe(row), "dim") for row in box.rows))
    return tuple((safe(row), _row_role(box, index)) for index, row in enumerate(box.rows))


def _row_role(box: Box, index: int) -> Role:
    return "changed" if index in box.changed else "plain"


def need(box: Box, most_rows: int, least_rows: int) -> Need:
    """Return the room that a box asks for.

    Args:
        box: The box.
        most_rows: Rows of its state that are shown; 0 puts the first into the bottom border.
        least_rows: Rows that it has even when its state is shorter.
    """
    rows = [text for text, _ in state(box)]
    shown = rows[: max(1, most_rows)]
    if most_rows and len(rows) > most_rows:
        shown[-1] += _MORE
    width = max(map(cells, (safe(box.label), *shown))) + _FRAME
    label = cells(safe(box.label)) + _FRAME - 1
    return Need(box.cell, width, label, 2 + min(most_rows, max(least_rows, len(rows))))


def draw_box(canvas: Canvas, box: Box, rect: Rect) -> None:
    """Paint a box into its rectangle; a height of two puts the first row into the bottom border."""
    top_left, top_right, bottom_left, bottom_right = _CORNERS[box.kind]
    border: Role = "running" if box.moved else "rule"
    inner, last = "─" * (rect.width - 2), rect.bottom - 1
    canvas.put(rect.x, rect.y, top_left + inner + top_right, border)
    canvas.put(rect.x, last, bottom_left + inner + bottom_right, border)
    _draw_label(canvas, box, rect)
    rows = state(box)
    if rect.height == 2:
        _draw_footer(canvas, rows, rect)
        return
    for y in range(rect.y + 1, last):
        canvas.put(rect.x, y, "│", border)
        canvas.put(rect.right - 1, y, "│", border)
    _draw_rows(canvas, rows, rect)


def _draw_label(canvas: Canvas, box: Box, rect: Rect) -> None:
    text = clip_text(safe(box.label), rect.width - 3)
    sign, role = mark(box)
    canvas.put(rect.x + 1, rect.y, sign, role)
    canvas.put(rect.x + 2, rect.y, text, label_role(box))
    if cells(text) < rect.width - 3:
        canvas.put(rect.x + 2 + cells(text), rect.y, " ")


def _draw_rows(canvas: Canvas, rows: tuple[tuple[str, Role], ...], rect: Rect) -> None:
    shown, room = rows[: rect.height - 2], rect.width - 3
    for index, (text, role) in enumerate(shown):
        hides_more = index == len(shown) - 1 and len(rows) > len(shown)
        # A mark of its own says that rows are missing below, even when this one is whole.
        text = clip_text(text, room - len(_MORE) if hides_more else room)
        if hides_more and not text.endswith("›"):
            text += _MORE
        canvas.put(rect.x + 2, rect.y + 1 + index, text, role)


def _draw_footer(canvas: Canvas, rows: tuple[tuple[str, Role], ...], rect: Rect) -> None:
    if not rows:
        return
    text, role = rows[0]
    text = clip_text(text, rect.width - 4)
    canvas.put(rect.x + 1, rect.bottom - 1, f" {text} " if text else "", role)
