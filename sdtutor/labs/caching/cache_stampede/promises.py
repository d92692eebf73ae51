"""What a cache promises about a key that everybody reads, and what its story asks of a run."""

from collections import Counter

from sdtutor.engine.lab import Finished
from sdtutor.engine.operations import Operation
from sdtutor.engine.world import World
from sdtutor.reference.caching import cache_stampede as reference

Operations = tuple[Operation, ...]

SERVERS = ("server_1", "server_2", "server_3")

ROWS = {"k": "v1"}
"""What the database holds at first."""

LOADS = "loads "
"""How the view of a server calls the keys that it asks of the database: ``loads k``."""


# Promises


def loads(world: World) -> Counter[str]:
    """Return how often each key is being asked of the database, by servers that wait for its row."""
    found: Counter[str] = Counter()
    for server in SERVERS:
        for name, times in world.view(server).items():
            found[name.removeprefix(LOADS)] += times
    return found


def one_load(world: World, _operations: Operations) -> bool:
    """Tell whether nobody waits for a row that somebody else is loading already."""
    return max(loads(world).values(), default=0) <= 1


def no_stale_read(_world: World, operations: Operations) -> bool:
    """Tell whether every read returned a row that was current at some moment while it ran."""
    return not stale_read(_world, operations)


def stale_read(_world: World, operations: Operations) -> tuple[str, ...]:
    """Return the names of a write and of a later read that got what it had replaced; none if there are none.

    A read may return what was written last before it, or anything written while it ran: a regular register
    (Lamport, "On interprocess communication", 1986).
    """
    for read in operations:
        if read.operation != "get" or not read.done:
            continue
        writes = [o for o in operations if o.operation == "set" and o.arguments[0] == read.arguments[0]]
        before = [write for write in writes if write.done and write.returned < read.called]
        allowed = [
            write.arguments[1]
            for write in writes
            if not read.returned < write.called and not _replaced(write, before)
        ]
        if before and read.value not in allowed:
            return (before[-1].name, read.name)
    return ()


def _replaced(write: Operation, before: list[Operation]) -> bool:
    return write.done and any(write.returned < later.called for later in before)


def answered(world: World, operations: Operations) -> bool:
    """Tell whether every read on a server that is up has ended."""
    return all(o.outcome for o in operations if o.operation == "get" and world.member(o.node).up)


# What the story asks


def reads(operations: Operations) -> list[Operation]:
    """Return the reads that were answered."""
    return [o for o in operations if o.operation == "get" and o.done]


def waiting(operations: Operations) -> list[Operation]:
    """Return the reads that have not ended."""
    return [o for o in operations if o.operation == "get" and o.outcome is None]


def together(operations: Operations) -> bool:
    """Tell whether reads on two servers ran at the same time, and both were answered."""
    return any(
        one.node < other.node and not (one.returned < other.called or other.returned < one.called)
        for one in reads(operations)
        for other in reads(operations)
    )


def waited(world: World, operations: Operations) -> bool:
    """Tell whether reads on two servers were answered by one load, for which one of them waited."""
    asked_again = requests(world, "cache.get") > len(reads(operations))
    return together(operations) and asked_again and requests(world, "database.get") == 1


def leased(world: World) -> bool:
    """Tell whether the cache holds a lease."""
    return isinstance(world.stored("cache", "k"), reference.Lease)


def owner(mark: str, incarnation: int) -> str:
    """Return how a server signs its leases: after a restart differently, because the old ones are not its."""
    return mark if incarnation == 1 else f"{mark}.{incarnation}"


def orphaned(world: World) -> bool:
    """Tell whether the cache holds a lease whose owner is gone."""
    lease = world.stored("cache", "k")
    members = [(mark, name) for mark, name in zip("ABC", SERVERS, strict=True) if _runs(world, name)]
    alive = {owner(mark, world.member(name).incarnation) for mark, name in members}
    return isinstance(lease, reference.Lease) and lease.owner not in alive


def _runs(world: World, name: str) -> bool:
    return ("member", name, "") in world.facts and world.member(name).up


def copied(world: World) -> bool:
    """Tell whether the cache holds a copy."""
    return not leased(world) and world.stored("cache", "k") is not None


def missing(world: World) -> bool:
    """Tell whether a server is about to hear that the cache has nothing."""
    return any(
        m.sender == "cache" and m.operation == "get" and m.outcome.value is None for m in world.in_flight
    )


def asleep(world: World, operations: Operations) -> bool:
    """Tell whether a server that met a lease waits for its time to come."""
    nodes = {read.node for read in waiting(operations)}
    return any(
        world.member(node).timer is not None and not any(m.asker == node for m in world.in_flight)
        for node in nodes
    )


def crashed(operations: Operations) -> bool:
    """Tell whether a server died while it read."""
    return any(o.failed and o.outcome and o.outcome.error == "Crashed" for o in operations)


def outlived(world: World, operations: Operations) -> bool:
    """Tell whether a server that met a lease took one of its own and was answered, after another had died."""
    deaths = [o.returned for o in operations if o.failed and o.outcome and o.outcome.error == "Crashed"]
    return any(
        read.returned > min(deaths, default=read.returned)
        and world.counted("sent", f"{read.node}>database.get") > 0
        and world.counted("sent", f"{read.node}>cache.get") > world.counted("call", f"{read.node}.get")
        for read in reads(operations)
    )


def requests(world: World, operation: str) -> int:
    """Return how many requests of a kind the servers sent, such as ``database.get``."""
    return sum(world.counted("sent", f"{name}>{operation}") for name in SERVERS)


def database_reads(finished: Finished) -> int:
    """Return how many reads the servers sent to the database."""
    return requests(finished.world, "database.get")


def cache_reads(finished: Finished) -> int:
    """Return how many reads the servers sent to the cache."""
    return requests(finished.world, "cache.get")
