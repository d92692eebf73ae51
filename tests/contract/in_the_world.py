"""A stage in the engine's world: processes are nodes, and each step lets one message arrive."""

import asyncio
import inspect
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import count

from contracts import ENDLESS, LONGEST, CallFailed, Contract, Process, told
from memory import turns_of

from sdtutor.core.draws import uniform
from sdtutor.core.units import to_us
from sdtutor.engine.events import Event
from sdtutor.engine.lab import Cast, Fidelity, Lab, Link, Node, Offered, Opening, Service
from sdtutor.engine.loop import SteppedLoop
from sdtutor.engine.possible import default_move, deliverable, timers
from sdtutor.engine.run import Run
from sdtutor.engine.services import queue_of

CALLBACKS = 10_000


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
    _repeating: set[tuple[str, str]] = field(default_factory=set)
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

    def repeat(self, receiver, operation):
        self._repeating.add((receiver, operation))

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
        event = self._fault() or self._next()
        if event is None:
            assert self._pauses, ENDLESS
        else:
            self._settle(self.run.apply(event))
            assert self.run.world.now_us < to_us(LONGEST), ENDLESS
        for pause in self._pauses:
            pause.left = pause.left - 1 if event else 0

    def _fault(self):
        for message in self.run.world.in_flight:
            served = message.sender if message.is_reply else message.receiver, message.operation
            wanted, kind = (self._losing, "drop") if message.is_reply else (self._repeating, "duplicate")
            if served in wanted:
                wanted.discard(served)
                return Event(kind, message.name)
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
        faults=("drop", "duplicate", "crash"),
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
