"""Cache-aside: readers, writers, a cache and a database. The learner is the network."""

from functools import partial

from sdtutor.engine.bounds import Bounds
from sdtutor.engine.checks.checked import showing
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
from sdtutor.engine.parameters import OneOf, Values, Whole
from sdtutor.engine.simulated import Ports
from sdtutor.labs.caching.cache_aside.promises import cache_agrees, database_reads, fresh_reads, no_stale_read
from sdtutor.labs.caching.cache_aside.skills import SKILLS
from sdtutor.labs.caching.cache_aside.story import (
    FINDINGS,
    KEEP_THE_PROMISE,
    LOAD,
    MAKE_IT_LIE,
    MISS,
    SCENES,
    TRY_THE_REFERENCE,
)
from sdtutor.reference.caching import cache_aside as reference
from sdtutor.textbook.caching import cache_aside as textbook

CacheAside = textbook.CacheAside | reference.CacheAside
READ = Offered("get", ("key",), ("k",))
WRITE = Offered("set", ("key", "value"), ("k", "v2"))

LATENCIES: dict[str, tuple[tuple[int, int] | None, tuple[int, int] | None]] = {
    "off": (None, None),
    "zones": ((50, 250), (250, 1_000)),
}
"""One-way latency in microseconds to the cache and to the database, half of the round trip: 0.1 to 0.5 ms in
a zone (sirupsen/napkin-math, 2026: 0.25), 0.5 to 2 ms between zones of a region (Hamilton, AWS re:Invent
2014, SPOT301: usually below 1, at most 2)."""


def cast(variant: Variant, values: Values) -> Cast:
    """Return readers and writers, each a process with a CacheAside of its own."""
    readers = [f"reader_{number + 1}" for number in range(values["readers"])]
    writers = [f"writer_{number + 1}" for number in range(values["writers"])]
    nodes = [
        Node(
            name=name,
            label=f"{name.split('_')[0]} {mark}",
            mark=mark,
            cell=(row, 0),
            build=partial(build, variant, name),
            calls=(READ if name in readers else WRITE,),
        )
        for row, (name, mark) in enumerate(zip(readers + writers, "ABCDEF", strict=False))
    ]
    cache = Service("cache", "cache", (0, 1), "key_value", shows=("k",))
    database = Service("database", "database", (len(nodes) - 1, 1), "table", True, {"k": "v1"}, ("k",))
    near, far = LATENCIES[values["latency"]]
    links = tuple(
        Link(node.name, service.name, latency)
        for node in nodes
        for service, latency in ((cache, near), (database, far))
    )
    # In the reference a lease names its owner, so whoever reads the cache can tell one reader from another.
    alike = (tuple(readers),) if variant == "textbook" and len(readers) > 1 else ()
    return Cast((*nodes, cache, database), links, alike)


def build(variant: Variant, name: str, ports: Ports) -> CacheAside:
    """Return one process's CacheAside over the shared cache and database."""
    cache, database = ports.key_value("cache"), ports.table("database")
    if variant == "reference":
        # A process that comes back must not take up the leases of its former life.
        owner = name if ports.incarnation == 1 else f"{name}.{ports.incarnation}"
        return reference.CacheAside(cache, database, owner=owner)
    return textbook.CacheAside(cache, database)


def script(values: Values) -> tuple[Call, ...]:
    """Return one read by each reader and one write by each writer, each write with a value of its own."""
    reads = [Call(f"reader_{number + 1}", "get", ("k",)) for number in range(values["readers"])]
    writes = [
        Call(f"writer_{number + 1}", "set", ("k", f"v{number + 2}")) for number in range(values["writers"])
    ]
    return (*reads, *writes)


LAB = Lab(
    sources={"reference": reference, "textbook": textbook},
    cast=cast,
    script=script,
    main_code={
        "textbook": ("CacheAside.get", "CacheAside.set"),
        "reference": ("CacheAside.get", "CacheAside._load", "CacheAside._fill", "CacheAside.set"),
    },
    defects=4,
    parameters=(
        Whole("readers", 1, 1, 3, "readers", "How many processes read."),
        Whole("writers", 1, 1, 3, "writers", "How many processes write."),
        OneOf(
            "latency",
            "off",
            tuple(LATENCIES),
            "off takes no time; zones has the cache in the zone of the processes, the database in another.",
        ),
    ),
    faults=("drop", "duplicate", "crash", "cut"),
    bounds=Bounds(calls=1),
    invariants=(
        Invariant(
            name="no_stale_read",
            promise="Once a write is acknowledged, no later read returns the old value.",
            told="The write was acknowledged; a read returned the old value.",
            holds=no_stale_read,
            over=("operations",),
            witness=showing(fresh_reads),
        ),
        Invariant(
            name="cache_agrees",
            promise="At rest, the cache holds nothing that the database has replaced.",
            told="At rest, the cache holds a value that the database has replaced.",
            holds=cache_agrees,
            when="at_rest",
            over=("store",),
        ),
    ),
    opening=Opening(
        variant="textbook",
        events=(*MISS, *LOAD),
        sentence="Make a read return v1 after the write of v2 was acknowledged.",
    ),
    goals=(MAKE_IT_LIE, KEEP_THE_PROMISE, TRY_THE_REFERENCE),
    scenes=SCENES,
    findings=FINDINGS,
    predictions=(
        Prediction("what_returns", "What will the read return?", "get", lambda _world: ("v1", "v2", None)),
    ),
    skills=SKILLS,
    measures=(Measure("database_reads", "reads", "Reads that reached the database.", database_reads),),
    fidelity=Fidelity(
        real="CacheAside runs as it stands, on asyncio; so do its tasks and timeouts.",
        simulated="Cache, database and network are machines of the tutor: one request, one reply,"
        " delivered when you say.",
        editorial="The ttl of 3,600 s is that of most examples. Where zones have latencies, they are drawn"
        " evenly: 0.1 to 0.5 ms to the cache and back, 0.5 to 2 ms to the database. Real tails are longer.",
    ),
)
