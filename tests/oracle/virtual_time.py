"""An event loop whose clock moves only from timer to timer.

Timers fire one at a time, by time and then in the order in which they were made, and everything that
one sets off runs before the next: the order of a JavaScript engine's timers and microtasks.
"""

import asyncio
import heapq
from collections import deque
from collections.abc import Coroutine
from contextvars import Context
from itertools import count
from typing import Any


class VirtualLoop(asyncio.AbstractEventLoop):
    """Runs coroutines in virtual time; the unit is the caller's."""

    def __init__(self) -> None:
        self.now = 0
        self._tasks: list[asyncio.Task[Any]] = []
        self._ready: deque[asyncio.Handle] = deque()
        self._timers: list[tuple[float, int, asyncio.TimerHandle]] = []
        self._made = count()

    def time(self) -> float:
        return self.now

    def get_debug(self) -> bool:
        return False

    def call_soon(self, callback, *args, context: Context | None = None):
        handle = asyncio.Handle(callback, args, self, context)
        self._ready.append(handle)
        return handle

    def call_at(self, when, callback, *args, context: Context | None = None):
        timer = asyncio.TimerHandle(when, callback, args, self, context)
        heapq.heappush(self._timers, (when, next(self._made), timer))
        return timer

    def call_later(self, delay, callback, *args, context: Context | None = None):
        return self.call_at(self.now + delay, callback, *args, context=context)

    def _timer_handle_cancelled(self, handle: asyncio.TimerHandle) -> None:
        """Nothing to do: cancelled timers are passed over when their time comes."""

    def create_future(self) -> asyncio.Future[Any]:
        return asyncio.Future(loop=self)

    def create_task(self, coro: Coroutine[Any, Any, Any], **options: Any) -> asyncio.Task[Any]:
        task = asyncio.Task(coro, loop=self, **options)
        self._tasks.append(task)
        return task

    def call_exception_handler(self, context: dict[str, Any]) -> None:
        """Nothing to do: failures are asked for, not told when the collector finds them."""

    def failures(self) -> list[BaseException]:
        """Return the failures of tasks whose result nobody retrieved, in the order of their making."""
        ended = [task for task in self._tasks if task.done() and not task.cancelled()]
        unseen = [task for task in ended if task._log_traceback]
        return [error for error in (task.exception() for task in unseen) if error]

    def run_until(self, until: float) -> None:
        """Run everything that is due until a point in time, inclusive."""
        asyncio._set_running_loop(self)
        try:
            self._drain()
            while self._timers and self._timers[0][0] <= until:
                when, _, timer = heapq.heappop(self._timers)
                if not timer.cancelled():
                    self.now = max(self.now, when)
                    timer._run()
                    self._drain()
        finally:
            asyncio._set_running_loop(None)

    def _drain(self) -> None:
        while self._ready:
            handle = self._ready.popleft()
            if not handle.cancelled():
                handle._run()

    def close(self) -> None:
        """Cancel what still waits."""
        for task in self._tasks:
            if not task.done():
                task.cancel()
        self.run_until(self.now)


async def elapse(delay: float) -> None:
    """Wait; unlike asyncio.sleep, a wait of nothing is a timer too."""
    loop = asyncio.get_running_loop()
    waiter = loop.create_future()
    loop.call_later(delay, waiter.set_result, None)
    await waiter


def run(coroutine: Coroutine[Any, Any, Any], until: float = 1e9) -> Any:
    """Return the result of a coroutine that ends by itself in virtual time."""
    loop = VirtualLoop()
    task = loop.create_task(coroutine)
    loop.run_until(until)
    try:
        if not task.done():
            raise AssertionError("It waits for ever.")
        return task.result()
    finally:
        loop.close()
