"""One line that the learner types into, as a value: keys in, a row of spans out."""

from dataclasses import dataclass

from sdtutor.drawing.spans import Line, cells, line, safe


@dataclass(slots=True)
class Entry:
    """A text and a cursor in it.

    Args:
        prompt: What stands before it.
        text: What was typed so far.
        cursor: Index into the text; -1 for its end.
    """

    prompt: str
    text: str = ""
    cursor: int = -1

    def __post_init__(self) -> None:
        if self.cursor < 0:
            self.cursor = len(self.text)

    def insert(self, text: str) -> None:
        """Put text at the cursor; a line break becomes a space."""
        clean = safe(" ".join(text.splitlines()))
        self.text = self.text[: self.cursor] + clean + self.text[self.cursor :]
        self.cursor += len(clean)

    def press(self, key: str, character: str | None) -> bool:
        """Take one key; return whether it was meant for this line.

        Args:
            key: Textual's name of the key.
            character: What it prints; None for other keys.
        """
        if character and character.isprintable():
            self.insert(character)
            return True
        edit = _EDITS.get(key)
        if edit:
            edit(self)
        return edit is not None

    def _left(self) -> None:
        self.cursor = max(0, self.cursor - 1)

    def _right(self) -> None:
        self.cursor = min(len(self.text), self.cursor + 1)

    def _home(self) -> None:
        self.cursor = 0

    def _end(self) -> None:
        self.cursor = len(self.text)

    def _backspace(self) -> None:
        if self.cursor:
            self._left()
            self._delete()

    def _delete(self) -> None:
        self.text = self.text[: self.cursor] + self.text[self.cursor + 1 :]

    def _clear(self) -> None:
        self.text, self.cursor = self.text[self.cursor :], 0

    def row(self, columns: int) -> Line:
        """Return the line, the cursor always in sight.

        Args:
            columns: Width.
        """
        room = max(1, columns - cells(self.prompt) - 2)
        start = max(0, self.cursor - room + 1)
        before = self.text[start : self.cursor]
        here = self.text[self.cursor : self.cursor + 1] or " "
        after = self.text[self.cursor + 1 : start + room]
        return line((f"{self.prompt} ", "key"), (before, "strong"), (here, "cursor"), (after, "strong"))


_EDITS = {
    "left": Entry._left,
    "right": Entry._right,
    "home": Entry._home,
    "end": Entry._end,
    "ctrl+a": Entry._home,
    "ctrl+e": Entry._end,
    "backspace": Entry._backspace,
    "delete": Entry._delete,
    "ctrl+u": Entry._clear,
}
