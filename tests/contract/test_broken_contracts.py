"""A suite that cannot fail proves nothing: each fault here is seen, in both worlds."""

import asyncio
from dataclasses import replace

import memory
import port_contracts
import pytest
from contract_list import CONTRACTS
from in_the_world import play_in_the_world
from on_asyncio import play_on_asyncio
from test_contracts import ORDERS, SPEEDS

from sdtutor.engine import services
from sdtutor.reference.caching import cache_aside, cache_stampede
from sdtutor.reference.consistency import quorum, read_your_writes
from sdtutor.reference.databases import lost_update
from sdtutor.reference.messaging import idempotent_consumer
from sdtutor.reference.microservices import saga


async def fill_without_a_lease(self, key):
    row = await self.database.get(key)
    await self.cache.set(key, row, ttl=self.ttl)
    return row


async def fly_without_a_lease(self, key):
    row = await self.database.get(key)
    del self.boarding[key]
    await self.cache.set(key, cache_stampede.Copy(row), ttl=self.ttl)
    return cache_stampede.Landed(row, True)


async def load_alone(self, key):
    found = await self.cache.get(key)
    if isinstance(found, cache_stampede.Copy):
        return found.row
    row = await self.database.get(key)
    await self.cache.set(key, cache_stampede.Copy(row), ttl=self.ttl)
    return row


async def compensate_nothing(self, saga_id, at):
    return replace(at, undo=at.undo[1:])


async def compensate_only_what_is_done(self, saga_id, at):
    if at.undo[0] == list(self.steps)[at.done]:
        return replace(at, undo=at.undo[1:])
    name = at.undo[0]
    await self.steps[name].compensate(f"{saga_id}/{name}", dict(at.data))
    return replace(at, undo=at.undo[1:])


async def claim_success(self, saga_id):
    if await self.log.get(saga_id) is None:
        raise LookupError(saga_id)
    return saga.SagaResult(True)


async def store_unasked(self, account, amount, request):
    row = await self.table.get(account)
    if row.balance < amount:
        return False
    await self.table.put(account, row.after(amount, request))
    return True


def without_receipts(self, amount, request):
    return lost_update.Row(self.balance - amount, self.version + 1)


def forget_the_deposit(self, deposit, window):
    return idempotent_consumer.Account(self.balance + deposit.amount)


async def acknowledge_first(self):
    delivery = await self.queue.pull(hold=self.hold)
    if delivery is None:
        return None
    await self.queue.ack(delivery.receipt)
    await self.apply(delivery.message)
    return delivery.message.id


def ask_one(ask):
    async def asked(self, needed, operation, *arguments):
        return await ask(self, 1, operation, *arguments)

    return asked


async def read_without_repair(self, key, read_repair=True):
    newest, _ = await self._newest(key)
    return newest.value


def at_any_position(read):
    async def read_at_any_position(self, key, token):
        return await read(self, key, 0)

    return read_at_any_position


async def read_without_a_token(self, server, key):
    return (await server.call("read", key, self.token)).value


async def ship_once(self, replica):
    try:
        async with asyncio.timeout(1):
            await replica.call("append", tuple(self.log))
    except read_your_writes.FAILURES:
        return


BROKEN = {
    "cache-aside without its lease": (
        (cache_aside.CacheAside, "_load", fill_without_a_lease),
        "a_late_fill_does_not_bring_back_the_old_value",
    ),
    "a flight without its lease": (
        (cache_stampede.CacheAside, "_load", fly_without_a_lease),
        "a_late_fill_does_not_bring_back_the_old_value",
    ),
    "loads without a flight": (
        (cache_stampede.CacheAside, "get", load_alone),
        "a_stampede_loads_a_cold_key_once",
    ),
    "a saga without compensation": (
        (saga.SagaOrchestrator, "_back", compensate_nothing),
        "after_a_refusal_nothing_stands",
    ),
    "a saga that compensates nothing that may have failed": (
        (saga.SagaOrchestrator, "_back", compensate_only_what_is_done),
        "a_payment_of_which_nothing_is_known_is_taken_back",
    ),
    "a saga that is not resumed": (
        (saga.SagaOrchestrator, "resume", claim_success),
        "wherever_the_shop_stops_another_ends_what_it_began",
    ),
    "a withdrawal without the version check": (
        (lost_update.Accounts, "_take", store_unasked),
        "two_withdrawals_at_once_both_count",
    ),
    "a withdrawal without a receipt": (
        (lost_update.Row, "after", without_receipts),
        "a_withdrawal_whose_reply_is_lost_is_made_once",
    ),
    "an account that forgets ids": (
        (idempotent_consumer.Account, "after", forget_the_deposit),
        "a_message_that_comes_twice_is_applied_once",
    ),
    "an acknowledgement before the work": (
        (idempotent_consumer.Consumer, "consume", acknowledge_first),
        "a_consumer_that_is_gone_loses_and_doubles_nothing",
    ),
    "a quorum of one": (
        (quorum.QuorumRegister, "_ask", ask_one(quorum.QuorumRegister._ask)),
        "a_read_sees_the_write_that_was_acknowledged",
    ),
    "reads without repair": (
        (quorum.QuorumRegister, "read", read_without_repair),
        "what_a_reader_returned_no_later_reader_misses",
    ),
    "a copy that answers from behind": (
        (read_your_writes.Replica, "read", at_any_position(read_your_writes.Replica.read)),
        "everybody_reads_their_own_writes_from_any_server",
    ),
    "a session that forgets what it read": (
        (read_your_writes.Session, "read", read_without_a_token),
        "no_read_goes_behind_an_earlier_one",
    ),
    "a log that is shipped once": (
        (read_your_writes.Primary, "_ship", ship_once),
        "every_copy_hears_of_every_write_though_replies_are_lost",
    ),
}
"""The method that is replaced and by what, and the contract that this breaks."""


def fails(contracts, play, seeds):
    """Tell whether one of the contracts is broken in one of the orders."""
    for contract in contracts:
        for seed in seeds:
            try:
                play(contract, seed)
            except AssertionError:
                return True
    return False


@pytest.mark.parametrize("fault", BROKEN)
def test_a_reference_that_is_broken_breaks_a_contract_in_both_worlds(fault, monkeypatch):
    (owner, name, replacement), broken = BROKEN[fault]
    monkeypatch.setattr(owner, name, replacement)
    contracts = [
        contract
        for contract in CONTRACTS
        if contract.source.__name__ == owner.__module__ and contract.play.__name__ == broken
    ]
    assert fails(contracts, play_in_the_world, ORDERS)
    assert fails(contracts, play_on_asyncio, SPEEDS)


PORTS = [contract for contract in CONTRACTS if contract.source is port_contracts]


@pytest.mark.parametrize(
    ("kind", "operation", "replacement"),
    [
        ("key_value", "set", lambda e, k, v, ttl, _: services._set(e, k, v, ttl, False)),
        ("key_value", "set", lambda e, k, v, _, absent: services._set(e, k, v, None, absent)),
        ("key_value", "compare_and_set", lambda e, k, _, v, ttl: services._set(e, k, v, ttl, False)),
        ("key_value", "delete", lambda _entries, _key: services.Answer(True)),
        ("table", "compare_and_set", lambda e, k, _, row: services._set(e, k, row, None, False)),
        ("queue", "pull", lambda e, _hold: services._pull(e, 1_000_000.0)),
        ("queue", "ack", lambda _entries, _receipt: services.Answer(True)),
        ("queue", "nack", lambda _entries, _receipt: services.Answer(True)),
    ],
)
def test_a_service_of_the_world_that_is_broken_breaks_a_contract_of_its_port(
    kind, operation, replacement, monkeypatch
):
    monkeypatch.setitem(services.OPERATIONS[kind], operation, replacement)
    assert fails(PORTS, play_in_the_world, ORDERS)


@pytest.mark.parametrize(
    ("store", "operation", "replacement"),
    [
        (
            memory.Cells,
            "set",
            lambda self, k, v, _ttl, _absent: bool(self.cells.update({k: (v, None)})) or True,
        ),
        (memory.Cells, "compare_and_set", lambda self, k, _, v, ttl: self.set(k, v, ttl, False)),
        (memory.Cells, "delete", lambda _self, _key: True),
        (memory.Rows, "compare_and_set", lambda self, k, _, row: bool(self.rows.update({k: row})) or True),
        (memory.Letters, "ack", lambda _self, _receipt: True),
        (memory.Letters, "nack", lambda _self, _receipt: True),
    ],
)
def test_a_port_in_memory_that_is_broken_breaks_a_contract(store, operation, replacement, monkeypatch):
    monkeypatch.setattr(store, operation, replacement)
    assert fails(PORTS, play_on_asyncio, SPEEDS)


async def waiting(stage):
    await asyncio.get_running_loop().create_future()


@pytest.mark.parametrize("play", [play_in_the_world, play_on_asyncio])
def test_a_contract_that_waits_for_ever_fails(play):
    with pytest.raises(AssertionError, match="waits for ever"):
        play(replace(PORTS[0], play=waiting), 1)
