"""A route as strokes on a canvas: dashes, corners, the head, the tee where it leaves its sender."""

from collections.abc import Iterator
from itertools import pairwise

from sdtutor.drawing.canvas import Canvas
from sdtutor.drawing.routes import OUTWARD, Point, Route, Side
from sdtutor.drawing.spans import Role

_HEADS: dict[Point, str] = {(1, 0): "▸", (-1, 0): "◂", (0, -1): "▲", (0, 1): "▼"}
_CORNERS: dict[tuple[Point, Point], str] = {
    ((1, 0), (0, 1)): "┐",
    ((1, 0), (0, -1)): "┘",
    ((-1, 0), (0, 1)): "┌",
    ((-1, 0), (0, -1)): "└",
    ((0, 1), (1, 0)): "└",
    ((0, 1), (-1, 0)): "┘",
    ((0, -1), (1, 0)): "┌",
    ((0, -1), (-1, 0)): "┐",
}
_TEES: dict[Side, tuple[str, str]] = {
    "right": ("│", "├"),
    "left": ("│", "┤"),
    "top": ("─", "┴"),
    "bottom": ("─", "┬"),
}


def cells_of(route: Route) -> tuple[tuple[Point, Point, Point], ...]:
    """Return the cells of a route in order: (cell, direction into it, direction out of it)."""
    points = list(_walk(route))
    x, y = OUTWARD[route.enters]
    steps = [(b[0] - a[0], b[1] - a[1]) for a, b in pairwise(points)]
    return tuple(zip(points, [OUTWARD[route.leaves], *steps], [*steps, (-x, -y)], strict=True))


def _walk(route: Route) -> Iterator[Point]:
    yield route.points[0]
    for (x, y), (end_x, end_y) in route.legs:
        while (x, y) != (end_x, end_y):
            x += (end_x > x) - (end_x < x)
            y += (end_y > y) - (end_y < y)
            yield x, y


def draw_route(canvas: Canvas, route: Route, role: Role, has_head: bool = True) -> None:
    """Paint a route; without a head both of its ends are tees.

    Args:
        canvas: Where.
        route: The way.
        role: What it means.
        has_head: Whether it ends in an arrow head.
    """
    walked = cells_of(route)
    for (x, y), into, out in walked:
        glyph = _CORNERS.get((into, out)) or ("╌" if into[1] == 0 else "╎")
        canvas.put(x, y, glyph, role)
    _draw_tee(canvas, route.points[0], route.leaves)
    if has_head:
        (x, y), _, out = walked[-1]
        canvas.put(x, y, _HEADS[out], role)
    else:
        _draw_tee(canvas, route.points[-1], route.enters)


def _draw_tee(canvas: Canvas, outside: Point, side: Side) -> None:
    """Join a route to the border beside it, unless a label stands there."""
    x, y = outside[0] - OUTWARD[side][0], outside[1] - OUTWARD[side][1]
    plain, tee = _TEES[side]
    if canvas.glyph(x, y) == plain:
        canvas.put(x, y, tee, canvas.role(x, y))


def draw_cut(canvas: Canvas, route: Route, has_head: bool) -> None:
    """Paint ``╳`` in the middle of what is still visible of a route."""
    cells = [cell for cell, _, _ in cells_of(route)]
    body = cells[:-1] if has_head and len(cells) > 1 else cells
    visible = [cell for cell in body if canvas.glyph(*cell) in "╌╎┌┐└┘"] or body
    x, y = visible[len(visible) // 2]
    canvas.put(x, y, "╳", "bad")
