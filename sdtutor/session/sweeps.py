"""Sweeps: the same story under many settings and seeds, on whatever executor is at hand."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import BrokenExecutor, CancelledError, Executor, Future
from contextlib import suppress
from dataclasses import dataclass, field
from functools import cached_property
from importlib import import_module
from itertools import product
from queue import Empty, SimpleQueue
from typing import Any

from sdtutor.engine.lab import Lab, Variant
from sdtutor.engine.measuring import CallTime, call_times, has_latencies
from sdtutor.engine.parameters import read_values
from sdtutor.engine.run import Run
from sdtutor.errors import SdtutorError, UsageError

MOST_RUNS = 100_000
"""Runs of one sweep: half an hour of one core at 20 ms a run."""

RUNS_A_TASK = 5
"""Runs that a worker makes between two chances to stop: about 25 ms of work, and 2 ms to send it."""

STORY_STEPS = 1_000
"""Events of a run whose story has an end: one that stopped before would leave its slowest calls out."""

_LOOK_AGAIN_SECONDS = 0.05

Given = tuple[tuple[str, Any], ...]
"""Values of parameters by name, in order."""


@dataclass(frozen=True, slots=True)
class Point:
    """One run to make: its settings and its seed."""

    given: Given
    seed: int


@dataclass(frozen=True, slots=True)
class Sample:
    """What is kept of one run.

    Args:
        steps: How many events ran.
        times: How long each call took that returned; empty where no link has a latency.
        failed: How many calls failed.
        waiting: How many calls have not ended.
        broken: The invariants that were broken.
        measures: (unit, number or series) of each measure that the lab declares.
    """

    steps: int
    times: tuple[CallTime, ...]
    failed: int
    waiting: int
    broken: tuple[str, ...]
    measures: Mapping[str, tuple[str, Any]]


@dataclass(frozen=True)
class Sweep:
    """What is to be run: every combination of values, each under every seed.

    Args:
        lab: ``topic/slug``.
        variant: Which code.
        base: Values of parameters that all runs share.
        axes: (parameter, values) of what differs; none runs one setting.
        first_seed: The first seed.
        seeds: How many seeds, one after the other.
        steps: How many events happen by themselves in a run; None is to the end of the story; where it has
            none, as many as any run has by itself.
        package: The package that holds the lab.
    """

    lab: str
    variant: Variant
    base: Mapping[str, Any] = field(default_factory=dict)
    axes: tuple[tuple[str, tuple[Any, ...]], ...] = ()
    first_seed: int = 0
    seeds: int = 1
    steps: int | None = None
    package: str = "sdtutor.labs"

    @cached_property
    def settings(self) -> tuple[Given, ...]:
        """What differs in each combination, the last axis changing first."""
        names = [name for name, _ in self.axes]
        return tuple(
            tuple(zip(names, values, strict=True)) for values in product(*(values for _, values in self.axes))
        )

    @property
    def runs(self) -> int:
        """How many runs it has."""
        return len(self.settings) * self.seeds

    @property
    def points(self) -> Iterator[Point]:
        """Every run to make, setting by setting, seed by seed."""
        for given in self.settings:
            for seed in range(self.first_seed, self.first_seed + self.seeds):
                yield Point((*self.base.items(), *given), seed)

    def check(self, lab: Lab) -> None:
        """Raise UsageError for too many runs, a variant that is not there, or a value out of bounds."""
        if self.runs > MOST_RUNS:
            raise UsageError(
                f"{self.runs:,} runs are too many for one sweep.",
                f"At most {MOST_RUNS:,}: name fewer values or fewer seeds.",
            )
        if self.variant not in lab.sources:
            raise UsageError(
                f"This lab has no {self.variant} version.", "It has: " + ", ".join(lab.variants) + "."
            )
        for given in self.settings:
            read_values(lab.parameters, {**self.base, **dict(given)})


def sample(lab: Lab, name: str, variant: Variant, steps: int | None, point: Point) -> Sample:
    """Return what is kept of a run that happens by itself."""
    run = Run(lab, variant, dict(point.given), point.seed, name)
    try:
        run.advance(STORY_STEPS if steps is None and not lab.repeats else steps)
        declared = {measure.name for measure in lab.measures}
        times_us = (0, *(step.time_us for step in run.steps))
        return Sample(
            steps=len(run.steps),
            times=call_times(run.operations, times_us) if has_latencies(run.cast) else (),
            failed=sum(operation.failed for operation in run.operations),
            waiting=sum(operation.outcome is None for operation in run.operations),
            broken=tuple(verdict.invariant.name for verdict in run.verdicts() if not verdict.holds),
            measures={key: value for key, value in run.measures().items() if key in declared},
        )
    finally:
        run.close()


@dataclass(frozen=True, slots=True)
class Task:
    """A few runs, as they are sent to a worker: everything in it can be pickled."""

    package: str
    lab: str
    variant: Variant
    steps: int | None
    points: tuple[Point, ...]


def run_task(task: Task) -> tuple[Sample, ...]:
    """Return what is kept of the runs of a task; a worker calls it."""
    lab: Lab = import_module(f"{task.package}.{task.lab.replace('/', '.')}").LAB
    return tuple(sample(lab, task.lab, task.variant, task.steps, point) for point in task.points)


def run_sweep(
    sweep: Sweep,
    executor: Executor,
    told: Callable[[int], None] = lambda _done: None,
    cancelled: Callable[[], bool] = lambda: False,
) -> tuple[Sample, ...] | None:
    """Return what is kept of every run, in the order of `Sweep.points`, whatever order they ended in.

    Args:
        sweep: What to run; `Sweep.check` has accepted it.
        executor: Where to run it.
        told: Called with the number of runs done, whenever that has grown.
        cancelled: Asked twenty times a second; when it says yes, nothing more is begun and None is returned.

    Raises:
        SdtutorError: A worker is gone, or does not have the lab.
    """
    tasks = _tasks(sweep)
    futures: list[Future[tuple[Sample, ...]]] = []
    found: dict[int, tuple[Sample, ...]] = {}
    done = 0
    try:
        for index in _ended(tasks, executor, futures, cancelled):
            found[index] = futures[index].result()
            done += len(found[index])
            told(done)
    except (BrokenExecutor, CancelledError) as error:
        raise SdtutorError("A worker of the sweep is gone.", "Run it again, or with --workers 0.") from error
    except ModuleNotFoundError as error:
        hint = "Install the same sdtutor where the workers run."
        raise UsageError(f"A worker lacks something: {error}.", hint) from None
    finally:
        for future in futures:
            future.cancel()
    if len(found) < len(tasks):
        return None
    return tuple(kept for index in range(len(tasks)) for kept in found[index])


def _tasks(sweep: Sweep) -> list[Task]:
    points = list(sweep.points)
    return [
        Task(sweep.package, sweep.lab, sweep.variant, sweep.steps, tuple(points[at : at + RUNS_A_TASK]))
        for at in range(0, len(points), RUNS_A_TASK)
    ]


def _ended(
    tasks: Sequence[Task],
    executor: Executor,
    futures: list[Future[tuple[Sample, ...]]],
    cancelled: Callable[[], bool],
) -> Iterator[int]:
    """Submit the tasks and yield the index of each as it ends, until all have or it is cancelled.

    Args:
        tasks: What to run.
        executor: Where.
        futures: Gets the future of each task that was begun.
        cancelled: Tells whether to stop.
    """
    ended: SimpleQueue[int] = SimpleQueue()
    for index, task in enumerate(tasks):
        if cancelled():
            return
        future = executor.submit(run_task, task)
        futures.append(future)
        future.add_done_callback(lambda _future, index=index: ended.put(index))  # type: ignore[misc]
    left = len(tasks)
    while left and not cancelled():
        with suppress(Empty):
            yield ended.get(timeout=_LOOK_AGAIN_SECONDS)
            left -= 1
