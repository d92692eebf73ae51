"""Which questions to ask, and in which order their options stand.

Everything is drawn by name from a seed, so that the same seed asks the same quiz.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from sdtutor.core.draws import shuffled


@dataclass(frozen=True, slots=True)
class Candidate:
    """A question that could be asked.

    Args:
        item: ``topic/concept#question``.
        read: The lesson of its concept was opened.
        seen: It was answered before.
        due: Its review is due; false for one that was never answered.
        recall: Probability, 0 to 1, that it is known now; 0 for one that was never answered.
    """

    item: str
    read: bool
    seen: bool
    due: bool
    recall: float


def choose(candidates: Iterable[Candidate], count: int, seed: int) -> tuple[str, ...]:
    """Return the questions to ask, in the order to ask them.

    First what is due, the least known first; then what was never asked about lessons that were opened;
    then the rest of what was asked before, the least known first; last what nobody has read about yet.
    Equals stand in an order drawn from the seed.

    Args:
        candidates: What could be asked, in any order.
        count: At most so many.
        seed: Decides among equals.
    """
    by_name = sorted(candidates, key=lambda candidate: candidate.item)
    drawn = shuffled(by_name, seed, "questions")
    return tuple(candidate.item for candidate in sorted(drawn, key=_urgency)[: max(0, count)])


def _urgency(candidate: Candidate) -> tuple[int, float]:
    if candidate.due:
        return 0, candidate.recall
    if candidate.seen:
        return 2, candidate.recall
    return (1 if candidate.read else 3), 0.0


def option_order(item: str, seed: int, count: int) -> tuple[int, ...]:
    """Return the order in which the options of a question are shown: indices from 0.

    Args:
        item: The question.
        seed: Of the quiz.
        count: How many options there are.
    """
    return tuple(shuffled(range(count), seed, "options", item))


def scrambled_order(item: str, seed: int, count: int) -> tuple[int, ...]:
    """Return an order in which the elements of an order question are shown; never the right one.

    Args:
        item: The question; its elements count from 0 in the right order.
        seed: Of the quiz.
        count: How many elements there are; with fewer than two there is only one order.
    """
    order = option_order(item, seed, count)
    return order if order != tuple(range(count)) else (*order[1:], *order[:1])
