"""Find in a conversation: what is searched for, the answer, and a way to walk through."""

from typing import TYPE_CHECKING

from sdtutor.cli.lab_find import ProgressLine
from sdtutor.cli.surface import Surface
from sdtutor.errors import UsageError

if TYPE_CHECKING:
    from sdtutor.engine.bounds import Bounds
    from sdtutor.engine.search.find import Found
    from sdtutor.session.finding import Question
    from sdtutor.session.lab_session import LabSession

_LOOK_SECONDS = 0.1


def ask_find(session: "LabSession", surface: Surface) -> None:
    """Ask what to search for, search from here, tell the answer; stand at the beginning of what was found.

    Raises:
        UsageError: The lab promises nothing, or a bound is not one of its own.
        SdtutorError: The search could not be made.
    """
    from sdtutor.session.finding import limit_words, question_at, sought_words, verdict_words

    lab, variant = session.lab, session.run.variant
    names = [invariant.name for invariant in lab.invariants]
    names += [goal.name for goal in lab.goals if goal.variant == variant]
    if not names or not lab.invariants:
        raise UsageError("This lab promises nothing that could be broken.")
    index = surface.choose("Search for what?", [sought_words(lab, name) for name in names], enter=0)
    if index is None:
        return
    question = question_at(session.run, session.view().step, names[index], _bounds(session, surface))
    if surface.on_terminal:
        surface.say(limit_words(question))
    found = _search(question)
    if found is None:
        return
    for sentence in verdict_words(found):
        surface.say(sentence)
    if found.events:
        session.show_found(found.events)
        last = session.view().last_step
        surface.say(f"Enter walks through it, to step {last}; b goes back; d draws it.")


def _bounds(session: "LabSession", surface: Surface) -> "Bounds":
    from sdtutor.session.finding import bound_names, bounds_words, read_bounds

    lab = session.lab
    for sentence in bounds_words(lab.bounds):
        surface.say(sentence)
    prompt = f"Other bounds, of {', '.join(bound_names(lab))} (Enter: these): "
    return surface.ask(prompt, lambda text: read_bounds((text,) if text.strip() else (), lab))


def _search(question: "Question") -> "Found | None":
    """Return the answer of a process of its own, which ends with Ctrl-C like everything else."""
    from time import sleep

    from sdtutor.session.find_job import FindJob

    job, line = FindJob(question), ProgressLine()
    try:
        while job.running:
            sleep(_LOOK_SECONDS)
            line.tell(job.states, job.depth)
    finally:
        job.stop()
        line.clear()
    return job.found()
