"""Optimistic concurrency control with a version.

Problem: two clients read a row, both compute a new one
from it, both store it. The second to store wipes out
what the first did. Nobody is told.

Idea: the row carries a version. A client stores what it
computed only if the row is still the one it read; else
it starts again. Whoever is refused was overtaken, so
somebody always gets on. A reply may be lost, though,
and then the change may have been made: the row keeps
each client's last request, so that a client that comes
again finds its own.

Simplified: the table compares whole rows, where SQL
compares the version. A retry follows at once, where many
clients would first wait for a random time. A row keeps
a receipt of every client that ever changed it.

Sources: Kung and Robinson, "On Optimistic Methods for
Concurrency Control", ACM TODS 6(2), 1981, sections 2-3;
the lost reply: RFC 9110, section 13.1.1 (If-Match).
"""

import asyncio
from dataclasses import dataclass
from itertools import count

from sdtutor.core.ports import PeerError, Table

ATTEMPTS = 3
# Timeouts and lost connections are OSErrors.
FAILURES = (PeerError, OSError)

Request = tuple[str, int]


class Unsettled(Exception):
    """Whether the money was taken is not known."""


@dataclass(frozen=True)
class Row:
    """A row of the table.

    Args:
        balance: What the account holds.
        version: Rises with every change, so that no row
            is ever there again.
        receipts: The last request of each client that
            changed the row: its name and a number.

    >>> a = Row(100).after(30, ("A", 1))
    >>> a.after(20, ("B", 1)).receipts
    (('A', 1), ('B', 1))
    >>> a.after(20, ("A", 2)).receipts
    (('A', 2),)
    """

    balance: int
    version: int = 1
    receipts: tuple[Request, ...] = ()

    def after(
        self, amount: int, request: Request
    ) -> "Row":
        """Return the row that a withdrawal leaves."""
        others = tuple(
            receipt
            for receipt in self.receipts
            if receipt[0] != request[0]
        )
        return Row(
            self.balance - amount,
            self.version + 1,
            (*others, request),
        )


class Accounts:
    """Pays out of accounts that others pay out of too.

    Args:
        table: Holds a Row for each account.
        client: Names this process in its receipts. No
            other process may have the name, nor this one
            after a restart.
        timeout: Seconds that one attempt may take.
    """

    def __init__(
        self,
        table: Table,
        client: str = "client",
        timeout: float = 1,
    ) -> None:
        self.table = table
        self.client = client
        self.timeout = timeout
        self.numbers = count(1)
        # A row keeps one receipt of a client: it has to
        # know how one request ended before the next.
        self.turn = asyncio.Lock()

    async def withdraw(
        self, account: str, amount: int
    ) -> bool:
        """Take money out once; tell if there was enough.

        Raises:
            ValueError: The amount is not above 0.
            Unsettled: No attempt came to an end that is
                known. Read the row: its receipts tell.
        """
        if amount <= 0:
            raise ValueError(f"{amount} is not above 0.")
        async with self.turn:
            request = (self.client, next(self.numbers))
            for _ in range(ATTEMPTS):
                done = await self._attempt(
                    account, amount, request
                )
                if done is not None:
                    return done
        raise Unsettled(f"{account}: gave up.")

    async def _attempt(
        self, account: str, amount: int, request: Request
    ) -> bool | None:
        try:
            async with asyncio.timeout(self.timeout):
                return await self._take(
                    account, amount, request
                )
        except FAILURES:
            return None

    async def _take(
        self, account: str, amount: int, request: Request
    ) -> bool | None:
        row = await self.table.get(account)
        if row is None:
            return False
        if request in row.receipts:
            return True
        if row.balance < amount:
            return False
        new = row.after(amount, request)
        stored = await self.table.compare_and_set(
            account, row, new
        )
        return True if stored else None
