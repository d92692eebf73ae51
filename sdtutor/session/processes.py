"""A pool of processes that leaves nothing behind, however its parent ends."""

import os
import signal
import sys
import threading
from collections.abc import Callable
from concurrent.futures import Future, ProcessPoolExecutor
from contextlib import redirect_stderr
from multiprocessing import get_context, parent_process
from multiprocessing.resource_tracker import ensure_running
from typing import Any


class Processes(ProcessPoolExecutor):
    """Spawned processes that leave Ctrl-C to their parent, and end with it.

    Spawned, because a process that is forked while other threads run may find their locks held for ever
    (Python documentation, library/multiprocessing, "Contexts and start methods").

    Args:
        workers: How many, at least 1.
    """

    def __init__(self, workers: int) -> None:
        start_tracker()
        super().__init__(workers, mp_context=get_context("spawn"), initializer=_end_with_parent)

    def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
        """Submit a call; a process that this starts inherits a mask in which SIGINT is blocked."""
        before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
        try:
            return super().submit(fn, *args, **kwargs)
        finally:
            signal.pthread_sigmask(signal.SIG_SETMASK, before)


def start_tracker() -> None:
    """Start the process by which multiprocessing tracks what it must clean up, if it does not run yet.

    It inherits standard error by its file number. While Textual has the screen, `sys.stderr` stands for none
    and says -1, with which no process can be started.
    """
    with redirect_stderr(sys.__stderr__):
        ensure_running()


def _end_with_parent() -> None:
    """End this worker when its parent is gone, even when that was killed and could not say so."""
    parent = parent_process()

    def watch() -> None:
        if parent is not None:
            parent.join()
        os._exit(1)

    threading.Thread(target=watch, daemon=True).start()
