"""What a drawing does under the candidate's full load."""

import math
import random
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from sdtutor.architecture.examination import Load
from sdtutor.architecture.load.kernel import Chances, Simulation
from sdtutor.architecture.load.network import HOP_S, PATIENCE_S, Network, busy, effort, network
from sdtutor.architecture.load.profiles import capacity
from sdtutor.architecture.load.stations import ENDLESS
from sdtutor.architecture.records import Drawing
from sdtutor.core.systems import Flow

REQUESTS = 20_000
"""Requests of a measurement: the share of one in a hundred is then right within 0.15 of a percent."""
SHORTEST_S = 2.0
"""Seconds that a run simulates at least: ten times the slowest box by default."""
LONG = 15.0
"""Visits of a request from which fewer requests are simulated."""
PARTS = 50
"""How often a run tells how far it is."""

Told = Callable[[float], None]
Cancelled = Callable[[], bool]


def never() -> bool:
    """Return that nobody asked to stop."""
    return False


def start(net: Network, seed: int) -> Simulation:
    """Return a simulation of a network at its beginning.

    Args:
        net: In the scale of the run.
        seed: Of every draw; arrivals, service times and branches draw apart.
    """
    service, chance = (random.Random(f"{seed} {name}").random for name in ("service", "chance"))
    arrivals = _arrivals(net.offered / net.stations.one_for, seed)
    chances = Chances(arrivals, lambda mean: -math.log(1.0 - service()) * mean, chance)
    return Simulation(tuple(net.stations.all.values()), net.mix, chances, PATIENCE_S, HOP_S)


def _arrivals(rate: float, seed: int) -> Iterator[tuple[float, float]]:
    """Yield the times of a Poisson process, and a draw for each."""
    draw, now = random.Random(f"{seed} arrivals").random, 0.0
    while True:
        now -= math.log(1.0 - draw()) / rate
        yield now, draw()


def scale(drawing: Drawing, offered: float, rate: float) -> int:
    """Return how many requests one has to stand for, so that at most `rate` a second are simulated.

    At least one, and so few that no box has less than one thread left: a thread that waits for others
    cannot be made slower as a processor can.
    """
    boxes = map(capacity, drawing.boxes.values())
    threads = min((has.threads * has.parts * has.readers for has in boxes), default=math.inf)
    return max(1, math.floor(min(offered / rate, threads)))


def measure(drawing: Drawing, flows: Sequence[Flow], seed: int, requests: int = REQUESTS) -> Load:
    """Return what a short run at the full rate measures.

    Args:
        drawing: The drawing.
        flows: What it must do, with their rates.
        seed: Of every draw.
        requests: How many to simulate, about; fewer where each passes very many boxes.
    """
    real = network(drawing, flows)
    requests = math.ceil(requests * min(1.0, LONG / max(1.0, effort(real))))
    one_for = scale(drawing, real.offered, requests / SHORTEST_S)
    net = real if one_for == 1 else network(drawing, flows, one_for)
    simulation = start(net, seed)
    seconds = max(SHORTEST_S, requests * one_for / real.offered)
    simulation.run_until(seconds / 2)
    half = _Half(_arrived(simulation), simulation.waiting())
    simulation.run_until(seconds)
    return _load(real, net, simulation, half)


def run(
    drawing: Drawing,
    flows: Sequence[Flow],
    seconds: float,
    seed: int,
    told: Told = lambda _share: None,
    cancelled: Cancelled = never,
) -> Load | None:
    """Return what a run with every single request measures; None when it was cancelled.

    Args:
        drawing: The drawing.
        flows: What it must do, with their rates.
        seconds: Simulated time.
        seed: Of every draw.
        told: Is told the share that is done.
        cancelled: Is asked whether to stop.
    """
    net = network(drawing, flows)
    simulation = start(net, seed)
    half = _Half(0, 0)
    for part in range(1, PARTS + 1):
        simulation.run_until(seconds * part / PARTS)
        told(part / PARTS)
        if cancelled():
            return None
        if part == PARTS // 2:
            half = _Half(_arrived(simulation), simulation.waiting())
    return _load(net, net, simulation, half)


@dataclass(frozen=True, slots=True)
class _Half:
    """How many requests had arrived, and how many were under way, in the middle of a run."""

    arrived: int
    waiting: int


def _arrived(simulation: Simulation) -> int:
    return sum(tally.arrived for tally in simulation.tallies)


def _load(real: Network, net: Network, simulation: Simulation, half: _Half) -> Load:
    shares = busy(real)
    bottleneck = max(shares, key=lambda name: shares[name], default="")
    most = shares.get(bottleneck, 0.0)
    waiting, arrived = simulation.waiting(), _arrived(simulation)
    dropped = sum(tally.dropped for tally in simulation.tallies)
    late = _growth(half.waiting, waiting) / max(1, arrived - half.arrived)
    answered = [seconds for tally in simulation.tallies for seconds in tally.latencies]
    return Load(
        offered=net.offered,
        served=net.offered * max(0.0, 1 - dropped / max(1, arrived) - late),
        latency_s={f"p{part}": percentile(answered, part / 100) for part in (50, 95, 99)},
        utilisation=_utilisation(net, simulation.now),
        bottleneck=bottleneck if most > 0 else "",
        saturates_at=net.offered / most if most > 0 else math.inf,
        arrived=arrived,
        answered=len(answered),
        dropped=dropped,
        waiting=waiting,
        one_for=net.stations.one_for,
    )


def _growth(before: int, after: int) -> int:
    """Return by how much a backlog grew; what chance alone does to a steady one counts as nothing.

    The number under way in a steady system without queues is Poisson (Palm 1943); three standard
    deviations of a difference are allowed.
    """
    growth = after - before
    return growth if growth > 3 * math.sqrt(before + after) else 0


def _utilisation(net: Network, now: float) -> Mapping[str, float]:
    shares: dict[str, float] = {}
    for (box, _), station in net.stations.all.items():
        if station.servers < ENDLESS:
            share = station.busy_seconds(now) / (station.servers * now)
            shares[box] = max(share, shares.get(box, 0.0))
    return shares


def percentile(values: Sequence[float], part: float) -> float:
    """Return the smallest value that at least this part of the values does not exceed; 0 for no values.

    Found by selection (Hoare, "Algorithm 65: Find", CACM 4(7), 1961): sorting is one step that no other
    thread can interrupt, and a screen would stand still for it.

    Args:
        values: In any order.
        part: Above 0, at most 1.
    """
    if not values:
        return 0.0
    rank = math.ceil(part * len(values))
    while True:
        pivot = values[len(values) // 2]
        below = [value for value in values if value < pivot]
        above = [value for value in values if value > pivot]
        equal = len(values) - len(below) - len(above)
        if len(below) < rank <= len(below) + equal:
            return pivot
        values, rank = (below, rank) if rank <= len(below) else (above, rank - len(below) - equal)
