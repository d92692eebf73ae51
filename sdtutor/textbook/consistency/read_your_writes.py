"""Read-your-writes, as most introductions show it.

Remember what each user wrote last. Who reads that is
sent to the primary, everybody else to a replica.
"""

# Defects: nobody keeps the tasks that are not awaited,
# and nobody compares a version.
# ruff: noqa: ARG002, RUF006

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from sdtutor.core.ports import Peer


@dataclass(frozen=True)
class LastWrite:
    """What a user wrote last."""

    key: str
    version: int


class Primary:
    """The copy that takes the writes, and numbers them."""

    def __init__(self) -> None:
        self.rows: dict[str, Any] = {}
        self.version = 0

    async def read(self, key: str) -> Any:
        """Return the value, or None when there is none."""
        return self.rows.get(key)

    async def write(self, key: str, value: Any) -> int:
        """Store a value; return its version."""
        self.version += 1
        self.rows[key] = value
        return self.version


class Replica:
    """A copy: of each key, the last value to come."""

    def __init__(self) -> None:
        self.rows: dict[str, Any] = {}

    async def read(self, key: str) -> Any:
        """Return the value, or None when there is none."""
        return self.rows.get(key)

    async def write(
        self, key: str, value: Any, version: int
    ) -> None:
        """Store a value."""
        self.rows[key] = value


class ReadYourWritesConsistency:
    """Sends readers of what they wrote to the primary.

    Args:
        primary: Takes the writes.
        replicas: The copies.
        select_replica: Chooses who answers a read.
    """

    def __init__(
        self,
        primary: Peer,
        replicas: Sequence[Peer],
        select_replica: Callable[[], Peer],
    ) -> None:
        self.primary = primary
        self.replicas = replicas
        self.select_replica = select_replica
        self.user_versions: dict[str, LastWrite] = {}

    async def write(
        self, user: str, key: str, value: Any
    ) -> None:
        """Store a value; the replicas hear of it later."""
        version = await self.primary.call(
            "write", key, value
        )
        self.user_versions[user] = LastWrite(key, version)
        for replica in self.replicas:
            asyncio.create_task(
                replica.call("write", key, value, version)
            )

    async def read(self, user: str, key: str) -> Any:
        """Return the value, or None when there is none."""
        last = self.user_versions.get(user)
        if last and last.key == key:
            return await self.primary.call("read", key)
        replica = self.select_replica()
        return await replica.call("read", key)
