"""Making a question: a drawn way to a state, an aim there, the run that answers it, and options."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from sdtutor.core.draws import shuffled
from sdtutor.engine.events import parse_event
from sdtutor.engine.lab import Lab, Variant
from sdtutor.engine.predictions.lots import Lots
from sdtutor.engine.predictions.options import Option, options_for
from sdtutor.engine.predictions.skill import Aim, Skill
from sdtutor.engine.predictions.walking import go_on, wander
from sdtutor.engine.recording import MISSING
from sdtutor.engine.run import Run
from sdtutor.engine.thread import on_engine_thread

ATTEMPTS = 60
"""Ways that are tried before a skill is said to have no question for a seed; editorial."""


@dataclass(frozen=True, slots=True)
class Question:
    """A question about a run, with the one right option.

    Args:
        lab: ``topic/slug``.
        skill: Which kind of question it is.
        variant: Which code runs.
        parameters: Values that differ from the defaults.
        seed: Of the run.
        past: The events before the question, as run files write them.
        future: Those that answer it.
        prompt: What is asked, and what must be known about the order of things.
        options: Two to five, in the order to show.
        right: Index of the right one.
        aim: What is asked.
    """

    lab: str
    skill: str
    variant: Variant
    parameters: Mapping[str, Any]
    seed: int
    past: tuple[str, ...]
    future: tuple[str, ...]
    prompt: str
    options: tuple[Option, ...]
    right: int
    aim: Aim = field(repr=False, compare=False)

    def rerun(self, lab: Lab, *, answered: bool = True) -> Run:
        """Return a new run of its events.

        Args:
            lab: The lab.
            answered: Whether to go on to the answer, or to stop where the question is asked.
        """
        run = Run(unjudged(lab), self.variant, self.parameters, self.seed, self.lab)
        run.apply_all(map(parse_event, (*self.past, *(self.future if answered else ()))))
        return run

    def answer_of(self, run: Run) -> Any:
        """Return the answer that a run of its events gives; MISSING when it gives none."""
        return self.aim.answer(run, len(self.past))


def unjudged(lab: Lab) -> Lab:
    """Return a lab that promises nothing: answers do not depend on promises, and judging takes most time."""
    return replace(lab, invariants=())


def make(
    lab: Lab,
    name: str,
    skill: Skill,
    seed: int,
    given: Mapping[str, Any] | None = None,
    variant: Variant | None = None,
) -> Question | None:
    """Return the question of a skill for a seed, always the same; None when no way leads to one.

    Args:
        lab: The lab.
        name: ``topic/slug``.
        skill: What is asked.
        seed: Decides everything that is drawn.
        given: Settings that must be as they are here; None draws among those of the skill.
        variant: Which code; None draws among those of the skill.
    """
    bare = unjudged(lab)

    def attempt(number: int) -> Question | None:
        lots = Lots(seed, name, skill.name, str(number))
        drawn: Variant = lots.one_of(skill.variants or lab.variants)
        parameters = lots.one_of(skill.parameters) if given is None else given
        run = Run(bare, variant or drawn, parameters, lots.below(1_000_000), name)
        try:
            wander(run, skill.walk, lots)
            return ask(run, skill, seed)
        finally:
            run.close()

    # One change of threads for a way, not one for each of its steps.
    return next(filter(None, (on_engine_thread(attempt, number) for number in range(ATTEMPTS))), None)


def ask(run: Run, skill: Skill, seed: int, *, far: bool = True) -> Question | None:
    """Return a question of a skill about a run where it stands; None when it has none there.

    Args:
        run: The run, which stays where it is.
        skill: What is asked.
        seed: Decides which of several aims is taken, and the options.
        far: Whether the answer may be hundreds of events away.
    """
    if run.stopped or (skill.variants and run.variant not in skill.variants):
        return None
    place = (run.name, skill.name, str(len(run.steps)))
    for aim in shuffled(skill.aims(run), seed, *place, "aim"):
        if aim.then and not far:
            continue
        trial = run.branch(len(run.steps))
        try:
            question = _posed(trial, skill, aim, seed)
        finally:
            trial.close()
        if question:
            return question
    return None


def _posed(run: Run, skill: Skill, aim: Aim, seed: int) -> Question | None:
    asked_at = len(run.steps)
    way = go_on(run, aim)
    if way is None or not way.events:
        return None
    answer = aim.answer(run, asked_at)
    if answer is MISSING:
        return None
    lots = Lots(seed, run.name, skill.name, aim.lead, *map(str, way.events))
    found = options_for(answer, aim.candidates, skill.say, lots)
    if found is None:
        return None
    options, right = found
    return Question(
        lab=run.name,
        skill=skill.name,
        variant=run.variant,
        parameters=run.given,
        seed=run.seed,
        past=tuple(str(step.event) for step in run.steps[:asked_at]),
        future=tuple(map(str, way.events)),
        prompt=" ".join(filter(None, (aim.lead, way.in_words, aim.question))),
        options=options,
        right=right,
        aim=aim,
    )


def ask_any(run: Run, skills: Iterable[Skill], seed: int) -> Question | None:
    """Return a question about a run where it stands, of the first skill that has one in a drawn order.

    Questions whose answer is hundreds of events away are left out: nobody would step there.
    """
    for skill in shuffled(tuple(skills), seed, run.name, str(len(run.steps)), "skill"):
        question = ask(run, skill, seed, far=False)
        if question:
            return question
    return None
