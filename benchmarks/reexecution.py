"""Breadth-first search as one writes it first: every state is reached by running everything from the start.

The same nodes on the same asyncio loop, the same services, complete fingerprints, states seen once: only
nothing is remembered but fingerprints. That is what the search is measured against.
"""

from collections import deque
from dataclasses import dataclass, field
from typing import Any

from sdtutor.engine.host import Host, Output
from sdtutor.engine.lab import Call, Node
from sdtutor.engine.message import Outcome
from sdtutor.engine.run import Run
from sdtutor.engine.services import answer
from sdtutor.engine.world import Input

Letter = tuple[str, str, str, int, bool, tuple[Any, ...]]
"""(sender, receiver, operation, ticket, is a reply, payload)."""

Choice = tuple[str, Any]
"""("call", node) or ("deliver", letter)."""


@dataclass
class World:
    """A world that was run from its start."""

    hosts: dict[str, Host]
    entries: dict[str, dict[str, Any]]
    letters: list[Letter] = field(default_factory=list)
    histories: dict[str, tuple[Any, ...]] = field(default_factory=dict)

    def fingerprint(self) -> Any:
        """Return all that tells one state from another."""
        stores = tuple((name, tuple(sorted(held.items()))) for name, held in self.entries.items())
        return (stores, tuple(sorted(self.histories.items())), frozenset(self.letters))


class Reexecution:
    """The search.

    Args:
        run: A run at its beginning: its nodes, its services, one call of its story for each node.
    """

    def __init__(self, run: Run) -> None:
        self._run = run
        self._calls: dict[str, Call] = {name: calls[0] for name, calls in run.rules.script.items()}
        self._services = {member.name: member for member in run.cast.members if not isinstance(member, Node)}

    def explore(self, most: int) -> int:
        """Return how many states were seen: all, or a few more than a number.

        Args:
            most: At how many states to stop.
        """
        start: tuple[Choice, ...] = ()
        seen = {self._replay(start).fingerprint()}
        edge = deque([start])
        while edge and len(seen) < most:
            path = edge.popleft()
            for choice in self._choices(self._replay(path)):
                longer = (*path, choice)
                fingerprint = self._replay(longer).fingerprint()
                if fingerprint not in seen:
                    seen.add(fingerprint)
                    edge.append(longer)
        return len(seen)

    def _choices(self, world: World) -> list[Choice]:
        calls: list[Choice] = [("call", name) for name in self._calls if len(world.histories[name]) == 1]
        return [*calls, *(("deliver", letter) for letter in world.letters)]

    def _replay(self, path: tuple[Choice, ...]) -> World:
        run = self._run
        world = World(
            {node.name: Host(node, run.files) for node in run.cast.nodes},
            {name: dict(service.initial) for name, service in self._services.items()},
        )
        for name in world.hosts:
            self._tell(world, name, Input("start", 0, "start", (1,)))
        for kind, what in path:
            if kind == "call":
                call = self._calls[what]
                told = Input("call", 0, call.operation, (call.operation, call.arguments, ""))
                self._tell(world, what, told)
            else:
                self._deliver(world, what)
        return world

    def _deliver(self, world: World, letter: Letter) -> None:
        sender, receiver, operation, ticket, is_reply, payload = letter
        world.letters.remove(letter)
        if is_reply:
            self._tell(world, receiver, Input("reply", 0, "reply", (ticket, payload[0])))
            return
        entries = world.entries[receiver]
        replied = answer(self._services[receiver].kind, entries, operation, payload)
        for write in replied.writes:
            if write.value is None:
                entries.pop(write.key, None)
            else:
                entries[write.key] = write.value
        world.letters.append((receiver, sender, operation, ticket, True, (Outcome(replied.reply),)))

    def _tell(self, world: World, name: str, told: Input) -> None:
        output: Output = world.hosts[name].feed(told)
        world.histories[name] = (*world.histories.get(name, ()), told)
        for request in output.requests:
            world.letters.append(
                (name, request.receiver, request.operation, request.ticket, False, request.payload)
            )
