"""Guarantees to a session: what one user sees fits together, whatever others see.

Terry, Demers, Petersen, Spreitzer, Theimer, Welch, "Session guarantees for weakly consistent replicated
data", PDIS 1994, define them over the writes that each server holds. Callers do not see those. So the first
two checks ask what can be known from outside, provided that writes are ordered as by a primary: one that had
returned before another was called comes first. What servers with the guarantee can have answered passes.
"""

from collections import deque
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise, permutations
from typing import Any

from sdtutor.engine.checks.accesses import Access, Register, reads, sources, writes
from sdtutor.engine.checks.checked import PASSED, Checked, Operations

_INITIAL = ""
"""Stands for the write of what is there at first."""

Before = dict[str, dict[str, tuple[str, ...]]]
"""By the name of a write, those that come later, each with the reads that show it."""


def read_your_writes(operations: Operations, register: Register) -> Checked:
    """Tell whether each read returns the newest write that its session had acknowledged, or a newer one.

    A read that follows a write in a session is answered by a server that has the write (Terry et al. 1994,
    "Read Your Writes"). With `everyone` as the session nobody reads what an acknowledged write has replaced:
    the regular register of Lamport, "On interprocess communication", part II, Distributed Computing 1, 1986.

    Args:
        operations: The history.
        register: How its operations read and write, and whose session each belongs to.
    """
    accesses = register.accesses(operations)
    for read in reads(accesses):
        own = [write for write in writes(accesses) if _is_own(write, read)]
        if own and not any(_is_fresh(source, own) for source in sources(read, accesses)):
            write = next(write for write in own if _is_fresh(write, own))
            sentence = f"{read.name} returned {read.value} after {write.name} had been acknowledged."
            return Checked(sentence, (write.name, read.name))
    return PASSED


def _is_own(write: Access, read: Access) -> bool:
    return write.session == read.session and write.key == read.key and write.precedes(read)


def _is_fresh(source: Access, own: list[Access]) -> bool:
    """Tell whether a write can be the newest, given those that the session had acknowledged."""
    return not any(source.precedes(write) for write in own)


def monotonic_reads(operations: Operations, register: Register) -> Checked:
    """Tell whether no session's reads of a key go back to an older write.

    Of two reads in a session, the server of the second has every write that mattered to the first (Terry et
    al. 1994, "Monotonic Reads"). From outside: the writes to the key have an order, true to what had returned
    before what was called, in which the session never goes back. A read of a value that several writes may
    have left tells nothing, and is passed over.

    Args:
        operations: The history.
        register: How its operations read and write, and whose session each belongs to.
    """
    accesses = register.accesses(operations)
    views: dict[tuple[str, Any], list[Access]] = {}
    for read in reads(accesses):
        views.setdefault((read.session, read.key), []).append(read)
    for (_, key), view in views.items():
        of_key = tuple(access for access in accesses if access.key == key)
        before = _before(of_key, view, register) if len(view) > 1 else {}
        cycle = _shortest_cycle(before)
        if cycle:
            return _back(cycle, before, of_key)
    return PASSED


def _back(cycle: Sequence[str], before: Before, accesses: tuple[Access, ...]) -> Checked:
    """Return what a cycle of writes says: its writes, and the reads that put one before another."""
    shown = {name for one, other in pairwise(cycle) for name in before[one][other]}
    told = [access for access in accesses if access.name in shown]
    said = ", then ".join(f"{read.name} returned {read.value}" for read in told)
    witness = tuple(access.name for access in accesses if access.name in shown | set(cycle))
    return Checked(f"{said}: no order of the writes explains that.", witness)


def _before(accesses: tuple[Access, ...], view: list[Access], register: Register) -> Before:
    """Return which writes of a key come before which: by what returned first, and by reads of a session."""
    written = writes(accesses)
    before: Before = {_INITIAL: {write.name: () for write in written}}
    for one, other in permutations(written, 2):
        if one.precedes(other):
            before.setdefault(one.name, {})[other.name] = ()
    for earlier, later, shown in _seen(accesses, view, register):
        if earlier != later:
            before.setdefault(earlier, {}).setdefault(later, shown)
    return before


def _seen(
    accesses: tuple[Access, ...], view: list[Access], register: Register
) -> Iterator[tuple[str, str, tuple[str, ...]]]:
    """Yield two writes and the reads that show that the first comes first."""
    origins = {read.name: _origin(read, accesses, register) for read in reads(accesses)}
    for read in reads(accesses):
        origin = origins[read.name]
        for write in writes(accesses):
            # What was seen before a write was called had taken effect by then.
            if origin is not None and read.precedes(write):
                yield origin, write.name, (read.name,)
    for one, other in permutations(view, 2):
        earlier, later = origins[one.name], origins[other.name]
        if earlier is not None and later is not None and one.precedes(other):
            yield earlier, later, (one.name, other.name)


def _origin(read: Access, accesses: tuple[Access, ...], register: Register) -> str | None:
    """Return the name of the only write that a read can have seen; None when it cannot be told."""
    found = [write.name for write in sources(read, accesses)]
    if register.initial.get(read.key) == read.value:
        found.append(_INITIAL)
    return found[0] if len(found) == 1 else None


def _shortest_cycle(before: Before) -> tuple[str, ...]:
    """Return a shortest cycle, its first write also at its end; nothing when there is none."""
    found: tuple[str, ...] = ()
    for start in before:
        cycle = _way_back(start, before)
        if cycle and (not found or len(cycle) < len(found)):
            found = cycle
    return found


def _way_back(start: str, before: Before) -> tuple[str, ...]:
    """Return a shortest way from a write to itself; nothing when there is none."""
    ways: deque[tuple[str, ...]] = deque([(start,)])
    met = {start}
    while ways:
        way = ways.popleft()
        for later in before.get(way[-1], {}):
            if later == start:
                return (*way, start)
            if later not in met:
                met.add(later)
                ways.append((*way, later))
    return ()


def monotonic_writes(
    operations: Operations, register: Register, applied: Mapping[str, Sequence[Any]]
) -> Checked:
    """Tell whether every copy has each session's writes in the order in which the session made them.

    Of two writes in a session, a server that has the second has the first, and had it before (Terry et al.
    1994, "Monotonic Writes"). Callers cannot see that, so the check looks at the copies.

    Args:
        operations: The history; no two writes have the same key and value.
        register: How its operations read and write, and whose session each belongs to.
        applied: By the name of a copy, the (key, value) of each write that it has applied, in its order.
    """
    made = writes(register.accesses(operations))
    for copy, entries in applied.items():
        places = {entry: place for place, entry in reversed(list(enumerate(entries)))}
        for one, other in permutations(made, 2):
            if one.session != other.session or not one.precedes(other):
                continue
            later = places.get((other.key, other.value))
            if later is not None and places.get((one.key, one.value), len(entries)) > later:
                said = f"{copy} applied {other.name} without {one.name}, which its session had made before."
                return Checked(said, (one.name, other.name))
    return PASSED
