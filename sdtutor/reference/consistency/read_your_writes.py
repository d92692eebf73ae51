"""Sessions that read their own writes from replicas.

Problem: a user saves, the next page is read from a
replica that has not heard of it, and shows the past.

Idea: the primary numbers its writes and replicas apply
them in that order, so one number tells how far a copy
is. A session keeps the number of the newest write that
it has made or seen, its token, and sends it with each
read. A copy that is not as far refuses, and the next
is asked, the primary last. A token only grows, so no
read goes behind an earlier one either; and it travels
with the user, so that any server will do.

Simplified: the primary is there for good. One that
takes over gives the numbers of lost writes out again:
there a token names its primary as well. A write that
the network repeats is made twice. A replica that lost
writes hears of them at the next one.

Sources: Terry et al., "Session Guarantees for Weakly
Consistent Replicated Data", PDIS 1994, "Read Your
Writes", "Monotonic Reads"; PostgreSQL 19, WAIT FOR.
"""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sdtutor.core.ports import Peer, PeerError

# Timeouts and lost connections are OSErrors.
FAILURES = (PeerError, OSError)
# Seconds to wait for an answer, and before a replica
# that failed is told again.
TIMEOUT = 1


class Behind(Exception):
    """The copy is not as far as the token."""


class Unavailable(Exception):
    """No copy that answers is as far as the token."""


@dataclass(frozen=True)
class Entry:
    """A write in the log.

    Args:
        position: 1 for the first, then one more each;
            0 where nothing was written yet.
        key: What was written.
        value: The new value.
    """

    position: int
    key: str
    value: Any


class Replica:
    """A copy that applies the log in its order."""

    def __init__(self) -> None:
        self.rows: dict[str, Entry] = {}
        self.position = 0

    async def append(
        self, entries: tuple[Entry, ...]
    ) -> int:
        """Apply what comes next; return the position."""
        for entry in entries:
            if entry.position == self.position + 1:
                self.rows[entry.key] = entry
                self.position = entry.position
        return self.position

    async def read(self, key: str, token: int) -> Entry:
        """Return the row: the last write of a key.

        Raises:
            Behind: A newer one may be on its way here.
        """
        if self.position < token:
            raise Behind(f"{self.position} < {token}")
        return self.rows.get(key, Entry(0, key, None))


class Primary(Replica):
    """The copy that takes the writes and ships its log.

    Args:
        replicas: Who is told, each at its own pace.
    """

    def __init__(self, replicas: Sequence[Peer]) -> None:
        super().__init__()
        self.replicas = replicas
        self.log: list[Entry] = []
        self.known = {peer.name: 0 for peer in replicas}
        self.shipping: dict[str, asyncio.Task[None]] = {}

    async def write(self, key: str, value: Any) -> int:
        """Store a value; return its position."""
        entry = Entry(self.position + 1, key, value)
        self.log.append(entry)
        await self.append((entry,))
        for replica in self.replicas:
            if replica.name not in self.shipping:
                task = asyncio.create_task(
                    self._ship(replica)
                )
                self.shipping[replica.name] = task
        return entry.position

    async def _ship(self, replica: Peer) -> None:
        """Send what a replica lacks until it has all."""
        name = replica.name
        while self.known[name] < self.position:
            rest = tuple(self.log[self.known[name] :])
            try:
                async with asyncio.timeout(TIMEOUT):
                    self.known[name] = await replica.call(
                        "append", rest
                    )
            except FAILURES:
                await asyncio.sleep(TIMEOUT)
        del self.shipping[name]


class ReadYourWritesConsistency:
    """A server, which remembers nothing about anybody.

    Args:
        primary: Takes the writes.
        replicas: The nearest first.
    """

    def __init__(
        self, primary: Peer, replicas: Sequence[Peer]
    ) -> None:
        self.primary = primary
        self.replicas = replicas

    async def write(self, key: str, value: Any) -> int:
        """Store a value; return its position."""
        position: int = await self.primary.call(
            "write", key, value
        )
        return position

    async def read(self, key: str, token: int) -> Entry:
        """Return the row of a copy as far as the token.

        Raises:
            Unavailable: Nobody is as far as the token.
        """
        for copy in (*self.replicas, self.primary):
            try:
                async with asyncio.timeout(TIMEOUT):
                    entry: Entry = await copy.call(
                        "read", key, token
                    )
                    return entry
            except FAILURES:
                continue
        raise Unavailable(f"Nobody is at {token}.")


class Session:
    """What one user has made and seen: in a cookie, say.

    Args:
        token: The position of the newest write among it.
    """

    def __init__(self, token: int = 0) -> None:
        self.token = token

    async def write(
        self, server: Peer, key: str, value: Any
    ) -> None:
        """Store a value through any server."""
        position = await server.call("write", key, value)
        self.token = max(self.token, position)

    async def read(self, server: Peer, key: str) -> Any:
        """Return a value, none older than those seen."""
        entry = await server.call("read", key, self.token)
        self.token = max(self.token, entry.position)
        return entry.value
