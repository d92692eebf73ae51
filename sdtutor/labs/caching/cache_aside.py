"""Cache-aside: readers, writers, a cache and a database. The learner is the network."""

from functools import partial

from sdtutor.engine.lab import (
    Call,
    Cast,
    Fidelity,
    Finished,
    Goal,
    Invariant,
    Lab,
    Link,
    Measure,
    Node,
    Offered,
    Opening,
    Prediction,
    Scene,
    Service,
    Variant,
)
from sdtutor.engine.operations import Operation
from sdtutor.engine.parameters import Values, Whole
from sdtutor.engine.simulated import Ports
from sdtutor.engine.world import World
from sdtutor.reference.caching import cache_aside as reference
from sdtutor.textbook.caching import cache_aside as textbook

Operations = tuple[Operation, ...]
CacheAside = textbook.CacheAside | reference.CacheAside

READ = Offered("get", ("key",), ("k",))
WRITE = Offered("set", ("key", "value"), ("k", "v2"))


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
    links = tuple(Link(node.name, service.name) for node in nodes for service in (cache, database))
    return Cast((*nodes, cache, database), links)


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


# What the run shows


def no_stale_read(_world: World, operations: Operations) -> bool:
    """Tell whether every read returned a value that was current at some moment while it ran."""
    return not any(
        _is_stale(read, operations) for read in operations if read.operation == "get" and read.done
    )


def _is_stale(read: Operation, operations: Operations) -> bool:
    writes = [o for o in operations if o.operation == "set" and o.arguments[0] == read.arguments[0]]
    acknowledged = [write for write in writes if write.done and write.returned < read.called]
    if not acknowledged:
        return False
    newest = max(write.called for write in acknowledged)
    current = [w for w in writes if w.called <= read.returned and not (w.done and w.returned < newest)]
    return read.value not in {write.arguments[1] for write in current}


def cache_agrees(world: World, _operations: Operations) -> bool:
    """Tell whether the cache holds no value that the database has replaced."""
    rows = world.store("database")
    values = {key: value for key, value in world.store("cache").items() if isinstance(value, str)}
    return all(rows.get(key) == value for key, value in values.items())


def acknowledged(_world: World, operations: Operations) -> bool:
    """Tell whether a write has returned."""
    return any(o.operation == "set" and o.done for o in operations)


def writing(_world: World, operations: Operations) -> bool:
    """Tell whether a write has begun and not returned."""
    return any(o.operation == "set" and o.outcome is None for o in operations)


def replaced(world: World, _operations: Operations) -> bool:
    """Tell whether the database no longer holds the first row."""
    return bool(world.stored("database", "k") != "v1")


def loaded(world: World, _operations: Operations) -> bool:
    """Tell whether the first row is on its way to a reader."""
    return any(m.sender == "database" and m.is_reply and m.outcome.value == "v1" for m in world.in_flight)


def filling(world: World, _operations: Operations) -> bool:
    """Tell whether the first row is on its way into the cache."""
    return any(m.receiver == "cache" and "v1" in m.payload for m in world.in_flight)


def leased(world: World, _operations: Operations) -> bool:
    """Tell whether the cache holds a lease."""
    return any(isinstance(value, reference.Lease) for value in world.store("cache").values())


def read_again(_world: World, operations: Operations) -> bool:
    """Tell whether a read has begun after a write was acknowledged."""
    returned = [o.returned for o in operations if o.operation == "set" and o.done]
    return any(o.operation == "get" and o.called > min(returned, default=o.called) for o in operations)


def database_reads(finished: Finished) -> int:
    """Return how many reads the processes sent to the database."""
    nodes = cast(finished.variant, finished.values).nodes
    return sum(finished.world.counted("sent", f"{node.name}>database.get") for node in nodes)


# The story

MISS = ("call reader_1 get k", "deliver reader_1>cache.get#1", "deliver cache>reader_1.get.reply#1")
LOAD = ("deliver reader_1>database.get#1",)
LOADED = ("deliver database>reader_1.get.reply#1",)
STORE = (
    "call writer_1 set k v2",
    "deliver writer_1>database.put#1",
    "deliver database>writer_1.put.reply#1",
)
CLEAR = ("deliver writer_1>cache.delete#1", "deliver cache>writer_1.delete.reply#1")
FILL = ("deliver reader_1>cache.set#1",)
FILLED = ("deliver cache>reader_1.set.reply#1",)
READ_AGAIN = ("call reader_1 get k", "deliver reader_1>cache.get#2", "deliver cache>reader_1.get.reply#2")
LEASE = ("deliver reader_1>cache.set#1", "deliver cache>reader_1.set.reply#1")
REFUSED = (
    "deliver reader_1>cache.compare_and_set#1",
    "deliver cache>reader_1.compare_and_set.reply#1",
)

SCENES = (
    Scene(
        "stale_read",
        "A late fill brings back the value that the writer has just replaced.",
        "textbook",
        (*MISS, *LOAD, *STORE, *CLEAR, *LOADED, *FILL, *READ_AGAIN),
        breaks="no_stale_read",
    ),
    Scene(
        "other_order",
        "The same messages: the fill arrives before the delete, and nothing is stale.",
        "textbook",
        (*MISS, *LOAD, *LOADED, *FILL, *FILLED, *STORE, *CLEAR, *READ_AGAIN[:2]),
    ),
    Scene(
        "lost_delete",
        "The writer dies between its two steps: the row is new, the copy stays old.",
        "textbook",
        (*MISS, *LOAD, *LOADED, *FILL, *FILLED, *STORE, "crash writer_1", "drop writer_1>cache.delete#1"),
        breaks="cache_agrees",
    ),
    Scene(
        "absent_row",
        "A row that is not there is asked of the database again and again.",
        "textbook",
        (
            "call reader_1 get nobody",
            "deliver reader_1>cache.get#1",
            "deliver cache>reader_1.get.reply#1",
            "deliver reader_1>database.get#1",
            "deliver database>reader_1.get.reply#1",
            "call reader_1 get nobody",
            "deliver reader_1>cache.get#2",
            "deliver cache>reader_1.get.reply#2",
            "deliver reader_1>database.get#2",
            "deliver database>reader_1.get.reply#2",
        ),
    ),
    Scene(
        "lease",
        "The same late value meets a deleted lease, and is not stored.",
        "reference",
        (*MISS, *LEASE, *LOAD, *STORE, *CLEAR, *LOADED, *REFUSED),
    ),
)

MAKE_IT_LIE = Goal(
    name="make_it_lie",
    title="Make a read return v1 after the write of v2 was acknowledged.",
    met=lambda world, operations: not no_stale_read(world, operations),
    hints=(
        "A message that is in flight can be as late as you like. Which one carries the old value?",
        "Hold v1 back until the writer has changed the row and cleared the cache. Then deliver it.",
        "Run all of writer B, then deliver v1 to reader A and let it fill the cache. Then read again.",
    ),
    coach=(
        (
            lambda world, operations: not no_stale_read(world, operations),
            "The cache lies, for up to an hour: its ttl is 3,600 s. Now go back with ← to before the"
            " write, and let v1 arrive first.",
        ),
        (
            lambda world, operations: (
                acknowledged(world, operations)
                and not cache_agrees(world, operations)
                and not read_again(world, operations)
            ),
            "Database v2, cache v1. Who will notice? Press a, then Enter: reader A reads again.",
        ),
        (read_again, "Reader A asks the cache first. Guess what it will be told, then deliver."),
        (
            lambda world, operations: acknowledged(world, operations) and filling(world, operations),
            "Reader A knows nothing of v2. It is about to store v1 in the cache that was just cleared.",
        ),
        (
            lambda world, operations: acknowledged(world, operations) and loaded(world, operations),
            "The write is acknowledged: from here on, whoever reads v1 is told a lie."
            " Deliver v1 to reader A now.",
        ),
        (
            lambda world, operations: writing(world, operations) and replaced(world, operations),
            "v2 is stored, and v1 is still on its way to reader A. The writer goes on to clear the cache.",
        ),
        (writing, "Writer B asks the database to store v2. → goes on with the writer."),
        (
            loaded,
            "v1 has left the database. You are the network: it can wait. Let writer B go first:"
            " ↓ chooses the other event, → runs it.",
        ),
    ),
)

KEEP_THE_PROMISE = Goal(
    name="keep_the_promise",
    title="Same code, same messages: find an order in which no read is stale.",
    met=lambda world, operations: (
        acknowledged(world, operations)
        and world.at_rest
        and cache_agrees(world, operations)
        and no_stale_read(world, operations)
    ),
    hints=("Go back with ← to before the write, and let reader A fill the cache first.",),
    coach=(
        (
            lambda world, operations: not no_stale_read(world, operations),
            "The cache lies. Go back with ← to before the write, and let v1 arrive first.",
        ),
        (
            lambda world, operations: (
                replaced(world, operations) and (loaded(world, operations) or filling(world, operations))
            ),
            "This is the order that lied. Go back with ← until the write is undone.",
        ),
        (
            loaded,
            "Deliver v1 to reader A first: press 1. Then → until nothing moves.",
        ),
        (
            filling,
            "Reader A stores v1 while the database still holds v1: no harm in that. Go on.",
        ),
        (
            lambda world, operations: world.at_rest and not acknowledged(world, operations),
            "The cache is filled. Now the write: it will find something to delete.",
        ),
        (
            lambda world, operations: acknowledged(world, operations) and cache_agrees(world, operations),
            "Same code, same messages, another order, and the promise holds. v runs the reference.",
        ),
        (writing, "The fill came first, so the delete removes it. Go on to the acknowledgement."),
    ),
)

TRY_THE_REFERENCE = Goal(
    name="try_the_reference",
    title="Press v: the reference, with a lease on every fill. Try to make it lie.",
    met=lambda world, operations: (
        acknowledged(world, operations)
        and world.at_rest
        and cache_agrees(world, operations)
        and no_stale_read(world, operations)
    ),
    variant="reference",
    hints=("Hold v1 back as before. Watch what the cache answers to compare_and_set.",),
    coach=(
        (
            lambda world, operations: acknowledged(world, operations) and filling(world, operations),
            "Reader A wants to fill, but only over its own lease, and the delete has removed that.",
        ),
        (
            lambda world, operations: acknowledged(world, operations) and world.at_rest,
            "A fill replaces its own lease or nothing, whatever came first. The price: one more round trip"
            " a miss. Enter goes on.",
        ),
        (
            leased,
            "The cache holds a lease, not a value: only its owner can replace it, and only once.",
        ),
        (
            lambda _world, _operations: True,
            "The lines that differ are marked. Play the order that lied.",
        ),
    ),
)

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
    ),
    faults=("drop", "duplicate", "crash", "cut"),
    invariants=(
        Invariant(
            name="no_stale_read",
            promise="Once a write is acknowledged, no later read returns the old value.",
            told="The write was acknowledged; a read returned the old value.",
            holds=no_stale_read,
        ),
        Invariant(
            name="cache_agrees",
            promise="At rest, the cache holds nothing that the database has replaced.",
            told="At rest, the cache holds a value that the database has replaced.",
            holds=cache_agrees,
            when="at_rest",
        ),
    ),
    opening=Opening(
        variant="textbook",
        events=(*MISS, *LOAD),
        sentence="Make a read return v1 after the write of v2 was acknowledged.",
    ),
    goals=(MAKE_IT_LIE, KEEP_THE_PROMISE, TRY_THE_REFERENCE),
    scenes=SCENES,
    predictions=(
        Prediction("what_returns", "What will the read return?", "get", lambda _world: ("v1", "v2", None)),
    ),
    measures=(Measure("database_reads", "reads", "Reads that reached the database.", database_reads),),
    fidelity=Fidelity(
        real="CacheAside runs as it stands, on asyncio; so do its tasks and timeouts.",
        simulated="Cache, database and network are machines of the tutor: one request, one reply,"
        " delivered when you say.",
        editorial="The ttl of 3,600 s is that of most examples. Nothing else is timed here.",
    ),
)
