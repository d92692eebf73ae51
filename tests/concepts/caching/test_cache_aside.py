"""Cache-aside: every order in which calls can arrive, and what failures cost."""

import math
import types

import pytest

from sdtutor.core.ports import PeerError
from sdtutor.reference.caching import cache_aside as reference
from sdtutor.textbook.caching import cache_aside as textbook


@types.coroutine
def pause():
    yield


class Cache:
    """Each call waits before it takes effect; calls whose number is in ``fails`` are refused."""

    def __init__(self, rows=(), fails=()):
        self.rows, self.ttls, self.fails, self.calls = dict(rows), {}, set(fails), []

    async def arrive(self, operation):
        await pause()
        self.calls.append(operation)
        if len(self.calls) in self.fails:
            raise PeerError(f"cache.{operation} failed")

    async def get(self, key):
        await self.arrive("get")
        return self.rows.get(key)

    async def set(self, key, value, *, ttl=None, only_if_absent=False):
        await self.arrive("set")
        if only_if_absent and key in self.rows:
            return False
        self.rows[key], self.ttls[key] = value, ttl
        return True

    async def delete(self, key):
        await self.arrive("delete")
        return self.rows.pop(key, None) is not None

    async def compare_and_set(self, key, expected, value, *, ttl=None):
        await self.arrive("compare_and_set")
        if self.rows.get(key) != expected:
            return False
        self.rows[key], self.ttls[key] = value, ttl
        return True


class Database:
    def __init__(self, **rows):
        self.rows, self.reads = rows, 0

    async def get(self, key):
        await pause()
        self.reads += 1
        return self.rows.get(key)

    async def put(self, key, row):
        await pause()
        self.rows[key] = row


def finish(coroutine):
    """Run a coroutine alone to its end."""
    while True:
        try:
            coroutine.send(None)
        except StopIteration as end:
            return end.value


def interleavings(start):
    """Yield the world after each order of the calls of some coroutines, with the order.

    ``start`` makes a fresh world and its coroutines, each at its first call. Orders are tried like an
    odometer: the last choice that has an alternative moves on.
    """
    choices = []
    while True:
        world, running = start()
        running, order, depth = dict(running), [], 0
        while running:
            if depth == len(choices):
                choices.append([0, 0])
            choices[depth][1] = len(running)
            name = list(running)[choices[depth][0]]
            order.append(name)
            try:
                running[name].send(None)
            except StopIteration:
                del running[name]
            depth += 1
        yield world, order
        while choices and choices[-1][0] + 1 == choices[-1][1]:
            choices.pop()
        if not choices:
            return
        choices[-1][0] += 1


def race(code, readers, options):
    def start():
        cache, database = Cache(), Database(k="old")
        running = {name: code.CacheAside(cache, database, **options(name)).get("k") for name in readers}
        running["writer"] = code.CacheAside(cache, database, **options("writer")).set("k", "new")
        for coroutine in running.values():
            coroutine.send(None)
        return (cache, database), running

    return interleavings(start)


def owned(name):
    return {"owner": name}


def stale_orders(code, readers, options):
    orders = []
    for (cache, database), order in race(code, readers, options):
        if finish(code.CacheAside(cache, database, **options("later")).get("k")) != "new":
            orders.append(order)
    return orders


def test_the_textbook_caches_the_old_value_when_the_writer_overtakes_the_reader():
    orders = stale_orders(textbook, ["reader"], lambda name: {})
    assert orders == [["reader", "reader", "writer", "writer", "reader"]]


@pytest.mark.parametrize("readers", [["reader"], ["reader 1", "reader 2"]])
def test_no_order_of_calls_leaves_the_reference_stale(readers):
    assert stale_orders(reference, readers, owned) == []


def test_every_order_is_tried():
    orders = {tuple(order) for _, order in race(reference, ["reader"], owned)}
    assert len(orders) == math.comb(6, 2)


def test_of_two_readers_that_miss_together_one_fills_the_cache():
    cache, database = Cache(), Database(k=1)
    reads = [reference.CacheAside(cache, database, name).get("k") for name in ("a", "b")]
    for read in reads * 2:
        read.send(None)
    assert [finish(read) for read in reads] == [1, 1]
    assert cache.calls.count("compare_and_set") == 1


def test_leases_of_one_name_bring_the_race_back():
    assert stale_orders(reference, ["reader 1", "reader 2"], lambda name: {}) != []


def test_a_value_is_cached_for_an_hour_and_its_absence_briefly():
    cache, database = Cache(), Database(k=0)
    system = reference.CacheAside(cache, database)
    for _ in range(3):
        assert finish(system.get("k")) == 0
        assert finish(system.get("gone")) is None
    assert database.reads == 2
    assert cache.ttls == {"k": 3600, "gone": reference.ABSENT_TTL}


def test_the_textbook_reads_an_absent_row_every_time():
    database = Database()
    system = textbook.CacheAside(Cache(), database)
    assert [finish(system.get("gone")) for _ in range(5)] == [None] * 5
    assert database.reads == 5


def test_a_row_added_by_a_writer_replaces_its_absence():
    system = reference.CacheAside(Cache(), Database())
    assert finish(system.get("k")) is None
    finish(system.set("k", 1))
    assert finish(system.get("k")) == 1


def test_who_meets_a_lease_reads_the_database_and_leaves_the_lease():
    lease = reference.Lease("another", 1)
    cache, database = Cache({"k": lease}), Database(k=1)
    assert finish(reference.CacheAside(cache, database).get("k")) == 1
    assert cache.rows == {"k": lease}


@pytest.mark.parametrize("broken", [{1}, {2}, {3}, {1, 2, 3}])
def test_a_cache_that_fails_does_not_fail_a_read(broken):
    system = reference.CacheAside(Cache(fails=broken), Database(k=1))
    assert finish(system.get("k")) == 1


def test_a_delete_is_tried_again_but_not_for_ever():
    once, ever = Cache({"k": "old"}, fails={1}), Cache({"k": "old"}, fails=range(99))
    finish(reference.CacheAside(once, Database()).set("k", "new"))
    assert once.rows == {}
    finish(reference.CacheAside(ever, Database()).set("k", "new"))
    assert ever.calls == ["delete"] * reference.DELETE_ATTEMPTS


def test_the_textbook_tells_a_writer_that_a_write_failed_that_did_not():
    database = Database(k="old")
    with pytest.raises(PeerError):
        finish(textbook.CacheAside(Cache({"k": "old"}, fails={1}), database).set("k", "new"))
    assert database.rows == {"k": "new"}
