"""The options of a question: one of them right, all distinct as values and as texts."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from sdtutor.engine.predictions.lots import Lots

MOST = 4
"""Options of a question at most; editorial, as most tests have it."""


@dataclass(frozen=True, slots=True)
class Option:
    """One option.

    Args:
        value: The answer that it stands for.
        text: As the learner reads it.
    """

    value: Any
    text: str


def options_for(
    answer: Any, candidates: Sequence[Any], say: Callable[[Any], str], lots: Lots
) -> tuple[tuple[Option, ...], int] | None:
    """Return the options in the order to show, and the index of the right one.

    None when the answer is no candidate, or when there is nothing else to choose.

    Args:
        answer: The right value.
        candidates: The values to choose from, the most tempting first.
        say: A value as the learner reads it.
        lots: Decides which candidates are taken, and the order.
    """
    found = _distinct(candidates, say)
    at = next((place for place, option in enumerate(found) if option.text == _text(answer, say)), None)
    if at is None or len(found) < 2 or found[at].value != answer:
        return None
    if all(type(option.value) is int for option in found):
        return _numbers(found, answer, lots)
    right = found.pop(at)
    # The first is the typical mistake; which of the others stand beside it is drawn.
    taken = found[:1]
    rest = found[1:]
    while rest and len(taken) < MOST - 1:
        taken.append(rest.pop(lots.below(len(rest))))
    place = lots.below(len(taken) + 1)
    others = _mixed(taken, lots)
    return (*others[:place], right, *others[place:]), place


def _numbers(found: list[Option], answer: int, lots: Lots) -> tuple[tuple[Option, ...], int]:
    """Return numbers in a row; where in the row the right one stands is drawn."""
    ordered = sorted(found, key=lambda option: option.value)
    at = next(place for place, option in enumerate(ordered) if option.value == answer)
    lowest, highest = max(0, at - MOST + 1), max(0, min(at, len(ordered) - MOST))
    first = lowest + lots.below(highest - lowest + 1)
    return tuple(ordered[first : first + MOST]), at - first


def _mixed(options: list[Option], lots: Lots) -> list[Option]:
    left, mixed = list(options), []
    while left:
        mixed.append(left.pop(lots.below(len(left))))
    return mixed


def _text(value: Any, say: Callable[[Any], str]) -> str:
    return " ".join(say(value).split())


def _distinct(candidates: Sequence[Any], say: Callable[[Any], str]) -> list[Option]:
    """Return an option for each candidate that differs from those before it, as a value and as a text."""
    found: list[Option] = []
    for value in candidates:
        option = Option(value, _text(value, say))
        same = any(value == other.value or option.text.casefold() == other.text.casefold() for other in found)
        if not same:
            found.append(option)
    return found
