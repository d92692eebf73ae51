"""The interview: a chat with numbered points, one input, and the whiteboard beside it where there is room."""

from collections.abc import Callable, Collection, Sequence
from typing import TYPE_CHECKING

from textual import events

from sdtutor.architecture.board.picture import draw
from sdtutor.drawing.spans import Line, line
from sdtutor.errors import SdtutorError
from sdtutor.interview.commands import COMMANDS
from sdtutor.tui.background import Background, Cancelled, Told
from sdtutor.tui.base_screen import BaseScreen
from sdtutor.tui.draft import MAX_CHARACTERS, Draft
from sdtutor.tui.interview_input import Recall, completed
from sdtutor.tui.interview_panes import (
    board_columns,
    board_lines,
    chat_lines,
    frame,
    head_line,
    input_lines,
    picture_rows,
)

if TYPE_CHECKING:
    from sdtutor.interview.records import Reply
    from sdtutor.session.interview_session import InterviewSession
    from sdtutor.session.interview_views import InterviewView

MOST_INPUT = 5
"""Rows to which the input grows."""
_TICK_SECONDS = 1.0
_LOOK_SECONDS = 0.05
_COMMANDS = tuple(sorted((*COMMANDS, "pad", "draw", "simulate")))
_NOT_YET = "/simulate works once the high-level design is behind you: until then, predict."
_LOOKS = "The interviewer looks at your drawing…"
_SCORES = "Scoring what you said and drew…"


class InterviewScreen(BaseScreen):
    """A mock interview.

    Args:
        session: The interview; it may be in the middle.
    """

    KEYS = "interview"

    def __init__(self, session: "InterviewSession") -> None:
        super().__init__()
        self.session = session
        typed, self.whiteboard = session.typed
        self.input = Draft(typed)
        self._kept = (typed, self.whiteboard)
        self._view = session.view
        self._up = 0
        self._hidden = 0
        self._sent = Recall()
        self._job: Background[None] | None = None
        self._waiting: list[tuple[str, Callable[[], Sequence[Reply]]]] = []
        self._prepared = ""
        self._is_reported = False

    def on_mount(self) -> None:
        """Let the clock run, and look whether the work in the background has ended."""
        self.session.resume()
        self.set_interval(_TICK_SECONDS, self.tick)
        self.set_interval(_LOOK_SECONDS, self._look)
        self._job = Background(_warm_up)

    @property
    def view(self) -> "InterviewView":
        """The interview as it was drawn last."""
        return self._view

    @property
    def is_on_top(self) -> bool:
        """Whether nothing stands above it; Textual calls screens current that shine through as well."""
        return self.app.screen is self

    @property
    def is_busy(self) -> bool:
        """Whether what was sent waits for the work in the background."""
        return bool(self._waiting) or (self.session.is_over and self._job is not None)

    # What is seen

    def draw(self) -> None:
        """Ask the session how the interview stands, then draw it."""
        self._view = self.session.view
        super().draw()

    def body(self, columns: int, rows: int) -> Sequence[Line]:
        """Return header, chat, input; the whiteboard and the stages where there is room for them."""
        size = board_columns(columns)
        typed = input_lines(self.input, columns, min(MOST_INPUT, max(1, rows // 3)))
        room = max(1, rows - 3 - len(typed))
        chat = self._chat(columns - size - 1 if size else columns, room)
        board = self._board(size, room) if size else None
        middle = frame(chat, board, columns, f"{self._up} rows below, PgDn" if self._up else "")
        return (head_line(self._view, columns), *middle, *typed)

    def _chat(self, columns: int, room: int) -> tuple[Line, ...]:
        lines = chat_lines(self._view, columns)
        if self.is_busy:
            lines = (*lines, (), line((f" {_SCORES if self.session.is_over else _LOOKS}", "dim")))
        self._hidden = max(0, len(lines) - room)
        self._up = max(0, min(self._up, self._hidden))
        end = len(lines) - self._up
        shown = lines[max(0, end - room) : end]
        return (*shown, *[()] * (room - len(shown)))

    def _board(self, columns: int, rows: int) -> tuple[Line, ...]:
        from sdtutor.architecture.language.reading import read_drawing

        drawing = read_drawing(self._view.drawing)
        room = picture_rows(self._view, rows)
        picture = () if drawing.is_empty else draw(drawing, columns - 2, room)
        return board_lines(self._view, picture, columns, rows)

    def has_rule(self) -> bool:
        """Tell that the rule stands above the input instead."""
        return False

    def working_keys(self) -> Collection[str]:
        """Return what can be typed and pressed now."""
        commands = {"next", "draw", "pad", "hint", "pause", "help"}
        slash = {f"slash_{each}" for each in commands} | ({"slash_load"} if self.can_simulate else set())
        moves = {"recall_up", "recall_down", "chat_up", "chat_down", "complete"}
        return slash | moves | {"send", "leave_interview"}

    def searchable(self) -> Sequence[Line]:
        """Return nothing: a slash begins a command here."""
        return ()

    def wheel(self, by: int) -> None:
        """Scroll the chat."""
        self._up -= by

    # The clock, and work in the background

    def tick(self) -> None:
        """Let the clock cause what it causes, keep what is typed, and draw."""
        if self.session.is_over:
            return
        replies = self.session.tick()
        self._view = self.session.view
        self._keep_typed()
        if replies:
            self._announce(replies)
        if self.is_on_top:
            self.draw()

    def _announce(self, replies: "Sequence[Reply]") -> None:
        """Tell on a screen above what the interviewer says meanwhile."""
        above = self.app.screen
        if above is not self and isinstance(above, BaseScreen):
            above.tell(replies[-1].text)
            above.draw()

    def _keep_typed(self) -> None:
        """Keep what is not sent; what was sent stays kept as typed until it has been taken."""
        typed = (self.input.text, self.whiteboard)
        if typed != self._kept and not self._waiting and not self.session.is_over:
            self._kept = typed
            self.session.keep_typed(*typed)

    def _look(self) -> None:
        """Go on once the work in the background has ended."""
        if self._job is not None and self._job.is_done:
            self._go_on()
            if self.is_on_top:
                self.draw()

    def _go_on(self) -> None:
        """Do what waits, as far as nothing has to be measured first; then measure or score what is new."""
        while self._job is None or self._job.is_done:
            self._job = None
            if self._waiting:
                drawing, work = self._waiting[0]
                if not drawing or not self._begin(f"drawing {drawing}", drawing):
                    del self._waiting[0]
                    self._take(work)
            elif self.session.is_over:
                if not self._begin("score"):
                    self._show_report()
                    return
            elif not self._begin_measuring():
                return

    def _begin_measuring(self) -> bool:
        talk = self.session.conversation
        return bool(talk.drawing) and self._begin(f"{len(talk.pads)} {talk.drawing}")

    def _begin(self, what: str, drawing: str = "") -> bool:
        """Prepare something in the background; return False when it is prepared."""
        if what == self._prepared:
            return False
        self._prepared = what
        self._job = Background(lambda _told, _cancelled: self.session.prepare(drawing))
        return True

    def _show_report(self) -> None:
        from sdtutor.tui.report_screen import ReportScreen

        if self.is_on_top:
            self._is_reported = True
            self.app.push_screen(ReportScreen(self.session))

    # Sending

    def press(self, pressed: str, character: str | None = None) -> None:
        """Put letters into the input; run what every other key means."""
        if (
            self.is_too_small
            or pressed in ("up", "down", "ctrl+c")
            or not self.input.press(pressed, character)
        ):
            super().press(pressed, character)
            return
        self.told, self._up = "", 0
        self.draw()

    def on_paste(self, event: events.Paste) -> None:
        """Put pasted text into the input; blank lines part it into points when it is sent."""
        event.stop()
        self.paste(event.text)

    def paste(self, text: str) -> None:
        """Put text into the input, as much of it as there is room for."""
        left_out = self.input.insert(text)
        self.told = (
            f"{left_out:,} characters found no room; the input holds {MAX_CHARACTERS:,}." if left_out else ""
        )
        self.draw()

    def do_send(self) -> None:
        """Send what was typed; with a backslash at its end, go on in a new line."""
        text = self.input.text
        if text.endswith("\\") and self.input.cursor == len(text):
            self.input.replace(f"{text[:-1]}\n")
            return
        said = text.strip()
        self.input.replace("")
        self._up = 0
        self._sent.add(said)
        if not self._own_command(said):
            self.do_work(lambda: self._tell_session(said))

    def _own_command(self, said: str) -> bool:
        """Do what only a screen can do; return whether that was it."""
        word, _, rest = said.partition(" ")
        if word.lower() == "/draw" and not rest.strip():
            self._open_whiteboard()
        elif word.lower() in ("/simulate", "/load"):
            self._open_load()
        elif word.lower() == "/edit" and rest.strip().isdecimal():
            self._edit(int(rest))
        else:
            return False
        return True

    def _tell_session(self, said: str) -> "Sequence[Reply]":
        before = len(self.session.stored.entries)
        replies = self.session.tell(said)
        if said and len(self.session.stored.entries) == before and not self.input.text:
            self.input.replace(said)
        return replies

    def do_work(self, work: "Callable[[], Sequence[Reply]]", drawing: str = "") -> None:
        """Do something with the session as soon as the work in the background has ended.

        Args:
            work: What; returns what the interviewer says.
            drawing: What has to be measured before; empty for nothing.
        """
        self._waiting.append((drawing, work))
        self._go_on()

    def _take(self, work: "Callable[[], Sequence[Reply]]") -> None:
        try:
            replies = work()
        except SdtutorError as error:
            self.tell(f"{error.message} {error.hint}".strip())
            return
        self._keep_typed()
        # What is no part of the interview stands above the keys, until the next one.
        turns = self.session.conversation.turns[-len(replies) - 1 :]
        asides = [each.text for each in replies if not any(each is turn for turn in turns)]
        if asides:
            self.tell(" ".join(asides))

    def _edit(self, number: int) -> None:
        old = next((each.text for each in self.session.conversation.said if each.number == number), None)
        if old is None:
            self.tell(f"There is no point {number}; the last is {self._view.points}.")
        else:
            self.input.replace(f"/edit {number} {old}")

    def do_complete(self) -> None:
        """Complete the command that is being typed; tell which could be meant when there are several."""
        text, others = completed(self.input.text, self._commands())
        self.input.replace(text)
        if others:
            self.tell("  ".join(others))

    def _commands(self) -> tuple[str, ...]:
        return tuple(each for each in _COMMANDS if each != "simulate" or self.can_simulate)

    def do_recall_up(self) -> None:
        """Go a row up in the input; above its first row, to what was sent before."""
        if not self.input.press("up", None):
            self._recall(-1)

    def do_recall_down(self) -> None:
        """Go a row down in the input; below its last row, to what was sent after."""
        if not self.input.press("down", None):
            self._recall(1)

    def _recall(self, by: int) -> None:
        text = self._sent.step(by, self.input.text)
        if text is not None:
            self.input.replace(text)

    def do_chat_up(self) -> None:
        """Show what was said before."""
        self._up += max(1, self.size.height - 8)

    def do_chat_down(self) -> None:
        """Show what was said after it."""
        self._up -= max(1, self.size.height - 8)

    # Other screens

    def _open_whiteboard(self) -> None:
        from sdtutor.tui.whiteboard_screen import WhiteboardScreen

        self.app.push_screen(WhiteboardScreen(self))

    @property
    def can_simulate(self) -> bool:
        """Whether the drawing may be put under load: before it is done that would do the candidate's work."""
        names = [each.name for each in self._view.stages]
        after = self._view.stages[names.index("design") + 1 :]
        return any(each.state != "ahead" for each in after)

    def _open_load(self) -> None:
        from sdtutor.tui.load_screen import LoadScreen

        if not self.can_simulate:
            self.tell(_NOT_YET)
        elif not self._view.drawing:
            self.tell("Nothing is drawn yet: /draw opens the whiteboard.")
        else:
            self.app.push_screen(LoadScreen(self.session))

    def on_screen_resume(self) -> None:
        """Go on with what waited while another screen was on top; behind its report there is nothing left."""
        if self._is_reported:
            self.close()
            return
        self._go_on()
        super().on_screen_resume()

    def do_leave_interview(self) -> None:
        """Go back to the last words; from there, leave."""
        if self._up:
            self._up = 0
        else:
            self.close()

    def leave(self) -> None:
        """Keep what was sent and typed, and stop the clock; nothing is kept where nobody spoke."""
        while self._waiting:
            self._take(self._waiting.pop(0)[1])
        if self.session.is_over:
            return
        self._keep_typed()
        if self.session.stored.entries or any(self._kept):
            self.session.pause()


def _warm_up(_told: Told, _cancelled: Cancelled) -> None:
    """Load what the first point, sum and drawing need, which takes longer than a key may."""
    from sdtutor.architecture.examine import examine
    from sdtutor.architecture.language.reading import read_drawing
    from sdtutor.interview.estimating.calculating import calculate
    from sdtutor.interview.matching.words import stem

    stem("warm")
    calculate("1 / s")
    examine(read_drawing(""), ())
