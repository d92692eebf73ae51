"""Quantities of the pad, read: their value in base units, what they count, and their words."""

from typing import TYPE_CHECKING

from sdtutor.interview.estimating.saying import say
from sdtutor.interview.estimating.units import powers

if TYPE_CHECKING:
    from pint import Quantity


def base_value(value: "Quantity[float]") -> float:
    """Return a quantity in bytes, seconds and ones."""
    return float(value.to_base_units().magnitude)


def in_words(value: "Quantity[float]") -> str:
    """Return a quantity for people."""
    data, time, things = powers(value)
    return say(base_value(value), data, time, _shown(data, counted(value), things))


def counted(value: "Quantity[float]") -> str:
    """Return the thing that a quantity counts, or nothing.

    Users by the second are what they do, not users; bytes of something are bytes.
    """
    data, time, things = powers(value)
    above = [noun for noun, power in things.items() if power > 0]
    if data or not above or (above[-1] == "user" and time < 0):
        return ""
    return above[-1]


def _shown(data: int, noun: str, things: dict[str, int]) -> dict[str, int]:
    """Return the things that a reading names: what is counted, or what it is per."""
    if noun:
        return {noun: 1}
    below = {noun: power for noun, power in things.items() if power < 0}
    return below if len(below) == len(things) and (data or below) else {}


def kind_of(value: "Quantity[float]") -> str:
    """Return what a quantity is, in words: bytes, a rate."""
    data, time, _ = powers(value)
    names = {
        (0, 0): "a number",
        (1, 0): "bytes",
        (0, 1): "a time",
        (0, -1): "a rate",
        (1, -1): "bytes a second",
    }
    return names.get((data, time), "something else")
