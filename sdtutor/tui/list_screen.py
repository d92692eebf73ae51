"""What screens with one list and a cursor share."""

from collections.abc import Sequence

from sdtutor.drawing.spans import Line, line, safe
from sdtutor.tui.base_screen import BaseScreen
from sdtutor.tui.footer import rule
from sdtutor.tui.home_rows import spread
from sdtutor.tui.list_rows import ListItem, list_lines


class ListScreen(BaseScreen):
    """A title row and a list; a screen says what stands in it and what Enter does."""

    def __init__(self) -> None:
        super().__init__()
        self.cursor = 0

    def heading(self) -> tuple[str, str]:
        """Return the title and what stands at the right end of its row."""
        raise NotImplementedError

    def items(self) -> Sequence[ListItem]:
        """Return the rows."""
        raise NotImplementedError

    def above(self, columns: int) -> Sequence[Line]:
        """Return what stands between the title and the list."""
        del columns
        return ()

    def body(self, columns: int, rows: int) -> Sequence[Line]:
        """Return title, list, and what stands between."""
        title, right = self.heading()
        head = spread(line((f" {safe(title)}", "title")), line((f"{safe(right)} ", "dim")), columns)
        top = (head, rule(columns), *self.above(columns))
        items = self.items()
        self.cursor = max(0, min(self.cursor, len(items) - 1))
        return (*top, *list_lines(items, self.cursor, columns, rows - len(top)))

    def working_keys(self) -> set[str]:
        """Return the actions of a list."""
        return {"up", "down", "open"} if self.items() else set()

    def do_up(self) -> None:
        """Move the cursor up."""
        self.cursor -= 1

    def do_down(self) -> None:
        """Move the cursor down."""
        self.cursor += 1

    def wheel(self, by: int) -> None:
        """Move the cursor."""
        self.cursor += 1 if by > 0 else -1
