"""Plain: numbered lines, no colour, no drawing, nothing rewritten. Answers are lines."""

from collections.abc import Callable, Iterable, Sequence
from functools import cached_property
from shutil import get_terminal_size
from typing import TextIO

from sdtutor.cli.answers import Answers
from sdtutor.cli.surface import T
from sdtutor.cli.wording import aligned, code_lines, encodable, set_markdown, wrapped
from sdtutor.drawing.ascii import to_ascii
from sdtutor.drawing.spans import Line, plain, safe
from sdtutor.errors import UsageError

WIDEST = 76
"""Columns of text: as many as a diagram of a lesson may take."""


class Plain:
    """A `Surface` of lines.

    Args:
        source: Where answers come from.
        target: Where lines go.
        unicode: Whether the target can show more than ASCII.
    """

    def __init__(self, source: Answers, target: TextIO, *, unicode: bool = True) -> None:
        self._source, self._target, self._unicode = source, target, unicode
        self._columns = max(20, min(WIDEST, get_terminal_size().columns - 1))

    @property
    def on_terminal(self) -> bool:
        """Whether a person answers, who can be asked again."""
        return self._source.on_terminal and self._target.isatty()

    @cached_property
    def answers(self) -> bool:
        """Whether somebody answers: a person at a terminal, or lines that wait in a pipe or a file."""
        return self.on_terminal if self._source.on_terminal else self._source.wait

    def heading(self, text: str) -> None:
        """Write a heading between blank lines."""
        self._write("", safe(text), "")

    def say(self, text: str = "") -> None:
        """Write a paragraph, wrapped."""
        self._write(*wrapped(text, self._columns))

    def rows(self, rows: Iterable[Sequence[str]], gap: int = 2) -> None:
        """Write rows of cells, the columns aligned."""
        self._write(*aligned(rows, gap))

    def markdown(self, text: str) -> None:
        """Write Markdown; diagrams become lists."""
        self._write(*set_markdown(text, self._columns))

    def code(self, rows: Iterable[Line]) -> None:
        """Write lines of code."""
        self._write(*code_lines(rows))

    def drawing(self, rows: Iterable[Line]) -> None:
        """Draw a figure in letters."""
        self._write(*map(plain, to_ascii(rows)))

    def choose(
        self, prompt: str, options: Sequence[str], skip: str = "", enter: int | None = None
    ) -> int | None:
        """Write the options with numbers; return the index of the number that is answered."""
        if prompt:
            self.say(prompt)
        for number, option in enumerate(options, 1):
            self._write(*wrapped(f"  {number}  {option}", self._columns))

        def index(text: str) -> int | None:
            return enter if not text and (skip or enter is not None) else numbered(text, len(options))

        empty = skip or ("" if enter is None else str(enter + 1))
        return self.ask(f"1 to {len(options)}{f', Enter {empty}' if empty else ''}: ", index)

    def ask(self, prompt: str, read: Callable[[str], T]) -> T:
        """Write the prompt and read lines until one can be read."""
        while True:
            self._target.write(encodable(prompt, self._unicode))
            self._target.flush()
            try:
                if not self.on_terminal:
                    return self._source.read(lambda text: self._after_prompt(read, text))
                return read(self._source.next())
            except UsageError as error:
                if not self.on_terminal:
                    raise
                self._write(error.message, *([error.hint] if error.hint else []))

    def _after_prompt(self, read: Callable[[str], T], text: str) -> T:
        """Show the answer that came from a pipe where a terminal would have shown it."""
        self._write(safe(text))
        return read(text)

    def _write(self, *lines: str) -> None:
        self._target.write("".join(encodable(line, self._unicode) + "\n" for line in lines))
        self._target.flush()


def numbered(text: str, count: int) -> int:
    """Return the index that a number from 1 means; raises UsageError."""
    if text.isascii() and text.isdigit() and 1 <= int(text) <= count:
        return int(text) - 1
    raise UsageError(f'"{text}" is not one of the numbers.', f"Type a number from 1 to {count}.")
