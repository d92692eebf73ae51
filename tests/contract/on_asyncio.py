"""A stage on plain asyncio: all processes in one event loop, with ports in memory."""

import asyncio
import selectors
from collections.abc import Mapping
from itertools import count
from typing import Any

from contracts import ENDLESS, LONGEST, CallFailed, Contract, told
from memory import TURNS, Cells, Letters, MemoryPorts, Network, Rows

from sdtutor.core.draws import uniform


class JumpingSelector(selectors.SelectSelector):
    """Instead of waiting, lets the clock jump to the end of the wait."""

    now = 0.0

    def select(self, timeout=None):
        self.now += max(timeout, 0)
        return super().select(0)


class JumpingLoop(asyncio.SelectorEventLoop):
    """asyncio's own loop, but for the clock."""

    def __init__(self):
        self._jumping = JumpingSelector()
        super().__init__(self._jumping)

    def time(self):
        return self._jumping.now


STORES: Mapping[str, type] = {"key_value": Cells, "table": Rows, "queue": Letters}


class AsyncioStage:
    """Processes of one event loop, with ports in memory."""

    def __init__(self, contract: Contract, seed: int) -> None:
        self._seed = seed
        self._draws = count(1)
        self._calls: list[asyncio.Task] = []
        self._network = Network(seed)
        self._members: dict[str, Any] = {}
        for store in contract.stores:
            initial = store.initial or ({} if store.kind != "queue" else ())
            self._members[store.name] = STORES[store.kind](initial)
        for process in contract.processes:
            ports = MemoryPorts(self._network, process.name, self._members)
            self._members[process.name] = process.build(ports)

    def call(self, process: str, operation: str, *arguments: Any) -> asyncio.Task:
        """Start an operation of a process; what it returns can be awaited."""
        task = asyncio.create_task(called(getattr(self._members[process], operation), arguments))
        # The event loop holds a task only weakly.
        self._calls.append(task)
        return task

    async def wait(self, seconds: float) -> None:
        """Let time pass."""
        await self.call("clock", "wait", seconds)

    async def turns(self, most: int) -> None:
        """Let about so many messages arrive, at most: how many is drawn."""
        drawn = uniform(self._seed, f"turns {next(self._draws)}")
        for _ in range(int(drawn * most * TURNS)):
            await asyncio.sleep(0)

    def lose(self, receiver: str, operation: str) -> None:
        """Lose the next reply to an operation, which takes effect."""
        self._network.losing.add((receiver, operation))

    def repeat(self, receiver: str, operation: str) -> None:
        """Let the next request for an operation arrive twice; one reply is enough for who asked."""
        self._network.repeating.add((receiver, operation))

    def crash(self, process: str) -> None:
        """End a process: nothing leaves it any more, and nothing reaches it."""
        self._network.gone.add(process)

    def stored(self, store: str, key: str) -> Any:
        """Return what a cache or a table holds."""
        return self._members[store].get(key)

    def asked(self, receiver: str, operation: str) -> int:
        """Return how many requests for an operation have arrived."""
        return self._network.arrived[receiver, operation]


async def called(operation, arguments):
    task = asyncio.ensure_future(operation(*arguments))
    await asyncio.wait({task})
    failure = task.exception()
    if failure:
        raise CallFailed(type(failure).__name__, str(failure))
    return task.result()


def play_on_asyncio(contract: Contract, seed: int, loop_factory=JumpingLoop) -> None:
    """Play a contract on plain asyncio; raise what it finds."""

    async def play():
        try:
            async with asyncio.timeout(LONGEST):
                await contract.play(AsyncioStage(contract, seed))
        except TimeoutError:
            raise AssertionError(ENDLESS) from None

    with told("on plain asyncio", seed), asyncio.Runner(loop_factory=loop_factory) as runner:
        runner.run(play())
