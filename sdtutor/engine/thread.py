"""The one thread on which code under study runs.

A task may not run inside another task of the same thread (from Python 3.14 asyncio refuses it, whatever the
loop), and a trace function belongs to a thread. So node code never runs on the thread of a screen, nor on
that of a test that is itself a coroutine.
"""

import threading
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Any, ParamSpec, TypeVar

P = ParamSpec("P")
R = TypeVar("R")

_NAME = "sdtutor-engine"
_executor = ThreadPoolExecutor(max_workers=1, thread_name_prefix=_NAME)


def on_engine_thread(work: Callable[P, R], *args: P.args, **options: P.kwargs) -> R:
    """Run some work on the engine thread and return what it returns; raise what it raises."""
    if threading.current_thread().name.startswith(_NAME):
        return work(*args, **options)
    return _executor.submit(work, *args, **options).result()


def submit(work: Callable[..., R], *args: Any) -> "Future[R]":
    """Start some work on the engine thread; return its future, for callers that must not wait."""
    return _executor.submit(work, *args)
