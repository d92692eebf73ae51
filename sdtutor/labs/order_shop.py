"""A shop that places orders by a saga, and the three services that an order needs."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from sdtutor.core.ports import Table
from sdtutor.engine.lab import Cast, Link, Node, Offered, Service, Variant
from sdtutor.engine.parameters import Values
from sdtutor.engine.simulated import Ports
from sdtutor.engine.world import World
from sdtutor.reference.microservices import saga as reference
from sdtutor.textbook.microservices import saga as textbook

SERVICES = {"order": "orders", "inventory": "held", "payment": "paid"}
"""What each service counts, by its name: orders, units of stock held, money paid."""

PRICE = 20
"""What one item costs; an order has one."""

UNITS = {"order": 1, "inventory": 1, "payment": PRICE}
"""What one order adds to the count of each service."""


REFUSALS = {"order": "shop closed", "inventory": "out of stock", "payment": "card declined"}
"""What each service says when it refuses."""


class Refused(Exception):
    """A service does not do what it is asked to do."""


class Books:
    """What a service has done and not taken back.

    Args:
        service: Its name.
        fails: none, refuses (does nothing and says so), or lost_reply (does it and never answers).
    """

    def __init__(self, service: str, fails: str) -> None:
        self.service = service
        self.fails = fails
        self.standing: dict[str, int] = {}
        self.undone: set[str] = set()
        self.made = 0

    async def act(self, amount: int, key: str | None) -> str:
        """Enter an amount and return the key of the entry; a key that was given enters it once.

        Raises:
            Refused: The service refuses, or the entry was taken back before it was made.
        """
        if self.fails == "refuses":
            raise Refused(REFUSALS[self.service])
        self.made += 1
        key = key or f"{self.service}-{self.made}"
        if key in self.undone:
            raise Refused("taken back before")
        self.standing[key] = amount
        if self.fails == "lost_reply":
            await asyncio.Event().wait()
        return key

    async def undo(self, key: str) -> None:
        """Take an entry back, and bar it from being made later."""
        self.undone.add(key)
        self.standing.pop(key, None)


class Order(Books):
    """Keeps the orders."""

    async def create(self, _items: tuple[str, ...], _amount: int, key: str | None = None) -> str:
        """Enter an order; return its id."""
        return await self.act(1, key)

    async def cancel(self, key: str) -> None:
        """Take an order back."""
        await self.undo(key)


class Inventory(Books):
    """Keeps the reservations."""

    async def reserve(self, items: tuple[str, ...], key: str | None = None) -> str:
        """Reserve a unit of each item."""
        return await self.act(len(items), key)

    async def release(self, key: str) -> None:
        """Take a reservation back."""
        await self.undo(key)


class Payment(Books):
    """Keeps the payments."""

    async def charge(self, amount: int, key: str | None = None) -> str:
        """Charge an amount; return the payment's id."""
        return await self.act(amount, key)

    async def refund(self, key: str) -> None:
        """Take a payment back."""
        await self.undo(key)


@dataclass(frozen=True)
class Done:
    """A row of the saga log while the saga goes forward: how many steps are done, and the data."""

    steps: int
    data: reference.Fields


@dataclass(frozen=True)
class Undo:
    """A row of the saga log once the saga turned back; the fields are those of Progress."""

    names: tuple[str, ...]
    error: str
    parked: tuple[str, ...]
    done: int
    data: reference.Fields


class SagaLog:
    """The saga log with rows of which the first words tell how far a saga is: a picture has room for few.

    Args:
        table: Where the rows are.
    """

    def __init__(self, table: Table) -> None:
        self.table = table

    async def get(self, key: str) -> reference.Progress | None:
        """Return the row of a saga, or None when there is none."""
        row = await self.table.get(key)
        if isinstance(row, Undo):
            return reference.Progress(row.data, row.done, row.error, row.names, row.parked)
        return reference.Progress(row.data, row.steps) if row else None

    async def put(self, key: str, row: reference.Progress) -> None:
        """Store the row of a saga."""
        await self.table.put(key, short(row))

    async def compare_and_set(
        self, key: str, expected: reference.Progress | None, row: reference.Progress
    ) -> bool:
        """Store the row of a saga only if the log holds the expected one; tell whether it did."""
        return await self.table.compare_and_set(key, expected and short(expected), short(row))


def short(row: reference.Progress) -> Done | Undo:
    """Return the row as the picture has room for it."""
    if row.error:
        return Undo(row.undo, row.error, row.parked, row.done, row.data)
    return Done(row.done, row.data)


def told(result: textbook.SagaResult | reference.SagaResult) -> str:
    """Return what a customer is told about a saga that ended."""
    if result.success:
        return "placed"
    left = " and ".join(result.outstanding)
    return f"cancelled, but for {left}" if left else "cancelled"


def order_of(item: str) -> dict[str, Any]:
    """Return the data with which the saga of an order begins."""
    return {"items": (item,), "amount": PRICE}


class ForgetfulShop:
    """Takes orders with the textbook's saga: what it is doing is in its memory only.

    Args:
        ports: The world.
    """

    def __init__(self, ports: Ports) -> None:
        order, inventory, payment = map(ports.peer, SERVICES)
        self.saga = textbook.order_saga(order, inventory, payment)

    async def place_order(self, item: str) -> str:
        """Run a saga for one item; return what the customer is told."""
        return told(await self.saga.execute(order_of(item)))


class Shop:
    """Takes orders with the reference's saga, and numbers them as its log does.

    Args:
        ports: The world.
    """

    def __init__(self, ports: Ports) -> None:
        order, inventory, payment = map(ports.peer, SERVICES)
        self.log = SagaLog(ports.table("log"))
        self.saga = reference.order_saga(order, inventory, payment, self.log)
        self.restarted = ports.incarnation > 1
        self.next = 1
        self.started = asyncio.Event()

    async def start(self) -> None:
        """After a restart, go through the log, and go on with what is not at its end."""
        while self.restarted and (at := await self.log.get(f"o{self.next}")):
            if not ended(at) or at.parked:
                await self.saga.resume(f"o{self.next}")
            self.next += 1
        self.started.set()

    async def place_order(self, item: str) -> str:
        """Run a saga for one item; return what the customer is told."""
        await self.started.wait()
        name = f"o{self.next}"
        self.next += 1
        return told(await self.saga.execute(order_of(item), name))


def ended(at: reference.Progress) -> bool:
    """Tell whether a saga has nothing left to do, forward or back."""
    return not at.undo if at.error else at.done == len(SERVICES)


def cast(variant: Variant, values: Values) -> Cast:
    """Return the shop, the three services, and the saga log that only the reference has."""
    shop = Node(
        name="shop",
        label="shop",
        mark="S",
        cell=(0, 0),
        build=ForgetfulShop if variant == "textbook" else Shop,
        calls=(Offered("place_order", ("item",), ("book",)),),
    )
    services = (
        service(Order, ("create", "cancel"), (0, "O"), values),
        service(Inventory, ("reserve", "release"), (1, "I"), values),
        service(Payment, ("charge", "refund"), (2, "P"), values),
    )
    log = (Service("log", "saga log", (2, 0), "table", durable=True),) if variant == "reference" else ()
    members = (shop, *services, *log)
    return Cast(members, tuple(Link("shop", member.name) for member in members[1:]))


def service(
    books: Callable[[str, str], Books], serves: tuple[str, ...], place: tuple[int, str], values: Values
) -> Node:
    """Return one of the services that an order needs.

    Args:
        books: Its class.
        serves: What it can be asked for.
        place: Its row in the picture, which is its place among the steps, and its mark.
        values: The parameters: which service fails, and how.
    """
    row, mark = place
    name = list(SERVICES)[row]
    fails = values["failure"] if values["fail_at"] == name else "none"
    return Node(
        name=name,
        label=name,
        mark=mark,
        cell=(row, 1),
        build=lambda _ports: books(name, fails),
        observe=lambda instance: {SERVICES[name]: sum(instance.standing.values())},
        serves=serves,
    )


def held(world: World, name: str) -> int:
    """Return for how many orders a service holds something; 0 while it is down."""
    counted: int = world.view(name).get(SERVICES[name], 0)
    return counted // UNITS[name]
