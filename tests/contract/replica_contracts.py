"""What replicas promise: a register used by quorum, and sessions that read their own writes."""

import asyncio

from contracts import Process, contract, failure_of

from sdtutor.reference.consistency import quorum, read_your_writes

# Quorum

REPLICAS = ("one", "two", "three")


def registered(name, **quorums):
    def make(ports):
        return quorum.QuorumRegister([*map(ports.peer, REPLICAS)], name=name, **quorums)

    return Process(name, quorum.QuorumRegister, make)


def register(**quorums):
    replicas = [Process(name, quorum.Replica) for name in REPLICAS]
    return (*replicas, *(registered(name, **quorums) for name in ("a", "b", "c")))


async def a_read_sees_the_write_that_was_acknowledged(stage):
    assert await stage.call("b", "read", "k") is None
    for number, writer in enumerate("aba"):
        await stage.call(writer, "write", "k", number)
        assert [await stage.call(reader, "read", "k") for reader in "cb"] == [number, number]


contract(quorum, *register())(a_read_sees_the_write_that_was_acknowledged)
contract(quorum, *register(write_quorum=3, read_quorum=1))(a_read_sees_the_write_that_was_acknowledged)


async def what_a_reader_returned_no_later_reader_misses(stage):
    await stage.call("a", "write", "k", 0)
    for value in (1, 2, 3):
        write = stage.call("a", "write", "k", value)
        await stage.turns(6)
        seen = [await stage.call(reader, "read", "k") for reader in "bcbc"]
        assert None not in seen
        assert seen == sorted(seen)
        await write
        assert await stage.call("b", "read", "k") == value


contract(quorum, *register())(what_a_reader_returned_no_later_reader_misses)
contract(quorum, *register(write_quorum=3, read_quorum=1))(what_a_reader_returned_no_later_reader_misses)


@contract(quorum, *register())
async def two_writers_leave_one_value(stage):
    await asyncio.gather(stage.call("a", "write", "k", "of a"), stage.call("b", "write", "k", "of b"))
    assert {await stage.call(reader, "read", "k") for reader in "abc"} in ({"of a"}, {"of b"})


@contract(quorum, *register())
async def one_replica_of_three_may_be_gone(stage):
    await stage.call("a", "write", "k", 1)
    stage.crash("two")
    assert await stage.call("b", "read", "k") == 1
    await stage.call("b", "write", "k", 2)
    assert await stage.call("c", "read", "k") == 2


@contract(quorum, *register(), waits=True)
async def a_write_that_arrives_again_brings_nothing_back(stage):
    for replica in REPLICAS:
        stage.repeat(replica, "write")
    for value in (1, 2):
        await stage.call("a", "write", "k", value)
    await stage.wait(0.5)
    assert [(await stage.call(replica, "read", "k")).value for replica in REPLICAS] == [2, 2, 2]


@contract(quorum, *register(), waits=True)
async def with_two_of_three_gone_nothing_is_promised(stage):
    stage.crash("one")
    stage.crash("three")
    for call in (stage.call("a", "write", "k", 1), stage.call("b", "read", "k")):
        assert (await failure_of(call)).error == "QuorumError"


# Read your writes


class User:
    """Somebody with a session, and two servers to go to."""

    def __init__(self, *servers):
        self.session, self.servers = read_your_writes.Session(), servers

    async def write(self, server, value):
        await self.session.write(self.servers[server], "k", value)

    async def read(self, server):
        return await self.session.read(self.servers[server], "k")


def server(name, *nearest):
    kind = read_your_writes.ReadYourWritesConsistency
    return Process(name, kind, lambda p: kind(p.peer("primary"), [*map(p.peer, nearest)]))


def user(name):
    return Process(name, User, lambda p: User(p.peer("east"), p.peer("west")))


def primary(ports):
    return read_your_writes.Primary([*map(ports.peer, ("replica_1", "replica_2"))])


SESSIONS = (
    Process("replica_1", read_your_writes.Replica),
    Process("replica_2", read_your_writes.Replica),
    Process("primary", read_your_writes.Primary, primary),
    server("east", "replica_1", "replica_2"),
    server("west", "replica_2", "replica_1"),
    user("ann"),
    user("bob"),
)


@contract(read_your_writes, *SESSIONS)
async def everybody_reads_their_own_writes_from_any_server(stage):
    for value in range(3):
        await stage.call("ann", "write", value % 2, value)
        assert [await stage.call("ann", "read", place) for place in (0, 1)] == [value, value]


@contract(read_your_writes, *SESSIONS)
async def no_read_goes_behind_an_earlier_one(stage):
    async def write():
        for value in range(1, 7):
            await stage.call("bob", "write", 1, value)

    await stage.call("ann", "write", 0, 0)
    writing = asyncio.create_task(write())
    seen = [await stage.call("ann", "read", place) for place in (0, 1) * 6]
    assert None not in seen
    assert seen == sorted(seen)
    await writing


@contract(read_your_writes, *SESSIONS, waits=True)
async def copies_that_are_gone_hide_no_write(stage):
    await stage.call("ann", "write", 0, "v1")
    stage.crash("replica_1")
    await stage.call("ann", "write", 0, "v2")
    assert [await stage.call("ann", "read", place) for place in (0, 1)] == ["v2", "v2"]
    stage.crash("replica_2")
    await stage.call("ann", "write", 1, "v3")
    assert [await stage.call("ann", "read", place) for place in (0, 1)] == ["v3", "v3"]


@contract(read_your_writes, *SESSIONS, waits=True)
async def every_copy_hears_of_every_write_though_replies_are_lost(stage):
    stage.lose("replica_1", "append")
    await stage.call("ann", "write", 0, "v1")
    await stage.call("bob", "write", 0, "v2")
    await stage.wait(5)
    for replica in ("replica_1", "replica_2"):
        assert (await stage.call(replica, "read", "k", 0)).value == "v2"
