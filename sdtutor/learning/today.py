"""What to do today: reviews, the next lesson and why, one goal not yet met."""

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from statistics import median

from sdtutor.core.units import count

SECONDS_A_REVIEW = 40.0
"""How long a review takes before the learner's own answers tell. Editorial."""

OWN_PACE_FROM = 10
"""From this many answers on, a review is taken to last as long as the learner's median answer. Editorial."""

ENOUGH_AFTER_GAP = 10
"""Reviews that are enough on the day of a return: a backlog must not be a wall. Editorial."""

GAP = timedelta(days=3)
"""Without an answer for so long, the learner is coming back. Editorial."""

WEEK_DAYS = 7


@dataclass(frozen=True, slots=True)
class Reviews:
    """The reviews that wait.

    Args:
        due: How many.
        minutes: How long the enough ones take, in whole minutes.
        enough: How many of them are enough today; fewer than due only after a gap.
    """

    due: int
    minutes: int
    enough: int

    @property
    def sentence(self) -> str:
        """What home says: ``40 due; 10 is enough today``, ``3 due, 2 min``, or ``nothing due``."""
        if not self.due:
            return "nothing due"
        if self.enough < self.due:
            return f"{self.due:,} due; {self.enough} is enough today"
        return f"{self.due:,} due, {self.minutes} min"


@dataclass(frozen=True, slots=True)
class Standing:
    """A concept as the plan sees it.

    Args:
        concept: ``topic/concept``.
        title: For people.
        requires: Concepts to do first.
        opened: Its lesson was opened.
        done: It is done.
    """

    concept: str
    title: str
    requires: tuple[str, ...]
    opened: bool
    done: bool


@dataclass(frozen=True, slots=True)
class NextLesson:
    """The lesson to read next.

    Args:
        concept: ``topic/concept``.
        why: One sentence.
    """

    concept: str
    why: str


def reviews(due: int, seconds: Sequence[float], last_answer: datetime | None, now: datetime) -> Reviews:
    """Return the reviews that wait, and how many are enough today.

    Args:
        due: How many are due.
        seconds: How long the learner's recent answers took.
        last_answer: When the last one was given; None when none was.
        now: With a time zone.
    """
    away = last_answer is not None and now - last_answer >= GAP
    enough = min(due, ENOUGH_AFTER_GAP) if away else due
    pace = median(seconds) if len(seconds) >= OWN_PACE_FROM else SECONDS_A_REVIEW
    return Reviews(due, math.ceil(enough * pace / 60), enough)


def next_lesson(course: Sequence[Standing]) -> NextLesson | None:
    """Return the first lesson, in the order of the course, that is not done and whose requirements are.

    One that was opened and left comes before one that is new. None when everything is done.

    Args:
        course: All concepts in teaching order.
    """
    by_name = {standing.concept: standing for standing in course}
    ready = [standing for standing in course if not standing.done and _is_ready(standing, by_name)]
    chosen = next((standing for standing in ready if standing.opened), ready[0] if ready else None)
    return NextLesson(chosen.concept, _why(chosen, by_name)) if chosen else None


def next_goal(unmet: Iterable[tuple[str, str]], course: Iterable[Standing]) -> tuple[str, str] | None:
    """Return one goal to try: the first of a lab whose lesson was opened; None when there is none.

    Args:
        unmet: Lab (``topic/concept``) and goal, in teaching order.
        course: All concepts.
    """
    opened = {standing.concept for standing in course if standing.opened}
    return next((goal for goal in unmet if goal[0] in opened), None)


def active_days(moments: Iterable[datetime], now: datetime) -> int:
    """Return on how many of the last seven days, today included, something was done.

    Args:
        moments: When something was done, with time zones.
        now: In the learner's time zone, which decides where a day ends.
    """
    days = {moment.astimezone(now.tzinfo).date() for moment in moments}
    return sum(now.date() - timedelta(days=back) in days for back in range(WEEK_DAYS))


def _is_ready(standing: Standing, by_name: Mapping[str, Standing]) -> bool:
    # A requirement that is not in the course cannot be done first.
    return all(by_name[name].done for name in standing.requires if name in by_name)


def _why(standing: Standing, by_name: Mapping[str, Standing]) -> str:
    if standing.opened:
        return "You have begun it."
    builds_on = [by_name[name].title for name in standing.requires if name in by_name]
    if builds_on:
        return f"It builds on {' and '.join(builds_on)}, which you have done."
    finished = sum(other.done for other in by_name.values())
    if finished:
        return f"It comes next, after {count(finished, 'lesson')}."
    return "It needs nothing before it."
