"""A run as a space-time diagram over the whole screen; it can be stepped there as in the lab."""

from collections.abc import Collection, Sequence
from typing import TYPE_CHECKING

from sdtutor.drawing.sequence import Figure, sequence
from sdtutor.drawing.spans import Line, clip_text, plain_text, safe
from sdtutor.session.lab_sequence import diagram
from sdtutor.tui import lab_panes as panes
from sdtutor.tui.base_screen import BaseScreen

if TYPE_CHECKING:
    from sdtutor.engine.run import Run
    from sdtutor.session.lab_views import LabView
    from sdtutor.tui.lab_screen import LabScreen

_TITLE = "space-time diagram"
_LEAST_ROWS = 8
"""Rows of the diagram below which the operations that broke the promise are not listed under it."""


_MOST_EVENTS = 5
"""Rows for what can happen next, where the diagram leaves room."""


class DiagramScreen(BaseScreen):
    """The diagram of the run in a lab.

    Args:
        lab: The lab below.
    """

    KEYS = "diagram"

    def __init__(self, lab: "LabScreen") -> None:
        super().__init__()
        self.lab = lab
        self._top = 0
        self._show = 0
        self._is_listed = False
        self._seen: tuple[Run, int] | None = None
        self._drawn: tuple[Run, int, int, Figure] | None = None

    def _figure(self, columns: int) -> Figure:
        """Return the diagram for a width; it is made again only when the run has gone on."""
        run = self.lab.session.run
        known = self._drawn
        if known is None or known[0] is not run or known[1:3] != (len(run.steps), columns):
            figure = sequence(diagram(run), columns)
            self._drawn = known = (run, len(run.steps), columns, figure)
        return known[3]

    def body(self, columns: int, rows: int) -> Sequence[Line]:
        """Return the promise, the names of the lanes, the rows in sight, and what broke the promise."""
        view, figure = self.lab.session.view(), self._figure(columns)
        top = [panes.title_line(view, columns), *panes.promise_lines(view, columns)]
        room = rows - len(top) - len(figure.head) - 1
        foot = figure.foot if room - len(figure.foot) >= _LEAST_ROWS else ()
        self._show = room - len(foot)
        self._follow(view, figure)
        self._top = max(0, min(self._top, len(figure.rows) - self._show))
        shown = figure.at(view.step)[self._top : self._top + self._show]
        spare = room - len(shown) - len(foot)
        gap = ((),) if spare and foot else ()
        coming = _next(view, columns, spare - len(gap))
        self._is_listed = bool(coming)
        heading = panes.rule(_TITLE, columns, self._note(view, len(figure.rows), columns))
        return (*top, heading, *figure.head, *shown, *gap, *foot, *coming)

    def _note(self, view: "LabView", count: int, columns: int) -> str:
        """Return what happens next, unless that is listed, and how much is out of sight."""
        hidden = f"{count - self._show} more rows, ↑↓" if count > self._show else ""
        coming = ""
        if view.events and not self._is_listed:
            event = view.events[view.cursor]
            coming = f"next: {safe(event.title)}  {safe(event.detail)}".rstrip()
        parts = [clip_text(coming, columns - len(_TITLE) - len(hidden) - 16), hidden]
        return "   ".join(part for part in parts if part)

    def _follow(self, view: "LabView", figure: Figure) -> None:
        """Bring the step into sight when it is another one than before."""
        here = (self.lab.session.run, view.step)
        if here != self._seen:
            self._seen = here
            self.reveal(figure.steps[view.step])
            if view.step == view.last_step:
                self._top = len(figure.rows)

    def working_keys(self) -> Collection[str]:
        """Return what can be done now."""
        view = self.lab.session.view()
        can = {"close_diagram", "copy_diagram"}
        can |= {"run"} if view.events else set()
        can |= {"back"} if view.step else set()
        if self._is_listed:
            can |= {"number", "event_up", "event_down"}
        if self._drawn and len(self._drawn[3].rows) > self._show:
            can |= {"scroll_up", "scroll_down", "page_up", "page_down", "top", "bottom"}
        return can

    def searchable(self) -> Sequence[Line]:
        """Return all rows of the diagram."""
        return self._figure(self.size.width).rows

    def reveal(self, row: int) -> None:
        """Bring a row of the diagram into sight, with some of what led to it."""
        if not self._top <= row < self._top + self._show:
            self._top = row - self._show * 2 // 3

    def has_rule(self) -> bool:
        """Tell whether a rule stands above the footer, as in the lab."""
        return self.lab.has_rule()

    def do_run(self) -> None:
        """Run the event at the cursor of the lab."""
        self.lab.session.run_event()

    def do_back(self) -> None:
        """Go one step back."""
        self.lab.session.back()

    def do_number(self, pressed: str) -> None:
        """Run the event with that number."""
        self.lab.session.run_event(int(pressed) - 1)

    def do_event_down(self) -> None:
        """Choose the event below."""
        self.lab.session.move_cursor(1)

    def do_event_up(self) -> None:
        """Choose the event above."""
        self.lab.session.move_cursor(-1)

    def do_scroll_down(self) -> None:
        """Scroll one row down."""
        self._top += 1

    def do_scroll_up(self) -> None:
        """Scroll one row up."""
        self._top -= 1

    def do_page_down(self) -> None:
        """Scroll a page down."""
        self._top += self._show - 1

    def do_page_up(self) -> None:
        """Scroll a page up."""
        self._top -= self._show - 1

    def do_top(self) -> None:
        """Go to the beginning."""
        self._top = 0

    def do_bottom(self) -> None:
        """Go to the end."""
        self._top = len(self.searchable())

    def wheel(self, by: int) -> None:
        """Scroll."""
        self._top += by

    def do_copy_diagram(self) -> None:
        """Copy the diagram as text."""
        view, figure = self.lab.session.view(), self._figure(self.size.width)
        self.app.copy_to_clipboard(plain_text((*figure.head, *figure.at(view.step), *figure.foot)))
        self.tell("Copied the diagram as text.")

    def do_close_diagram(self) -> None:
        """Go back to the lab."""
        self.close()


def _next(view: "LabView", columns: int, rows: int) -> tuple[Line, ...]:
    """Return what can happen next, at the end of so many rows; nothing where they are few."""
    listed = panes.event_lines(view.events, view.cursor, columns, min(rows - 2, _MOST_EVENTS))
    if rows < _MOST_EVENTS or not listed:
        return ()
    heading = panes.rule("what can happen next", columns)
    return (*((),) * (rows - len(listed) - 1), heading, *listed)
