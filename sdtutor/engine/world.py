"""The world: everything that is true between two events, as facts that never change in place.

A fact is named by (section, owner, name). A step is a set of changes to facts, so the same few lines serve
the recording, the pane of what changed, the branch and the digest.

    section     owner       name        value
    store       cache       k           what a service holds under a key
    expiry      cache       k           (deadline in microseconds, number) of an entry with a ttl
    view        balancer    current     what a lab shows of the objects inside a node
    member      reader_1                up or down, incarnation, and the history of a node
    message     a>b.get#1               a message in flight
    line        reader_1    get#1       (file, line) of each frame of a task that waits
    cut         reader_1    cache       True while messages across wait
    count       what        of whom     how often: names, totals
    time                                microseconds
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from sdtutor.engine.message import Message
from sdtutor.engine.recording import Changes, apply

Fact = tuple[str, str, str]

TIME: Fact = ("time", "", "")


@dataclass(frozen=True, slots=True)
class Input:
    """One thing that a node was told.

    Args:
        kind: start, call, request, reply or fire.
        now_us: Virtual time when it arrived.
        label: What the learner calls the task that it starts or resumes.
        payload: What came with it.
    """

    kind: str
    now_us: int
    label: str = ""
    payload: tuple[Any, ...] = ()


class History:
    """All inputs of one incarnation of a node, newest first; a longer one shares the shorter.

    A node's code is a deterministic function of its inputs, so the history *is* the node: replaying it gives
    the same objects, wherever and whenever.
    """

    __slots__ = ("before", "input", "length")

    def __init__(self, before: "History | None", newest: Input) -> None:
        self.before = before
        self.input = newest
        self.length: int = before.length + 1 if before else 1

    def inputs(self) -> list[Input]:
        """Return the inputs, oldest first."""
        found: list[Input] = []
        history: History | None = self
        while history:
            found.append(history.input)
            history = history.before
        return found[::-1]


@dataclass(frozen=True, slots=True)
class Member:
    """What is known about a node or a service from outside.

    Args:
        up: Whether it runs.
        incarnation: From 1; each restart adds one.
        history: The inputs of a node's incarnation; None for a service.
        timer: (deadline in microseconds, name) of the earliest timer, if any.
        waiting: Labels of the tasks that are not done, in order of their start.
        stuck: It spent the budget of a step and is not run any more.
    """

    up: bool = True
    incarnation: int = 1
    history: History | None = None
    timer: tuple[int, str] | None = None
    waiting: tuple[str, ...] = ()
    stuck: bool = False


@dataclass(frozen=True)
class World:
    """The whole state of a run between two events.

    Args:
        facts: Value by fact; never changed in place.
    """

    facts: Mapping[Fact, Any] = field(default_factory=dict)

    def with_changes(self, changes: Changes) -> "World":
        """Return the world after some changes."""
        facts = dict(self.facts)
        apply(facts, changes.items())
        return World(facts)

    @property
    def now_us(self) -> int:
        """Virtual time, microseconds."""
        time: int = self.facts[TIME]
        return time

    def section(self, section: str, owner: str | None = None) -> Iterator[tuple[Fact, Any]]:
        """Yield the facts of a section, of one owner or of all, in the order in which they came to be."""
        for fact, value in self.facts.items():
            if fact[0] == section and (owner is None or fact[1] == owner):
                yield fact, value

    def store(self, service: str) -> dict[str, Any]:
        """Return what a service holds: value by key."""
        return {fact[2]: value for fact, value in self.section("store", service)}

    def stored(self, service: str, key: str) -> Any:
        """Return what a service holds under a key; None when nothing."""
        return self.facts.get(("store", service, key))

    def view(self, node: str) -> dict[str, Any]:
        """Return what the lab shows of the objects inside a node."""
        return {fact[2]: value for fact, value in self.section("view", node)}

    def member(self, name: str) -> Member:
        """Return what is known about a node or a service from outside."""
        member: Member = self.facts["member", name, ""]
        return member

    @property
    def in_flight(self) -> list[Message]:
        """The messages on their way, in the order in which they were sent."""
        return [message for _, message in self.section("message")]

    def is_cut(self, one: str, other: str) -> bool:
        """Tell whether messages between two members wait."""
        first, second = sorted((one, other))
        return ("cut", first, second) in self.facts

    def counted(self, what: str, whom: str = "") -> int:
        """Return a count; 0 before the first."""
        number: int = self.facts.get(("count", what, whom), 0)
        return number

    @property
    def at_rest(self) -> bool:
        """Whether nothing is in flight and no running node waits for anything."""
        if any(True for _ in self.section("message")):
            return False
        return not any(member.up and member.waiting for _, member in self.section("member"))
