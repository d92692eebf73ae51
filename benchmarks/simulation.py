"""How fast a drawing is loaded and broken, and what the kernel does beside simpy.

A score must be there in under two seconds, outages included: that is why the kernel is our own.
"""

import random
import time
from collections.abc import Callable, Iterator
from itertools import islice
from statistics import median
from typing import Any

import simpy

from benchmarks.figures import Figure
from sdtutor.architecture.examine import examine
from sdtutor.architecture.language.reading import read_drawing
from sdtutor.architecture.load.jobs import ANSWER, NOWHERE, VISIT, Station, Step
from sdtutor.architecture.load.kernel import Chances, Mix, Simulation
from sdtutor.architecture.load.measuring import run
from sdtutor.core.systems import Flow

ROUNDS = 5
JOBS = 20_000
"""Jobs of one run of the kernels: four servers, busy for 80 % of the time."""
TEN_BOXES = """client -> cdn -> lb*2 -> api gateway*2 -> app*16(timeout=500ms, retries=1) -> redis(replicas=1)
app -> db(primary, replicas=2, async)
app ~> kafka(replicas=2) -> worker*8 -> db
app -> search
worker -> s3"""
FLOWS = (
    Flow("read", "a page is read", (("client",), ("database", "cache")), 8_000),
    Flow("save", "a page is saved", (("client",), ("database",)), 500, writes=True),
    Flow("find", "a page is found", (("client",), ("search_index",)), 500),
    Flow(
        "index", "a change is worked on", (("client",), ("queue",), ("worker",), ("database",)), 1_000, True
    ),
)
SECONDS = 60.0


def measure() -> Iterator[Figure]:
    """Yield the figures of the simulation."""
    ours, theirs = [], []
    for _ in range(ROUNDS):
        ours.append(JOBS / _seconds(_kernel))
        theirs.append(JOBS / _seconds(_simpy))
    yield Figure(
        "kernel, a station with 4 servers",
        f"{median(ours):,.0f} jobs/s",
        f"simpy, {median(theirs):,.0f} jobs/s",
        median(ours) / median(theirs),
        "at least 3",
    )
    drawing = read_drawing(TEN_BOXES)
    spent = median(_seconds(lambda: examine(drawing, FLOWS, seed=1)) for _ in range(ROUNDS))
    what = f"examining {len(drawing.boxes)} boxes at 10,000 requests/s, every outage included, CPU"
    yield Figure(what, f"{spent:.2f} s", budget="2 s")
    spent = _seconds(lambda: run(drawing, FLOWS, SECONDS, seed=1))
    yield Figure(f"the same, every request of {SECONDS:.0f} s (600,000), CPU", f"{spent:.1f} s")


def _seconds(call: Callable[[], Any]) -> float:
    begin = time.process_time()
    call()
    return time.process_time() - begin


def _arrivals() -> Iterator[tuple[float, float]]:
    draw, now = random.Random(1).expovariate, 0.0
    while True:
        now += draw(3.2)
        yield now, 0.0


def _kernel() -> None:
    station, service = Station("station", 4), random.Random(2)
    chances = Chances(islice(_arrivals(), JOBS), lambda mean: service.expovariate(1 / mean), service.random)
    program = (Step(VISIT, station, 1.0), Step(ANSWER, NOWHERE))
    Simulation([station], Mix([program], [1.0]), chances).run_until(float("inf"))


def _simpy() -> None:
    world, draw = simpy.Environment(), random.Random(2).expovariate
    resource = simpy.Resource(world, 4)

    def job() -> Iterator[simpy.Event]:
        with resource.request() as turn:
            yield turn
            yield world.timeout(draw(1.0))

    def source() -> Iterator[simpy.Event]:
        for at, _ in islice(_arrivals(), JOBS):
            yield world.timeout(at - world.now)
            world.process(job())

    world.process(source())
    world.run()
