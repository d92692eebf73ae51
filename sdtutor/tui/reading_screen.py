"""What screens share that are read from top to bottom: a title, rows, and keys that scroll."""

from collections.abc import Collection, Sequence

from sdtutor.drawing.spans import Line, line, safe
from sdtutor.tui.base_screen import BaseScreen
from sdtutor.tui.lab_panes import rule, spread

_AROUND = 4
"""Rows that title, divider, rule and footer take."""


class ReadingScreen(BaseScreen):
    """A title row over rows that can be longer than the screen."""

    def __init__(self) -> None:
        super().__init__()
        self._top = 0
        self._hidden = 0

    def heading(self) -> tuple[str, str, str]:
        """Return the title, what stands at its right end, and the name of what is below."""
        raise NotImplementedError

    def lines(self, columns: int) -> Sequence[Line]:
        """Return all rows for a width."""
        raise NotImplementedError

    def body(self, columns: int, rows: int) -> Sequence[Line]:
        """Return the title, and the rows in sight."""
        title, right, below = self.heading()
        head = spread(line(" ", (safe(title), "title")), line((f"{safe(right)} ", "dim")), columns)
        shown, room = self.lines(columns), rows - 2
        self._hidden = max(0, len(shown) - room)
        self._top = max(0, min(self._top, self._hidden))
        left = self._hidden - self._top
        note = f"{left} more rows, Space pages" if left else ""
        return (head, rule(below, columns, note), *shown[self._top : self._top + room])

    def working_keys(self) -> Collection[str]:
        """Return what can be done now."""
        if len(self.lines(self.size.width)) <= self.size.height - _AROUND:
            return ()
        return ("scroll_down", "scroll_up", "page_down", "page_up", "top", "bottom")

    def wheel(self, by: int) -> None:
        """Scroll."""
        self._top += by

    def searchable(self) -> Sequence[Line]:
        """Return all rows."""
        return self.lines(self.size.width)

    def reveal(self, row: int) -> None:
        """Bring a row into sight."""
        self._top = row

    def do_scroll_down(self) -> None:
        """Scroll one row down."""
        self._top += 1

    def do_scroll_up(self) -> None:
        """Scroll one row up."""
        self._top -= 1

    def do_page_down(self) -> None:
        """Go to the next page."""
        self._top += self.size.height - _AROUND - 2

    def do_page_up(self) -> None:
        """Go to the page before."""
        self._top -= self.size.height - _AROUND - 2

    def do_top(self) -> None:
        """Go to the first rows."""
        self._top = 0

    def do_bottom(self) -> None:
        """Go to the last rows."""
        self._top = self._hidden
