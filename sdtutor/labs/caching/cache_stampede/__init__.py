"""Cache stampede: servers that read one key, a cache that forgets it, and a database."""

from collections.abc import Mapping
from functools import partial
from typing import Any

from sdtutor.core.ports import Table
from sdtutor.engine.bounds import Bounds
from sdtutor.engine.lab import (
    Call,
    Cast,
    Fidelity,
    Invariant,
    Lab,
    Link,
    Measure,
    Node,
    Offered,
    Opening,
    Prediction,
    Service,
    Variant,
)
from sdtutor.engine.parameters import Values, Whole
from sdtutor.engine.simulated import Ports
from sdtutor.engine.world import World
from sdtutor.labs.caching.cache_stampede.promises import (
    LOADS,
    ROWS,
    SERVERS,
    answered,
    cache_reads,
    database_reads,
    no_stale_read,
    one_load,
    owner,
    stale_read,
)
from sdtutor.labs.caching.cache_stampede.skills import SKILLS
from sdtutor.labs.caching.cache_stampede.story import (
    FINDINGS,
    LOAD_AT_ONCE,
    LOAD_ONCE,
    OUTLIVE_THE_LOADER,
    SCENES,
)
from sdtutor.reference.caching import cache_stampede as reference
from sdtutor.textbook.caching import cache_stampede as textbook

CacheAside = textbook.CacheAside | reference.CacheAside

READ = Offered("get", ("key",), ("k",))
WRITE = Offered("set", ("key", "row"), ("k", "v2"))

TTL = 60
"""Seconds that a copy lives."""

PAUSE = 2
"""Seconds before a server that met a lease asks again: long, so that a lease is outwaited in a few steps."""


class WatchedTable:
    """A table that knows which keys are being asked of it.

    Args:
        table: The table.
    """

    def __init__(self, table: Table) -> None:
        self.asked: list[str] = []
        self._table = table

    async def get(self, key: str) -> Any:
        """Ask for the row."""
        self.asked.append(key)
        try:
            return await self._table.get(key)
        finally:
            self.asked.remove(key)

    async def put(self, key: str, row: Any) -> None:
        """Store a row."""
        await self._table.put(key, row)

    async def compare_and_set(self, key: str, expected: Any, row: Any) -> bool:
        """Replace an expected row."""
        return await self._table.compare_and_set(key, expected, row)


def cast(variant: Variant, values: Values) -> Cast:
    """Return servers and writers, each a process with a CacheAside of its own."""
    servers = list(SERVERS[: values["servers"]])
    writers = [f"writer_{number + 1}" for number in range(values["writers"])]
    nodes = [
        Node(
            name=name,
            label=f"{name.split('_')[0]} {mark}",
            mark=mark,
            cell=(row, 0),
            build=partial(build, variant, mark),
            observe=observe,
            calls=(READ if name in servers else WRITE,),
        )
        for row, (name, mark) in enumerate(zip(servers + writers, "ABCD", strict=False))
    ]
    cache = Service("cache", "cache", (0, 1), "key_value", shows=("k",))
    database = Service("database", "database", (max(1, len(nodes) - 1), 1), "table", True, ROWS, ("k",))
    links = tuple(Link(node.name, service.name) for node in nodes for service in (cache, database))
    # A lease names its owner, so servers of the reference can be told apart.
    interchangeable = (tuple(servers),) if variant == "textbook" else ()
    return Cast((*nodes, cache, database), links, interchangeable)


def build(variant: Variant, mark: str, ports: Ports) -> CacheAside:
    """Return one process's CacheAside over the shared cache and database."""
    cache, database = ports.key_value("cache"), WatchedTable(ports.table("database"))
    if variant == "reference":
        return reference.CacheAside(cache, database, owner(mark, ports.incarnation), TTL, PAUSE)
    return textbook.CacheAside(cache, database, TTL)


def observe(instance: CacheAside) -> Mapping[str, int]:
    """Return how often a process asks the database for which key just now: ``loads k``."""
    asked = instance.database.asked if isinstance(instance.database, WatchedTable) else []
    return {LOADS + key: asked.count(key) for key in asked}


def script(values: Values) -> tuple[Call, ...]:
    """Return one read by each server and one write by each writer."""
    calls = [Call(server, "get", ("k",)) for server in SERVERS[: values["servers"]]]
    calls += [Call(f"writer_{number + 1}", "set", ("k", "v2")) for number in range(values["writers"])]
    return tuple(calls)


def returned(world: World) -> tuple[str, ...]:
    """Return what a read can return: the first row, and the one that a writer stores if there is one."""
    written = ("member", "writer_1", "") in world.facts
    return (ROWS["k"], "v2") if written else (ROWS["k"],)


LAB = Lab(
    sources={"reference": reference, "textbook": textbook},
    cast=cast,
    script=script,
    main_code={
        "textbook": ("CacheAside.get", "CacheAside.set"),
        "reference": ("CacheAside.get", "CacheAside._load", "CacheAside._take_off", "CacheAside.set"),
    },
    defects=4,
    parameters=(
        Whole("servers", 2, 1, 3, "servers", "How many processes read."),
        Whole("writers", 0, 0, 1, "writers", "How many processes write."),
    ),
    faults=("drop", "duplicate", "crash", "cut"),
    bounds=Bounds(timers=1),
    findings=FINDINGS,
    invariants=(
        Invariant(
            name="one_load",
            promise="However many miss a key, one of them at a time loads its row.",
            told="The same row is being loaded twice at once.",
            holds=one_load,
            over=("view",),
        ),
        Invariant(
            name="no_stale_read",
            promise="Once a write is acknowledged, no later read returns the old row.",
            told="The write was acknowledged; a later read returned the old row.",
            holds=no_stale_read,
            over=("operations",),
            witness=stale_read,
        ),
        Invariant(
            name="answered",
            promise="In the end, every read on a server that is up is answered.",
            told="At the end of the run, a server that is up still waits for its read.",
            holds=answered,
            when="eventually",
            over=("operations", "member"),
        ),
    ),
    opening=Opening(
        variant="textbook",
        events=("call server_1 get k", "deliver server_1>cache.get#1"),
        sentence="The copy of k has just expired. Have both servers load it at once.",
    ),
    goals=(LOAD_AT_ONCE, LOAD_ONCE, OUTLIVE_THE_LOADER),
    scenes=SCENES,
    predictions=(Prediction("what_returns", "What will the read return?", "get", returned),),
    skills=SKILLS,
    measures=(
        Measure("database_reads", "reads", "Reads that the servers sent to the database.", database_reads),
        Measure("cache_reads", "reads", "Reads that the servers sent to the cache.", cache_reads),
    ),
    fidelity=Fidelity(
        real="CacheAside runs as it stands, on asyncio; so do its tasks, timeouts and cancellations.",
        simulated="Cache, database and network are machines of the tutor: one request, one reply,"
        " delivered when you say. A copy or a lease expires when you say, at its deadline or later.",
        editorial="A copy lives for 60 s, and a server that met a lease asks again after 2 s; 50 ms would be"
        " usual. A lease of 10 s is what Facebook reported.",
    ),
)
