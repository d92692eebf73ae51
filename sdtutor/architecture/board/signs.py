"""What a box of the whiteboard says: its label, its rows, and marks in shape and word."""

from collections.abc import Mapping
from dataclasses import dataclass

from sdtutor.architecture.board.layering import STORES
from sdtutor.architecture.records import Box, Setting
from sdtutor.drawing.spans import Line, Role, cells, clip_text, line, safe

MARKS: Mapping[str, tuple[str, Role, str]] = {
    "single": ("!", "bad", "single point"),
    "hot": ("▲", "warn", "hot"),
    "dead": ("╳", "bad", "dead"),
    "new": ("+", "changed", "new"),
}
"""By mark: the sign, its role, and the word for it."""
_LONGEST = 24
"""Columns of a name; a longer one is cut."""
_MOST_SHOWN = 200
"""Characters of a text that are looked at one by one."""
_WORTH = ("primary", "leader", "async", "sync", "shards", "zones", "managed", "hit", "rps", "ttl")
"""Settings that a box shows, the most telling first (editorial); the others are in the text beside it."""


@dataclass(frozen=True, slots=True)
class Card:
    """A box as the whiteboard shows it.

    Args:
        name: The box.
        title: Its name.
        count: How many instances: ``*3``; empty for one.
        rows: What else is known, the most telling first: marks, replicas, settings, kind.
        is_store: Whether it keeps data: its corners are round.
        marks: A sign, its role and a text for each mark.
    """

    name: str
    title: str
    count: str
    rows: tuple[str, ...]
    is_store: bool
    marks: tuple[tuple[str, Role, str], ...] = ()

    @property
    def sign(self) -> tuple[str, Role]:
        """The first mark's sign and its role; a space when there is none."""
        return self.marks[0][:2] if self.marks else (" ", "strong")

    def label(self, columns: int = _LONGEST) -> str:
        """Return name and instances in that width; the name is cut first."""
        return clip_text(clip_text(self.title, max(1, columns - len(self.count))) + self.count, columns)

    def compact(self, columns: int = 0) -> str:
        """Return the box in one row of that width: square brackets for code, round ones for stores."""
        sign = f"{self.sign[0]} " if self.marks else ""
        text = sign + self.label(columns - 2 - len(sign) if columns else _LONGEST)
        spare = max(0, columns - 2 - cells(text))
        text = " " * (spare // 2) + text + " " * (spare - spare // 2)
        return f"({text})" if self.is_store else f"[{text}]"


def card(name: str, box: Box, marked: str = "") -> Card:
    """Return what is shown of a box.

    Args:
        name: What lines call it.
        box: The box.
        marked: Marks, with commas between them; each may add a figure: ``single, hot 97%``.
    """
    marks = tuple(_mark(text.strip()) for text in marked.split(",") if text.strip())
    rows = (", ".join(text for _, _, text in marks), _copies(box), _settings(box), _kind(box))
    count = f"*{box.instances}" if box.instances != 1 else ""
    return Card(name, shown(box.name), count, tuple(row for row in rows if row), box.kind in STORES, marks)


def _mark(text: str) -> tuple[str, Role, str]:
    name, _, figure = text.partition(" ")
    sign, role, word = MARKS.get(name, ("•", "warn", name))
    return sign, role, shown(f"{word} {figure}".rstrip())


def _copies(box: Box) -> str:
    if not box.replicas:
        return ""
    return "+1 replica" if box.replicas == 1 else f"+{box.replicas:,} replicas"


def _settings(box: Box) -> str:
    told = (_setting(name, box.settings[name]) for name in _WORTH if name in box.settings)
    return shown(" ".join(text for text in told if text))


def _setting(name: str, value: Setting) -> str:
    if value is True:
        return name
    if value is False:
        return ""
    if isinstance(value, str):
        return f"{name} {value}"
    return f"{name} {value:.0%}" if name == "hit" else f"{name} {value:,g}"


def _kind(box: Box) -> str:
    kind = box.kind.replace("_", " ")
    return "" if box.kind == "service" or kind in shown(box.name).lower() else kind


def legend(cards: tuple[Card, ...], some_wait_not: bool) -> Line:
    """Return what the signs of a picture mean; empty when it has none."""
    used = [name for name in MARKS if any(MARKS[name][0] == mark[0] for one in cards for mark in one.marks)]
    parts: list[tuple[str, Role]] = []
    for name in used:
        sign, role, word = MARKS[name]
        parts += [(f"{sign} ", role), (f"{word}   ", "dim")]
    if some_wait_not:
        parts += [("╌▸ ", "flight"), ("does not wait", "dim")]
    return line(*parts)


def shown(text: str) -> str:
    """Return a text that takes as many columns as its characters one by one, without control characters.

    A canvas has a cell for each character, so those that change the width of others are left out.
    """
    text = safe(text)
    if text.isascii() or cells(text) == sum(map(cells, text)):
        return text
    kept = ""
    for character in text[:_MOST_SHOWN]:
        if cells(kept + character) == cells(kept) + cells(character):
            kept += character
    return kept


def needed(one: Card, rows: int) -> int:
    """Return the columns of a box, borders and a space at both ends included, with that many rows."""
    return max(map(cells, (one.label(), *one.rows[:rows]))) + 4
