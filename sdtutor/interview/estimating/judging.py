"""Which figure of a problem an estimate is meant to be, and how near it comes."""

from collections.abc import Iterable, Sequence
from functools import cache

from sdtutor.content.problem_records import Number
from sdtutor.interview.estimating.calculating import calculate
from sdtutor.interview.estimating.records import Estimate, Verdict
from sdtutor.interview.matching.words import is_word, split, stem

ORDER = 3.0
"""Factor from the range within which the order of magnitude is right. Half a power of ten, rounded."""

PEAK = 5.0
"""How many times the average a peak may be. Editorial."""

_SAME = 0.1
"""How far two mentions of one figure may be apart."""

_LABEL = 4
"""How many words of the calculation a word of the label outweighs."""

_ASKS = "What does this number decide?"
_PEAK_WORDS = frozenset(("peak", "burst", "busiest", "maximum"))


def judge(estimate: Estimate, numbers: Sequence[Number]) -> Verdict:
    """Return what an estimate is an estimate of, and how good it is.

    It is the figure of the same dimension that shares most words with it, and of those the nearest. Words of
    another dimension's figure alone mean that the units went wrong.

    Args:
        estimate: From the pad or from a sentence.
        numbers: Of the problem.
    """
    ranked = sorted(numbers, key=lambda number: (-_shared(estimate, number), _factor(estimate, number)))
    for number in ranked:
        near = _factor(estimate, number) <= ORDER
        if bounds(number)[2] == estimate.dimension:
            if near or _shared(estimate, number):
                return _graded(estimate, number)
        elif near and _shared(estimate, number) and estimate.dimension == "1" and not estimate.counted:
            text = f"{estimate.reading}: the order is right. Say its unit."
            return Verdict(number, "order", _factor(estimate, number), text, _ASKS)
    if ranked and _labelled(estimate, ranked[0]):
        return _wrong_unit(estimate, ranked[0])
    return Verdict(None, "unknown", 1.0, f"I take it as {estimate.reading}.")


def same_value(one: Estimate, other: Estimate) -> bool:
    """Return whether two estimates are the same figure, said twice."""
    if one.dimension != other.dimension:
        return False
    return abs(one.value - other.value) <= _SAME * max(abs(one.value), abs(other.value))


def bounds(number: Number) -> tuple[float, float, str]:
    """Return the range of a figure in base units, and its dimension.

    Raises:
        UsageError: Its unit cannot be read.
    """
    size, dimension = _unit(number.unit)
    return number.low * size, number.high * size, dimension


@cache
def _unit(unit: str) -> tuple[float, str]:
    one = calculate(unit if unit[:1].isdigit() else f"1 {unit}")
    return one.value, one.dimension


def _factor(estimate: Estimate, number: Number) -> float:
    """Return how far the estimate is from the range, in whatever unit it is said: at least 1."""
    low, high, dimension = bounds(number)
    if estimate.dimension == "1" != dimension:
        low, high = number.low, number.high
    if estimate.is_peak and not _PEAK_WORDS & set(split(number.title)):
        high *= PEAK
    if estimate.value <= 0:
        return float("inf") if high > 0 else 1.0
    return max(1.0, low / estimate.value, estimate.value / high if high > 0 else float("inf"))


def _shared(estimate: Estimate, number: Number) -> int:
    """Return how much of the figure's words the estimate has: its label says more than all the rest."""
    said = _stems((*estimate.words, estimate.counted))
    return _LABEL * _labelled(estimate, number) + len(_stems(number.words) & said)


def _labelled(estimate: Estimate, number: Number) -> int:
    return len(_stems(number.words) & _stems((estimate.label,)))


def _stems(texts: Iterable[str]) -> set[str]:
    return {stem(word) for text in texts for word in split(text) if is_word(word)}


def _graded(estimate: Estimate, number: Number) -> Verdict:
    factor = _factor(estimate, number)
    if factor <= 1.0:
        return Verdict(number, "right", factor, f"{estimate.reading}: I have about the same.", _ASKS)
    if factor <= ORDER:
        return Verdict(number, "order", factor, f"{estimate.reading}: the order is right.", _ASKS)
    far = next((words for limit, words in _FAR if factor <= limit), "by more than a thousand")
    text = f"{estimate.reading}: that is off {far}. Check the units and the zeros."
    return Verdict(number, "off", factor, text)


_FAR = (
    (10.0, "by several times"),
    (100.0, "by more than ten times"),
    (1000.0, "by more than a hundred times"),
)


def _wrong_unit(estimate: Estimate, number: Number) -> Verdict:
    names = {"byte/s": "bytes a second", "byte": "bytes", "1/s": "a rate", "s": "a time", "1": "a count"}
    wanted, given = (names.get(each, each) for each in (bounds(number)[2], estimate.dimension))
    return Verdict(number, "unit", float("inf"), f"{estimate.reading}: that is {given}, not {wanted}.")
