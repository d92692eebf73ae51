"""The story of quorum: recorded runs, goals, and what the coach says."""

from collections.abc import Mapping
from typing import Any

from sdtutor.engine.bounds import Bounds
from sdtutor.engine.lab import Finding, Goal, Scene
from sdtutor.labs.consistency.quorum.promises import (
    acknowledged,
    never_back,
    no_stale_read,
    read_new_beside_old,
    reading,
    reads,
    writing,
)
from sdtutor.labs.replica_set import FIRST, replicas, spread


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

READ_ONE: Mapping[str, Any] = {"write_quorum": 3, "read_quorum": 1, "read_repair": "off"}
TWO_READERS: Mapping[str, Any] = {"readers": 2}
NO_REPAIR: Mapping[str, Any] = {"readers": 2, "read_repair": "off"}

FINDINGS = (
    Finding("one_is_no_majority", "textbook", "on_w_replicas", 3),
    Finding("stale", "textbook", "no_stale_read", 6),
    Finding("no_overlap", "reference", "no_stale_read", 8, {"write_quorum": 1, "read_quorum": 1}),
    Finding("overlap", "reference", "no_stale_read", None, NO_REPAIR),
    Finding("back_in_time", "reference", "never_back", 16, NO_REPAIR),
    Finding("repaired", "reference", "never_back", None, TWO_READERS),
    Finding("like_one_copy", "reference", "linearizable", None, TWO_READERS),
    Finding("on_a_majority", "reference", "on_w_replicas", None),
    Finding("read_one", "reference", "never_back", 10, READ_ONE),
    Finding("read_one_fresh", "reference", "no_stale_read", None, READ_ONE),
    # A replica here keeps its rows in memory.
    Finding("forgets", "reference", "no_stale_read", 16, bounds=Bounds(crashes=1)),
)

MAKE_IT_STALE = Goal(
    name="make_it_stale",
    title="Have the write acknowledged, then make a read return v1.",
    met=lambda world, operations: not no_stale_read(world, operations),
    par=5,
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
    par=13,
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
    par=16,
    parameters={"read_repair": "off"},
    over=("operations",),
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
