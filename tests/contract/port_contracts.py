"""What the ports promise, whoever implements them."""

import asyncio
import sys

from contracts import Process, Store, contract, failure_of

from sdtutor.core.ports import Delivery, KeyValue, Peer, Queue, Table


class CacheUser:
    """Uses a cache, with arguments in a row."""

    def __init__(self, cache: KeyValue) -> None:
        self.cache = cache

    async def get(self, key):
        return await self.cache.get(key)

    async def set(self, key, value, ttl=None, only_if_absent=False):
        return await self.cache.set(key, value, ttl=ttl, only_if_absent=only_if_absent)

    async def delete(self, key):
        return await self.cache.delete(key)

    async def swap(self, key, expected, value, ttl=None):
        return await self.cache.compare_and_set(key, expected, value, ttl=ttl)

    async def store_a_list(self, key):
        await self.cache.set(key, [1])


class TableUser:
    """Uses a table, and counts in it."""

    def __init__(self, table: Table) -> None:
        self.table = table

    async def get(self, key):
        return await self.table.get(key)

    async def put(self, key, row):
        return await self.table.put(key, row)

    async def swap(self, key, expected, row):
        return await self.table.compare_and_set(key, expected, row)

    async def count_one(self, key):
        while True:
            row = await self.table.get(key)
            if await self.table.compare_and_set(key, row, (row or 0) + 1):
                return


class QueueUser:
    """Uses a queue."""

    def __init__(self, queue: Queue) -> None:
        self.queue = queue

    async def publish(self, message):
        return await self.queue.publish(message)

    async def pull(self, hold=None):
        return await (self.queue.pull() if hold is None else self.queue.pull(hold=hold))

    async def ack(self, receipt):
        return await self.queue.ack(receipt)

    async def nack(self, receipt):
        return await self.queue.nack(receipt)


class Asker:
    """Asks another process."""

    def __init__(self, peer: Peer) -> None:
        self.peer = peer

    async def add(self, number):
        return await self.peer.call("add", number)

    async def refuse(self, why):
        return await self.peer.call("refuse", why)

    async def add_within(self, seconds, number):
        try:
            async with asyncio.timeout(seconds):
                return await self.peer.call("add", number)
        except TimeoutError:
            return "late"

    async def name_of_the_peer(self):
        return self.peer.name


class Adder:
    """Adds up what it is given."""

    def __init__(self):
        self.total = 0

    async def add(self, number):
        self.total += number
        await asyncio.sleep(0)
        return self.total

    async def refuse(self, why):
        raise ValueError(why)


HERE = sys.modules[__name__]
CACHE = Store("cache", "key_value")
TABLE = Store("table", "table")
QUEUE = Store("queue", "queue")
ADDER = Process("adder", Adder)


def cache_user(name="user"):
    return Process(name, CacheUser, lambda ports: CacheUser(ports.key_value("cache")))


def table_user(name="user"):
    return Process(name, TableUser, lambda ports: TableUser(ports.table("table")))


def queue_user(name="user"):
    return Process(name, QueueUser, lambda ports: QueueUser(ports.queue("queue")))


def asker(name="user"):
    return Process(name, Asker, lambda ports: Asker(ports.peer("adder")))


# KeyValue


@contract(HERE, CACHE, cache_user())
async def a_cache_returns_what_was_stored_last(stage):
    assert await stage.call("user", "get", "k") is None
    assert await stage.call("user", "set", "k", (1, "one")) is True
    assert await stage.call("user", "set", "other", 3) is True
    assert await stage.call("user", "set", "k", (2, "two")) is True
    assert await stage.call("user", "get", "k") == (2, "two")


@contract(HERE, CACHE, *map(cache_user, ("a", "b", "c")))
async def of_those_who_claim_an_absent_key_one_gets_it(stage):
    claims = {name: stage.call(name, "set", "k", name, None, True) for name in "abc"}
    stored = [name for name, claim in claims.items() if await claim]
    assert len(stored) == 1
    assert await stage.call("a", "get", "k") == stored[0]


@contract(HERE, CACHE, *map(cache_user, ("a", "b", "c")))
async def of_those_who_replace_an_expected_value_one_does(stage):
    await stage.call("a", "set", "k", 0)
    swaps = {name: stage.call(name, "swap", "k", 0, name) for name in "abc"}
    stored = [name for name, swap in swaps.items() if await swap]
    assert len(stored) == 1
    assert await stage.call("a", "get", "k") == stored[0]


@contract(HERE, CACHE, cache_user())
async def a_cache_replaces_nothing_where_something_else_was_expected(stage):
    assert await stage.call("user", "swap", "k", "v", "w") is False
    assert await stage.call("user", "get", "k") is None
    assert await stage.call("user", "swap", "k", None, "v") is True
    assert await stage.call("user", "swap", "k", None, "w") is False
    assert await stage.call("user", "get", "k") == "v"


@contract(HERE, CACHE, cache_user())
async def a_delete_tells_whether_there_was_anything(stage):
    await stage.call("user", "set", "k", 0)
    assert await stage.call("user", "delete", "k") is True
    assert await stage.call("user", "delete", "k") is False
    assert await stage.call("user", "get", "k") is None
    assert await stage.call("user", "set", "k", 1, None, True) is True


@contract(HERE, CACHE, cache_user())
async def what_holds_none_holds_nothing(stage):
    await stage.call("user", "set", "k", "v")
    await stage.call("user", "set", "k", None)
    assert await stage.call("user", "get", "k") is None
    assert await stage.call("user", "delete", "k") is False
    assert await stage.call("user", "set", "k", "w", None, True) is True


@contract(HERE, CACHE, cache_user(), waits=True)
async def an_entry_expires_at_the_end_of_its_life(stage):
    await stage.call("user", "set", "k", "v", 10)
    await stage.call("user", "set", "kept", "v")
    await stage.wait(9)
    assert await stage.call("user", "get", "k") == "v"
    await stage.wait(2)
    assert await stage.call("user", "get", "k") is None
    assert await stage.call("user", "get", "kept") == "v"
    assert await stage.call("user", "delete", "k") is False
    assert await stage.call("user", "set", "k", "w", None, True) is True


@contract(HERE, CACHE, cache_user(), waits=True)
async def a_new_value_has_a_life_of_its_own(stage):
    await stage.call("user", "set", "set", "old", 10)
    await stage.call("user", "set", "swapped", "old", 10)
    await stage.call("user", "set", "deleted", "old", 10)
    await stage.wait(5)
    await stage.call("user", "set", "set", "new")
    await stage.call("user", "swap", "swapped", "old", "new", 10)
    await stage.call("user", "delete", "deleted")
    await stage.call("user", "set", "deleted", "new", 10, True)
    await stage.wait(7)
    for key in ("set", "swapped", "deleted"):
        assert await stage.call("user", "get", key) == "new"
    await stage.wait(4)
    assert [await stage.call("user", "get", key) for key in ("set", "swapped")] == ["new", None]


@contract(HERE, CACHE, cache_user())
async def what_could_be_changed_by_its_holder_is_not_sent(stage):
    failed = await failure_of(stage.call("user", "store_a_list", "k"))
    assert failed.error == "TypeError"
    assert await stage.call("user", "get", "k") is None


# Table


@contract(HERE, TABLE, table_user())
async def a_table_returns_what_was_stored_last(stage):
    assert await stage.call("user", "get", "k") is None
    assert await stage.call("user", "put", "k", 1) is None
    assert await stage.call("user", "put", "k", 2) is None
    assert await stage.call("user", "get", "k") == 2
    assert stage.stored("table", "k") == 2


@contract(HERE, TABLE, table_user())
async def a_table_replaces_the_expected_row_only(stage):
    assert await stage.call("user", "swap", "k", 1, 2) is False
    assert await stage.call("user", "swap", "k", None, 1) is True
    assert await stage.call("user", "swap", "k", None, 2) is False
    assert await stage.call("user", "get", "k") == 1
    assert await stage.call("user", "swap", "k", 1, 2) is True
    assert await stage.call("user", "get", "k") == 2


@contract(HERE, TABLE, *map(table_user, ("a", "b", "c")))
async def all_who_count_by_replacing_are_counted(stage):
    await asyncio.gather(*(stage.call(name, "count_one", "k") for name in "abcabc"))
    assert stage.stored("table", "k") == 6


# Queue


@contract(HERE, QUEUE, queue_user())
async def messages_are_given_once_and_in_the_order_of_publishing(stage):
    assert await stage.call("user", "pull") is None
    for message in ("x", "x", "y"):
        assert await stage.call("user", "publish", message) is None
    pulled = [await stage.call("user", "pull") for _ in range(4)]
    assert [delivery and delivery.message for delivery in pulled] == ["x", "x", "y", None]
    assert [delivery.attempt for delivery in pulled[:3]] == [1, 1, 1]
    assert len({delivery.receipt for delivery in pulled[:3]}) == 3
    assert isinstance(pulled[0], Delivery)


@contract(HERE, QUEUE, *map(queue_user, ("a", "b", "c")))
async def each_message_is_given_to_one_of_those_who_pull_at_once(stage):
    await asyncio.gather(*(stage.call("a", "publish", number) for number in range(2)))
    pulled = await asyncio.gather(*(stage.call(name, "pull") for name in "abc"))
    assert sorted(delivery.message for delivery in pulled if delivery) == [0, 1]


@contract(HERE, Store("queue", "queue", ("x", "y")), queue_user(), waits=True)
async def what_is_acknowledged_does_not_come_back(stage):
    first = await stage.call("user", "pull", 10)
    assert await stage.call("user", "ack", first.receipt) is True
    assert await stage.call("user", "ack", first.receipt) is False
    assert await stage.call("user", "nack", first.receipt) is False
    await stage.wait(11)
    second = await stage.call("user", "pull")
    assert second.message == "y"
    assert await stage.call("user", "pull") is None


@contract(HERE, Store("queue", "queue", ("x", "y")), queue_user())
async def what_is_handed_back_is_given_again_at_once_and_first(stage):
    first = await stage.call("user", "pull")
    assert await stage.call("user", "nack", first.receipt) is True
    assert await stage.call("user", "nack", first.receipt) is False
    again = await stage.call("user", "pull")
    assert (again.message, again.attempt) == ("x", 2)
    assert again.receipt != first.receipt
    assert await stage.call("user", "ack", first.receipt) is False
    assert await stage.call("user", "ack", again.receipt) is True


@contract(HERE, Store("queue", "queue", ("x",)), queue_user("a"), queue_user("b"), waits=True)
async def what_is_held_too_long_is_given_to_another(stage):
    first = await stage.call("a", "pull", 10)
    await stage.wait(9)
    assert await stage.call("b", "pull") is None
    await stage.wait(2)
    assert await stage.call("a", "nack", first.receipt) is False
    second = await stage.call("b", "pull", 10)
    assert (second.message, second.attempt) == ("x", 2)
    assert await stage.call("a", "ack", first.receipt) is False
    assert await stage.call("b", "ack", second.receipt) is True


@contract(HERE, Store("queue", "queue", ("x",)), queue_user(), waits=True)
async def the_latest_receipt_still_counts_when_the_message_waits_again(stage):
    only = await stage.call("user", "pull", 10)
    await stage.wait(11)
    assert await stage.call("user", "ack", only.receipt) is True
    assert await stage.call("user", "pull") is None


# Peer


@contract(HERE, ADDER, asker())
async def a_peer_returns_what_its_operation_returns(stage):
    assert await stage.call("user", "add", 2) == 2
    assert await stage.call("user", "add", 3) == 5
    assert await stage.call("user", "name_of_the_peer") == "adder"


@contract(HERE, ADDER, asker())
async def what_fails_in_a_peer_is_an_error_of_the_peer(stage):
    failed = await failure_of(stage.call("user", "refuse", "out of stock"))
    assert (failed.error, failed.text) == ("PeerError", "out of stock")
    assert (await failure_of(stage.call("user", "refuse", ""))).text == "ValueError"


@contract(HERE, ADDER, asker(), waits=True)
async def a_call_whose_reply_is_lost_has_had_its_effect(stage):
    stage.lose("adder", "add")
    assert await stage.call("user", "add_within", 1, 2) == "late"
    assert await stage.call("user", "add_within", 1, 3) == 5


@contract(HERE, ADDER, asker(), waits=True)
async def a_process_that_is_gone_does_not_answer(stage):
    stage.crash("adder")
    assert await stage.call("user", "add_within", 1, 2) == "late"
