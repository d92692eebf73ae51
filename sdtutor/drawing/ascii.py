"""Pictures for terminals without Unicode: one table, every replacement as wide as what it replaces."""

import unicodedata
from collections.abc import Iterable

from sdtutor.drawing.spans import Line, Span, cells

_PAIRS = {
    "─━╌╍┄┅═": "-",
    "│┃╎╏┆┇║": "|",
    "┊┋": ":",
    "┌┐└┘├┤┬┴┼┏┓┗┛╭╮╰╯╔╗╚╝╠╣╦╩╬╱╲┣┫┳┻╋": "+",
    "▸▶►→": ">",
    "◂◀◄←": "<",
    "▴▲↑": "^",
    "▾▼↓": "v",
    "●": "@",
    "○◦": "o",
    "•◆": "*",
    "·": ".",
    "╳×✕✗": "x",
    "✓": "v",
    "…⋯": "~",
    "›": ">",
    "‹": "<",
    "–—": "-",
    "\u2018\u2019": "'",
    "“”": '"',
    "█▇▉▊▓": "#",
    "▆▋▌": "=",
    "▅▄▒▀": "+",
    "▃▍": "-",
    "▂▎░": ".",
    "▁▏": "_",
    "≤": "<",
    "≥": ">",
    "≈": "~",
    "\u00a0": " ",
}
_TABLE = {ord(character): plain for characters, plain in _PAIRS.items() for character in characters}


def ascii_text(text: str) -> str:
    """Return a text in ASCII that takes as many columns; a letter without its accent, else ``?``.

    >>> ascii_text("┌ café ┐ ╌▸ 世")
    '+ cafe + -> ??'
    """
    if text.isascii():
        return text
    return "".join(map(_plain, text.translate(_TABLE)))


def _plain(character: str) -> str:
    if character.isascii():
        return character
    base = unicodedata.normalize("NFKD", character)[0]
    size = cells(character)
    return base if base.isascii() and base.isprintable() and size == 1 else "?" * size


def to_ascii(rows: Iterable[Line]) -> tuple[Line, ...]:
    """Return the same picture in ASCII, every line as wide as before."""
    return tuple(tuple(Span(ascii_text(span.text), span.role) for span in row) for row in rows)
