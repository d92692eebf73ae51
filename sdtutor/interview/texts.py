"""What a candidate typed or pasted, made fit to be kept: printable, bounded, in points of readable length."""

import re
import unicodedata

from sdtutor.content.texts import unsafe

MAX_CHARACTERS = 20_000
"""Of one message. Editorial: three times what anybody says in a 45-minute interview."""

MAX_POINT = 2_000
"""Characters of one point. Editorial: about a page; a quote of it must be found again by eye."""

MAX_POINTS = 40
"""Of one message. Editorial."""

_NO_YAML = "\ufeff\ufffe\uffff"
"""Not printable by YAML 1.2.2, section 5.1, or a byte order mark."""


def clean(text: str) -> str:
    r"""Return a text without what a terminal might obey, with Unix line breaks and no space around it.

    >>> clean(" a\r\nb\x1b[31m ")
    'a\nb[31m'
    """
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    if not (text.isascii() and text.isprintable()):
        text = "".join(each for each in text if _is_kept(each))
    return (text.replace("&#", "& #") if unsafe(text) else text).strip()


def _is_kept(character: str) -> bool:
    if character in _NO_YAML or unicodedata.category(character) == "Cs":
        return False
    return unsafe(character) is None


def points_of(text: str) -> tuple[str, ...]:
    """Return a message as points: a blank line parts two, and a long one is parted where a sentence ends.

    Args:
        text: A clean text; only its first MAX_CHARACTERS are looked at.
    """
    pieces: list[str] = []
    for paragraph in re.split(r"\n[ \t]*\n", text[:MAX_CHARACTERS]):
        rest = paragraph.strip()
        while rest and len(pieces) < MAX_POINTS:
            end = len(rest) if len(rest) <= MAX_POINT else _break(rest)
            pieces.append(rest[:end].rstrip())
            rest = rest[end:].lstrip()
    return tuple(pieces)


def _break(text: str) -> int:
    """Return where to part a text that is longer than a point: at the last end of a line or of a sentence."""
    window = text[:MAX_POINT]
    for end in ("\n", ". ", "? ", "! ", "; ", " "):
        at = window.rfind(end, MAX_POINT // 2)
        if at > 0:
            return at + len(end)
    return MAX_POINT
