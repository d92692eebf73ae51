"""All evidence of an interview, dimension by dimension.

Which items there are depends on the problem and the level alone; what the candidate does only decides which
of them are met. So saying more never makes the measure longer.
"""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import chain

from sdtutor.content.problem_records import Problem
from sdtutor.content.records import Level
from sdtutor.interview.records import Evidence
from sdtutor.interview.scoring.evidence_conduct import communication
from sdtutor.interview.scoring.evidence_drawing import design, failure
from sdtutor.interview.scoring.evidence_estimates import estimation
from sdtutor.interview.scoring.evidence_interface import interface
from sdtutor.interview.scoring.evidence_points import is_core, problem_points
from sdtutor.interview.scoring.evidence_predictions import predictions
from sdtutor.interview.scoring.evidence_requirements import requirements
from sdtutor.interview.scoring.evidence_weighing import operations, tradeoffs
from sdtutor.interview.scoring.heard import Heard


def all_evidence(heard: Heard) -> Iterator[Evidence]:
    """Yield the evidence of all dimensions, met or not; disputed where the candidate says so."""
    disputed = frozenset(heard.conversation.disputed)
    parts = (
        requirements,
        estimation,
        interface,
        design,
        problem_points,
        predictions,
        tradeoffs,
        failure,
        operations,
        communication,
    )
    for each in chain.from_iterable(part(heard) for part in parts):
        yield replace(each, disputed=not each.checked and each.met and each.id in disputed)


def at_level(evidence: Iterable[Evidence], problem: Problem, level: Level) -> tuple[Evidence, ...]:
    """Return the same evidence by what is expected at another level."""
    core = {f"point.{point.id}": is_core(point, level) for point in problem.points}
    return tuple(replace(each, core=core.get(each.id, each.core)) for each in evidence)
