"""All keys of a screen, from the one table."""

from collections.abc import Sequence

from sdtutor.drawing.spans import Line, cells, line
from sdtutor.tui.base_screen import BaseScreen
from sdtutor.tui.footer import rule
from sdtutor.tui.home_rows import spread
from sdtutor.tui.keys import Key, keys_of


def help_lines(screen: str, working: frozenset[str]) -> tuple[Line, ...]:
    """Return one row for each action; those that do not work at the moment are dim.

    Args:
        screen: Name of the screen.
        working: Actions that can run now.
    """
    keys = [key for key in keys_of(screen) if key.action in working]
    others = [key for key in keys_of(screen) if key.action not in working]
    size = max(cells(key.names) for key in (*keys, *others)) + 3
    rows = [_row(key, size, is_working=True) for key in keys]
    if others:
        rows += [
            (),
            line((" At other moments", "dim")),
            *(_row(key, size, is_working=False) for key in others),
        ]
    return tuple(rows)


def _row(key: Key, size: int, *, is_working: bool) -> Line:
    gap = " " * (size - cells(key.names))
    return line(
        " ", (key.names, "key" if is_working else "dim"), (gap + key.help, "plain" if is_working else "dim")
    )


class HelpScreen(BaseScreen):
    """The keys of another screen.

    Args:
        of: Name of that screen.
        working: The actions that work on it now.
    """

    KEYS = "help"

    def __init__(self, of: str, working: frozenset[str]) -> None:
        super().__init__()
        self.top = 0
        self._of = of
        self._lines = help_lines(of, working)

    def body(self, columns: int, rows: int) -> Sequence[Line]:
        """Return the part of the keys that is in sight."""
        room = rows - 2
        self.top = max(0, min(self.top, len(self._lines) - room))
        right = line(("Nothing needs Ctrl, Alt, an F-key or the mouse. ", "dim"))
        head = spread(line((f" Keys: {self._of}", "title")), right, columns)
        return (head, rule(columns), *self._lines[self.top : self.top + room])

    def working_keys(self) -> set[str]:
        """Return what scrolls."""
        return {"scroll_up", "scroll_down", "page_up", "page_down", "top", "bottom"}

    def searchable(self) -> Sequence[Line]:
        """Return all keys."""
        return self._lines

    def wheel(self, by: int) -> None:
        """Scroll."""
        self.top += by

    def do_scroll_down(self) -> None:
        """Go one row down."""
        self.top += 1

    def do_scroll_up(self) -> None:
        """Go one row up."""
        self.top -= 1

    def do_page_down(self) -> None:
        """Turn the page."""
        self.top += self.size.height - 6

    def do_page_up(self) -> None:
        """Turn the page back."""
        self.top -= self.size.height - 6

    def do_top(self) -> None:
        """Go to the beginning."""
        self.top = 0

    def do_bottom(self) -> None:
        """Go to the end."""
        self.top = len(self._lines)
