"""Plain: numbered lines, no colour, no drawing, nothing rewritten. Answers are lines of standard input."""

import select
import sys
from collections.abc import Callable, Iterable, Sequence
from functools import cached_property
from typing import TextIO

from sdtutor.cli.surface import EndOfInput, T
from sdtutor.cli.wording import aligned, code_lines, encodable, set_markdown, wrapped
from sdtutor.drawing.spans import Line, safe
from sdtutor.errors import LocatedError, UsageError

WIDEST = 76
_PATIENCE_S = 0.2
"""How long a pipe may stay silent before it counts as one that nobody writes to."""


class Plain:
    """A `Surface` of lines.

    Args:
        source: Where answers come from; None when it was closed.
        target: Where lines go.
        unicode: Whether the target can show more than ASCII.
    """

    def __init__(self, source: TextIO | None, target: TextIO, *, unicode: bool = True) -> None:
        self._source, self._target, self._unicode = source, target, unicode
        self._read = 0
        self.columns = min(WIDEST, _columns())

    @property
    def on_terminal(self) -> bool:
        """Whether a person can be asked again."""
        return self._source is not None and self._source.isatty() and self._target.isatty()

    @cached_property
    def answers(self) -> bool:
        """Whether somebody answers: a person at a terminal, or lines that wait in a pipe or a file."""
        if self._source is None or self._source.isatty():
            return self.on_terminal
        return _has_input(self._source)

    def heading(self, text: str) -> None:
        """Write a heading between blank lines."""
        self._write("", safe(text[:1].upper() + text[1:]), "")

    def say(self, text: str = "") -> None:
        """Write a paragraph, wrapped."""
        self._write(*wrapped(text, self.columns))

    def rows(self, rows: Iterable[Sequence[str]], gap: int = 2) -> None:
        """Write rows of cells, the columns aligned."""
        self._write(*aligned(rows, gap))

    def markdown(self, text: str) -> None:
        """Write Markdown; diagrams become lists."""
        self._write(*set_markdown(text, self.columns))

    def code(self, rows: Iterable[Line]) -> None:
        """Write lines of code."""
        self._write(*code_lines(rows))

    def choose(self, prompt: str, options: Sequence[str], skip: str = "") -> int | None:
        """Write the options with numbers; return the index of the number that is answered."""
        if prompt:
            self.say(prompt)
        for number, option in enumerate(options, 1):
            self._write(*wrapped(f"  {number}  {option}", self.columns))

        def index(text: str) -> int | None:
            if not text and skip:
                return None
            return numbered(text, len(options))

        return self.ask(f"1 to {len(options)}{f', Enter {skip}' if skip else ''}: ", index)

    def ask(self, prompt: str, read: Callable[[str], T]) -> T:
        """Write the prompt and read lines until one can be read."""
        while True:
            text = self._line(prompt)
            try:
                return read(text.strip())
            except LocatedError:
                raise
            except UsageError as error:
                if not self.on_terminal:
                    raise LocatedError("standard input", self._read, error.message, error.hint) from None
                self.say(error.message)
                if error.hint:
                    self.say(error.hint)

    def _line(self, prompt: str) -> str:
        self._target.write(encodable(prompt, self._unicode))
        self._target.flush()
        can_read = self._source is not None and (self.on_terminal or not self._source.isatty())
        text = self._source.readline() if self._source is not None and can_read else ""
        if not text.endswith("\n") or not self.on_terminal:
            self._write("")
        if not text:
            raise EndOfInput
        self._read += 1
        return text

    def _write(self, *lines: str) -> None:
        self._target.write("".join(encodable(line, self._unicode) + "\n" for line in lines))
        self._target.flush()


def numbered(text: str, count: int) -> int:
    """Return the index that a number from 1 means; raises UsageError."""
    if text.isascii() and text.isdigit() and 1 <= int(text) <= count:
        return int(text) - 1
    raise UsageError(f'"{text}" is not one of the numbers.', f"Type a number from 1 to {count}.")


def _columns() -> int:
    from shutil import get_terminal_size

    return get_terminal_size().columns - 1


def _has_input(source: TextIO) -> bool:
    """Tell whether a line waits in a pipe or a file; a pipe that stays silent has none."""
    try:
        ready, _, _ = select.select([source.fileno()], [], [], _PATIENCE_S)
    except (OSError, ValueError):
        return True
    # At the end of a pipe select reports it as readable too; only a look inside tells.
    return bool(ready) and bool(getattr(source, "buffer").peek(1))


def standard_plain(unicode: bool) -> Plain:
    """Return the plain surface on standard input and output."""
    return Plain(sys.stdin, sys.stdout, unicode=unicode)
