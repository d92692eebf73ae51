"""The story of cache-aside: recorded runs, goals, and what the coach says."""

from sdtutor.engine.bounds import Bounds
from sdtutor.engine.lab import Finding, Goal, Scene
from sdtutor.labs.caching.cache_aside.promises import (
    acknowledged,
    cache_agrees,
    filling,
    leased,
    loaded,
    no_stale_read,
    read_again,
    replaced,
    writing,
)

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

FINDINGS = (
    Finding("late_fill", "textbook", "no_stale_read", 15),
    Finding("two_readers", "textbook", "no_stale_read", 14, {"readers": 2}, Bounds()),
    Finding("left_stale", "textbook", "cache_agrees", 12),
    Finding("leased", "reference", "no_stale_read", None),
    Finding("leased_to_two", "reference", "no_stale_read", None, {"readers": 2}, Bounds()),
    Finding("left_fresh", "reference", "cache_agrees", None),
    # A copy of the claim, after the delete, gives the reader its lease back.
    Finding("lease_twice", "reference", "no_stale_read", 19, bounds=Bounds(calls=1, duplicates=1)),
)

MAKE_IT_LIE = Goal(
    name="make_it_lie",
    title="Make a read return v1 after the write of v2 was acknowledged.",
    met=lambda world, operations: not no_stale_read(world, operations),
    par=11,
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
    par=8,
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
    par=8,
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
