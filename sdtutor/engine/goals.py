"""Where a goal begins, and how far the learner has gone since."""

from sdtutor.engine.events import parse_event
from sdtutor.engine.follow import follow
from sdtutor.engine.lab import Goal, Invariant, Lab
from sdtutor.engine.run import Run


def start_of(lab: Lab, goal: Goal, name: str = "") -> Run:
    """Return the run from whose end the events of a goal are counted.

    That is the opening; under other code what the opening's events do there; and with parameters of its own
    the beginning, because a new setting begins again.

    Args:
        lab: The lab.
        goal: One of its goals.
        name: The lab as run files name it.
    """
    opening = lab.opening
    if goal.parameters:
        return Run(lab, goal.variant, goal.parameters, 0, name)
    given = opening.parameters
    run = Run(lab, goal.variant, given, 0, name)
    events = map(parse_event, opening.events)
    if goal.variant == opening.variant:
        run.apply_all(events)
    else:
        follow(run, events)
    return run


def events_since(run: Run, step: int, start: Run) -> int:
    """Return how many events of a run count towards a goal.

    Args:
        run: What the learner has done.
        step: Up to which step.
        start: Where the goal begins; a run that does not begin with it counts from its own beginning.
    """
    opening = [each.event for each in start.steps]
    same = run.variant == start.variant and run.values == start.values
    if same and [each.event for each in run.steps[: len(opening)]] == opening and step >= len(opening):
        return step - len(opening)
    return step


def never(goal: Goal) -> Invariant:
    """Return the promise that a goal is never met: the length of the shortest way to break it is its par."""
    return Invariant(
        name=goal.name,
        promise=f"Not: {goal.title}",
        told=goal.title,
        holds=lambda world, operations: not goal.met(world, operations),
        over=goal.over,
    )
