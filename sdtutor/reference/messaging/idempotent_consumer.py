"""Idempotent consumer: delivered often, applied once.

Problem: a queue delivers again whatever was not
acknowledged in time. The work may be done already, or
be under way in another process at this moment.

Idea: the id of a message and its effect are one write.
An account remembers which deposits it holds, and its
row is replaced only if nobody else has replaced it. So
it does not matter who was slow, died or did it twice.

Simplified: an account remembers its latest deposits,
not all. A copy is recognised until as many others have
been applied to the account as it remembers. A client
of the queue or the table that waits in vain raises,
and the message comes back. A message that can never be
applied would come back for ever: count its attempts.

Sources: P. Helland, "Life beyond Distributed
Transactions", CIDR 2007, section 5; G. Hohpe and
B. Woolf, "Enterprise Integration Patterns", 2003,
Idempotent Receiver; H. T. Kung and J. T. Robinson, "On
Optimistic Methods for Concurrency Control", ACM TODS
6(2), 1981.
"""

from dataclasses import dataclass

from sdtutor.core.ports import Queue, Table

# Tries before a message goes back to the queue: each
# one that fails means that another has succeeded.
ATTEMPTS = 3


@dataclass(frozen=True)
class Deposit:
    """A message: money for an account.

    Args:
        id: Given once, by whoever knows that it is the
            same deposit when it is sent again. A queue
            gives each copy an id of its own.
        account: Whose balance grows.
        amount: By how much.
    """

    id: str
    account: str
    amount: int


@dataclass(frozen=True)
class Account:
    """A row: a balance and what it is made of.

    Args:
        balance: What the account holds.
        latest: Ids of its latest deposits, the newest
            last.
    """

    balance: int = 0
    latest: tuple[str, ...] = ()

    def after(
        self, deposit: Deposit, window: int
    ) -> "Account":
        """Return the account with one deposit more.

        >>> d1 = Deposit("d1", "ann", 10)
        >>> Account(5, ("d0",)).after(d1, window=1)
        Account(balance=15, latest=('d1',))
        """
        latest = (*self.latest, deposit.id)[-window:]
        balance = self.balance + deposit.amount
        return Account(balance, latest)


class Consumer:
    """Takes deposits from a queue to their accounts.

    Args:
        queue: Delivers each message at least once.
        accounts: An `Account` by name.
        window: How many deposits an account remembers,
            at least 1: more than can be applied to it
            while a copy may still arrive.
        hold: Seconds for one message, before another
            consumer may be given it too.
    """

    def __init__(
        self,
        queue: Queue,
        accounts: Table,
        window: int = 1000,
        hold: float = 30,
    ) -> None:
        self.queue = queue
        self.accounts = accounts
        self.window = window
        self.hold = hold

    async def consume(self) -> str | None:
        """Process one message; return its id.

        None when no message waits, or when it went back
        because others kept changing the account.
        """
        delivery = await self.queue.pull(hold=self.hold)
        if delivery is None:
            return None
        deposit: Deposit = delivery.message
        if not await self.apply(deposit):
            await self.queue.nack(delivery.receipt)
            return None
        await self.queue.ack(delivery.receipt)
        return deposit.id

    async def apply(self, deposit: Deposit) -> bool:
        """Make the account hold the deposit, once.

        False when others were faster each time.
        """
        name = deposit.account
        for _ in range(ATTEMPTS):
            row = await self.accounts.get(name)
            account = row or Account()
            if deposit.id in account.latest:
                return True
            changed = account.after(deposit, self.window)
            if await self.accounts.compare_and_set(
                name, row, changed
            ):
                return True
        return False
