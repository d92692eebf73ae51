"""Contracts, and the two stages on which they are played: the engine's world, and plain asyncio.

A contract is one coroutine. It calls operations on processes and waits for what they return; which message
arrives when is up to the stage, and drawn from a seed.
"""

import asyncio
import inspect
import selectors
from collections.abc import Awaitable, Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import count
from types import ModuleType
from typing import Any

from memory import MEAN_TURNS, Cells, Letters, MemoryPorts, Network, Rows, turns_of

from sdtutor.core.draws import uniform
from sdtutor.core.units import to_us
from sdtutor.engine.events import Event
from sdtutor.engine.lab import Cast, Fidelity, Lab, Link, Node, Offered, Opening, Service
from sdtutor.engine.loop import SteppedLoop
from sdtutor.engine.possible import default_move, deliverable, timers
from sdtutor.engine.run import Run
from sdtutor.engine.services import queue_of

CALLBACKS = 10_000
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


# Plain asyncio.


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
        for _ in range(int(drawn * most * MEAN_TURNS)):
            await asyncio.sleep(0)

    def lose(self, receiver: str, operation: str) -> None:
        """Lose the next reply to an operation, which takes effect."""
        self._network.losing.add((receiver, operation))

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


# The engine's world.


@dataclass
class Pause:
    """A wait of the contract for so many events."""

    left: int
    over: asyncio.Future


@dataclass
class WorldStage:
    """Nodes and services of the engine's world; each step delivers a message that is drawn.

    Args:
        contract: What is played.
        seed: From which the order is drawn; 0 takes the default policy.
    """

    contract: Contract
    seed: int
    _open: dict[str, asyncio.Future] = field(default_factory=dict)
    _losing: set[tuple[str, str]] = field(default_factory=set)
    _pauses: list[Pause] = field(default_factory=list)
    _draws: Iterator[int] = field(default_factory=lambda: count(1))

    def __post_init__(self):
        self.run = Run(lab_of(self.contract), "reference")
        self._loop = SteppedLoop()

    def call(self, process, operation, *arguments):
        step = self.run.apply(Event("call", process, operation, arguments))
        future = self._open[step.conversation] = self._loop.create_future()
        self._settle(step)
        return future

    async def wait(self, seconds):
        await self.call("clock", "wait", seconds)

    async def turns(self, most):
        drawn = uniform(self.seed, f"turns {next(self._draws)}")
        pause = Pause(int(drawn * most), self._loop.create_future())
        self._pauses.append(pause)
        await pause.over

    def lose(self, receiver, operation):
        self._losing.add((receiver, operation))

    def crash(self, process):
        self._settle(self.run.apply(Event("crash", process)))

    def stored(self, store, key):
        return self.run.world.stored(store, key)

    def asked(self, receiver, operation):
        arrived = [step.event.target for step in self.run.steps if step.event.kind == "deliver"]
        return sum(f">{receiver}.{operation}#" in target for target in arrived)

    def play(self):
        """Play the contract; raise what it finds."""
        playing = self._loop.create_task(self.contract.play(self))
        try:
            while self._loop.drain(CALLBACKS) and not playing.done():
                self._step()
            playing.result()
        finally:
            self._loop.discard()
            self.run.close()

    def _step(self):
        for pause in [pause for pause in self._pauses if pause.left <= 0]:
            self._pauses.remove(pause)
            pause.over.set_result(None)
            return
        event = self._lost() or self._next()
        if event is None:
            assert self._pauses, ENDLESS
        else:
            self._settle(self.run.apply(event))
            assert self.run.world.now_us < to_us(LONGEST), ENDLESS
        for pause in self._pauses:
            pause.left = pause.left - 1 if event else 0

    def _lost(self):
        for message in self.run.world.in_flight:
            if message.is_reply and (message.sender, message.operation) in self._losing:
                self._losing.discard((message.sender, message.operation))
                return Event("drop", message.name)
        return None

    def _next(self):
        world, run = self.run.world, self.run
        if not self.seed:
            return default_move(run.rules, world)
        arriving = deliverable(world)
        if arriving:
            return Event("deliver", min(arriving, key=self._arrives).name)
        return next((Event("fire", name) for _, name, _ in timers(world, run.cast)), None)

    def _arrives(self, message):
        return message.sent_step + turns_of(self.seed, message.name)

    def _settle(self, step):
        for result in step.results:
            future = self._open.pop(result.operation.name)
            outcome = result.outcome
            if outcome.error:
                future.set_exception(CallFailed(outcome.error, outcome.value))
            else:
                future.set_result(outcome.value)


def play_in_the_world(contract: Contract, seed: int) -> Run:
    """Play a contract in the engine's world; return the run, or raise what it finds."""
    stage = WorldStage(contract, seed)
    with told("in the world", seed):
        stage.play()
    return stage.run


def lab_of(contract: Contract) -> Lab:
    """Return a lab with the cast of a contract, where messages can be lost and processes crash."""
    nodes = [node(process) for process in contract.processes]
    services = [
        Service(
            store.name,
            store.name,
            (0, 1),
            store.kind,
            durable=True,
            initial=queue_of(*store.initial) if store.kind == "queue" else dict(store.initial),
        )
        for store in contract.stores
    ]
    links = tuple(
        Link(one.name, other.name)
        for place, one in enumerate(nodes)
        for other in (*nodes[place + 1 :], *services)
    )
    cast = Cast((*nodes, *services), links)
    return Lab(
        sources={"reference": contract.source},
        cast=lambda _variant, _values: cast,
        script=lambda _values: (),
        main_code={"reference": ()},
        invariants=(),
        opening=Opening("reference", (), ""),
        goals=(),
        scenes=(),
        fidelity=Fidelity("", "", ""),
        faults=("drop", "crash"),
    )


def node(process: Process) -> Node:
    """Return a node that runs a process and offers each of its operations."""
    operations = {
        name: inspect.signature(method)
        for name, method in inspect.getmembers(process.kind, inspect.iscoroutinefunction)
        if not name.startswith("_")
    }
    calls = [
        Offered(name, tuple(list(signature.parameters)[1 : count + 1]))
        for name, signature in operations.items()
        for count in range(len(signature.parameters))
    ]
    return Node(
        process.name,
        process.name,
        process.name[0].upper(),
        (0, 0),
        process.build,
        calls=tuple(calls),
        serves=tuple(operations),
    )
