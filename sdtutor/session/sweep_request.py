"""Which values a sweep takes, as people write them: ``read_quorum=1..3``, ``latency=zones,regions``."""

from collections.abc import Sequence
from typing import Any

from sdtutor.engine.lab import Lab
from sdtutor.engine.measuring import has_latencies
from sdtutor.engine.parameters import OneOf, Parameter, Spelled, Whole, read_values
from sdtutor.errors import UsageError
from sdtutor.session.sweeps import Sweep

MOST_VALUES = 1_000
"""Values of one parameter in a sweep; nobody reads a longer table."""

MANY_SEEDS = 200
"""Seeds to propose where they matter: enough calls for a 99th percentile, in about a second."""

_SUGGESTED = 5


def read_axis(lab: Lab, text: str) -> tuple[str, tuple[Any, ...]]:
    """Return a parameter and its values from ``NAME=VALUES``.

    Values are separated by commas, those of a parameter with a spelling of its own by semicolons; whole
    numbers may be ranges: ``1..3,5,10``.

    Raises:
        UsageError: There is no such parameter, or one of the values is not possible; says what is.
    """
    name, equals, values = (part.strip() for part in text.partition("="))
    name = name.replace("-", "_")
    if not equals or not values:
        raise UsageError(
            f'"{text}" is not a sweep.', "Write NAME=VALUES, such as readers=1..3 or readers=1,3."
        )
    parameter = next((each for each in lab.parameters if each.name == name), None)
    if parameter is None:
        known = ", ".join(each.name for each in lab.parameters) or "nothing"
        raise UsageError(f'There is no setting "{name}" in this lab.', f"It can sweep: {known}.")
    return name, _values(lab, parameter, values)


def _values(lab: Lab, parameter: Parameter, text: str) -> tuple[Any, ...]:
    parts = text.split(";" if isinstance(parameter, Spelled) else ",")
    found: dict[Any, None] = {}
    for part in parts:
        for value in _range(parameter, part.strip()):
            read_values(lab.parameters, {parameter.name: value})
            found[value] = None
    return tuple(found)


def _range(parameter: Parameter, text: str) -> Sequence[Any]:
    """Return the values that one part names."""
    if not isinstance(parameter, Whole):
        return (text,)
    first, dots, last = text.partition("..")
    try:
        low, high = int(first), int(last if dots else first)
    except ValueError:
        raise UsageError(
            f'"{text}" is not a value for {parameter.name}.', "Write whole numbers or ranges: 1..3,5,10."
        ) from None
    if not low <= high < low + MOST_VALUES:
        raise UsageError(
            f'"{text}" is no range for {parameter.name}.',
            f"Write the smaller number first, and at most {MOST_VALUES:,} values.",
        )
    return range(low, high + 1)


def suggested(parameter: Parameter, value: Any) -> str:
    """Return values to propose for a parameter, as a sweep writes them.

    Args:
        parameter: Which one.
        value: What it is now, as spelled.
    """
    if isinstance(parameter, OneOf):
        return ",".join(parameter.words)
    if isinstance(parameter, Spelled):
        return str(value)
    if parameter.high - parameter.low < 2 * _SUGGESTED:
        return f"{parameter.low}..{parameter.high}"
    step = (parameter.high - parameter.low) / (_SUGGESTED - 1)
    return ",".join(str(parameter.low + round(step * index)) for index in range(_SUGGESTED))


def seeds_matter(lab: Lab, sweep: Sweep) -> bool:
    """Tell whether runs of different seeds can differ: whether some setting has latencies to draw."""
    return any(
        has_latencies(lab.cast(sweep.variant, read_values(lab.parameters, {**sweep.base, **dict(given)})))
        for given in sweep.settings
    )
