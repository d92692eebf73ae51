"""The ports in memory, on plain asyncio: calls between processes of one event loop, at seeded speeds.

Written from the words of `sdtutor.core.ports` alone, and not from the engine's services: where the two
disagree, a contract fails in one of the worlds.
"""

import asyncio
import inspect
from collections import Counter
from collections.abc import Callable
from typing import Any

from sdtutor.core.draws import uniform
from sdtutor.core.ports import Delivery, PeerError
from sdtutor.engine.frozen import check_frozen

TURNS = 10
"""About how many turns of the loop a quick message takes, with the tasks at both ends."""
SLOW = 100
"""How many turns a slow one takes on its way: several conversations of others."""


class Network:
    """Carries requests and their replies; what a caller gave up on goes on.

    Args:
        seed: From which it is drawn how many turns each message takes.
    """

    def __init__(self, seed):
        self.seed = seed
        self.sent, self.arrived = Counter(), Counter()
        self.gone, self.losing, self.repeating = set(), set(), set()
        self._carried = set()

    async def ask(self, line: tuple[str, str, str], serve: Callable[..., Any], *arguments: Any) -> Any:
        """Return what a receiver replies to a request.

        Args:
            line: Sender, receiver, operation.
            serve: What the receiver does.
            arguments: What the request carries.
        """
        for argument in arguments:
            check_frozen(argument)
        if line[0] in self.gone:
            await for_ever()
        self.sent[line] += 1
        name = f"{line[0]}>{line[1]}.{line[2]}#{self.sent[line]}"
        if line[1:] in self.repeating:
            self.repeating.discard(line[1:])
            self._start(line, f"{name}+1", serve, arguments)
        task = self._start(line, name, serve, arguments)
        await asyncio.wait({task})
        failure = task.exception()
        if failure:
            raise PeerError(str(failure) or type(failure).__name__)
        return task.result()

    def _start(self, line, name, serve, arguments):
        task = asyncio.create_task(self._carry(line, name, serve, arguments))
        self._carried.add(task)
        task.add_done_callback(self._carried.discard)
        return task

    async def _carry(self, line, name, serve, arguments):
        sender, receiver, operation = line
        await self._travel(name, receiver)
        self.arrived[receiver, operation] += 1
        reply = serve(*arguments)
        if inspect.isawaitable(reply):
            reply = await reply
        check_frozen(reply)
        if (receiver, operation) in self.losing:
            self.losing.discard((receiver, operation))
            await for_ever()
        await self._travel(f"{name} reply", sender)
        return reply

    async def _travel(self, name, receiver):
        for _ in range(turns_of(self.seed, name)):
            await asyncio.sleep(0)
        if receiver in self.gone:
            await for_ever()


def turns_of(seed: int, name: str) -> int:
    """Return how long a message takes: three of four are quick, and whole conversations overtake the others.

    Args:
        seed: 0 for one turn each.
        name: Of the message.
    """
    if not seed:
        return 1
    drawn = uniform(seed, name)
    return 1 + int(6 * drawn) if drawn < 0.75 else SLOW


async def for_ever():
    """Wait for what never comes."""
    await asyncio.get_running_loop().create_future()


class Cells:
    """What a cache holds: (value, when it expires) by key."""

    def __init__(self, initial):
        self.cells = {key: (value, None) for key, value in initial.items()}

    def get(self, key):
        value, end = self.cells.get(key, (None, None))
        return None if end is not None and end <= now() else value

    def set(self, key, value, ttl, only_if_absent):
        if only_if_absent and self.get(key) is not None:
            return False
        self.cells[key] = (value, None if ttl is None else now() + ttl)
        return True

    def delete(self, key):
        held = self.get(key) is not None
        self.cells.pop(key, None)
        return held

    def compare_and_set(self, key, expected, value, ttl):
        return self.get(key) == expected and self.set(key, value, ttl, False)


class Rows:
    """What a table holds."""

    def __init__(self, initial):
        self.rows = dict(initial)

    def get(self, key):
        return self.rows.get(key)

    def put(self, key, row):
        self.rows[key] = row

    def compare_and_set(self, key, expected, row):
        if self.rows.get(key) != expected:
            return False
        self.rows[key] = row
        return True


class Letter:
    """A message in a queue, and who has it until when."""

    def __init__(self, message):
        self.message, self.attempt, self.receipt, self.held_until = message, 0, "", 0.0

    @property
    def held(self):
        return self.held_until > now()


class Letters:
    """What a queue holds, in the order of publishing."""

    def __init__(self, initial):
        self.letters = [Letter(message) for message in initial]
        self.pulled = 0

    def publish(self, message):
        self.letters.append(Letter(message))

    def pull(self, hold):
        letter = next((letter for letter in self.letters if not letter.held), None)
        if letter is None:
            return None
        self.pulled += 1
        letter.attempt += 1
        letter.receipt, letter.held_until = f"pull {self.pulled}", now() + hold
        return Delivery(letter.receipt, letter.message, letter.attempt)

    def ack(self, receipt):
        letter = self._delivered(receipt)
        if letter:
            self.letters.remove(letter)
        return letter is not None

    def nack(self, receipt):
        letter = self._delivered(receipt)
        if letter is None or not letter.held:
            return False
        letter.held_until = 0.0
        return True

    def _delivered(self, receipt):
        return next((letter for letter in self.letters if receipt and letter.receipt == receipt), None)


def now():
    """Return the time of the running loop, in seconds."""
    return asyncio.get_running_loop().time()


class Remote:
    """Something to ask.

    Args:
        network: The way there.
        sender: Who asks.
        name: Who is asked.
        asked: The object that answers.
    """

    def __init__(self, network, sender, name, asked):
        self._network, self._sender, self.name, self._asked = network, sender, name, asked

    async def _ask(self, operation, *arguments):
        line = self._sender, self.name, operation
        return await self._network.ask(line, getattr(self._asked, operation), *arguments)


class MemoryKeyValue(Remote):
    async def get(self, key):
        return await self._ask("get", key)

    async def set(self, key, value, *, ttl=None, only_if_absent=False):
        return await self._ask("set", key, value, ttl, only_if_absent)

    async def delete(self, key):
        return await self._ask("delete", key)

    async def compare_and_set(self, key, expected, value, *, ttl=None):
        return await self._ask("compare_and_set", key, expected, value, ttl)


class MemoryTable(Remote):
    async def get(self, key):
        return await self._ask("get", key)

    async def put(self, key, row):
        await self._ask("put", key, row)

    async def compare_and_set(self, key, expected, row):
        return await self._ask("compare_and_set", key, expected, row)


class MemoryQueue(Remote):
    async def publish(self, message):
        await self._ask("publish", message)

    async def pull(self, *, hold=30.0):
        return await self._ask("pull", hold)

    async def ack(self, receipt):
        return await self._ask("ack", receipt)

    async def nack(self, receipt):
        return await self._ask("nack", receipt)


class MemoryPeer(Remote):
    async def call(self, operation, *arguments):
        return await self._ask(operation, *arguments)


class MemoryPorts:
    """What a process is built from: the shape of the engine's `Ports`.

    Args:
        network: The way to everybody.
        owner: Whose ports these are.
        asked: Stores and processes by name; may still grow.
    """

    incarnation = 1

    def __init__(self, network, owner, asked):
        self._network, self._owner, self._asked = network, owner, asked

    def key_value(self, name):
        return MemoryKeyValue(self._network, self._owner, name, self._asked[name])

    def table(self, name):
        return MemoryTable(self._network, self._owner, name, self._asked[name])

    def queue(self, name):
        return MemoryQueue(self._network, self._owner, name, self._asked[name])

    def peer(self, name):
        return MemoryPeer(self._network, self._owner, name, Later(self._asked, name))


class Later:
    """A process that may be built after those that ask it."""

    def __init__(self, asked, name):
        self._processes, self._name = asked, name

    def __getattr__(self, operation):
        return getattr(self._processes[self._name], operation)
