"""Questions whose right answer nobody wrote down: the lab is run, and the answer read from the run."""

import re
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from sdtutor.content.records import LabLink, PredictQuestion
from sdtutor.engine.events import parse_event
from sdtutor.engine.frozen import say
from sdtutor.engine.lab import Scene
from sdtutor.engine.operations import Operation
from sdtutor.engine.run import Run
from sdtutor.errors import UsageError

if TYPE_CHECKING:
    from sdtutor.engine.lab import Lab

_WITH_STEP = re.compile(r"broken at step \d+")


def right_option(question: PredictQuestion, lab: "Lab") -> str:
    """Return the right option of a prediction, as the learner reads it.

    The run is the scene, then the events, then the steps of the default policy; with none of the three it
    goes to rest by itself.

    Args:
        question: What to run and what to ask.
        lab: The lab that it names.

    Raises:
        UsageError: The run is not possible, or does not have what is asked for.
    """
    run = run_of(question, lab)
    try:
        return _ASKED[question.ask.kind](question, run)
    finally:
        run.close()


def options(question: PredictQuestion, lab: "Lab") -> tuple[str, ...]:
    """Return the options of a prediction: the right one first, then the wrong ones, each once."""
    right = right_option(question, lab)
    return tuple(dict.fromkeys((right, *question.others)))


def run_of(question: PredictQuestion, lab: "Lab") -> Run:
    """Return the run about which a prediction asks; raises UsageError when it is not possible."""
    asked = question.run
    scene = _scene(asked.scene, lab)
    parameters = {**(scene.parameters if scene else {}), **asked.parameters}
    run = Run(lab, asked.variant, parameters, asked.seed, asked.lab)
    events = [*(scene.events if scene else ()), *asked.events]
    run.apply_all(parse_event(event) for event in events)
    if asked.steps or not events:
        run.advance(asked.steps or None)
    return run


def shown_in(question: PredictQuestion) -> LabLink | None:
    """Return where a prediction can be seen: its own link, or else the scene that it runs."""
    if question.lab or not question.run.scene:
        return question.lab
    return LabLink(question.run.lab, question.run.scene)


def _scene(name: str, lab: "Lab") -> Scene | None:
    if not name:
        return None
    scene = lab.scene(name)
    if scene is None:
        known = ", ".join(scene.name for scene in lab.scenes) or "none"
        raise UsageError(f'The lab has no scene "{name}".', f"Its scenes: {known}.")
    return scene


def _with_unit(text: str, question: PredictQuestion) -> str:
    return f"{text} {question.unit}" if question.unit else text


def _result(question: PredictQuestion, run: Run) -> str:
    finished = sorted((each for each in run.operations if each.outcome), key=lambda each: each.returned)
    number = int(question.ask.target)
    if not finished or number > len(finished):
        raise UsageError(f"Only {len(finished)} calls finish in this run.", "Let it run further.")
    return _with_unit(_say_end(finished[number - 1 if number > 0 else -1]), question)


def _say_end(operation: Operation) -> str:
    """Return how a call ended; a text of an error is left out, because it differs between Pythons."""
    if operation.failed and operation.outcome:
        return f"fails with {operation.outcome.error}"
    return "nothing" if operation.value is None else say(operation.value)


def _stored(question: PredictQuestion, run: Run) -> str:
    service, _, key = str(question.ask.target).partition(".")
    if run.cast.member(service) is None:
        raise UsageError(f'There is no service "{service}" in this lab.', f"There are: {_members(run)}.")
    return _with_unit(say(run.world.stored(service, key)), question)


def _view(question: PredictQuestion, run: Run) -> str:
    node, _, key = str(question.ask.target).partition(".")
    shown = run.world.view(node)
    if key not in shown:
        known = ", ".join(shown) or "nothing"
        raise UsageError(f'Nothing of {node} is called "{key}".', f"It shows: {known}.")
    return _with_unit(say(shown[key]), question)


def _members(run: Run) -> str:
    return ", ".join(member.name for member in run.cast.members)


def _invariant(question: PredictQuestion, run: Run) -> str:
    for verdict in run.verdicts():
        if verdict.invariant.name == question.ask.target:
            if verdict.holds:
                return "holds"
            # The step is told when the wrong options name steps: else the right one would stand out.
            named = any(_WITH_STEP.fullmatch(other) for other in question.others)
            return f"broken at step {verdict.step}" if named else "broken"
    known = ", ".join(invariant.name for invariant in run.invariants)
    raise UsageError(f'There is no invariant "{question.ask.target}".', f"There are: {known}.")


def _measure(question: PredictQuestion, run: Run) -> str:
    measures = run.measures()
    if question.ask.target not in measures:
        known = ", ".join(measures) or "none"
        raise UsageError(f'There is no measure "{question.ask.target}".', f"There are: {known}.")
    _, value = measures[str(question.ask.target)]
    if isinstance(value, tuple):
        return ", ".join(f"{label} {say(number)}" for label, number in value)
    return _with_unit(say(value), question)


def _steps(question: PredictQuestion, run: Run) -> str:
    return _with_unit(say(len(run.steps)), question)


_ASKED: Mapping[str, Callable[[PredictQuestion, Run], str]] = {
    "result": _result,
    "stored": _stored,
    "view": _view,
    "invariant": _invariant,
    "measure": _measure,
    "steps": _steps,
}
