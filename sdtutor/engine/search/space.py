"""The states of a whole world, and the steps that lead from one to the next."""

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from sdtutor.engine.bounds import Bounds
from sdtutor.engine.lab import Call, Node
from sdtutor.engine.run import Run
from sdtutor.engine.search.members import State
from sdtutor.engine.search.nodes import NodeState
from sdtutor.engine.search.reading import Reading
from sdtutor.engine.search.steps import NOTHING, Cuts, Mode, Step, Steps, has_faults, pair_of


class Position(NamedTuple):
    """A state of the world, taken apart.

    Args:
        key: The state as one integer.
        members: The state of each member.
        letters: Numbers of the letters in flight.
        mode: Number of the mode.
        history: Number of the history of operations.
        images: The integers of the states that differ from this one only in names; see `symmetry`.
    """

    key: int
    members: tuple[State, ...]
    letters: tuple[int, ...]
    mode: int
    history: int
    images: tuple[int, ...] = ()


class Space:
    """The states that can be reached.

    Args:
        run: Where the search starts: only its settings and its events are used.
        bounds: What may happen besides deliveries and the calls of the story.
        with_history: Whether states with other histories of operations are other states.
        forgets: Whether letters that can do nothing any more are as good as gone.
    """

    def __init__(self, run: Run, bounds: Bounds, *, with_history: bool, forgets: bool = False) -> None:
        self.run = run
        self.bounds = bounds
        self.with_history = with_history
        self.forgets = forgets
        copies = bounds.duplicates + sum(step.event.kind == "duplicate" for step in run.steps)
        self.steps = Steps(run.cast, run.files, copies, with_history=with_history)
        self._history_code = self.steps.coding.history(1)
        self._after = self.steps.chronicle.after
        self._script_ends: dict[int, int] = {}
        self.start = self._start()
        self.calm = (
            not has_faults(bounds)
            and not self.steps.modes[self.start.mode].cuts
            and all(state.up for state in self.start.members)
            and not copies
        )
        """Whether nothing is broken or there twice, and nothing can break."""

    def _start(self) -> Position:
        """Return the state in which the run is, with nothing spent."""
        steps, run = self.steps, self.run
        moves = [member.start() for member in steps.members]
        letters = [steps.letters.number(letter) for move in moves for letter in move.letters]
        states = [move.state for move in moves]
        position = self.position(states, letters, Mode(0, frozenset(), NOTHING), 0)
        reading = Reading(steps, run)
        for done in run.steps:
            step = reading.step(done, position.members, position.letters, steps.modes[position.mode])
            position = self.apply(position, step)
        for name, calls in run.rules.script.items():
            state = position.members[steps.places[name]]
            made = state.facts.script if isinstance(state, NodeState) else 0
            end = made + self.bounds.rounds * len(calls) if run.rules.repeats else len(calls)
            self._script_ends[steps.places[name]] = end
        mode = steps.modes[position.mode]._replace(left=self.bounds)
        flying = position.letters
        if self.forgets:
            flying = tuple(letter for letter in flying if not self._is_dead(letter, position.members))
        return self.position(position.members, flying, mode, position.history)

    def _is_dead(self, letter: int, members: tuple[State, ...]) -> bool:
        """Tell whether a letter can do nothing any more: whoever asked does not wait for the reply."""
        table = self.steps.letters
        known = table.known[letter]
        asker = members[table.receivers[letter] if known.is_reply else table.senders[letter]]
        if not table.harmless[letter] or not isinstance(asker, NodeState):
            return False
        return asker.incarnation != known.incarnation or known.request not in asker.facts.awaited

    def dead_after(self, position: Position, step: Step) -> tuple[int, ...]:
        """Return the letters that can do nothing any more once a step is taken."""
        members = position.members
        dead = [letter for letter in step.replies if self._is_dead(letter, members)]
        if step.given_up and step.target is not None:
            place = step.target.member
            after = (*members[:place], step.target, *members[place + 1 :])
            flying = [*position.letters, *step.sent]
            for letter in step.gone:
                flying.remove(letter)
            dead += [letter for letter in flying if self._is_dead(letter, after)]
        return tuple(dead)

    def position(
        self, members: Iterable[State], letters: Iterable[int], mode: Mode, history: int
    ) -> Position:
        """Return a state put together."""
        coding, known, flying = self.steps.coding, tuple(members), tuple(letters)
        number = self.steps.mode_number(mode)
        key = sum(map(coding.member, known)) + sum(map(coding.letter, flying))
        return Position(key + coding.mode(number) + coding.history(history), known, flying, number, history)

    def key_after(self, position: Position, step: Step) -> int:
        """Return the integer of the state to which a step leads."""
        key = position[0] + step.delta
        if step.row >= 0:
            history = position[4]
            key += (self._after(history, step.row) - history) * self._history_code
        return key

    def history_after(self, position: Position, step: Step) -> int:
        """Return the number of the history after a step."""
        return self._after(position.history, step.row) if step.row >= 0 else position.history

    def apply(
        self,
        position: Position,
        step: Step,
        key: int | None = None,
        images: tuple[int, ...] = (),
        dead: tuple[int, ...] = (),
    ) -> Position:
        """Return the state to which a step leads.

        Args:
            position: The state.
            step: A step that can be taken in it.
            key: The integer of the new state, if it is known.
            images: The integers of its images.
            dead: The letters that can do nothing any more after it.
        """
        _, members, letters, mode, _, _ = position
        if step.target is not step.source and step.target is not None:
            place = step.target.member
            members = (*members[:place], step.target, *members[place + 1 :])
        if step.gone:
            flying = list(letters)
            for letter in step.gone:
                flying.remove(letter)
            letters = (*flying, *step.sent)
        elif step.sent:
            letters = letters + step.sent
        if dead:
            letters = tuple(letter for letter in letters if letter not in dead)
        if step.mode >= 0:
            mode = step.mode
        key = self.key_after(position, step) if key is None else key
        return Position(key, members, letters, mode, self.history_after(position, step), images)

    def moves(self, position: Position) -> list[Step]:
        """Return every step that can be taken from a state, deliveries first."""
        members, mode_number = position.members, position.mode
        mode = self.steps.modes[mode_number]
        receivers, deliver, now_us = self.steps.letters.receivers, self.steps.deliver, mode.now_us
        steps = []
        for letter in position.letters:
            state = members[receivers[letter]]
            if state.up and not (mode.cuts and self._is_cut(letter, mode.cuts)):
                steps.append(state.steps.get((letter, now_us)) or deliver(state, letter, now_us))
        for state in members:
            own = state.steps.get(mode_number)
            if own is None:
                own = state.steps[mode_number] = tuple(self._own(state, mode))
            steps += own
        if not self.calm:
            steps += self._faults(position, mode)
        return steps

    def _is_cut(self, letter: int, cuts: Cuts) -> bool:
        known = self.steps.letters.known[letter]
        return pair_of(known.sender, known.receiver) in cuts

    def _own(self, state: State, mode: Mode) -> Iterator[Step]:
        """Yield the steps that a member can take by itself: its timer, its next call."""
        if not state.up:
            return
        if state.timer is not None and mode.left.timers:
            yield self.steps.fire(state, mode, mode.spend("timers"))
        if not isinstance(state, NodeState) or state.busy:
            return
        call = self.next_call(state)
        if call:
            yield self.steps.call(state, call, mode, mode, scripted=True)
        elif mode.left.calls:
            for call in self._offered(state):
                yield self.steps.call(state, call, mode, mode.spend("calls"), scripted=False)

    def next_call(self, state: NodeState) -> Call | None:
        """Return the call that the story makes next on a node that is idle; None when it has none."""
        made = state.facts.script
        if made >= self._script_ends.get(state.member, 0):
            return None
        calls = self.run.rules.script[self.steps.names[state.member]]
        return calls[made % len(calls)]

    def _offered(self, state: NodeState) -> Iterator[Call]:
        node = self.run.cast.members[state.member]
        for offered in node.calls if isinstance(node, Node) else ():
            if len(offered.example) == len(offered.arguments):
                yield Call(node.name, offered.operation, offered.example)

    def _faults(self, position: Position, mode: Mode) -> Iterator[Step]:
        left, steps = mode.left, self.steps
        for letter in dict.fromkeys(position.letters):
            if left.drops:
                yield steps.drop(letter, mode, mode.spend("drops"))
            if left.duplicates:
                yield steps.duplicate(letter, mode, mode.spend("duplicates"))
        for state in position.members:
            if not state.up:
                yield steps.restart(state, position.letters, mode)
            elif left.crashes:
                yield steps.crash(state, mode, mode.spend("crashes"))
        for link in self.run.cast.links if left.cuts or mode.cuts else ():
            if pair_of(link.one, link.other) in mode.cuts:
                yield steps.cut("heal", link.one, link.other, mode, mode)
            elif left.cuts:
                yield steps.cut("cut", link.one, link.other, mode, mode.spend("cuts"))
