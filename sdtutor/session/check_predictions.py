"""Many generated predictions, each judged by a run of its own."""

from collections.abc import Iterator
from dataclasses import dataclass

from sdtutor.engine.lab import Lab
from sdtutor.engine.predictions.judging import faults_of
from sdtutor.engine.predictions.kinds import skills_of
from sdtutor.engine.predictions.making import Question, make
from sdtutor.errors import ContentError
from sdtutor.session.labs import LabShelf

ALIKE = 60
"""Questions of a skill after which their right answers should not all be the same; editorial."""

_HINT = "Correct its aims in the lab, or its walk."


@dataclass(frozen=True, slots=True)
class Judged:
    """What came of many predictions.

    Args:
        made: How many were made.
        skills: Of how many skills.
        problems: What is wrong, by lab.
    """

    made: int
    skills: int
    problems: tuple[ContentError, ...]


def check_predictions(count: int, shelf: LabShelf | None = None) -> Judged:
    """Make predictions over all labs and judge each by a fresh run, the last one first.

    Args:
        count: How many, spread evenly over the skills; seeds count from 0.
        shelf: The labs; None means the package's own.
    """
    shelf = shelf or LabShelf()
    asked = [
        (name, lab, skill) for name in shelf.names for lab in [shelf.load(name)] for skill in skills_of(lab)
    ]
    made, problems = 0, []
    for number, (name, lab, skill) in enumerate(asked):
        wanted = count // len(asked) + (number < count % len(asked))
        questions = [make(lab, name, skill, seed) for seed in range(wanted)]
        made += sum(question is not None for question in questions)
        problems += [
            ContentError(shelf.path(name), 0, f'Skill "{skill.name}", seed {seed}: {said}.', _HINT)
            for seed, said in _faults(lab, questions)
        ]
    return Judged(made, len(asked), tuple(problems))


def _faults(lab: Lab, questions: list[Question | None]) -> Iterator[tuple[int, str]]:
    """Yield (seed, what is wrong) of the questions of a skill."""
    for seed, question in reversed(list(enumerate(questions))):
        if question is None:
            yield seed, "it has no question"
        else:
            yield from ((seed, said) for said in faults_of(question, lab))
    if len(questions) > ALIKE and len({_right(question) for question in questions}) == 1:
        yield 0, f"the right answer is always the same ({_right(questions[0])})"


def _right(question: Question | None) -> str:
    return question.options[question.right].text if question else ""
