"""Reading a text file that a stranger may have written: bounded, UTF-8, nothing that a terminal obeys."""

import html
import re
import unicodedata
from pathlib import Path

from sdtutor.errors import ContentError

MAX_BYTES = 256 * 1024
"""A lesson of 1,200 words takes about 15 KiB; the bound is editorial."""

_ENTITY = re.compile(r"&#(?:[xX][0-9a-fA-F]{1,6}|[0-9]{1,7});")
# Unicode Standard Annex #9, section 2: explicit directional formatting makes text read as what it is not.
_DIRECTIONAL = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


def read_text(path: Path) -> tuple[str, list[ContentError]]:
    """Return the text of a file with Unix line breaks, and what is wrong with it.

    When anything is wrong, the text is empty: nothing further can be said about the file.
    """
    if path.exists() and not path.is_file():
        return "", [ContentError(path, 0, "This is not a file.", "Remove it.")]
    try:
        with path.open("rb") as file:
            data = file.read(MAX_BYTES + 1)
    except OSError as error:
        message = f"The file cannot be read: {error.strerror}."
        return "", [ContentError(path, 0, message, "Check that it is there and may be read.")]
    if len(data) > MAX_BYTES:
        return "", [
            ContentError(
                path,
                0,
                f"The file is longer than {MAX_BYTES // 1024} KiB.",
                "Split it into several concepts, or remove what does not belong there.",
            )
        ]
    return _decoded(path, data)


def _decoded(path: Path, data: bytes) -> tuple[str, list[ContentError]]:
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        message = f"Byte 0x{data[error.start]:02x} is not UTF-8."
        return "", [ContentError(path, line, message, "Save the file as UTF-8.")]
    text = text.replace("\r\n", "\n")
    problems = [
        ContentError(path, number, *said)
        for number, row in enumerate(text.split("\n"), start=1)
        if (said := unsafe(row))
    ]
    return ("" if problems else text), problems


def unsafe(text: str) -> tuple[str, str] | None:
    """Return message and hint for the first character that must not reach a terminal, or None.

    Control characters (ECMA-48 escape sequences begin with one), directional formatting, and
    character references that stand for either. Line break and tab are harmless.
    """
    if text.isascii() and text.isprintable() and "&#" not in text:
        return None
    expanded = _ENTITY.sub(_expand, text)
    for character in expanded:
        if character in "\n\t":
            continue
        if unicodedata.category(character) in ("Cc", "Zl", "Zp") or character in _DIRECTIONAL:
            name = f"U+{ord(character):04X}"
            what = (
                "the beginning of a terminal escape sequence"
                if character in "\x1b\x9b"
                else "a control character"
            )
            return f"{name} is {what}; texts must not contain it.", "Remove the character."
    return None


def _expand(match: re.Match[str]) -> str:
    digits = match[0][2:-1]
    code = int(digits[1:], 16) if digits[0] in "xX" else int(digits)
    return chr(code) if 0 < code < 0x110000 else html.unescape(match[0])
