"""What a conversation with the learner needs of a surface, whatever it looks like."""

from collections.abc import Callable, Iterable, Sequence
from typing import Protocol, TypeVar

from sdtutor.drawing.spans import Line

T = TypeVar("T")


class EndOfInput(Exception):
    """Nobody answers any more: end of file, or Ctrl-D."""


class Surface(Protocol):
    """Tells and asks, one thing below the other."""

    @property
    def answers(self) -> bool:
        """Whether somebody is there to answer."""
        ...

    @property
    def on_terminal(self) -> bool:
        """Whether a person answers, who can be asked again."""
        ...

    def heading(self, text: str) -> None:
        """Write a heading."""
        ...

    def say(self, text: str = "") -> None:
        """Write a paragraph, wrapped to the terminal; an empty one is a blank line."""
        ...

    def rows(self, rows: Iterable[Sequence[str]], gap: int = 2) -> None:
        """Write rows of cells, the columns aligned; the last column is not filled up."""
        ...

    def markdown(self, text: str) -> None:
        """Write Markdown."""
        ...

    def code(self, rows: Iterable[Line]) -> None:
        """Write lines of code as they are."""
        ...

    def drawing(self, rows: Iterable[Line]) -> None:
        """Draw a figure; in letters where nothing else may be drawn."""
        ...

    def choose(
        self, prompt: str, options: Sequence[str], skip: str = "", enter: int | None = None
    ) -> int | None:
        """Ask for one of the options; return its index.

        Args:
            prompt: The question; may be empty.
            options: What to choose from.
            skip: What an empty answer means, as text; empty when it means no option.
            enter: The option that an empty answer means; None when it means none.

        Raises:
            EndOfInput: There is no answer.
        """
        ...

    def ask(self, prompt: str, read: Callable[[str], T]) -> T:
        """Ask for a line until it can be read; return what `read` makes of it.

        Args:
            prompt: Written before the answer.
            read: Returns the value of a text, or raises UsageError.

        Raises:
            EndOfInput: There is no answer.
            UsageError: The answer cannot be read, and nobody is there to be asked again.
        """
        ...
