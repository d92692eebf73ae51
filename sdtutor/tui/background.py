"""Work that takes longer than a key may: done in a thread of its own, looked at by the screen."""

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Generic, TypeVar

T = TypeVar("T")

Told = Callable[[float], None]
Cancelled = Callable[[], bool]


class Background(Generic[T]):
    """A function that runs in a thread, from now on.

    Args:
        work: What to do. It gets a function that takes the share that is done, and one that tells whether
            to stop; what it returns is :attr:`result`.
    """

    def __init__(self, work: Callable[[Told, Cancelled], T]) -> None:
        self.share = 0.0
        self._stopped = threading.Event()
        threads = ThreadPoolExecutor(1, thread_name_prefix="sdtutor-screen")
        self._future = threads.submit(work, self._tell, self._stopped.is_set)
        threads.shutdown(wait=False)

    def _tell(self, share: float) -> None:
        self.share = share

    @property
    def is_done(self) -> bool:
        """Whether it has ended."""
        return self._future.done()

    def result(self) -> T:
        """Return what it returned, or raise what it raised; waits for its end."""
        return self._future.result()

    def stop(self) -> None:
        """Ask it to stop; it may take a moment to notice."""
        self._stopped.set()
