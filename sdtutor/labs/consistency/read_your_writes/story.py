"""The story of a session: recorded runs, goals, what a search finds, and what the coach says."""

from collections.abc import Sequence

from sdtutor.engine.bounds import Bounds
from sdtutor.engine.lab import Finding, Goal, Scene
from sdtutor.labs.consistency.read_your_writes.promises import (
    acknowledged,
    asks,
    both,
    caught_up,
    has_read,
    read_new_beside_old,
    reading,
    remembers,
    stale,
    stale_at_one_server,
)

STICKY, TWO_KEYS = {"balancer": "sticky"}, {"balancer": "sticky", "keys": 2}
TWO_REPLICAS = {"readers": 1, "replicas": 2}


def write(row: str, server: int = 1, nth: tuple[int, int] = (1, 1)) -> tuple[str, ...]:
    """Return a write of Ada until it is acknowledged; what replicas are told stays on its way.

    Args:
        row: Key and value.
        server: Through which server.
        nth: Which write of hers to that server it is, and which of that server to the primary.
    """
    name, (mine, its) = f"server_{server}", nth
    return (
        f"call ada write {row} {server}",
        f"deliver ada>{name}.write#{mine}",
        f"deliver {name}>primary.write#{its}",
        f"deliver primary>{name}.write.reply#{its}",
        f"deliver {name}>ada.write.reply#{mine}",
    )


def read(who: str, server: int, copies: Sequence[str], nth: tuple[int, int] = (1, 1)) -> tuple[str, ...]:
    """Return a read of k to its end.

    Args:
        who: Whose.
        server: Through which server.
        copies: Whom the server asks, one after the other.
        nth: Which read of theirs to that server it is, and which of that server to the copies.
    """
    name, (mine, its) = f"server_{server}", nth
    asked = [
        event
        for copy in copies
        for event in (f"deliver {name}>{copy}.read#{its}", f"deliver {copy}>{name}.read.reply#{its}")
    ]
    return (
        f"call {who} read k {server}",
        f"deliver {who}>{name}.read#{mine}",
        *asked,
        f"deliver {name}>{who}.read.reply#{mine}",
    )


def told(replica: str, number: int = 1, server: str = "server_1") -> tuple[str, str]:
    """Return the delivery of what a textbook server tells a replica, and of its reply."""
    return (f"deliver {server}>{replica}.write#{number}", f"deliver {replica}>{server}.write.reply#{number}")


def shipped(replica: str) -> tuple[str, str]:
    """Return the delivery of what the reference's primary ships to a replica, and of its reply."""
    return (f"deliver primary>{replica}.append#1", f"deliver {replica}>primary.append.reply#1")


SAVED = write("k v2")
R1, R2, P = "replica_1", "replica_2", "primary"

SCENES = (
    Scene(
        "same_server",
        "Ada reads through the server that took her write: it asks the primary, and she sees v2.",
        "textbook",
        (*SAVED, *read("ada", 1, [P])),
    ),
    Scene(
        "other_server",
        "The balancer sends Ada's read to server 2, which knows nothing of her write: v1.",
        "textbook",
        (*SAVED, *read("ada", 2, [R1])),
        breaks="read_your_writes",
    ),
    Scene(
        "second_key",
        "One server only: Ada writes k, then m, and the server forgets k.",
        "textbook",
        (*SAVED, *write("m n2", 1, (2, 2)), *read("ada", 1, [R1])),
        breaks="read_your_writes",
        parameters=TWO_KEYS,
    ),
    Scene(
        "restarted_server",
        "One server only: it restarts, and what it remembered of Ada is gone.",
        "textbook",
        (*SAVED, "crash server_1", "restart server_1", *read("ada", 1, [R1])),
        breaks="read_your_writes",
        parameters=STICKY,
    ),
    Scene(
        "for_ever",
        "The replica has v2 and has said so; Ada's reads go to the primary all the same.",
        "textbook",
        (*SAVED, *told(R1), *read("ada", 1, [P])),
        breaks="replicas_serve",
        parameters=STICKY,
    ),
    Scene(
        "out_of_order",
        "Two writes reach the replica in the wrong order. Nothing is on its way, and it stays behind.",
        "textbook",
        (
            *SAVED,
            *write("k v3", 1, (2, 2)),
            *told(R1, 2),
            *told(R1, 1),
            *read("ada", 2, [R1]),
        ),
        breaks="read_your_writes",
    ),
    Scene(
        "back_in_time",
        "Bob has written nothing: he reads v2 from replica 1, and then v1 from replica 2.",
        "textbook",
        (*SAVED, f"deliver server_1>{R1}.write#1", *read("bob", 1, [R1]), *read("bob", 2, [R2])),
        breaks="monotonic_reads",
        parameters=TWO_REPLICAS,
    ),
    Scene(
        "token",
        "The reference, read through server 2: the replica is behind Ada's token, and the primary answers.",
        "reference",
        (*SAVED, *read("ada", 2, [R1, P])),
    ),
    Scene(
        "level_again",
        "The replica has caught up with the token, and answers; the primary has its peace.",
        "reference",
        (*SAVED, *shipped(R1), *read("ada", 1, [R1])),
        parameters=STICKY,
    ),
    Scene(
        "forward",
        "Bob's token grows with what he reads: replica 2 is behind it, and replica 1 answers.",
        "reference",
        (*SAVED, *shipped(R1), *read("bob", 1, [R1]), *read("bob", 2, [R2, R1])),
        parameters=TWO_REPLICAS,
    ),
    Scene(
        "old_backup",
        "The replica comes back with an old copy: it is behind the token, and refuses.",
        "reference",
        (*SAVED, *shipped(R1), f"crash {R1}", f"restart {R1}", *read("ada", 2, [R1, P])),
    ),
    Scene(
        "lost_append",
        "What the primary shipped is lost: it ships again until the replica has it.",
        "reference",
        (
            *SAVED,
            f"drop primary>{R1}.append#1",
            "fire primary.timer#1",
            "fire primary.timer#2",
            f"deliver primary>{R1}.append#2",
            f"deliver {R1}>primary.append.reply#2",
            *read("ada", 2, [R1]),
        ),
    ),
    Scene(
        "new_primary",
        "The primary loses v2, and gives its number to the next write: the token fits, and means another.",
        "reference",
        (
            *SAVED,
            "crash primary",
            "restart primary",
            *write("m n2", 1, (2, 2)),
            *read("ada", 1, [R1, P]),
        ),
        breaks="read_your_writes",
        parameters=TWO_KEYS,
    ),
)

FINDINGS = (
    Finding("other_server", "textbook", "read_your_writes", 10),
    Finding("second_key", "textbook", "read_your_writes", 15, TWO_KEYS),
    Finding("one_server_one_key", "textbook", "read_your_writes", None, STICKY),
    Finding("restarted_server", "textbook", "read_your_writes", 12, STICKY, Bounds(crashes=1)),
    Finding("back_in_time", "textbook", "monotonic_reads", 15, TWO_REPLICAS),
    Finding("for_ever", "textbook", "replicas_serve", 9, STICKY),
    Finding("own_writes", "reference", "read_your_writes", None),
    Finding("own_writes_of_two", "reference", "read_your_writes", None, {"keys": 2, "replicas": 2}),
    Finding("after_a_crash", "reference", "read_your_writes", None, bounds=Bounds(crashes=1)),
    Finding("after_a_loss", "reference", "read_your_writes", None, bounds=Bounds(drops=1, timers=2)),
    Finding("when_it_comes_twice", "reference", "read_your_writes", None, TWO_KEYS, Bounds(duplicates=1)),
    Finding("never_back", "reference", "monotonic_reads", None, TWO_REPLICAS),
    Finding("replicas_serve", "reference", "replicas_serve", None, TWO_REPLICAS),
    Finding("new_primary", "reference", "read_your_writes", 18, TWO_KEYS, Bounds(crashes=1)),
)

READ_THE_PAST = Goal(
    name="read_the_past",
    title="Ada has saved v2. Have her told so, then make her read v1.",
    met=stale,
    par=6,
    hints=(
        "Two messages leave server 1. One tells Ada, one tells replica 1. Who has to hear first?",
        "Deliver Ada's acknowledgement. Leave the write for replica 1 on its way, and let her read.",
    ),
    coach=(
        (
            stale,
            "Only server 1 knew that Ada had written, and server 2 was asked. v runs the reference.",
        ),
        (
            caught_up,
            "Replica 1 has v2: any read is lucky. Go back with ←, and keep its write on the way.",
        ),
        (
            has_read,
            "Server 1 knows what Ada wrote, and asked the primary. Press a: read through server 2.",
        ),
        (
            reading,
            "The read goes to the server, on to replica 1, and back. Nobody tells replica 1 about v2.",
        ),
        (
            acknowledged("k"),
            "Ada was told: saved. Her next page comes from server 2. ↓ chooses the read, → calls it.",
        ),
        (
            remembers("k"),
            "The primary has v2. Tell Ada before you tell replica 1: ↓ chooses, → delivers.",
        ),
        (
            lambda _world, _operations: True,
            "Ada stores v2 through server 1. Deliver until she and replica 1 are about to hear.",
        ),
    ),
)

ONE_SERVER = Goal(
    name="one_server",
    title="Press s: balancer=sticky, keys=2. Again, make Ada read v1.",
    met=stale_at_one_server,
    par=15,
    parameters=TWO_KEYS,
    hints=(
        "Server 1 remembers something of Ada. How much?",
        "After k, let her write m through server 1. Then let her read k.",
        "Write k, write m, read k, all acknowledged, with nothing delivered to replica 1 but the read.",
    ),
    coach=(
        (
            stale_at_one_server,
            "One user, one memory, one key: m has pushed k out. No balancer helps against that.",
        ),
        (
            stale,
            "That was server 2. Press s, balancer=sticky, keys=2: now server 1 takes all her calls.",
        ),
        (
            caught_up,
            "Replica 1 has v2. Go back with ←, and leave the write of k on its way to it.",
        ),
        (
            both(has_read, remembers("k")),
            "Server 1 knew that k was Ada's, and asked the primary. Go back: let her write m before.",
        ),
        (
            both(reading, remembers("k")),
            "Server 1 remembers k, so this read will be right. Go back, and let Ada write m before it.",
        ),
        (
            both(reading, remembers("m")),
            "Server 1 remembers m, so k is any key: it asks replica 1, which still holds v1.",
        ),
        (
            both(acknowledged("m"), remembers("m")),
            "Server 1 knows that Ada wrote m. What does it know about k? Let her read it.",
        ),
        (
            acknowledged("k"),
            "Server 1 remembers that Ada wrote k. Its memory has room for one key: go on with m.",
        ),
        (
            lambda _world, _operations: True,
            "Ada writes k first. Deliver what leads to her; replica 1 has time.",
        ),
    ),
)

ANY_SERVER = Goal(
    name="any_server",
    title="Press v: the reference. Read v2 while replica 1 holds v1.",
    met=read_new_beside_old,
    variant="reference",
    par=8,
    hints=(
        "What server 1 remembered is now with Ada: her token. Watch what her read carries.",
        "Leave the append for replica 1 on its way. Read through server 2, and deliver the refusal.",
    ),
    coach=(
        (
            read_new_beside_old,
            "Replica 1 is at 1, Ada's token at 2: it refused, and the primary answered. Enter goes on.",
        ),
        (
            caught_up,
            "Replica 1 is at 2 and may answer. Go back with ←, and leave the append on its way.",
        ),
        (
            both(reading, asks("primary")),
            "The primary has every write that was acknowledged. It is asked last, to have it asked seldom.",
        ),
        (
            both(reading, asks("replica_1")),
            "The read carries token 2. A replica at position 1 says so, and gives no value.",
        ),
        (
            reading,
            "The browser sends its token along with the read: server 2 need not know Ada.",
        ),
        (
            acknowledged("k"),
            "Ada's token is 2, and no server remembers her. Let her read through server 2.",
        ),
        (
            lambda _world, _operations: True,
            "v2 is the second write in the log. That number goes to Ada; leave the append on its way.",
        ),
    ),
)
