"""What a candidate types in lines: points that go on, drawings of several lines, commands, the time."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal, Protocol

from sdtutor.cli.surface import EndOfInput, T
from sdtutor.errors import UsageError
from sdtutor.interview.commands import read_command

CONTINUED = "\\"
"""At the end of a line: the point goes on."""

DRAWN = "."
"""Alone on a line: the drawing is complete."""

_MOMENT = re.compile(r"@\s*(?P<seconds>\d{1,6}(?:\.\d{1,3})?)\s*s?")
_BOARD = re.compile(r"/draw\s*(?P<more>\+?)", re.IGNORECASE)


class Ask(Protocol):
    """Asks for a line until it can be read."""

    def __call__(self, prompt: str, read: Callable[[str], T]) -> T:
        """Return what `read` makes of a line; raises EndOfInput, and UsageError as a `Surface` does."""
        ...


@dataclass(frozen=True, slots=True)
class Message:
    """Something that was typed.

    Args:
        does: ``tell`` (a point or a command), ``draw``, or ``wait``.
        text: What; for ``wait`` until which second.
    """

    does: Literal["tell", "draw", "wait"]
    text: str


class StandingClock:
    """A clock that stands still until a line ``@SECONDS`` moves it: a script decides what time it is.

    Args:
        began: Seconds of the interview that had passed when it was opened.
    """

    def __init__(self, began: float = 0.0) -> None:
        self.began = began
        self.now = began

    def __call__(self) -> float:
        """Return the seconds since it was opened."""
        return self.now - self.began

    def move(self, seconds: float) -> None:
        """Let it be so many seconds since the beginning."""
        self.now = seconds


def read_message(ask: Ask, prompt: str, understand: Callable[[str], Message]) -> Message:
    """Return what is typed next.

    Args:
        ask: Asks for one line.
        prompt: Before the first line.
        understand: Returns what a text means, or raises UsageError for what cannot be taken.

    Raises:
        EndOfInput: Nothing was typed.
    """
    parts: list[str] = []

    def read(text: str) -> Message | None:
        if text.endswith(CONTINUED):
            parts.append(text.removesuffix(CONTINUED).rstrip())
            return None
        return understand("\n".join((*parts, text)))

    message: Message | None = None
    while message is None:
        message = ask("... " if parts else prompt, read)
    board = _BOARD.fullmatch(message.text.strip())
    return Message("draw", _drawing(ask, board["more"])) if board else message


def _drawing(ask: Ask, first: str) -> str:
    """Return the lines of a drawing up to one with a single dot; the end of the input ends it too."""
    rows = [first] if first else []
    while True:
        try:
            row = ask("| ", str)
        except EndOfInput:
            return "\n".join(rows)
        if row.strip() == DRAWN:
            return "\n".join(rows)
        rows.append(row)


def refuse_command(text: str) -> None:
    """Raise UsageError when a line is a command that does not exist or lacks what it takes."""
    if not text.startswith("/") or text.startswith("//"):
        return
    word, _, rest = text[1:].partition(" ")
    name = word.split("\n")[0].lower()
    if name == "draw":
        return
    if name != "pad":
        read_command(text)
    elif not rest.strip():
        raise UsageError("/pad takes a calculation.", "/pad 100M links / month * 500 B")


def moment(text: str, now: float) -> float:
    """Return the seconds of a line ``@SECONDS``.

    Args:
        text: The line.
        now: What it may not be before, in seconds since the beginning.

    Raises:
        UsageError: It is no moment, or one that is over.
    """
    found = _MOMENT.fullmatch(text)
    if not found:
        raise UsageError(f'"{text[:40]}" is no moment.', "@90 lets it be 90 seconds since the beginning.")
    seconds = float(found["seconds"])
    if seconds < now:
        raise UsageError(f"@{seconds:g} is over: it is @{now:g}.", "The clock does not go back.")
    return seconds
