"""The orders that were tried, as a tree; below it the chosen one beside the one from which it parts."""

from collections.abc import Collection, Sequence
from typing import TYPE_CHECKING

from sdtutor.drawing.spans import Line, line, safe
from sdtutor.tui.base_screen import BaseScreen
from sdtutor.tui.branch_rows import detail_lines, in_order, tree_lines
from sdtutor.tui.lab_panes import rule, spread

if TYPE_CHECKING:
    from sdtutor.session.branch_views import BranchRow, BranchView
    from sdtutor.tui.lab_screen import LabScreen


class BranchScreen(BaseScreen):
    """The branches of a lab.

    Args:
        lab: The lab below.
    """

    KEYS = "branches"

    def __init__(self, lab: "LabScreen") -> None:
        super().__init__()
        self.lab = lab
        self._top = 0
        self._look()
        self._cursor = next(i for i, (_, row) in enumerate(self._ordered) if row.current)

    def _look(self) -> None:
        self._ordered = in_order(self.lab.session.branches())

    @property
    def chosen(self) -> "BranchRow":
        """The branch at the cursor."""
        return self._ordered[self._cursor][1]

    def _detail(self) -> "BranchView":
        return self.lab.session.branch(self.chosen.number)

    def body(self, columns: int, rows: int) -> Sequence[Line]:
        """Return the tree, then what is known of the branch at its cursor."""
        title = line(" ", (safe(self.lab.view.title), "title"), "   the orders that you have tried")
        head = (
            spread(title, line(("● on the screen ", "dim")), columns),
            rule("branches", columns, "Enter looks at one, Esc goes back"),
        )
        most = max(3, (rows - len(head)) // 2)
        listed = tree_lines(self._ordered, self._cursor, columns, most)
        detail = detail_lines(self._detail(), columns)
        room = max(1, rows - len(head) - len(listed))
        self._top = max(0, min(self._top, len(detail) - room))
        shown = list(detail[self._top : self._top + room])
        hidden = len(detail) - self._top - len(shown)
        if hidden > 0:
            shown[-1] = spread(shown[-1], line((f" PgDn {hidden} more", "dim"), " "), columns)
        return (*head, *listed, *shown)

    def working_keys(self) -> Collection[str]:
        """Return what can be done now."""
        keep = {"keep_rest"} if self._detail().waiting else set()
        move = {"up", "down"} if len(self._ordered) > 1 else set()
        return {"open", "page_down", "page_up"} | keep | move

    def _move(self, by: int) -> None:
        self._cursor, self._top = (self._cursor + by) % len(self._ordered), 0

    def do_up(self) -> None:
        """Choose the branch above."""
        self._move(-1)

    def do_down(self) -> None:
        """Choose the branch below."""
        self._move(1)

    def do_page_down(self) -> None:
        """Show more of what is known of the branch."""
        self._top += self.size.height // 3

    def do_page_up(self) -> None:
        """Show what stood before."""
        self._top -= self.size.height // 3

    def wheel(self, by: int) -> None:
        """Scroll what is known of the branch."""
        self._top += by

    def do_keep_rest(self) -> None:
        """Let the rest of the branch that was left happen on this one too."""
        self.lab.session.keep_rest(self.chosen.number)
        self._look()

    def do_open(self) -> None:
        """Look at that branch."""
        if not self.chosen.current:
            self.lab.session.switch_branch(self.chosen.number)
        self.app.pop_screen()
