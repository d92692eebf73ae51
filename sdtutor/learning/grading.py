"""Whether an answer is right, kind by kind, and what to say about one that is not.

A note never gives the answer away: a learner may try again.
"""

import difflib
import math
import re
import unicodedata
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from sdtutor.core.units import count
from sdtutor.learning.quantities import parse_quantity, parse_unit

CLOSE_SPELLING = 0.8
"""From this likeness on (difflib's ratio, 0 to 1) a wrong text is called a likely misspelling. Editorial."""

_SLIPS = {sign * power for power in range(1, 10) for sign in (-1, 1)}


@dataclass(frozen=True, slots=True)
class Grade:
    """What an answer is worth.

    Args:
        correct: It is right as a whole.
        score: 0 to 1; 1 exactly when it is correct.
        notes: Sentences for the learner.
    """

    correct: bool
    score: float
    notes: tuple[str, ...] = ()


def grade_choice(given: int, right: int) -> Grade:
    """Return the grade of one option chosen (kinds choice and predict); options count from 0."""
    return _all_or_nothing(given == right)


def grade_multi(given: Collection[int], right: Collection[int]) -> Grade:
    """Return the grade of several options chosen; options count from 0.

    The score is the share of the right ones that were found, less one such share for each wrong one, at
    least 0: choosing everything earns nothing it should not.

    Args:
        given: The options chosen.
        right: The options that belong; at least one.
    """
    chosen, wanted = set(given), set(right)
    missing, extra = len(wanted - chosen), len(chosen - wanted)
    if not missing and not extra:
        return Grade(True, 1.0)
    notes = []
    if missing:
        notes.append(f"{count(missing, 'right option')} not chosen.")
    if extra:
        notes.append(f"{count(extra, 'chosen option')} {'does' if extra == 1 else 'do'} not belong.")
    return Grade(False, max(0.0, (len(wanted) - missing - extra) / len(wanted)), tuple(notes))


def grade_order(given: Sequence[int], right: Sequence[int]) -> Grade:
    """Return the grade of an order.

    The score of a wrong order is the share of pairs that stand the right way round (Kendall 1938, "A New
    Measure of Rank Correlation": the concordant pairs).

    Args:
        given: The elements as the learner put them.
        right: The same elements in the right order.
    """
    if list(given) == list(right):
        return Grade(True, 1.0)
    if sorted(given) != sorted(right):
        return Grade(False, 0.0, ("Use every element once.",))
    place = {element: index for index, element in enumerate(right)}
    pairs = [(one, other) for index, one in enumerate(given) for other in given[index + 1 :]]
    kept = sum(place[one] < place[other] for one, other in pairs)
    first = next(index for index, element in enumerate(given) if element != right[index])
    return Grade(False, kept / len(pairs), (f"The first one out of place is number {first + 1}.",))


def grade_number(text: str, answer: float, unit: str, tolerance: float) -> Grade:
    """Return the grade of a quantity.

    A unit of the same kind is converted (0.01 s is 10 ms); a number without unit is taken in the unit
    asked for.

    Args:
        text: What the learner typed.
        answer: The right value, in ``unit``.
        unit: The unit asked for; empty for a bare number.
        tolerance: Largest accepted error, as a share of the answer; an absolute error when that is 0.

    Raises:
        UsageError: The text is not a quantity; ask again.
    """
    quantity = parse_quantity(text, unit)
    asked, typed = parse_unit(unit), parse_unit(quantity.unit or unit)
    if asked.kind != typed.kind:
        wanted = f"asked for {unit}" if unit else "asked for a number without a unit"
        return Grade(False, 0.0, (f'"{quantity.unit}" is the wrong unit: the question {wanted}.',))
    value = quantity.value * typed.factor / asked.factor
    notes = () if quantity.unit or not unit else (f"Taken as {unit}.",)
    allowed = tolerance * (abs(answer) or 1.0)
    if abs(value - answer) <= allowed or math.isclose(value, answer, rel_tol=1e-9):
        return Grade(True, 1.0, notes)
    return Grade(False, 0.0, (*notes, _direction(value, answer)))


def grade_gap(text: str, accepted: Collection[str]) -> Grade:
    """Return the grade of a word filled in; case, hyphens, articles and end punctuation do not matter.

    Args:
        text: What the learner typed.
        accepted: The texts that are right; at least one.
    """
    typed = normalised(text)
    wanted = {normalised(one) for one in accepted}
    if typed in wanted:
        return Grade(True, 1.0)
    if difflib.get_close_matches(typed, wanted, n=1, cutoff=CLOSE_SPELLING):
        return Grade(False, 0.0, ("Close to an accepted answer: look at the spelling.",))
    return Grade(False, 0.0)


def grade_line(given: int, right: Collection[int]) -> Grade:
    """Return the grade of a line pointed at.

    Args:
        given: The line number.
        right: The line numbers that are right; at least one.
    """
    if given in right:
        return Grade(True, 1.0)
    near = any(abs(given - line) == 1 for line in right)
    return Grade(False, 0.0, ("One line off.",) if near else ())


def normalised(text: str) -> str:
    """Return a text as gaps are compared: no case, one space for any gap or hyphen, no article in front.

    >>> normalised(" The `Cache-Aside` pattern. ")
    'cache aside pattern'
    """
    folded = unicodedata.normalize("NFKC", text).casefold()
    bare = re.sub(r"[\s_\u2010-\u2015-]+", " ", re.sub(r"[`\"'“”‘’]", "", folded)).strip(" .,;:!?")
    return re.sub(r"^(?:an?|the) (?=.)", "", bare)


def _all_or_nothing(correct: bool) -> Grade:
    return Grade(correct, 1.0 if correct else 0.0)


def _direction(value: float, answer: float) -> str:
    word = "Too high" if value > answer else "Too low"
    if (value > 0) == (answer > 0) and value and answer:
        power = round(math.log10(abs(value)) - math.log10(abs(answer)), 2)
        if power in _SLIPS:
            return f"{word} by a factor of {10 ** int(abs(power)):,}: count the zeros again."
    return f"{word}."
