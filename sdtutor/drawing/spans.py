"""Text with a meaning attached: what every picture is made of.

A span names what its text *means* (its role); the screen decides on a colour, plain output ignores it.
State is always told by a word or a shape too, never by the role alone.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

_NARROW = re.compile("[ -~\u00a1-\u00ac\u00ae-\u02ff\u2010-\u2027\u2030-\u205e\u2190-\u22ff\u2500-\u25fc]*")
"""Letters of Europe, arrows, box drawing: a column each, so that most texts need no table of widths."""

Role = Literal[
    "plain",
    "dim",
    "strong",
    "title",
    "rule",
    "key",
    "running",
    "parked",
    "flight",
    "changed",
    "good",
    "bad",
    "warn",
    "code",
    "keyword",
    "string",
    "comment",
    "link",
    "cursor",
]
"""What a piece of text means; the theme has one style for each."""


@dataclass(frozen=True, slots=True)
class Span:
    """A piece of one line.

    Args:
        text: No line break, no control character.
        role: What it means.
    """

    text: str
    role: Role = "plain"


Line = tuple[Span, ...]
"""One row of a picture."""


def line(*parts: str | Span | tuple[str, Role]) -> Line:
    """Return a line from texts, (text, role) pairs and spans; empty ones are left out."""
    return tuple(span for span in map(_span, parts) if span.text)


def _span(part: str | Span | tuple[str, Role]) -> Span:
    if isinstance(part, Span):
        return part
    return Span(part) if isinstance(part, str) else Span(*part)


def plain(row: Line) -> str:
    """Return the text of a line, without trailing spaces."""
    return "".join(span.text for span in row).rstrip()


def plain_text(rows: Iterable[Line]) -> str:
    """Return lines as one text, a line break between them."""
    return "\n".join(plain(row) for row in rows)


def cells(text: str) -> int:
    """Return how many terminal columns a text takes; a control character takes none."""
    if text.isascii() or _NARROW.fullmatch(text):
        return len(text)
    from wcwidth import wcswidth, wcwidth

    columns = wcswidth(text)
    return columns if columns >= 0 else sum(max(0, wcwidth(character)) for character in text)


def width(row: Line) -> int:
    """Return how many terminal columns a line takes."""
    return sum(cells(span.text) for span in row)


def safe(text: str) -> str:
    """Return a text without control characters: a terminal escape sequence shows as ``␛[31m``."""
    if text.isprintable():
        return text
    return "".join(_visible(character) for character in text)


def _visible(character: str) -> str:
    code = ord(character)
    if character in "\n\t":
        return " "
    if code < 0x20:
        return chr(0x2400 + code)
    return character if character.isprintable() else "\N{REPLACEMENT CHARACTER}"


def clip_text(text: str, columns: int, mark: str = "›") -> str:
    """Return a text that takes at most that many columns; a cut one ends in the mark."""
    if cells(text) <= columns:
        return text
    if columns <= 0:
        return ""
    kept, used = [], 0
    for character in text:
        size = cells(character)
        if used + size > columns - 1:
            break
        kept.append(character)
        used += size
    return "".join(kept) + mark


def clip(row: Line, columns: int, mark: str = "›") -> Line:
    """Return a line that takes at most that many columns; a cut one ends in the mark."""
    if width(row) <= columns:
        return row
    kept: list[Span] = []
    left = columns
    for span in row:
        size = cells(span.text)
        if size < left:
            kept.append(span)
            left -= size
            continue
        text = clip_text(span.text + mark, left, mark)
        kept.append(Span(text, span.role))
        break
    return tuple(span for span in kept if span.text)


def fit(row: Line, columns: int, mark: str = "›") -> Line:
    """Return a line that takes exactly that many columns: clipped, or filled with spaces."""
    row = clip(row, columns, mark)
    missing = columns - width(row)
    return (*row, Span(" " * missing)) if missing > 0 else row
