"""What the references promise whose work must be done once, or not at all: money, deliveries, orders."""

import asyncio

from contracts import Process, Store, contract, failure_of

from sdtutor.reference.databases import lost_update
from sdtutor.reference.messaging import idempotent_consumer
from sdtutor.reference.microservices import saga

# Lost update


def client(name):
    kind = lost_update.Accounts
    return Process(name, kind, lambda ports: kind(ports.table("accounts"), name))


BANK = (Store("accounts", "table", {"ann": lost_update.Row(100)}), *map(client, "abc"))


async def withdraw(stage, **amounts):
    """Return whether each got what they asked for, all at once."""
    calls = [stage.call(name, "withdraw", "ann", amount) for name, amount in amounts.items()]
    return await asyncio.gather(*calls)


@contract(lost_update, *BANK)
async def two_withdrawals_at_once_both_count(stage):
    assert await withdraw(stage, a=30, b=20) == [True, True]
    assert stage.stored("accounts", "ann").balance == 50


@contract(lost_update, *BANK)
async def nobody_takes_what_is_not_there(stage):
    assert sorted(await withdraw(stage, a=50, b=50, c=50)) == [False, True, True]
    assert stage.stored("accounts", "ann").balance == 0
    assert await stage.call("a", "withdraw", "nobody", 1) is False


@contract(lost_update, *BANK, waits=True)
async def a_withdrawal_whose_reply_is_lost_is_made_once(stage):
    stage.lose("accounts", "compare_and_set")
    assert await withdraw(stage, a=30, b=20) == [True, True]
    await stage.wait(5)
    assert stage.stored("accounts", "ann").balance == 50


@contract(lost_update, *BANK, waits=True)
async def a_withdrawal_that_arrives_again_is_made_once(stage):
    stage.repeat("accounts", "compare_and_set")
    stage.lose("accounts", "compare_and_set")
    assert await withdraw(stage, a=30, b=20) == [True, True]
    await stage.wait(5)
    assert stage.stored("accounts", "ann").balance == 50


# Idempotent consumer

FIRST, SECOND = (idempotent_consumer.Deposit(f"d{number}", "ann", 10) for number in (1, 2))


def consumer(name):
    kind = idempotent_consumer.Consumer
    return Process(name, kind, lambda ports: kind(ports.queue("queue"), ports.table("accounts")))


def deposits(*messages):
    return (
        Store("queue", "queue", messages),
        Store("accounts", "table"),
        *map(consumer, "ab"),
    )


async def consume_all(stage, *consumers):
    """Let everybody take messages until none is left."""
    while any(await asyncio.gather(*(stage.call(name, "consume") for name in consumers))):
        pass


@contract(idempotent_consumer, *deposits(FIRST, FIRST, SECOND, FIRST))
async def a_message_that_comes_twice_is_applied_once(stage):
    await consume_all(stage, "a", "b")
    assert stage.stored("accounts", "ann").balance == 20


@contract(idempotent_consumer, *deposits(FIRST, SECOND), waits=True)
async def a_consumer_that_is_gone_loses_and_doubles_nothing(stage):
    stage.call("a", "consume")
    await stage.turns(10)
    stage.crash("a")
    await stage.wait(31)
    await consume_all(stage, "b")
    assert stage.stored("accounts", "ann").balance == 20


@contract(idempotent_consumer, *deposits(FIRST, SECOND), waits=True)
async def a_consumer_that_is_too_slow_is_overtaken_and_does_no_harm(stage):
    stage.lose("accounts", "get")
    stage.call("a", "consume")
    await stage.wait(31)
    await consume_all(stage, "b")
    assert stage.stored("accounts", "ann").balance == 20


# Saga


class Ledger:
    """A service of the shop: acts once for a key, and never for one that was taken back.

    Args:
        refusal: Why it does nothing; empty when it does.
    """

    def __init__(self, refusal=""):
        self.refusal, self.standing, self.undone = refusal, set(), set()

    async def create(self, items, amount, key):
        return self._act(key)

    async def reserve(self, items, key):
        return self._act(key)

    async def charge(self, amount, key):
        return self._act(key)

    async def cancel(self, key):
        self._undo(key)

    async def release(self, key):
        self._undo(key)

    async def refund(self, key):
        self._undo(key)

    async def count(self):
        return len(self.standing)

    def _act(self, key):
        if self.refusal or key in self.undone:
            raise ValueError(self.refusal or "taken back")
        self.standing.add(key)
        return f"for {key}"

    def _undo(self, key):
        self.undone.add(key)
        self.standing.discard(key)


SERVICES = ("order", "inventory", "payment")


class Shop:
    """Places orders by the saga."""

    def __init__(self, *ports):
        self.saga = saga.order_saga(*ports)

    async def place(self, name):
        return await self.saga.execute({"items": ("book",), "amount": 20}, name)

    async def resume(self, name):
        return await self.saga.resume(name)


def shop(name):
    return Process(name, Shop, lambda p: Shop(*map(p.peer, SERVICES), p.table("log")))


def market(refusing="", refusal=""):
    services = [
        Process(name, Ledger, lambda _ports, name=name: Ledger(refusal if name == refusing else ""))
        for name in SERVICES
    ]
    return (Store("log", "table"), *services, shop("shop"), shop("successor"))


async def standing(stage):
    return [await stage.call(service, "count") for service in SERVICES]


@contract(saga, *market())
async def an_order_that_is_placed_stands_everywhere(stage):
    result = await stage.call("shop", "place", "o1")
    assert result.success
    assert dict(result.data)["payment_id"] == "for o1/payment"
    assert await standing(stage) == [1, 1, 1]


async def after_a_refusal_nothing_stands(stage):
    result = await stage.call("shop", "place", "o1")
    assert (result.success, result.error, result.outstanding) == (False, "sorry", ())
    assert await standing(stage) == [0, 0, 0]


for refusing in SERVICES:
    contract(saga, *market(refusing, "sorry"))(after_a_refusal_nothing_stands)


@contract(saga, *market())
async def orders_at_once_do_not_touch_each_other(stage):
    placed = await asyncio.gather(*(stage.call("shop", "place", f"o{number}") for number in range(3)))
    assert all(result.success for result in placed)
    assert await standing(stage) == [3, 3, 3]


@contract(saga, *market(), waits=True)
async def what_arrives_again_counts_once(stage):
    for service, operation in zip(SERVICES, ("create", "reserve", "charge"), strict=True):
        stage.repeat(service, operation)
    assert (await stage.call("shop", "place", "o1")).success
    await stage.wait(1)
    assert await standing(stage) == [1, 1, 1]


@contract(saga, *market(), waits=True)
async def a_payment_of_which_nothing_is_known_is_taken_back(stage):
    stage.lose("payment", "charge")
    stage.lose("inventory", "release")
    result = await stage.call("shop", "place", "o1")
    await stage.wait(1)
    assert (result.success, result.outstanding) == (False, ())
    assert await standing(stage) == [0, 0, 0]


@contract(saga, *market(), waits=True)
async def wherever_the_shop_stops_another_ends_what_it_began(stage):
    stage.call("shop", "place", "o1")
    await stage.turns(20)
    stage.crash("shop")
    await stage.wait(5)
    begun = stage.stored("log", "o1") is not None
    resumed = stage.call("successor", "resume", "o1")
    if begun:
        success = (await resumed).success
    else:
        success = False
        assert (await failure_of(resumed)).error == "LookupError"
    await stage.wait(5)
    assert await standing(stage) == [int(success)] * 3
