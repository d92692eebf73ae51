"""Cache stampede on plain asyncio: how often a row is loaded, and what callers share."""

import asyncio

import pytest

from sdtutor.core.ports import PeerError
from sdtutor.reference.caching import cache_stampede as reference
from sdtutor.textbook.caching import cache_stampede as textbook

QUICK = 0.001
"""Seconds between two questions of who met a lease."""


class Cache:
    """A cache in memory; every call waits one turn of the loop. Nothing expires but by `expire`."""

    def __init__(self):
        self.rows, self.ttls, self.asked = {}, {}, 0

    async def get(self, key):
        self.asked += 1
        await asyncio.sleep(0)
        return self.rows.get(key)

    async def set(self, key, value, *, ttl=None, only_if_absent=False):
        await asyncio.sleep(0)
        if only_if_absent and key in self.rows:
            return False
        self.rows[key], self.ttls[key] = value, ttl
        return True

    async def delete(self, key):
        await asyncio.sleep(0)
        return self.rows.pop(key, None) is not None

    async def compare_and_set(self, key, expected, value, *, ttl=None):
        await asyncio.sleep(0)
        if self.rows.get(key) != expected:
            return False
        self.rows[key], self.ttls[key] = value, ttl
        return True

    def expire(self, key):
        del self.rows[key]


class Database:
    """A table in memory that answers when it is told to: `gate` is open unless a test closes it."""

    def __init__(self, **rows):
        self.rows, self.reads, self.fails = rows, 0, 0
        self.gate = asyncio.Event()
        self.gate.set()

    async def get(self, key):
        self.reads += 1
        row = self.rows.get(key)
        await self.gate.wait()
        await asyncio.sleep(0)
        if self.fails:
            self.fails -= 1
            raise PeerError("too many connections")
        return row

    async def put(self, key, row):
        await asyncio.sleep(0)
        self.rows[key] = row


def on_a_loop(test):
    """Return a test that runs a coroutine, and fails where it waits for ever."""

    async def in_time():
        async with asyncio.timeout(5):
            await test()

    def run():
        asyncio.run(in_time())

    run.__name__ = test.__name__
    run.__doc__ = test.__doc__
    return run


async def turns(number=20):
    """Let everything that is ready go on."""
    for _ in range(number):
        await asyncio.sleep(0)


def processes(count, cache, database):
    return [reference.CacheAside(cache, database, f"app {n}", pause=QUICK) for n in range(count)]


@on_a_loop
async def test_a_hundred_reads_of_a_cold_key_are_a_hundred_loads_in_the_textbook():
    database = Database(k=1)
    system = textbook.CacheAside(Cache(), database)
    assert await asyncio.gather(*(system.get("k") for _ in range(100))) == [1] * 100
    assert database.reads == 100


@on_a_loop
async def test_a_hundred_reads_in_one_process_are_one_load_in_the_reference():
    cache, database = Cache(), Database(k=1)
    [system] = processes(1, cache, database)
    assert await asyncio.gather(*(system.get("k") for _ in range(100))) == [1] * 100
    assert (database.reads, cache.asked) == (1, 100)


@on_a_loop
async def test_a_hundred_reads_in_five_processes_are_one_load():
    cache, database = Cache(), Database(k=1)
    systems = processes(5, cache, database)
    assert await asyncio.gather(*(systems[n % 5].get("k") for n in range(100))) == [1] * 100
    assert database.reads == 1
    cache.expire("k")
    assert await asyncio.gather(*(systems[n % 5].get("k") for n in range(100))) == [1] * 100
    assert database.reads == 2


@on_a_loop
async def test_different_keys_do_not_wait_for_each_other():
    database = Database(a=1, b=2)
    [system] = processes(1, Cache(), database)
    database.gate.clear()
    reads = [asyncio.create_task(system.get(key)) for key in "ab"]
    await turns()
    assert database.reads == 2
    database.gate.set()
    assert await asyncio.gather(*reads) == [1, 2]


@on_a_loop
async def test_that_a_row_is_absent_is_loaded_once_as_well():
    cache, database = Cache(), Database()
    [system] = processes(1, cache, database)
    assert await asyncio.gather(*(system.get("gone") for _ in range(10))) == [None] * 10
    assert await system.get("gone") is None
    assert database.reads == 1


@pytest.mark.parametrize("leavers", [[0], [0, 1], [1, 2]], ids=["the first", "the first two", "later ones"])
def test_callers_that_leave_take_nobody_with_them(leavers):
    async def leave():
        database = Database(k=1)
        [system] = processes(1, Cache(), database)
        database.gate.clear()
        reads = [asyncio.create_task(system.get("k")) for _ in range(4)]
        await turns()
        for leaver in leavers:
            reads[leaver].cancel()
        await turns()
        database.gate.set()
        outcomes = await asyncio.gather(*reads, return_exceptions=True)
        for number, outcome in enumerate(outcomes):
            assert isinstance(outcome, asyncio.CancelledError) if number in leavers else outcome == 1
        assert database.reads == 1

    asyncio.run(leave())


@on_a_loop
async def test_a_flight_lands_when_all_its_callers_have_left():
    cache, database = Cache(), Database(k=1)
    [system] = processes(1, cache, database)
    database.gate.clear()
    read = asyncio.create_task(system.get("k"))
    await turns()
    read.cancel()
    database.gate.set()
    await turns()
    assert cache.rows == {"k": reference.Copy(1)}
    assert not system.flying
    assert not system.boarding


@on_a_loop
async def test_an_error_is_everybodys_and_keeps_the_database_alone_until_the_lease_ends():
    cache, database = Cache(), Database(k=1)
    here, there = processes(2, cache, database)
    database.fails = 1
    outcomes = await asyncio.gather(*(here.get("k") for _ in range(3)), return_exceptions=True)
    assert [type(outcome) for outcome in outcomes] == [PeerError] * 3
    later = [asyncio.create_task(system.get("k")) for system in (here, there)]
    await asyncio.sleep(5 * QUICK)
    assert database.reads == 1
    cache.expire("k")
    assert await asyncio.gather(*later) == [1, 1]
    assert database.reads == 2


@on_a_loop
async def test_a_database_that_hangs_frees_its_callers_and_the_next_flight_is_another():
    cache, database = Cache(), Database(k=1)
    [system] = processes(1, cache, database)
    database.gate.clear()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(reference, "LOAD_TIMEOUT", 0.01)
        outcomes = await asyncio.gather(*(system.get("k") for _ in range(3)), return_exceptions=True)
    assert [type(outcome) for outcome in outcomes] == [TimeoutError] * 3
    cache.expire("k")
    database.gate.set()
    assert await system.get("k") == 1


@on_a_loop
async def test_a_reader_that_boards_after_a_write_does_not_get_the_row_from_before():
    cache, database = Cache(), Database(k="old")
    [system] = processes(1, cache, database)
    database.gate.clear()
    first = asyncio.create_task(system.get("k"))
    await turns()
    await system.set("k", "new")
    second = asyncio.create_task(system.get("k"))
    await turns()
    assert database.reads == 1
    database.gate.set()
    assert await first == "old"
    assert await second == "new"
    assert cache.rows == {"k": reference.Copy("new")}


@on_a_loop
async def test_a_flight_takes_nobody_once_its_row_is_on_its_way_into_the_cache():
    cache, database = Cache(), Database(k="old")
    [system] = processes(1, cache, database)
    first = asyncio.create_task(system.get("k"))
    while "k" not in cache.rows or isinstance(cache.rows["k"], reference.Lease):
        await asyncio.sleep(0)
    assert not first.done()
    assert not system.boarding
    await first


def test_a_load_ends_before_its_lease_and_a_copy_lives_for_its_ttl():
    async def load():
        cache = Cache()
        await reference.CacheAside(cache, Database(k=1), ttl=60).get("k")
        return cache.ttls

    assert reference.LOAD_TIMEOUT < reference.LEASE_TTL
    assert asyncio.run(load()) == {"k": 60}
