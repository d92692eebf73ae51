"""The ports as code in the world sees them: every method sends a message and waits for the reply."""

import asyncio
from collections.abc import Callable
from typing import Any

from sdtutor.core.ports import Delivery, KeyValue, Peer, PeerError, Queue, Table
from sdtutor.engine.frozen import check_frozen
from sdtutor.engine.message import Outcome

Ask = Callable[[str, str, tuple[Any, ...]], "asyncio.Future[Outcome]"]
"""Sends a request (receiver, operation, payload); the future resolves when the reply is delivered."""


class Ports:
    """What a node is built from.

    Args:
        ask: How a request leaves the node.
        incarnation: Which start of the node this is, from 1. What must not repeat after a restart, such as
            the owner of a lease, is named with it.
    """

    def __init__(self, ask: Ask, incarnation: int) -> None:
        self._ask = ask
        self.incarnation = incarnation

    def key_value(self, service: str) -> KeyValue:
        """Return a cache by name."""
        return SimulatedKeyValue(self._ask, service)

    def table(self, service: str) -> Table:
        """Return a table by name."""
        return SimulatedTable(self._ask, service)

    def queue(self, service: str) -> Queue:
        """Return a queue by name."""
        return SimulatedQueue(self._ask, service)

    def peer(self, node: str) -> Peer:
        """Return another node by name."""
        return SimulatedPeer(self._ask, node)


class Remote:
    """A member of the world, as a node sees it: what it sends is a message.

    Args:
        ask: How a request leaves the node.
        name: Who is asked.
    """

    def __init__(self, ask: Ask, name: str) -> None:
        self._send = ask
        self.name = name

    async def _request(self, operation: str, *payload: Any) -> Any:
        for value in payload:
            check_frozen(value)
        outcome = await self._send(self.name, operation, payload)
        if outcome.error:
            raise PeerError(outcome.value or outcome.error)
        return outcome.value


class SimulatedKeyValue(Remote):
    """A `sdtutor.core.ports.KeyValue` whose store is a service of the world."""

    async def get(self, key: str) -> Any:
        """Ask for the value."""
        return await self._request("get", key)

    async def set(
        self, key: str, value: Any, *, ttl: float | None = None, only_if_absent: bool = False
    ) -> bool:
        """Ask to store a value."""
        stored: bool = await self._request("set", key, value, ttl, only_if_absent)
        return stored

    async def delete(self, key: str) -> bool:
        """Ask to remove a key."""
        held: bool = await self._request("delete", key)
        return held

    async def compare_and_set(self, key: str, expected: Any, value: Any, *, ttl: float | None = None) -> bool:
        """Ask to replace an expected value."""
        stored: bool = await self._request("compare_and_set", key, expected, value, ttl)
        return stored


class SimulatedTable(Remote):
    """A `sdtutor.core.ports.Table` whose rows are a service of the world."""

    async def get(self, key: str) -> Any:
        """Ask for the row."""
        return await self._request("get", key)

    async def put(self, key: str, row: Any) -> None:
        """Ask to store a row."""
        await self._request("put", key, row)

    async def compare_and_set(self, key: str, expected: Any, row: Any) -> bool:
        """Ask to replace an expected row."""
        stored: bool = await self._request("compare_and_set", key, expected, row)
        return stored


class SimulatedQueue(Remote):
    """A `sdtutor.core.ports.Queue` whose messages are a service of the world."""

    async def publish(self, message: Any) -> None:
        """Ask to add a message."""
        await self._request("publish", message)

    async def pull(self, *, hold: float = 30.0) -> Delivery | None:
        """Ask for the first message that waits."""
        delivery: Delivery | None = await self._request("pull", hold)
        return delivery

    async def ack(self, receipt: str) -> bool:
        """Ask to remove a message."""
        removed: bool = await self._request("ack", receipt)
        return removed

    async def nack(self, receipt: str) -> bool:
        """Ask to let a message wait again."""
        back: bool = await self._request("nack", receipt)
        return back


class SimulatedPeer(Remote):
    """A `sdtutor.core.ports.Peer` that is another node of the world."""

    async def call(self, operation: str, *arguments: Any) -> Any:
        """Ask the node to run an operation."""
        return await self._request(operation, *arguments)
