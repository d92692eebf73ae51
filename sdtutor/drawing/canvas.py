"""A sheet of character cells: what pictures with crossing parts are painted on before they become lines."""

from itertools import groupby

from sdtutor.drawing.spans import Line, Role, Span, cells

Cell = tuple[str, Role]
_BLANK: Cell = (" ", "plain")
_SHADOW = ""
"""The second column of a wide character: it prints nothing of its own."""


class Canvas:
    """A rectangle of cells, each with a character and a role.

    Args:
        columns: Width, at least 0.
        rows: Height, at least 0.
    """

    def __init__(self, columns: int, rows: int) -> None:
        self.columns = columns
        self.rows = rows
        self._cells: list[list[Cell]] = [[_BLANK] * columns for _ in range(rows)]

    def put(self, x: int, y: int, text: str, role: Role = "plain") -> None:
        """Write a text from a cell to the right; what lies outside the canvas is left out."""
        if not 0 <= y < self.rows:
            return
        row = self._cells[y]
        for character in text:
            size = cells(character)
            if size == 0:
                continue
            if x >= 0 and x + size <= self.columns:
                _part(row, x)
                _part(row, x + size)
                row[x] = (character, role)
                if size == 2:
                    row[x + 1] = (_SHADOW, role)
            x += size

    def glyph(self, x: int, y: int) -> str:
        """Return the character of a cell inside the canvas."""
        return self._cells[y][x][0]

    def role(self, x: int, y: int) -> Role:
        """Return the role of a cell inside the canvas."""
        return self._cells[y][x][1]

    def lines(self) -> tuple[Line, ...]:
        """Return every row as a line of the full width; neighbours of one role share a span."""
        return tuple(_spans(row) for row in self._cells)


def _part(row: list[Cell], x: int) -> None:
    """Blank both halves of a wide character that stands across this boundary."""
    if x < len(row) and row[x][0] == _SHADOW:
        row[x - 1] = row[x] = _BLANK


def _spans(row: list[Cell]) -> Line:
    return tuple(
        Span("".join(character for character, _ in run), role)
        for role, run in groupby(row, key=lambda cell: cell[1])
    )
