"""The rubric: eight dimensions, what their levels look like, what they weigh, how a level comes about.

It is our own, built from public rubrics (Exponent; Hello Interview; interview guides that publish weights and
a decision rule); no company publishes its own. All figures here are editorial.
"""

import math
from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import Final, get_args

from sdtutor.content.problem_records import Dimension
from sdtutor.content.records import Level
from sdtutor.interview.records import Evidence, Minutes

DIMENSIONS: Final[tuple[Dimension, ...]] = get_args(Dimension)

TITLES: Final[Mapping[Dimension, str]] = MappingProxyType(
    {
        "requirements": "Scope and requirements",
        "estimation": "Estimates that decide",
        "interface": "Interface and data",
        "design": "A design that works",
        "depth": "Depth",
        "tradeoffs": "Trade-offs",
        "failure": "Failure and operations",
        "communication": "Driving the conversation",
    }
)

LEVEL_WORDS: Final = ("absent", "weak", "adequate", "strong", "exceptional")

DESCRIPTORS: Final[Mapping[Dimension, tuple[str, str, str, str, str]]] = MappingProxyType(
    {
        "requirements": (
            "Nothing was asked and nothing was fixed.",
            "A few features or questions, and none that the design turns on.",
            "The main features and some qualities; part of what the design turns on was asked.",
            "Features and qualities with numbers, and most of what the design turns on was asked.",
            "Beyond that, limits were set: what is left out, what is assumed, a second measurable quality.",
        ),
        "estimation": (
            "No figure came out.",
            "One figure in the right order.",
            "The figures are in the right order, and nothing follows from them.",
            "Figures in the right order with their units, and the design uses them.",
            "Beyond that, it is said what each figure decides, or where the choice would flip.",
        ),
        "interface": (
            "No operation and no table.",
            "Some operations; nothing finds the data.",
            "The operations are plausible; a key or an operation is missing.",
            "Every main operation has an endpoint, and the keys follow the look-ups.",
            "Beyond that, repeated, partial and growing requests are dealt with.",
        ),
        "design": (
            "No way through the drawing leads anywhere.",
            "One of the ways is there; the rest is not drawn.",
            "The ways are there, and the load is not carried; or one way is missing.",
            "Every way works and carries the load.",
            "Beyond that, nothing is superfluous and the boxes have reasons.",
        ),
        "depth": (
            "Names of parts only.",
            "One mechanism is touched.",
            "A mechanism is described; another that matters is missing.",
            "The mechanisms that matter are described so that one could build them.",
            "Beyond that, second-order effects are named or predicted rightly.",
        ),
        "tradeoffs": (
            "Choices without a reason.",
            "A reason here and there.",
            "A choice is weighed against another.",
            "Choices have an alternative, a price and a point at which they change.",
            "Beyond that, nearly every large choice of this problem was weighed.",
        ),
        "failure": (
            "Nothing ever fails.",
            "One measure against one failure.",
            "Some losses are survived or walked through.",
            "Losses are survived, walked through, and noticed.",
            "Beyond that, there are targets with numbers, or abuse and data loss are bounded.",
        ),
        "communication": (
            "No structure can be seen.",
            "One sign of structure.",
            "Some structure: questions first, or stages in their order.",
            "Questions first, stages in order and in time, a summary.",
            "Beyond that, it was done without help.",
        ),
    }
)

_WEIGHTS: Final[Mapping[Level, Mapping[Dimension, int]]] = MappingProxyType(
    {
        "mid": MappingProxyType(dict(zip(DIMENSIONS, (15, 10, 15, 20, 15, 10, 10, 5), strict=True))),
        "senior": MappingProxyType(dict(zip(DIMENSIONS, (12, 10, 13, 15, 20, 12, 13, 5), strict=True))),
    }
)

_SHARE: Final[Mapping[Dimension, float]] = MappingProxyType({"estimation": 0.65, "design": 0.85})
"""How much of the core weight makes level 3 in 45 minutes, where it is not `_USUAL_SHARE`. Figures are asked
for a little more, and of a drawing that is to work nearly everything. Editorial: where more dimensions asked
for more, strong answers written without sight of the rubric were lean for one thing they left out."""

_USUAL_SHARE: Final = 0.6

_HASTE: Final[Mapping[Minutes, float]] = MappingProxyType({45: 1.0, 25: 0.8, 10: 0.6})
"""How much of that share a shorter interview asks for. A drawing works or does not, whatever the time."""

_LEAST_EXTRA: Final = 2.0
_EXTRA_SHARE: Final = 0.7
"""How much of everything that goes beyond level 3 makes level 4, and what it is at least."""

_COMPLETE: Final = 0.75
"""How much of the needed core evidence must be there before anything beyond it counts."""

_HINT: Final = 0.5
_HINTS_AT_MOST: Final = 1.0
_ROUNDING: Final = 1e-9


def assessed(minutes: Minutes) -> tuple[Dimension, ...]:
    """Return the dimensions that a preset leaves time for, in the order of the rubric.

    Ten minutes have neither an interface stage nor a deep dive.
    """
    left_out = ("interface", "depth", "tradeoffs") if minutes == 10 else ()
    return tuple(each for each in DIMENSIONS if each not in left_out)


def weights(level: Level, minutes: Minutes) -> Mapping[Dimension, float]:
    """Return the share of one that each assessed dimension has in the result; together they make one."""
    chosen = assessed(minutes)
    total = sum(_WEIGHTS[level][each] for each in chosen)
    return {each: _WEIGHTS[level][each] / total for each in chosen}


def whole_percents(shares: Mapping[Dimension, float]) -> dict[Dimension, int]:
    """Return shares of one as whole percents that sum to 100, by largest remainders."""
    percents = {each: math.floor(100 * share) for each, share in shares.items()}
    by_remainder = sorted(shares, key=lambda each: percents[each] - 100 * shares[each])
    for each in by_remainder[: 100 - sum(percents.values())]:
        percents[each] += 1
    return percents


def exact_level(
    evidence: Iterable[Evidence], dimension: Dimension, minutes: Minutes, hints: int = 0
) -> float:
    """Return the level of one dimension from 0 to 4, not yet cut to halves.

    Core evidence leads to 3: ``3 * c`` with c the part of the needed core weight that is met. What goes
    beyond (bonus evidence, and core evidence that was not needed) leads from there to 4, and counts the
    less the more of the core is missing, so that extras do not stand in for it. Each hint costs half a
    level, all together one at most. More evidence never lowers it. A dimension without core evidence is 0.

    Args:
        evidence: Of this dimension, met or not.
        dimension: Decides the share that is needed.
        minutes: The preset; a shorter one needs less.
        hints: How many helped in this dimension.
    """
    items = tuple(evidence)
    core = math.fsum(each.weight for each in items if each.core)
    met = math.fsum(each.weight for each in items if each.core and counts(each))
    beyond = math.fsum(each.weight for each in items if not each.core)
    bonus = math.fsum(each.weight for each in items if not each.core and counts(each))
    needed = max(core * _needed_share(dimension, minutes), min(core, 1.0), _ROUNDING)
    reached = min(1.0, met / needed)
    for_four = max(_LEAST_EXTRA, _EXTRA_SHARE * _HASTE[minutes] * (core - needed + beyond))
    extra = min(1.0, (max(0.0, met - needed) + bonus) / for_four)
    complete = max(0.0, (reached - _COMPLETE) / (1 - _COMPLETE))
    return max(0.0, 3 * reached + complete * extra - min(_HINTS_AT_MOST, _HINT * hints))


def halves(level: float) -> float:
    """Return a level cut to the half below."""
    return math.floor(2 * level + _ROUNDING) / 2


def counts(evidence: Evidence) -> bool:
    """Return whether evidence counts: it is there, and the candidate does not dispute it."""
    return evidence.met and not evidence.disputed


def describe(dimension: Dimension, level: float) -> str:
    """Return what an answer at this level does; a half counts as the level below."""
    return DESCRIPTORS[dimension][int(level)]


def _needed_share(dimension: Dimension, minutes: Minutes) -> float:
    share = _SHARE.get(dimension, _USUAL_SHARE)
    return share if dimension == "design" else share * _HASTE[minutes]
