"""A list with a cursor as rows of spans: groups with a heading, rows with a title and details."""

from collections.abc import Sequence
from dataclasses import dataclass

from sdtutor.drawing.spans import Line, Span, cells, line, safe
from sdtutor.drawing.wrap import wrap
from sdtutor.tui.home_rows import spread


@dataclass(frozen=True, slots=True)
class ListItem:
    """One row of a list.

    Args:
        group: Rows of one group stand below its heading; empty for none.
        key: A short word at the left end; may be empty.
        title: What it is.
        detail: For the right end.
        below: Further rows in dim; may be empty.
    """

    group: str
    key: str
    title: str
    detail: str = ""
    below: str = ""


def list_lines(items: Sequence[ListItem], cursor: int, columns: int, rows: int) -> tuple[Line, ...]:
    """Return the part of a list around its cursor.

    Args:
        items: All rows.
        cursor: Index of the one that Enter opens.
        columns: Width.
        rows: Height.
    """
    size = max((cells(safe(item.key)) for item in items), default=0)
    lines: list[Line] = []
    here, group = (0, 0), ""
    for index, item in enumerate(items):
        if item.group != group:
            group = item.group
            lines += [*([()] if lines else []), line((f" {safe(group)}", "title"))]
        start = len(lines)
        lines += _item(item, size, columns, is_here=index == cursor)
        if index == cursor:
            here = start, len(lines)
    top = max(0, min(here[0] - 2, max(here[1] - rows, len(lines) - rows, 0)))
    top = max(top, here[1] - rows) if here[1] > top + rows else top
    return tuple(lines[top : top + rows])


def _item(item: ListItem, size: int, columns: int, *, is_here: bool) -> list[Line]:
    key = safe(item.key)
    left = line(
        ("  ▸ " if is_here else "    ", "flight"),
        (key + " " * (size - cells(key) + 2 if size else 0), "dim"),
        (safe(item.title), "strong" if is_here else "plain"),
    )
    rows = [spread(left, line((f"  {safe(item.detail)} ", "dim")), columns)]
    if item.below:
        indent = " " * (4 + (size + 2 if size else 0))
        rows += wrap([Span(safe(item.below), "dim")], columns - 1, indent, indent)
    return rows
