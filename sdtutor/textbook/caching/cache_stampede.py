"""Cache-aside, as most introductions show it.

Read the cache first; on a miss, load the row and keep
a copy. Whoever misses loads: it asks nobody whether
somebody else is loading already.
"""

from typing import Any

from sdtutor.core.ports import KeyValue, Table


class CacheAside:
    """Reads through a cache whose copies expire.

    Args:
        cache: Holds copies.
        database: Holds the rows.
        ttl: Seconds that a copy stays in the cache.
    """

    def __init__(
        self,
        cache: KeyValue,
        database: Table,
        ttl: float = 3600,
    ) -> None:
        self.cache = cache
        self.database = database
        self.ttl = ttl

    async def get(self, key: str) -> Any:
        """Return the row, or None when there is none."""
        row = await self.cache.get(key)
        if row is None:
            row = await self.database.get(key)
            if row is not None:
                await self.cache.set(
                    key, row, ttl=self.ttl
                )
        return row

    async def set(self, key: str, row: Any) -> None:
        """Change the row and delete the copy."""
        await self.database.put(key, row)
        await self.cache.delete(key)
