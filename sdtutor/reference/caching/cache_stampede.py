"""Cache-aside that loads a row once.

Problem: a copy that everybody reads expires. All who
miss before the first of them has loaded the row again
load it too, and the database gets a herd.

Idea: in a process, whoever misses a key boards the
one flight that loads it. Among processes, a flight
loads only with the lease on the key, which it puts
where the copy was; others wait, and ask again. A copy
replaces exactly its lease. So a flight whose lease
was still there was overtaken by no write, and all on
board may have its row.

Simplified: an error of the cache is the caller's, and
the cache client bounds its own waits. Reading past a
cache that fails is a herd as well. Here a flight
chooses its lease, so nobody may send a claim twice;
memcached hands leases out itself.

Sources: Nishtala et al., "Scaling Memcache at
Facebook", NSDI 2013, section 3.2.1; one flight a key:
Go, golang.org/x/sync/singleflight.
"""

import asyncio
from dataclasses import dataclass
from itertools import count
from typing import Any

from sdtutor.core.ports import KeyValue, Table

# Seconds. Facebook gives a lease on a key once in 10.
LEASE_TTL = 10
# Seconds. Shorter than a lease, so that a load ends
# before the next one may begin.
LOAD_TIMEOUT = 5


@dataclass(frozen=True)
class Copy:
    """A row in the cache, or that there is none."""

    row: Any


@dataclass(frozen=True)
class Lease:
    """The right of one flight to load a key.

    Args:
        owner: The process.
        number: Which of its flights.
    """

    owner: str
    number: int


@dataclass(frozen=True)
class Landed:
    """What a flight brought.

    Args:
        row: The row, or None when there is none.
        stored: Whether the lease was still there.
    """

    row: Any
    stored: bool


class CacheAside:
    """Reads through a cache whose copies expire.

    Args:
        cache: Holds copies and leases.
        database: Holds the rows.
        owner: Names this process in its leases. No other
            process may have the name, nor this one after
            a restart.
        ttl: Seconds that a copy stays in the cache.
        pause: Seconds before who met a lease asks again.
    """

    def __init__(
        self,
        cache: KeyValue,
        database: Table,
        owner: str = "app",
        ttl: float = 3600,
        pause: float = 0.05,
    ) -> None:
        self.cache = cache
        self.database = database
        self.owner = owner
        self.ttl = ttl
        self.pause = pause
        self.numbers = count(1)
        self.boarding: dict[str, Flight] = {}
        self.flying: set[Flight] = set()

    async def get(self, key: str) -> Any:
        """Return the row, or None when there is none.

        How long to wait for those who load is up to the
        caller, who may cancel at any time.

        Raises:
            TimeoutError: The database did not answer.
        """
        while True:
            found = await self.cache.get(key)
            if isinstance(found, Copy):
                return found.row
            flight = self.boarding.get(key)
            if found and not flight:
                await asyncio.sleep(self.pause)
                continue
            # A caller that gives up cancels its own
            # wait, not the flight of the others.
            landed = await asyncio.shield(
                flight or self._take_off(key)
            )
            # The first asked before the row was loaded.
            # Who boarded later may have asked after a
            # write: then the lease has to prove the row.
            if landed and (landed.stored or not flight):
                return landed.row

    async def set(self, key: str, row: Any) -> None:
        """Change the row, then drop copy and lease."""
        await self.database.put(key, row)
        await self.cache.delete(key)

    def _take_off(self, key: str) -> "Flight":
        flight = asyncio.create_task(self._load(key))
        self.boarding[key] = flight
        # The event loop holds a task only weakly.
        self.flying.add(flight)
        flight.add_done_callback(self.flying.discard)
        return flight

    async def _load(self, key: str) -> Landed | None:
        """Return the row; None without the lease."""
        lease = Lease(self.owner, next(self.numbers))
        try:
            async with asyncio.timeout(LOAD_TIMEOUT):
                mine = await self.cache.set(
                    key,
                    lease,
                    ttl=LEASE_TTL,
                    only_if_absent=True,
                )
                if not mine:
                    return None
                row = await self.database.get(key)
        finally:
            # Nobody boards once the row is on its way
            # into the cache: a write may come between.
            del self.boarding[key]
        stored = await self.cache.compare_and_set(
            key, lease, Copy(row), ttl=self.ttl
        )
        return Landed(row, stored)


Flight = asyncio.Task[Landed | None]
