"""An interview that is held line by line: on a surface, or as JSON objects."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Protocol

from sdtutor.cli.flows.interview_lines import (
    Message,
    StandingClock,
    moment,
    read_message,
    refuse_command,
)
from sdtutor.cli.surface import EndOfInput, Surface, T
from sdtutor.errors import UsageError
from sdtutor.interview.records import Reply, Said

if TYPE_CHECKING:
    from sdtutor.session.interview_session import InterviewSession
    from sdtutor.session.interview_views import InterviewView

_REMEMBERED = 4
"""So many turns are told again when an interview goes on. Editorial."""

_NAMES = {"pad": "Pad", "draw": "Whiteboard", "notice": "Note"}
"""Who says what the interviewer says; he himself when nothing stands here."""

_HOW = (
    "Each line is a numbered point; \\ at its end goes on in the next one. /draw begins a drawing, which a "
    "single dot ends; /pad calculates; /next goes on; /help tells the rest."
)


class Voice(Protocol):
    """Where an interview is held: takes lines, tells what happens."""

    def ask(self, prompt: str, read: Callable[[str], T]) -> T:
        """Return what `read` makes of the next line; raises EndOfInput, and UsageError as a Surface does."""
        ...

    def begin(self, session: "InterviewSession") -> None:
        """Tell what it is about, and what was said last if it goes on."""
        ...

    def tell(self, turns: Sequence[Said | Reply], view: "InterviewView") -> None:
        """Tell what was said since; `view` is the interview after it."""
        ...

    def leave(self, session: "InterviewSession") -> None:
        """Tell that it was paused, and how it goes on."""
        ...


class Holding:
    """Holds an interview until it ends, or the input does.

    Args:
        session: The interview.
        voice: Where.
        clock: The clock that the lines move; None when it runs by itself.
    """

    def __init__(self, session: "InterviewSession", voice: Voice, clock: StandingClock | None = None) -> None:
        self._session, self._voice, self._clock = session, voice, clock

    def hold(self) -> bool:
        """Return whether it came to its end; else it was paused and is kept."""
        session = self._session
        self._voice.begin(session)
        try:
            if session.view.is_paused:
                self._say(session.resume)
            while not session.is_over:
                self._step()
        except EndOfInput:
            self._leave()
            return False
        except KeyboardInterrupt:
            self._leave()
            raise
        return True

    def _step(self) -> None:
        message = read_message(self._voice.ask, prompt_of(self._session.view), self._understand)
        self._say(lambda: self._do(message))

    def _understand(self, text: str) -> Message:
        if self._clock and text.startswith("@"):
            if self._session.view.is_paused:
                raise UsageError("The clock stands.", "/resume lets it run again.")
            moment(text, self._clock.now)
            return Message("wait", text)
        refuse_command(text)
        return Message("tell", text)

    def _do(self, message: Message) -> Sequence[Reply]:
        session = self._session
        if message.does == "wait" and self._clock:
            self._clock.move(moment(message.text, self._clock.now))
            return session.tick()
        if message.does == "draw":
            return session.draw(message.text)
        return (() if message.text else session.tick()) or session.tell(message.text)

    def _say(self, act: Callable[[], Sequence[Reply]]) -> None:
        """Do something and tell all that came of it: what is kept, in order, then what is not."""
        session = self._session
        before = len(session.conversation.turns)
        replies = act()
        turns = session.conversation.turns[before:]
        kept = sum(isinstance(turn, Reply) for turn in turns)
        self._voice.tell((*turns, *replies[kept:]), session.view)

    def _leave(self) -> None:
        if self._session.stored.entries:
            self._session.pause()
        self._voice.leave(self._session)


class SurfaceVoice:
    """An interview as a conversation on a surface.

    Args:
        surface: Where.
        pictures: Whether to draw what was drawn.
    """

    def __init__(self, surface: Surface, *, pictures: bool) -> None:
        self._surface, self._pictures = surface, pictures

    def ask(self, prompt: str, read: Callable[[str], T]) -> T:
        """Ask for a line."""
        return self._surface.ask(prompt, read)

    def begin(self, session: "InterviewSession") -> None:
        """Tell the problem and how to answer, or what was said last."""
        surface, view = self._surface, session.view
        surface.heading(f"{view.title}: a mock interview, {view.minutes} minutes, {view.level}")
        surface.say(_HOW)
        surface.say()
        if not session.stored.entries:
            self.tell(session.opening(), view)
            return
        said = [row for row in view.chat if row.kind != "notice"]
        for row in said[-_REMEMBERED:]:
            surface.say()
            self._lines(f"{row.number}." if row.number else _name(row.kind), row.text)
        self._stage(view)

    def tell(self, turns: Sequence[Said | Reply], view: "InterviewView") -> None:
        """Tell what the interviewer said; what the candidate typed stands there already."""
        for turn in turns:
            if isinstance(turn, Reply):
                if turn.kind == "stage":
                    self._stage(view)
                self._lines(_name(turn.kind), turn.text)
            elif turn.does == "draw" and self._pictures:
                self._draw(view.drawing)

    def leave(self, session: "InterviewSession") -> None:
        """Tell how it goes on."""
        self._surface.say()
        self._surface.say(how_to_go_on(session))

    def _stage(self, view: "InterviewView") -> None:
        index = next((number for number, row in enumerate(view.stages, 1) if row.state == "now"), 1)
        self._surface.heading(f"Stage {index} of {len(view.stages)}: {view.stage}")
        self._surface.say(view.clock)

    def _lines(self, who: str, text: str) -> None:
        for index, row in enumerate(text.splitlines()):
            self._surface.say(row if index else f"{who} {row}")

    def _draw(self, drawing: str) -> None:
        from sdtutor.cli.flows.interview_report import draw_text

        draw_text(self._surface, drawing)


def _name(kind: str) -> str:
    return f"{_NAMES.get(kind, 'Interviewer')}:"


def how_to_go_on(session: "InterviewSession") -> str:
    """Return how an interview that was left goes on."""
    if not session.stored.entries:
        return "Nothing was said, so nothing is kept."
    problem = session.settings.problem
    return f"The interview is paused and kept. sdtutor interview {problem} --resume goes on exactly here."


def prompt_of(view: "InterviewView") -> str:
    """Return what stands before the next point: its number, the stage and the time that is left."""
    left = f", {_left(view.left_s)}" if view.left_s is not None else ""
    return f"{view.points + 1}. [{view.stage}{', paused' if view.is_paused else left}] "


def _left(seconds: float) -> str:
    if seconds <= 0:
        return "time is up"
    return f"{seconds:.0f} s left" if seconds < 90 else f"{seconds / 60:.0f} min left"
