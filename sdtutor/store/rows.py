"""Reading and writing rows of the progress file: what every part of the store stands on."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sdtutor.store.database import reading, writing
from sdtutor.store.exchange import Row, checked
from sdtutor.store.records import to_text

if TYPE_CHECKING:
    from sqlite3 import Connection

Clock = Callable[[], datetime]
"""Tells the moment, with a time zone."""


class Rows:
    """The tables of one progress file.

    Args:
        connection: To the file; it belongs to the thread that opened it.
        path: The file, for messages.
        clock: Stamps what is written.
    """

    def __init__(self, connection: "Connection", path: Path, clock: Clock) -> None:
        self._connection = connection
        self._clock = clock
        self.path = path

    def _put(self, table: str, row: Row) -> None:
        values = checked(table, row)
        columns, marks = ", ".join(values), ", ".join(f":{column}" for column in values)
        self._connection.execute(f"INSERT OR REPLACE INTO {table} ({columns}) VALUES ({marks})", values)

    def _rows(self, sql: str, *values: object) -> list[tuple[Any, ...]]:
        with reading(self.path):
            return self._connection.execute(sql, values).fetchall()

    def _writing(self) -> AbstractContextManager[None]:
        return writing(self._connection, self.path)

    def _now(self) -> str:
        return to_text(self._clock())
