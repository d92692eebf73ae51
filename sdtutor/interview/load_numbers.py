"""The candidate's own numbers: how many requests a second the drawing is held against."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

from sdtutor.architecture.records import Drawing
from sdtutor.content.problem_records import Problem
from sdtutor.core.systems import Flow
from sdtutor.interview.conversation import Pad

NEAR = 10.0
"""A rate on the pad is one of all requests if it is this near to the problem's own figure; else it is that of
a part, such as the writes, or of something else, such as deliveries. Editorial."""

FURTHEST = 1000.0
"""How far a client with ``rps=`` may leave the problem's own figure. Editorial."""


@dataclass(frozen=True, slots=True)
class OwnLoad:
    """How many requests a second there are.

    Args:
        per_second: All flows together.
        source: ``pad``, ``drawing`` (a client with ``rps=``) or ``problem``.
        number: Of the point on the pad; 0 for the others.
    """

    per_second: float
    source: Literal["pad", "drawing", "problem"]
    number: int = 0

    @property
    def says(self) -> str:
        """Whose number it is, for people."""
        if self.source == "pad":
            return f"{self.per_second:,.0f} requests a second, from your point {self.number}"
        if self.source == "drawing":
            return f"{self.per_second:,.0f} requests a second, from the client in your drawing"
        return f"{self.per_second:,.0f} requests a second, the problem's own figure, since you gave none"


def own_load(problem: Problem, pads: Sequence[Pad], drawing: Drawing) -> OwnLoad:
    """Return the largest rate of requests that the candidate stated; else the problem's.

    Args:
        problem: What it is about.
        pads: The estimates.
        drawing: A client of it may have ``rps=``.
    """
    usual = sum(flow.per_second for flow in problem.flows)
    rates = [(pad.rate, -pad.number) for pad in pads if usual / NEAR <= pad.rate <= usual * NEAR]
    if usual and rates:
        rate, number = max(rates)
        return OwnLoad(rate, "pad", -number)
    clients = (box for box in drawing.boxes.values() if box.kind == "client")
    stated = [rps for box in clients if isinstance(rps := box.settings.get("rps"), float) and rps > 0]
    if usual and stated:
        return OwnLoad(min(max(sum(stated), usual / FURTHEST), usual * FURTHEST), "drawing")
    return OwnLoad(usual, "problem")


def flows_for(problem: Problem, pads: Sequence[Pad], drawing: Drawing) -> tuple[Flow, ...]:
    """Return the flows of a problem with the candidate's own rates, in the problem's proportions.

    Args:
        problem: What it is about.
        pads: The estimates.
        drawing: A client of it may have ``rps=``.
    """
    own = own_load(problem, pads, drawing)
    total = sum(flow.per_second for flow in problem.flows)
    if own.source == "problem" or not total:
        return problem.flows
    return tuple(replace(flow, per_second=flow.per_second * own.per_second / total) for flow in problem.flows)
