"""What cache-aside promises, and what its story asks of a run."""

from sdtutor.engine.checks.accesses import Register, everyone
from sdtutor.engine.checks.checked import Checked, holding
from sdtutor.engine.checks.sessions import read_your_writes
from sdtutor.engine.lab import Finished
from sdtutor.engine.operations import Operation
from sdtutor.engine.world import World
from sdtutor.reference.caching import cache_aside as reference

Operations = tuple[Operation, ...]


ROWS = Register("get", "set", {"k": "v1"}, everyone)


def fresh_reads(_world: World, operations: Operations) -> Checked:
    """Return whether every read returned a value that was current at some moment while it ran."""
    return read_your_writes(operations, ROWS)


no_stale_read = holding(fresh_reads)


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
    sent = finished.world.section("count", "sent")
    return sum(number for (_, _, request), number in sent if request.endswith(">database.get"))
