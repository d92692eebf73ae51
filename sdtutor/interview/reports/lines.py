"""A report as lines for a terminal: full screen, inline and plain show these."""

from collections.abc import Iterator
from functools import partial, singledispatch
from typing import Final

from sdtutor.drawing.spans import Line, Role, Span, clip, line, safe
from sdtutor.drawing.tables import table
from sdtutor.drawing.wrap import wrap
from sdtutor.interview.reports.blocks import Block, Grid, Heading, Item, Items, Paragraph, Verbatim, blocks
from sdtutor.interview.reports.view import ReportView

_ROLES: Final[dict[str, Role]] = {"✓": "good", "✗": "bad", "·": "dim", "": "plain"}


def lines(view: ReportView, columns: int) -> tuple[Line, ...]:
    """Return a report as lines.

    Args:
        view: What to show.
        columns: Greatest width.
    """
    result: list[Line] = []
    for rows in filter(None, map(partial(_rows, columns=columns), blocks(view))):
        result += [*([()] if result else []), *rows]
    return tuple(result)


@singledispatch
def _rows(block: Block, columns: int) -> tuple[Line, ...]:
    raise TypeError(block, columns)


@_rows.register
def _(block: Heading, columns: int) -> tuple[Line, ...]:
    return wrap([Span(block.text, "title" if block.depth < 3 else "strong")], columns)


@_rows.register
def _(block: Paragraph, columns: int) -> tuple[Line, ...]:
    return wrap(line((f"{block.lead} " if block.lead else "", "strong"), *_text(block.text)), columns)


@_rows.register
def _(block: Items, columns: int) -> tuple[Line, ...]:
    return tuple(row for item in block.items for row in _item(item, columns))


@_rows.register
def _(block: Grid, columns: int) -> tuple[Line, ...]:
    return table(block.header, block.rows, columns)


@_rows.register
def _(block: Verbatim, columns: int) -> tuple[Line, ...]:
    """The picture; Mermaid is for documents."""
    if block.language != "text":
        return ()
    return tuple(clip(line(safe(row)), columns) for row in block.text.splitlines())


def _item(item: Item, columns: int) -> tuple[Line, ...]:
    role = _ROLES[item.mark]
    parts = line(
        (f"{item.code}: " if item.code else "", "code"),
        *_text(item.text, "dim" if role == "dim" else "plain"),
        (f" “{safe(' '.join(item.quote.split()))}”" if item.quote else "", "dim"),
        (f" {item.after}" if item.after else "", "dim"),
    )
    rows = wrap(parts, columns - 2)
    return tuple(
        line((f"{item.mark or '•'} ", role) if not index else "  ", *row) for index, row in enumerate(rows)
    )


def _text(text: str, role: Role = "plain") -> Iterator[Span]:
    """Yield our own text, in which backticks mean code."""
    for index, part in enumerate(text.split("`")):
        if part:
            yield Span(part, "code" if index % 2 else role)
