"""What a consumer of deposits promises, and what its story asks of a run."""

from sdtutor.engine.lab import Finished
from sdtutor.engine.operations import Operation
from sdtutor.engine.services import PUBLISHED, Held, Waiting
from sdtutor.engine.world import World
from sdtutor.reference.messaging.idempotent_consumer import Account

Operations = tuple[Operation, ...]

AMOUNTS = {"d1": 10, "d2": 500}
"""Chosen so that the balance alone tells how often each deposit is in it: 520 is d2 once, d1 twice."""

SENT = ("d1", "d2", "d1")
"""Ids in the order of sending. The sender of d1 got no answer, and sends it again at the end."""


def balance(world: World) -> int:
    """Return what Ann's account holds."""
    row = world.stored("database", "ann")
    held: int = row.balance if isinstance(row, Account) else row or 0
    return held


def applied(world: World) -> dict[str, int]:
    """Return how often each deposit is in the balance, by id; up to 49 times d1."""
    large, rest = divmod(balance(world), AMOUNTS["d2"])
    return {"d1": rest // AMOUNTS["d1"], "d2": large}


def in_queue(world: World) -> set[str]:
    """Return the ids of the deposits that the queue holds, waiting or in hand."""
    entries = world.store("queue").values()
    return {entry.message.id for entry in entries if isinstance(entry, (Held, Waiting))}


def sent(world: World) -> set[str]:
    """Return the ids of the deposits that were ever in the queue."""
    return set(SENT[: world.stored("queue", PUBLISHED)])


def at_most_once(world: World, _operations: Operations) -> bool:
    """Tell whether no deposit is in the balance twice."""
    return all(times <= 1 for times in applied(world).values())


def nothing_lost(world: World, _operations: Operations) -> bool:
    """Tell whether every deposit that has left the queue is in the balance."""
    times = applied(world)
    return all(times[name] >= 1 for name in sent(world) - in_queue(world))


def has_arrived(world: World, _operations: Operations) -> bool:
    """Tell whether d1 is in the balance."""
    return applied(world)["d1"] >= 1


def waits_again(world: World, _operations: Operations) -> bool:
    """Tell whether a message waits that was delivered before."""
    return any(isinstance(entry, Waiting) and entry.receipt for entry in world.store("queue").values())


def delivered_again(world: World, _operations: Operations) -> bool:
    """Tell whether a message is in hand for the second time or more."""
    held = [entry for entry in world.store("queue").values() if isinstance(entry, Held)]
    return any(not entry.receipt.endswith(".1") for entry in held)


def found_no_note(world: World, operations: Operations) -> bool:
    """Tell whether a second worker of the textbook has gone on from the note to the balance."""
    reads = sum(number for fact, number in world.section("count", "sent") if fact[2].endswith("database.get"))
    return reads >= 4 and not remembered(world, operations)


def remembered(world: World, _operations: Operations) -> bool:
    """Tell whether the database knows that d1 was processed."""
    row = world.stored("database", "ann")
    return world.stored("database", "d1") is not None or (isinstance(row, Account) and "d1" in row.latest)


def writing(world: World, _operations: Operations) -> bool:
    """Tell whether a conditional write is on its way to the database."""
    return any(message.operation == "compare_and_set" and not message.is_reply for message in world.in_flight)


def refused(world: World, _operations: Operations) -> bool:
    """Tell whether a refusal of the database is on its way."""
    return any(
        message.operation == "compare_and_set" and message.is_reply and message.outcome.value is False
        for message in world.in_flight
    )


def twice_delivered_once_applied(world: World, operations: Operations) -> bool:
    """Tell whether two calls were handed d1, it is in the balance once, and the queue is empty."""
    handed = [operation for operation in operations if operation.value == "d1"]
    return len(handed) >= 2 and applied(world)["d1"] == 1 and not in_queue(world)


def requests(finished: Finished) -> int:
    """Return how many requests the workers sent to queue and database."""
    counts = finished.world.section("count", "sent")
    return sum(number for fact, number in counts if fact[2].startswith("worker_"))


def times_applied(finished: Finished) -> tuple[tuple[str, float], ...]:
    """Return how often each deposit that was sent is in the balance."""
    times = applied(finished.world)
    return tuple((name, times[name]) for name in sorted(sent(finished.world)))
