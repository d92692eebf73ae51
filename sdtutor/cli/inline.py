"""Inline: colour and menus in the scrollback, by rich and questionary."""

from collections.abc import Callable, Iterable, Sequence
from typing import Any

from sdtutor.cli.surface import EndOfInput, T
from sdtutor.cli.wording import aligned, encodable, wrapped
from sdtutor.drawing.spans import Line, Role, safe
from sdtutor.errors import UsageError

WIDEST = 76

_STYLES: dict[Role, str] = {
    "plain": "",
    "dim": "dim",
    "strong": "bold",
    "title": "bold",
    "rule": "dim",
    "key": "bold",
    "running": "bold blue",
    "parked": "dim",
    "flight": "blue",
    "changed": "yellow",
    "good": "bold blue",
    "bad": "bold yellow",
    "warn": "yellow",
    "code": "cyan",
    "keyword": "bold",
    "string": "cyan",
    "comment": "dim",
    "link": "underline",
    "cursor": "reverse",
}
"""Blue and orange, never red and green alone; rich takes colour away when NO_COLOR says so."""


class Inline:
    """A `Surface` that asks with menus.

    Args:
        unicode: Whether the terminal can show more than ASCII.
    """

    answers = True
    on_terminal = True

    def __init__(self, unicode: bool) -> None:
        from rich.console import Console

        self._unicode = unicode
        self._console = Console(highlight=False)
        self._columns = max(20, min(WIDEST, self._console.width - 1))

    def heading(self, text: str) -> None:
        """Write a heading between blank lines."""
        self._lines(["", safe(text), ""], "bold")

    def say(self, text: str = "") -> None:
        """Write a paragraph, wrapped; a broken promise stands out."""
        self._lines(wrapped(text, self._columns), _STYLES["bad"] if text.startswith("BROKEN") else "")

    def rows(self, rows: Iterable[Sequence[str]], gap: int = 2) -> None:
        """Write rows of cells, the columns aligned."""
        self._lines(aligned(rows, gap))

    def markdown(self, text: str) -> None:
        """Write Markdown with its diagrams."""
        from sdtutor.drawing.prose import render

        self.code(render(text, self._columns).lines)

    def code(self, rows: Iterable[Line]) -> None:
        """Write lines in the styles of their roles."""
        from rich.text import Text

        for row in rows:
            parts = [(encodable(span.text, self._unicode), _STYLES[span.role]) for span in row]
            self._console.print(Text.assemble(*parts), soft_wrap=True)

    def drawing(self, rows: Iterable[Line]) -> None:
        """Draw a figure in the styles of its roles."""
        self.code(rows)

    def choose(
        self, prompt: str, options: Sequence[str], skip: str = "", enter: int | None = None
    ) -> int | None:
        """Ask with a menu; return the index of what was chosen."""
        import questionary

        texts = [encodable(option, self._unicode) for option in options]
        shown = [questionary.Choice(text, value=index) for index, text in enumerate(texts)]
        if skip:
            shown.append(questionary.Choice(f"(no: {skip})", value=-1))
        first = None if enter is None else shown[enter]
        index = _answer(questionary.select(prompt or "Choose", choices=shown, default=first))
        return None if index == -1 else int(index)

    def ask(self, prompt: str, read: Callable[[str], T]) -> T:
        """Ask for a line until it can be read."""
        import questionary

        while True:
            text = _answer(questionary.text(encodable(prompt, self._unicode), qmark=""))
            try:
                return read(str(text).strip())
            except UsageError as error:
                self._lines([error.message, *([error.hint] if error.hint else [])], _STYLES["warn"])

    def _lines(self, lines: Iterable[str], style: str = "") -> None:
        from rich.text import Text

        for line in lines:
            self._console.print(Text(encodable(line, self._unicode), style), soft_wrap=True)


def _answer(question: Any) -> Any:
    """Return the answer to a question; Ctrl-C goes up, Ctrl-D is the end of input."""
    try:
        return question.unsafe_ask()
    except EOFError:
        raise EndOfInput from None
