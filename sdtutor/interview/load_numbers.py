"""The candidate's own numbers: how many requests a second the drawing is held against."""

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

from sdtutor.architecture.records import Drawing
from sdtutor.content.problem_records import Problem
from sdtutor.core.systems import Flow
from sdtutor.interview.conversation import Pad

NEAR = 30.0
"""How far a rate on the pad may be from the problem's own figure: a candidate may assume another scale, but a
lost unit must not decide what the drawing is held against. Editorial."""

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
    """Return the largest rate of all requests that the candidate stated; else the problem's.

    Args:
        problem: What it is about.
        pads: The estimates. Those of the figure that the problem's own load is made of count; a rate of
            writes alone, or of deliveries, says nothing of all requests.
        drawing: A client of it may have ``rps=``.
    """
    usual = sum(flow.per_second for flow in problem.flows)
    of_all = _rate_of_all(problem, usual)
    near = (pad for pad in pads if usual / NEAR <= pad.rate <= usual * NEAR)
    rates = [(pad.rate, -pad.number) for pad in near if _is_about(pad, of_all)]
    if usual and rates:
        rate, number = max(rates)
        return OwnLoad(rate, "pad", -number)
    clients = (box for box in drawing.boxes.values() if box.kind == "client")
    stated = [rps for box in clients if isinstance(rps := box.settings.get("rps"), float) and rps > 0]
    if usual and stated:
        return OwnLoad(min(max(sum(stated), usual / FURTHEST), usual * FURTHEST), "drawing")
    return OwnLoad(usual, "problem")


def _rate_of_all(problem: Problem, usual: float) -> str:
    """Return the id of the rate that is nearest to the average of the problem's load; empty for none."""
    average = usual / problem.peak
    rates = [number for number in problem.numbers if number.unit == "1/s"]
    if not rates or average <= 0:
        return ""
    return min(rates, key=lambda number: abs(math.log(math.sqrt(number.low * number.high) / average))).id


def _is_about(pad: Pad, number: str) -> bool:
    return pad.verdict is not None and pad.verdict.number is not None and pad.verdict.number.id == number


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
