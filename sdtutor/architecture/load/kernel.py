"""Requests that queue for servers: a discrete-event simulation.

A request is a job that follows a program of steps. It visits stations (a queue and servers), holds one
while it waits for another, takes a branch by chance, calls with a timeout and retries. The next thing to
happen is always the earliest in a heap (Law, "Simulation Modeling and Analysis", 2015, section 1.3).

A job has one event ahead of it, or waits in one queue: a timeout needs no event of its own. It shows when
the turn of a job comes, or when its service ends: a job that waits too long leaves at most one service
time late, takes no service, and counts as dropped.
"""

import math
from bisect import bisect
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from heapq import heappop, heappush

from sdtutor.architecture.load.jobs import VISIT, Frame, Job, Program, Station, Step, Tally

MOST_TRIES = 50
"""Further tries of one request, of all its calls together: those of nested calls multiply."""


@dataclass(frozen=True, slots=True)
class Mix:
    """What arrives, by kind.

    Args:
        programs: What a request of each kind does; None turns it away at once.
        bounds: Share of the requests that are of this kind or one before it; rising to 1.
    """

    programs: Sequence[Program | None]
    bounds: Sequence[float]


@dataclass(frozen=True, slots=True)
class Chances:
    """Where the randomness of a run comes from.

    Args:
        arrivals: Time in seconds of each request, in their order, and a number in [0, 1) that picks its kind.
        service: A service time for a mean, both in seconds.
        chance: A number in [0, 1).
    """

    arrivals: Iterator[tuple[float, float]]
    service: Callable[[float], float]
    chance: Callable[[], float]


class Simulation:
    """A run: requests arrive, follow their programs and end.

    Args:
        stations: All that the programs name.
        mix: What arrives.
        chances: The randomness.
        patience: Seconds after which a user gives up.
        hop: Seconds on the wire for each visit, there and back; added to the latency.
    """

    def __init__(
        self,
        stations: Sequence[Station],
        mix: Mix,
        chances: Chances,
        patience: float = math.inf,
        hop: float = 0.0,
    ) -> None:
        self.now = 0.0
        self.stations = stations
        self._chances = chances
        self._patience = patience
        self._hop = hop
        self._events: list[tuple[float, int, Job]] = []
        self._number = 0
        self._ready: deque[Job] = deque()
        self._next = next(chances.arrivals, (math.inf, 0.0))
        self.begin_part(mix)
        self._do = (
            self._visit,
            self._acquire,
            self._release,
            self._branch,
            self._call,
            self._return,
            self._answer,
        )

    def begin_part(self, mix: Mix) -> list[Tally]:
        """Let other requests arrive from now on, counted apart; return their tallies, one for each kind."""
        self.mix = mix
        self.tallies = [Tally() for _ in mix.programs]
        return self.tallies

    def resize(self, station: Station, servers: int) -> None:
        """Give a station another number of servers; who is being served stays."""
        station.servers = servers
        self._admit(station)

    def run_until(self, end: float) -> None:
        """Let everything happen that happens until then, in seconds; infinite for until nothing is left."""
        events = self._events
        self._run_ready()
        while True:
            at, arrival = events[0][0] if events else math.inf, self._next[0]
            if min(at, arrival) > end or (at == arrival == math.inf):
                break
            if arrival <= at:
                self._arrive()
            else:
                self.now, _, job = heappop(events)
                self._wake(job)
            self._run_ready()
        self.now = end if end < math.inf else self.now

    def waiting(self) -> int:
        """Return how many requests are under way and not answered."""
        scheduled = sum(not job.answered for _, _, job in self._events)
        return scheduled + sum(not job.answered for station in self.stations for job in station.queue)

    def behind(self, station: Station) -> int:
        """Return how many answered requests left work that is not done and came through a station."""
        jobs = [job for _, _, job in self._events]
        jobs += [job for each in self.stations for job in each.queue]
        return sum(job.answered and any(step.station is station for step in job.program) for job in jobs)

    def _arrive(self) -> None:
        self.now, pick = self._next
        self._next = next(self._chances.arrivals, (math.inf, 0.0))
        kind = min(bisect(self.mix.bounds, pick), len(self.tallies) - 1)
        tally = self.tallies[kind]
        tally.arrived += 1
        program = self.mix.programs[kind]
        if program is None:
            tally.dropped += 1
        else:
            self._ready.append(Job(program, self.now, self.now + self._patience, tally))

    def _run_ready(self) -> None:
        ready, do = self._ready, self._do
        while ready:
            job = ready.popleft()
            program = job.program
            go_on = not job.failing or self._fail(job)
            while go_on and job.where < len(program):
                step = program[job.where]
                go_on = do[step.op](job, step)

    def _wake(self, job: Job) -> None:
        if not job.failing:
            self._free(job.program[job.where].station)
            job.where += 1
            job.failing = self.now > job.deadline
        self._ready.append(job)

    def _schedule(self, at: float, job: Job) -> None:
        self._number += 1
        heappush(self._events, (at, self._number, job))

    def _visit(self, job: Job, step: Step) -> bool:
        station = step.station
        if station.dead and self._is_lost(job, station):
            return False
        if station.busy >= station.servers:
            return self._queue(job, station)
        self._serve(job, step)
        return False

    def _serve(self, job: Job, step: Step) -> None:
        step.station.change(self.now, 1)
        job.visits += 1
        self._schedule(self.now + self._chances.service(step.value), job)

    def _acquire(self, job: Job, step: Step) -> bool:
        station = step.station
        if station.dead and self._is_lost(job, station):
            return False
        if station.busy >= station.servers:
            return self._queue(job, station)
        self._hold(job, station)
        return True

    def _hold(self, job: Job, station: Station) -> None:
        station.change(self.now, 1)
        job.held.append(station)
        job.where += 1

    def _is_lost(self, job: Job, station: Station) -> bool:
        """Whether a job came to a dead copy: it hangs until its caller gives up.

        Work behind the answer has nobody who gives up: it goes to another copy, or waits for one.
        """
        if self._chances.chance() >= station.dead:
            return False
        if job.deadline < math.inf:
            job.failing = True
            self._schedule(max(self.now, job.deadline), job)
            return True
        if station.dead >= 1:
            station.queue.append(job)
            return True
        return False

    def _queue(self, job: Job, station: Station) -> bool:
        if len(station.queue) >= station.places:
            return self._fail(job)
        station.queue.append(job)
        return False

    def _free(self, station: Station) -> None:
        station.change(self.now, -1)
        if station.queue:
            self._admit(station)

    def _admit(self, station: Station) -> None:
        """Let those in whose turn it is; who gave up meanwhile fails now."""
        queue = station.queue
        while queue and station.busy < station.servers and station.dead < 1:
            job = queue.popleft()
            step = job.program[job.where]
            if job.deadline < self.now:
                job.failing = True
                self._ready.append(job)
            elif step.op == VISIT:
                self._serve(job, step)
            else:
                self._hold(job, station)
                self._ready.append(job)

    def _release(self, job: Job, step: Step) -> bool:
        job.held.pop()
        self._free(step.station)
        job.where += 1
        return True

    def _branch(self, job: Job, step: Step) -> bool:
        job.where += 1
        if self._chances.chance() < step.value:
            job.where += step.target
        return True

    def _call(self, job: Job, step: Step) -> bool:
        job.where += 1
        job.frames.append(Frame(step, job.where, job.deadline, len(job.held)))
        job.deadline = min(job.deadline, self.now + step.value)
        return True

    def _return(self, job: Job, _step: Step) -> bool:
        job.deadline = job.frames.pop().outer
        job.where += 1
        return True

    def _answer(self, job: Job, _step: Step) -> bool:
        job.answered = True
        job.deadline = math.inf
        job.tally.latencies.append(self.now - job.born + job.visits * self._hop)
        job.where += 1
        return True

    def _fail(self, job: Job) -> bool:
        """Fail the innermost call of a job; tell whether it goes on: by another try, or without answer."""
        job.failing = False
        while job.frames:
            frame = job.frames[-1]
            self._let_go(job, frame.held)
            alive = self.now < frame.outer
            if alive and frame.tries and job.tried < MOST_TRIES:
                frame.tries -= 1
                job.tried += 1
                job.deadline = min(frame.outer, self.now + frame.call.value)
                job.where = frame.start
                return True
            job.frames.pop()
            job.deadline = frame.outer
            if alive and frame.call.target:
                job.where = frame.start + frame.call.target
                return True
        self._let_go(job, 0)
        if not job.answered:
            job.tally.dropped += 1
        return False

    def _let_go(self, job: Job, kept: int) -> None:
        while len(job.held) > kept:
            self._free(job.held.pop())
