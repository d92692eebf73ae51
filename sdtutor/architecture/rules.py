"""What an experienced engineer would say about a drawing before any load is on it.

Each rule holds whatever the problem is. Severities, editorial: 3 stops users, 2 hurts, 1 is worth a thought.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from sdtutor.architecture.access import holding_table, serving_table
from sdtutor.architecture.examination import Finding
from sdtutor.architecture.overbuilding import overbuilt
from sdtutor.architecture.records import Drawing
from sdtutor.architecture.single_points import single_points
from sdtutor.architecture.ways import find_path, onward, paths, works
from sdtutor.core.systems import Flow, Kind, Query


@dataclass(frozen=True, slots=True)
class _Case:
    """What is judged.

    Args:
        drawing: The candidate's.
        flows: What users do.
        queries: What is looked up.
        per_second: The candidate's peak; None for the flows' own rates.
        ways: The shortest way of each flow by name; empty where there is none.
    """

    drawing: Drawing
    flows: Sequence[Flow]
    queries: Sequence[Query]
    per_second: float | None
    ways: Mapping[str, tuple[str, ...]]

    def is_kind(self, name: str, *kinds: Kind) -> bool:
        """Return whether a box is of one of these kinds."""
        return self.drawing.boxes[name].kind in kinds


_KEEPING: tuple[Kind, ...] = ("database", "object_store", "queue", "search_index", "external", "coordinator")
"""What still has a write when the cache is gone."""
_HOLDING: tuple[Kind, ...] = ("database", "cache", "object_store", "queue", "search_index", "coordinator")
_MOST_UNEXPLAINED = 4
"""Stores without a word about them from which on a drawing is a list of products. Editorial."""
_BEHIND: tuple[Kind, ...] = ("database", "cache")
_STUDY_OF_LOSS: Mapping[Kind, str] = {
    "service": "load_balancing/weighted_round_robin",
    "gateway": "load_balancing/weighted_round_robin",
    "load_balancer": "load_balancing/weighted_round_robin",
    "cache": "caching/cache_stampede",
    "database": "consistency/quorum",
}


def judge(
    drawing: Drawing, flows: Sequence[Flow], queries: Sequence[Query], per_second: float | None = None
) -> tuple[Finding, ...]:
    """Return what is wrong with a drawing, the worst first; nothing for an empty one.

    Args:
        drawing: What to judge.
        flows: What users must be able to do.
        queries: What is looked up in its tables.
        per_second: The candidate's peak of all flows together; None for the flows' own rates.
    """
    if drawing.is_empty:
        return ()
    ways = {flow.name: find_path(drawing, flow) for flow in flows}
    case = _Case(drawing, flows, queries, per_second, ways)
    found = [finding for rule in _RULES for finding in rule(case)]
    return tuple(sorted(found, key=lambda finding: -finding.severity))


def _no_way(case: _Case) -> Iterator[Finding]:
    why = (
        "A design is judged by what users can do with it; a flow without a way is a feature that is missing."
    )
    for flow, path in zip(case.flows, paths(case.drawing, case.flows), strict=True):
        if not path.boxes:
            yield Finding("no_way", (), f"No way for “{flow.title}”: {path.missing}", why, "", 3)


def _single_point(case: _Case) -> Iterator[Finding]:
    why = "Machines, disks and deployments fail; what runs once takes everything that needs it down with it."
    for name in single_points(case.drawing, case.flows):
        stopped = [flow.title for flow in case.flows if _stops(case, flow, name)]
        message = f"`{name}` runs once; without it nobody can do this: {'; '.join(stopped)}."
        study = _STUDY_OF_LOSS.get(case.drawing.boxes[name].kind, "")
        yield Finding("single_point", (name,), message, why, study, 3)


def _stops(case: _Case, flow: Flow, name: str) -> bool:
    return name in case.ways[flow.name] and not works(case.drawing, flow, frozenset({name}))


def _cache_only(case: _Case) -> Iterator[Finding]:
    """A durable write that ends in a cache and could end nowhere else."""
    why = "A cache may drop any entry at any time and starts empty; a write that only it has will be lost."
    caches = [name for name in case.drawing.boxes if case.is_kind(name, "cache")]
    leads = onward(case.drawing)
    for flow in (flow for flow in case.flows if flow.writes and flow.durable):
        way = case.ways[flow.name]
        if not way or not case.is_kind(way[-1], "cache"):
            continue
        kept = any(case.is_kind(name, *_KEEPING) for name in (*way, *leads[way[-1]]))
        if not kept and not works(case.drawing, flow, caches):
            message = f"“{flow.title}” is stored in `{way[-1]}` only, and must survive its loss."
            yield Finding("cache_only", (way[-1],), message, why, "caching/cache_aside", 3)


def _async_durable(case: _Case) -> Iterator[Finding]:
    why = (
        "With asynchronous replication a write is confirmed before a replica has it; when the primary dies"
        " then, the write is gone although the user was told that it is safe."
    )
    for box in case.drawing.boxes.values():
        lost = [f.title for f in case.flows if f.writes and f.durable and box.name in case.ways[f.name]]
        if box.settings.get("async") and box.copies > 1 and lost:
            message = f"`{box.name}` replicates asynchronously; the last writes of “{lost[0]}” can be lost."
            yield Finding("async_durable", (box.name,), message, why, "consistency/read_your_writes", 2)


def _no_consumer(case: _Case) -> Iterator[Finding]:
    why = "What nobody takes out of a queue is never done, and the queue grows until it is full."
    ends = {way[-1] for way in case.ways.values() if way}
    leads = onward(case.drawing)
    for name in case.drawing.boxes:
        if case.is_kind(name, "queue") and not leads[name] and name not in ends:
            message = f"Nothing takes messages out of `{name}`."
            yield Finding("no_consumer", (name,), message, why, "messaging/idempotent_consumer", 2)


def _client_to_database(case: _Case) -> Iterator[Finding]:
    why = (
        "Whoever can reach a database from outside can read and change what is not theirs; rights, limits and"
        " the shape of the data belong behind an interface."
    )
    for link in case.drawing.links:
        managed = case.drawing.boxes[link.target].settings.get("managed")
        if case.is_kind(link.source, "client") and case.is_kind(link.target, *_BEHIND) and not managed:
            message = f"`{link.source}` talks to `{link.target}` directly."
            yield Finding("client_to_database", (link.source, link.target), message, why, "", 2)


def _no_timeout(case: _Case) -> Iterator[Finding]:
    why = (
        "Somebody else's service will be slow one day; without a timeout each call holds a thread until none"
        " is left, and what had nothing to do with it stops too."
    )
    for link in case.drawing.links:
        source, target = case.drawing.boxes[link.source], case.drawing.boxes[link.target]
        waits = link.waits and target.kind == "external" and source.kind != "client"
        if waits and "timeout" not in target.settings and "timeout" not in source.settings:
            message = f"`{source.name}` waits for `{target.name}` without a timeout."
            yield Finding("no_timeout", (source.name, target.name), message, why, "", 2)


def _access(case: _Case) -> Iterator[Finding]:
    """Queries that no table serves."""
    why = "Without a key or an index that begins with what is asked for, every row is read for each answer."
    tables = case.drawing.tables
    for query in (query for query in case.queries if serving_table(tables, query) is None):
        columns = ", ".join(choice[0] for choice in query.by)
        if (table := holding_table(tables, query)) is None:
            message = f"No table finds {query.title}: it takes a key on {columns}."
            yield Finding("no_key", (), message, why, "", 2)
        else:
            message = (
                f"Table `{table.name}` has no key or index on {columns}, by which {query.title} is found."
            )
            yield Finding("no_index", (), message, why, "", 2)


def _unused(case: _Case) -> Iterator[Finding]:
    """Boxes that nothing reaches from users or from a way; background jobs and what watches excepted."""
    why = "A box that nothing leads to does nothing, costs money and raises the question what it is for."
    leads = onward(case.drawing)
    used = [name for name in case.drawing.boxes if case.is_kind(name, "client") and leads[name]]
    used += [name for way in case.ways.values() for name in way]
    used += [name for name in case.drawing.boxes if case.is_kind(name, "worker") and leads[name]]
    reached = set(used)
    while used:
        fresh = [name for name in leads[used.pop()] if name not in reached]
        reached.update(fresh)
        used += fresh
    for name in case.drawing.boxes:
        if name not in reached and not case.is_kind(name, "monitor", "coordinator"):
            yield Finding("unused", (name,), f"Nothing that users do leads to `{name}`.", why, "", 1)


def _unexplained(case: _Case) -> Iterator[Finding]:
    """Stores at the end of a call that no flow needs and that nothing says anything about."""
    why = "Each store is a copy to keep right and a system to run; a design says what each of them holds."
    needed = {name for way in case.ways.values() for name in way}
    leads = onward(case.drawing)
    tables = {table.name.casefold() for table in case.drawing.tables}
    called = {link.target for link in case.drawing.links if link.waits and not link.label}
    idle = tuple(
        name
        for name, box in case.drawing.boxes.items()
        if case.is_kind(name, *_HOLDING) and name in called - needed and not leads[name]
        if not box.settings and box.copies == 1 and name.casefold() not in tables
    )
    if len(idle) >= _MOST_UNEXPLAINED:
        listed = ", ".join(f"`{name}`" for name in idle)
        yield Finding("unexplained", idle, f"Nothing says what {listed} are for.", why, "", 1)


def _overbuilt(case: _Case) -> Iterator[Finding]:
    return overbuilt(case.drawing, case.flows, case.per_second)


_RULES: tuple[Callable[[_Case], Iterator[Finding]], ...] = (
    _no_way,
    _single_point,
    _cache_only,
    _async_durable,
    _no_consumer,
    _client_to_database,
    _no_timeout,
    _access,
    _unused,
    _unexplained,
    _overbuilt,
)
"""In the order in which findings of one severity are told."""
