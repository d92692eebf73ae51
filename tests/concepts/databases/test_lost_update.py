"""Lost update: every order in which requests can arrive, be late, or lose their replies."""

import asyncio
from itertools import count

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sdtutor.reference.databases import lost_update as reference
from sdtutor.textbook.databases import lost_update as textbook

ENDLESS = 3600  # seconds: no timer fires by itself
OPENED_WITH = 100


class Bank:
    """A table of one row; each request waits until the test says what becomes of it."""

    def __init__(self, row):
        self.row, self.waiting, self.late = row, [], []

    async def get(self, _key):
        return await self._ask(lambda: self.row)

    async def put(self, _key, row):
        return await self._ask(lambda: self._store(row))

    async def compare_and_set(self, _key, expected, row):
        return await self._ask(lambda: self.row == expected and self._store(row))

    def _store(self, row):
        self.row = row
        return True

    async def _ask(self, effect):
        reply = asyncio.get_running_loop().create_future()
        self.waiting.append((effect, reply))
        return await reply

    def moves(self, faults):
        kinds = ("answer", "lose", "delay") if faults else ("answer",)
        asked = [(kind, number) for number in range(len(self.waiting)) for kind in kinds]
        return asked + [("arrive", number) for number in range(len(self.late))]

    def move(self, kind, number):
        if kind == "arrive":
            self.late.pop(number)()
            return
        effect, reply = self.waiting.pop(number)
        if kind == "delay":
            self.late.append(effect)
        elif kind == "answer":
            reply.set_result(effect())
        else:
            effect()
        if kind != "answer":
            reply.set_exception(TimeoutError())

    @property
    def balance(self):
        return self.row.balance if isinstance(self.row, reference.Row) else self.row


class Play:
    """Withdrawals of some amounts, one a client, in the order that `choose` makes of it."""

    def __init__(self, variant, amounts, faults):
        self.variant, self.amounts, self.faults = variant, amounts, faults
        self.broken = set()

    async def run(self, choose):
        if self.variant == "reference":
            bank = Bank(reference.Row(OPENED_WITH))
            clients = [reference.Accounts(bank, f"c{n}", ENDLESS) for n in range(len(self.amounts))]
        else:
            bank = Bank(OPENED_WITH)
            clients = [textbook.Accounts(bank, ENDLESS) for _ in self.amounts]
        calls = [
            asyncio.create_task(client.withdraw("a", amount))
            for client, amount in zip(clients, self.amounts, strict=True)
        ]
        faults = self.faults
        await idle()
        while moves := bank.moves(faults):
            kind, number = moves[choose(len(moves))]
            faults -= kind in ("lose", "delay")
            bank.move(kind, number)
            await idle()
            self.judge(bank, calls)
        self.ended = [call.exception() or call.result() for call in calls]
        self.row = bank.row

    def judge(self, bank, calls):
        paid = open_ones = 0
        for call, amount in zip(calls, self.amounts, strict=True):
            if not call.done() or call.exception():
                open_ones += amount
            elif call.result():
                paid += amount
        taken = OPENED_WITH - bank.balance
        found = {"lost": taken < paid, "twice": taken > paid + open_ones, "overdrawn": paid > OPENED_WITH}
        self.broken |= {name for name, broken in found.items() if broken}


async def idle():
    for _ in range(6):
        await asyncio.sleep(0)


async def every_order(variant, amounts, faults):
    """Play all orders, each once: depth first, the last choice that has another one moves on."""
    chosen, plays = [], []
    while True:
        options, depth = [], count()

        def choose(among, options=options, depth=depth):
            at = next(depth)
            options.append(among)
            if at == len(chosen):
                chosen.append(0)
            return chosen[at]

        play = Play(variant, amounts, faults)
        await play.run(choose)
        plays.append(play)
        while chosen and chosen[-1] + 1 == options[len(chosen) - 1]:
            chosen.pop()
        if not chosen:
            return plays
        chosen[-1] += 1


def played(variant, amounts, faults=0):
    return asyncio.run(every_order(variant, amounts, faults))


def broken(plays):
    return set().union(*(play.broken for play in plays))


def test_the_textbook_loses_an_update_in_most_orders_without_any_fault():
    plays = played("textbook", (30, 20))
    assert len(plays) == 6
    assert sum("lost" in play.broken for play in plays) == 4
    assert sorted(play.row for play in plays) == [50, 50, 70, 70, 80, 80]


def test_the_textbook_pays_more_than_there_is():
    assert "overdrawn" in broken(played("textbook", (80, 70)))


def test_one_lost_reply_is_enough_for_the_textbook_to_take_twice():
    assert broken(played("textbook", (30,), faults=1)) == {"twice"}


@pytest.mark.parametrize("amounts", [(30, 20), (80, 70)])
@pytest.mark.parametrize("faults", [0, 1])
def test_the_reference_keeps_all_promises_in_every_order(amounts, faults):
    plays = played("reference", amounts, faults)
    assert len(plays) > (100 if faults else 5)
    assert broken(plays) == set()


def test_without_a_fault_each_is_settled_and_only_what_is_there_is_paid():
    for play in played("reference", (30, 20)):
        assert (play.ended, play.row.balance) == ([True, True], 50)
    for play in played("reference", (80, 70)):
        assert sorted(play.ended) == [False, True]


def test_after_one_fault_a_client_alone_knows_how_its_request_ended():
    assert all(play.ended == [True] for play in played("reference", (30,), faults=1))


@settings(max_examples=150, deadline=None, derandomize=True)
@given(choices=st.lists(st.integers(0, 30), max_size=40))
def test_three_clients_and_three_faults_break_nothing(choices):
    numbers = iter(choices)
    play = Play("reference", (60, 50, 40), faults=3)
    asyncio.run(play.run(lambda among: next(numbers, 0) % among))
    assert play.broken == set()


def test_who_gets_no_answer_three_times_says_that_nothing_is_known():
    play = Play("reference", (30,), faults=3)
    asyncio.run(play.run(lambda among: min(2, among - 1)))
    assert [type(ended) for ended in play.ended] == [reference.Unsettled]


def test_a_client_does_one_thing_after_the_other_because_a_row_keeps_one_receipt_of_it():
    async def two_at_once():
        bank = Bank(reference.Row(OPENED_WITH))
        client = reference.Accounts(bank, "c", ENDLESS)
        calls = [asyncio.create_task(client.withdraw("a", amount)) for amount in (30, 20)]
        for kind in ("answer", "lose", "answer", "answer", "answer"):
            await idle()
            assert len(bank.waiting) == 1
            bank.move(kind, 0)
        await idle()
        return bank, [call.done() and call.result() for call in calls]

    bank, ended = asyncio.run(two_at_once())
    assert ended == [True, True]
    assert bank.row == reference.Row(50, 3, (("c", 2),))


@pytest.mark.parametrize("variant", [reference, textbook])
def test_an_account_that_does_not_exist_pays_nothing(variant):
    async def ask():
        bank = Bank(None)
        call = asyncio.create_task(variant.Accounts(bank, timeout=ENDLESS).withdraw("nobody", 1))
        await idle()
        bank.move("answer", 0)
        return await call

    assert asyncio.run(ask()) is False


@pytest.mark.parametrize("amount", [0, -5])
def test_an_amount_that_takes_nothing_is_refused(amount):
    with pytest.raises(ValueError, match="not above 0"):
        asyncio.run(reference.Accounts(Bank(None)).withdraw("a", amount))


def test_a_table_that_never_answers_ends_in_a_timeout():
    with pytest.raises(TimeoutError, match="no answer"):
        asyncio.run(textbook.Accounts(Bank(0), timeout=0.001).withdraw("a", 1))
    with pytest.raises(reference.Unsettled):
        asyncio.run(reference.Accounts(Bank(0), timeout=0.001).withdraw("a", 1))
