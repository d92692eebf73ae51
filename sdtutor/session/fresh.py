"""Fresh instances of a skill: a question with all that is needed to answer it, made from a seed."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from sdtutor.core.units import count
from sdtutor.engine.lab import Lab, Variant
from sdtutor.engine.predictions.kinds import skills_of
from sdtutor.engine.predictions.making import Question, make
from sdtutor.engine.predictions.skill import Skill
from sdtutor.engine.run import Run, Step
from sdtutor.errors import UsageError
from sdtutor.session.lab_words import Words, members_in_words, say_outcome

MOST_STEPS = 60
"""Steps of an answer that are told one by one; editorial."""

_SPECIAL = "\\`*<["
"""What Markdown would take for more than a character inside a row."""


@dataclass(frozen=True, slots=True)
class Fresh:
    """One instance of a skill.

    Args:
        title: What is trained.
        prompt: Markdown: the code and the settings, what has happened, how things stand, and the question.
        options: Two to five, in the order to show.
        right: Index of the right one.
        told: Markdown: what happened then.
    """

    title: str
    prompt: str
    options: tuple[str, ...]
    right: int
    told: str


def fresh(
    lab: Lab,
    name: str,
    skill: str,
    seed: int,
    variant: Variant | None = None,
    given: Mapping[str, Any] | None = None,
) -> Fresh:
    """Return the instance of a skill for a seed: another seed, another instance.

    Args:
        lab: The lab.
        name: ``topic/slug`` of it.
        skill: Which of its skills.
        seed: Decides everything that is drawn.
        variant: Which code; None lets the skill choose.
        given: Settings; None or nothing lets the skill choose.

    Raises:
        UsageError: The lab has no such skill, or the skill no question about this code and these settings.
    """
    known = {each.name: each for each in skills_of(lab)}
    if skill not in known:
        raise UsageError(
            f'The lab {name} has no skill "{skill}".', f"Its skills: {', '.join(known) or 'none'}."
        )
    question = make(lab, name, known[skill], seed, given or None, variant)
    if question is None:
        where = f" about the {variant}" if variant else ""
        raise UsageError(f'The skill "{skill}" of {name} has no question{where}.', "Choose other settings.")
    return _said(question, known[skill], lab)


def _said(question: Question, skill: Skill, lab: Lab) -> Fresh:
    run = question.rerun(lab)
    try:
        rows = list(_rows(run, len(question.past), _settings(run, skill)))
        prompt = "\n".join((*rows, question.prompt))
        told = "\n".join(("What happened:", "", *_future(run, len(question.past))))
    finally:
        run.close()
    options = tuple(option.text for option in question.options)
    return Fresh(skill.title, prompt, options, question.right, told)


def _settings(run: Run, skill: Skill) -> str:
    """Return the settings that are not the same in all instances of a skill, and those that were given."""
    told = {name for parameters in (run.given, *skill.parameters) for name in parameters}
    values = {each.name: run.given.get(each.name, each.default) for each in run.lab.parameters}
    return ", ".join(f"{name} {value}" for name, value in values.items() if name in told)


def _rows(run: Run, step: int, settings: str) -> Iterator[str]:
    """Yield the rows that tell how a run stands at a step."""
    yield f"The {run.variant} code runs{f', with {settings}' if settings else ''}."
    yield ""
    if step:
        yield from ("So far:", "", *_steps(run, 0, step), "")
    yield from ("Now:", "", *(f"- {_plain(row)}" for row in members_in_words(run, step)), "")
    world, words = run.at(step), Words(run)
    if world.in_flight:
        yield from ("On their way, in the order in which they were sent:", "")
        for number, message in enumerate(world.in_flight, 1):
            yield f"{number}. {_plain(f'{words.route(message)}: {words.detail(message)}')}"
        yield ""


def _steps(run: Run, first: int, last: int) -> Iterator[str]:
    words = Words(run)
    for step in run.steps[first:last]:
        yield f"{step.index}. {_plain(_step(words, step))}"


def _future(run: Run, asked_at: int) -> Iterator[str]:
    """Yield what happened after a question; of many steps, the first ones and how many follow."""
    last = min(len(run.steps), asked_at + MOST_STEPS)
    yield from _steps(run, asked_at, last)
    if last < len(run.steps):
        yield from ("", f"And so on, {count(len(run.steps) - last, 'more step')}.")


def _step(words: Words, step: Step) -> str:
    row = words.past_row(step)
    said = f"{row.title}: {row.detail}" if row.detail else row.title
    ended = "; ".join(say_outcome(result.outcome) for result in step.results)
    return f"{said} ⇒ {ended}" if ended else said


def _plain(text: str) -> str:
    """Return a text that Markdown shows as it is."""
    return "".join(f"\\{character}" if character in _SPECIAL else character for character in text)
