"""Text laid out without colour or drawing: what the plain surface prints."""

import re
import textwrap
from collections.abc import Iterable, Iterator, Sequence

from sdtutor.drawing.ascii import ascii_text
from sdtutor.drawing.spans import Line, cells, plain, safe

_MERMAID = re.compile(r"^```mermaid\n(?P<source>.*?)^```$", re.DOTALL | re.MULTILINE)
_RULES = str.maketrans({"─": "-", "│": "|", "▸": ">", "•": "-", "◦": "-"})


def wrapped(text: str, columns: int) -> list[str]:
    """Return a paragraph as lines; a text that begins with spaces keeps them as its indent."""
    text = safe(text)
    indent = text[: len(text) - len(text.lstrip())]
    return textwrap.wrap(text.strip(), columns, initial_indent=indent, subsequent_indent=indent) or [""]


def aligned(rows: Iterable[Sequence[str]], gap: int = 2) -> Iterator[str]:
    """Yield rows with their columns aligned; the last column is not filled up."""
    table = [[safe(cell) for cell in row] for row in rows]
    count = max(map(len, table), default=0)
    widths = [max(cells(row[index]) for row in table if len(row) > index) for index in range(count)]
    for row in table:
        filled = [cell + " " * (widths[index] - cells(cell) + gap) for index, cell in enumerate(row)]
        yield "".join(filled).rstrip()


def without_drawing(markdown: str) -> str:
    """Return Markdown with each diagram as a list of its arrows."""
    return _MERMAID.sub(lambda found: _outline(found["source"]), markdown)


def _outline(source: str) -> str:
    from sdtutor.drawing.mermaid import DiagramError, outline

    try:
        arrows = [plain(row).replace(" ╌▸ ", " to ") for row in outline(source)]
    except DiagramError:
        return f"```\n{source}```"
    return "\n".join(("Diagram:", "", *(f"- {arrow}" for arrow in arrows)))


def set_markdown(markdown: str, columns: int) -> list[str]:
    """Return Markdown as lines without box drawing."""
    from sdtutor.drawing.prose import render

    return [plain(row).translate(_RULES) for row in render(without_drawing(markdown), columns).lines]


def code_lines(rows: Iterable[Line]) -> list[str]:
    """Return lines of code as text."""
    return [plain(row).translate(_RULES) for row in rows]


def encodable(text: str, unicode: bool) -> str:
    """Return a text that the terminal can show."""
    return text if unicode else ascii_text(text)


_TYPED = (
    ("↓ chooses the other event, → runs it", "its number lets it happen"),
    ("Choose with ↑ ↓", "Choose by number"),
    ("Press Space to play, or → step by step", "Press Enter step by step"),
    ("Press a, then Enter:", "Type a:"),
    ("Press →", "Press Enter"),
    ("then →", "then Enter"),
    ("←", "b"),
    ("→", "Enter"),
)


def typed_keys(text: str) -> str:
    """Return what the coach says in the keys of a surface where lines are typed.

    >>> typed_keys("Go back with ←, then → until nothing moves.")
    'Go back with b, then Enter until nothing moves.'
    """
    for key, typed in _TYPED:
        text = text.replace(key, typed)
    return text
