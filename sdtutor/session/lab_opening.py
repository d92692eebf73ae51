"""How a lab begins: as its opening has it, or where the learner left it."""

from dataclasses import dataclass

from sdtutor.engine.events import parse_event
from sdtutor.engine.run import Run
from sdtutor.session.lab_goals import Goals, RecordGoal
from sdtutor.session.lab_session import LabSession, Save


@dataclass(frozen=True, slots=True)
class Keeping:
    """What is kept of a lab between days.

    Args:
        met: Names of the goals met on earlier days.
        record_goal: Keeps a goal that is met.
        save: Keeps the run after every change.
    """

    met: frozenset[str] = frozenset()
    record_goal: RecordGoal = lambda _goal, _steps: None
    save: Save = lambda _text: None


def start_lab(run: Run, titles: tuple[str, str], keeping: Keeping) -> LabSession:
    """Return a lab as its opening has it: in the middle of the story.

    A run that differs from the opening in variant or parameters begins at step 0.

    Args:
        run: A new run.
        titles: (topic, concept) as people read them.
        keeping: What is kept.
    """
    opening = run.lab.opening
    if run.variant == opening.variant and run.given == dict(opening.parameters) and not run.steps:
        run.apply_all(map(parse_event, opening.events))
    return resume_lab(run, titles, keeping)


def resume_lab(run: Run, titles: tuple[str, str], keeping: Keeping) -> LabSession:
    """Return a lab where a run has got to; the arguments are those of `start_lab`."""
    return LabSession(run, titles, Goals(run.lab, keeping.met, keeping.record_goal), keeping.save)
