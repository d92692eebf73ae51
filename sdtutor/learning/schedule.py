"""When a question comes back: FSRS, the scheduler of the package ``fsrs``, with its default weights.

Two choices are ours. The first review after a right answer is a day later (a learner opens a tutor once a
day, not again after ten minutes), and the due dates are not blurred at random, so that the same answers
give the same dates everywhere.
"""

from datetime import UTC, datetime, timedelta
from functools import cache
from typing import TYPE_CHECKING

from sdtutor.learning.rating import Rating

if TYPE_CHECKING:
    from fsrs import Card, Scheduler

AGAIN_AFTER = timedelta(minutes=10)
"""A question that was missed comes back in the same sitting: the relearning step of FSRS's defaults."""

FIRST_REVIEW_AFTER = timedelta(days=1)
"""A question that was right for the first time comes back the next day, as in SM-2 (Wozniak 1990:
"I(1) := 1")."""


def schedule(state: str | None, rated: Rating, now: datetime) -> tuple[str, datetime]:
    """Return the new state of a question and when it is due.

    Args:
        state: What this function returned after the last answer; None, or a text that is not such a
            state, starts anew.
        rated: How well the question was known this time.
        now: With a time zone.

    Returns:
        The state as JSON text, and the due date in UTC.
    """
    from fsrs import Card, Rating

    moment = now.astimezone(UTC)
    card = _read(state) or Card(card_id=0, due=moment)
    grade = {"again": Rating.Again, "hard": Rating.Hard, "good": Rating.Good, "easy": Rating.Easy}[rated]
    reviewed, _ = _scheduler().review_card(card, grade, moment)
    return reviewed.to_json(), reviewed.due


def recall(state: str | None, now: datetime) -> float:
    """Return the probability, 0 to 1, that a question is known now; 0 for one that was never answered.

    Args:
        state: What :func:`schedule` returned.
        now: With a time zone.
    """
    card = _read(state)
    return float(_scheduler().get_card_retrievability(card, now.astimezone(UTC))) if card else 0.0


def _read(state: str | None) -> "Card | None":
    from fsrs import Card

    if state is None:
        return None
    try:
        card = Card.from_json(state)
    except (ValueError, KeyError, TypeError, AttributeError):
        return None
    dated = card.due.tzinfo is not None and (card.last_review is None or card.last_review.tzinfo is not None)
    return card if dated else None


@cache
def _scheduler() -> "Scheduler":
    from fsrs import Scheduler

    steps = (AGAIN_AFTER, FIRST_REVIEW_AFTER)
    return Scheduler(learning_steps=steps, relearning_steps=(AGAIN_AFTER,), enable_fuzzing=False)
