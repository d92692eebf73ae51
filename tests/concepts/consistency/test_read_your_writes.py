"""Read your writes on plain asyncio: what a session sees, whoever serves it, and what its token costs."""

import asyncio
import random

import pytest

from sdtutor.core.ports import PeerError
from sdtutor.reference.consistency import read_your_writes as reference
from sdtutor.textbook.consistency import read_your_writes as textbook


class Local:
    """A peer in memory: every call waits some turns of the loop, a failure is a refusal.

    Args:
        lag: Turns before a call arrives, or a function that says how many.
    """

    def __init__(self, name, target, lag=0):
        self.name, self.target, self.lag = name, target, lag
        self.asked, self.down, self.open = [], False, asyncio.Event()
        self.open.set()

    async def call(self, operation, *arguments):
        self.asked.append(operation)
        for _ in range(self.lag() if callable(self.lag) else self.lag):
            await asyncio.sleep(0)
        if operation in ("append", "write"):
            await self.open.wait()
        if self.down:
            raise ConnectionError(self.name)
        try:
            return await getattr(self.target, operation)(*arguments)
        except (reference.Behind, reference.Unavailable) as error:
            raise PeerError(str(error)) from error


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


async def turns(number=30):
    """Let everything that is ready go on."""
    for _ in range(number):
        await asyncio.sleep(0)


class Shop:
    """A primary, replicas, and a server near each replica; replicas hear nothing until `tell`."""

    def __init__(self, replicas=1, lag=0):
        self.replicas = [Local(f"replica {n}", reference.Replica(), lag) for n in range(replicas)]
        self.primary = Local("primary", reference.Primary(self.replicas), lag)
        self.servers = [
            Local(
                f"server {n}",
                reference.ReadYourWritesConsistency(
                    self.primary, [self.replicas[n], *self.replicas[:n], *self.replicas[n + 1 :]]
                ),
                lag,
            )
            for n in range(replicas)
        ]
        for replica in self.replicas:
            replica.open.clear()

    async def tell(self, *numbers):
        for number in numbers:
            self.replicas[number].open.set()
        await turns()

    def primary_reads(self):
        return self.primary.asked.count("read")

    async def close(self):
        tasks = list(self.primary.target.shipping.values())
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)


def textbook_shop():
    replica = Local("replica", textbook.Replica())
    primary = Local("primary", textbook.Primary())
    server = textbook.ReadYourWritesConsistency(primary, [replica], lambda: replica)
    return server, primary, replica


# The textbook's defects


@on_a_loop
async def test_the_textbook_remembers_one_key_of_a_user():
    server, _, replica = textbook_shop()
    replica.open.clear()
    await server.write("ada", "a", 1)
    await server.write("ada", "b", 2)
    assert await server.read("ada", "b") == 2
    assert await server.read("ada", "a") is None


@on_a_loop
async def test_the_textbook_asks_the_primary_for_ever():
    server, primary, replica = textbook_shop()
    await server.write("ada", "a", 1)
    await turns()
    assert replica.target.rows == {"a": 1}
    for _ in range(10):
        await server.read("ada", "a")
    assert primary.asked.count("read") == 10


@on_a_loop
async def test_another_server_of_the_textbook_knows_nothing():
    server, primary, replica = textbook_shop()
    other = textbook.ReadYourWritesConsistency(primary, [replica], lambda: replica)
    replica.open.clear()
    await server.write("ada", "a", 1)
    assert [await server.read("ada", "a"), await other.read("ada", "a")] == [1, None]


# The reference


@on_a_loop
async def test_own_writes_are_read_through_any_server_of_all_keys():
    shop, ada = Shop(replicas=2), reference.Session()
    await ada.write(shop.servers[0], "a", 1)
    await ada.write(shop.servers[1], "b", 2)
    for server in shop.servers:
        assert [await ada.read(server, key) for key in "ab"] == [1, 2]
    await shop.close()


@on_a_loop
async def test_reads_go_back_to_the_replica_once_it_has_the_write():
    shop, ada = Shop(), reference.Session()
    await ada.write(shop.servers[0], "a", 1)
    assert await ada.read(shop.servers[0], "a") == 1
    assert shop.primary_reads() == 1
    await shop.tell(0)
    for _ in range(10):
        assert await ada.read(shop.servers[0], "a") == 1
    assert shop.primary_reads() == 1


@on_a_loop
async def test_who_wrote_nothing_never_costs_the_primary_a_read():
    shop, ada, bob = Shop(), reference.Session(), reference.Session()
    await ada.write(shop.servers[0], "a", 1)
    assert await bob.read(shop.servers[0], "a") is None
    assert shop.primary_reads() == 0
    await shop.close()


@on_a_loop
async def test_another_replica_is_asked_before_the_primary():
    shop, ada = Shop(replicas=2), reference.Session()
    await ada.write(shop.servers[0], "a", 1)
    await shop.tell(1)
    assert await ada.read(shop.servers[0], "a") == 1
    assert shop.primary_reads() == 0
    await shop.close()


@on_a_loop
async def test_who_has_seen_a_value_does_not_see_an_older_one():
    shop, ada, bob = Shop(replicas=2), reference.Session(), reference.Session()
    await ada.write(shop.servers[0], "a", 1)
    await shop.tell(0)
    assert [await bob.read(server, "a") for server in shop.servers] == [1, 1]
    assert bob.token == 1
    carol = reference.Session()
    assert await carol.read(shop.servers[1], "a") is None
    await shop.close()


@on_a_loop
async def test_a_read_of_an_old_row_does_not_ask_for_a_newer_copy_than_it_saw():
    shop, ada, bob = Shop(replicas=2), reference.Session(), reference.Session()
    await ada.write(shop.servers[0], "old", 1)
    await shop.tell(0, 1)
    shop.replicas[1].open.clear()
    await ada.write(shop.servers[0], "new", 2)
    await turns()
    assert await bob.read(shop.servers[0], "old") == 1
    assert (shop.replicas[0].target.position, bob.token) == (2, 1)
    assert await bob.read(shop.servers[1], "new") is None
    await shop.close()


@on_a_loop
async def test_a_copy_that_is_down_is_passed_over():
    shop, ada = Shop(), reference.Session()
    await ada.write(shop.servers[0], "a", 1)
    await shop.tell(0)
    shop.replicas[0].down = True
    assert await ada.read(shop.servers[0], "a") == 1


@on_a_loop
async def test_a_copy_that_does_not_answer_is_passed_over_after_a_while():
    shop, ada = Shop(), reference.Session()
    await ada.write(shop.servers[0], "a", 1)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(reference, "TIMEOUT", 0.01)
        shop.replicas[0].lag = 10**9
        assert await ada.read(shop.servers[0], "a") == 1
    await shop.close()


@on_a_loop
async def test_a_primary_that_lost_the_write_is_not_believed():
    shop, ada = Shop(), reference.Session()
    await ada.write(shop.servers[0], "a", 1)
    shop.primary.target = reference.Primary([])
    with pytest.raises(PeerError, match="Nobody is at 1"):
        await ada.read(shop.servers[0], "a")
    await shop.close()


class Slow:
    """A server that answers when it is told to, with what it is told."""

    def __init__(self):
        self.answers = []

    def call(self, *_question):
        self.answers.append(asyncio.get_running_loop().create_future())
        return self.answers[-1]


@on_a_loop
async def test_a_token_does_not_shrink_when_answers_overtake_each_other():
    server, ada = Slow(), reference.Session()
    calls = [asyncio.create_task(ada.write(server, "a", n)) for n in (1, 2)]
    calls += [asyncio.create_task(ada.read(server, "a"))]
    await turns(1)
    server.answers[1].set_result(2)
    await calls[1]
    server.answers[0].set_result(1)
    await calls[0]
    assert ada.token == 2
    server.answers[2].set_result(reference.Entry(1, "a", 1))
    await calls[2]
    assert ada.token == 2


# The log


@on_a_loop
async def test_a_replica_applies_what_comes_next_and_nothing_else():
    replica = reference.Replica()
    log = [reference.Entry(n, "a", n) for n in (1, 2, 3)]
    assert await replica.append((log[1],)) == 0
    assert await replica.append((log[0], log[1])) == 2
    assert await replica.append((log[0],)) == 2
    assert await replica.append((log[1], log[2])) == 3
    assert replica.rows == {"a": log[2]}


@on_a_loop
async def test_replicas_that_fail_for_a_while_catch_up():
    shop, ada = Shop(replicas=2), reference.Session()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(reference, "TIMEOUT", 0.001)
        shop.replicas[0].down = True
        await shop.tell(0, 1)
        for number in range(5):
            await ada.write(shop.servers[0], "a", number)
        await turns()
        assert shop.replicas[0].target.position == 0
        shop.replicas[0].down = False
        while shop.primary.target.shipping:
            await asyncio.sleep(0.001)
    assert [replica.target.rows["a"].value for replica in shop.replicas] == [4, 4]


@on_a_loop
async def test_a_replica_that_lost_everything_gets_everything_with_the_next_write():
    shop, ada = Shop(), reference.Session()
    await ada.write(shop.servers[0], "a", 1)
    await shop.tell(0)
    shop.replicas[0].target = reference.Replica()
    assert await ada.read(shop.servers[0], "a") == 1
    assert shop.primary_reads() == 1
    await ada.write(shop.servers[0], "b", 2)
    await turns()
    assert shop.replicas[0].target.position == 2


@pytest.mark.parametrize("seed", range(20))
def test_whatever_is_slow_sessions_read_their_writes_and_never_go_back(seed):
    """Three sessions over three servers; a value is the position of its write, so older ones are smaller."""
    draw = random.Random(seed)

    async def act(ada, shop, key):
        floor = {}
        for _ in range(25):
            server = draw.choice(shop.servers)
            name = draw.choice(key)
            if draw.random() < 0.4:
                before = ada.token
                await ada.write(server, name, None)
                assert ada.token > before
                floor[name] = ada.token
            else:
                entry = await server.call("read", name, ada.token)
                ada.token = max(ada.token, entry.position)
                assert entry.position >= floor.get(name, 0)
                floor[name] = entry.position

    async def all_of_them():
        shop = Shop(replicas=3, lag=lambda: draw.randrange(8))
        await shop.tell(0, 1, 2)
        await asyncio.gather(*(act(reference.Session(), shop, "ab") for _ in range(3)))
        while shop.primary.target.shipping:
            await asyncio.sleep(0)
        assert len({str(replica.target.rows) for replica in (*shop.replicas, shop.primary)}) == 1

    asyncio.run(all_of_them())
