"""Replicated writes, as most introductions show them.

The more acknowledgements a writer waits for, the safer
the write, and the slower: all, a majority, or none.
"""

# A defect: nobody keeps the task that is not awaited.
# ruff: noqa: RUF006

import asyncio
from collections.abc import Sequence
from typing import Any

from sdtutor.core.ports import Peer


class Replica:
    """One copy of the data: the last value to come."""

    def __init__(self) -> None:
        self.rows: dict[str, Any] = {}

    async def read(self, key: str) -> Any:
        """Return the value, or None when there is none."""
        return self.rows.get(key)

    async def write(self, key: str, value: Any) -> None:
        """Store a value."""
        self.rows[key] = value


class QuorumRegister:
    """Writes to replicas, and reads from one of them.

    Args:
        replicas: All copies.
    """

    def __init__(self, replicas: Sequence[Peer]) -> None:
        self.replicas = replicas

    async def write_consistent(
        self, key: str, value: Any
    ) -> None:
        """Write to all replicas and wait for all."""
        await asyncio.gather(
            *[
                replica.call("write", key, value)
                for replica in self.replicas
            ]
        )

    async def write_quorum(
        self, key: str, value: Any
    ) -> None:
        """Write to a majority of the replicas."""
        majority = len(self.replicas) // 2 + 1
        writes = [
            asyncio.create_task(
                replica.call("write", key, value)
            )
            for replica in self.replicas[:majority]
        ]
        await next(asyncio.as_completed(writes))

    async def write_async(
        self, key: str, value: Any
    ) -> None:
        """Write to one replica and do not wait."""
        replica = self.replicas[0]
        asyncio.create_task(
            replica.call("write", key, value)
        )

    async def read(
        self, key: str, nearest: int = 0
    ) -> Any:
        """Return the value that one replica holds.

        Args:
            key: The key.
            nearest: Which replica is near, from 0.
        """
        replica = self.replicas[nearest]
        return await replica.call("read", key)
