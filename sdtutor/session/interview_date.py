"""When the learner's interview is, at which level, and what they begin with."""

import math
from datetime import date
from typing import Literal

from sdtutor.content.records import Level
from sdtutor.core.units import count
from sdtutor.errors import UsageError
from sdtutor.session.desk import Desk
from sdtutor.session.history import History
from sdtutor.session.views import InterviewDate

FIRST_PROBLEM = "url_shortener"
FIRST_MINUTES: Literal[10] = 10
"""The first mock is short and known to everybody."""

_INTERVIEW = "interview"
"""The setting that holds day and level of the interview."""


def interview_date(desk: Desk) -> InterviewDate:
    """Return the interview that the learner prepares for, and the pace that it asks for."""
    day, level = kept_interview(desk)
    history = History(desk)
    left = sum(not history.progress(concept).done for concept in desk.catalogue.concepts)
    return InterviewDate(day, level, left, _pace(left, (day - desk.today).days) if day else "")


def set_interview_date(desk: Desk, day: date | None, level: Level) -> InterviewDate:
    """Keep when the interview is and at which level; None means that none is coming.

    Raises:
        UsageError: The day is past.
    """
    if day is not None and day < desk.today:
        raise UsageError(f"{day.isoformat()} is past.", f"Today is {desk.today.isoformat()}.")
    desk.store.set_setting(_INTERVIEW, {"day": day.isoformat() if day else None, "level": level})
    return interview_date(desk)


def kept_interview(desk: Desk) -> tuple[date | None, Level]:
    """Return day and level of the interview; no day once it is past."""
    kept = desk.store.setting(_INTERVIEW)
    values = kept if isinstance(kept, dict) else {}
    level: Level = "senior" if values.get("level") == "senior" else "mid"
    try:
        day = date.fromisoformat(values.get("day") or "")
    except (TypeError, ValueError):
        return None, level
    return (day if day >= desk.today else None), level


def _pace(lessons: int, days: int) -> str:
    """Return how many lessons a day or a week are left to do.

    >>> _pace(6, 42), _pace(20, 10), _pace(0, 10)
    ('1 lesson a week', '2 lessons a day', '')
    """
    if not lessons:
        return ""
    a_week = math.ceil(lessons * 7 / max(1, days))
    if a_week < 7:
        return f"{count(a_week, 'lesson')} a week"
    return f"{count(math.ceil(lessons / max(1, days)), 'lesson')} a day"
