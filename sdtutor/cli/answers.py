"""Lines that answer questions, with their numbers, so that a bad one can be pointed at."""

import select
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Self, TextIO

from sdtutor.cli.surface import EndOfInput, T
from sdtutor.errors import LocatedError, UsageError

_PATIENCE_S = 0.2
"""How long a pipe may stay silent before it counts as one that nobody writes to."""


class Answers:
    """Lines of a file or of standard input.

    Args:
        source: Where they come from; None when standard input was closed.
        name: Of the source, for messages.
        clean: Returns what a line answers, or None for a line that answers nothing.
    """

    def __init__(
        self, source: TextIO | None, name: str, clean: Callable[[str], str | None] = str.strip
    ) -> None:
        self._source, self._name, self._clean = source, name, clean
        self._line = 0

    @classmethod
    def standard(cls) -> Self:
        """Return the lines of standard input."""
        return cls(sys.stdin, "standard input")

    @classmethod
    def of_file(cls, path: Path) -> Self:
        """Return the answers in a file: one a line, or a YAML list of them; raises UsageError."""
        from io import StringIO

        try:
            text = path.read_text(encoding="utf-8")
        except (OSError, UnicodeDecodeError) as error:
            reason = getattr(error, "strerror", None) or "it is not UTF-8 text"
            raise UsageError(
                f"{path} cannot be read: {reason}.", "Name a file with one answer a line."
            ) from None
        return cls(StringIO(text), str(path), _listed)

    @property
    def on_terminal(self) -> bool:
        """Whether a person types them."""
        return self._source is not None and self._source.isatty()

    @property
    def wait(self) -> bool:
        """Whether a line waits in a pipe or a file; a pipe that stays silent has none."""
        if self._source is None:
            return False
        try:
            ready, _, _ = select.select([self._source.fileno()], [], [], _PATIENCE_S)
        except (OSError, ValueError):
            return True
        # At its end a pipe counts as readable too; only a look inside tells.
        return bool(ready) and bool(self._source.buffer.peek(1))  # type: ignore[attr-defined]

    def next(self) -> str:
        """Return the next answer; raises EndOfInput."""
        while self._source is not None:
            text = self._source.readline()
            if not text:
                break
            self._line += 1
            answer = self._clean(text)
            if answer is not None:
                return answer
        raise EndOfInput

    def skip(self, count: int) -> None:
        """Leave out as many answers, or all there are."""
        for _ in range(count):
            try:
                self.next()
            except EndOfInput:
                return

    def read(self, read: Callable[[str], T]) -> T:
        """Return what `read` makes of the next answer.

        Raises:
            EndOfInput: There is none.
            LocatedError: It cannot be read; says which line.
        """
        text = self.next()
        try:
            return read(text)
        except LocatedError:
            raise
        except UsageError as error:
            raise LocatedError(self._name, self._line, error.message, error.hint) from None


def _listed(text: str) -> str | None:
    """Return the answer on a line of a list, without what YAML puts around it; None for a comment.

    >>> _listed("- [1, 3]"), _listed("- '2'"), _listed("4"), _listed("# caching")
    ('1, 3', '2', '4', None)
    """
    text = text.strip()
    if not text or text.startswith("#") or text == "---":
        return None
    text = text.removeprefix("- ").strip()
    for first, last in ("[]", '""', "''"):
        if len(text) > 1 and text[0] == first and text[-1] == last:
            return text[1:-1].strip()
    return text
