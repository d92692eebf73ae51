"""What a saga promises, and what its story asks of a run."""

from sdtutor.engine.lab import Finished
from sdtutor.engine.operations import Operation
from sdtutor.engine.world import World
from sdtutor.labs.order_shop import SERVICES, Done, Undo, held

Operations = tuple[Operation, ...]


def still(world: World) -> bool:
    """Tell whether nothing can happen any more unless somebody makes it: no message, no timer.

    A process that waits for a reply that is lost is still for ever; the world's own rest leaves it out.
    """
    return not world.in_flight and not any(m.up and m.timer for _, m in world.section("member"))


def starting(world: World) -> bool:
    """Tell whether the shop looks through its log."""
    return "start" in world.member("shop").waiting


def placed_or_open(world: World, operations: Operations, name: str) -> int:
    """Return for how many orders a service may hold something while nothing moves.

    That is an order that was placed. With a saga log also one that can go on from there, and one whose
    compensation is noted as outstanding.
    """
    if world.facts.get(("member", "log", "")) is None:
        return sum(o.value == "placed" for o in operations)
    rows = world.store("log").values()
    return sum(isinstance(row, Done) or name in (*row.names, *row.parked) for row in rows)


def no_orphans(world: World, operations: Operations) -> bool:
    """Tell whether, once nothing moves, each service holds something only for orders that may have it."""
    return not still(world) or all(
        held(world, name) <= placed_or_open(world, operations, name) for name in SERVICES
    )


def told_truth(world: World, operations: Operations) -> bool:
    """Tell whether nothing is held for an order whose customer was told that it is cancelled."""
    not_cancelled = sum(o.value != "cancelled" for o in operations)
    return all(held(world, name) <= not_cancelled for name in SERVICES)


def charged_once(world: World, operations: Operations) -> bool:
    """Tell whether there are at most as many charges as orders."""
    return held(world, "payment") <= len(operations)


def orphaned(world: World, operations: Operations) -> tuple[str, ...]:
    """Return the names of the orders for which something is held, and which were not placed."""
    holds = no_orphans(world, operations)
    return () if holds else tuple(o.name for o in operations if o.value != "placed")


def deceived(world: World, operations: Operations) -> tuple[str, ...]:
    """Return the names of the orders whose customers were told that they are cancelled, if one is not."""
    holds = told_truth(world, operations)
    return () if holds else tuple(o.name for o in operations if o.value == "cancelled")


def overcharged(world: World, operations: Operations) -> tuple[str, ...]:
    """Return the names of the orders, if there are more charges than orders."""
    return () if charged_once(world, operations) else tuple(o.name for o in operations)


def cancelled(_world: World, operations: Operations) -> bool:
    """Tell whether a customer was told that the order is cancelled."""
    return any(o.value == "cancelled" for o in operations)


def nothing_held(world: World, _operations: Operations) -> bool:
    """Tell whether no service holds anything."""
    return not any(held(world, name) for name in SERVICES)


def turned_back(world: World) -> tuple[str, ...]:
    """Return what is left to undo of the first order, by the log; empty before it turns back."""
    row = world.stored("log", "o1")
    return row.names if isinstance(row, Undo) else ()


def on_its_way(world: World, operation: str) -> bool:
    """Tell whether a request or its reply is in flight."""
    return any(message.operation == operation for message in world.in_flight)


def restarted(world: World) -> bool:
    """Tell whether the shop runs again after a crash."""
    return world.member("shop").up and world.member("shop").incarnation > 1


def compensations(finished: Finished) -> int:
    """Return how many compensations the shop sent."""
    asked = ("order.cancel", "inventory.release", "payment.refund")
    return sum(finished.world.counted("sent", f"shop>{operation}") for operation in asked)
