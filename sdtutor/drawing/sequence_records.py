"""What a space-time diagram shows: lanes, messages, operations, what happened to them. Data only."""

from dataclasses import dataclass
from typing import Literal

Fate = Literal["delivered", "dropped", "lost", "flying"]
"""How a message ended; one that is lost was dropped by its receiver's restart."""


@dataclass(frozen=True, slots=True)
class Lane:
    """One node or service.

    Args:
        name: What the rest of a diagram calls it; unique.
        label: What the learner reads.
    """

    name: str
    label: str


@dataclass(frozen=True, slots=True)
class Message:
    """A message from one lane to another.

    Args:
        sender: Name of a lane.
        receiver: Name of another.
        text: What it carries.
        sent: The step that sent it, from 0.
        ended: The step that ended its way; None while it flies.
        fate: How it ended.
        asker: The lane beside which its text stands: the one that asks, also for a reply.
    """

    sender: str
    receiver: str
    text: str
    sent: int
    ended: int | None
    fate: Fate
    asker: str

    @property
    def is_late(self) -> bool:
        """Whether it did not arrive in the step after the one that sent it."""
        return self.fate != "delivered" or self.ended != self.sent + 1


@dataclass(frozen=True, slots=True)
class Bar:
    """An operation on a node, from its call to its return.

    Args:
        lane: Name of a lane.
        asked: What was called, with its values.
        answered: How it ended; empty while it is open.
        begins: The step of the call.
        ends: The step of the return; None while it is open.
        letter: Marks an operation of the witness; empty for all others.
    """

    lane: str
    asked: str
    answered: str
    begins: int
    ends: int | None
    letter: str = ""


@dataclass(frozen=True, slots=True)
class Mark:
    """Something that happens at one lane without a message.

    Args:
        step: When.
        lane: Name of a lane.
        text: What.
        kind: After crash the lane is broken off, until restart; timer leaves it as it is.
    """

    step: int
    lane: str
    text: str
    kind: Literal["crash", "restart", "timer"]


@dataclass(frozen=True, slots=True)
class Between:
    """Something that happens to the link of two lanes: it is cut, or heals; or a message is copied on it.

    Args:
        step: When.
        one: Name of a lane.
        other: Name of another.
        text: What.
        breaks: Whether nothing passes from here on.
    """

    step: int
    one: str
    other: str
    text: str
    breaks: bool


@dataclass(frozen=True, slots=True)
class Note:
    """What a step changed at a lane: ``k = v2``."""

    step: int
    lane: str
    text: str


@dataclass(frozen=True, slots=True)
class Breach:
    """A promise that a step broke.

    Args:
        step: The first step after which it does not hold.
        name: Of the promise.
        told: The sentence that says so.
    """

    step: int
    name: str
    told: str


@dataclass(frozen=True, slots=True)
class Diagram:
    """A run to be drawn.

    Args:
        lanes: From left to right.
        steps: How many steps there are.
        messages: In the order of their sending.
        bars: In the order of their calls.
        marks: What happened at lanes.
        links: What happened between lanes.
        notes: What was changed; of step 0, what there was before.
        breaches: What was broken; first the promise that the letters belong to.
    """

    lanes: tuple[Lane, ...]
    steps: int
    messages: tuple[Message, ...] = ()
    bars: tuple[Bar, ...] = ()
    marks: tuple[Mark, ...] = ()
    links: tuple[Between, ...] = ()
    notes: tuple[Note, ...] = ()
    breaches: tuple[Breach, ...] = ()

    @property
    def order(self) -> dict[str, int]:
        """The place of each lane, from 0."""
        return {lane.name: index for index, lane in enumerate(self.lanes)}

    @property
    def witness(self) -> tuple[Bar, ...]:
        """The operations that show what was broken, by their letters."""
        return tuple(sorted((bar for bar in self.bars if bar.letter), key=lambda bar: bar.letter))
