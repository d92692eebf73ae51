"""Saga: a transaction across services.

Problem: no database transaction spans three services.
When the third refuses, the first two have committed.

Idea: a step has a compensation. On a failure the steps
begun so far are compensated, newest first: the failed
one too, since a lost reply may hide its success. A log
keeps the place; after a crash, anyone can go on.
A call may come twice then: it carries a key, and a
service acts once for each. A compensation that finds
nothing to undo succeeds, and bars its step from
arriving late.

Simplified: the caller sees to it that one process at a
time runs a saga. Others see its unfinished work.

Sources: Garcia-Molina and Salem, "Sagas", SIGMOD 1987;
C. Richardson, "Microservices Patterns", 2018, ch. 4.
"""

import asyncio
from collections.abc import (
    Awaitable,
    Callable,
    Mapping,
)
from dataclasses import dataclass, replace
from typing import Any

from sdtutor.core.ports import Peer, PeerError, Table

Data = Mapping[str, Any]
Fields = tuple[tuple[str, Any], ...]
Execute = Callable[[str, Data], Awaitable[Data | None]]
Compensate = Callable[[str, Data], Awaitable[None]]

ATTEMPTS = 3


class StepError(Exception):
    """A step answered with what the saga cannot take."""


# Timeouts and lost connections are OSErrors.
FAILURES = (PeerError, OSError, StepError)


@dataclass(frozen=True)
class Step:
    """One step of a saga, and what takes it back.

    Args:
        execute: Does it, once for a key; given the key and
            the data, returns what to add to the data.
        compensate: Takes back what was done for a key.
    """

    execute: Execute
    compensate: Compensate


@dataclass(frozen=True)
class Progress:
    """A saga's row in the log.

    Args:
        data: The input and the results so far.
        done: How many steps are known to be complete.
        error: Why the saga turned back, if it did.
        undo: Steps to compensate, in this order.
        parked: Steps whose compensation kept failing.
    """

    data: Fields
    done: int = 0
    error: str | None = None
    undo: tuple[str, ...] = ()
    parked: tuple[str, ...] = ()


@dataclass(frozen=True)
class SagaResult:
    """How a saga ended.

    Args:
        success: Whether every step completed.
        data: The input and the results, as pairs.
        error: Why it failed.
        outstanding: Steps that may still have an effect,
            for an operator; resume tries them again.
    """

    success: bool
    data: Fields = ()
    error: str | None = None
    outstanding: tuple[str, ...] = ()


class SagaOrchestrator:
    """Runs steps, or takes back all that began.

    Args:
        log: Keeps a row for each saga.
        timeout: Seconds that one call may take.
    """

    def __init__(
        self, log: Table, timeout: float = 1
    ) -> None:
        self.log = log
        self.timeout = timeout
        self.steps: dict[str, Step] = {}

    def add_step(
        self,
        name: str,
        execute: Execute,
        compensate: Compensate,
    ) -> None:
        """Append a step.

        Raises:
            ValueError: The name is taken: both steps would
                share their keys.
        """
        if name in self.steps:
            raise ValueError(
                f"There are two steps {name}."
            )
        self.steps[name] = Step(execute, compensate)

    async def execute(
        self, data: Data, saga_id: str = "saga"
    ) -> SagaResult:
        """Run the saga to its end, forward or back.

        Args:
            data: The input; its values are frozen.
            saga_id: Its name in the log and in the keys; a
                known one goes on where the log stands.
        """
        begun = await self.log.get(saga_id)
        start = begun or Progress(tuple(data.items()))
        return await self._run(saga_id, start)

    async def resume(self, saga_id: str) -> SagaResult:
        """Go on after a crash, or retry what was parked.

        Raises:
            LookupError: The log has no such saga.
        """
        at = await self.log.get(saga_id)
        if at is None:
            raise LookupError(
                f"The log has no saga {saga_id}."
            )
        undo = (*at.parked, *at.undo)
        again = replace(at, undo=undo, parked=())
        return await self._run(saga_id, again)

    async def _run(
        self, saga_id: str, at: Progress
    ) -> SagaResult:
        await self.log.put(saga_id, at)
        total = len(self.steps)
        while at.error is None and at.done < total:
            at = await self._forward(saga_id, at)
            await self.log.put(saga_id, at)
        while at.undo:
            at = await self._back(saga_id, at)
            await self.log.put(saga_id, at)
        success = at.error is None
        data = at.data if success else ()
        return SagaResult(
            success, data, at.error, at.parked
        )

    async def _forward(
        self, saga_id: str, at: Progress
    ) -> Progress:
        names = list(self.steps)
        name = names[at.done]
        try:
            async with asyncio.timeout(self.timeout):
                result = await self.steps[name].execute(
                    f"{saga_id}/{name}", dict(at.data)
                )
            data = joined(dict(at.data), result or {})
        except FAILURES as error:
            undo = tuple(reversed(names[: at.done + 1]))
            why = str(error) or f"{name} timed out"
            return replace(at, error=why, undo=undo)
        return replace(at, data=data, done=at.done + 1)

    async def _back(
        self, saga_id: str, at: Progress
    ) -> Progress:
        name, *rest = at.undo
        at = replace(at, undo=tuple(rest))
        for _ in range(ATTEMPTS):
            try:
                async with asyncio.timeout(self.timeout):
                    await self.steps[name].compensate(
                        f"{saga_id}/{name}", dict(at.data)
                    )
                return at
            except FAILURES:
                continue
        return replace(at, parked=(*at.parked, name))


def joined(data: Data, result: Data) -> Fields:
    """Return the data with a step's result added.

    Raises:
        StepError: The result would replace a field
            that earlier steps or compensations use.
    """
    taken = sorted(data.keys() & result.keys())
    if taken:
        names = ", ".join(taken)
        why = f"result would replace {names}"
        raise StepError(why)
    return (*data.items(), *result.items())


def order_saga(
    order: Peer,
    inventory: Peer,
    payment: Peer,
    log: Table,
    timeout: float = 1,
) -> SagaOrchestrator:
    """Return the saga that places an order.

    Args:
        order: create(items, amount, key), which
            returns the order's id, and cancel(key).
        inventory: reserve(items, key), release(key).
        payment: charge(amount, key), which returns
            the payment's id, and refund(key).
        log: Keeps a row for each saga.
        timeout: Seconds that one call may take.
    """

    async def create(key: str, data: Data) -> Data:
        what = data["items"], data["amount"], key
        order_id = await order.call("create", *what)
        return {"order_id": order_id}

    async def cancel(key: str, _data: Data) -> None:
        await order.call("cancel", key)

    async def reserve(key: str, data: Data) -> Data:
        items = data["items"]
        await inventory.call("reserve", items, key)
        return {"reserved": True}

    async def release(key: str, _data: Data) -> None:
        await inventory.call("release", key)

    async def charge(key: str, data: Data) -> Data:
        payment_id = await payment.call(
            "charge", data["amount"], key
        )
        return {"payment_id": payment_id}

    async def refund(key: str, _data: Data) -> None:
        await payment.call("refund", key)

    saga = SagaOrchestrator(log, timeout)
    saga.add_step("order", create, cancel)
    saga.add_step("inventory", reserve, release)
    saga.add_step("payment", charge, refund)
    return saga
