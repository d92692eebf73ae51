"""What nodes and services have in common: states, and what an input makes of one."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Protocol

from sdtutor.engine.message import Outcome
from sdtutor.engine.search.letters import Letter

Happening = tuple[Any, ...]
"""What a run's history of operations gains: ("call", name, node, operation, arguments) or
("return", name, outcome)."""


@dataclass(eq=False, slots=True)
class State:
    """One state of one member. There is one object a state: what is the same object is the same state.

    Args:
        member: Number of the member.
        number: Which of its states, from 0.
        up: Whether it runs.
        incarnation: From 1.
        stuck: It spent the budget of a step.
        busy: Whether a running node has tasks that are not done.
        waiting: The labels of these tasks.
        timer: Deadline of its earliest timer, microseconds; None when it has none.
        view: What the lab shows of a node.
        entries: What a service holds.
        steps: What is known of what follows, by input.
        first: Whether it is the one at step 0.
        origin: One way to it: (state before, what happened, virtual time); None of the first.
    """

    member: int
    number: int
    up: bool = True
    incarnation: int = 1
    stuck: bool = False
    busy: bool = False
    waiting: tuple[str, ...] = ()
    timer: int | None = None
    view: Mapping[str, Any] = field(default_factory=dict)
    entries: Mapping[str, Any] = field(default_factory=dict)
    steps: dict[Any, Any] = field(default_factory=dict, repr=False)
    first: bool = False
    origin: "tuple[State, tuple[Any, ...], int] | None" = field(default=None, repr=False)


@dataclass(frozen=True, slots=True)
class Move:
    """What an input makes of a member.

    Args:
        state: Its next state.
        letters: What it sends.
        happened: What the history of operations gains.
        given_up: The requests of a node, as (receiver, operation, number), for whose replies it no longer
            waits although none has come.
    """

    state: Any
    letters: tuple[Letter, ...] = ()
    happened: tuple[Happening, ...] = ()
    given_up: frozenset[tuple[str, str, int]] = frozenset()


class Member(Protocol):
    """A member as an automaton."""

    def start(self) -> Move:
        """Return its first state, and what it sends by itself."""

    def deliver(self, state: Any, letter: Letter, now_us: int) -> Move:
        """Return what a letter makes of a state."""

    def fire(self, state: Any, now_us: int) -> Move:
        """Return what its earliest timer makes of a state that has one."""

    def crash(self, state: Any) -> Move:
        """Return what a crash makes of a state."""

    def restart(self, state: Any, now_us: int) -> Move:
        """Return what a restart makes of a state that is down."""


def no_such_operation(letter: Letter) -> Letter:
    """Return the reply to a request for an operation that the receiver does not have."""
    return letter.answered(Outcome(f"{letter.receiver} has no operation {letter.operation}", "LookupError"))
