"""A lab as a conversation: what can happen next, numbered; the learner says what happens."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from sdtutor.cli.flows.branches import keep_rest, tell_branches
from sdtutor.cli.flows.find import ask_find
from sdtutor.cli.flows.measures import ask_sweep, compare_versions, tell_run_measures
from sdtutor.cli.lab_diagram import tell_diagram
from sdtutor.cli.lab_report import tell_measures, tell_verdicts
from sdtutor.cli.surface import EndOfInput, Surface
from sdtutor.cli.wording import typed_keys
from sdtutor.errors import UsageError

if TYPE_CHECKING:
    from sdtutor.session.lab_session import LabSession
    from sdtutor.session.lab_views import LabView

KEYS = (
    ("1, 2 ...", "let that event happen"),
    ("Enter", "let the proposed event happen"),
    ("b", "one step back"),
    (">", "one recorded step forward"),
    ("t N", "go to step N"),
    ("v", "the other version of the code, same events"),
    ("a", "make a call of your own"),
    ("x", "inject a fault"),
    ("g", "guess how a call will end"),
    ("h", "a hint"),
    ("n", "the next goal"),
    ("s", "change a setting"),
    ("m", "the measures"),
    ("f", "find the shortest way to break a promise, or that there is none"),
    ("p", "run it many times, with other values or other seeds"),
    ("o", "where the other version of the code parts from this run"),
    ("w", "the whole lab in words"),
    ("d", "the run as a space-time diagram"),
    ("c", "the code, with the lines that ran"),
    ("r", "the branches: the orders that you have tried"),
    ("r N", "go to branch N"),
    ("k", "keep the rest of the branch that you left"),
    ("i", "what is real here, and what is simulated"),
    ("y", "the command of this run"),
    ("?", "these keys"),
    ("q", "leave"),
)
"""What can be typed; also an event as a run file writes it."""


def play_lab(session: "LabSession", surface: Surface) -> int:
    """Play a lab until the learner leaves; return the exit code.

    When the input ends, what happens by itself happens, and the run is summed up.
    """
    _Talk(session, surface).go()
    return 0


class _Talk:
    def __init__(self, session: "LabSession", surface: Surface) -> None:
        self._session, self._surface = session, surface
        self._done = False
        self._told: tuple[str, ...] = ()
        self._actions: dict[str, Callable[[], None]] = {
            "": self._session.run_event,
            "b": lambda: self._moved(session.back(), "This is the beginning."),
            ">": lambda: self._moved(session.forward(), "Nothing is recorded after this step."),
            "v": self._switch,
            "a": self._call,
            "x": self._fault,
            "f": lambda: ask_find(session, surface),
            "g": self._guess,
            "h": session.hint,
            "n": session.next_goal,
            "s": self._set,
        }
        self._answers: dict[str, Callable[[], None]] = {
            "m": lambda: tell_run_measures(session, surface),
            "p": lambda: ask_sweep(session, surface),
            "o": lambda: compare_versions(session, surface),
            "w": self._words,
            "d": lambda: tell_diagram(session.run, surface, session.view().step),
            "c": self._code,
            "r": lambda: tell_branches(session, surface),
            "k": lambda: keep_rest(session, surface),
            "i": self._fidelity,
            "y": lambda: surface.say(session.command()),
            "?": lambda: surface.rows(KEYS),
            "q": self._leave,
        }

    def go(self) -> None:
        self._open()
        try:
            while not self._done:
                self._surface.ask(self._prompt(), self._obey)
        except EndOfInput:
            self._to_rest()

    def _open(self) -> None:
        view = self._session.view()
        self._surface.heading(f"{view.topic}: {view.title}. {view.badge}")
        self._surface.say(self._session.lab.opening.sentence)
        self._surface.say()
        self._words()
        self._told = _promised(view)
        self._guide(view)

    def _prompt(self) -> str:
        view = self._session.view()
        proposed = f"Enter {view.cursor + 1}, " if view.events else ""
        return f"Step {view.step}. {proposed}b back, ? keys, q quit: "

    def _obey(self, text: str) -> None:
        """Do what a line says.

        Raises:
            UsageError: It says nothing that can be done here.
        """
        if text in self._answers:
            self._answers[text]()
            return
        if text in self._actions:
            self._actions[text]()
        elif text.isascii() and text.isdigit():
            self._run_row(int(text))
        elif text.startswith("t "):
            self._go_to(text[2:].strip())
        elif text.startswith("r "):
            self._switch_branch(text[2:].strip())
        elif " " in text:
            self._session.run_text(text)
        else:
            raise UsageError(f'There is no key "{text}".', "? lists the keys.")
        self._show()

    def _run_row(self, number: int) -> None:
        count = len(self._session.view().events)
        if not 1 <= number <= count:
            possible = f"Type a number from 1 to {count}." if count else "b goes back, s begins again."
            raise UsageError(f"There is no event {number} here.", possible)
        self._session.run_event(number - 1)

    def _go_to(self, text: str) -> None:
        last = self._session.view().last_step
        if not (text.isascii() and text.isdigit() and self._session.go_to(int(text))):
            raise UsageError(f'There is no step "{text}".', f"Steps go from 0 to {last}.")

    def _moved(self, moved: bool, message: str) -> None:
        if not moved:
            raise UsageError(message)

    def _show(self) -> None:
        """Tell the step that is looked at, what can happen next, and what the coach says."""
        view, surface = self._session.view(), self._surface
        surface.say()
        if view.step:
            past = view.past[-1]
            surface.say(f"Step {past.step}, t {view.time}: {past.title}: {past.detail}".rstrip(": "))
        else:
            surface.say(f"Step 0, {view.badge}: nothing has happened yet.")
        for row in view.changes:
            if row.sign.strip():
                surface.say(f"    {row.title}: {row.detail}".rstrip(": "))
        self._events(view)
        self._guide(view)

    def _events(self, view: "LabView") -> None:
        if not view.events:
            self._surface.say("Nothing can happen any more.")
        for number, row in enumerate(view.events, 1):
            note = f" ({row.note})" if row.note else ""
            said = f"{row.title}: {row.detail}" if row.detail else row.title
            self._surface.say(f"  {number}  {said}{note}")

    def _guide(self, view: "LabView") -> None:
        """Tell promises when they changed, the goal, the coach's line, and how a guess went."""
        surface = self._surface
        told, goal = _promised(view), view.goal
        if goal:
            state, score = "done" if goal.done else "goal", f" ({goal.score})" if goal.score else ""
            told = (
                *told,
                f"{state} {goal.number} of {goal.count}: {goal.title}{score}",
                *map(typed_keys, goal.hints),
            )
        if view.coach:
            told = (*told, typed_keys(view.coach))
        if view.waiting:
            offer = f"k keeps the rest of the branch that you left, {view.waiting} to try."
            told = (*told, f"This is branch {view.branch}. {offer}")
        if view.question and view.question.verdict:
            told = (*told, view.question.verdict)
        for sentence in told:
            if sentence not in self._told:
                surface.say(sentence)
        self._told = told

    def _words(self) -> None:
        for sentence in self._session.in_words():
            self._surface.say(sentence)

    def _code(self) -> None:
        states = {"running": "ran last", "ran": "ran", "parked": "waits"}
        self._surface.rows(
            (str(row.number or ""), states.get(row.state, ""), row.text) for row in self._session.view().code
        )

    def _call(self) -> None:
        offers = self._session.offered_calls()
        if not offers:
            raise UsageError("There is nothing to call here.")
        options = [f"{offer.label}: {offer.operation} {' '.join(offer.arguments)}" for offer in offers]
        index = self._surface.choose("Call what?", [*options, "nothing"], enter=0)
        if index is None or index == len(offers):
            return
        offer = offers[index]
        values = []
        for argument, example in zip(offer.arguments, offer.example, strict=True):
            values.append(self._surface.ask(f"{argument} (Enter: {example}): ", lambda text: text) or example)
        self._session.call(offer.node, offer.operation, values)
        self._ask_question()

    def _switch(self) -> None:
        self._session.switch_variant()
        self._surface.say(self._session.view().badge)

    def _fault(self) -> None:
        faults = self._session.faults()
        if not faults:
            raise UsageError("Nothing can be broken here.")
        options = [f"{row.title}: {row.detail}" if row.detail else row.title for row in faults]
        index = self._surface.choose("Which fault?", options, skip="breaks nothing")
        if index is not None:
            self._session.run_text(faults[index].event)

    def _guess(self) -> None:
        if not self._session.ask():
            raise UsageError("There is nothing to guess about here.", "a makes a call.")
        self._ask_question()

    def _ask_question(self) -> None:
        question = self._session.view().question
        if question is not None and question.chosen is None:
            index = self._surface.choose(question.prompt, question.choices, skip="does not guess")
            if index is not None:
                self._session.guess(index)

    def _set(self) -> None:
        rows = self._session.settings()
        if not rows:
            raise UsageError("This lab has nothing to set.")
        self._surface.rows((f"{row.name}={row.value}", row.help) for row in rows)
        text = self._surface.ask("NAME=VALUE (Enter changes nothing): ", lambda text: text)
        if text:
            name, _, value = text.partition("=")
            self._session.set(name.strip(), value.strip())

    def _switch_branch(self, text: str) -> None:
        if not (text.isascii() and text.isdigit()):
            raise UsageError(f'There is no branch "{text}".', "r lists them.")
        self._session.switch_branch(int(text))

    def _fidelity(self) -> None:
        for heading, text in self._session.fidelity():
            self._surface.say(f"{heading}: {text}")

    def _leave(self) -> None:
        self._done = True

    def _to_rest(self) -> None:
        """Let happen what happens by itself from here, tell it, and sum the run up."""
        session, surface = self._session, self._surface
        if surface.on_terminal:
            return
        first = session.view().step
        if first == session.view().last_step:
            session.run.advance()
        for step in range(first + 1, len(session.run.steps) + 1):
            session.go_to(step)
            self._show()
        tell_verdicts(session.run, surface)
        tell_measures(session.run, surface)


def _promised(view: "LabView") -> tuple[str, ...]:
    return tuple(f"{promise.word}: {promise.sentence}" for promise in view.promises)
