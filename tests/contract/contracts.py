"""Contracts: what must hold wherever the code runs, as one coroutine that knows no world.

It calls operations on processes and waits for what they return. Which message arrives when is up to the stage
on which it is played, and drawn from a seed.
"""

import asyncio
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from types import ModuleType
from typing import Any

LONGEST = 200
"""Seconds of virtual time in which a contract must end."""
ENDLESS = "It waits for ever."


class CallFailed(Exception):
    """A call ended with an error.

    Args:
        error: Name of its type.
        text: What it says.
    """

    def __init__(self, error, text):
        super().__init__(f"{error}: {text}")
        self.error, self.text = error, text


@dataclass(frozen=True)
class Process:
    """A process of the cast.

    Args:
        kind: The class of its instance.
        make: Makes the instance from ports; None when it needs none.
    """

    name: str
    kind: type
    make: Callable[[Any], Any] | None = None

    def build(self, ports):
        return self.make(ports) if self.make else self.kind()


@dataclass(frozen=True)
class Store:
    """A cache, a table or a queue of the cast.

    Args:
        kind: key_value, table or queue.
        initial: Values by key; of a queue, its messages.
    """

    name: str
    kind: str
    initial: Any = ()


class Clock:
    """A process that waits: what makes time pass in both worlds."""

    async def wait(self, seconds: float) -> None:
        await asyncio.sleep(seconds)


@dataclass(frozen=True)
class Contract:
    """What must hold wherever the code runs.

    Args:
        source: The module that it is about.
        cast: Who takes part.
        play: Calls, waits and asserts, given a stage.
        waits: Whether it lets timers fire, and so wants a clock that jumps.
    """

    source: ModuleType
    cast: tuple[Process | Store, ...]
    play: Callable[[Any], Awaitable[None]]
    waits: bool = False

    @property
    def name(self):
        module = self.source.__name__.removeprefix("sdtutor.reference.").replace(".", "/")
        return f"{module}: {self.play.__name__.replace('_', ' ')}"

    @property
    def processes(self):
        return [member for member in self.cast if isinstance(member, Process)] + [Process("clock", Clock)]

    @property
    def stores(self):
        return [member for member in self.cast if isinstance(member, Store)]


CONTRACTS: list[Contract] = []


def contract(source, *cast, waits=False):
    """Return a decorator that adds a coroutine function to the suite."""

    def add(play):
        CONTRACTS.append(Contract(source, cast, play, waits))
        return play

    return add


async def failure_of(call: Awaitable[Any]) -> CallFailed:
    """Return how a call failed.

    Raises:
        AssertionError: It did not.
    """
    try:
        returned = await call
    except CallFailed as failed:
        return failed
    raise AssertionError(f"It returned {returned!r}.")


@contextmanager
def told(where: str, seed: int) -> Iterator[None]:
    """Add to a failure in which world, and in which order, it was seen."""
    try:
        yield
    except AssertionError as error:
        error.add_note(f"Seen {where} with seed {seed}.")
        raise
