"""Keys and indexes told in a sentence, or as the name of an entry: ``feed:{user} = 500 post ids``."""

import re
from collections.abc import Iterator
from typing import Final

from sdtutor.architecture.records import Table
from sdtutor.interview.matching.text import Text

_WORDS: Final = r"(?P<columns>[a-z][\w' -]{1,60}?)"
_END: Final = r"(?=[,.;:)]|$|\s(?:that|which|so|because|since|for|with|where|as|but|to|in|is|are|has)\b)"
_THE: Final = r"(?:the |an? |its |their )?"
_KEYS: Final = (
    re.compile(
        rf"\b(?:with|has|have|uses?|using|on|by|of) {_WORDS} as {_THE}(?:composite )?"
        r"(?:primary |partition |unique )?key\b"
    ),
    re.compile(rf"\b(?:primary|partition|unique) key(?: is| =|:) {_THE}{_WORDS}{_END}"),
    re.compile(rf"\bkeyed (?:by|on) {_WORDS}{_END}"),
)
_SORTS: Final = (
    re.compile(rf"\b(?:key|with|and|plus) {_WORDS} as {_THE}(?:sort|clustering|range) (?:key|column)s?\b"),
    re.compile(rf"\b(?:sort|clustering|range) (?:key|column)(?: is| =|:) {_THE}{_WORDS}{_END}"),
)
_INDEX: Final = re.compile(rf"\bindex(?:ed)? (?:on|by) {_WORDS}{_END}")
_NAMES: Final = (
    re.compile(r"\b(?!(?:an?|the|one|each|second|small)\b)([a-z]\w*) tables?\b"),
    re.compile(r"\btables? (?:of|for) (?:the )?([a-z]\w*)"),
)
_ENTRY: Final = re.compile(
    r"(?<![\w/])([a-z][\w-]*)((?::(?:[\w-]+|\{\w+\}|<\w+>))+)(?=\s*(?:->|→|=|:|\s(?:is|holds)\b))"
)
_BEFORE: Final = re.compile(r".*\b(?:with|has|have|uses?|using|by|key)\b(?=\s+\w)")
_PLACE: Final = re.compile(r"[{<](\w+)[}>]")
_DENIED: Final = re.compile(r"\b(?:no|not|without|never|neither)\b|n't\b")
_EMPTY: Final = frozenset(("the", "a", "an", "its", "their", "of", "each", "both", "only", "plus", "and"))
_MOST: Final = 4
"""Columns of one key, and words of one column, that are read."""


def keyed_tables(text: Text) -> Iterator[tuple[Table, int]]:
    """Yield the tables whose key or index is told in a sentence, each with the number of its point.

    "The posts table is keyed by the post id and has an index on author and time" describes one; so does
    ``feed:{user} = list of ids``, the way the entries of a key-value store are named. What is asked or denied
    describes none.

    Args:
        text: What was said.
    """
    for sentence in text.sentences:
        said = sentence.text.lower().replace("’", "'")
        if sentence.asks:
            continue
        for name, parts in _ENTRY.findall(said):
            if places := tuple(_PLACE.findall(parts)):
                yield Table(name, places, places), sentence.point
        if not _DENIED.search(said) and (table := _told(said)) is not None:
            yield table, sentence.point


def _told(said: str) -> Table | None:
    key = (*_columns(_KEYS, said), *_columns(_SORTS, said))[:_MOST]
    indexes = tuple(names for found in _INDEX.finditer(said) if (names := _split(found["columns"])))
    if not key and not indexes:
        return None
    name = next((found[1] for each in _NAMES if (found := each.search(said))), "said")
    every = dict.fromkeys((*key, *(column for index in indexes for column in index)))
    return Table(name, tuple(every), key, indexes)


def _columns(ways: tuple[re.Pattern[str], ...], said: str) -> tuple[str, ...]:
    found = next((found for way in ways if (found := way.search(said))), None)
    return _split(found["columns"]) if found else ()


def _split(columns: str) -> tuple[str, ...]:
    """Return the names in a list of columns: "the event and the seat" are two."""
    parts = re.split(r",| and | plus |\+", _BEFORE.sub("", columns))
    words = ([word for word in re.findall(r"\w+", part) if word not in _EMPTY] for part in parts)
    return tuple(dict.fromkeys("_".join(each[:_MOST]) for each in words if each))[:_MOST]
