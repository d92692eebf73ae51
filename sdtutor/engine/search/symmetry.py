"""States that differ only in the names of interchangeable nodes are one state.

Exchanging names turns every run into another run of the same length, so of two states that are images of each
other only one has to be explored. The one that was met is kept as it is, so that the run that is shown is a
real one; only what is remembered as seen is the smallest of the integers of all images.

The image of a state is found by running: whatever led to the state is done again under the other names. So a
declaration that is wrong does not go unnoticed: the images behave differently, and are refused. So are nodes
that are not declared alike (by what they serve, what can be called on them, their links, their part of the
story), and promises that tell them apart.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import permutations, product
from math import factorial, prod

from sdtutor.engine.lab import Call, Node
from sdtutor.engine.search.letters import Letter
from sdtutor.engine.search.members import Move, State
from sdtutor.engine.search.nodes import NodeMember, NodeState
from sdtutor.engine.search.space import Position, Space
from sdtutor.engine.search.steps import Happens, Step, pair_of

MOST_EXCHANGES = 120
"""More exchanges of names than this (five nodes have as many) cost more than they save."""


class NotInterchangeable(Exception):
    """Nodes are declared interchangeable, and the code tells them apart."""


def exchanges_of(groups: Sequence[Sequence[str]]) -> Iterator[dict[str, str]]:
    """Yield every exchange of names within groups, but for the one that changes nothing.

    >>> list(exchanges_of([("a", "b")]))
    [{'a': 'b', 'b': 'a'}]
    """
    for chosen in product(*(permutations(group) for group in groups)):
        names = {
            one: other
            for group, order in zip(groups, chosen, strict=True)
            for one, other in zip(group, order, strict=True)
        }
        if any(one != other for one, other in names.items()):
            yield names


def exchanges(space: Space) -> "list[Exchange]":
    """Return the exchanges of names that a lab allows: of the largest groups first, and not too many."""
    groups = sorted(space.run.cast.interchangeable, key=len, reverse=True)
    while prod(factorial(len(group)) for group in groups) > MOST_EXCHANGES:
        groups.pop()
    for group in groups:
        _refuse_unlike(space, group)
    return [Exchange(space, names) for names in exchanges_of(groups)]


def _refuse_unlike(space: Space, group: Sequence[str]) -> None:
    """Refuse a group whose members are not declared alike but for their names.

    Raises:
        NotInterchangeable: Says which two differ.
    """
    first, *others = group
    for other in others:
        if _declared(space, first, {}) != _declared(space, other, {first: other, other: first}):
            raise NotInterchangeable(f"{first} and {other} are not declared alike")


def _declared(space: Space, name: str, names: Mapping[str, str]) -> object:
    """Return what is declared of a node, with some names exchanged."""
    run, node = space.run, space.run.cast.member(name)
    if not isinstance(node, Node):
        raise NotInterchangeable(f"{name} is not a node")
    pairs = ((names.get(link.one, link.one), names.get(link.other, link.other)) for link in run.cast.links)
    links = {pair_of(one, other) for one, other in pairs}
    calls = [(call.operation, call.arguments) for call in run.rules.script.get(name, ())]
    return node.calls, node.serves, node.safe, links, calls


class Exchange:
    """One exchange of names, applied to everything that has a number.

    Args:
        space: The states.
        names: New name by name; who is not in it keeps its own.
    """

    def __init__(self, space: Space, names: Mapping[str, str]) -> None:
        self._steps = space.steps
        self._next_call = space.next_call
        self._position = space.position
        self._names = {name: names.get(name, name) for name in space.steps.names}
        self._states: dict[State, State] = {}
        self._letters: dict[int, int] = {}
        self._modes: dict[int, int] = {}
        self._histories: dict[int, int] = {}

    def image(self, position: Position) -> Position:
        """Return the image of a state."""
        members = sorted(map(self.state, position.members), key=lambda state: state.member)
        letters = map(self.letter, position.letters)
        mode = self._steps.modes[self.mode(position.mode)]
        return self._position(members, letters, mode, self.history(position.history))

    def delta(self, step: Step, mode: int) -> int:
        """Return what the image of a step adds to the integer of a state, but for the history.

        Args:
            step: The step.
            mode: Number of the mode before it.

        Raises:
            NotInterchangeable: The image of the step is no step.
        """
        coding = self._steps.coding
        delta = sum(coding.letter(self.letter(letter)) for letter in step.sent)
        delta -= sum(coding.letter(self.letter(letter)) for letter in step.gone)
        if step.source is not None and step.target is not None:
            self._check(step, self._steps.modes[mode].now_us)
            delta += coding.member(self.state(step.target)) - coding.member(self.state(step.source))
        if step.mode >= 0:
            delta += coding.mode(self.mode(step.mode)) - coding.mode(self.mode(mode))
        return delta

    def letter(self, number: int) -> int:
        """Return the number of the image of a letter."""
        if number not in self._letters:
            image = self._renamed(self._steps.letters.known[number])
            self._letters[number] = self._steps.letters.number(image)
        return self._letters[number]

    def _renamed(self, letter: Letter) -> Letter:
        return replace(letter, sender=self._names[letter.sender], receiver=self._names[letter.receiver])

    def mode(self, number: int) -> int:
        """Return the number of the image of a mode."""
        if number not in self._modes:
            mode = self._steps.modes[number]
            cuts = frozenset(pair_of(self._names[one], self._names[other]) for one, other in mode.cuts)
            self._modes[number] = self._steps.mode_number(mode._replace(cuts=cuts))
        return self._modes[number]

    def history(self, number: int) -> int:
        """Return the number of the image of a history."""
        if number not in self._histories:
            self._histories[number] = self._steps.chronicle.renamed(number, self._names)
        return self._histories[number]

    def state(self, state: State) -> State:
        """Return the image of a member's state: the one to which the same leads under the other names."""
        unknown, at = [], state
        while at not in self._states and at.origin is not None:
            unknown.append(at)
            at = at.origin[0]
        if at not in self._states:
            self._states[at] = self._steps.members[self._place(at.member)].start().state
        for later in reversed(unknown):
            self._states[later] = self._image_by_origin(later)
        return self._states[state]

    def _image_by_origin(self, state: State) -> State:
        """Return the image of a state where that of the state before it is known."""
        assert state.origin is not None
        before, event, now_us = state.origin
        image: State = self._move(before, event, now_us).state
        if image.origin is None and not image.first:
            image.origin = (self.state(before), self._event(event), now_us)
        return image

    def _place(self, member: int) -> int:
        return self._steps.places[self._names[self._steps.names[member]]]

    def _check(self, step: Step, now_us: int) -> None:
        """Refuse a step whose image leads elsewhere, sends other letters, or begins or ends other calls."""
        source, target = step.source, step.target
        if source is None or target is None:
            return
        move = self._move(source, step.event, now_us)
        sent = sorted(map(self._steps.letters.number, move.letters))
        row = self._steps.chronicle.row(move.happened) if step.row >= 0 else -1
        same = sent == sorted(map(self.letter, step.sent)) and (row < 0) == (step.row < 0)
        same = same and move.state is self.state(target)
        if row >= 0:
            same = same and row == self._steps.chronicle.renamed_row(step.row, self._names)
        if not same or (step.event[0] == "call" and not self._same_call(source, step.event)):
            name = self._steps.names[source.member]
            raise NotInterchangeable(f"{name} and {self._names[name]} are told apart by {step.event[0]}")

    def _same_call(self, source: State, event: Happens) -> bool:
        """Tell whether the story calls the same on the image of a node."""
        _, call, scripted = event
        image = self.state(source)
        if not scripted or not isinstance(image, NodeState):
            return not scripted
        wanted: Call = replace(call, node=self._names[call.node])
        return self._next_call(image) == wanted

    def _event(self, event: Happens) -> Happens:
        """Return the image of what happened to a member."""
        kind, what, *rest = event
        if kind == "deliver":
            return (kind, self.letter(what))
        if kind == "call":
            return (kind, replace(what, node=self._names[what.node]), *rest)
        return (kind, self._place(what))

    def _move(self, before: State, event: Happens, now_us: int) -> Move:
        """Return what the image of an event makes of the image of a state."""
        image, (kind, what, *rest) = self.state(before), self._event(event)
        member = self._steps.members[image.member]
        if kind == "deliver":
            step = self._steps.deliver(image, what, now_us)
            letters = tuple(self._steps.letters.known[letter] for letter in step.sent)
            return Move(step.target, letters, self._steps.chronicle.happened(step.row))
        if kind == "call" and isinstance(member, NodeMember) and isinstance(image, NodeState):
            return member.call(image, what, now_us, scripted=rest[0])
        if kind == "fire":
            return member.fire(image, max(now_us, image.timer or 0))
        return member.crash(image) if kind == "crash" else member.restart(image, now_us)
