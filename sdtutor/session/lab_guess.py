"""Predictions in a lab: a question about an open call, answered by the run."""

from dataclasses import replace
from typing import Any

from sdtutor.engine.events import Event
from sdtutor.engine.lab import Prediction
from sdtutor.engine.operations import Operation
from sdtutor.engine.possible import deliverable
from sdtutor.engine.run import Run, Step
from sdtutor.session.lab_views import QuestionView
from sdtutor.session.lab_words import say_outcome


class Guess:
    """One prediction, from the question to the answer.

    Args:
        prediction: What is asked.
        call: The call whose outcome is asked.
        choices: The values to choose from.
    """

    def __init__(self, prediction: Prediction, call: Operation, choices: tuple[Any, ...]) -> None:
        self.call = call.name
        self._choices = tuple("nothing" if value is None else str(value) for value in choices)
        self.view = QuestionView(prediction.prompt, self._choices)

    @property
    def is_open(self) -> bool:
        """Whether the run has not told yet."""
        return not self.view.verdict

    def choose(self, index: int) -> None:
        """Commit to a choice; it cannot be taken back.

        Args:
            index: From 0.
        """
        if self.view.chosen is None and 0 <= index < len(self._choices):
            self.view = replace(self.view, chosen=index)

    def look(self, run: Run, step: int) -> None:
        """Judge the guess once the call has ended."""
        call = next((o for o in run.operations_at(step) if o.name == self.call), None)
        if not self.is_open or call is None or call.outcome is None:
            return
        told = "nothing" if call.outcome.value is None else say_outcome(call.outcome)
        if self.view.chosen is None:
            verdict = f"It returned {told}."
        elif self._choices[self.view.chosen] == told:
            verdict = f"You said {told}: right."
        else:
            verdict = f"You said {self._choices[self.view.chosen]}. It returned {told}."
        self.view = replace(self.view, verdict=verdict)

    def is_told_by(self, step: Step) -> bool:
        """Tell whether a recorded step ends the call."""
        return any(result.operation.name == self.call for result in step.results)

    def next_event(self, run: Run) -> Event | None:
        """Return the delivery that brings the call closer to its answer; None at the brink of it."""
        return next_before_reply(run, self.call)

    def proposes(self, _run: Run) -> Event | None:
        """Return that no event is proposed: the conversation of the call goes on."""


def open_guess(run: Run, call: Operation | None = None) -> Guess | None:
    """Return a prediction about a call that is open at the tip, the newest first; None when none fits.

    Args:
        run: The run.
        call: The call to ask about; None takes any.
    """
    calls = [call] if call else [o for o in reversed(run.operations) if o.outcome is None]
    for candidate in calls:
        for prediction in run.lab.predictions:
            if candidate.outcome is None and prediction.operation == candidate.operation:
                return Guess(prediction, candidate, prediction.choices(run.world))
    return None


def guess_ahead(run: Run, event: Event) -> Guess | None:
    """Return a prediction about a call that is about to be made; None when the lab has none about it.

    Args:
        run: The run, at its tip.
        event: What happens next.
    """
    number = run.world.counted("call", f"{event.target}.{event.operation}") + 1
    name = f"{event.target}.{event.operation}#{number}"
    call = Operation(name, event.target, event.operation, event.arguments, len(run.steps) + 1)
    for prediction in run.lab.predictions:
        if event.kind == "call" and prediction.operation == event.operation:
            return Guess(prediction, call, prediction.choices(run.world))
    return None


def next_before_reply(run: Run, call: str) -> Event | None:
    """Return the delivery that brings a call closer to its answer; None at the brink of the answer."""
    caller = call.split(".")[0]
    for message in deliverable(run.world):
        if message.conversation == call and not (message.is_reply and message.receiver == caller):
            return Event("deliver", message.name)
    return None
