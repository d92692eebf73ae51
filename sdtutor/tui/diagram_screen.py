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
        self._first = 0
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
        top = _top(view, columns)
        foot, coming = self._arrange(view, columns, rows)
        self._follow(view, figure)
        self._first = max(0, min(self._first, len(figure.rows) - self._show))
        shown = figure.at(view.step)[self._first : self._first + self._show]
        gap = ((),) if foot and len(shown) < self._show else ()
        heading = panes.rule(_TITLE, columns, self._note(view, len(figure.rows), columns))
        filled = (*top, heading, *figure.head, *shown, *gap, *foot)
        return (*filled, *((),) * (rows - len(filled) - len(coming)), *coming)

    def _arrange(self, view: "LabView", columns: int, rows: int) -> tuple[tuple[Line, ...], tuple[Line, ...]]:
        """Share the rows out; return what stands below the diagram: its foot, and what can happen next."""
        figure = self._figure(columns)
        room = rows - len(_top(view, columns)) - len(figure.head) - 1
        foot = figure.foot if room - len(figure.foot) >= _LEAST_ROWS else ()
        self._show = room - len(foot)
        spare = self._show - len(figure.rows) - bool(foot)
        coming: tuple[Line, ...] = ()
        if spare > _MOST_EVENTS and view.events:
            listed = panes.event_lines(view.events, view.cursor, columns, _MOST_EVENTS)
            coming = (panes.rule("what can happen next", columns), *listed)
        self._is_listed = bool(coming)
        return foot, coming

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
                self._first = len(figure.rows)

    def working_keys(self) -> Collection[str]:
        """Return what can be done now."""
        view = self.lab.session.view()
        self._arrange(view, self.size.width, self.size.height - 1 - self.has_rule())
        can = {"close_diagram", "copy_diagram"}
        can |= {"run"} if view.events else set()
        can |= {"back"} if view.step else set()
        if self._is_listed:
            can |= {"number"} | ({"event_up", "event_down"} if len(view.events) > 1 else set())
        if len(self.searchable()) > self._show:
            can |= {"scroll_up", "scroll_down", "page_up", "page_down", "top", "bottom"}
        return can

    def searchable(self) -> Sequence[Line]:
        """Return all rows of the diagram."""
        return self._figure(self.size.width).rows

    def reveal(self, row: int) -> None:
        """Bring a row of the diagram into sight, with some of what led to it."""
        if not self._first <= row < self._first + self._show:
            self._first = row - self._show * 2 // 3

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
        self._first += 1

    def do_scroll_up(self) -> None:
        """Scroll one row up."""
        self._first -= 1

    def do_page_down(self) -> None:
        """Scroll a page down."""
        self._first += self._show - 1

    def do_page_up(self) -> None:
        """Scroll a page up."""
        self._first -= self._show - 1

    def do_top(self) -> None:
        """Go to the beginning."""
        self._first = 0

    def do_bottom(self) -> None:
        """Go to the end."""
        self._first = len(self.searchable())

    def wheel(self, by: int) -> None:
        """Scroll."""
        self._first += by

    def do_copy_diagram(self) -> None:
        """Copy the diagram as text."""
        view, figure = self.lab.session.view(), self._figure(self.size.width)
        self.app.copy_to_clipboard(plain_text((*figure.head, *figure.at(view.step), *figure.foot)))
        self.tell("Copied the diagram as text.")

    def do_close_diagram(self) -> None:
        """Go back to the lab."""
        self.close()


def _top(view: "LabView", columns: int) -> tuple[Line, ...]:
    """Return what stands above the diagram: where the run stands, and what it promises."""
    return (panes.title_line(view, columns), *panes.promise_lines(view, columns))
