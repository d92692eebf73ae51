"""The system picture of a lab: boxes in a grid, messages in flight between them.

Three forms, the richest that fits: boxes with their state; boxes with one row of it; a list.
Shapes say what colours say: square boxes are nodes, round ones services; ``▸`` has just moved,
``·`` waits, ``╳`` is a cut link.
"""

from dataclasses import dataclass
from functools import lru_cache

from sdtutor.drawing.boxes import draw_box, need
from sdtutor.drawing.canvas import Canvas
from sdtutor.drawing.layout import Rect, place
from sdtutor.drawing.listing import arrow_lines, box_lines, link_lines, listing, paired
from sdtutor.drawing.picture import Arrow, Box, Picture
from sdtutor.drawing.routes import Point
from sdtutor.drawing.routing import Area, Placed
from sdtutor.drawing.spans import Line, Role, Span, cells, clip, clip_text, fit, line, safe, width
from sdtutor.drawing.strokes import draw_cut, draw_route

__all__ = ["Arrow", "Box", "Picture", "draw", "listing"]

_ROOMY_ROWS, _ROOMY_COLUMNS = 18, 50
"""From this size on a picture has a legend and boxes have at least two rows."""
_MOST_NOTES = 4
_WIDE = "  "
"""Between the number and the text of a message."""
_LEGEND = line(
    ("▸", "running"),
    (" just moved   ", "dim"),
    ("·", "parked"),
    (" waits   ", "dim"),
    ("╌▸", "flight"),
    (" in flight   ", "dim"),
    ("1 2", "key"),
    (" keys", "dim"),
)


@dataclass(frozen=True, slots=True)
class _Link:
    """What goes one way between two boxes: messages that share a route, or a cut with none."""

    sender: str
    receiver: str
    arrows: tuple[Arrow, ...]
    is_cut: bool

    def labels(self) -> tuple[Line, ...]:
        """Return one label for each message that has anything to say."""
        if not self.arrows:
            return (line(("cut", "bad")),)
        return tuple(label for label in map(_label, self.arrows) if label)


def _label(arrow: Arrow) -> Line:
    """Return number and text of a message, without empty parts."""
    text = safe(arrow.label)
    number = "" if arrow.number is None else str(arrow.number)
    gap = _WIDE if number and text else ""
    return line((number + gap, "key"), (text, "changed" if arrow.moved else "flight"))


@lru_cache(maxsize=128)
def draw(picture: Picture, columns: int, rows: int) -> tuple[Line, ...]:
    """Return the picture as exactly that many rows, each exactly that many columns wide.

    Args:
        picture: What to show.
        columns: Width of the pane.
        rows: Height of the pane.
    """
    if columns <= 0 or rows <= 0:
        return ((),) * max(0, rows)
    if rows >= _ROOMY_ROWS and columns >= _ROOMY_COLUMNS:
        drawn = _boxes(picture, columns, rows - 2, 2)
        if drawn:
            return (*drawn, fit((), columns), fit((*line("  "), *_LEGEND), columns))
    return _boxes(picture, columns, rows, 1) or _as_list(picture, columns, rows)


def _boxes(picture: Picture, columns: int, rows: int, least_rows: int) -> tuple[Line, ...] | None:
    """Return the picture with boxes, or None when they, or what is in flight, do not fit."""
    drawable = {box.name for box in picture.boxes}
    if not drawable or len({box.cell for box in picture.boxes}) < len(picture.boxes):
        return None
    links, notes = _links(picture)
    most = max(least_rows, *(len(box.rows) + box.down for box in picture.boxes))
    for shown in range(most, -1, -1):
        drawn = _attempt(picture, links, notes, (columns, rows), (shown, min(shown, least_rows)))
        if drawn:
            return drawn
    for extra in range(1, _MOST_NOTES + 1):
        drawn = _attempt(picture, links, notes, (columns, rows), (0, 0), extra)
        if drawn:
            return drawn
    return None


def _links(picture: Picture) -> tuple[list[_Link], list[Arrow]]:
    """Return what needs a route, the shortest first, and the messages that cannot have one."""
    cells_of = {box.name: box.cell for box in picture.boxes}
    routes: dict[tuple[str, str], list[Arrow]] = {}
    notes: list[Arrow] = []
    for arrow in picture.arrows:
        ends = (arrow.sender, arrow.receiver)
        if ends[0] == ends[1] or not cells_of.keys() >= set(ends):
            notes.append(arrow)
        else:
            routes.setdefault(ends, []).append(arrow)
    for one, other in sorted(picture.cuts):
        if one != other and cells_of.keys() >= {one, other} and (other, one) not in routes:
            routes.setdefault((one, other), [])
    links = [_Link(*ends, tuple(arrows), picture.is_cut(*ends)) for ends, arrows in routes.items()]

    def distance(link: _Link) -> int:
        (row, column), (other_row, other_column) = cells_of[link.sender], cells_of[link.receiver]
        return abs(row - other_row) + abs(column - other_column)

    return sorted(links, key=distance), notes


def _attempt(
    picture: Picture,
    links: list[_Link],
    notes: list[Arrow],
    size: tuple[int, int],
    box_rows: tuple[int, int],
    most_extra: int = 0,
) -> tuple[Line, ...] | None:
    """Return the picture in one form, or None.

    Args:
        picture: What to show.
        links: What wants a route.
        notes: Messages that are listed below.
        size: Columns and rows.
        box_rows: The most and the least rows of state in a box.
        most_extra: How many messages without a free route may be listed below as well.
    """
    columns, rows = size
    height = rows - len(notes) - most_extra
    # Full boxes two rows apart leave room for a turn; drawn closer, only straight arrows fit.
    needs = {box.name: need(box, *box_rows) for box in picture.boxes}
    rects = place(needs, columns, height, gap=2 if box_rows[0] else 1)
    if rects is None:
        return None
    placed, stuck = _route_all(links, rects, columns, height)
    left_over = [*notes, *(arrow for link in stuck for arrow in link.arrows)]
    if len(left_over) > len(notes) + most_extra:
        return None
    canvas = Canvas(columns, height)
    for box in picture.boxes:
        draw_box(canvas, box, rects[box.name])
    for link, where in placed:
        _draw_link(canvas, link, where)
    below = arrow_lines(picture, left_over)
    blank = ((),) * (rows - height - len(below))
    return (*canvas.lines(), *(fit(row, columns) for row in (*blank, *below)))


def _route_all(
    links: list[_Link], rects: dict[str, Rect], columns: int, rows: int
) -> tuple[list[tuple[_Link, Placed]], list[_Link]]:
    """Return links with their routes, and those that found none; these get a second try, first."""
    order = links
    for _ in range(2):
        placed, stuck = _route(order, rects, columns, rows)
        if not stuck:
            break
        order = [*stuck, *(link for link in order if link not in stuck)]
    return placed, stuck


def _route(
    links: list[_Link], rects: dict[str, Rect], columns: int, rows: int
) -> tuple[list[tuple[_Link, Placed]], list[_Link]]:
    area = Area(columns, rows, rects.values())
    placed: list[tuple[_Link, Placed]] = []
    stuck: list[_Link] = []
    for link in links:
        widths = [width(label) for label in link.labels()]
        found = area.place(rects[link.sender], rects[link.receiver], widths)
        if found is None:
            stuck.append(link)
            continue
        area.take(found, len(widths))
        placed.append((link, found))
    return placed, stuck


def _draw_link(canvas: Canvas, link: _Link, placed: Placed) -> None:
    role: Role = "bad" if link.is_cut else "flight"
    if any(arrow.moved for arrow in link.arrows) and not link.is_cut:
        role = "changed"
    draw_route(canvas, placed.route, role, has_head=bool(link.arrows))
    for index, label in enumerate(link.labels()):
        _draw_label(canvas, _fitted(label, placed.width), (placed.labels[0], placed.labels[1] + index))
    if link.is_cut:
        draw_cut(canvas, placed.route, has_head=bool(link.arrows))


def _fitted(label: Line, columns: int) -> Line:
    """Return a label in that width: first the space behind its number narrows, then its text is clipped."""
    if width(label) > columns and label[0].text.endswith(_WIDE):
        label = (Span(label[0].text[:-1], label[0].role), *label[1:])
    return clip(label, columns)


def _draw_label(canvas: Canvas, label: Line, at: Point) -> None:
    """Write a label; dashes of its own route keep a space away from it."""
    left, y = at
    x = left
    for span in label:
        canvas.put(x, y, span.text, span.role)
        x += cells(span.text)
    for beside in (left - 1, x):
        if 0 <= beside < canvas.columns and canvas.glyph(beside, y) == "╌":
            canvas.put(beside, y, " ")


def _as_list(picture: Picture, columns: int, rows: int) -> tuple[Line, ...]:
    lines = listing(picture, columns)
    if len(lines) > rows:
        lines = (*paired(box_lines(picture, columns), columns), *link_lines(picture))
    if len(lines) > rows:
        hidden = len(lines) - rows + 1
        lines = (*lines[: rows - 1], line((clip_text(f"+{hidden} more ›", columns), "dim")))
    return tuple(fit(row, columns) for row in (*lines, *((),) * (rows - len(lines))))
