"""What withdrawals promise, and what their story asks of a run."""

from itertools import combinations

from sdtutor.engine.checks import effects
from sdtutor.engine.lab import Finished
from sdtutor.engine.message import original_name
from sdtutor.engine.operations import Operation
from sdtutor.engine.world import World
from sdtutor.reference.databases import lost_update as reference

Operations = tuple[Operation, ...]

ACCOUNT = "a"
OPENED_WITH = 100
TILLS = ("till_1", "till_2", "till_3")


def withdrawals(operations: Operations) -> Operations:
    """Return the calls that concern the account and name a sum."""
    return tuple(o for o in operations if o.arguments[0] == ACCOUNT and isinstance(o.arguments[1], int))


def paid(operations: Operations) -> Operations:
    """Return the withdrawals that a till has paid out."""
    return tuple(o for o in withdrawals(operations) if o.done and o.value is True)


def unsettled(operations: Operations) -> Operations:
    """Return the withdrawals that may have been taken: open ones, and those that ended with an error."""
    return tuple(o for o in withdrawals(operations) if not o.done)


def total(operations: Operations) -> int:
    """Return the sum of some withdrawals."""
    return sum(o.arguments[1] for o in operations)


def balance(world: World) -> int:
    """Return what the account holds."""
    row = world.stored("bank", ACCOUNT)
    held: int = row.balance if isinstance(row, reference.Row) else row
    return held


def taken(world: World) -> int:
    """Return how much has left the account."""
    return OPENED_WITH - balance(world)


# The promises


def no_lost_update(world: World, operations: Operations) -> bool:
    """Tell whether all that was paid out has been taken from the account."""
    return taken(world) >= total(paid(operations))


def never_overdrawn(_world: World, operations: Operations) -> bool:
    """Tell whether no more was paid out than the account ever held."""
    return total(paid(operations)) <= OPENED_WITH


def taken_once(world: World, operations: Operations) -> bool:
    """Tell whether no more was taken from the account than was paid out or may still be."""
    return taken(world) <= total(paid(operations)) + total(unsettled(operations))


# Who shows it


def who_lost(world: World, operations: Operations) -> tuple[str, ...]:
    """Return the names of withdrawals that were paid out and are not in the balance; none while all are."""
    if no_lost_update(world, operations):
        return ()
    changes = [effects.Change(o, -o.arguments[1]) for o in paid(operations) + unsettled(operations)]
    return effects.no_lost_update(OPENED_WITH, balance(world), changes).witness


def who_overdrew(world: World, operations: Operations) -> tuple[str, ...]:
    """Return the names of the withdrawals that paid out too much; none while they have not."""
    return () if never_overdrawn(world, operations) else _names(paid(operations))


def who_took_twice(world: World, operations: Operations) -> tuple[str, ...]:
    """Return the names of the withdrawals of which one was taken twice; none while none was."""
    if taken_once(world, operations):
        return ()
    return _names(paid(operations) + unsettled(operations))


def _names(operations: Operations) -> tuple[str, ...]:
    return tuple(operation.name for operation in operations)


# What the story asks


def loses_an_update(world: World, operations: Operations) -> bool:
    """Tell whether something was paid out that was not taken."""
    return not no_lost_update(world, operations)


def in_turn(_world: World, operations: Operations) -> bool:
    """Tell whether no two withdrawals overlap."""
    return all(
        _before(one, other) or _before(other, one) for one, other in combinations(withdrawals(operations), 2)
    )


def _before(one: Operation, other: Operation) -> bool:
    return one.outcome is not None and one.returned < other.called


def loses_one_in_turn(world: World, operations: Operations) -> bool:
    """Tell whether an update was lost although no two withdrawals overlap."""
    return in_turn(world, operations) and loses_an_update(world, operations)


def first_is_paid(_world: World, operations: Operations) -> bool:
    """Tell whether till A has paid out."""
    return any(o.node == TILLS[0] for o in paid(operations))


def last_is_paid(_world: World, operations: Operations) -> bool:
    """Tell whether till B has paid out."""
    return any(o.node == TILLS[1] for o in paid(operations))


def all_paid(world: World, operations: Operations) -> bool:
    """Tell whether tills A and B have paid out."""
    return first_is_paid(world, operations) and last_is_paid(world, operations)


def all_paid_and_taken(world: World, operations: Operations) -> bool:
    """Tell whether tills A and B have paid out, and the account has lost just that."""
    return all_paid(world, operations) and taken(world) == total(paid(operations))


def outdated(world: World, operations: Operations) -> bool:
    """Tell whether a till is being told, or stores from, a balance that has been replaced."""
    amounts = {o.node: o.arguments[1] for o in unsettled(operations)}
    told = [m.outcome.value for m in world.in_flight if m.is_reply and m.operation == "get"]
    told += [
        m.payload[1] + amounts.get(m.sender, 0)
        for m in world.in_flight
        if m.operation == "put" and not m.is_reply
    ]
    return any(value != balance(world) for value in told)


def told_the_first(world: World, _operations: Operations) -> bool:
    """Tell whether till A is being told the first balance."""
    return any(
        m.receiver == TILLS[0] and m.outcome.value == OPENED_WITH for m in world.in_flight if m.is_reply
    )


def both_asked(world: World, _operations: Operations) -> bool:
    """Tell whether tills A and B have asked for the balance while it is the first one."""
    return taken(world) == 0 and all(world.counted("sent", f"{till}>bank.get") for till in TILLS[:2])


def stored(world: World, _operations: Operations) -> bool:
    """Tell whether the account holds another balance than at first."""
    return taken(world) != 0


def storing(world: World, _operations: Operations) -> bool:
    """Tell whether a till's new row is on its way to the bank."""
    return any(m.receiver == "bank" and m.operation != "get" for m in world.in_flight)


def copy_in_flight(world: World, _operations: Operations) -> bool:
    """Tell whether one of two copies of a new row is on its way to the bank."""
    return any(
        m.receiver == "bank" and world.counted("named", original_name(m.name)) > 1 for m in world.in_flight
    )


def refused(world: World, _operations: Operations) -> bool:
    """Tell whether a refusal is on its way to a till."""
    return any(
        m.operation == "compare_and_set" and m.is_reply and not m.outcome.value for m in world.in_flight
    )


def overtaken(world: World, operations: Operations) -> bool:
    """Tell whether the account shows both payments, and the receipt of till B before that of till A."""
    return _receipts(world) == [TILLS[1], TILLS[0]] and all_paid_and_taken(world, operations)


def both_stored(world: World, _operations: Operations) -> bool:
    """Tell whether the row has the receipts of tills A and B."""
    return set(TILLS[:2]) <= set(_receipts(world))


def _receipts(world: World) -> list[str]:
    row = world.stored("bank", ACCOUNT)
    return [client for client, _ in row.receipts] if isinstance(row, reference.Row) else []


def asked_again(world: World, _operations: Operations) -> bool:
    """Tell whether till A has asked for the balance more than once."""
    return world.counted("sent", f"{TILLS[0]}>bank.get") > 1


# Measures


def missing(finished: Finished) -> int:
    """Return how much was paid out and not taken from the account; below 0: taken and not paid."""
    return total(paid(finished.operations)) - taken(finished.world)


def requests(finished: Finished) -> int:
    """Return how many requests the tills sent to the bank."""
    operations = ("get", "put", "compare_and_set")
    return sum(finished.world.counted("sent", f"{till}>bank.{each}") for till in TILLS for each in operations)
