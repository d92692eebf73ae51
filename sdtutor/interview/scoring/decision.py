"""From evidence to a decision.

The rule is non-compensatory, as in public rubrics: a very weak dimension is not made good by the others. It
is evaluated from the top, so that a better answer never decides worse. The figures are editorial.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from sdtutor.content.problem_records import Dimension
from sdtutor.interview.records import Decision, Evidence, Settings
from sdtutor.interview.scoring.rubric import TITLES, assessed, counts, exact_level, halves, weights

RULE: Final = (
    "Strong hire from 85 % with no dimension below 3; hire from 70 % with none below 2; lean from 55 %; "
    "else no. Words alone reach lean at most: hire needs 35 % and a design of level 2 "
    "from what was measured. Fewer than six measured things are not enough to decide."
)
"""The whole rule, for reports."""

OUR_OWN: Final = "This rubric is our own, built from public ones; it is no company's."

ORDER: Final[tuple[Decision, ...]] = ("not_enough", "no", "lean", "hire", "strong_hire")
"""The decisions, the worst first."""

WORDS: Final[Mapping[Decision, str]] = {
    "strong_hire": "strong hire",
    "hire": "hire",
    "lean": "lean",
    "no": "no hire",
    "not_enough": "not enough evidence",
}

_ENOUGH: Final = 6
_STRONG: Final = 85.0
_HIRE: Final = 70.0
_LEAN: Final = 55.0
_MEASURED: Final = 35.0
_MEASURED_DESIGN: Final = 2.0


@dataclass(frozen=True, slots=True)
class Standing:
    """The figures that a decision rests on.

    Args:
        levels: 0 to 4 in halves, of the assessed dimensions, in the order of the rubric.
        percent: The weighted result, 0 to 100, one decimal.
        exact: The same before levels are cut to halves: what ranks small differences.
        measured_percent: The result when every claim is taken as unmet, one decimal.
        measured_design: The level of the design then.
        checked_met: How many checked items are met.
    """

    levels: Mapping[Dimension, float]
    percent: float
    exact: float
    measured_percent: float
    measured_design: float
    checked_met: int

    @property
    def lowest(self) -> Dimension:
        """The dimension with the lowest level, the first of the rubric among equals."""
        return min(self.levels, key=self.levels.__getitem__)


def stand(evidence: Sequence[Evidence], settings: Settings, hints: Mapping[Dimension, int]) -> Standing:
    """Return the figures for all evidence of an interview.

    Args:
        evidence: Of all dimensions, met or not.
        settings: The level that is aimed at and the preset.
        hints: How many hints helped, by dimension.
    """
    exact = _levels(evidence, settings, hints)
    measured = {
        each: halves(level)
        for each, level in _levels([_unclaimed(one) for one in evidence], settings, hints).items()
    }
    levels = {each: halves(level) for each, level in exact.items()}
    return Standing(
        levels=levels,
        percent=round(_percent(levels, settings), 1),
        exact=_percent(exact, settings),
        measured_percent=round(_percent(measured, settings), 1),
        measured_design=measured["design"],
        checked_met=sum(each.checked and counts(each) for each in evidence),
    )


def decide(standing: Standing) -> Decision:
    """Return the decision, evaluated from the top."""
    if standing.checked_met < _ENOUGH:
        return "not_enough"
    lowest = min(standing.levels.values())
    measured = standing.measured_percent >= _MEASURED and standing.measured_design >= _MEASURED_DESIGN
    if measured and standing.percent >= _STRONG and lowest >= 3:
        return "strong_hire"
    if measured and standing.percent >= _HIRE and lowest >= 2:
        return "hire"
    return "lean" if standing.percent >= _LEAN else "no"


def reason(standing: Standing) -> str:
    """Return one sentence that says which figure decided."""
    decision = decide(standing)
    lowest = f"{TITLES[standing.lowest]} with {standing.levels[standing.lowest]:g}"
    if decision == "not_enough":
        return f"{standing.checked_met} things could be measured, and a decision needs {_ENOUGH}."
    if decision == "strong_hire":
        return f"It asks for 85 % and no dimension below 3; the lowest is {lowest}."
    if decision == "hire":
        missing = f"{standing.percent:g} %, not 85 %" if standing.percent < _STRONG else f"{lowest}, not 3"
        return f"It asks for 70 % and no dimension below 2; for strong hire: {missing}."
    if decision == "lean":
        return f"It asks for 55 %; for hire: {_short_of_hire(standing, lowest)}."
    return f"Lean begins at 55 %. The lowest dimension is {lowest}."


def _short_of_hire(standing: Standing, lowest: str) -> str:
    if standing.percent < _HIRE:
        return f"{standing.percent:g} %, not 70 %"
    if min(standing.levels.values()) < 2:
        return f"{lowest}, not 2"
    if standing.measured_percent < _MEASURED:
        return f"{standing.measured_percent:g} % of it measured rather than claimed, not 35 %"
    return f"a measured design of level {standing.measured_design:g}, not 2"


def _levels(
    evidence: Sequence[Evidence], settings: Settings, hints: Mapping[Dimension, int]
) -> dict[Dimension, float]:
    return {
        each: exact_level(
            (one for one in evidence if one.dimension == each), each, settings.minutes, hints.get(each, 0)
        )
        for each in assessed(settings.minutes)
    }


def _percent(levels: Mapping[Dimension, float], settings: Settings) -> float:
    shares = weights(settings.level, settings.minutes)
    return math.fsum(100 * shares[each] * level / 4 for each, level in levels.items())


def _unclaimed(evidence: Evidence) -> Evidence:
    return evidence if evidence.checked else replace(evidence, met=False)
