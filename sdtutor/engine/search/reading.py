"""The events of a run as steps of a search, and the steps of a search as events of a run."""

from collections.abc import Sequence

from sdtutor.engine.events import Event
from sdtutor.engine.lab import Call
from sdtutor.engine.message import original_name
from sdtutor.engine.possible import timers
from sdtutor.engine.run import Run
from sdtutor.engine.run import Step as RunStep
from sdtutor.engine.search.identity import key_of
from sdtutor.engine.search.letters import Letter
from sdtutor.engine.search.members import State
from sdtutor.engine.search.nodes import NodeState
from sdtutor.engine.search.steps import Happens, Mode, Step, Steps


class Reading:
    """Reads events.

    Args:
        steps: Makes the steps.
        run: The run whose events they are.
    """

    def __init__(self, steps: Steps, run: Run) -> None:
        self._steps = steps
        self._run = run
        self._rules = run.rules

    def step(self, done: RunStep, members: Sequence[State], letters: tuple[int, ...], mode: Mode) -> Step:
        """Return the step of a search that a step of the run is.

        Args:
            done: The step of the run.
            members: The state of each member before it.
            letters: What is in flight.
            mode: The mode.
        """
        event = done.event
        kind = event.kind
        if kind in ("deliver", "drop", "duplicate"):
            return self._of_letter(done, members, letters, mode)
        if kind in ("cut", "heal"):
            return self._steps.cut(kind, event.target, event.operation, mode, mode)
        state = members[self._steps.places[event.target.split(".timer#")[0]]]
        if kind == "fire":
            return self._steps.fire(state, mode, mode)
        if kind == "crash":
            return self._steps.crash(state, mode, mode)
        if kind == "restart":
            return self._steps.restart(state, letters, mode)
        call = Call(event.target, event.operation, event.arguments)
        return self._steps.call(state, call, mode, mode, scripted=self._is_next(state, call))

    def _of_letter(
        self, done: RunStep, members: Sequence[State], letters: tuple[int, ...], mode: Mode
    ) -> Step:
        event, letter = done.event, self._letter(done, letters)
        if event.kind == "drop":
            return self._steps.drop(letter, mode, mode)
        if event.kind == "duplicate":
            return self._steps.duplicate(letter, mode, mode)
        return self._steps.deliver(members[self._steps.letters.receivers[letter]], letter, mode.now_us)

    def _letter(self, done: RunStep, letters: tuple[int, ...]) -> int:
        """Return the letter to which a step happens; copies of a request may have different answers."""
        known, name = self._steps.letters.known, original_name(done.event.target)
        named = [letter for letter in letters if known[letter].name == name]
        if len(set(named)) == 1:
            return named[0]
        said = key_of(self._run.at(done.index - 1).facts["message", done.event.target, ""].payload)
        return next(letter for letter in named if key_of(known[letter].payload) == said)

    def _is_next(self, state: State, call: Call) -> bool:
        calls = self._rules.script.get(call.node, [])
        if not isinstance(state, NodeState) or not calls or state.busy:
            return False
        made = state.facts.script
        return (self._rules.repeats or made < len(calls)) and calls[made % len(calls)] == call


def as_event(run: Run, happens: Happens, steps: Steps) -> Event:
    """Return the event that a step is where a run stands."""
    kind, *what = happens
    if kind in ("deliver", "drop", "duplicate"):
        return Event(kind, _message_name(run, steps.letters.known[what[0]]))
    if kind in ("cut", "heal"):
        return Event(kind, what[0], what[1])
    if kind == "call":
        return Event("call", what[0].node, what[0].operation, what[0].arguments)
    name = steps.names[what[0]]
    if kind == "fire":
        name = next(
            timer for _, timer, _ in timers(run.world, run.cast) if timer.startswith(f"{name}.timer#")
        )
    return Event(kind, name)


def _message_name(run: Run, letter: Letter) -> str:
    """Return the name of a message in flight that says what a letter says."""
    said = key_of(letter.payload)
    return next(
        message.name
        for message in run.world.in_flight
        if original_name(message.name) == letter.name and key_of(message.payload) == said
    )
