"""What a command has at hand: the tutor, and the surface that the command line and the terminal ask for."""

import json
import os
import sys
from collections.abc import Mapping
from functools import cached_property
from typing import TYPE_CHECKING, Any, Literal, Self

import typer

from sdtutor.cli.options import Asked
from sdtutor.errors import UsageError

if TYPE_CHECKING:
    from sdtutor.cli.surface import Surface
    from sdtutor.session.tutor import Tutor

Way = Literal["screen", "inline", "plain", "json"]


class Console:
    """One command's view of the world; a context manager that closes the tutor.

    Args:
        asked: The common options.
        environ: Environment variables.
    """

    def __init__(self, asked: Asked, environ: Mapping[str, str] = os.environ) -> None:
        self.asked, self.environ = asked, environ
        self.way = chosen_way(asked, environ, on_terminal())

    @classmethod
    def of(cls, context: typer.Context) -> Self:
        """Return the console of a command."""
        return cls(context.find_object(Asked) or Asked())

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        if "tutor" in self.__dict__:
            self.tutor.close()

    @cached_property
    def tutor(self) -> "Tutor":
        """The use cases."""
        from sdtutor.session.tutor import Tutor

        return Tutor.open(environ=self.environ)

    @cached_property
    def surface(self) -> "Surface":
        """Where the conversation takes place, unless on the whole screen."""
        if self.way == "inline":
            from sdtutor.cli.inline import Inline

            return Inline(self.unicode)
        from sdtutor.cli.answers import Answers
        from sdtutor.cli.plain import Plain

        return Plain(Answers.standard(), sys.stdout, unicode=self.unicode)

    def draw_below(self) -> None:
        """Write below what the terminal shows already, in place of a screen of its own.

        Raises:
            UsageError: JSON is asked for, which has no drawings.
        """
        if self.way == "json":
            raise UsageError("--diagram draws, and --json prints no drawings.", "Leave one of them out.")
        if self.way == "screen":
            self.way = "inline"

    @property
    def unicode(self) -> bool:
        """Whether standard output shows more than ASCII."""
        encoding = (sys.stdout.encoding or "ascii").lower().replace("-", "")
        return not self.asked.ascii and encoding == "utf8"

    @property
    def ascii_only(self) -> bool | None:
        """What screens are told: True when asked for, None lets them look for themselves."""
        return True if self.asked.ascii else None

    def emit(self, record: Mapping[str, Any]) -> None:
        """Print one JSON object as a line."""
        print(json.dumps(record, ensure_ascii=not self.unicode))

    def told(self) -> None:
        """Tell the tutor's notices on standard error."""
        for notice in self.tutor.notices:
            print(f"sdtutor: {notice}", file=sys.stderr)


def chosen_way(asked: Asked, environ: Mapping[str, str], terminal: bool) -> Way:
    """Return the surface to use.

    Args:
        asked: The common options.
        environ: ``SDTUTOR_PLAIN`` asks for plain, ``TERM`` says dumb when the cursor cannot be moved.
        terminal: Whether both standard input and output are one.

    Raises:
        UsageError: Two surfaces are asked for.
    """
    named = [name for name in ("json", "plain", "inline") if getattr(asked, name)]
    if len(named) > 1:
        raise UsageError(f"--{named[0]} and --{named[1]} exclude each other.", "Choose one of them.")
    if asked.json:
        return "json"
    simple = environ.get("SDTUTOR_PLAIN", "") not in ("", "0") or environ.get("TERM", "dumb") == "dumb"
    if asked.plain or not terminal or (simple and not asked.inline):
        return "plain"
    return "inline" if asked.inline else "screen"


def on_terminal() -> bool:
    """Tell whether both standard input and standard output are a terminal."""
    return all(stream is not None and stream.isatty() for stream in (sys.stdin, sys.stdout))
