"""Mock interviews: which there are, beginning one, going on with one, what came of those that are over."""

from pathlib import Path
from typing import TYPE_CHECKING, cast, get_args

from sdtutor.content.problems import ProblemEntry, find_entry, list_problems, problem_slugs
from sdtutor.core.draws import new_seed
from sdtutor.core.slugs import resolve
from sdtutor.errors import ContentError, UsageError
from sdtutor.interview.commands import read_command
from sdtutor.interview.interviewer import fold, seconds, total_s
from sdtutor.interview.records import Minutes, Settings, Stored
from sdtutor.interview.stages import STAGES, Stage, neighbour
from sdtutor.interview.transcript import load, parse
from sdtutor.session.desk import Desk
from sdtutor.session.interview_date import FIRST_MINUTES, FIRST_PROBLEM, kept_interview
from sdtutor.session.interview_keeping import StoreKeeping
from sdtutor.session.interview_report import load_case, report_on
from sdtutor.session.interview_session import InterviewSession
from sdtutor.session.interview_views import (
    InterviewRow,
    InterviewState,
    PastInterview,
    PausedInterview,
    TrendView,
)

if TYPE_CHECKING:
    from sdtutor.content.records import Level
    from sdtutor.interview.records import Report
    from sdtutor.store.interviews import KeptInterview

USUAL_MINUTES: Minutes = 45

_WEAK = 2.0
"""A level below this is weak: less than adequate."""

_STEPS = {"next": 1, "back": -1}

_TREND = 4
"""So many interviews make a trend. Editorial."""


def interviews(desk: Desk) -> tuple[InterviewRow, ...]:
    """Return all problems, with what came of them last."""
    latest: dict[str, KeptInterview] = {}
    store = desk.known_store
    for kept in store.interviews() if store else ():
        latest.setdefault(kept.problem, kept)
    return tuple(_row(each, latest.get(each.slug)) for each in list_problems(desk.root))


def _row(entry: ProblemEntry, kept: "KeptInterview | None") -> InterviewRow:
    state: InterviewState = "new" if kept is None else "done" if kept.ended_at else "paused"
    return InterviewRow(entry.slug, entry.title, entry.summary, state, kept.decision if kept else "")


def resolve_problem(desk: Desk, name: str) -> str:
    """Return the problem that a person meant.

    Raises:
        UsageError: Nothing is named so, or several are.
    """
    return resolve(name, problem_slugs(desk.root), "interview")


def begin_interview(
    desk: Desk,
    name: str = "",
    minutes: int | None = None,
    level: "Level | None" = None,
    clock: float | None = 1.0,
    seed: int | None = None,
) -> InterviewSession:
    """Return a new interview; it is kept from its first entry on.

    Args:
        desk: Where from.
        name: Of the problem; empty is the first mock, later the next one that was not taken.
        minutes: 10, 25 or 45; None is 10 for the first mock, else 45.
        level: The level that is aimed at; None is that of the interview date, or mid.
        clock: How many minutes of the wall a minute of the interview has; None is no clock.
        seed: Chooses among follow-ups; None draws one.

    Raises:
        UsageError: No such problem, or no such length.
        ContentError: The problem breaks a rule of its format.
    """
    store = desk.known_store
    before = store.interviews() if store else ()
    slug = resolve_problem(desk, name) if name else suggested_problem(desk)
    length = minutes or (USUAL_MINUTES if before or name else FIRST_MINUTES)
    if length not in get_args(Minutes):
        known = ", ".join(map(str, get_args(Minutes)))
        raise UsageError(f"There is no interview of {length} minutes.", f"There are {known}.")
    aimed = level or (kept_interview(desk)[1] if store else "mid")
    settings = Settings(slug, cast("Minutes", length), aimed, new_seed() if seed is None else seed, clock)
    return _session(desk, "", Stored(settings, ()))


def resume_interview(desk: Desk, interview: str = "") -> InterviewSession:
    """Return an interview that was not finished, exactly where it was left.

    Args:
        desk: Where from.
        interview: Its id or its problem; empty is the one that was left last.

    Raises:
        UsageError: There is none.
    """
    kept = next((each for each in _unfinished(desk) if interview in ("", each.id, each.problem)), None)
    if kept is None:
        raise UsageError("There is no interview to go on with.", "sdtutor interview begins one.")
    desk.remember("interview", kept.problem)
    return _session(desk, kept.id, parse(kept.text, desk.store.path))


def reopen_interview(desk: Desk, interview: str = "") -> InterviewSession:
    """Return an interview that ended; its report is scored anew from what was said.

    Args:
        desk: Where from.
        interview: Its id or its problem; empty is the one that ended last.

    Raises:
        UsageError: There is none.
    """
    known = problem_slugs(desk.root)
    meant = [each for each in _ended(desk) if interview in ("", each.id, each.problem)]
    kept = next((each for each in reversed(meant) if each.problem in known), None)
    if kept is None and meant:
        raise UsageError(f'There is no problem "{meant[-1].problem}" any more.', "Choose another interview.")
    if kept is None:
        about, name = (f" on {interview}", f" {interview}") if interview in known else ("", "")
        raise UsageError(f"No interview{about} has ended yet.", f"sdtutor interview{name} begins one.")
    return _session(desk, kept.id, parse(kept.text, desk.store.path))


def _ended(desk: Desk) -> tuple["KeptInterview", ...]:
    """Return the interviews that have ended, the oldest end first."""
    store = desk.known_store
    found = (each for each in (store.interviews() if store else ()) if each.ended_at)
    return tuple(sorted(found, key=lambda each: (each.ended_at, each.id)))


def paused_interview(desk: Desk) -> PausedInterview | None:
    """Return the interview that was left last and can go on; None when there is none."""
    kept = next(iter(_unfinished(desk)), None)
    if kept is None:
        return None
    problem = find_entry(desk.root, kept.problem)
    stored = parse(kept.text, desk.store.path)
    settings, entries = stored.settings, stored.entries
    stage = _stage_of(stored)
    at_s = entries[-1].at_s if entries else 0.0
    left = max(0.0, total_s(settings) - seconds(settings, at_s)) if settings.clock else None
    return PausedInterview(
        kept.id,
        kept.problem,
        problem.title if problem else kept.problem,
        kept.minutes,
        kept.level,
        stage.title,
        left,
    )


def _stage_of(stored: Stored) -> Stage:
    """Return the stage in which an interview stands; its commands alone decide that."""
    stage = STAGES[stored.settings.minutes][0]
    for entry in stored.entries:
        step = _STEPS.get(read_command(entry.text).name, 0) if entry.does == "command" else 0
        stage = (step and neighbour(stored.settings.minutes, stage.name, step)) or stage
    return stage


def _unfinished(desk: Desk) -> tuple["KeptInterview", ...]:
    """Return the interviews that have not ended, the one that was left last first."""
    store = desk.known_store
    known = problem_slugs(desk.root)
    found = [each for each in (store.interviews() if store else ()) if not each.ended_at]
    here = (each for each in found if each.problem in known)
    return tuple(sorted(here, key=lambda each: (each.updated_at, each.id), reverse=True))


def _session(desk: Desk, interview: str, stored: Stored) -> InterviewSession:
    """Return a session that keeps everything."""
    case = load_case(desk.root, stored.settings.problem)
    return InterviewSession(case, stored, StoreKeeping(desk, interview), desk.monotonic)


def past_interviews(desk: Desk) -> TrendView:
    """Return the interviews that ended, the oldest first, and what was weak in all of the last ones."""
    titles = {each.slug: each.title for each in list_problems(desk.root)}
    past = tuple(
        PastInterview(
            each.id,
            each.problem,
            titles.get(each.problem, each.problem),
            each.minutes,
            each.level,
            each.ended_at.date().isoformat() if each.ended_at else "",
            each.decision,
            each.percent,
            tuple(each.scores.items()),
        )
        for each in _ended(desk)
    )
    return TrendView(past, _weak_in_all(past))


def score_transcript(desk: Desk, path: Path) -> "Report":
    """Return the report on a stored interview; nothing is kept.

    Raises:
        ContentError: The file breaks a rule of its format, or names a problem that there is not.
    """
    stored = load(path)
    known = problem_slugs(desk.root)
    if stored.settings.problem not in known:
        try:
            resolve_problem(desk, stored.settings.problem)
            hint = f"There are: {', '.join(known)}."
        except UsageError as error:
            hint = error.hint
        raise ContentError(path, 0, f'There is no interview "{stored.settings.problem}".', hint)
    case = load_case(desk.root, stored.settings.problem)
    return report_on(fold(case.problem, stored.settings, stored.entries), case)


def suggested_problem(desk: Desk) -> str:
    """Return the first mock; later the next problem that was not taken, or the one that was taken last.

    Raises:
        UsageError: There are no problems.
    """
    known = problem_slugs(desk.root)
    store = desk.known_store
    before = store.interviews() if store else ()
    if not known:
        raise UsageError("There are no interview problems.", "Install sdtutor again.")
    taken = {each.problem for each in before}
    ordered = sorted(known, key=lambda slug: (slug != FIRST_PROBLEM, slug))
    return next((slug for slug in ordered if slug not in taken), before[-1].problem if before else ordered[0])


def _weak_in_all(past: tuple[PastInterview, ...]) -> tuple[str, ...]:
    last = [dict(each.scores) for each in past[-_TREND:]]
    if len(last) < _TREND:
        return ()
    weak = {
        name: sum(each.get(name, 4.0) for each in last)
        for name in last[0]
        if all(each.get(name, 4.0) < _WEAK for each in last)
    }
    return tuple(sorted(weak, key=lambda name: weak[name]))
