"""What one instance of each kind of box does by default, and how the settings of a drawing change it.

Figures are orders of magnitude of one well-equipped machine; an interview is about ratios between them.
What the candidate writes in the parentheses of a box wins over all of them.
"""

import math
from collections.abc import Mapping
from dataclasses import dataclass

from sdtutor.architecture.kinds import is_many
from sdtutor.architecture.records import Box
from sdtutor.core.systems import Kind


@dataclass(frozen=True, slots=True)
class Profile:
    """One instance of a kind of box.

    Args:
        reads: Requests a second that it can do; infinite for what its provider scales.
        read_s: Seconds that one takes when nobody waits.
        writes: Changes a second that it can do; 0 for as many as reads.
        threads: Requests that it holds at once while it waits for others; infinite for no bound.
        timeout: Seconds after which callers give up although nobody set it; infinite for never.
        hit: Share of look-ups that it answers itself.
        source: Where the figures are from.
    """

    reads: float
    read_s: float
    writes: float = 0.0
    threads: float = math.inf
    timeout: float = math.inf
    hit: float = 0.0
    source: str = "editorial"


PROFILES: Mapping[Kind, Profile] = {
    "client": Profile(math.inf, 0.0, source="users are not part of the system"),
    "dns": Profile(math.inf, 0.001, source="editorial: an answer from the resolver's cache"),
    "cdn": Profile(math.inf, 0.005, hit=0.8, source="editorial: an edge near users; what is personal misses"),
    "load_balancer": Profile(
        320_000, 0.000_05, source="8 cores of 40,000 HTTPS requests/s of 1 KB each, NGINX blog 2017"
    ),
    "gateway": Profile(20_000, 0.001, source="editorial: a proxy that also checks who asks"),
    "service": Profile(
        5_000,
        0.002,
        threads=200,
        source="editorial: ten cores, 2 ms of work each; Tomcat 10 has maxThreads = 200 by default",
    ),
    "worker": Profile(500, 0.02, source="editorial: ten at once, 20 ms each"),
    "cache": Profile(
        100_000,
        0.000_01,
        timeout=0.1,
        hit=0.9,
        source="Redis with one thread: 70,000/s on a small VM, 160,000/s on a good server (devhands.io "
        "2024); timeout and hit ratio are editorial",
    ),
    "database": Profile(
        20_000,
        0.001,
        writes=5_000,
        source="PostgreSQL on 4 to 16 vCPU with network disks, durable: 4,600 to 8,100 transactions/s "
        "(PostgresBench 2026); reads by key about four times as many, editorial",
    ),
    "search_index": Profile(1_000, 0.02, source="editorial: every shard of one node searched in 20 ms"),
    "queue": Profile(
        100_000, 0.002, source="Kafka: 605 MB/s of 1 KB messages over 3 brokers (Confluent 2020), halved"
    ),
    "object_store": Profile(math.inf, 0.05, source="small GET from S3: 30 to 80 ms (napkin-math 2026)"),
    "coordinator": Profile(10_000, 0.002, source="editorial: one round of a majority"),
    "external": Profile(math.inf, 0.2, source="editorial: somebody else's API over the internet"),
    "monitor": Profile(10_000, 0.005),
}
"""By kind. Changes without a figure of their own cost what reads do."""

LAG_S = 1.0
"""Seconds by which an asynchronous replica is behind. Editorial: usual under load; milliseconds when idle."""
FAILOVER_S = 30.0
"""Seconds until a replica takes over. Editorial: three missed checks of 5 s, an election, clients that
reconnect; Amazon says 60 to 120 s for RDS Multi-AZ with one standby, under 35 s with two (RDS guide 2024)."""
HEALTH_S = 10.0
"""Seconds until a dead instance gets no more requests. Editorial: two failed checks, 5 s apart."""
LEADERLESS = ("cassandra", "scylla", "riak", "dynamo")
"""Stores in which every node takes writes (Dynamo, SOSP 2007, section 4)."""
ROW_COPIES = 3
"""Nodes of such a store that hold each row (N of Dynamo, section 4.5: typically 3)."""


@dataclass(frozen=True, slots=True)
class Capacity:
    """What a box does, all settings considered.

    Args:
        cores: Requests that one copy works on at once; infinite for what scales by itself.
        read_s: Seconds of work for one read.
        write_s: Seconds of work for one change.
        threads: Requests that one copy holds at once, working or waiting for others.
        places: Requests that may wait for one copy.
        timeout: Seconds after which callers give up; infinite when nobody said.
        retries: Further tries of a call that failed.
        hit: Share of look-ups that it answers itself.
        parts: Copies that share all the work, or parts that the data is split into.
        readers: Copies of each part that answer reads; only the first takes changes.
    """

    cores: float
    read_s: float
    write_s: float
    threads: float
    places: float
    timeout: float
    retries: int
    hit: float
    parts: int
    readers: int


def number(box: Box, name: str) -> float | None:
    """Return a setting of a box as a number; None when it is missing or not one."""
    value = box.settings.get(name)
    if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value):
        return None
    return float(value)


def is_store(box: Box) -> bool:
    """Return whether changes go to one primary, so that further copies only answer reads."""
    return box.kind in ("database", "search_index")


def is_leaderless(box: Box) -> bool:
    """Return whether it is a store in which every node takes writes."""
    return is_store(box) and any(word in box.name.casefold() for word in LEADERLESS)


def capacity(box: Box) -> Capacity:
    """Return what a box does by its kind and its settings.

    ``rps`` is what one copy can do all in all, of reads and of changes, its waiting for others included;
    ``ms`` or ``service`` the time of one; with ``servers`` but without ``rps`` it is what so many can do at
    once. For a service, ``servers`` is the number of threads, which are held while it waits for others. A
    managed product that scales by itself has no bound unless ``rps`` gives it one.
    """
    profile = PROFILES[box.kind]
    cores, read_s, threads = _work(box, profile)
    parts, readers = _layout(box)
    hit = number(box, "hit")
    return Capacity(
        cores=cores,
        read_s=read_s,
        write_s=read_s * _write_cost(box, profile),
        threads=threads,
        places=_or(number(box, "queue"), math.inf) * parts,
        timeout=_or(_positive(box, "timeout"), math.inf),
        retries=min(10, int(_or(number(box, "retries"), 0))),
        hit=min(1.0, _or(hit, profile.hit)),
        parts=parts,
        readers=readers,
    )


def _work(box: Box, profile: Profile) -> tuple[float, float, float]:
    """Return how many requests one copy works on at once, the seconds of one, and its threads."""
    threads, servers = profile.threads, _positive(box, "servers")
    if servers is not None and threads < math.inf:
        threads, servers = max(1, round(servers)), None
    seconds = _positive(box, "service") or profile.read_s
    rate = _positive(box, "rps")
    if rate is not None and not _positive(box, "servers"):
        threads = math.inf
    if rate is None and servers is not None:
        rate = servers / max(seconds, 1e-6)
    elif rate is None:
        rate = math.inf if is_many(box) and not box.settings.get("managed") else profile.reads
    if rate == math.inf:
        return math.inf, seconds, math.inf
    cores = max(1, round(servers or rate * seconds))
    return cores, cores / rate, threads


def _write_cost(box: Box, profile: Profile) -> float:
    """Return how many times the work of a read a change is."""
    stated = "rps" in box.settings or not profile.writes
    rows = min(ROW_COPIES, box.copies) if is_leaderless(box) else 1
    return rows * (1.0 if stated else profile.reads / profile.writes)


def _layout(box: Box) -> tuple[int, int]:
    """Return how many share the work, and how many copies of each answer reads."""
    shards = max(1, round(_positive(box, "shards") or 1))
    if is_store(box) and not is_leaderless(box):
        return shards, box.copies
    return shards * box.copies, 1


def _positive(box: Box, name: str) -> float | None:
    value = number(box, name)
    return value if value is not None and value > 0 else None


def _or(value: float | None, default: float) -> float:
    return default if value is None else max(0.0, value)
