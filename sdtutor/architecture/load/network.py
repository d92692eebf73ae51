"""A drawing and its flows as stations and programs, and how busy they make each other.

What the model has: queues and servers by the candidate's numbers, threads that are held while a service
waits, caches beside and in line, primaries and replicas, shards, timeouts and retries, work behind queues.
What it has not is listed in :data:`FIDELITY`.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate, takewhile

from sdtutor.architecture.load.jobs import (
    ACQUIRE,
    ANSWER,
    BRANCH,
    CALL,
    RELEASE,
    VISIT,
    Program,
    Station,
)
from sdtutor.architecture.load.kernel import Mix
from sdtutor.architecture.load.routes import Route, routes
from sdtutor.architecture.load.stations import ENDLESS, Stations
from sdtutor.architecture.load.weaving import Weaver
from sdtutor.architecture.records import Drawing
from sdtutor.core.systems import Flow

FIDELITY = (
    "Requests arrive at random (Poisson) at the peak rate of each flow; service times are exponential.",
    "A service holds a thread while it waits for others; a database holds nothing while it works.",
    "A cache hits at random with one ratio: no hot keys, no warming up after a restart.",
    "Replicas answer reads; copying changes to them costs nothing.",
    "Half a millisecond on the wire for each hop; bandwidth and message sizes are not modelled.",
    "A fan-out to many receivers counts as one message.",
    "Retries come at once, without backoff.",
    "A dead instance is not replaced within the 90 seconds that are watched.",
)
"""What the simulation assumes, for reports."""

PATIENCE_S = 3.0
"""Seconds after which a user gives up: half of mobile visits end when a page takes longer (Google 2016)."""
HOP_S = 0.000_5
"""Seconds for a round trip between two machines of a region: 0.1 to 0.5 ms in a zone, 0.5 to 2 between."""


@dataclass(frozen=True, slots=True)
class Stream:
    """Requests of one flow that take the same route.

    Args:
        flow: Which flow.
        route: The boxes in their order; empty when there is no way.
        program: What each request does; None when there is no way.
        rate: Requests a second, really.
    """

    flow: Flow
    route: Route
    program: Program | None
    rate: float


@dataclass(frozen=True, slots=True)
class Network:
    """Everything that a run needs.

    Args:
        streams: In the order of the flows.
        stations: Where they are served.
    """

    streams: tuple[Stream, ...]
    stations: Stations

    @property
    def offered(self) -> float:
        """Requests a second, really."""
        return math.fsum(stream.rate for stream in self.streams)

    @property
    def mix(self) -> Mix:
        """The programs of the streams, in their order, and their shares."""
        bounds = accumulate(stream.rate / self.offered for stream in self.streams)
        return Mix([stream.program for stream in self.streams], list(bounds))


def network(
    drawing: Drawing,
    flows: Sequence[Flow],
    one_for: float = 1.0,
    without: frozenset[str] = frozenset(),
    stations: Stations | None = None,
) -> Network:
    """Return a drawing and its flows as stations and programs.

    Args:
        drawing: The drawing.
        flows: What it must do; a flow without a rate counts as one request a second.
        one_for: How many requests one stands for.
        without: Boxes that are gone.
        stations: Those of a run that goes on with these programs; None for new ones.
    """
    places = stations or Stations(one_for)
    streams: list[Stream] = []
    for flow in flows:
        rate = flow.per_second or 1.0
        ways = routes(drawing, flow, without)
        weaver = Weaver(drawing, flow, without, places)
        streams += [Stream(flow, way, weaver.program(way), rate / len(ways)) for way in ways]
        if not ways:
            streams.append(Stream(flow, (), None, rate))
    return Network(tuple(streams), places)


def busy(net: Network) -> Mapping[str, float]:
    """Return how busy each box would be, by flow balance: the work that arrives over the work it can do.

    Exact for any service times as long as nothing is dropped or tried again (the utilisation law,
    Denning and Buzen 1978). Above 1 the box cannot do what arrives. Boxes without a bound are left out.
    """
    arriving: dict[Station, float] = {}
    for stream in net.streams:
        for station, seconds in demands(stream.program or ()).items():
            arriving[station] = arriving.get(station, 0.0) + stream.rate / net.stations.one_for * seconds
    shares: dict[str, float] = {}
    for (box, _), station in net.stations.all.items():
        if station.servers < ENDLESS:
            share = arriving.get(station, 0.0) / station.servers
            shares[box] = max(share, shares.get(box, 0.0))
    return shares


def demands(program: Program) -> Mapping[Station, float]:
    """Return the mean seconds that one request keeps a server of each station, when nobody waits."""
    reached = [1.0] + [0.0] * len(program)
    seconds: dict[Station, float] = {}
    held: list[Station] = []
    for place, step in enumerate(program):
        chance = reached[place]
        if step.op == BRANCH:
            reached[place + 1 + step.target] += chance * step.value
            chance *= 1 - step.value
        elif step.op == VISIT:
            for station in (step.station, *held):
                seconds[station] = seconds.get(station, 0.0) + chance * step.value
        elif step.op == ACQUIRE:
            held.append(step.station)
        elif step.op == RELEASE:
            held.pop()
        reached[place + 1] += chance
    return seconds


def needs(program: Program) -> Mapping[Station, float]:
    """Return how often one request comes to each station, in the mean, where it cannot do without.

    A look into a cache is left out: when it fails, the request goes on as after a miss.
    """
    reached = [1.0] + [0.0] * len(program)
    often: dict[Station, float] = {}
    spare = 0
    for place, step in enumerate(program):
        chance = reached[place]
        if step.op == BRANCH:
            reached[place + 1 + step.target] += chance * step.value
            chance *= 1 - step.value
        elif step.op == CALL:
            spare = max(spare, place + step.target)
        elif step.op in (VISIT, ACQUIRE) and place >= spare:
            often[step.station] = often.get(step.station, 0.0) + chance
        reached[place + 1] += chance
    return often


def waited(program: Program) -> Program:
    """Return the part of a program that the user waits for."""
    return tuple(takewhile(lambda step: step.op != ANSWER, program))


def effort(net: Network) -> float:
    """Return how many visits one request makes, in the mean: what it costs to simulate it."""
    visits = (stream.rate * math.fsum(needs(stream.program or ()).values()) for stream in net.streams)
    return math.fsum(visits) / net.offered
