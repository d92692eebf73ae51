"""Linearizability: whether each operation can have taken effect at one moment between its call and return.

Herlihy and Wing, "Linearizability: a correctness condition for concurrent objects", ACM TOPLAS 12(3), 1990.
The search is that of Wing and Gong, "Testing and verifying concurrent objects", J. Parallel and Distributed
Computing 17, 1993: choose an operation that may come first, carry it out, go on with the others, and go
back when no choice is left. Lowe, "Testing for linearizability", Concurrency and Computation 29(4), 2017,
adds a memory of the positions that were met: what is carried out, and the state that it left.

Time is partly known: an operation comes before another if it had returned before the other was called. One
that is open or failed may have taken effect at any time since its call, or never.
"""

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from sdtutor.engine.checks.accesses import Access, Register
from sdtutor.engine.checks.checked import PASSED, Checked, Operations

Position = tuple[int, tuple[int, ...], Any]
"""How many of those that returned are carried out in front of the first that is not; which of the operations
called before that one returned are not carried out; the value. The first two tell all that is."""


@dataclass(frozen=True, slots=True)
class Search:
    """How a search ended.

    Args:
        order: Names of the operations in an order that explains the history; None when there is none.
        visited: How many positions the search went into.
        furthest: How many operations, by their return, some attempt explained.
    """

    order: tuple[str, ...] | None
    visited: int
    furthest: int


def linearizable(operations: Operations, register: Register) -> Checked:
    """Tell whether a history of a key-value map is linearizable; of a single key, of a register.

    Each key is checked by itself: a history is linearizable if and only if its part on each object is
    (locality, Herlihy and Wing 1990, theorem 1).

    Args:
        operations: The history.
        register: How its operations read and write.
    """
    accesses = register.accesses(operations)
    for key in dict.fromkeys(access.key for access in accesses):
        of_key = tuple(access for access in accesses if access.key == key)
        initial = register.initial.get(key)
        found = search(of_key, initial)
        if found.order is None:
            return _refused(of_key, initial, found.furthest)
    return PASSED


def search(accesses: tuple[Access, ...], initial: Any) -> Search:
    """Look for an order of the accesses to one key that explains what the reads returned.

    Args:
        accesses: The reads that returned, and the writes.
        initial: The value before the first write.
    """
    history = _History(accesses)
    start = history.settled(0, (), 0, initial)
    ways: list[tuple[Position, Iterator[tuple[int, Position]]]] = [(start, history.choices(start))]
    met, chosen, visited, furthest = {start}, list[int](), 1, start[0]
    while ways and ways[-1][0][0] < history.length:
        choice = next(ways[-1][1], None)
        if choice is None:
            ways.pop()
            del chosen[-1:]
            continue
        index, position = choice
        if position not in met:
            met.add(position)
            visited += 1
            furthest = max(furthest, position[0])
            chosen.append(index)
            ways.append((position, history.choices(position)))
    order = tuple(history.calls[index].name for index in chosen) if ways else None
    return Search(order, visited, furthest)


class _History:
    """The accesses to one key in the order of their calls, and those that returned in that of returning."""

    def __init__(self, accesses: tuple[Access, ...]) -> None:
        self.calls = sorted(accesses, key=lambda access: access.operation.called)
        called = [access.operation.called for access in self.calls]
        done = [index for index, access in enumerate(self.calls) if access.operation.done]
        self._returns = sorted(done, key=lambda index: self.calls[index].operation.returned)
        # How many operations were called before each of the returns was over.
        returned = [self.calls[index].operation.returned for index in self._returns]
        self._reached = [bisect_right(called, step) for step in returned]
        self.length = len(self._returns)

    def choices(self, position: Position) -> Iterator[tuple[int, Position]]:
        """Yield the operations that may be carried out next, each with the position that follows."""
        first, waiting, value = position
        for index in waiting:
            access = self.calls[index]
            if access.kind == "read" and access.value == value:
                # It changes nothing and may come now, so no later moment is better.
                yield index, self._after(first, waiting, index, value)
                return
        for index in waiting:
            access = self.calls[index]
            if access.kind == "write":
                yield index, self._after(first, waiting, index, access.value)

    def _after(self, first: int, waiting: tuple[int, ...], index: int, value: Any) -> Position:
        rest = tuple(other for other in waiting if other != index)
        return self.settled(first, rest, self._reached[first], value)

    def settled(self, first: int, waiting: tuple[int, ...], reached: int, value: Any) -> Position:
        """Return the position once returns of operations that are carried out are passed.

        Args:
            first: The place of a return; all before are of operations that are carried out.
            waiting: Operations that are not carried out, of those that have been considered.
            reached: How many operations, by their call, have been considered.
            value: The value.
        """
        while first < self.length:
            waiting += tuple(range(reached, self._reached[first]))
            if self._returns[first] in waiting:
                break
            reached = self._reached[first]
            first += 1
        return first, waiting, value


def _refused(accesses: tuple[Access, ...], initial: Any, furthest: int) -> Checked:
    """Return what is wrong, with as few operations as show it."""
    done = sorted((a for a in accesses if a.operation.done), key=lambda access: access.operation.returned)
    limit = done[furthest].operation.returned
    shown = _fewest([access for access in accesses if not limit < access.operation.called], initial)
    told = [f"{read.name} returned {read.value}" for read in shown if read.kind == "read"]
    names = tuple(access.name for access in shown)
    return Checked(f"{', '.join(told)}: no order of the calls explains that.", names)


def _fewest(accesses: list[Access], initial: Any) -> list[Access]:
    """Leave out operations, many at a time and then one by one, as long as the rest has no order.

    A write is left out only after all reads of its value, so the rest is a history that could have been; from
    the end to the beginning, reads come first.
    """
    size = len(accesses) // 2
    while size:
        for end in range(len(accesses), 0, -size):
            rest = accesses[: max(end - size, 0)] + accesses[end:]
            if _is_whole(rest, accesses) and search(tuple(rest), initial).order is None:
                accesses = rest
        size //= 2
    return accesses


def _is_whole(rest: list[Access], accesses: list[Access]) -> bool:
    """Tell whether nothing is read in the rest that was written only by what is left out."""
    kept = {access.value for access in rest if access.kind == "write"}
    dropped = {access.value for access in accesses if access.kind == "write"} - kept
    return not any(access.value in dropped for access in rest if access.kind == "read")
