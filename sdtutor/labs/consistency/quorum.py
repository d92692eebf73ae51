"""Quorum: a writer, a reader, and replicas of one value. The learner decides who hears of it, and when."""

from itertools import product
from typing import Any

from sdtutor.engine.lab import (
    Fidelity,
    Finished,
    Goal,
    Invariant,
    Lab,
    Measure,
    Opening,
    Prediction,
    Scene,
)
from sdtutor.engine.operations import Operation
from sdtutor.engine.parameters import OneOf, Whole
from sdtutor.engine.world import World
from sdtutor.labs.replica_set import FIRST, cast, replicas, script, spread
from sdtutor.reference.consistency import quorum as reference
from sdtutor.textbook.consistency import quorum as textbook

Operations = tuple[Operation, ...]


# What the run shows


def writes_of(key: Any, operations: Operations) -> list[Operation]:
    """Return the writes of a key, in the order of their calls."""
    return [o for o in operations if o.operation == "write" and o.arguments[0] == key]


def reads(operations: Operations) -> list[Operation]:
    """Return the reads that returned."""
    return [o for o in operations if o.operation == "read" and o.done]


def no_stale_read(_world: World, operations: Operations) -> bool:
    """Tell whether no read returned a value that an acknowledged write had replaced before it began."""
    return not any(_is_stale(read, operations) for read in reads(operations))


def _is_stale(read: Operation, operations: Operations) -> bool:
    writes = writes_of(read.arguments[0], operations)
    newest = max((w.called for w in writes if w.done and w.returned < read.called), default=0)
    current = [w for w in writes if w.called <= read.returned and not (w.done and w.returned < newest)]
    return bool(newest) and read.value not in [write.arguments[1] for write in current]


def never_back(_world: World, operations: Operations) -> bool:
    """Tell whether no read returned an older value than a read that had ended before it began."""
    return not any(
        _is_older(later, earlier, operations)
        for later in reads(operations)
        for earlier in reads(operations)
        if earlier.returned < later.called and earlier.arguments == later.arguments
    )


def _is_older(later: Operation, earlier: Operation, operations: Operations) -> bool:
    writes = writes_of(later.arguments[0], operations)
    begun = [write.called for write in writes if write.arguments[1] == earlier.value]
    ended = [write.returned for write in writes if write.arguments[1] == later.value]
    return bool(begun) and all(0 < returned < min(begun) for returned in ended)


def on_w_replicas(world: World, operations: Operations) -> bool:
    """Tell whether each acknowledged write is on a write quorum, or overwritten there."""
    if not world.member("writer").up:
        return True
    members = replicas(world)
    needed = world.view("writer").get("W", len(members) // 2 + 1)
    acknowledged = [o for o in operations if o.operation == "write" and o.done]
    return all(holders(world, write, operations) >= needed for write in acknowledged)


def holders(world: World, write: Operation, operations: Operations) -> int:
    """Return how many replicas hold a write, or one that was not done before it; one that is down may."""
    key = write.arguments[0]
    writes = writes_of(key, operations)
    values = [other.arguments[1] for other in writes if not other.done or other.returned > write.called]
    return sum(not world.member(n).up or world.view(n).get(key) in values for n in replicas(world))


def acknowledged(_world: World, operations: Operations) -> bool:
    """Tell whether a write was acknowledged."""
    return any(o.operation == "write" and o.done for o in operations)


def writing(_world: World, operations: Operations) -> bool:
    """Tell whether a write has begun and not returned."""
    return any(o.operation == "write" and o.outcome is None for o in operations)


def reading(_world: World, operations: Operations) -> bool:
    """Tell whether a read has begun and not returned."""
    return any(o.operation == "read" and o.outcome is None for o in operations)


def read_new_beside_old(world: World, operations: Operations) -> bool:
    """Tell whether a read begun after an acknowledgement got v2 although a replica still holds v1."""
    returned = [o.returned for o in operations if o.operation == "write" and o.done]
    found = [read.value for read in reads(operations) if read.called > min(returned, default=read.called)]
    return any(value != FIRST for value in found) and spread(world) < len(replicas(world))


def copies(finished: Finished) -> int:
    """Return how many replicas hold the last acknowledged write; all of them before there is one."""
    done = [o for o in finished.operations if o.operation == "write" and o.done]
    members = replicas(finished.world)
    return holders(finished.world, done[-1], finished.operations) if done else len(members)


def requests(finished: Finished) -> int:
    """Return how many requests the writer and the reader sent."""
    sent = product(("writer", "reader"), replicas(finished.world), ("read", "write"))
    return sum(
        finished.world.counted("sent", f"{asker}>{name}.{operation}") for asker, name, operation in sent
    )


# The story


def asks(client: str, operation: str, asked: str, number: int = 1) -> tuple[str, ...]:
    """Return the events of a client's n-th request to some replicas, by letter, each with its reply."""
    return tuple(
        event
        for name in asked
        for event in (
            f"deliver {client}>{name}.{operation}#{number}",
            f"deliver {name}>{client}.{operation}.reply#{number}",
        )
    )


WRITE, READ = ("call writer write k v2",), ("call reader read k",)
BEGIN = (*WRITE, *asks("writer", "read", "ab"))
HALF = (*BEGIN, "deliver writer>a.write#1")

SCENES = (
    Scene(
        "stale_read",
        "One acknowledgement of three is taken for a majority, and a read returns v1.",
        "textbook",
        (*WRITE, *asks("writer", "write", "b"), *READ, *asks("reader", "read", "a")),
        breaks="no_stale_read",
    ),
    Scene(
        "never_told",
        "Nothing is lost or late, and replica C never hears of v2.",
        "textbook",
        (*WRITE, *asks("writer", "write", "ab"), *READ, *asks("reader", "read", "c")),
        breaks="no_stale_read",
        parameters={"nearest": 3},
    ),
    Scene(
        "overlap",
        "C still holds v1; whichever two replicas answer, one of them has v2.",
        "reference",
        (
            *BEGIN,
            *asks("writer", "write", "ba"),
            *READ,
            *asks("reader", "read", "ca"),
            *asks("reader", "write", "ab"),
        ),
    ),
    Scene(
        "no_overlap",
        "W = 1 and R = 1 of three: the read asks a replica that the write never reached.",
        "reference",
        (
            *WRITE,
            *asks("writer", "read", "a"),
            *asks("writer", "write", "a"),
            *READ,
            *asks("reader", "read", "c"),
        ),
        breaks="no_stale_read",
        parameters={"write_quorum": 1, "read_quorum": 1},
    ),
    Scene(
        "back_in_time",
        "Without read repair: a read returns v2, and the next one v1.",
        "reference",
        (*HALF, *READ, *asks("reader", "read", "ab"), *READ, *asks("reader", "read", "bc", 2)),
        breaks="never_back",
        parameters={"read_repair": "off"},
    ),
    Scene(
        "repaired",
        "The first read brings v2 to a second replica before it returns it.",
        "reference",
        (
            *HALF,
            *READ,
            *asks("reader", "read", "ab"),
            *asks("reader", "write", "ab"),
            *READ,
            *asks("reader", "read", "bc", 2),
            *asks("reader", "write", "bc", 2),
        ),
    ),
    Scene(
        "failed_write",
        "A write that failed shows up in a later read.",
        "reference",
        (
            *HALF,
            "fire writer.timer#2",
            *READ,
            *asks("reader", "read", "ab"),
            *asks("reader", "write", "ab"),
        ),
    ),
)

MAKE_IT_STALE = Goal(
    name="make_it_stale",
    title="Have the write acknowledged, then make a read return v1.",
    met=lambda world, operations: not no_stale_read(world, operations),
    hints=(
        "The reader asks replica A only. What if A is the last to hear of v2?",
        "Deliver the write to replica B and its reply to the writer. Leave A's in flight, and read.",
    ),
    coach=(
        (
            lambda world, operations: not no_stale_read(world, operations),
            "One acknowledgement ended the wait: as_completed gives the first. v runs the reference.",
        ),
        (
            reading,
            "Deliver the read and its reply. If the read reaches A before v2 does, it comes back with v1.",
        ),
        (
            lambda world, _operations: world.view("a").get("k") != FIRST,
            "A has v2, so a read from it is lucky. Go back with ← and leave A's write in flight.",
        ),
        (
            acknowledged,
            "The writer was told that a majority has v2. Count the replicas that do. Then ↓ and →: read.",
        ),
        (
            lambda world, _operations: spread(world) > 0,
            "B holds v2, and says so. Deliver its reply to the writer: ↓, then →.",
        ),
        (
            writing,
            "Two of three replicas were asked: C was not. Press 2: let B be the first to hear of v2.",
        ),
    ),
)

HOLD_THE_PROMISE = Goal(
    name="hold_the_promise",
    title="Press v: the reference. Read v2 while one replica still holds v1.",
    met=read_new_beside_old,
    variant="reference",
    hints=(
        "Choose with ↑ ↓ who answers. Keep everything for replica C in flight until the read.",
        "After the acknowledgement, let the read be answered by C and A.",
    ),
    coach=(
        (
            read_new_beside_old,
            "Two of three wrote, two of three read: they share one, and its version wins. Enter goes on.",
        ),
        (
            lambda world, _operations: spread(world) == len(replicas(world)),
            "All three hold v2, so any read is easy. Go back with ← and keep C's write in flight.",
        ),
        (
            lambda world, operations: (
                reading(world, operations)
                and any(m.sender == "reader" and m.operation == "write" for m in world.in_flight)
            ),
            "Only one answer carried v2: the reader first brings it to two replicas, then returns it.",
        ),
        (
            lambda world, operations: acknowledged(world, operations) and reading(world, operations),
            "Let C answer with v1, and A or B. The larger version is the newer value.",
        ),
        (
            acknowledged,
            "Two replicas hold v2, C does not, and the writer may go. Now read.",
        ),
        (
            lambda world, _operations: any(
                m.sender == "writer" and m.operation == "write" for m in world.in_flight
            ),
            "The write goes to all three and returns after two. Let A and B have it, keep C's back.",
        ),
        (
            lambda _world, _operations: True,
            "The writer first asks two replicas for the newest version, so that its own is newer.",
        ),
    ),
)

GO_BACK_IN_TIME = Goal(
    name="go_back_in_time",
    title="Press s: read_repair=off. Make one read return v2, and the next v1.",
    met=lambda world, operations: not never_back(world, operations),
    variant="reference",
    hints=(
        "A write that is under way has reached one replica. Who asks that one, and who does not?",
        "Let only A have v2. Read from A and B, then read from B and C.",
    ),
    coach=(
        (
            lambda world, operations: not never_back(world, operations),
            "R + W > n held all the time, and still time ran backwards: the write was not at its end.",
        ),
        (
            lambda _world, operations: any(read.value != FIRST for read in reads(operations)),
            "A read saw v2 on one replica. Read again, and let the other two answer.",
        ),
        (
            lambda world, operations: spread(world) == 1 and writing(world, operations),
            "One replica holds v2, the write is still under way. Read now, and let that one answer.",
        ),
        (
            lambda world, operations: spread(world) > 1 or acknowledged(world, operations),
            "v2 is on two replicas: too late. Go back with ← to when it was on one.",
        ),
        (
            lambda _world, _operations: True,
            "Start the write, let two replicas tell their version, and let one replica have v2.",
        ),
    ),
)

LAB = Lab(
    sources={"reference": reference, "textbook": textbook},
    cast=cast,
    script=script,
    main_code={
        "textbook": ("QuorumRegister.write_quorum", "QuorumRegister.read", "Replica.write"),
        "reference": (
            "QuorumRegister.write",
            "QuorumRegister.read",
            "QuorumRegister._newest",
            "QuorumRegister._store",
            "QuorumRegister._ask",
            "Replica.write",
        ),
    },
    defects=2,
    parameters=(
        Whole("replicas", 3, 3, 5, "replicas", "How many copies there are (n)."),
        Whole("write_quorum", 2, 1, 5, "replicas", "How many must have acknowledged a write (W); reference."),
        Whole("read_quorum", 2, 1, 5, "replicas", "How many must have answered a read (R); reference."),
        OneOf("read_repair", "on", ("on", "off"), "Whether a read spreads what it returns; reference."),
        Whole("nearest", 1, 1, 5, "", "Which replica the reader asks, from 1; textbook."),
    ),
    faults=("drop", "duplicate", "crash", "cut"),
    invariants=(
        Invariant(
            name="no_stale_read",
            promise="Once a write is acknowledged, no later read returns the old value.",
            told="The write was acknowledged; a later read got the old value.",
            holds=no_stale_read,
        ),
        Invariant(
            name="never_back",
            promise="No read returns an older value than a read that ended before it.",
            told="A read returned v2, and a later one v1.",
            holds=never_back,
        ),
        Invariant(
            name="on_w_replicas",
            promise="An acknowledged write is on W replicas, or overwritten there.",
            told="A write was acknowledged, and fewer than W replicas hold it.",
            holds=on_w_replicas,
        ),
    ),
    opening=Opening(
        variant="textbook",
        events=WRITE,
        sentence="Have the write acknowledged, then make a read return v1.",
    ),
    goals=(MAKE_IT_STALE, HOLD_THE_PROMISE, GO_BACK_IN_TIME),
    scenes=SCENES,
    predictions=(
        Prediction("what_returns", "What will the read return?", "read", lambda _world: (FIRST, "v2")),
    ),
    measures=(
        Measure("copies", "replicas", "Replicas that hold the last acknowledged write.", copies),
        Measure("requests", "requests", "Requests that the writer and the reader sent.", requests),
    ),
    fidelity=Fidelity(
        real="Register and replicas run as they stand, on asyncio, with their tasks and timeouts.",
        simulated="The network delivers when you say. A replica keeps its rows in memory: after a crash"
        " it has v1 again, as one that acknowledged before the disk did.",
        editorial="Three replicas, and 1 second until a read or write gives up.",
    ),
)
