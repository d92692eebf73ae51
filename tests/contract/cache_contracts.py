"""What caches promise that many read and write: cache-aside, and cache-aside that loads a row once."""

import asyncio

from contracts import Process, Store, contract

from sdtutor.core.ports import PeerError
from sdtutor.reference.caching import cache_aside, cache_stampede

CACHE = Store("cache", "key_value")
ROUNDS = 4
OLD = Store("database", "table", {"k": "v1", **{f"k{number}": "v1" for number in range(ROUNDS)}})


# Cache-aside


def cached(name, code=cache_aside, **options):
    def make(ports):
        return code.CacheAside(ports.key_value("cache"), ports.table("database"), name, **options)

    return Process(name, code.CacheAside, make)


CACHED = (CACHE, OLD, *map(cached, ("reader_1", "reader_2", "writer")))


async def values_read(stage, *readers, key="k"):
    return [await stage.call(reader, "get", key) for reader in readers]


async def a_value_that_was_stored_is_read(stage):
    assert await values_read(stage, "reader_1", "reader_2") == ["v1", "v1"]
    await stage.call("writer", "set", "k", "v2")
    assert await values_read(stage, "reader_1", "writer", "reader_2") == ["v2"] * 3
    assert await stage.call("reader_1", "get", "absent") is None
    await stage.call("writer", "set", "absent", "here")
    assert await stage.call("reader_1", "get", "absent") == "here"


async def a_late_fill_does_not_bring_back_the_old_value(stage):
    for number in range(ROUNDS):
        key = f"k{number}"
        reads = [stage.call(reader, "get", key) for reader in ("reader_1", "reader_2")]
        await stage.turns(12)
        await stage.call("writer", "set", key, "v2")
        assert await values_read(stage, "reader_1", "reader_2", key=key) == ["v2", "v2"]
        assert {await read for read in reads} <= {"v1", "v2"}
        await stage.wait(1)
        assert await values_read(stage, "reader_1", "reader_2", key=key) == ["v2", "v2"]


contract(cache_aside, *CACHED)(a_value_that_was_stored_is_read)
contract(cache_aside, *CACHED, waits=True)(a_late_fill_does_not_bring_back_the_old_value)


@contract(cache_aside, *CACHED)
async def a_copy_spares_the_database(stage):
    assert await values_read(stage, "reader_1", "reader_1", "reader_2") == ["v1"] * 3
    assert stage.asked("database", "get") == 1


class Refusing:
    """A cache that is out of order."""

    async def get(self, key):
        raise PeerError("out of order")

    async def set(self, key, value, *, ttl=None, only_if_absent=False):
        raise PeerError("out of order")

    async def delete(self, key):
        raise TimeoutError

    async def compare_and_set(self, key, expected, value, *, ttl=None):
        raise PeerError("out of order")


def without_cache(name):
    kind = cache_aside.CacheAside
    return Process(name, kind, lambda ports: kind(Refusing(), ports.table("database"), name))


@contract(cache_aside, OLD, *map(without_cache, ("reader", "writer")))
async def a_cache_that_fails_makes_nothing_wrong(stage):
    assert await values_read(stage, "reader") == ["v1"]
    await stage.call("writer", "set", "k", "v2")
    assert await values_read(stage, "reader", "writer") == ["v2", "v2"]


# Cache stampede


def boarding(name):
    return cached(name, cache_stampede, ttl=100, pause=0.01)


FLYING = (CACHE, OLD, *map(boarding, ("reader_1", "reader_2", "writer")))
contract(cache_stampede, *FLYING)(a_value_that_was_stored_is_read)
contract(cache_stampede, *FLYING, waits=True)(a_late_fill_does_not_bring_back_the_old_value)


async def stampede(stage):
    readers = ("reader_1", "reader_2", "writer") * 4
    return await asyncio.gather(*(stage.call(reader, "get", "k") for reader in readers))


@contract(cache_stampede, *FLYING)
async def a_stampede_loads_a_cold_key_once(stage):
    assert await stampede(stage) == ["v1"] * 12
    assert stage.asked("database", "get") == 1
    await stage.call("writer", "set", "k", "v2")
    assert await stampede(stage) == ["v2"] * 12
    assert stage.asked("database", "get") == 2


@contract(cache_stampede, *FLYING, waits=True)
async def a_stampede_loads_an_expired_key_once(stage):
    await stampede(stage)
    await stage.wait(101)
    assert await stampede(stage) == ["v1"] * 12
    assert stage.asked("database", "get") == 2
