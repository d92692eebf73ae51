"""The steps of a search: what an event does to the states of members, to the letters, to the mode."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, NamedTuple

from sdtutor.engine.bounds import Bounds
from sdtutor.engine.lab import Call, Cast, Node
from sdtutor.engine.search.chronicle import Chronicle
from sdtutor.engine.search.coding import Coding
from sdtutor.engine.search.letters import Letters
from sdtutor.engine.search.members import Member, Move, State
from sdtutor.engine.search.nodes import Asked, NodeMember, NodeState
from sdtutor.engine.search.services import ServiceMember
from sdtutor.engine.search.sights import MEMBER_PARTS, sight
from sdtutor.engine.services import SAFE

Cuts = frozenset[tuple[str, str]]
Happens = tuple[Any, ...]
"""What happens: (deliver | drop | duplicate, letter), (fire | crash | restart, member), (call, `Call`),
(cut | heal, one, other)."""


class Mode(NamedTuple):
    """What is true of the whole world and of no member.

    Args:
        now_us: Virtual time, microseconds; only timers move it.
        cuts: Pairs of members between which messages wait.
        left: What may still happen besides deliveries and the story.
    """

    now_us: int
    cuts: Cuts
    left: Bounds

    def spend(self, what: str) -> "Mode":
        """Return the mode in which one thing less of a kind may happen; in a prefix nothing is counted."""
        left = getattr(self.left, what)
        return self._replace(left=replace(self.left, **{what: left - 1})) if left else self


@dataclass(eq=False, slots=True)
class Step:
    """One event, as the search knows it.

    Args:
        event: What happens.
        source: The state that it changes, if it is one of a member.
        target: What it makes of that state.
        gone: Letters that leave flight.
        sent: Letters that enter it.
        mode: Number of the next mode; -1 when it stays.
        row: Number of what the history of operations gains; -1 for nothing.
        delta: What it adds to the integer of a state, but for the history.
        parts: The parts of the world that it changes, for promises that look at them.
        replies: The replies among those sent.
        given_up: The requests for whose replies the member no longer waits.
        images: What it adds under each exchange of names; see `symmetry`.
    """

    event: Happens
    source: State | None = field(repr=False)
    target: State | None = field(repr=False)
    gone: tuple[int, ...]
    sent: tuple[int, ...]
    mode: int
    row: int
    delta: int = field(repr=False)
    parts: frozenset[str]
    replies: tuple[int, ...] = ()
    given_up: frozenset[Asked] = frozenset()
    images: tuple[int, ...] | None = field(default=None, repr=False)

    @property
    def stuck(self) -> bool:
        """Whether it does not end."""
        return self.target is not None and self.target.stuck

    @property
    def must_happen(self) -> bool:
        """Whether it is part of the story: nobody has to break anything, or to call more."""
        kind = self.event[0]
        return bool(self.event[2]) if kind == "call" else kind not in ("drop", "duplicate", "crash", "cut")


class Steps:
    """Makes steps, each once where it is likely to be met again.

    Args:
        cast: Who is in the world.
        files: Source files of the code under study: shown path by real path.
        copies: How often a letter can be in flight besides itself.
        with_history: Whether the history of operations counts.
    """

    def __init__(self, cast: Cast, files: Mapping[str, str], copies: int, *, with_history: bool) -> None:
        self.cast = cast
        self.names = [member.name for member in cast.members]
        self.places = {name: place for place, name in enumerate(self.names)}
        self.members: list[Member] = [
            NodeMember(member, place, files) if isinstance(member, Node) else ServiceMember(member, place)
            for place, member in enumerate(cast.members)
        ]
        safe = {member.name: member.safe if isinstance(member, Node) else SAFE for member in cast.members}
        self.letters = Letters(self.places, safe)
        self.chronicle = Chronicle()
        self.coding = Coding(len(self.members), copies)
        self.modes: list[Mode] = []
        self._mode_numbers: dict[Mode, int] = {}
        self._network: dict[tuple[Any, ...], Step] = {}
        self._with_history = with_history

    def mode_number(self, mode: Mode) -> int:
        """Return the number of a mode; one not met before gets the next."""
        if mode not in self._mode_numbers:
            self._mode_numbers[mode] = len(self.modes)
            self.modes.append(mode)
        return self._mode_numbers[mode]

    # What members do

    def deliver(self, state: State, letter: int, now_us: int) -> Step:
        """Return the step in which a letter reaches its receiver."""
        step: Step | None = state.steps.get((letter, now_us))
        if step is None:
            move = self.members[state.member].deliver(state, self.letters.known[letter], now_us)
            step = self._of_member(("deliver", letter), state, move, now_us, gone=(letter,))
            state.steps[letter, now_us] = step
        return step

    def call(self, state: State, call: Call, mode: Mode, after: Mode, *, scripted: bool) -> Step:
        """Return the step in which an operation of a node is called."""
        member = self.members[state.member]
        assert isinstance(member, NodeMember)
        assert isinstance(state, NodeState)
        move = member.call(state, call, mode.now_us, scripted=scripted)
        return self._of_member(("call", call, scripted), state, move, mode.now_us, (mode, after))

    def fire(self, state: State, mode: Mode, after: Mode) -> Step:
        """Return the step in which a member's earliest timer fires."""
        now_us = max(mode.now_us, state.timer or 0)
        move = self.members[state.member].fire(state, now_us)
        modes = (mode, after._replace(now_us=now_us))
        return self._of_member(("fire", state.member), state, move, mode.now_us, modes)

    def crash(self, state: State, mode: Mode, after: Mode) -> Step:
        """Return the step in which a member goes down."""
        key = ("crash", mode, after)
        if key not in state.steps:
            move = self.members[state.member].crash(state)
            event = ("crash", state.member)
            state.steps[key] = self._of_member(event, state, move, mode.now_us, (mode, after))
        step: Step = state.steps[key]
        return step

    def restart(self, state: State, in_flight: tuple[int, ...], mode: Mode) -> Step:
        """Return the step in which a member comes up again; replies to its former life are lost."""
        lost = tuple(
            letter
            for letter in in_flight
            if self.letters.known[letter].is_reply and self.letters.receivers[letter] == state.member
        )
        key = ("restart", mode.now_us, lost)
        if key not in state.steps:
            move = self.members[state.member].restart(state, mode.now_us)
            event = ("restart", state.member)
            state.steps[key] = self._of_member(event, state, move, mode.now_us, None, lost)
        step: Step = state.steps[key]
        return step

    # What the network does

    def drop(self, letter: int, mode: Mode, after: Mode) -> Step:
        """Return the step in which a letter is lost."""
        return self._of_network(("drop", letter), mode, after, gone=(letter,))

    def duplicate(self, letter: int, mode: Mode, after: Mode) -> Step:
        """Return the step in which a letter is in flight once more."""
        return self._of_network(("duplicate", letter), mode, after, sent=(letter,))

    def cut(self, kind: str, one: str, other: str, mode: Mode, after: Mode) -> Step:
        """Return the step in which a link is cut or healed."""
        pair = pair_of(one, other)
        cuts = mode.cuts | {pair} if kind == "cut" else mode.cuts - {pair}
        return self._of_network((kind, one, other), mode, after._replace(cuts=cuts))

    # Their numbers

    def _of_member(
        self,
        event: Happens,
        state: State,
        move: Move,
        now_us: int,
        modes: tuple[Mode, Mode] | None = None,
        gone: tuple[int, ...] = (),
    ) -> Step:
        coding, target = self.coding, move.state
        sent = tuple(map(self.letters.number, move.letters))
        delta = coding.member(target) - coding.member(state)
        delta += sum(map(coding.letter, sent)) - sum(map(coding.letter, gone))
        mode, mode_delta = self._mode_change(*modes) if modes else (-1, 0)
        row = self.chronicle.row(move.happened) if move.happened and self._with_history else -1
        parts = frozenset(_changed_parts(state, move))
        if target.origin is None and not target.first and target is not state:
            target.origin = (state, event, now_us)
        replies = tuple(letter for letter in sent if self.letters.known[letter].is_reply)
        return Step(
            event, state, target, gone, sent, mode, row, delta + mode_delta, parts, replies, move.given_up
        )

    def _of_network(
        self,
        event: Happens,
        mode: Mode,
        after: Mode,
        *,
        gone: tuple[int, ...] = (),
        sent: tuple[int, ...] = (),
    ) -> Step:
        key = (event, mode, after)
        if key not in self._network:
            number, delta = self._mode_change(mode, after)
            delta += sum(map(self.coding.letter, sent)) - sum(map(self.coding.letter, gone))
            parts = frozenset(("flight",))
            self._network[key] = Step(event, None, None, gone, sent, number, -1, delta, parts)
        return self._network[key]

    def _mode_change(self, before: Mode, after: Mode) -> tuple[int, int]:
        if before == after:
            return -1, 0
        number = self.mode_number(after)
        return number, self.coding.mode(number) - self.coding.mode(self.mode_number(before))


def pair_of(one: str, other: str) -> tuple[str, str]:
    """Return two names in the order in which cuts have them."""
    first, second = sorted((one, other))
    return first, second


def _changed_parts(state: State, move: Move) -> Iterator[str]:
    yield "flight"
    if move.happened:
        yield "operations"
    for part in MEMBER_PARTS:
        if move.state is not state and sight(move.state, part) != sight(state, part):
            yield part


NOTHING = Bounds()


def has_faults(bounds: Bounds) -> bool:
    """Tell whether anything may break within some bounds."""
    return any((bounds.drops, bounds.duplicates, bounds.crashes, bounds.cuts))
