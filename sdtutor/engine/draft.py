"""A step being made: the facts that it changes so far, and what it tells about itself."""

from dataclasses import dataclass, field, replace
from typing import Any, Literal

from sdtutor.core.draws import uniform
from sdtutor.engine.host import Request
from sdtutor.engine.lab import Cast
from sdtutor.engine.message import Message, Outcome, reply_name, request_name
from sdtutor.engine.operations import Operation
from sdtutor.engine.recording import MISSING
from sdtutor.engine.trace import Ran
from sdtutor.engine.world import TIME, Fact, Member, World

Status = Literal["sent", "delivered", "dropped", "duplicated", "lost"]


@dataclass(frozen=True, slots=True)
class Result:
    """A call by the learner or the script that ended.

    Args:
        operation: The call.
        outcome: How it ended.
    """

    operation: Operation
    outcome: Outcome


@dataclass(frozen=True, slots=True)
class Moved:
    """What a step did to a message."""

    message: Message
    status: Status


@dataclass
class Draft:
    """One step being made.

    Args:
        before: The world before it.
        cast: Who is in it.
        index: Number of the step, from 1; 0 while the world is set up.
        seed: From which latencies are drawn.
    """

    before: World
    cast: Cast
    index: int
    seed: int
    changes: dict[Fact, Any] = field(default_factory=dict)
    results: list[Result] = field(default_factory=list)
    called: list[Operation] = field(default_factory=list)
    moved: list[Moved] = field(default_factory=list)
    log: list[str] = field(default_factory=list)
    ran: list[tuple[str, Ran]] = field(default_factory=list)
    """(node, line) of every line that ran, in order."""

    def get(self, fact: Fact, default: Any = None) -> Any:
        """Return a fact as it stands in this step."""
        value = self.changes.get(fact, self.before.facts.get(fact, MISSING))
        return default if value is MISSING else value

    def set(self, fact: Fact, value: Any) -> None:
        """Change a fact; MISSING removes it. A change to what it was is no change."""
        if self.before.facts.get(fact, MISSING) == value:
            self.changes.pop(fact, None)
        else:
            self.changes[fact] = value

    def names(self, section: str, owner: str) -> list[str]:
        """Return the names of an owner's facts in a section, as they stand in this step."""
        before = [fact for fact, _ in self.before.section(section, owner)]
        new = [fact for fact in self.changes if fact[:2] == (section, owner) and fact not in before]
        return [fact[2] for fact in before + new if self.get(fact, MISSING) is not MISSING]

    def member(self, name: str) -> Member:
        """Return a member as it stands in this step."""
        member: Member = self.get(("member", name, ""))
        return member

    @property
    def now_us(self) -> int:
        """Virtual time, microseconds."""
        now: int = self.get(TIME)
        return now

    def wait_until(self, time_us: int) -> None:
        """Move the clock forward to a moment; never back."""
        self.set(TIME, max(self.now_us, time_us))

    def next_number(self, what: str, whom: str) -> int:
        """Return the next of a row of numbers: 1, 2, 3."""
        fact = ("count", what, whom)
        number: int = self.get(fact, 0) + 1
        self.set(fact, number)
        return number

    def send_request(self, sender: str, request: Request) -> None:
        """Put a request of a node in flight."""
        number = self.next_number("sent", f"{sender}>{request.receiver}.{request.operation}")
        self._launch(
            Message(
                name=self.name_once(request_name(sender, request.receiver, request.operation, number)),
                sender=sender,
                receiver=request.receiver,
                operation=request.operation,
                payload=request.payload,
                is_reply=False,
                ticket=request.ticket,
                incarnation=self.member(sender).incarnation,
                conversation=request.conversation,
                sent_step=self.index,
                due_us=0,
            )
        )

    def send_reply(self, request: Message, outcome: Outcome) -> None:
        """Put the reply to a request in flight."""
        self._launch(
            Message(
                name=self.name_once(reply_name(request)),
                sender=request.receiver,
                receiver=request.sender,
                operation=request.operation,
                payload=(outcome,),
                is_reply=True,
                ticket=request.ticket,
                incarnation=request.incarnation,
                conversation=request.conversation,
                sent_step=self.index,
                due_us=0,
            )
        )

    def name_once(self, name: str) -> str:
        """Return the name for a message that would have this one: the k-th to have it gets ``+k``, from 1."""
        number = self.next_number("named", name)
        return name if number == 1 else f"{name}+{number - 1}"

    def _launch(self, message: Message) -> None:
        link = self.cast.link(message.sender, message.receiver)
        due_us = self.now_us
        if link and link.latency_us:
            low, high = link.latency_us
            due_us += low + int(uniform(self.seed, message.name) * (high - low + 1))
        self.put_in_flight(replace(message, due_us=due_us), "sent")

    def put_in_flight(self, message: Message, status: Status) -> None:
        """Add a message to those in flight."""
        self.set(("message", message.name, ""), message)
        self.moved.append(Moved(message, status))

    def take_from_flight(self, message: Message, status: Status) -> None:
        """Remove a message from those in flight."""
        self.set(("message", message.name, ""), MISSING)
        self.moved.append(Moved(message, status))
