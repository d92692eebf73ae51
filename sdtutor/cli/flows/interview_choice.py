"""Which interview to hold."""

from textwrap import shorten
from typing import TYPE_CHECKING

from sdtutor.cli.surface import Surface
from sdtutor.errors import UsageError

if TYPE_CHECKING:
    from sdtutor.cli.console import Console
    from sdtutor.cli.interview_request import InterviewRequest
    from sdtutor.session.interview_session import InterviewSession
    from sdtutor.session.interview_views import InterviewRow, PausedInterview

_WIDEST = 68
"""Columns of a row of the list: it fits between a number and the edge of 80 columns."""

_LENGTHS = (
    (10, "10 minutes: requirements, numbers, a drawing, one change"),
    (25, "25 minutes: all of it, one question in depth"),
    (45, "45 minutes: the whole round"),
)


def opened_interview(console: "Console", request: "InterviewRequest") -> "InterviewSession":
    """Return the interview that is asked for; where a person answers, the one that is chosen.

    Args:
        console: Where to ask.
        request: The options.

    Raises:
        UsageError: No such problem, length or level, or nothing to go on with.
    """
    tutor = console.tutor
    level, clock = request.wanted_level(), request.factor()
    if request.resume:
        return tutor.resume_interview(_problem(console, request.name))
    name, minutes = request.name, request.minutes
    if not name and console.way in ("plain", "inline") and console.surface.on_terminal:
        chosen = _chosen(console)
        if chosen is None:
            return tutor.resume_interview()
        name = chosen
        minutes = minutes or _length(console.surface, first=_is_first(tutor.interviews()))
    return tutor.begin_interview(name, minutes, level, clock, request.seed)


def _problem(console: "Console", name: str) -> str:
    from sdtutor.session.interviews import resolve_problem

    if not name:
        return ""
    problem = resolve_problem(console.tutor.desk, name)
    if next(row for row in console.tutor.interviews() if row.slug == problem).state != "paused":
        raise UsageError(
            f"There is no interview on {problem} to go on with.", f"sdtutor interview {problem} begins one."
        )
    return problem


def _is_first(rows: "tuple[InterviewRow, ...]") -> bool:
    return all(row.state == "new" for row in rows)


def _chosen(console: "Console") -> str | None:
    """Return the problem that is chosen; None is the interview that was left."""
    from sdtutor.session.interviews import suggested_problem

    paused, rows = console.tutor.paused_interview(), console.tutor.interviews()
    options = [f"Go on: {_paused(paused)}"] if paused else []
    options += [_row(row) for row in rows]
    suggested = suggested_problem(console.tutor.desk)
    first = 0 if paused else next(i for i, row in enumerate(rows) if row.slug == suggested)
    index = console.surface.choose("Which interview?", options, enter=first)
    if index is None or (paused and index == 0):
        return None
    return rows[index - bool(paused)].slug


def _paused(paused: "PausedInterview") -> str:
    left = f", {paused.left_s / 60:.0f} min left" if paused.left_s is not None else ""
    return f"{paused.title}, {paused.minutes} minutes, {paused.stage}{left}"


def _row(row: "InterviewRow") -> str:
    from sdtutor.interview.scoring.decision import WORDS

    last = next((word for decision, word in WORDS.items() if decision == row.decision), "")
    taken = {"new": "", "paused": " (left in the middle)", "done": f" (last time: {last})"}[row.state]
    return shorten(f"{row.title}{taken}: {row.summary}", _WIDEST, placeholder=" …")


def _length(surface: Surface, *, first: bool) -> int:
    enter = 0 if first else len(_LENGTHS) - 1
    index = surface.choose("How long?", [text for _, text in _LENGTHS], enter=enter)
    return _LENGTHS[enter if index is None else index][0]
