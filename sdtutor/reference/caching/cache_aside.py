"""Cache-aside with leases.

Problem: a reader misses and loads the old row; a
writer changes the row and deletes the cached copy;
then the reader stores what it loaded. The cache lies
until the entry expires.

Idea: who misses puts a lease under the key and later
replaces exactly that lease. A writer's delete removes
the lease too: a late value finds nothing to replace.

Simplified: who meets another's lease reads the
database. Facebook lets it wait and ask again, so that
a cold key is loaded once. Its cache also hands out the
lease: here the reader names it, and a late copy of its
claim would bring a deleted lease back. The cache
client bounds its own waits: a timeout is an error.

Sources: Nishtala et al., "Scaling Memcache at
Facebook", NSDI 2013, section 3.2.1; remembering what
is absent: RFC 2308.
"""

from collections.abc import Awaitable
from dataclasses import dataclass
from itertools import count
from typing import Any, TypeVar

from sdtutor.core.ports import (
    KeyValue,
    PeerError,
    Table,
)

T = TypeVar("T")

# In seconds: one load takes less, by far.
LEASE_TTL = 10
# Seconds an absent row is remembered: short, because
# whoever adds the row may not know of this cache.
ABSENT_TTL = 30
DELETE_ATTEMPTS = 3
# Timeouts and lost connections are OSErrors.
CACHE_ERRORS = (PeerError, OSError)


@dataclass(frozen=True)
class Lease:
    """The right of one reader to fill one key.

    Args:
        owner: The process that reads.
        number: Which of its reads.
    """

    owner: str
    number: int


@dataclass(frozen=True)
class Absent:
    """Stands in the cache for a row that is not there."""


class CacheAside:
    """Reads through a cache that writers invalidate.

    Args:
        cache: Forgets, fails, and is shared by everybody.
        database: The truth.
        owner: Names this process in its leases. No other
            process may have the name, nor this one after
            a restart.
        ttl: Seconds that a value stays in the cache.
    """

    def __init__(
        self,
        cache: KeyValue,
        database: Table,
        owner: str = "app",
        ttl: float = 3600,
    ) -> None:
        self.cache = cache
        self.database = database
        self.owner = owner
        self.ttl = ttl
        self.reads = count(1)

    async def get(self, key: str) -> Any:
        """Return the row, or None when there is none.

        A cache that fails makes this slower, not wrong.
        """
        found = await attempt(self.cache.get(key), None)
        if isinstance(found, Absent):
            return None
        if found is None:
            return await self._load(key)
        if isinstance(found, Lease):
            return await self.database.get(key)
        return found

    async def set(self, key: str, value: Any) -> None:
        """Change the row, then drop what the cache holds.

        If the cache refuses every delete, the old value
        is read for up to the ttl. Raising would say that
        the row has not changed.
        """
        await self.database.put(key, value)
        for _ in range(DELETE_ATTEMPTS):
            done = await attempt(
                self.cache.delete(key), None
            )
            if done is not None:
                return

    async def _load(self, key: str) -> Any:
        lease = Lease(self.owner, next(self.reads))
        claim = self.cache.set(
            key, lease, ttl=LEASE_TTL, only_if_absent=True
        )
        mine = await attempt(claim, False)
        row = await self.database.get(key)
        if mine:
            await self._fill(key, lease, row)
        return row

    async def _fill(
        self, key: str, lease: Lease, row: Any
    ) -> None:
        absent = row is None
        fill = self.cache.compare_and_set(
            key,
            lease,
            Absent() if absent else row,
            ttl=ABSENT_TTL if absent else self.ttl,
        )
        await attempt(fill, False)


async def attempt(call: Awaitable[T], default: T) -> T:
    """Return what a call does, or a default."""
    try:
        return await call
    except CACHE_ERRORS:
        return default
