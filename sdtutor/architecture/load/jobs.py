"""What is simulated: stations, the steps of a program, the jobs that follow it."""

import math
from collections import deque
from dataclasses import dataclass, field

VISIT, ACQUIRE, RELEASE, BRANCH, CALL, RETURN, ANSWER = range(7)
"""What a step does: be served; take a server and keep it; give it back; jump by chance; begin a call with
a timeout of its own; end it; answer the user, who waits no longer."""


class Station:
    """Servers with one queue before them, first come, first served.

    Args:
        name: Unique in a simulation.
        servers: How many jobs it serves at once, at least 1.
        places: How many may wait; infinite for no bound.
    """

    __slots__ = ("area", "busy", "dead", "name", "places", "queue", "servers", "since")

    def __init__(self, name: str, servers: int, places: float = math.inf) -> None:
        self.name = name
        self.servers = servers
        self.places = places
        self.busy = 0
        self.queue: deque[Job] = deque()
        self.dead = 0.0
        self.area = 0.0
        self.since = 0.0

    def change(self, now: float, by: int) -> None:
        """Make that many more servers busy, at a time in seconds."""
        self.area += self.busy * (now - self.since)
        self.since = now
        self.busy += by

    def busy_seconds(self, now: float) -> float:
        """Return the server-seconds spent until a time in seconds."""
        return self.area + self.busy * (now - self.since)


@dataclass(frozen=True, slots=True)
class Step:
    """One step of a program.

    Args:
        op: ``VISIT`` to ``ANSWER``.
        station: Where, for ``VISIT``, ``ACQUIRE``, ``RELEASE``.
        value: Mean service time in seconds (``VISIT``), chance to jump (``BRANCH``), seconds until the
            caller gives up (``CALL``).
        target: Steps to skip when the chance comes true (``BRANCH``), or from the first of the call when
            every try of it has failed (``CALL``); 0 there fails the caller too.
        tries: Further tries of a ``CALL`` that failed.
    """

    op: int
    station: Station
    value: float = 0.0
    target: int = 0
    tries: int = 0


NOWHERE = Station("", 1)
"""The station of the steps that need none."""

Program = tuple[Step, ...]


class Frame:
    """A call under way: where it begins, what is left of it, what held before."""

    __slots__ = ("call", "held", "outer", "start", "tries")

    def __init__(self, call: Step, start: int, outer: float, held: int) -> None:
        self.call = call
        self.start = start
        self.outer = outer
        self.held = held
        self.tries = call.tries


class Job:
    """One request, or the work that it left behind once it was answered."""

    __slots__ = (
        "answered",
        "born",
        "deadline",
        "failing",
        "frames",
        "held",
        "program",
        "tally",
        "tried",
        "visits",
        "where",
    )

    def __init__(self, program: Program, born: float, deadline: float, tally: "Tally") -> None:
        self.program = program
        self.born = born
        self.deadline = deadline
        self.tally = tally
        self.where = 0
        self.visits = 0
        self.tried = 0
        self.answered = False
        self.failing = False
        self.held: list[Station] = []
        self.frames: list[Frame] = []


@dataclass(slots=True)
class Tally:
    """What became of the requests of one kind that arrived in one part of a run.

    Args:
        arrived: How many there were.
        dropped: How many were turned away or gave up.
        latencies: Seconds until the answer, of each that was answered.
    """

    arrived: int = 0
    dropped: int = 0
    latencies: list[float] = field(default_factory=list)
