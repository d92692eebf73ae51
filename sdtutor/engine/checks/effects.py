"""Checks of what calls bring about: nothing twice, nothing lost, nothing from nowhere."""

from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Mapping
from dataclasses import dataclass
from itertools import combinations

from sdtutor.engine.checks.checked import PASSED, Checked, Operations
from sdtutor.engine.operations import Operation

Amount = int
"""Of money in its smallest unit, of items, of messages."""


@dataclass(frozen=True, slots=True)
class Change:
    """What an operation adds to what is held.

    Args:
        operation: The call.
        amount: How much it adds; below 0 it takes.
    """

    operation: Operation
    amount: Amount


def exactly_once(
    operations: Operations,
    effect: Callable[[Operation], Hashable | None],
    happened: Iterable[Hashable],
) -> Checked:
    """Tell whether each effect happened at most once and, where it was acknowledged, at least once.

    A request that failed or is open may have had its effect or not: its caller cannot tell (Birrell and
    Nelson, "Implementing remote procedure calls", ACM TOCS 2(1), 1984: a call that returned was carried out
    once, one that ended in an exception once or never).

    Args:
        operations: The history.
        effect: Which effect an operation asks for, by a key that its retries share; None for no effect.
        happened: The keys of the effects that came about, each as often as it did.
    """
    asked: dict[Hashable, list[Operation]] = {}
    for operation in operations:
        key = effect(operation)
        if key is not None:
            asked.setdefault(key, []).append(operation)
    times = Counter(happened)
    for key, number in times.items():
        if key not in asked:
            return Checked(f"{key} came about, and nobody asked for it.")
        if number > 1:
            return Checked(f"{key} came about {number} times.", _names(asked[key]))
    for key, calls in asked.items():
        if not times[key] and any(call.done for call in calls):
            return Checked(f"{key} was acknowledged and did not come about.", _names(calls))
    return PASSED


def no_lost_update(initial: Amount, final: Amount, changes: Iterable[Change]) -> Checked:
    """Tell whether what is held contains every change that was acknowledged.

    A change is lost when another is computed from what was read before it, and written over it (P4 in
    Berenson and others, "A critique of ANSI SQL isolation levels", SIGMOD 1995, section 4.1).

    Args:
        initial: What was held at first.
        final: What is held now.
        changes: What each operation adds. One that failed or is open may be in it or not.
    """
    changes = tuple(changes)
    if _explained(final - initial, changes):
        return PASSED
    for size in range(1, len(changes) + 1):
        for lost in combinations([change for change in changes if change.operation.done], size):
            kept = tuple(change for change in changes if change not in lost)
            if _explained(final - initial, kept):
                names = _names(change.operation for change in lost)
                return Checked(f"{final} is held, and {' and '.join(names)} is not in it.", names)
    return _unexplained(initial, final, changes)


def conservation(
    before: Mapping[str, Amount], after: Mapping[str, Amount], changes: Iterable[Change] = ()
) -> Checked:
    """Tell whether what all places hold together is what they held, and what was brought or taken since.

    Money, stock and messages are neither made nor lost by being moved: the total under a transfer in
    Berenson and others, "A critique of ANSI SQL isolation levels", SIGMOD 1995, section 3, history H1.

    Args:
        before: What each place held at first; on its way is a place, too.
        after: What each place holds now.
        changes: What each operation brings to the whole. One that failed or is open may count or not.
    """
    changes = tuple(changes)
    initial, final = sum(before.values()), sum(after.values())
    return PASSED if _explained(final - initial, changes) else _unexplained(initial, final, changes)


def _unexplained(initial: Amount, final: Amount, changes: tuple[Change, ...]) -> Checked:
    names = _names(change.operation for change in changes)
    return Checked(f"{final} is held, and {initial} was at first: the calls do not explain it.", names)


def _explained(difference: Amount, changes: tuple[Change, ...]) -> bool:
    """Tell whether the changes that were acknowledged, and some of the others, add up to a difference."""
    sums = {sum(change.amount for change in changes if change.operation.done)}
    for change in changes:
        if not change.operation.done:
            sums |= {total + change.amount for total in sums}
    return difference in sums


def _names(operations: Iterable[Operation]) -> tuple[str, ...]:
    return tuple(operation.name for operation in operations)
