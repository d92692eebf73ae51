"""A node: one process of the world, alive on a loop of its own.

(input history) -> (requests, finished tasks, timers, view). Nothing else goes in or out, so a node can be
thrown away and had again by feeding the same inputs.
"""

import asyncio
import contextlib
import inspect
from collections.abc import Callable, Iterator, Mapping
from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import Any

from sdtutor.engine.frozen import check_frozen
from sdtutor.engine.lab import Node
from sdtutor.engine.loop import SteppedLoop
from sdtutor.engine.message import Outcome
from sdtutor.engine.simulated import Ports
from sdtutor.engine.trace import BudgetSpent, Tracer, label_of_task, parked, variables_of
from sdtutor.engine.world import Input

CALLBACKS_PER_STEP = 10_000
"""Callbacks that one step may run: two tasks that wake each other for ever end here."""

conversation_of_task: ContextVar[str] = ContextVar("conversation_of_task", default="")
"""The call, anywhere in the world, on whose behalf the running task works."""


Place = tuple[str, int]
"""A line: path relative to the package, and number from 1."""


@dataclass(frozen=True, slots=True)
class Request:
    """A message that a node wants to send.

    Args:
        receiver: To whom.
        operation: What is asked.
        payload: With which values.
        ticket: Identifies the future that waits for the reply.
        conversation: On whose behalf.
    """

    receiver: str
    operation: str
    payload: tuple[Any, ...]
    ticket: int
    conversation: str


@dataclass(frozen=True, slots=True)
class Output:
    """What one input led to, once the node waits again.

    Args:
        requests: Messages to send, in order.
        finished: (label, outcome) of the tasks that ended.
        failures: Texts of failures that nobody in the node handled.
        timer: (deadline in microseconds, number) of the earliest timer, if any.
        waiting: Labels of the tasks that are not done.
        view: What the lab observes of the instance.
        parked: (label, places) of where tasks wait: the line of each awaiting frame, the outermost first.
        spent: Whether the budget of the step ran out.
    """

    requests: tuple[Request, ...]
    finished: tuple[tuple[str, Outcome], ...]
    failures: tuple[str, ...]
    timer: tuple[int, int] | None
    waiting: tuple[str, ...]
    view: Mapping[str, Any] = field(default_factory=dict)
    parked: tuple[tuple[str, tuple[Place, ...]], ...] = ()
    spent: bool = False


class Host:
    """A live node.

    Args:
        node: Its declaration.
        files: Source files whose lines are followed: shown path by real path.
    """

    def __init__(self, node: Node, files: Mapping[str, str]) -> None:
        self._node = node
        self._files = files
        self._loop = SteppedLoop()  # type: ignore[abstract]
        self._instance: Any = None
        self._broken_start: Outcome | None = None
        self._tickets: dict[int, asyncio.Future[Outcome]] = {}
        self._last_ticket = 0
        self._requests: list[Request] = []
        self._finished: list[tuple[str, Outcome]] = []
        self._open: dict[str, None] = {}

    def feed(self, told: Input, tracer: Tracer | None = None) -> Output:
        """Tell the node something and run it until it waits again.

        Args:
            told: The input.
            tracer: Follows the lines that run. Only with one that keeps a budget may an input be told that is
                not known to end.
        """
        self._loop.now_us = told.now_us
        self._requests, self._finished = [], []
        spent = False
        with tracer or contextlib.nullcontext():
            try:
                self._take(told)
                spent = not self._loop.drain(CALLBACKS_PER_STEP)
            except BudgetSpent:
                spent = True
        return self._output(spent)

    def variables(self) -> dict[str, dict[str, str]]:
        """Return the variables at the line where each task waits: text by name, by label."""
        return {label: variables_of(frames) for label, frames in parked(self._loop.tasks, self._files)}

    @property
    def instance(self) -> Any:
        """The object under study; None when it could not be built."""
        return self._instance

    def awaited(self) -> Mapping[int, asyncio.Future[Outcome]]:
        """Return the future of each request for whose reply somebody in the node waits, by ticket."""
        return {ticket: future for ticket, future in self._tickets.items() if not future.done()}

    def remains(self) -> tuple[Any, ...]:
        """Return all objects that decide what the node does next, but for `awaited`."""
        return (self._instance, *self._loop.remains())

    def discard(self) -> None:
        """End the process without a word."""
        self._loop.discard()

    def _take(self, told: Input) -> None:
        if told.kind == "start":
            self._start(*told.payload)
        elif told.kind in ("call", "request"):
            operation, arguments, conversation = told.payload
            self._spawn(told.label, conversation, operation, arguments)
        elif told.kind == "reply":
            ticket, outcome = told.payload
            future = self._tickets.pop(ticket, None)
            if future is not None and not future.done():
                future.set_result(outcome)
        elif self._loop.timers():
            self._loop.fire_next_timer()

    def _start(self, incarnation: int) -> None:
        try:
            self._instance = self._node.build(Ports(self._ask, incarnation))
        except Exception as error:  # noqa: BLE001 - whatever the code under study raises is a result
            self._broken_start = failure(error)
            return
        if hasattr(self._instance, "start"):
            self._spawn("start", f"{self._node.name}.start", "start", ())

    def _spawn(self, label: str, conversation: str, operation: str, arguments: tuple[Any, ...]) -> None:
        if self._broken_start:
            self._finished.append((label, self._broken_start))
            return
        self._open[label] = None
        tokens = label_of_task.set(label), conversation_of_task.set(conversation)
        try:
            method = getattr(self._instance, operation)
            self._loop.create_task(self._serve(label, method, arguments), name=label)
        finally:
            label_of_task.reset(tokens[0])
            conversation_of_task.reset(tokens[1])

    async def _serve(self, label: str, method: Callable[..., Any], arguments: tuple[Any, ...]) -> None:
        try:
            value = method(*arguments)
            if inspect.isawaitable(value):
                value = await value
            check_frozen(value)
            outcome = Outcome(value)
        except Exception as error:  # noqa: BLE001 - whatever the code under study raises is a result
            outcome = failure(error)
        self._open.pop(label, None)
        self._finished.append((label, outcome))

    def _ask(self, receiver: str, operation: str, payload: tuple[Any, ...]) -> asyncio.Future[Outcome]:
        self._last_ticket += 1
        future: asyncio.Future[Outcome] = self._loop.create_future()
        self._tickets[self._last_ticket] = future
        conversation = conversation_of_task.get()
        self._requests.append(Request(receiver, operation, payload, self._last_ticket, conversation))
        return future

    def _output(self, spent: bool) -> Output:
        failures = self._loop.unretrieved_failures()
        spent = spent or any(isinstance(error, BudgetSpent) for error in failures)
        timers = self._loop.timers()
        return Output(
            requests=tuple(self._requests),
            finished=tuple(self._finished),
            failures=tuple(failure(error).text for error in failures if not isinstance(error, BudgetSpent)),
            timer=(timers[0].deadline_us, timers[0].serial) if timers else None,
            waiting=tuple(self._open),
            view={} if spent or self._instance is None else self._observe(),
            parked=tuple(self._parked()),
            spent=spent,
        )

    def _parked(self) -> Iterator[tuple[str, tuple[Place, ...]]]:
        for label, frames in parked(self._loop.tasks, self._files):
            yield label, tuple((self._files[f.f_code.co_filename], f.f_lineno) for f in frames)

    def _observe(self) -> dict[str, Any]:
        view = dict(self._node.observe(self._instance))
        for value in view.values():
            check_frozen(value)
        return view


def failure(error: BaseException) -> Outcome:
    """Return an exception as the outcome of a call."""
    text = ""
    with contextlib.suppress(Exception):
        text = str(error)
    return Outcome(text, type(error).__name__)


def revive(node: Node, files: Mapping[str, str], inputs: list[Input]) -> Host:
    """Return a node that was told all this: the same objects as the first time."""
    host = Host(node, files)
    for told in inputs:
        host.feed(told)
    return host
