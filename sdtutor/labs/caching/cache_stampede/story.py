"""The story of a key that everybody reads: recorded runs, goals, and what the coach says."""

from sdtutor.engine.bounds import Bounds
from sdtutor.engine.lab import Finding, Goal, Scene
from sdtutor.labs.caching.cache_stampede.promises import (
    asleep,
    copied,
    crashed,
    leased,
    loads,
    missing,
    one_load,
    orphaned,
    outlived,
    requests,
    waited,
    waiting,
)

A, B = "server_1", "server_2"


def asks(server: str, request: str, number: int = 1) -> tuple[str, str]:
    """Return the delivery of a server's n-th request of a kind, and of its reply."""
    service, operation = request.split(".")
    return (
        f"deliver {server}>{request}#{number}",
        f"deliver {service}>{server}.{operation}.reply#{number}",
    )


def reads(server: str, number: int = 1) -> tuple[str, ...]:
    """Return the call of a read, and its first question to the cache with the reply."""
    return (f"call {server} get k", *asks(server, "cache.get", number))


WRITE = (
    "call writer_1 set k v2",
    *asks("writer_1", "database.put"),
    *asks("writer_1", "cache.delete"),
)

BOTH_MISS = (
    f"call {A} get k",
    f"call {B} get k",
    f"deliver {A}>cache.get#1",
    f"deliver {B}>cache.get#1",
    f"deliver cache>{A}.get.reply#1",
    f"deliver cache>{B}.get.reply#1",
)

THREE_READS = (
    *(f"call {A} get k" for _ in range(3)),
    *(event for number in (1, 2, 3) for event in asks(A, "cache.get", number)),
)

CLAIM_AND_ASK = (*reads(A), *asks(A, "cache.set"), f"deliver {A}>database.get#1")
LOADED = f"deliver database>{A}.get.reply#1"

SCENES = (
    Scene(
        "herd",
        "The copy expires, both servers miss, and both load.",
        "textbook",
        (
            *reads(A),
            *asks(A, "database.get"),
            *asks(A, "cache.set"),
            "fire cache.timer#1",
            f"call {A} get k",
            f"call {B} get k",
            f"deliver {A}>cache.get#2",
            f"deliver {B}>cache.get#1",
            f"deliver cache>{A}.get.reply#2",
            f"deliver cache>{B}.get.reply#1",
        ),
        breaks="one_load",
    ),
    Scene(
        "in_turn",
        "The second server asks once the first has filled the cache: one load.",
        "textbook",
        (*reads(A), *asks(A, "database.get"), *asks(A, "cache.set"), *reads(B)),
    ),
    Scene(
        "one_process",
        "Three reads in one server miss together, and load three times.",
        "textbook",
        THREE_READS,
        breaks="one_load",
        parameters={"servers": 1},
    ),
    Scene(
        "one_flight",
        "Three reads in one server miss together, and share one load.",
        "reference",
        (
            *THREE_READS,
            *asks(A, "cache.set"),
            *asks(A, "database.get"),
            *asks(A, "cache.compare_and_set"),
        ),
        parameters={"servers": 1},
    ),
    Scene(
        "one_load",
        "Both servers miss; A gets the lease and loads, B waits and asks again.",
        "reference",
        (
            *BOTH_MISS,
            f"deliver {A}>cache.set#1",
            f"deliver {B}>cache.set#1",
            f"deliver cache>{A}.set.reply#1",
            f"deliver cache>{B}.set.reply#1",
            *asks(B, "cache.get", 2),
            *asks(A, "database.get"),
            *asks(A, "cache.compare_and_set"),
            f"fire {B}.timer#2",
            *asks(B, "cache.get", 3),
        ),
    ),
    Scene(
        "dead_loader",
        "A dies with the lease. When it expires, B takes the next one and loads.",
        "reference",
        (
            *CLAIM_AND_ASK,
            f"crash {A}",
            *reads(B),
            "fire cache.timer#1",
            f"fire {B}.timer#1",
            *asks(B, "cache.get", 2),
            *asks(B, "cache.set"),
            *asks(B, "database.get"),
            *asks(B, "cache.compare_and_set"),
        ),
    ),
    Scene(
        "slow_loader",
        "A stands still for longer than its lease: B loads as well, and A's late row is refused.",
        "reference",
        (
            *CLAIM_AND_ASK,
            "fire cache.timer#1",
            *reads(B),
            *asks(B, "cache.set"),
            *asks(B, "database.get"),
            *asks(B, "cache.compare_and_set"),
            LOADED,
            *asks(A, "cache.compare_and_set"),
        ),
        breaks="one_load",
    ),
    Scene(
        "overtaken",
        "A read that begins after a write boards a flight that loaded before it, and asks again.",
        "reference",
        (
            *CLAIM_AND_ASK,
            *WRITE,
            *reads(A, 2),
            LOADED,
            *asks(A, "cache.compare_and_set"),
            *asks(A, "cache.get", 3),
            *asks(A, "cache.set", 2),
            *asks(A, "database.get", 2),
            *asks(A, "cache.compare_and_set", 2),
        ),
        parameters={"writers": 1},
    ),
    Scene(
        "database_hangs",
        "The database does not answer: after 5 s all on board are told so.",
        "reference",
        (*THREE_READS, *asks(A, "cache.set"), f"cut {A} database", f"fire {A}.timer#1"),
        parameters={"servers": 1},
    ),
    Scene(
        "claim_twice",
        "A claim that arrives again after the write brings the lease back, and with it the old row.",
        "reference",
        (
            *reads(A),
            f"duplicate {A}>cache.set#1",
            *asks(A, "cache.set"),
            f"deliver {A}>database.get#1",
            *WRITE,
            f"deliver {A}>cache.set#1+1",
            LOADED,
            *asks(A, "cache.compare_and_set"),
            *reads(B),
        ),
        breaks="no_stale_read",
        parameters={"writers": 1},
    ),
)

FINDINGS = (
    Finding("two_misses_two_loads", "textbook", "one_load", 6, bounds=Bounds()),
    Finding("late_fill", "textbook", "no_stale_read", 14, {"writers": 1}, Bounds()),
    Finding("three_misses_one_load", "reference", "one_load", None, {"servers": 3}, Bounds()),
    Finding("lease_ends_during_a_load", "reference", "one_load", 11),
    Finding("cache_forgets_a_lease", "reference", "one_load", 12, bounds=Bounds(crashes=1)),
    Finding("fresh_after_a_lease_ended", "reference", "no_stale_read", None, {"writers": 1}),
    Finding("fresh_after_a_crash", "reference", "no_stale_read", None, {"writers": 1}, Bounds(crashes=1)),
    Finding(
        "claim_twice",
        "reference",
        "no_stale_read",
        19,
        {"servers": 1, "writers": 1},
        Bounds(calls=1, duplicates=1),
    ),
)

LOAD_AT_ONCE = Goal(
    name="load_at_once",
    title="Have both servers load k from the database at once.",
    met=lambda world, operations: not one_load(world, operations),
    par=4,
    hints=(
        "Until A has filled the cache, whoever asks it misses. How long can you keep A from filling it?",
        "Deliver A's miss, so that it asks the database. Leave that query in flight, and turn to B.",
        "A's miss; then start B, deliver its question to the cache, and deliver the miss to B.",
    ),
    coach=(
        (
            lambda world, operations: not one_load(world, operations),
            "One row, two queries: a hundred servers would send a hundred. v runs the reference.",
        ),
        (
            lambda world, _operations: requests(world, "database.get") > 0 and not loads(world),
            "A has its row: its query is over. Go back with ← to when it was under way.",
        ),
        (
            lambda world, _operations: bool(loads(world)) and missing(world),
            "B has missed too, and knows nothing of A's query. Deliver the miss, and B asks as well.",
        ),
        (
            lambda world, operations: bool(loads(world)) and len(waiting(operations)) > 1,
            "The cache stays empty until A fills it. Let B's question arrive before that.",
        ),
        (
            lambda world, _operations: bool(loads(world)),
            "A's query is under way, and only A knows. Start server B: ↓ chooses it, → runs it.",
        ),
        (
            lambda _world, _operations: True,
            "Server A has missed. → delivers that, and A asks the database. Then it is B's turn.",
        ),
    ),
)

LOAD_ONCE = Goal(
    name="load_once",
    title="Press v: the reference. Let one server wait while the other loads, and answer both with one load.",
    met=waited,
    variant="reference",
    par=13,
    hints=(
        "Whoever misses tries to put a lease under k. Let one server get it, then let the other one ask.",
        "The one without a lease sleeps. Deliver query, row and copy of the other; then fire its timer.",
    ),
    coach=(
        (waited, "Two misses, one query: who came second paid with a wait. Enter goes on."),
        (
            lambda world, operations: copied(world) and not waiting(operations),
            "Nobody had to wait. Go back with ←, and let the other server ask while the first one loads.",
        ),
        (
            lambda world, operations: copied(world) and asleep(world, operations),
            "The copy is there, and a server is asleep. Fire its timer: it asks again.",
        ),
        (
            lambda world, _operations: copied(world),
            "The copy is there. Deliver what is on its way: whoever gets no lease asks again, and finds it.",
        ),
        (
            lambda world, operations: asleep(world, operations),
            "A server met the lease and sleeps for 2 s; 50 ms would be usual. Meanwhile the row can arrive.",
        ),
        (
            lambda world, operations: leased(world) and len(waiting(operations)) == 1,
            "The lease lies where the copy was: its owner alone may load. Start the other server: ↓, →.",
        ),
        (
            lambda world, _operations: leased(world),
            "The lease is taken. Whoever claims it or asks for k hears so from the cache, and loads nothing.",
        ),
        (
            lambda _world, _operations: True,
            "A miss is followed by a claim: put a lease there if nothing is. Only one can be first.",
        ),
    ),
)

OUTLIVE_THE_LOADER = Goal(
    name="outlive_the_loader",
    title="Crash the server that holds the lease, and have the other one answered.",
    met=outlived,
    variant="reference",
    par=16,
    bounds=Bounds(timers=2, crashes=1),
    hints=(
        "Nobody gives back the lease of a server that died. But it has a ttl.",
        "x lists the faults. After the crash, let the other server ask, and fire the cache's timer.",
        "Crash A while it loads; run B until it sleeps; the lease expires; fire B's timer; go on with B.",
    ),
    coach=(
        (
            outlived,
            "A lease ends by itself. Without a ttl, the others would ask again for ever. Enter goes on.",
        ),
        (
            lambda world, operations: orphaned(world) and not waiting(operations),
            "The server is gone, and its lease is not. Now the other one has to read: a calls it.",
        ),
        (
            lambda world, operations: orphaned(world) and asleep(world, operations),
            "The dead give nothing back, so all others would sleep for ever. Fire the cache: the lease ends.",
        ),
        (
            lambda world, _operations: orphaned(world),
            "The lease of a server that died is still there. The other one asks, and will meet it.",
        ),
        (
            lambda _world, operations: crashed(operations) and not waiting(operations),
            "Nobody had to outlive a lease. Go back with ←, and crash the server that loads.",
        ),
        (
            lambda _world, operations: crashed(operations),
            "The way is free: who finds nothing takes a lease of its own, and loads.",
        ),
        (
            lambda world, _operations: leased(world),
            "A lease names its owner. Press x, and crash that server before its copy is stored.",
        ),
        (
            lambda world, operations: copied(world) and not waiting(operations),
            "k has a copy. Fire the cache, so that it expires; then press a: a server reads again.",
        ),
        (
            lambda _world, operations: not waiting(operations),
            "Nobody reads, and k is gone. Press a, then Enter: a server reads, and takes the lease.",
        ),
        (
            lambda _world, _operations: True,
            "First somebody needs the lease. Deliver until the cache holds one.",
        ),
    ),
)
