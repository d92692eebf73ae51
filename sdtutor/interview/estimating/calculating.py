"""Calculating a line of the pad: ``[label ":"] sum ["=" sum]``; the grammar of a sum is in parsing."""

import re
from collections.abc import Iterable
from typing import TYPE_CHECKING

from sdtutor.errors import UsageError
from sdtutor.interview.estimating.amounts import base_value, counted, in_words
from sdtutor.interview.estimating.parsing import Parser
from sdtutor.interview.estimating.records import Estimate
from sdtutor.interview.estimating.tokens import FORM, read_tokens
from sdtutor.interview.estimating.units import powers

if TYPE_CHECKING:
    from pint import Quantity

_CLOSE = 0.05
"""How far a result that the candidate wrote may be from the right one without a word about it."""

_PEAK = re.compile(r"\bpeak|\bburst|\bbusiest|\bmax(?:imum)?\b|\bspike|\brush")


def calculate(text: str) -> Estimate:
    """Return what a line of the pad comes to.

    Args:
        text: ``creates: 100M links / 30 day``; a result after ``=`` is compared with the right one.

    Raises:
        UsageError: It is not a calculation, its units do not fit, or its result is no finite number.
    """
    label, parts = _split(text)
    value, reader = _evaluate(parts[0])
    data, time, _ = powers(value)
    notices = (*reader.notices, *_compare(value, parts[1:]))
    words = (*re.findall(r"\w+", label.lower()), *reader.words)
    return Estimate(
        text=text.strip(),
        label=label,
        value=base_value(value),
        data=data,
        time=time,
        counted=counted(value),
        words=words,
        reading=in_words(value),
        steps=tuple(reader.steps),
        notices=notices,
        is_peak=bool(_PEAK.search(" ".join(words))),
    )


def _split(text: str) -> tuple[str, list[str]]:
    """Return the label and the sums on both sides of the equals sign."""
    label, colon, rest = text.partition(":")
    if not colon:
        label, rest = "", text
    parts = [part for part in re.split(r"=|≈|→|->", rest) if part.strip()]
    while len(parts) > 1 and not re.search(r"\d", parts[0]):
        label = f"{label} {parts.pop(0)}"
    if not parts or not re.search(r"\d", parts[0]):
        raise UsageError("There is no number in this.", FORM)
    return label.strip(), [part for part in parts if re.search(r"\d", part)]


def _evaluate(part: str) -> "tuple[Quantity[float], Parser]":
    """Return the value of a sum; ``6B * 500 B`` is not in square bytes but has six billion of something."""
    reader = Parser(read_tokens(part))
    value = reader.read()
    for billions in (1, 2):
        if abs(powers(value)[0]) <= 1:
            break
        reader = Parser(read_tokens(part, billions=billions))
        value = reader.read()
    return value, reader


def _compare(value: "Quantity[float]", written: Iterable[str]) -> Iterable[str]:
    """Yield what is wrong with results that the candidate wrote down."""
    for part in written:
        try:
            claim, _ = _evaluate(part)
        except UsageError:
            continue
        right, wrong = base_value(value), base_value(claim)
        if powers(claim)[:2] != powers(value)[:2]:
            if powers(claim)[:2] != (0, 0):
                yield f"You wrote {in_words(claim)}; the units come to {in_words(value)}."
        elif abs(right - wrong) > _CLOSE * abs(right):
            yield f"You wrote {in_words(claim)}; it comes to {in_words(value)}."
