"""Whether a state breaks a promise."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NoReturn

from sdtutor.engine.lab import Invariant, Part
from sdtutor.engine.message import Message
from sdtutor.engine.search.letters import Letter
from sdtutor.engine.search.members import State
from sdtutor.engine.search.nodes import NodeState
from sdtutor.engine.search.sights import MEMBER_PARTS, sight
from sdtutor.engine.search.space import Position, Space
from sdtutor.engine.search.steps import Step
from sdtutor.engine.search.symmetry import Exchange, NotInterchangeable
from sdtutor.engine.world import TIME, Fact, Member, World

SECTIONS: Mapping[str, Part] = {
    "store": "store",
    "view": "view",
    "member": "member",
    "message": "flight",
    "cut": "flight",
    "time": "flight",
    "count": "flight",
}
"""The part of which each section of the world is."""


COUNTS = ("sent", "call", "script")
"""What is counted of a node that a search knows."""


class Unseen(LookupError):
    """A promise looks at a part of the world over which it is not declared."""


class PartialFacts(dict[Fact, Any]):
    """The facts of some parts of a world; what is not among them cannot be asked for.

    Args:
        facts: The facts.
        over: The parts.
    """

    def __init__(self, facts: Mapping[Fact, Any], over: tuple[Part, ...]) -> None:
        super().__init__({fact: value for fact, value in facts.items() if SECTIONS.get(fact[0]) in over})
        self._over = over

    def _check(self, fact: Fact) -> None:
        is_known = fact[0] != "count" or fact[1] in ("", *COUNTS)
        if SECTIONS.get(fact[0]) not in self._over or not is_known:
            _refuse(fact[0])

    def __contains__(self, fact: object) -> bool:
        if isinstance(fact, tuple):
            self._check(fact)
        return super().__contains__(fact)

    def __getitem__(self, fact: Fact) -> Any:
        self._check(fact)
        return super().__getitem__(fact)

    def get(self, fact: Fact, default: Any = None) -> Any:
        """Return a fact, or the default when it is not there.

        Raises:
            Unseen: It is of another part.
        """
        self._check(fact)
        return super().get(fact, default)


class PartialWorld(World):
    """A world of which some parts can be seen."""

    def section(self, section: str, owner: str | None = None) -> Iterator[tuple[Fact, Any]]:
        """Yield the facts of a section.

        Raises:
            Unseen: It belongs to another part.
        """
        facts = self.facts
        if isinstance(facts, PartialFacts):
            facts._check((section, "", ""))
        return super().section(section, owner)


def _refuse(section: str) -> NoReturn:
    raise Unseen(f"The promise looks at the section {section} of the world, over which it is not declared.")


class Judge:
    """Judges states by one promise.

    Args:
        space: The states.
        invariant: The promise.

    Attributes:
        at_the_end: Whether it is judged only where nothing moves.
        exchanges: Exchanges of names of which the promise is to be independent.
    """

    def __init__(self, space: Space, invariant: Invariant) -> None:
        self.invariant = invariant
        self._space = space
        self._when = invariant.when
        self._parts = frozenset(invariant.over)
        # What is the same at rest whatever the order cannot tell orders apart there.
        self.at_the_end = self._when != "always"
        self._order = self._parts & {"operations"} if self.at_the_end else self._parts
        self.exchanges: Sequence[Exchange] = ()
        self._known: dict[Any, bool] = {}
        self._faces: dict[State, int] = {}
        self._face_numbers: dict[Any, int] = {}

    def can_tell_order(self, step: Step) -> bool:
        """Tell whether the promise can see when a step was taken."""
        return not self._order.isdisjoint(step.parts)

    def looks_at(self, step: Step) -> bool:
        """Tell whether the state after a step is to be judged; the one before is known to be in order."""
        return self._when == "at_rest" or (self._when == "always" and not self._parts.isdisjoint(step.parts))

    def breaks(self, position: Position) -> bool:
        """Tell whether a state breaks the promise, if it is one in which the promise is judged."""
        if self._when == "eventually" or (self._when == "at_rest" and not at_rest(position)):
            return False
        return self.denies(position)

    def breaks_at_end(self, position: Position, moves: Sequence[Step]) -> bool:
        """Tell whether a state in which nothing has to happen any more breaks what must hold eventually.

        Not if a timer is set: then it is the bounds that end it.

        Args:
            position: The state.
            moves: The steps that can be taken in it.
        """
        if self._when != "eventually" or any(step.must_happen for step in moves):
            return False
        return all(state.timer is None for state in position.members) and self.denies(position)

    def denies(self, position: Position) -> bool:
        """Tell whether the promise does not hold in a state.

        Raises:
            NotInterchangeable: It tells apart what are to be exchanged.
        """
        if "flight" in self._parts:
            return not self._holds_under_all_names(position)
        key = (position.history, *map(self._face, position.members))
        found = self._known.get(key)
        if found is None:
            found = self._known[key] = not self._holds_under_all_names(position)
        return found

    def _holds_under_all_names(self, position: Position) -> bool:
        """Tell whether the promise holds in a state, and so in its images.

        Raises:
            NotInterchangeable: It holds under some names and not under others.
        """
        holds = self._holds(position)
        if any(self._holds(exchange.image(position)) != holds for exchange in self.exchanges):
            raise NotInterchangeable(f"the promise {self.invariant.name} tells nodes apart")
        return holds

    def _holds(self, position: Position) -> bool:
        operations = self._space.steps.chronicle.operations(position.history)
        return self.invariant.holds(self.world(position), operations)

    def _face(self, state: State) -> int:
        """Return a number for what the promise sees of a member; the same number for the same sight."""
        face = self._faces.get(state)
        if face is None:
            key = tuple(sight(state, part) for part in MEMBER_PARTS if part in self._parts)
            face = self._faces[state] = self._face_numbers.setdefault(key, len(self._face_numbers))
        return face

    def world(self, position: Position) -> World:
        """Return the parts of the world that the promise looks at."""
        facts = dict(_facts(self._space, position))
        return PartialWorld(PartialFacts(facts, self.invariant.over))


def at_rest(position: Position) -> bool:
    """Tell whether nothing is in flight and no running node waits for anything."""
    return not position.letters and not any(state.busy and state.up for state in position.members)


def _facts(space: Space, position: Position) -> Iterator[tuple[Fact, Any]]:
    mode = space.steps.modes[position.mode]
    yield TIME, mode.now_us
    for first, second in mode.cuts:
        yield ("cut", first, second), True
    for name, state in zip(space.steps.names, position.members, strict=True):
        yield ("member", name, ""), _member(name, state)
        for key, value in state.entries.items():
            yield ("store", name, key), value
        for key, value in state.view.items():
            yield ("view", name, key), value
        if isinstance(state, NodeState):
            yield from _counts(name, state)
    copies: dict[str, int] = {}
    for number in position.letters:
        letter = space.steps.letters.known[number]
        copy = copies[letter.name] = copies.get(letter.name, -1) + 1
        message = _message(letter, f"{letter.name}+{copy}" if copy else letter.name)
        yield ("message", message.name, ""), message


def _counts(name: str, state: NodeState) -> Iterator[tuple[Fact, int]]:
    for (receiver, operation), number in state.facts.sent.items():
        yield ("count", "sent", f"{name}>{receiver}.{operation}"), number
    for operation, number in state.facts.called.items():
        yield ("count", "call", f"{name}.{operation}"), number
    yield ("count", "script", name), state.facts.script


def _member(name: str, state: State) -> Member:
    has_timer = isinstance(state, NodeState) and state.timer is not None
    timer = (state.timer or 0, f"{name}.timer") if has_timer else None
    return Member(state.up, state.incarnation, None, timer, state.waiting, state.stuck)


def _message(letter: Letter, name: str) -> Message:
    return Message(
        name=name,
        sender=letter.sender,
        receiver=letter.receiver,
        operation=letter.operation,
        payload=letter.payload,
        is_reply=letter.is_reply,
        ticket=0,
        incarnation=letter.incarnation,
        conversation="",
        sent_step=0,
        due_us=0,
    )
