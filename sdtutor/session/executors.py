"""Where sweeps run: in this process, on a pool of processes, or on the cluster of somebody who has one."""

import os
from collections.abc import Iterator
from concurrent.futures import Executor, ThreadPoolExecutor
from contextlib import contextmanager
from importlib import import_module

from sdtutor.errors import UsageError

RUNS_WORTH_A_PROCESS = 100
"""Starting a worker takes about as long as this many runs of a small lab."""

CONNECT_SECONDS = 10


@contextmanager
def executor_for(runs: int, workers: int | None = None, cluster: str = "") -> Iterator[Executor]:
    """Give an executor, and end it with everything that it started.

    Args:
        runs: How many runs there will be.
        workers: How many processes; 0 runs in this one; None is as many as there are cores and work for them.
        cluster: Address of a Dask scheduler, ``tcp://host:8786``; empty for this machine.

    Raises:
        UsageError: Dask is not installed, or no scheduler answers there.
    """
    if cluster:
        with _cluster(cluster) as executor:
            yield executor
        return
    count = min(cores(), runs // RUNS_WORTH_A_PROCESS) if workers is None else workers
    executor = _processes(count) if count else ThreadPoolExecutor(1, thread_name_prefix="sdtutor-sweep")
    try:
        yield executor
    finally:
        executor.shutdown(wait=True, cancel_futures=True)


def cores() -> int:
    """Return how many cores this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def _processes(count: int) -> Executor:
    from sdtutor.session.processes import Processes

    return Processes(count)


@contextmanager
def _cluster(address: str) -> Iterator[Executor]:
    try:
        distributed = import_module("distributed")
    except ImportError:
        raise UsageError("Dask is not installed.", "pip install 'sdtutor[dask]'") from None
    try:
        client = distributed.Client(address, timeout=CONNECT_SECONDS, set_as_default=False)
    except (OSError, ValueError) as error:
        raise UsageError(
            f"No Dask scheduler answers at {address}: {error}.", "Name it as tcp://host:8786."
        ) from None
    with client:
        executor: Executor = client.get_executor()
        try:
            yield executor
        finally:
            executor.shutdown(wait=False)
