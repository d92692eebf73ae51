"""A quiz as a conversation, and as JSON objects."""

import re
from collections.abc import Callable
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from sdtutor.cli.answers import Answers
from sdtutor.cli.plain import numbered
from sdtutor.cli.surface import EndOfInput, Surface
from sdtutor.errors import UsageError

if TYPE_CHECKING:
    from sdtutor.session.quiz_session import QuizSession
    from sdtutor.session.views import Confidence, QuizSummary, QuizView, Told

Emit = Callable[[dict[str, Any]], None]

TYPED = ("number", "gap", "line")
"""Kinds of questions that are answered by a text; the others by numbers of options."""

_CONFIDENCE = re.compile(r"(?P<answer>.*?)(?P<sign>[+-])")
_PROMPTS = {
    "multi": "Numbers of all that are right, such as 1 3",
    "order": "Numbers in the right order, such as 2 1 3",
    "number": "A number",
    "gap": "What fills the gap",
    "line": "Number of the line",
}


class Tally:
    """How many questions were answered, and how many of them right."""

    def __init__(self) -> None:
        self.right = self.count = 0

    def add(self, correct: bool) -> None:
        """Count one answer."""
        self.right += correct
        self.count += 1

    def take(self, summary: "QuizSummary | None") -> None:
        """Count what a finished quiz counted: with the answers of an earlier sitting."""
        if summary:
            self.right, self.count = summary.right, summary.count

    @property
    def passed(self) -> bool:
        """Whether at least 70 % were right, as courses commonly ask; not when nothing was answered."""
        return self.count > 0 and self.right >= 0.7 * self.count


def give(session: "QuizSession", text: str) -> None:
    """Give an answer as it is typed: numbers or a text, then ``+`` when sure or ``-`` when guessing.

    Raises:
        UsageError: It cannot be read, or is not complete; nothing is answered.
    """
    view = session.view()
    text, confidence = _confidence(text, view.kind in TYPED)
    if view.kind in TYPED:
        session.type(text)
    else:
        indices = [numbered(word, len(view.choices)) for word in re.split(r"[\s,]+", text) if word]
        if view.kind in ("choice", "predict") and len(indices) > 1:
            raise UsageError("One option is right here.", "Type one number.")
        for index in dict.fromkeys(indices):
            session.choose(index)
    try:
        session.answer(confidence)
    except UsageError:
        session.undo()
        raise


def _confidence(text: str, typed: bool) -> tuple[str, "Confidence"]:
    """Return answer and confidence; behind a text the sign stands alone, as texts end in signs too."""
    found = _CONFIDENCE.fullmatch(text)
    if not found or (typed and not found["answer"].endswith(" ")):
        return text, "think"
    return found["answer"].strip(), "sure" if found["sign"] == "+" else "guess"


def ask_quiz(session: "QuizSession", surface: Surface) -> Tally:
    """Ask the questions of a quiz until its end, or that of the input; return how it went."""
    tally = Tally()
    try:
        while not (view := session.view()).finished:
            _show_question(view, surface)
            if not surface.ask(_prompt(view), lambda text: _taken(session, text)):
                surface.say("What you answered is kept; the same command goes on here.")
                return tally
            told = session.view().told
            if told:
                tally.add(told.correct)
                _tell(session.view(), told, surface)
            session.next()
    except EndOfInput:
        surface.say()
        surface.say(f"The input ended: {tally.right} of {tally.count} right. What was answered is kept.")
        return tally
    tally.take(view.summary)
    if view.summary:
        _summarise(view.summary, surface)
    return tally


def _taken(session: "QuizSession", text: str) -> bool:
    """Give the answer in a line; tell False when the line leaves the quiz."""
    if text == "q":
        return False
    give(session, text)
    return True


def _show_question(view: "QuizView", surface: Surface) -> None:
    surface.heading(f"Question {view.number} of {view.count}: {view.title}, {view.level}")
    surface.markdown(view.prompt)
    if view.code:
        surface.say(view.address)
        surface.rows((str(row.number), row.text) for row in view.code)
    surface.say()
    for number, choice in enumerate(view.choices, 1):
        surface.say(f"  {number}  {choice}")


def _prompt(view: "QuizView") -> str:
    what = _PROMPTS.get(view.kind, f"1 to {len(view.choices)}")
    unit = f" in {view.unit}" if view.unit else ""
    signs = "+ sure, - guessing" if view.kind not in TYPED else "a space and + sure, - guessing"
    return f"{what}{unit} ({signs}, q leaves): "


def _tell(view: "QuizView", told: "Told", surface: Surface) -> None:
    surface.say()
    surface.say(f"{told.score[:1].upper()}{told.score[1:]}. The answer is: {told.right}")
    surface.say(told.why)
    for note in told.notes:
        surface.say(note)
    for index, why in enumerate(told.whys):
        if why and index not in told.right_choices:
            surface.say(f"  {index + 1}  {why}")
    if view.lab:
        step = "" if view.lab.step is None else f", step {view.lab.step}"
        surface.say(f"See it happen: sdtutor lab {view.lab.concept} ({view.lab.scene}{step})")


def _summarise(summary: "QuizSummary", surface: Surface) -> None:
    surface.heading(f"{summary.right} of {summary.count} right")
    surface.rows((row.title, f"{row.right} of {row.count}") for row in summary.by_concept)
    surface.say(f"Due by tomorrow: {summary.due_tomorrow}, about {summary.minutes} min.")


def quiz_records(session: "QuizSession", answers: Answers, emit: Emit) -> Tally:
    """Emit each question, each answer and a summary as JSON objects; options are numbered from 1."""
    tally = Tally()
    try:
        while not (view := session.view()).finished:
            emit(_question_record(view))
            answers.read(lambda text: give(session, text))
            view = session.view()
            if view.told:
                tally.add(view.told.correct)
                emit(_answer_record(view, view.told))
            session.next()
    except EndOfInput:
        pass
    tally.take(session.view().summary)
    emit(_summary_record(session.view(), tally))
    return tally


def _question_record(view: "QuizView") -> dict[str, Any]:
    names = ("item", "number", "count", "kind", "concept", "level", "prompt", "choices", "unit", "address")
    code = [asdict(row) for row in view.code]
    return {"type": "question", **{name: getattr(view, name) for name in names}, "code": code}


def _answer_record(view: "QuizView", told: "Told") -> dict[str, Any]:
    return {
        "type": "answer",
        "item": view.item,
        "given": view.typed if view.kind in TYPED else [index + 1 for index in view.chosen],
        "correct": told.correct,
        "score": told.score,
        "right": told.right,
        "right_choices": [index + 1 for index in told.right_choices],
        "why": told.why,
        "whys": told.whys,
        "notes": told.notes,
        "lab": asdict(view.lab) if view.lab else None,
    }


def _summary_record(view: "QuizView", tally: Tally) -> dict[str, Any]:
    summary = view.summary
    return {
        "type": "summary",
        "right": tally.right,
        "answered": tally.count,
        "count": view.count,
        "passed": tally.passed,
        "by_concept": [asdict(row) for row in summary.by_concept] if summary else [],
        "due_tomorrow": summary.due_tomorrow if summary else None,
    }
