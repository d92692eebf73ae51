"""An asyncio event loop without a selector: it runs what is ready, then stops.

An ordinary loop waits for the operating system when nothing is ready. This one returns instead, and
whoever drives it decides what happens next: which message arrives, which timer fires. Ordinary asyncio
code (`gather`, `timeout`, `TaskGroup`, `Queue`) runs on it unchanged, because asyncio asks nothing more
of a loop than callbacks, timers, futures and tasks.
"""

import asyncio
import contextvars
from collections import deque
from collections.abc import Callable, Coroutine, Generator
from typing import Any

from sdtutor.core.units import MICROSECONDS, to_us

Callback = Callable[..., object]


class OrderedTask(asyncio.Task[Any]):
    """A task whose hash is its number of creation, and whose context can be read on every Python.

    ``TaskGroup`` and ``wait`` keep tasks in sets and cancel them in set order; a hash by address would make
    that order differ from run to run.
    """

    def __init__(
        self, coroutine: Coroutine[Any, Any, Any], serial: int, context: contextvars.Context, **options: Any
    ) -> None:
        self._serial = serial
        self.context = context
        super().__init__(coroutine, context=context, **options)

    def __hash__(self) -> int:
        return self._serial


class Timer(asyncio.TimerHandle):
    """A timer with its deadline in whole microseconds and its number of creation."""

    def __init__(self, deadline_us: int, serial: int, callback: Callback, args: Any, **options: Any) -> None:
        super().__init__(deadline_us / MICROSECONDS, callback, args, **options)
        self.deadline_us = deadline_us
        self.serial = serial


class SteppedLoop(asyncio.AbstractEventLoop):
    """The loop of one node.

    Attributes:
        now_us: Virtual time in microseconds; only its owner moves it.
        tasks: Every task made here and not yet settled, held so that none is lost to the garbage collector.
    """

    def __init__(self) -> None:
        self.now_us = 0
        self.tasks: list[OrderedTask] = []
        self._ready: deque[asyncio.Handle] = deque()
        self._timers: list[Timer] = []
        self._last_serial = 0
        self._last_timer = 0

    def drain(self, callbacks: int) -> bool:
        """Run what is ready, and what that makes ready, until nothing is.

        Args:
            callbacks: How many may run.

        Returns:
            True when nothing is ready any more, False when the number was reached first.
        """
        asyncio._set_running_loop(self)
        try:
            for _ in range(callbacks):
                if not self._ready:
                    return True
                handle = self._ready.popleft()
                if not handle.cancelled():
                    handle._run()
            return not self._ready
        finally:
            asyncio._set_running_loop(None)

    def timers(self) -> list[Timer]:
        """Return the timers that may still fire: by deadline, then by creation."""
        self._timers = sorted(
            (timer for timer in self._timers if not timer.cancelled()),
            key=lambda timer: (timer.deadline_us, timer.serial),
        )
        return self._timers

    def fire_next_timer(self) -> None:
        """Make the callback of the earliest timer ready."""
        self._ready.append(self.timers().pop(0))

    def unretrieved_failures(self) -> list[BaseException]:
        """Forget settled tasks; return the exceptions among them that nobody asked for.

        When none is left, the next task is number 1 again: the order in a set of tasks depends on their
        numbers, and what an idle node does next must not depend on how busy it has been.
        """
        failures = []
        for task in self.tasks:
            if task.done() and not task.cancelled() and getattr(task, "_log_traceback", False):
                failure = task.exception()
                if failure is not None:
                    failures.append(failure)
        self.tasks = [task for task in self.tasks if not task.done()]
        if not self.tasks:
            self._last_serial = 0
        return failures

    def remains(self) -> tuple[Any, ...]:
        """Return what the loop has to run: the number of its last task, its tasks, its timers."""
        return (self._last_serial, tuple(self.tasks), tuple(self.timers()))

    def discard(self) -> None:
        """End every task without a word, as a crash does."""
        for task in self.tasks:
            task._log_destroy_pending = False  # type: ignore[attr-defined]
            coroutine = task.get_coro()
            try:
                if coroutine is not None:
                    coroutine.close()
            except RuntimeError:
                # The code awaits inside a `finally`: a crashed process would not get that far either.
                continue
        self.tasks.clear()
        self._ready.clear()
        self._timers.clear()

    # What asyncio asks of a loop.

    def time(self) -> float:
        """Return virtual time in seconds."""
        return self.now_us / MICROSECONDS

    def get_debug(self) -> bool:
        """Return False: asyncio's debug mode reads the wall clock."""
        return False

    def is_running(self) -> bool:
        """Return True while this loop drains."""
        return asyncio._get_running_loop() is self

    def is_closed(self) -> bool:
        """Return False: a loop without a selector has nothing to close."""
        return False

    def call_soon(  # type: ignore[override]
        self, callback: Callback, *args: Any, context: contextvars.Context | None = None
    ) -> asyncio.Handle:
        """Make a callback ready, behind those that are."""
        handle = asyncio.Handle(callback, args, self, context)
        self._ready.append(handle)
        return handle

    def call_later(  # type: ignore[override]
        self, delay: float, callback: Callback, *args: Any, context: contextvars.Context | None = None
    ) -> Timer:
        """Set a timer that many seconds from now."""
        return self._set_timer(self.now_us + to_us(delay), callback, args, context)

    def call_at(  # type: ignore[override]
        self, when: float, callback: Callback, *args: Any, context: contextvars.Context | None = None
    ) -> Timer:
        """Set a timer for a moment in virtual seconds."""
        return self._set_timer(to_us(when), callback, args, context)

    def _set_timer(
        self, deadline_us: int, callback: Callback, args: Any, context: contextvars.Context | None
    ) -> Timer:
        self._last_timer += 1
        timer = Timer(deadline_us, self._last_timer, callback, args, loop=self, context=context)
        self._timers.append(timer)
        return timer

    def _timer_handle_cancelled(self, handle: asyncio.TimerHandle) -> None:
        """Do nothing: `timers` leaves cancelled ones out."""

    def create_future(self) -> asyncio.Future[Any]:
        """Return a future of this loop."""
        return asyncio.Future(loop=self)

    def create_task(
        self,
        coro: Coroutine[Any, Any, Any] | Generator[Any, None, Any],
        *,
        name: str | None = None,
        context: contextvars.Context | None = None,
        **_: Any,
    ) -> asyncio.Task[Any]:
        """Return a task that runs a coroutine; its name is its number unless one is given."""
        self._last_serial = serial = self._last_serial + 1
        label = name or f"task {serial}"
        context = context or contextvars.copy_context()
        task = OrderedTask(coro, serial, context, loop=self, name=label)  # type: ignore[arg-type]
        self.tasks.append(task)
        return task

    def call_exception_handler(self, context: dict[str, Any]) -> None:
        """Do nothing: failures that nobody retrieves are collected by `unretrieved_failures`."""
