"""Whether a state breaks a promise."""

from collections.abc import Iterator, Mapping
from typing import Any, NoReturn

from sdtutor.engine.lab import Invariant, Part
from sdtutor.engine.message import Message
from sdtutor.engine.search.identity import key_of
from sdtutor.engine.search.letters import Letter
from sdtutor.engine.search.members import State
from sdtutor.engine.search.nodes import NodeState
from sdtutor.engine.search.space import Position, Space
from sdtutor.engine.search.steps import Step
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
        super().__init__(facts)
        self._over = over

    def _check(self, fact: Fact) -> None:
        part = SECTIONS.get(fact[0])
        is_known = fact[0] != "count" or fact[1] in ("", *COUNTS)
        if part is None or part not in self._over or not is_known:
            _refuse(fact[0])

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
    """

    def __init__(self, space: Space, invariant: Invariant) -> None:
        self.invariant = invariant
        self._space = space
        self._when = invariant.when
        self._parts = frozenset(invariant.over)
        # What is the same at rest whatever the order cannot tell orders apart there.
        self.at_the_end = self._when != "always"
        self._order = self._parts & {"operations"} if self.at_the_end else self._parts
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

    def breaks_at_end(self, position: Position) -> bool:
        """Tell whether a state from which no step leads breaks what must hold eventually.

        Not if a timer is set: then it is the bounds that end it.
        """
        if self._when != "eventually" or any(state.timer is not None for state in position.members):
            return False
        return self.denies(position)

    def denies(self, position: Position) -> bool:
        """Tell whether the promise does not hold in a state."""
        if "flight" in self._parts:
            return not self._holds(position)
        key = (position.history, *map(self._face, position.members))
        found = self._known.get(key)
        if found is None:
            found = self._known[key] = not self._holds(position)
        return found

    def _holds(self, position: Position) -> bool:
        operations = self._space.steps.chronicle.operations(position.history)
        return self.invariant.holds(self.world(position), operations)

    def _face(self, state: State) -> int:
        """Return a number for what the promise sees of a member; the same number for the same sight."""
        face = self._faces.get(state)
        if face is None:
            key = _sight(state, self._parts)
            face = self._faces[state] = self._face_numbers.setdefault(key, len(self._face_numbers))
        return face

    def world(self, position: Position) -> World:
        """Return the parts of the world that the promise looks at."""
        facts = dict(_facts(self._space, position))
        return PartialWorld(PartialFacts(facts, self.invariant.over))


def at_rest(position: Position) -> bool:
    """Tell whether nothing is in flight and no running node waits for anything."""
    return not position.letters and not any(state.busy and state.up for state in position.members)


def _sight(state: State, parts: frozenset[str]) -> Any:
    sight: list[Any] = []
    if "store" in parts:
        sight.append(tuple(sorted((key, key_of(value)) for key, value in state.entries.items())))
    if "view" in parts:
        sight.append(tuple((key, key_of(value)) for key, value in state.view.items()))
    if "member" in parts:
        sight.append((state.up, state.incarnation, state.busy, state.stuck, state.timer))
    return tuple(sight)


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
    for number in position.letters:
        message = _message(space.steps.letters.known[number])
        yield ("message", message.name, ""), message


def _counts(name: str, state: NodeState) -> Iterator[tuple[Fact, int]]:
    for (receiver, operation), number in state.facts.sent.items():
        yield ("count", "sent", f"{name}>{receiver}.{operation}"), number
    for operation, number in state.facts.called.items():
        yield ("count", "call", f"{name}.{operation}"), number
    yield ("count", "script", name), state.facts.script


def _member(name: str, state: State) -> Member:
    waiting: tuple[str, ...] = ()
    if isinstance(state, NodeState) and state.busy:
        waiting = (*state.facts.operations, *state.facts.serving) or ("start",)
    timer = None if state.timer is None else (state.timer, f"{name}.timer")
    return Member(state.up, state.incarnation, None, timer, waiting, state.stuck)


def _message(letter: Letter) -> Message:
    return Message(
        name=letter.name,
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
