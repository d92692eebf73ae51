"""Cache-aside, as most introductions show it.

Read the cache first; on a miss, load the row and keep
a copy. On a write, change the row and delete the copy.
"""

from typing import Any

from sdtutor.core.ports import KeyValue, Table


class CacheAside:
    """Reads through a cache that writers invalidate.

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
        value = await self.cache.get(key)
        if value is None:
            value = await self.database.get(key)
            if value is not None:
                await self.cache.set(
                    key, value, ttl=self.ttl
                )
        return value

    async def set(self, key: str, value: Any) -> None:
        """Change the row and delete the copy."""
        await self.database.put(key, value)
        await self.cache.delete(key)
