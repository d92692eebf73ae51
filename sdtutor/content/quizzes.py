"""Loading a quiz: questions of seven kinds, by the format in docs/authoring.md."""

from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from sdtutor.content import records
from sdtutor.content.body import Mention
from sdtutor.content.lessons import placeholders, read_includes
from sdtutor.content.links import FORM, lab_link
from sdtutor.content.roots import package_root, quiz_path
from sdtutor.content.texts import read_text
from sdtutor.content.validation import fill, nearest
from sdtutor.content.yaml_tree import Document, Place, parse
from sdtutor.core.units import count
from sdtutor.errors import ContentError

if TYPE_CHECKING:
    from sdtutor.content import forms

LONGEST_RIGHT = 0.6
"""Share of choice questions in which the right option may be the longest one; editorial."""

FEWEST_OTHERS = 2
"""Wrong options of a prediction at least."""

GAP = "____"
"""How a prompt marks its gap."""


def load_quiz(root: Path, concept: str, package: Path | None = None) -> records.Quiz:
    """Return a quiz.

    Args:
        root: The folder that holds ``quizzes/``.
        concept: ``topic/slug``.
        package: The folder to which code includes are relative; the imported package when None.

    Raises:
        ContentError: The quiz breaks a rule of its format; the first problem.
    """
    quiz, problems = read_quiz(quiz_path(root, concept), package or package_root())
    if quiz is None:
        raise problems[0]
    return quiz


def read_quiz(path: Path, package: Path) -> tuple[records.Quiz | None, list[ContentError]]:
    """Return a quiz and no problem, or None and all problems of its file, by line."""
    text, problems = read_text(path)
    if problems:
        return None, problems
    try:
        document = parse(text, path)
    except ContentError as error:
        return None, [error]
    reader = _QuizReader(document, package)
    quiz = reader.read()
    found = reader.problems + document.problems + placeholders(path, text)
    return (None if found else quiz), sorted(found, key=lambda problem: problem.line)


class _QuizReader:
    """Reads all questions of one document, and gathers what is wrong with them."""

    def __init__(self, document: Document, package: Path) -> None:
        self.document = document
        self.package = package
        self.concept = f"{document.path.parent.name}/{document.path.stem}"
        self.problems: list[ContentError] = []

    def read(self) -> records.Quiz:
        from sdtutor.content.forms import QuizForm

        form, problems = fill(QuizForm, self.document.value, self.document)
        self.problems += problems
        raw = self.document.value.get("questions") if isinstance(self.document.value, dict) else None
        entries = raw if form is not None or isinstance(raw, tuple) else ()
        read = [self._question(entry, ("questions", index)) for index, entry in enumerate(entries or ())]
        questions = tuple(question for question in read if question is not None)
        self._rules(questions)
        return records.Quiz(self.concept, self.document.path, questions)

    def _question(self, entry: Any, place: Place) -> records.AnyQuestion | None:
        from sdtutor.content.forms import QUESTION_FORMS

        if not isinstance(entry, dict):
            return None
        kind = entry.get("kind")
        if not isinstance(kind, str) or kind not in QUESTION_FORMS:
            message = (
                f'There is no kind of question "{kind}".' if "kind" in entry else "A question has no kind."
            )
            self._report((*place, "kind"), message, nearest(str(kind or ""), QUESTION_FORMS, "The kinds are"))
            return None
        form, problems = fill(QUESTION_FORMS[kind], entry, self.document, place)
        self.problems += problems
        return self._built(form, place) if form is not None else None

    def _built(self, form: "forms.QuestionForm", place: Place) -> records.AnyQuestion:
        common = {
            "id": form.id,
            "concept": self.concept,
            "level": form.level,
            "skill": form.skill,
            "prompt": form.prompt,
            "why": form.why,
            "lab": self._lab(form.lab, (*place, "lab")),
            "source": form.source or "",
            "line": self.document.line(place),
        }
        question, rules = _BUILDERS[form.kind](self, form, place, common)
        for where, message, hint in rules:
            self._report((*place, *where), message, hint)
        return question

    def _lab(self, target: str | None, place: Place) -> records.LabLink | None:
        if target is None:
            return None
        link = lab_link(target, self.concept, self.document.line(place))
        if link is None:
            self._report(place, f'"{target}" is not a link to a lab.', f"Write {FORM}.")
        return link

    def _report(self, place: Place, message: str, hint: str) -> None:
        self.problems.append(self.document.problem(place, message, hint))

    def included(self, address: str, place: Place) -> records.Include:
        """Return the code at an address; an empty one when it leads nowhere, which is reported."""
        line = self.document.line(place)
        found, problems = read_includes(self.document.path, [Mention(line, address)], self.package)
        self.problems += problems
        return found[0] if found else records.Include(address, "", "", 1, line)

    def _rules(self, questions: tuple[records.AnyQuestion, ...]) -> None:
        seen: dict[str, int] = {}
        for question in questions:
            first = seen.setdefault(question.id, question.line)
            if first != question.line:
                message = f'The id "{question.id}" is already taken on line {first}.'
                self.problems.append(
                    ContentError(self.document.path, question.line, message, "Choose another.")
                )
        choices = [
            each for each in questions if isinstance(each, records.ChoiceQuestion) and each.kind == "choice"
        ]
        longest = sum(_right_is_longest(question) for question in choices)
        if choices and longest / len(choices) > LONGEST_RIGHT:
            message = f"The right option is the longest in {longest} of {len(choices)} choice questions."
            self._report(("questions",), message, "Shorten right options, or make wrong ones as precise.")


def _right_is_longest(question: records.ChoiceQuestion) -> bool:
    right = [len(choice.text) for choice in question.choices if choice.correct]
    wrong = [len(choice.text) for choice in question.choices if not choice.correct]
    return bool(right and wrong) and max(right) > max(wrong)


Rule = tuple[Place, str, str]
"""Where inside the question, what is wrong, what to do."""

Built = tuple[records.AnyQuestion, Iterator[Rule]]


def _choices(_reader: _QuizReader, form: "forms.ChoicesForm", _place: Place, common: Any) -> Built:
    choices = tuple(records.Choice(each.text, each.why, each.correct) for each in form.choices)
    kind: Any = form.kind
    return records.ChoiceQuestion(**common, kind=kind, choices=choices), _choice_rules(form)


def _choice_rules(form: "forms.ChoicesForm") -> Iterator[Rule]:
    right = [index for index, choice in enumerate(form.choices) if choice.correct]
    if not right:
        yield ("choices",), "No choice is correct.", "Mark the right one with correct: true."
    elif form.kind == "choice" and len(right) > 1:
        hint = "Keep one, or make the question multi."
        yield (
            ("choices", right[1], "correct"),
            f"{len(right)} choices are correct in a choice question.",
            hint,
        )
    if form.kind == "multi" and len(right) == len(form.choices):
        yield ("choices",), "Every choice is correct.", "Add one that a competent person would take wrongly."
    yield from _distinct(("choices",), [choice.text for choice in form.choices])


def _distinct(place: Place, texts: list[str]) -> Iterator[Rule]:
    for index, text in enumerate(texts):
        if text in texts[:index]:
            yield (*place, index), f'"{text}" is there twice.', "Make every option different."


def _order(_reader: _QuizReader, form: "forms.OrderForm", _place: Place, common: Any) -> Built:
    return records.OrderQuestion(**common, items=form.items), _distinct(("items",), list(form.items))


def _number(_reader: _QuizReader, form: "forms.NumberForm", _place: Place, common: Any) -> Built:
    question = records.NumberQuestion(**common, answer=form.answer, unit=form.unit, tolerance=form.tolerance)
    return question, iter(())


def _gap(_reader: _QuizReader, form: "forms.GapForm", _place: Place, common: Any) -> Built:
    return records.GapQuestion(**common, accept=form.accept), _gap_rules(form)


def _gap_rules(form: "forms.GapForm") -> Iterator[Rule]:
    gaps = form.prompt.count(GAP)
    if gaps != 1:
        yield ("prompt",), f"The prompt has {gaps} gaps.", f"Write {GAP} once, where the word is missing."


def _line(reader: _QuizReader, form: "forms.LineForm", place: Place, common: Any) -> Built:
    shown = reader.included(form.include, (*place, "include"))
    question = records.LineQuestion(**common, include=shown, answer=form.answer)
    return question, _line_rules(form, shown)


def _line_rules(form: "forms.LineForm", shown: records.Include) -> Iterator[Rule]:
    rows = shown.code.split("\n")
    for index, answer in enumerate(form.answer):
        if not shown.code:
            return
        if answer > len(rows) or not rows[answer - 1].strip():
            message = f"Line {answer} of {shown.address} is blank or not there."
            yield ("answer", index), message, f"Count from 1; the code has {len(rows)} lines."


def _predict(_reader: _QuizReader, form: "forms.PredictForm", _place: Place, common: Any) -> Built:
    run = form.run
    question = records.PredictQuestion(
        **common,
        run=records.Run(
            lab=run.lab,
            variant=run.variant,
            parameters=MappingProxyType(dict(run.parameters)),
            seed=run.seed,
            scene=run.scene or "",
            events=run.events,
            steps=run.steps,
        ),
        ask=_ask(form.ask),
        others=form.others,
        unit=form.unit,
    )
    return question, _predict_rules(form)


def _ask(form: "forms.AskForm") -> records.Ask:
    asked = form.model_dump(exclude_none=True)
    kind: Any = next(iter(asked), "steps")
    return records.Ask(kind, "" if kind == "steps" else asked[kind])


def _predict_rules(form: "forms.PredictForm") -> Iterator[Rule]:
    asked = form.ask.model_dump(exclude_none=True)
    keys = ", ".join(type(form.ask).model_fields)
    if len(asked) != 1:
        yield (
            ("ask",),
            f"A prediction asks for one thing; this one asks for {len(asked)}.",
            f"Keep one of {keys}.",
        )
    if form.ask.result == 0:
        yield (
            ("ask", "result"),
            "Results count from 1.",
            "Write 1 for the first finished call, -1 for the last.",
        )
    for key in ("stored", "view"):
        if key in asked and "." not in asked[key]:
            example = "service.key" if key == "stored" else "node.key"
            yield ("ask", key), f'"{asked[key]}" names no key.', f"Write {example}."
    yield from _distinct(("others",), list(form.others))
    yield from _made_rules(form) if form.ask.skill else _written_rules(form)


def _written_rules(form: "forms.PredictForm") -> Iterator[Rule]:
    if len(form.others) < FEWEST_OTHERS:
        found = count(len(form.others), "wrong option")
        yield ("others",), f"A prediction has {found}.", "Write two to four others."


def _made_rules(form: "forms.PredictForm") -> Iterator[Rule]:
    if form.others:
        yield ("others",), "A skill makes its own options.", "Leave others out."
    told = [name for name in ("scene", "events", "steps", "seed") if getattr(form.run, name)]
    for name in told:
        hint = "Leave it out; parameters can be set."
        yield ("run", name), f"A skill draws its own run, so {name} means nothing here.", hint


_BUILDERS: Mapping[str, Callable[[_QuizReader, Any, Place, Any], Built]] = {
    "choice": _choices,
    "multi": _choices,
    "order": _order,
    "number": _number,
    "gap": _gap,
    "line": _line,
    "predict": _predict,
}
