"""Idempotent consumer, as many introductions show it.

Look whether the message was seen; if not, process it
and remember its id. Acknowledge it at the end.
"""

from dataclasses import dataclass

from sdtutor.core.ports import Queue, Table


@dataclass(frozen=True)
class Deposit:
    """A message: money for an account.

    Args:
        id: Given by whoever sends it.
        account: Whose balance grows.
        amount: By how much.
    """

    id: str
    account: str
    amount: int


class Consumer:
    """Takes deposits from a queue to their accounts.

    Args:
        queue: Delivers each message at least once.
        accounts: Balance by account.
        seen: A row for each id that was processed.
    """

    def __init__(
        self, queue: Queue, accounts: Table, seen: Table
    ) -> None:
        self.queue = queue
        self.accounts = accounts
        self.seen = seen

    async def consume(self) -> str | None:
        """Process one message; return its id.

        None when no message waits.
        """
        delivery = await self.queue.pull()
        if delivery is None:
            return None
        deposit: Deposit = delivery.message
        if not await self.seen.get(deposit.id):
            await self.apply(deposit)
            await self.seen.put(deposit.id, True)
        await self.queue.ack(delivery.receipt)
        return deposit.id

    async def apply(self, deposit: Deposit) -> None:
        """Add the amount to the balance."""
        account = deposit.account
        balance = await self.accounts.get(account)
        await self.accounts.put(
            account, (balance or 0) + deposit.amount
        )
