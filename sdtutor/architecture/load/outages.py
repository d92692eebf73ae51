"""Each box dies in turn: what users see, for how long, and what nobody has any more.

A run has three parts that are long enough to be steady: before the loss, until it is noticed, and after
it. Each stands for its real length, so that two minutes need a few thousand requests.
"""

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from sdtutor.architecture.examination import Outage
from sdtutor.architecture.kinds import is_many
from sdtutor.architecture.load.jobs import Station, Tally
from sdtutor.architecture.load.kernel import Simulation
from sdtutor.architecture.load.losses import Harm, Loss, lose
from sdtutor.architecture.load.measuring import Cancelled, never, percentile, scale, start
from sdtutor.architecture.load.network import (
    PATIENCE_S,
    Network,
    Stream,
    busy,
    effort,
    needs,
    network,
    waited,
)
from sdtutor.architecture.load.profiles import LAG_S, capacity, is_leaderless
from sdtutor.architecture.load.saying import Failing, say
from sdtutor.architecture.records import Box, Drawing
from sdtutor.core.systems import Flow

RATE = 400.0
"""Requests a second of the scale model."""
LEAST_RATE = 20.0
"""The same where many boxes stand on long ways."""
VISITS = 100.0
"""Boxes to kill times boxes on a way from which the scale model is smaller: ten boxes are not."""
MOST = 30
"""Boxes that die at most, fewer where each run is long."""
WARM_S = 2.0
WINDOW_S = 7.0
"""Seconds that are simulated of each part: more than two patiences of a user, so that queues have filled."""
FEWEST = 200
"""Requests that a part sees at least, where it lasts long enough: one in a hundred is then two."""
WATCHED_S = 90.0
"""Seconds from the loss to the end, three failovers; twice the failover when that is longer."""
NOTICED = 0.01
"""Share of failed requests above which users see an outage."""
HEADROOM = 0.7
"""Share of the time that the busiest box works, where the real load is more than it can do. Editorial."""
BACKUP_S = 43_200.0
"""Seconds of changes since the last backup, where no copy exists: half a day, the mean of a nightly one."""


@dataclass(frozen=True, slots=True)
class _Part:
    """One part of a run.

    Args:
        net: Whose requests arrive.
        tallies: By stream.
        seconds: How long it really lasts.
        gone: A station that is dead as a whole; None when there is none.
    """

    net: Network
    tallies: tuple[Tally, ...]
    seconds: float
    gone: Station | None

    @property
    def failed(self) -> float:
        """Share of requests that failed."""
        return _share(self.tallies)

    def failed_of(self, flow: Flow) -> float:
        """Return the share of a flow's requests that failed.

        A flow that cannot do without what is gone fails as a whole, even where none of its requests is in
        the scale model. A share that differs from that of the other flows by less than three standard
        deviations of chance is taken to be theirs.
        """
        works = {stream.flow.name for stream in self.net.streams if not self._is_stopped(stream)}
        if flow.name not in works:
            return 1.0
        counted = [(s.flow.name, t) for s, t in zip(self.net.streams, self.tallies, strict=True)]
        mine = [tally for name, tally in counted if name == flow.name]
        own, common = _share(mine), _share([tally for name, tally in counted if name in works])
        chance = 3 * math.sqrt(common * (1 - common) / max(1, sum(tally.arrived for tally in mine)))
        return common if abs(own - common) <= chance else own

    def _is_stopped(self, stream: Stream) -> bool:
        if stream.program is None:
            return True
        return self.gone is not None and needs(waited(stream.program)).get(self.gone, 0.0) >= 1

    @property
    def p99(self) -> float:
        """Latency in seconds; the patience of a user when nobody was answered."""
        answered = [seconds for tally in self.tallies for seconds in tally.latencies]
        return percentile(answered, 0.99) if answered else PATIENCE_S


def _share(tallies: Sequence[Tally]) -> float:
    return sum(tally.dropped for tally in tallies) / max(1, sum(tally.arrived for tally in tallies))


def outages(
    drawing: Drawing,
    flows: Sequence[Flow],
    seed: int,
    told: Callable[[float], None],
    cancelled: Cancelled = never,
) -> tuple[Outage, ...]:
    """Return what the loss of each box that carries a flow does, the worst first.

    The harm of a loss is the share of requests that fail, each flow counting as much as any other (that
    nobody can pay is worse than that one reader in a hundred tries again), then the writes that are lost,
    then the latency. Boxes that their provider runs in several places are left out, and those with most
    copies where there are very many.

    Args:
        drawing: The drawing.
        flows: What it must do, with their rates.
        seed: Of every draw; the same requests arrive in every run.
        told: Is told the share that is done.
        cancelled: Is asked before each box; when it says so, those done so far are returned.
    """
    whole = network(drawing, flows)
    names = dict.fromkeys(name for name, _ in whole.stations.all)
    drawn = [box for box in drawing.boxes.values() if box.name in names and not is_many(box)]
    most = min(MOST, max(6, round(1000 / effort(whole))))
    fewest = {box.name for box in sorted(drawn, key=lambda box: box.copies)[:most]}
    boxes = [box for box in drawn if box.name in fewest]
    size = min(1.0, VISITS / max(1.0, len(boxes) * effort(whole)))
    found: list[tuple[float, Outage]] = []
    for number, box in enumerate(boxes):
        if cancelled():
            break
        found.append(_outage(drawing, flows, box, whole, seed, max(LEAST_RATE, RATE * size)))
        told((number + 1) / len(boxes))
    # A sort is stable: equal harm stays in the order of the drawing.
    found.sort(key=lambda pair: (-round(pair[0], 3), -pair[1].lost_writes, -pair[1].latency_s))
    return tuple(outage for _, outage in found)


def bearable(drawing: Drawing, flows: Sequence[Flow]) -> tuple[Flow, ...]:
    """Return the flows at the rates at which the loss of a box is studied.

    They are the real ones, unless the drawing cannot bear them: then so much less that its busiest box is
    busy for 70 % of the time, since without any loss most requests would fail.
    """
    most = max(busy(network(drawing, flows)).values(), default=0.0)
    if most <= 1:
        return tuple(flows)
    return tuple(replace(flow, per_second=(flow.per_second or 1.0) * HEADROOM / most) for flow in flows)


def _outage(
    drawing: Drawing, flows: Sequence[Flow], box: Box, real: Network, seed: int, rate: float
) -> tuple[float, Outage]:
    """Return the harm of a loss, and what is seen of it."""
    loss = lose(drawing, box)
    borne = bearable(drawing, flows)
    before = network(drawing, borne)
    then, times = _overloaded(before, network(loss.drawing, borne, without=loss.without))
    net = network(drawing, borne, scale(drawing, before.offered, rate))
    simulation = start(net, seed)
    simulation.run_until(WARM_S)
    held = _held(simulation, net, box) * net.stations.one_for
    parts = _parts(simulation, net, loss, borne, times)
    less = before.offered if before.offered < real.offered else 0.0
    harm = Harm(loss, round(held + lost_changes(real, loss)), then, times, less)
    return _harm(borne, parts), _seen(borne, harm, parts)


def _parts(
    simulation: Simulation, net: Network, loss: Loss, flows: Sequence[Flow], times: float
) -> tuple[_Part, _Part, _Part]:
    """Let the loss happen and be noticed; return what happened meanwhile, right after it, and later.

    An overload by a few percent takes a while until users lose patience: it is waited for.
    """
    entry = net.stations.entry(loss.box.name)
    if entry is None:
        raise ValueError(f"nothing comes to {loss.box.name}")
    entry.dead = loss.dead
    parts = [_part(simulation, net, min(loss.seconds, WATCHED_S), entry if loss.dead >= 1 else None)]
    if loss.seconds < math.inf:
        left = network(loss.drawing, flows, net.stations.one_for, loss.without, net.stations)
        if not loss.without:
            entry.dead = 0.0
            net.stations.settle(simulation)
            simulation.resize(entry, entry.servers)
        rest = max(WATCHED_S - loss.seconds, loss.seconds)
        settling = min(PATIENCE_S * (1 + (1 / (times - 1) if times > 1 else 0)), 0.8 * rest)
        parts.append(_part(simulation, left, settling, least=settling))
        parts.append(_part(simulation, left, rest - settling))
    simulation.begin_part(simulation.mix)
    simulation.run_until(simulation.now + PATIENCE_S + 1)
    return parts[0], parts[len(parts) // 2], parts[-1]


def _part(
    simulation: Simulation,
    net: Network,
    seconds: float,
    gone: Station | None = None,
    least: float = WINDOW_S,
) -> _Part:
    """Let a part of the run pass; its requests may be answered later.

    Args:
        simulation: The run.
        net: Whose requests arrive from now on.
        seconds: How long it really lasts.
        gone: The station that is dead as a whole.
        least: Seconds of it that are simulated at least; the rest is like them.
    """
    tallies = tuple(simulation.begin_part(net.mix))
    rate = net.offered / net.stations.one_for
    simulation.run_until(simulation.now + min(seconds, max(least, FEWEST / rate)))
    return _Part(net, tallies, seconds, gone)


def _held(simulation: Simulation, net: Network, box: Box) -> int:
    """Return how many acknowledged messages a queue holds now and keeps nowhere else."""
    station = net.stations.entry(box.name)
    if box.kind != "queue" or box.copies > 1 or station is None:
        return 0
    return simulation.behind(station)


def lost_changes(net: Network, loss: Loss) -> float:
    """Return how many acknowledged changes are gone with a store.

    A primary takes along what its replicas had not got: nothing when they answer before it does (``sync``),
    else the changes of the lag; asynchronous is the default of PostgreSQL (manual, "Synchronous Replication",
    version 17). A store without a copy takes along everything since its last backup.

    Args:
        net: In the real scale, before the loss.
        loss: What dies.
    """
    box = loss.box
    written = math.fsum(_written(stream, net, box) for stream in net.streams) / capacity(box).parts
    if box.kind not in ("database", "cache") or not written:
        return 0.0
    if box.copies == 1:
        return written * BACKUP_S
    if is_leaderless(box) or not loss.primary or box.settings.get("sync"):
        return 0.0
    return written * LAG_S


def _written(stream: Stream, net: Network, box: Box) -> float:
    """Return the durable changes a second that a stream leaves in a store; a cache keeps what ends there."""
    station = net.stations.all.get((box.name, "work"))
    if not stream.flow.writes or not stream.flow.durable or stream.program is None or station is None:
        return 0.0
    if box.kind == "cache" and stream.route[-1] != box.name:
        return 0.0
    return stream.rate * needs(stream.program).get(station, 0.0)


def _overloaded(before: Network, after: Network) -> tuple[str, float]:
    """Return the box that can no longer do what arrives, and how many times its capacity that is."""
    then, now = busy(before), busy(after)
    worst = max(now, key=lambda name: now[name], default="")
    if not worst or now[worst] < 1 or then.get(worst, 0.0) >= now[worst]:
        return "", 0.0
    return worst, now[worst]


def _harm(flows: Sequence[Flow], parts: Sequence[_Part]) -> float:
    """Return the share of requests that fail from the loss to the end, the mean over the flows."""
    lost = (part.failed_of(flow) * part.seconds for part in parts for flow in flows)
    return math.fsum(lost) / math.fsum(part.seconds for part in parts) / len(flows)


def _seen(flows: Sequence[Flow], harm: Harm, parts: tuple[_Part, _Part, _Part]) -> Outage:
    during, settling, after = parts
    noticed = [any(part.failed_of(flow) > NOTICED for flow in flows) for part in parts]
    seconds = 0.0
    if noticed[2]:
        seconds = math.inf
    elif noticed[1]:
        seconds = harm.loss.seconds + settling.seconds
    elif noticed[0]:
        seconds = harm.loss.seconds
    lasting = after if seconds == math.inf else during
    failing = Failing(lasting.failed, {flow.name: lasting.failed_of(flow) for flow in flows})
    outage = Outage(
        box=harm.loss.box.name,
        whole=harm.loss.whole,
        failed=math.fsum(p.failed * p.seconds for p in parts) / math.fsum(p.seconds for p in parts),
        seconds=seconds,
        lost_writes=harm.lost,
        flows=failing.stopped,
        latency_s=lasting.p99,
        then=harm.then,
        says="",
    )
    return replace(outage, says=say(outage, harm, failing, flows))
