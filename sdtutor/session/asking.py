"""One question as it is asked: its options in a drawn order, the grade of an answer, what is told then."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from sdtutor.content.records import (
    AnyQuestion,
    ChoiceQuestion,
    LabLink,
    LineQuestion,
    NumberQuestion,
    OrderQuestion,
    PredictQuestion,
)
from sdtutor.core.draws import uniform
from sdtutor.errors import UsageError
from sdtutor.learning.grading import (
    Grade,
    grade_choice,
    grade_gap,
    grade_line,
    grade_multi,
    grade_number,
    grade_order,
)
from sdtutor.learning.selection import option_order, scrambled_order
from sdtutor.session.views import CodeLine, Told

if TYPE_CHECKING:
    from sdtutor.session.labs import LabShelf

SEEDS = 2**31
"""From how many instances of a skill one is drawn."""

TYPED = ("number", "gap", "line")
"""Kinds that are answered by typing."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A question with its options in the order in which they are shown.

    Args:
        question: The question.
        options: Its options in the order of the file; for a prediction the right one first.
        order: Which option stands at each place, from 0.
        lab: Where to see it happen; None when there is no such place.
    """

    question: AnyQuestion
    options: tuple[str, ...]
    order: tuple[int, ...]
    lab: LabLink | None

    @property
    def choices(self) -> tuple[str, ...]:
        """The options as shown."""
        return tuple(self.options[index] for index in self.order)

    @property
    def is_typed(self) -> bool:
        """Whether it is answered by typing."""
        return self.question.kind in TYPED

    @property
    def most(self) -> int:
        """How many options can be chosen."""
        return len(self.order) if self.question.kind in ("multi", "order") else 1

    @property
    def code(self) -> tuple[CodeLine, ...]:
        """The code that it shows, numbered from 1 as answers are; none for most kinds."""
        if not isinstance(self.question, LineQuestion):
            return ()
        rows = self.question.include.code.split("\n")
        return tuple(CodeLine(number, text) for number, text in enumerate(rows, start=1))

    def is_complete(self, chosen: tuple[int, ...], typed: str) -> bool:
        """Tell whether this is an answer that can be graded; what is typed may still be unreadable."""
        if self.is_typed:
            return bool(typed.strip())
        return len(chosen) == len(self.order) if self.question.kind == "order" else bool(chosen)

    def grade(self, chosen: tuple[int, ...], typed: str) -> Grade:
        """Return the grade of an answer.

        Args:
            chosen: Places of options as shown, from 0.
            typed: For the kinds that are typed.

        Raises:
            UsageError: What was typed cannot be read; ask again.
        """
        given = typed if self.is_typed else tuple(self.order[place] for place in chosen)
        return _KINDS[self.question.kind].grade(self.question, given)

    def told(self, grade: Grade) -> Told:
        """Return what the learner is told about an answer with this grade."""
        question = self.question
        right = _KINDS[question.kind].right(question)
        whys = {index: choice.why for index, choice in enumerate(getattr(question, "choices", ()))}
        return Told(
            correct=grade.correct,
            score=_say_score(grade),
            right=_KINDS[question.kind].say(question) or "; ".join(self.options[index] for index in right),
            right_choices=tuple(self.order.index(index) for index in right),
            why=question.why,
            whys=tuple(whys[index] for index in self.order) if whys else (),
            notes=grade.notes,
        )


def asked(question: AnyQuestion, seed: int, shelf: "LabShelf") -> Asked:
    """Return a question as it is asked in the quiz of a seed.

    A prediction is run for its right option; one that asks for a skill is made anew for each seed.

    Raises:
        UsageError: The run of a prediction is not possible.
    """
    if isinstance(question, PredictQuestion) and question.ask.kind == "skill":
        return _made(question, seed, shelf)
    options = _options(question, shelf)
    draw = scrambled_order if isinstance(question, OrderQuestion) else option_order
    link = question.lab
    if isinstance(question, PredictQuestion):
        from sdtutor.session.predictions import shown_in

        link = shown_in(question)
    shown = link if link and link.concept in shelf.names else None
    return Asked(question, options, draw(question.item, seed, len(options)), shown)


def _made(question: PredictQuestion, seed: int, shelf: "LabShelf") -> Asked:
    """Return a question that a skill makes anew for each quiz; the item stays the same."""
    from sdtutor.session.fresh import fresh

    run = question.run
    drawn = int(uniform(seed, "fresh", question.item) * SEEDS)
    lab = shelf.load(run.lab)
    made = fresh(lab, run.lab, str(question.ask.target), drawn, run.variant, run.parameters)
    others = [text for index, text in enumerate(made.options) if index != made.right]
    options = (made.options[made.right], *others)
    order = tuple(options.index(text) for text in made.options)
    prompt, why = f"{question.prompt.strip()}\n\n{made.prompt}", f"{question.why.strip()}\n\n{made.told}"
    return Asked(replace(question, prompt=prompt, why=why), options, order, question.lab)


def _options(question: AnyQuestion, shelf: "LabShelf") -> tuple[str, ...]:
    if isinstance(question, ChoiceQuestion):
        return tuple(choice.text for choice in question.choices)
    if isinstance(question, OrderQuestion):
        return question.items
    if isinstance(question, PredictQuestion):
        from sdtutor.session.predictions import options

        return options(question, shelf.load(question.run.lab))
    return ()


def _say_score(grade: Grade) -> str:
    if grade.correct:
        return "right"
    return f"partly right: {grade.score:.0%}".replace("%", " %") if grade.score else "wrong"


def _nothing(_question: Any) -> tuple[int, ...]:
    return ()


def _unsaid(_question: Any) -> str:
    return ""


@dataclass(frozen=True, slots=True)
class _Kind:
    """How a kind of question is graded and told.

    Args:
        grade: From question and answer: indices of options, or what was typed.
        right: Indices of the right options.
        say: The right answer as text, unless the texts of the right options say it.
    """

    grade: Callable[[Any, Any], Grade]
    right: Callable[[Any], tuple[int, ...]] = _nothing
    say: Callable[[Any], str] = _unsaid


def _right_choices(question: ChoiceQuestion) -> tuple[int, ...]:
    return tuple(index for index, choice in enumerate(question.choices) if choice.correct)


def _grade_number(question: NumberQuestion, typed: str) -> Grade:
    return grade_number(typed, question.answer, question.unit, question.tolerance)


def _grade_line(question: LineQuestion, typed: str) -> Grade:
    digits = typed.strip().lower().removeprefix("line").strip()
    count = len(question.include.code.split("\n"))
    if not (digits.isascii() and digits.isdigit()) or not 1 <= int(digits[:9]) <= count:
        raise UsageError(f'"{typed}" is not a line of this code.', f"Type a number from 1 to {count}.")
    return grade_line(int(digits), question.answer)


def _say_number(question: NumberQuestion) -> str:
    return f"{question.answer:,.12g} {question.unit}".rstrip()


def _say_order(question: OrderQuestion) -> str:
    return " → ".join(question.items)


def _say_line(question: LineQuestion) -> str:
    rows = question.include.code.split("\n")
    return "; ".join(f"line {number}: {rows[number - 1].strip()}" for number in question.answer)


_KINDS: Mapping[str, _Kind] = {
    "choice": _Kind(
        lambda question, given: grade_choice(given[0], _right_choices(question)[0]), _right_choices
    ),
    "multi": _Kind(lambda question, given: grade_multi(given, _right_choices(question)), _right_choices),
    "order": _Kind(
        lambda question, given: grade_order(given, range(len(question.items))),
        lambda question: tuple(range(len(question.items))),
        _say_order,
    ),
    "number": _Kind(_grade_number, say=_say_number),
    "gap": _Kind(
        lambda question, typed: grade_gap(typed, question.accept), say=lambda question: question.accept[0]
    ),
    "line": _Kind(_grade_line, say=_say_line),
    "predict": _Kind(lambda _question, given: grade_choice(given[0], 0), lambda _question: (0,)),
}
