"""Tables of a drawing: ``table links: code key, url, owner; index owner``."""

import re
from dataclasses import dataclass, field

from sdtutor.architecture.language.settings import Complain, quoted
from sdtutor.architecture.records import Table

_HEAD = re.compile(r"\s*table\s+(\w[\w.-]{0,39})\s*([:(])", re.IGNORECASE)
_START = re.compile(r"\s*table\s+(\w[\w.-]{0,39})", re.IGNORECASE)
_SIZE = re.compile(r"\([\d, ]*\)")
_INDEX_ON = re.compile(r"\b(?:secondary |unique )?index(?:ed|es)?\s+(?:on|by)\s+", re.IGNORECASE)
_GROUP = re.compile(r"\b(primary key|partition key|pk|key|unique|index)\s?\(([^()]*)\)", re.IGNORECASE)
_KEY_FIRST = re.compile(
    r"(?:primary|partition|sort|clustering|hash|range) key\s*(?:is|=|:)?\s+(\w.*)", re.IGNORECASE
)
_LIST = re.compile(r"(primary key|key|unique|index)\b(.*)", re.IGNORECASE)
_KEY = re.compile(r"\b(?:pk|sk|(?<!foreign )key)\b", re.IGNORECASE)
_INDEXED = re.compile(r"\b(?:index|indexed|unique)\b", re.IGNORECASE)
_LEADING = 2
"""Columns before a marked one that may be part of its key. Editorial."""
_EXAMPLE = "Write `table links: code key, url, owner; index owner`."
_COLUMN = re.compile(r"\w[\w.]*")


@dataclass(slots=True)
class _Found:
    """What a table has, as far as it is read."""

    columns: list[str] = field(default_factory=list)
    key: list[str] = field(default_factory=list)
    indexes: list[tuple[str, ...]] = field(default_factory=list)

    def take_list(self, what: str, text: str) -> None:
        """Take the columns of a key or an index."""
        names = tuple(_COLUMN.findall(text))
        self.columns += names
        if what.casefold() != "index" and what.casefold() != "unique":
            self.key += names
        elif names:
            self.indexes.append(names)


def is_table(text: str) -> bool:
    """Return whether a line describes a table."""
    return _START.match(text) is not None and ">" not in text


def read_table(text: str, line: int, complain: Complain) -> Table | None:
    """Return the table that a line describes, or None when it describes none.

    Args:
        text: The line, without comments.
        line: Its number, from 1.
        complain: Is told what cannot be read.
    """
    head = _HEAD.match(text)
    if head is None:
        complain(1, "This table has no columns.", _EXAMPLE)
        return None
    body = _INDEX_ON.sub("; index ", _SIZE.sub("", text[head.end() :]))
    groups = _GROUP.findall(body)
    body = _GROUP.sub("", body)
    if head[2] == "(":
        inside, closed, rest = body.partition(")")
        body = f"{inside};{rest}"
        if not closed:
            complain(head.end(), "The `(` is not closed.", "Write `)` after the last column.")
    found = _Found()
    first, *others = (part.strip() for part in body.split(";"))
    _take_columns(first, found)
    for part in others:
        if (listed := _LIST.fullmatch(part)) is not None:
            found.take_list(listed[1], listed[2])
        else:
            _take_columns(part, found)
    for what, names in groups:
        found.take_list(what, names)
    if not found.columns:
        complain(head.start(1) + 1, f"Table `{quoted(head[1])}` has no columns.", _EXAMPLE)
    unique = tuple(dict.fromkeys(found.columns))
    return Table(head[1], unique, tuple(dict.fromkeys(found.key)), tuple(found.indexes), line)


def _take_columns(text: str, found: _Found) -> None:
    """Take columns, each with what is said of it: ``code varchar pk``, ``partition key chat + month``."""
    marked: list[str] = []
    for item in text.split(","):
        if (listed := _KEY_FIRST.fullmatch(item.strip())) is not None:
            names = ("_".join(_COLUMN.findall(name)) for name in re.split(r"[+&]| and ", listed[1]))
            found.take_list("key", ", ".join(names))
            continue
        name = _COLUMN.search(item)
        if name is None:
            continue
        found.columns.append(name[0])
        if _KEY.search(item, name.end()):
            found.key.append(name[0])
            marked.append(name[0])
        elif _INDEXED.search(item, name.end()):
            found.indexes.append((name[0],))
    if marked == found.key and len(marked) == 1:
        _widen(marked[0], found)


def _widen(marked: str, found: _Found) -> None:
    """Take a key that is marked at its end, ``(show, seat pk, state)``; it may have been meant alone."""
    before = found.columns[: found.columns.index(marked)]
    if before and len(before) <= _LEADING:
        found.key[:0] = before
        found.indexes.append((marked,))
