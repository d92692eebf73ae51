"""How fast code under study runs in its world, and what it costs to watch it."""

import time
from collections.abc import Callable, Iterator
from statistics import median

from benchmarks.figures import Figure
from sdtutor.engine.host import Host, revive
from sdtutor.engine.lab import Node
from sdtutor.engine.looking import variables_at
from sdtutor.engine.run import Run
from sdtutor.engine.thread import on_engine_thread
from sdtutor.engine.trace import LineTracer
from sdtutor.engine.world import Input
from sdtutor.session.labs import LabShelf

STORY = ("caching/cache_aside", {"readers": 3, "writers": 3})
REPEATS = 25
"""How often each piece is timed; the median counts."""


def measure() -> Iterator[Figure]:
    """Yield the figures of the engine."""
    shelf = LabShelf()
    runs = [_told(shelf, name, variant) for name in shelf.names for variant in shelf.load(name).variants]
    yield Figure("the engine, cache-aside with 6 processes", f"{steps_per_second(shelf):,.0f} steps/s")
    traced = [ratio for run in runs for ratio in tracing(run)]
    yield _spread("every line recorded", traced, "the same steps without", "")
    looked = [ratio for run in runs for ratio in looking(run)]
    yield _spread("variables at a line", looked, "running the node again", 5.0)


def _told(shelf: LabShelf, name: str, variant: str) -> Run:
    run = Run(shelf.load(name), variant, name=name)
    run.advance()
    return run


def _spread(what: str, ratios: list[float], other: str, budget: float | str) -> Figure:
    ours = f"median of {len(ratios)} places, the worst {max(ratios):.1f}"
    return Figure(what, ours, other, median(ratios), budget)


def steps_per_second(shelf: LabShelf) -> float:
    """Tell the story of cache-aside again and again; return how many steps a second it makes."""
    name, values = STORY

    def tell() -> int:
        run = Run(shelf.load(name), "textbook", values, name=name)
        return run.advance()

    steps = tell()
    return steps / timed(tell)


def tracing(run: Run) -> Iterator[float]:
    """Yield, for each node of a run, what recording its lines costs: with it, divided by without."""
    for node, inputs in _nodes(run, len(run.steps)):

        def feed(traced: bool, node: Node = node, inputs: list[Input] = inputs) -> None:
            host = Host(node, run.files)
            for told in inputs:
                host.feed(told, LineTracer(run.files) if traced else None)
            host.discard()

        with_lines, without = (timed(on_engine_thread, feed, traced) for traced in (True, False))
        yield with_lines / without


def looking(run: Run) -> Iterator[float]:
    """Yield, for lines of the last steps, what looking at variables costs, against a bare re-execution."""
    for step in range(max(1, len(run.steps) - 5), len(run.steps) + 1):
        for node, inputs in _nodes(run, step):
            lines = sum(1 for name, _ in run.steps[step - 1].ran if name == node.name)
            if lines:
                bare = timed(
                    on_engine_thread, lambda n=node, told=inputs: revive(n, run.files, told).discard()
                )
                for line in {1, (lines + 1) // 2, lines}:
                    yield timed(variables_at, run, step, node.name, line) / bare


def _nodes(run: Run, step: int) -> Iterator[tuple[Node, list[Input]]]:
    world = run.at(step)
    for node in run.cast.nodes:
        member = world.member(node.name)
        if member.history and not member.stuck:
            yield node, member.history.inputs()


def timed(work: Callable[..., object], *arguments: object) -> float:
    """Return the median of how many seconds some work takes."""
    taken = []
    for _ in range(REPEATS):
        begin = time.perf_counter()
        work(*arguments)
        taken.append(time.perf_counter() - begin)
    return median(taken)
