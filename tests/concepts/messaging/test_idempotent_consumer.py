"""Idempotent consumer: every order in which two workers can come, over a queue that delivers again."""

import asyncio
import doctest
import types

import pytest

from sdtutor.core.ports import Delivery, PeerError
from sdtutor.reference.messaging import idempotent_consumer as reference
from sdtutor.textbook.messaging import idempotent_consumer as textbook


@types.coroutine
def pause():
    yield


class Queue:
    """Hands out every message to whoever asks, as if each time had run out at once."""

    def __init__(self, *messages):
        self.left, self.deliveries, self.back = list(messages), 0, []

    async def pull(self, *, hold=30.0):
        await pause()
        if not self.left:
            return None
        self.deliveries += 1
        return Delivery(str(self.deliveries), self.left[0], self.deliveries)

    async def ack(self, receipt):
        await pause()
        return bool(self.left and self.left.pop(0))

    async def nack(self, receipt):
        self.back.append(receipt)
        return True


class Table:
    """Each call waits before it takes effect."""

    def __init__(self, **rows):
        self.rows, self.interfere = rows, lambda: None

    async def get(self, key):
        await pause()
        return self.rows.get(key)

    async def put(self, key, row):
        await pause()
        self.rows[key] = row

    async def compare_and_set(self, key, expected, row):
        await pause()
        self.interfere()
        if self.rows.get(key) != expected:
            return False
        self.rows[key] = row
        return True


def consumer(code, queue, table, **options):
    if code is textbook:
        return textbook.Consumer(queue, table, table)
    return reference.Consumer(queue, table, **options)


def finish(coroutine):
    """Run a coroutine alone to its end."""
    while True:
        try:
            coroutine.send(None)
        except StopIteration as end:
            return end.value


def balance(table):
    row = table.rows.get("ann")
    return getattr(row, "balance", row) or 0


def ends(code, stops=False):
    """Return the balances after each order of the calls of two workers that are handed one deposit.

    With ``stops`` one of the two may die before any of its calls; then the other is followed by a third.
    """
    found, choices = set(), []
    while True:
        queue, table = Queue(code.Deposit("d1", "ann", 10)), Table()
        running = {name: consumer(code, queue, table).consume() for name in "ab"}
        for coroutine in running.values():
            coroutine.send(None)
        depth = 0
        while running:
            moves = [("run", name) for name in running]
            moves += [("die", "a")] if stops and len(running) == 2 else []
            if depth == len(choices):
                choices.append([0, 0])
            choices[depth][1] = len(moves)
            what, name = moves[choices[depth][0]]
            try:
                running[name].close() if what == "die" else running[name].send(None)
            except StopIteration:
                del running[name]
            else:
                if what == "die":
                    del running[name]
            depth += 1
        finish(consumer(code, queue, table).consume())
        found.add(balance(table))
        while choices and choices[-1][0] + 1 == choices[-1][1]:
            choices.pop()
        if not choices:
            return found
        choices[-1][0] += 1


def test_no_order_of_two_workers_makes_the_reference_pay_twice():
    assert ends(reference) == {10}


def test_no_order_and_no_death_makes_the_reference_pay_twice_or_never():
    assert ends(reference, stops=True) == {10}


def test_some_order_of_two_workers_makes_the_textbook_pay_twice():
    assert ends(textbook) == {10, 20}


def test_a_death_between_the_money_and_the_note_makes_the_textbook_pay_twice():
    queue, table = Queue(textbook.Deposit("d1", "ann", 10)), Table()
    dying = consumer(textbook, queue, table).consume()
    while balance(table) == 0:
        dying.send(None)
    dying.close()
    assert table.rows == {"ann": 10}
    assert finish(consumer(textbook, queue, table).consume()) == "d1"
    assert table.rows == {"ann": 20, "d1": True}


def test_the_textbook_loses_one_of_two_deposits_that_are_added_at_once():
    table = Table()
    adding = [
        consumer(textbook, Queue(), table).apply(textbook.Deposit(name, "ann", amount))
        for name, amount in (("d1", 10), ("d2", 500))
    ]
    for _ in range(2):
        for coroutine in adding:
            coroutine.send(None)
    for coroutine in adding:
        assert finish(coroutine) is None
    assert table.rows == {"ann": 500}


def test_the_reference_adds_both_of_two_deposits_at_once():
    table = Table()
    adding = [
        consumer(reference, Queue(), table).apply(reference.Deposit(name, "ann", amount))
        for name, amount in (("d1", 10), ("d2", 500))
    ]
    for _ in range(2):
        for coroutine in adding:
            coroutine.send(None)
    assert [finish(coroutine) for coroutine in adding] == [True, True]
    assert table.rows["ann"] == reference.Account(510, ("d1", "d2"))


@pytest.mark.parametrize("code", [textbook, reference])
def test_a_message_is_acknowledged_after_its_effect_and_not_before(code):
    queue, table = Queue(code.Deposit("d1", "ann", 10)), Table()
    running = consumer(code, queue, table).consume()
    while balance(table) == 0:
        assert queue.left
        running.send(None)
    assert finish(running) == "d1"
    assert queue.left == []


@pytest.mark.parametrize("code", [textbook, reference])
def test_an_empty_queue_is_no_work(code):
    table = Table()
    assert finish(consumer(code, Queue(), table).consume()) is None
    assert table.rows == {}


def test_a_deposit_that_others_keep_overtaking_goes_back_to_the_queue():
    queue, table = Queue(reference.Deposit("d1", "ann", 10)), Table()
    numbers = iter(range(2, 99))

    def another_deposit():
        table.rows["ann"] = reference.Account(0, (f"d{next(numbers)}",))

    table.interfere = another_deposit
    assert finish(consumer(reference, queue, table).consume()) is None
    assert queue.back == ["1"]
    assert balance(table) == 0
    table.interfere = lambda: None
    assert finish(consumer(reference, queue, table).consume()) == "d1"
    assert balance(table) == 10


def test_a_copy_is_recognised_until_the_window_has_passed_over_it():
    for window in (1, 2, 5):
        table = Table()
        worker = consumer(reference, Queue(), table, window=window)
        for number in range(window):
            assert finish(worker.apply(reference.Deposit(f"d{number}", "ann", 10)))
        finish(worker.apply(reference.Deposit("d0", "ann", 10)))
        assert balance(table) == 10 * window
        finish(worker.apply(reference.Deposit("one more", "ann", 10)))
        finish(worker.apply(reference.Deposit("d0", "ann", 10)))
        assert balance(table) == 10 * (window + 2)
        assert len(table.rows["ann"].latest) == window


def test_accounts_remember_apart():
    table = Table()
    worker = consumer(reference, Queue(), table, window=1)
    for name in ("ann", "bob", "ann", "bob"):
        finish(worker.apply(reference.Deposit(f"d-{name}", name, 10)))
    assert [row.balance for row in table.rows.values()] == [10, 10]


def test_a_database_that_refuses_leaves_the_message_in_the_queue():
    queue, table = Queue(reference.Deposit("d1", "ann", 10)), Table()

    def fail():
        raise PeerError("down")

    table.interfere = fail
    with pytest.raises(PeerError):
        finish(consumer(reference, queue, table).consume())
    assert queue.left
    assert balance(table) == 0


def test_many_workers_on_a_real_event_loop_apply_each_deposit_once():
    class Yielding(Table):
        async def get(self, key):
            await asyncio.sleep(0)
            return self.rows.get(key)

        async def compare_and_set(self, key, expected, row):
            await asyncio.sleep(0)
            if self.rows.get(key) != expected:
                return False
            self.rows[key] = row
            return True

    table, deposits = Yielding(), [reference.Deposit(f"d{number}", "ann", 1) for number in range(20)]
    worker = consumer(reference, Queue(), table)

    async def apply(deposit):
        while not await worker.apply(deposit):
            await asyncio.sleep(0)

    async def everybody():
        await asyncio.gather(*(apply(deposit) for deposit in deposits * 3))

    asyncio.run(everybody())
    assert table.rows["ann"].balance == 20


def test_the_example_in_the_docstring_is_true():
    assert doctest.testmod(reference) == (0, 2)
