"""Predictions in a lab that are made from where its run stands."""

from dataclasses import replace

from sdtutor.engine.events import Event, parse_event
from sdtutor.engine.predictions.kinds import skills_of
from sdtutor.engine.predictions.making import Question, ask_any
from sdtutor.engine.run import Run
from sdtutor.session.lab_views import QuestionView

OTHER_WAY = "The run has gone another way, so what you guessed about did not happen."


class Forecast:
    """One question that was made from a run, from the question to the answer.

    Args:
        question: The question.
    """

    def __init__(self, question: Question) -> None:
        self._question = question
        self._start = len(question.past)
        self._events = tuple(map(parse_event, question.future))
        choices = tuple(option.text for option in question.options)
        self.view = QuestionView(question.prompt.replace("`", ""), choices)

    @property
    def is_open(self) -> bool:
        """Whether the run has not told yet."""
        return not self.view.verdict

    def choose(self, index: int) -> None:
        """Commit to a choice; it cannot be taken back.

        Args:
            index: From 0.
        """
        if self.view.chosen is None and 0 <= index < len(self.view.choices):
            self.view = replace(self.view, chosen=index)

    def look(self, run: Run, step: int) -> None:
        """Judge the guess once the run has come to its answer, or has gone another way."""
        happened = tuple(taken.event for taken in run.steps[self._start : step])
        if happened != self._events[: len(happened)]:
            self.view = replace(self.view, verdict=OTHER_WAY)
        elif len(happened) == len(self._events):
            self.view = replace(self.view, verdict=self._verdict())

    def _verdict(self) -> str:
        right, chosen = self._question.right, self.view.chosen
        told = self.view.choices[right]
        if chosen is None:
            return f"The answer is: {told}."
        if chosen == right:
            return f"You said {told}: right."
        return f"You said {self.view.choices[chosen]}. The answer is: {told}."

    def next_event(self, run: Run) -> Event | None:
        """Return what brings the run closer to the answer; None at its brink.

        The last event is left to the learner, unless it is a call that the story does not offer.
        """
        done = len(run.steps) - self._start
        left = self._events[done:]
        return None if not left or self.proposes(run) else left[0]

    def proposes(self, run: Run) -> Event | None:
        """Return the event that tells the answer, once it is the next and the learner can choose it."""
        left = self._events[len(run.steps) - self._start :]
        return left[0] if len(left) == 1 and left[0] in run.rules.moves(run.world) else None


def forecast(run: Run, seed: int) -> Forecast | None:
    """Return a question about a run where it stands; None when nothing can be asked there.

    Args:
        run: The run, at its tip.
        seed: Decides what is asked.
    """
    question = ask_any(run, skills_of(run.lab), seed)
    return Forecast(question) if question else None
