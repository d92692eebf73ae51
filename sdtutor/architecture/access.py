"""Whether a table finds what is asked of it."""

import re
from collections.abc import Sequence

from sdtutor.architecture.records import Table
from sdtutor.core.systems import Query

_EMPTY = ("id", "key", "at", "uuid", "no", "number")
"""Words that say no more than that it is a column."""


def serves(table: Table, query: Query) -> bool:
    """Return whether the key or an index of a table begins with the columns of a query, in order.

    An index serves a prefix of its columns (PostgreSQL 17 documentation, 11.3 Multicolumn Indexes).
    """
    return any(
        len(columns) >= len(query.by)
        and all(means(table, column, choice) for column, choice in zip(columns, query.by, strict=False))
        for columns in (table.key, *table.indexes)
    )


def serving_table(tables: Sequence[Table], query: Query) -> Table | None:
    """Return the first table that serves a query.

    Args:
        tables: Of the drawing.
        query: What is looked up.
    """
    return next((table for table in tables if serves(table, query)), None)


def holding_table(tables: Sequence[Table], query: Query) -> Table | None:
    """Return the first table that has all columns of a query, whatever finds its rows.

    Args:
        tables: Of the drawing.
        query: What is looked up.
    """
    return next(
        (
            table
            for table in tables
            if all(any(means(table, column, choice) for column in table.columns) for choice in query.by)
        ),
        None,
    )


def means(table: Table, column: str, choice: Sequence[str]) -> bool:
    """Return whether a column is one of the words that a problem has for it.

    ``short_code`` is a code, ``userId`` a user, and the ``id`` of ``users`` is a user too.

    Args:
        table: Where the column is.
        column: Its name.
        choice: Names that mean the same.
    """
    said = _telling(column) or _telling(table.name)
    return any(
        _words(word) == _words(column) or (_telling(word) and _telling(word) <= said) for word in choice
    )


def _words(name: str) -> tuple[str, ...]:
    apart = re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", name).casefold()
    return tuple(word.removesuffix("s") for word in re.split(r"[\W_]+", apart) if word)


def _telling(name: str) -> frozenset[str]:
    return frozenset(_words(name)) - frozenset(_EMPTY)
