"""A sweep that runs beside a screen: begun, watched and stopped from the thread that draws."""

import threading
from concurrent.futures import Future, ThreadPoolExecutor

from sdtutor.engine.lab import Lab
from sdtutor.session.executors import executor_for
from sdtutor.session.sweep_results import Cell, cells
from sdtutor.session.sweeps import Sweep, run_sweep


class SweepJob:
    """One sweep on this machine, begun at once.

    Args:
        sweep: What to run.
        lab: Its lab.

    Raises:
        UsageError: It cannot be run; see `Sweep.check`.
    """

    def __init__(self, sweep: Sweep, lab: Lab) -> None:
        sweep.check(lab)
        self.sweep = sweep
        self.done = 0
        self._stop = threading.Event()
        watcher = ThreadPoolExecutor(1, thread_name_prefix="sdtutor-sweep-watcher")
        self._found: Future[tuple[Cell, ...]] = watcher.submit(self._run)
        watcher.shutdown(wait=False)

    def stop(self) -> None:
        """Begin nothing more; the workers end with the runs that they are making."""
        self._stop.set()

    @property
    def ended(self) -> bool:
        """Whether everything that it started has ended, with results, with an error, or stopped."""
        return self._found.done()

    def cells(self) -> tuple[Cell, ...]:
        """Return what was found once it has ended, waiting for that; nothing when it was stopped.

        Raises:
            SdtutorError: What went wrong.
        """
        return self._found.result()

    def _run(self) -> tuple[Cell, ...]:
        with executor_for(self.sweep.runs) as executor:
            samples = run_sweep(self.sweep, executor, self._tell, self._stop.is_set)
        return cells(self.sweep, samples) if samples is not None else ()

    def _tell(self, done: int) -> None:
        self.done = done
