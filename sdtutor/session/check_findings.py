"""What the search must find and prove in a lab, and the par of its goals: searched for, every time."""

from collections.abc import Iterator

from sdtutor.core.units import count
from sdtutor.engine.events import parse_event
from sdtutor.engine.goals import never, start_of
from sdtutor.engine.invariants import TERMINATES
from sdtutor.engine.lab import Finding, Goal, Lab
from sdtutor.engine.run import Run
from sdtutor.engine.search.breadth import Breadth
from sdtutor.engine.search.find import Budget, Found, find
from sdtutor.engine.search.judge import Judge
from sdtutor.engine.search.space import Space
from sdtutor.engine.search.symmetry import NotInterchangeable, exchanges
from sdtutor.engine.thread import on_engine_thread
from sdtutor.errors import UsageError
from sdtutor.session.finding import target_of

MOST_STATES = 300_000
"""States that one planted verdict may need: a few seconds. A larger one is worth smaller parameters."""

Said = tuple[str, str]
"""Message and hint."""


def _answer(found: Found) -> str:
    """Return an answer in a few words."""
    if found.verdict == "anomaly":
        return f"found in {count(len(found.events), 'event')}"
    seen = count(found.states, "state")
    return f"none in all {seen}" if found.verdict == "none" else f"no answer within {seen}"


def problems_of_findings(lab: Lab, name: str) -> Iterator[Said]:
    """Yield message and hint for each planted verdict that does not hold, and each par that is another.

    Args:
        lab: The lab.
        name: ``topic/slug``.
    """
    if not lab.findings and not any(goal.par for goal in lab.goals):
        yield "The search has nothing to find or to prove.", "Declare findings: one found, one proved."
    yield from _interchangeable(lab, name)
    for finding in lab.findings:
        for message, hint in _finding(lab, name, finding):
            yield f'The finding "{finding.name}": {message}', hint
    for goal in lab.goals:
        for message, hint in _par(lab, name, goal):
            yield f'The goal "{goal.name}": {message}', hint


def _finding(lab: Lab, name: str, finding: Finding) -> Iterator[Said]:
    try:
        run = Run(lab, finding.variant, finding.parameters, 0, name)
        run.apply_all(map(parse_event, finding.after))
        promise = target_of(lab, finding.promise)
    except UsageError as error:
        yield error.message, error.hint
        return
    found = find(run, promise, finding.bounds, Budget(states=MOST_STATES))
    run.close()
    wanted = "none" if finding.shortest is None else f"found in {count(finding.shortest, 'event')}"
    length = len(found.events) if found.shortest else None
    is_right = found.complete and length == finding.shortest
    if not is_right:
        yield f"it says {wanted}, and the search says {_answer(found)}.", "Correct it, or the code."


def _interchangeable(lab: Lab, name: str) -> Iterator[Said]:
    """Try each group of nodes that is declared interchangeable, under the first settings that have it."""
    tried = set()
    for finding in lab.findings:
        try:
            run = Run(lab, finding.variant, finding.parameters, 0, name)
        except UsageError:
            # The finding itself is reported.
            continue
        key = (finding.variant, run.cast.interchangeable)
        if key in tried:
            continue
        tried.add(key)
        try:
            check_symmetry(run)
        except NotInterchangeable as error:
            yield f"{error}.", "Declare no nodes interchangeable that the code tells apart."


def check_symmetry(run: Run, most: int = 1_000) -> None:
    """Explore some states under every exchange of names that a cast declares.

    Args:
        run: Where to begin.
        most: How many states.

    Raises:
        NotInterchangeable: The code tells apart what is declared interchangeable.
    """

    def explore() -> None:
        space = Space(run, run.lab.bounds, with_history=True)
        Breadth(space, Judge(space, TERMINATES), exchanges(space), None, most).search(lambda _n, _d: True)

    if run.cast.interchangeable:
        on_engine_thread(explore)


def _par(lab: Lab, name: str, goal: Goal) -> Iterator[Said]:
    try:
        run = start_of(lab, goal, name)
    except UsageError as error:
        yield error.message, error.hint
        return
    found = find(run, never(goal), goal.bounds, Budget(states=MOST_STATES))
    run.close()
    length = len(found.events) if found.shortest else 0
    if length != goal.par:
        declared = f"par {goal.par}" if goal.par else "no par"
        yield f"it has {declared}, and the search says {_answer(found)}.", "Correct the par."
