"""A text of several lines that is being typed, as a value: keys in, rows of spans out."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from sdtutor.drawing.spans import Line, cells, line, safe

MAX_CHARACTERS = 20_000
"""Of a draft; what is typed or pasted beyond them is left out."""


@dataclass(frozen=True, slots=True)
class DraftRow:
    """A row of a draft as it is shown.

    Args:
        number: Of its line, from 1; 0 where a line goes on.
        row: What it says; the cursor is in it, if it is there.
    """

    number: int
    row: Line


@dataclass(slots=True)
class Draft:
    """A text and a cursor in it.

    Args:
        text: What was typed so far.
        cursor: Index into the text; -1 for its end.
        columns: Width at which it was shown last: up and down go by the rows that one sees.
    """

    text: str = ""
    cursor: int = -1
    columns: int = 80
    _aim: int | None = field(default=None, repr=False)
    """The column that up and down keep, whatever the lengths of the rows between."""

    def __post_init__(self) -> None:
        if self.cursor < 0:
            self.cursor = len(self.text)

    def replace(self, text: str) -> None:
        """Put another text in its place, the cursor at its end."""
        self.text = text[:MAX_CHARACTERS]
        self.cursor, self._aim = len(self.text), None

    def insert(self, text: str) -> int:
        """Put text at the cursor; return how many of its characters found no room.

        Args:
            text: As typed or pasted; what a terminal might obey is left out.
        """
        room = max(0, MAX_CHARACTERS - len(self.text))
        kept = printable(text[: 2 * room])[:room]
        self.text = self.text[: self.cursor] + kept + self.text[self.cursor :]
        self.cursor, self._aim = self.cursor + len(kept), None
        return len(text) - len(kept) if len(text) > room else 0

    def press(self, key: str, character: str | None) -> bool:
        """Take one key; return whether it was meant for this text.

        Args:
            key: Textual's name of the key.
            character: What it prints; None for other keys.
        """
        if character and character.isprintable():
            self.insert(character)
            return True
        if key in _MOVES:
            return _MOVES[key](self)
        edit = _EDITS.get(key)
        if edit:
            self._aim = None
            edit(self)
        return edit is not None

    # Moving

    def _step(self, by: int) -> bool:
        """Go one row up or down; return False where there is none."""
        rows = _rows(self.text, self.columns)
        here = _row_of(rows, self.cursor)
        if not 0 <= here + by < len(rows):
            return False
        start, end = rows[here + by]
        aim = self.cursor - rows[here][0] if self._aim is None else self._aim
        self.cursor, self._aim = min(start + aim, end), aim
        return True

    def _up(self) -> bool:
        return self._step(-1)

    def _down(self) -> bool:
        return self._step(1)

    def _left(self) -> None:
        self.cursor = max(0, self.cursor - 1)

    def _right(self) -> None:
        self.cursor = min(len(self.text), self.cursor + 1)

    def _home(self) -> None:
        self.cursor = self.text.rfind("\n", 0, self.cursor) + 1

    def _end(self) -> None:
        at = self.text.find("\n", self.cursor)
        self.cursor = len(self.text) if at < 0 else at

    # Changing

    def _backspace(self) -> None:
        if self.cursor:
            self._left()
            self._delete()

    def _delete(self) -> None:
        self.text = self.text[: self.cursor] + self.text[self.cursor + 1 :]

    def _clear_before(self) -> None:
        start = self.text.rfind("\n", 0, self.cursor) + 1
        self.text, self.cursor = self.text[:start] + self.text[self.cursor :], start

    def _clear_after(self) -> None:
        at = self.cursor
        self._end()
        self.text, self.cursor = self.text[:at] + self.text[self.cursor :], at

    def _clear_word(self) -> None:
        before = self.text[: self.cursor].rstrip(" ")
        start = max(before.rfind(" "), before.rfind("\n")) + 1
        self.text, self.cursor = self.text[:start] + self.text[self.cursor :], start

    # Showing

    def shown(self, columns: int, most: int) -> tuple[DraftRow, ...]:
        """Return the rows around the cursor; long lines go on below.

        Args:
            columns: Width.
            most: The most rows.
        """
        self.columns = max(2, columns)
        rows = _rows(self.text, self.columns)
        here = _row_of(rows, self.cursor)
        top = max(0, min(here - most // 2, len(rows) - most))
        number = self.text.count("\n", 0, rows[top][0]) + 1
        shown = []
        for index in range(top, min(top + most, len(rows))):
            start, end = rows[index]
            begins = start == 0 or self.text[start - 1] == "\n"
            number += begins and index > top
            shown.append(DraftRow(number if begins else 0, self._drawn(start, end, is_here=index == here)))
        return tuple(shown)

    def _drawn(self, start: int, end: int, *, is_here: bool) -> Line:
        if not is_here:
            return line(safe(self.text[start:end]))
        at = self.cursor
        under = self.text[at : at + 1].strip("\n") or " "
        return line(safe(self.text[start:at]), (safe(under), "cursor"), safe(self.text[at + 1 : end]))


def printable(text: str) -> str:
    r"""Return a text with Unix line breaks, spaces for tabs, and nothing that a terminal might obey.

    >>> printable("a\r\n\tb\x1b[2J")
    'a\n  b[2J'
    """
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\t", "  ")
    if text.isascii() and text.replace("\n", "").isprintable():
        return text
    return "".join(each for each in text if each == "\n" or each.isprintable())


def _rows(text: str, columns: int) -> list[tuple[int, int]]:
    """Return where each row begins and ends; a row breaks after a space where it can."""
    rows = []
    start = 0
    for each in text.split("\n"):
        end = start + len(each)
        while True:
            stop = _fitting(text, start, end, columns)
            if stop >= end:
                break
            at = text.rfind(" ", start, stop + 1) + 1
            stop = at if at > start else stop
            rows.append((start, stop - 1 if text[stop - 1] == " " else stop))
            start = stop
        rows.append((start, end))
        start = end + 1
    return rows


def _fitting(text: str, start: int, end: int, columns: int) -> int:
    """Return how far the text fits a row; the cursor behind its last character fits too."""
    stop = min(end, start + columns)
    while stop > start + 1 and cells(text[start:stop]) > columns - 1:
        stop -= 1
    return stop


def _row_of(rows: list[tuple[int, int]], cursor: int) -> int:
    return max(0, next((index for index, (start, _) in enumerate(rows) if start > cursor), len(rows)) - 1)


_MOVES: Mapping[str, Callable[[Draft], bool]] = {"up": Draft._up, "down": Draft._down}
_EDITS: Mapping[str, Callable[[Draft], None]] = {
    "left": Draft._left,
    "right": Draft._right,
    "home": Draft._home,
    "end": Draft._end,
    "ctrl+a": Draft._home,
    "ctrl+e": Draft._end,
    "backspace": Draft._backspace,
    "delete": Draft._delete,
    "ctrl+u": Draft._clear_before,
    "ctrl+k": Draft._clear_after,
    "ctrl+w": Draft._clear_word,
}
