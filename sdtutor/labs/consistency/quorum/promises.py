"""What reads and writes by quorum promise, and what their story asks of a run."""

from itertools import product
from typing import Any

from sdtutor.engine.lab import Finished
from sdtutor.engine.operations import Operation
from sdtutor.engine.world import World
from sdtutor.labs.replica_set import FIRST, replicas, spread

Operations = tuple[Operation, ...]


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
