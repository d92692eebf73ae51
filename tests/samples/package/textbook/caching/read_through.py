"""A sample for the loader's tests."""

from dataclasses import dataclass
from functools import cache


@dataclass(frozen=True)
@cache
class Row:
    """A value with its version."""

    value: str


class ReadThrough:
    """A cache in front of a table."""

    def __init__(self, cache, table):
        self.cache = cache
        self.table = table

    @property
    def size(self):
        return len(self.cache)

    async def get(self, key):
        """Return the row.

        Fences like ``` inside a docstring must not end the fence around the code.
        """
        row = await self.cache.get(key)

        if row is None:
            row = await self.table.get(key)
            await self.cache.set(key, row)
        return row


def ttl(seconds):
    return seconds
