"""Saga, as most introductions show it.

Run the steps one after another. If one fails, run the
compensations of the completed ones in reverse order.
"""

# The defects are the lesson: every error is swallowed,
# and one compensation uses a name that it cannot see.
# ruff: noqa: BLE001, F821
# mypy: disable-error-code="name-defined"

from collections.abc import (
    Awaitable,
    Callable,
    Mapping,
)
from dataclasses import dataclass
from typing import Any

from sdtutor.core.ports import Peer

Data = Mapping[str, Any]
Execute = Callable[[Data], Awaitable[Data | None]]
Compensate = Callable[[Any], Awaitable[None]]


@dataclass(frozen=True)
class Step:
    """One step of a saga, and what takes it back.

    Args:
        name: What the step is called.
        execute: Does it; its result joins the data.
        compensate: Takes it back; is given the result.
    """

    name: str
    execute: Execute
    compensate: Compensate


@dataclass(frozen=True)
class SagaResult:
    """How a saga ended.

    Args:
        success: Whether every step completed.
        data: What the steps left, as pairs.
        error: Why it failed.
        outstanding: Always empty: nobody keeps count.
    """

    success: bool
    data: tuple[tuple[str, Any], ...] = ()
    error: str | None = None
    outstanding: tuple[str, ...] = ()


def ignore(error: Exception) -> None:
    """Do nothing with an error."""


class SagaOrchestrator:
    """Runs steps; takes completed ones back on failure.

    Args:
        report: Is shown errors of compensations, as a
            console would be.
    """

    def __init__(
        self, report: Callable[[Exception], None] = ignore
    ) -> None:
        self.steps: list[Step] = []
        self.report = report

    def add_step(
        self,
        name: str,
        execute: Execute,
        compensate: Compensate,
    ) -> None:
        """Append a step."""
        self.steps.append(Step(name, execute, compensate))

    async def execute(self, data: Data) -> SagaResult:
        """Run the saga and return how it ended."""
        completed: list[tuple[Step, Any]] = []
        try:
            for step in self.steps:
                result = await step.execute(data)
                completed.append((step, result))
                data = {**data, **(result or {})}
            return SagaResult(True, tuple(data.items()))
        except Exception as error:
            for step, result in reversed(completed):
                try:
                    await step.compensate(result)
                except Exception as failure:
                    self.report(failure)
            return SagaResult(False, error=str(error))


def order_saga(
    order: Peer,
    inventory: Peer,
    payment: Peer,
    report: Callable[[Exception], None] = ignore,
) -> SagaOrchestrator:
    """Return the saga that places an order.

    Args:
        order: Serves create(items, amount), which
            returns the order's id, and cancel(id).
        inventory: Serves reserve and release(items).
        payment: Serves charge(amount), which returns
            the payment's id, and refund(id).
        report: Is shown errors of compensations.
    """

    async def create(data: Data) -> Data:
        order_id = await order.call(
            "create", data["items"], data["amount"]
        )
        return {"order_id": order_id}

    async def cancel(result: Data) -> None:
        await order.call("cancel", result["order_id"])

    async def reserve(data: Data) -> Data:
        await inventory.call("reserve", data["items"])
        return {"reserved": True}

    async def release(_result: Data) -> None:
        await inventory.call("release", data["items"])

    async def charge(data: Data) -> Data:
        payment_id = await payment.call(
            "charge", data["amount"]
        )
        return {"payment_id": payment_id}

    async def refund(result: Data) -> None:
        payment_id = result["payment_id"]
        await payment.call("refund", payment_id)

    saga = SagaOrchestrator(report)
    saga.add_step("order", create, cancel)
    saga.add_step("inventory", reserve, release)
    saga.add_step("payment", charge, refund)
    return saga
