"""Commands of the candidate: what they are called, what they take, and reading one."""

import difflib
from dataclasses import dataclass

from sdtutor.errors import UsageError

COMMANDS: dict[str, str] = {
    "next": "go on to the next stage; in the last one, end the interview",
    "back": "go back to the stage before",
    "hint": "a hint; it costs up to one level in what it helps",
    "aloud": "a minute to say it aloud, then statements to tick",
    "tick": "tick 1 3: you said these aloud",
    "time": "how much time is left",
    "pause": "stop the clock",
    "resume": "let the clock run again",
    "edit": "edit N TEXT: replace the text of point N",
    "end": "end the interview now and see the report",
    "help": "what you can type",
}
"""What a ``command`` entry may hold, with what it does. ``pad`` and ``draw`` are entries of their own."""


@dataclass(frozen=True, slots=True)
class Command:
    """A command as it was read.

    Args:
        name: One of COMMANDS.
        number: Of the point, for ``edit``; else 0.
        text: What the point becomes, for ``edit``; what is ticked, for ``tick``; else empty.
    """

    name: str
    number: int = 0
    text: str = ""


def read_command(text: str) -> Command:
    """Return a command.

    Args:
        text: With or without its slash: ``next``, ``/edit 3 Reads are 4,000 a second``.

    Raises:
        UsageError: There is no such command, or `edit` or `tick` lacks what it takes.
    """
    word, _, rest = text.strip().removeprefix("/").partition(" ")
    name = word.lower()
    if name not in COMMANDS:
        raise UsageError(f'There is no command "/{word}".', _nearest(name))
    if name == "tick":
        if not rest.strip():
            raise UsageError("/tick takes numbers of statements.", "/tick 1 3")
        return Command(name, text=rest.strip())
    if name != "edit":
        if rest.strip():
            raise UsageError(f"/{name} takes nothing after it.", f"Type /{name} alone.")
        return Command(name)
    number, _, new = rest.strip().partition(" ")
    if not (number.isascii() and number.isdigit() and len(number) < 7 and new.strip()):
        raise UsageError("/edit takes the number of a point and its new text.", "/edit 3 Reads are 4,000/s")
    return Command(name, int(number), new.strip())


def _nearest(name: str) -> str:
    known = (*COMMANDS, "pad", "draw")
    close = difflib.get_close_matches(name, known, n=2, cutoff=0.5)
    if close:
        return "Did you mean " + " or ".join(f"/{each}" for each in close) + "?"
    return "There are: " + ", ".join(f"/{each}" for each in known) + "."
