"""What a drawing has that the load at hand does not need."""

import math
from collections.abc import Iterator, Mapping, Sequence

from sdtutor.architecture.examination import Finding
from sdtutor.architecture.load.profiles import PROFILES, capacity
from sdtutor.architecture.records import Box, Drawing
from sdtutor.architecture.ways import find_path, onward, works
from sdtutor.core.systems import Flow, Kind

TIMES_NEEDED = 10
"""Instances, for each one that the peak needs, from which on there are too many. Editorial; wide, because
what a request costs is the candidate's to say."""
ONE_TENTH, ONE_HUNDREDTH = 0.1, 0.01
"""Shares of what one database does: below the first it needs no shards, below the second neither a cache
before it nor a queue for what only changes it. Editorial."""

_WHY = "Each box is something to run, to secure and to wake up for; the simplest that carries the load wins."
_COUNTED: tuple[Kind, ...] = ("service", "gateway", "load_balancer", "cache")
_STORES: tuple[Kind, ...] = ("database", "search_index")


def rates(flows: Sequence[Flow], per_second: float | None) -> Mapping[str, float]:
    """Return the peak rate of each flow by name.

    Args:
        flows: With their own rates.
        per_second: The candidate's peak of all flows together, shared out as the flows' own rates are, or
            evenly when they have none; None for the flows' own.
    """
    own = math.fsum(flow.per_second for flow in flows)
    if per_second is None:
        return {flow.name: flow.per_second for flow in flows}
    return {flow.name: per_second * (flow.per_second / own if own else 1.0 / len(flows)) for flow in flows}


def overbuilt(drawing: Drawing, flows: Sequence[Flow], per_second: float | None) -> Iterator[Finding]:
    """Yield what the load does not need: instances, shards, caches, queues.

    Nothing is said when no rate is known.

    Args:
        drawing: What to judge.
        flows: With their rates at the peak.
        per_second: The candidate's peak, as :func:`rates` takes it.
    """
    by_flow = rates(flows, per_second)
    total = math.fsum(by_flow.values())
    if not total:
        return
    ways = {flow.name: find_path(drawing, flow) for flow in flows}
    for box in drawing.boxes.values():
        carried = [flow for flow in flows if box.name in ways[flow.name]] or list(flows)
        load = math.fsum(by_flow[flow.name] for flow in carried)
        use = math.fsum(by_flow[flow.name] / _one_does(box, flow.writes) for flow in carried)
        message = _too_many(box, load, use) or _needless(drawing, flows, box, load)
        if message:
            study = {"cache": "caching/cache_aside", "database": "databases/hash_sharding"}.get(box.kind, "")
            yield Finding("overbuilt", (box.name,), message, _WHY, study, 1)


def _one_does(box: Box, writes: bool) -> float:
    """Return the requests a second that one copy of a box does."""
    can = capacity(box)
    return can.cores / (can.write_s if writes else can.read_s) if can.read_s else math.inf


def _too_many(box: Box, load: float, use: float) -> str:
    """Return what is wrong with the number of instances or shards of a box, if anything is."""
    shards = box.settings.get("shards", 1)
    if box.kind in _COUNTED and box.instances > TIMES_NEEDED * max(1, math.ceil(use)):
        return (
            f"`{box.name}` runs {box.instances} times; {load:,.0f} requests/s need {max(1, math.ceil(use))}."
        )
    if box.kind in _STORES and isinstance(shards, int | float) and shards > 1 and use <= ONE_TENTH:
        return (
            f"`{box.name}` has {shards:.0f} shards; {load:,.0f} requests/s use {use:.1%} of one, so only the"
            " volume of the data could ask for them."
        )
    return ""


def _needless(drawing: Drawing, flows: Sequence[Flow], box: Box, load: float) -> str:
    """Return why a cache or a queue is not needed, if it is not."""
    profile = PROFILES["database"]
    without = frozenset({box.name})
    if box.kind == "cache" and load <= ONE_HUNDREDTH * profile.reads:
        if all(works(drawing, flow, without) for flow in flows if works(drawing, flow)):
            return f"`{box.name}` spares a database {load:,.0f} reads/s; it does about {profile.reads:,.0f}."
    elif box.kind == "queue" and load <= ONE_HUNDREDTH * profile.writes:
        asked = any("queue" in stop for flow in flows for stop in flow.stops)
        if not asked and _only_changes_stores(drawing, box.name):
            return (
                f"`{box.name}` spares a database {load:,.0f} writes/s; it does about {profile.writes:,.0f}."
            )
    return ""


def _only_changes_stores(drawing: Drawing, queue: str) -> bool:
    """Return whether all that is done behind a queue is to change databases and caches."""
    leads = onward(drawing)
    behind = {name for consumer in leads[queue] for name in leads[consumer] if name != queue}
    return bool(behind) and all(drawing.boxes[name].kind in (*_STORES, "cache") for name in behind)
