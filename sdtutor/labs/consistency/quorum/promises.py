"""What reads and writes by quorum promise, and what their story asks of a run."""

from typing import Any

from sdtutor.engine.checks.accesses import Register, everyone
from sdtutor.engine.checks.checked import Checked, holding
from sdtutor.engine.checks.linearizable import linearizable
from sdtutor.engine.checks.sessions import monotonic_reads, read_your_writes
from sdtutor.engine.lab import Finished
from sdtutor.engine.operations import Operation
from sdtutor.engine.world import World
from sdtutor.labs.replica_set import CLIENTS, FIRST, replicas, spread

Operations = tuple[Operation, ...]


def writes_of(key: Any, operations: Operations) -> list[Operation]:
    """Return the writes of a key, in the order of their calls."""
    return [o for o in operations if o.operation == "write" and o.arguments[0] == key]


def reads(operations: Operations) -> list[Operation]:
    """Return the reads that returned."""
    return [o for o in operations if o.operation == "read" and o.done]


REGISTER = Register("read", "write", {"k": FIRST}, everyone)


def fresh_reads(_world: World, operations: Operations) -> Checked:
    """Return whether no read returned a value that an acknowledged write had replaced before it began."""
    return read_your_writes(operations, REGISTER)


def forward_reads(_world: World, operations: Operations) -> Checked:
    """Return whether no read returned an older value than a read that had ended before it began."""
    return monotonic_reads(operations, REGISTER)


def one_copy(_world: World, operations: Operations) -> Checked:
    """Return whether the replicas together behave as one register."""
    return linearizable(operations, REGISTER)


no_stale_read, never_back = holding(fresh_reads), holding(forward_reads)


def on_w_replicas(world: World, operations: Operations) -> bool:
    """Tell whether each acknowledged write is on a write quorum, or overwritten there."""
    return not too_few(world, operations)


def too_few(world: World, operations: Operations) -> tuple[str, ...]:
    """Return the names of the acknowledged writes that fewer than W replicas hold, or one after them."""
    if not world.member("writer").up:
        return ()
    needed = world.view("writer").get("W", len(replicas(world)) // 2 + 1)
    writes = (o for o in operations if o.operation == "write" and o.done)
    return tuple(write.name for write in writes if holders(world, write, operations) < needed)


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
    """Return how many requests the writer and the readers sent."""
    sent = finished.world.section("count", "sent")
    return sum(number for (_, _, request), number in sent if request.startswith(CLIENTS))
