"""The whiteboard: the drawing as text, and as a picture that follows every key."""

from collections.abc import Collection, Sequence
from typing import TYPE_CHECKING, Literal

from textual import events

from sdtutor.architecture.board.picture import draw
from sdtutor.core.units import count
from sdtutor.drawing.spans import Line, Span, line
from sdtutor.tui.base_screen import BaseScreen
from sdtutor.tui.draft import MAX_CHARACTERS, Draft
from sdtutor.tui.interview_panes import clock_of
from sdtutor.tui.lab_panes import rule, spread
from sdtutor.tui.whiteboard_rows import halves, language_lines, remark_lines, text_lines

if TYPE_CHECKING:
    from sdtutor.session.interview_views import DrawingView
    from sdtutor.tui.interview_screen import InterviewScreen

_SHOWS: tuple[Literal["both", "picture", "text"], ...] = ("both", "picture", "text")
_TEXT_SHARE = 0.42
_WIDEST_TEXT = 56
_REMARKS_SHARE = 4
"""The remarks take at most this part of the height: a quarter. Editorial."""


class WhiteboardScreen(BaseScreen):
    """The whiteboard of an interview; leaving it keeps what is drawn.

    Args:
        interview: The interview below.
    """

    KEYS = "whiteboard"

    def __init__(self, interview: "InterviewScreen") -> None:
        super().__init__()
        self.interview = interview
        drawn = interview.whiteboard or interview.view.drawing
        self.text = Draft(f"{drawn}\n" if drawn and not drawn.endswith("\n") else drawn)
        self._shows = 0
        self._explains = False

    def on_mount(self) -> None:
        """Let the clock be seen."""
        self.set_interval(1.0, self.draw)

    @property
    def drawing(self) -> "DrawingView":
        """What is typed, read and judged by rules."""
        return self.interview.session.preview(self.text.text)

    # What is seen

    def body(self, columns: int, rows: int) -> Sequence[Line]:
        """Return text, picture, and what it comes to."""
        view = self.drawing
        remarks = remark_lines(
            view, columns, max(2, rows // _REMARKS_SHARE), judged=self.interview.can_simulate
        )
        room = rows - 3 - len(remarks)
        return (
            self._head(view, columns),
            *self._panes(view, columns, room),
            rule(self._remarks_title(view), columns),
            *remarks,
        )

    def _head(self, view: "DrawingView", columns: int) -> Line:
        drawing, clock = view.drawing, clock_of(self.interview.view)
        tables = f", {count(len(drawing.tables), 'table')}" if drawing.tables else ""
        links = f"{count(len(drawing.boxes), 'box', 'boxes')}, {count(len(drawing.links), 'arrow')}{tables}"
        left = line(" ", ("Whiteboard", "title"), (f"   {links}", "dim"))
        return spread(left, line((clock.text, "warn" if clock.warns else "dim"), " "), columns)

    def _remarks_title(self, view: "DrawingView") -> str:
        wrong = len({each.line for each in view.mistakes})
        return f"{count(wrong, 'line')} that cannot be read" if wrong else "what it does"

    def _panes(self, view: "DrawingView", columns: int, rows: int) -> Sequence[Line]:
        wrong = tuple(each.line for each in view.mistakes)
        shows = self.shows
        if self._explains:
            shown = language_lines(columns)[:rows]
            return (rule("what you can write", columns, "? hides it"), *shown, *[()] * (rows - len(shown)))
        if shows == "text":
            return (rule("text", columns), *text_lines(self.text, wrong, columns, rows))
        if shows == "picture":
            return (rule("drawn", columns), *self._right(view, columns, rows))
        left = min(_WIDEST_TEXT, int(columns * _TEXT_SHARE))
        sizes = left, columns - left - 1
        text = text_lines(self.text, wrong, left, rows)
        return halves(text, self._right(view, sizes[1], rows), sizes, "drawn")

    @property
    def shows(self) -> Literal["both", "picture", "text"]:
        """Which panes are seen; where only one fits, the text comes first."""
        if self.is_narrow:
            return "text" if self._shows % 2 == 0 else "picture"
        return _SHOWS[self._shows % len(_SHOWS)]

    def _right(self, view: "DrawingView", columns: int, rows: int) -> Sequence[Line]:
        lines: Sequence[Line]
        if view.drawing.is_empty:
            lines = ((), line((" Each line is drawn as you type it, for example", "dim")), (), *_example())
        else:
            marks = dict.fromkeys(view.single_points, "single") if self.interview.can_simulate else {}
            picture = draw(view.drawing, columns - 2, rows, marks=marks)
            lines = [(Span(" "), *row) for row in picture]
        shown = tuple(lines)[:rows]
        return (*shown, *[()] * (rows - len(shown)))

    def working_keys(self) -> Collection[str]:
        """Return what can be done now."""
        return {"keep_drawing", "new_line", "whole", "settings"}

    def searchable(self) -> Sequence[Line]:
        """Return nothing: a slash is text here."""
        return ()

    # Typing

    def press(self, pressed: str, character: str | None = None) -> None:
        """Put letters into the text; run what every other key means."""
        if self.is_too_small or pressed in ("?", "ctrl+c") or not self.text.press(pressed, character):
            super().press(pressed, character)
            return
        self.told = ""
        self._typed()

    def _typed(self) -> None:
        self.interview.whiteboard = self.text.text
        self.draw()

    def on_paste(self, event: events.Paste) -> None:
        """Put pasted text into the text."""
        event.stop()
        left_out = self.text.insert(event.text)
        if left_out:
            self.tell(f"{left_out:,} characters found no room; a drawing has at most {MAX_CHARACTERS:,}.")
        self._typed()

    def do_new_line(self) -> None:
        """Begin a new line."""
        self.text.insert("\n")
        self.interview.whiteboard = self.text.text

    def do_whole(self) -> None:
        """Show the picture alone, the text alone, or both."""
        self._shows += 1

    def do_settings(self) -> None:
        """Show or hide what can be written."""
        self._explains = not self._explains

    def do_keep_drawing(self) -> None:
        """Go back; what is drawn is kept."""
        if self._explains:
            self._explains = False
            return
        drawn, before = self.text.text.strip(), self.interview.view.drawing.strip()
        self.interview.whiteboard = ""
        self.app.pop_screen()
        if drawn and drawn != before:
            session = self.interview.session
            self.interview.do_work(lambda: session.draw(drawn), drawn)


def _example() -> tuple[Line, ...]:
    return tuple(
        line("   ", (text, "code"))
        for text in ("client -> lb -> app*3", "app -> cache", "app -> db(replicas=2)")
    )
