"""The only ways in which code under study touches the outside.

Reference and textbook code is written against these protocols. The engine implements them with
messages that the learner delivers, tests implement them in memory, and a service could implement
them with a real server: the code under study does not change.

Keys, values and arguments are frozen: str, int, float, bool, bytes, None, tuples of these, frozen
dataclasses. What one process holds, another can only be sent.
"""

from dataclasses import dataclass
from typing import Any, Protocol


class KeyValue(Protocol):
    """A cache: a store of values by key that may forget."""

    async def get(self, key: str) -> Any:
        """Return the value, or None when there is none."""
        ...

    async def set(
        self, key: str, value: Any, *, ttl: float | None = None, only_if_absent: bool = False
    ) -> bool:
        """Store a value; tell whether it was stored.

        Args:
            key: The key.
            value: What to store.
            ttl: Seconds until it expires; None keeps it until it is replaced.
            only_if_absent: Store only when the key holds nothing.
        """
        ...

    async def delete(self, key: str) -> bool:
        """Remove a key; tell whether it held anything."""
        ...

    async def compare_and_set(self, key: str, expected: Any, value: Any, *, ttl: float | None = None) -> bool:
        """Store a value only if the key holds the expected one; tell whether it did."""
        ...


class Table(Protocol):
    """A database table: rows by key that stay."""

    async def get(self, key: str) -> Any:
        """Return the row, or None when there is none."""
        ...

    async def put(self, key: str, row: Any) -> None:
        """Store a row; when this returns, it is durable."""
        ...

    async def compare_and_set(self, key: str, expected: Any, row: Any) -> bool:
        """Store a row only if the table holds the expected one; tell whether it did.

        What SQL writes as `UPDATE ... WHERE id = ? AND version = ?` and a count of rows. When it returns
        True, the row is durable.

        Args:
            key: The key.
            expected: The whole row that must be there; None for no row.
            row: What to store.
        """
        ...


@dataclass(frozen=True)
class Delivery:
    """One message, handed to one consumer for a while.

    Args:
        receipt: Names this delivery; another delivery of the same message has another.
        message: What was published.
        attempt: Which delivery of the message this is, from 1.
    """

    receipt: str
    message: Any
    attempt: int = 1


class Queue(Protocol):
    """A queue that delivers each message at least once: until it is acknowledged.

    A message that was published twice is two messages here: only what is inside them can tell.
    """

    async def publish(self, message: Any) -> None:
        """Add a message; when this returns, it is durable."""
        ...

    async def pull(self, *, hold: float = 30.0) -> Delivery | None:
        """Return the first message that waits, or None at once when none does.

        Nobody else is given it for a while; after that it waits again.

        Args:
            hold: Seconds until then. The default is that of the visibility timeout in Amazon SQS (Developer
                Guide, "Amazon SQS visibility timeout").
        """
        ...

    async def ack(self, receipt: str) -> bool:
        """Remove a message for good; tell whether it was there and this was its latest delivery."""
        ...

    async def nack(self, receipt: str) -> bool:
        """Let a message wait again at once; tell whether this was its latest delivery, and still held."""
        ...


class Peer(Protocol):
    """Another process, as seen over the network.

    A call may take effect although its reply never comes: only the caller's timeout ends the wait.
    """

    name: str
    """Who it is."""

    async def call(self, operation: str, *arguments: Any) -> Any:
        """Ask the peer to run an operation; return its result.

        Raises:
            PeerError: The peer ran the operation and refused or failed.
        """
        ...


class PeerError(Exception):
    """The peer answered with an error: the operation ran there, and failed."""
