"""A register on n replicas, used by quorum.

Problem: a write that waits for all replicas stops with
any of them; one that waits for one leaves most stale.

Idea: a write waits for W replicas, a read for R. When
R + W > n each read meets a replica of the last write,
and versions tell which reply is newest. A reader first
brings what it returns to W replicas, so that no later
reader sees an older value.

Simplified: replicas are fixed and remember what they
acknowledged. Dynamo (section 4.5) lets any n healthy
nodes stand in: then R + W > n promises no overlap.

Sources: Gifford, "Weighted voting", SOSP 1979; Attiya,
Bar-Noy, Dolev, JACM 42(1), 1995, one writer; Lynch and
Shvartsman, FTCS 1997, several: a writer reads first.
"""

import asyncio
from collections.abc import Coroutine, Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from sdtutor.core.ports import Peer, PeerError


class QuorumError(Exception):
    """Too few answered; the write may yet appear."""


@dataclass(frozen=True, order=True)
class Version:
    """When a value was written: larger is newer.

    Args:
        counter: One more than any that its writer saw.
        writer: Decides between equal counters.
    """

    counter: int = 0
    writer: str = ""


@dataclass(frozen=True)
class Versioned:
    """A value and its version; by default, no value."""

    version: Version = Version()
    value: Any = None


class Replica:
    """One copy of the register: keeps the newest row."""

    def __init__(self) -> None:
        self.rows: dict[str, Versioned] = {}

    async def read(self, key: str) -> Versioned:
        """Return what this replica holds."""
        return self.rows.get(key, Versioned())

    async def write(
        self, key: str, row: Versioned
    ) -> None:
        """Store a row unless a newer one is here."""
        held = self.rows.get(key, Versioned())
        if row.version > held.version:
            self.rows[key] = row


class QuorumRegister:
    """Reads and writes replicas by quorum.

    Args:
        replicas: All copies.
        write_quorum: W; None is a majority.
        read_quorum: R; None is a majority.
        name: Names this writer. No other may have it, nor
            this one after a restart.
        timeout: Seconds to wait for a quorum.

    Raises:
        ValueError: A quorum is not from 1 to n.
    """

    def __init__(
        self,
        replicas: Sequence[Peer],
        write_quorum: int | None = None,
        read_quorum: int | None = None,
        name: str = "client",
        timeout: float = 1,
    ) -> None:
        majority = len(replicas) // 2 + 1
        self.replicas = replicas
        self.write_quorum = write_quorum or majority
        self.read_quorum = read_quorum or majority
        self.name = name
        self.timeout = timeout
        self.counter = 0
        self.calls: set[asyncio.Task[None]] = set()
        for size in (self.write_quorum, self.read_quorum):
            if not 1 <= size <= len(replicas):
                raise ValueError(
                    f"A quorum of {size} is impossible."
                )

    async def write(self, key: str, value: Any) -> None:
        """Store a value on W replicas or more.

        Raises:
            QuorumError: Too few answered. The value may be
                on some, and a later read may return it.
        """
        newest, _ = await self._newest(key)
        seen = newest.version.counter
        self.counter = max(self.counter, seen) + 1
        version = Version(self.counter, self.name)
        await self._store(key, Versioned(version, value))

    async def read(
        self, key: str, read_repair: bool = True
    ) -> Any:
        """Return the newest value of R replicas.

        Args:
            key: The key.
            read_repair: Bring it to W replicas first, so
                that no later read returns an older value.

        Raises:
            QuorumError: Too few answered.
        """
        newest, holders = await self._newest(key)
        if read_repair and holders < self.write_quorum:
            await self._store(key, newest)
        return newest.value

    async def _newest(
        self, key: str
    ) -> tuple[Versioned, int]:
        """Return the newest of R rows, and its holders."""
        rows = await self._ask(
            self.read_quorum, "read", key
        )
        newest = max(rows, key=lambda row: row.version)
        return newest, rows.count(newest)

    async def _store(
        self, key: str, row: Versioned
    ) -> None:
        await self._ask(
            self.write_quorum, "write", key, row
        )

    async def _ask(
        self, needed: int, operation: str, *arguments: Any
    ) -> list[Any]:
        """Ask all replicas; return the first replies."""
        answers: asyncio.Queue[list[Any]] = asyncio.Queue()
        calls = []
        for replica in self.replicas:
            call = replica.call(operation, *arguments)
            task = asyncio.create_task(
                outcome(call, answers)
            )
            calls.append(task)
            # A late write goes on: the set keeps it alive.
            self.calls.add(task)
            task.add_done_callback(self.calls.discard)
        replies: list[Any] = []
        waiting = len(self.replicas)
        with suppress(TimeoutError):
            async with asyncio.timeout(self.timeout):
                while 0 < needed - len(replies) <= waiting:
                    replies += await answers.get()
                    waiting -= 1
        if operation == "read":
            for task in calls:
                task.cancel()
        if len(replies) < needed:
            raise QuorumError(
                f"{operation} has {len(replies)} replies "
                f"of the {needed} that it needs."
            )
        return replies


async def outcome(
    call: Coroutine[Any, Any, Any],
    answers: asyncio.Queue[list[Any]],
) -> None:
    """Queue a call's reply; nothing if it fails."""
    try:
        answers.put_nowait([await call])
    except (PeerError, OSError):
        answers.put_nowait([])
