"""Tables fitted to a width: columns shrink and their cells wrap, nothing is cut."""

from collections.abc import Sequence
from typing import Literal

from sdtutor.drawing.spans import Line, Span, cells, width
from sdtutor.drawing.wrap import with_role, wrap

Align = Literal["left", "right", "centre"]
_GAP = 2
_LEAST = 3


def table(
    header: Sequence[Line | str],
    rows: Sequence[Sequence[Line | str]],
    columns: int,
    aligns: Sequence[Align] = (),
) -> tuple[Line, ...]:
    """Return a table: header, a rule, the rows; a rule between rows when any of them wraps.

    Args:
        header: One cell a column.
        rows: Cells; a short row is filled up, a long one is cut to the header.
        columns: Greatest width of the whole.
        aligns: How each column stands; left where none is given.
    """
    count = len(header)
    if not count:
        return ()
    cells_of = [[_line(cell) for cell in (*row, *[""] * count)[:count]] for row in (header, *rows)]
    widths = _fitted(cells_of, columns)
    sides = (*aligns, *["left"] * count)[:count]
    head = _row([with_role(cell, "strong") for cell in cells_of[0]], widths, sides)
    body = [_row(row, widths, sides) for row in cells_of[1:]]
    rule: Line = (Span((" " * _GAP).join("─" * size for size in widths), "rule"),)
    between = ((),) if any(len(lines) > 1 for lines in body) else ()
    result = [*head, rule]
    for index, lines in enumerate(body):
        result += [*(between if index else ()), *lines]
    return tuple(result)


def _line(cell: Line | str) -> Line:
    return (Span(cell),) if isinstance(cell, str) else cell


def _fitted(rows: list[list[Line]], columns: int) -> list[int]:
    """Return a width for each column: as wide as its text, the widest narrowed until all fit."""
    widths = [max(1, *(width(cell) for cell in column)) for column in zip(*rows, strict=True)]
    words = [max(1, *map(_longest_word, column)) for column in zip(*rows, strict=True)]
    room = columns - _GAP * (len(widths) - 1)
    for floor in (words, [_LEAST] * len(widths), [1] * len(widths)):
        while sum(widths) > room:
            wide = [index for index, size in enumerate(widths) if size > floor[index]]
            if not wide:
                break
            widths[max(wide, key=lambda index: widths[index])] -= 1
    return widths


def _longest_word(cell: Line) -> int:
    return max(map(cells, "".join(span.text for span in cell).split()), default=1)


def _row(row: Sequence[Line], widths: Sequence[int], aligns: Sequence[str]) -> list[Line]:
    wrapped = [wrap(cell, size) for cell, size in zip(row, widths, strict=True)]
    lines = []
    for index in range(max(map(len, wrapped))):
        spans: list[Span] = []
        for column, cell in enumerate(wrapped):
            content = cell[index] if index < len(cell) else ()
            spans += [Span(" " * (_GAP if column else 0)), *_set(content, widths[column], aligns[column])]
        lines.append(tuple(span for span in spans if span.text))
    return lines


def _set(content: Line, size: int, align: str) -> Line:
    """Return the content of a cell, filled up to its width."""
    spare = max(0, size - width(content))
    before = spare if align == "right" else spare // 2 if align == "centre" else 0
    return (Span(" " * before), *content, Span(" " * (spare - before)))
