"""What a session is promised, and what its story asks of a run."""

from collections.abc import Callable
from dataclasses import replace

from sdtutor.engine.checks.accesses import Register
from sdtutor.engine.checks.checked import Checked, Operations
from sdtutor.engine.checks.sessions import monotonic_reads, read_your_writes
from sdtutor.engine.lab import Finished
from sdtutor.engine.operations import Operation
from sdtutor.engine.world import World
from sdtutor.labs.consistency.read_your_writes.members import FIRST, NEEDLESS, REPLICAS, SECOND, SERVERS

REGISTER = Register("read", "write", {"k": FIRST})


# Promises


def own_writes(world: World, operations: Operations) -> Checked:
    """Return whether no session read what its own write had replaced."""
    return read_your_writes(operations, _of_sessions(world))


def forward_reads(world: World, operations: Operations) -> Checked:
    """Return whether no session read an older value after a newer one."""
    return monotonic_reads(operations, _of_sessions(world))


def _of_sessions(world: World) -> Register:
    """Return how browsers read and write; one that was restarted has lost its session and all promises."""
    return replace(REGISTER, session=_session_in(world))


def _session_in(world: World) -> Callable[[Operation], str]:
    return lambda one: one.node if world.member(one.node).incarnation == 1 else one.name


def replicas_serve(world: World, _operations: Operations) -> bool:
    """Tell whether no server has sent the primary a read for which it knew its replicas good enough."""
    return not any(world.view(server).get(NEEDLESS) for server in SERVERS)


# What the story asks


def reads_of_k(operations: Operations) -> list[Operation]:
    """Return Ada's reads of k that returned."""
    return [
        o
        for o in operations
        if o.node == "ada" and o.operation == "read" and o.done and o.arguments[0] == "k"
    ]


def stale(world: World, operations: Operations) -> bool:
    """Tell whether somebody read what their own write had replaced."""
    return not own_writes(world, operations).holds


def stale_at_one_server(world: World, operations: Operations) -> bool:
    """Tell whether Ada did although she used one server only."""
    used = {o.arguments[-1] for o in operations if o.node == "ada"}
    return stale(world, operations) and len(used) == 1


def read_new_beside_old(world: World, operations: Operations) -> bool:
    """Tell whether Ada read v2 although a replica that is up still holds v1."""
    behind = any(
        world.view(name).get("k") == FIRST for name in REPLICAS if ("member", name, "") in world.facts
    )
    return behind and any(read.value == SECOND for read in reads_of_k(operations))


def caught_up(world: World, _operations: Operations) -> bool:
    """Tell whether replica 1 has v2."""
    return bool(world.view(REPLICAS[0]).get("k") == SECOND)


def acknowledged(key: str) -> Callable[[World, Operations], bool]:
    """Return a predicate: whether Ada was told that a key is stored."""
    return lambda _world, operations: any(
        o.operation == "write" and o.done and o.arguments[0] == key for o in operations if o.node == "ada"
    )


def reading(_world: World, operations: Operations) -> bool:
    """Tell whether a read of Ada has begun and not ended."""
    return any(o.node == "ada" and o.operation == "read" and o.outcome is None for o in operations)


def has_read(_world: World, operations: Operations) -> bool:
    """Tell whether Ada has read k."""
    return bool(reads_of_k(operations))


def remembers(key: str) -> Callable[[World, Operations], bool]:
    """Return a predicate: whether server 1 takes a key for what Ada wrote last."""
    return lambda world, _operations: bool(world.view(SERVERS[0]).get("ada") == key)


def asks(receiver: str) -> Callable[[World, Operations], bool]:
    """Return a predicate: whether a read is on its way to somebody, or an answer back."""
    return lambda world, _operations: any(
        m.operation == "read" and receiver in (m.receiver, m.sender) for m in world.in_flight
    )


def both(*predicates: Callable[[World, Operations], bool]) -> Callable[[World, Operations], bool]:
    """Return a predicate: whether all of some are true."""
    return lambda world, operations: all(each(world, operations) for each in predicates)


# Measures


def primary_reads(finished: Finished) -> int:
    """Return how many reads the servers sent to the primary."""
    return sum(finished.world.counted("sent", f"{server}>primary.read") for server in SERVERS)


def replica_reads(finished: Finished) -> int:
    """Return how many reads the servers sent to replicas, those that were refused included."""
    world = finished.world
    return sum(world.counted("sent", f"{server}>{name}.read") for server in SERVERS for name in REPLICAS)
