"""Withdrawals, as most introductions show them.

Read the balance, check it, store the new one. What
times out is tried again.
"""

import asyncio

from sdtutor.core.ports import Table

ATTEMPTS = 3


class Accounts:
    """Pays out of accounts that others pay out of too.

    Args:
        table: Holds the balance of each account.
        timeout: Seconds that one attempt may take.
    """

    def __init__(
        self, table: Table, timeout: float = 1
    ) -> None:
        self.table = table
        self.timeout = timeout

    async def withdraw(
        self, account: str, amount: int
    ) -> bool:
        """Take money out; tell whether there was enough.

        Raises:
            TimeoutError: The table did not answer.
        """
        for _ in range(ATTEMPTS):
            try:
                async with asyncio.timeout(self.timeout):
                    return await self._take(
                        account, amount
                    )
            except TimeoutError:
                continue
        raise TimeoutError(f"{account}: no answer")

    async def _take(
        self, account: str, amount: int
    ) -> bool:
        held = await self.table.get(account)
        if held is None or held < amount:
            return False
        left = held - amount
        await self.table.put(account, left)
        return True
