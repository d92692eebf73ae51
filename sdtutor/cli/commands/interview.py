"""``sdtutor interview``: a mock interview, or the report on a stored one."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from sdtutor.cli.console import Console
from sdtutor.cli.interview_request import InterviewRequest
from sdtutor.cli.options import Command, quiet_app

if TYPE_CHECKING:
    from sdtutor.cli.flows.interview_lines import StandingClock
    from sdtutor.interview.records import Report
    from sdtutor.session.interview_session import InterviewSession

app = quiet_app()


@app.command(cls=Command)
def interview(  # noqa: PLR0913  typer reads the options of a command from its arguments
    ctx: typer.Context,
    name: Annotated[
        str, typer.Argument(metavar="[PROBLEM]", help="sdtutor list interviews names them all.")
    ] = "",
    minutes: Annotated[
        int | None, typer.Option("--minutes", metavar="10|25|45", help="How long; the first mock takes 10.")
    ] = None,
    level: Annotated[str, typer.Option("--level", metavar="mid|senior", help="What you aim at.")] = "",
    clock: Annotated[
        str, typer.Option("--clock", metavar="1|1.5|off", help="1.5 gives half as much time again.")
    ] = "",
    seed: Annotated[
        int | None, typer.Option("--seed", metavar="N", help="Decides among follow-ups and failures.")
    ] = None,
    transcript: Annotated[
        Path | None,
        typer.Option("--transcript", metavar="FILE", help="Score a stored interview; exit 1 below a hire."),
    ] = None,
    record: Annotated[
        Path | None, typer.Option("--record", metavar="FILE", help="Keep the transcript in a file too.")
    ] = None,
    report: Annotated[
        Path | None,
        typer.Option("--report", metavar="FILE", help="Write the report: .md, .html or .json."),
    ] = None,
    resume: Annotated[
        bool, typer.Option("--resume", help="Go on with the interview that was left last.")
    ] = False,
    past: Annotated[
        bool, typer.Option("--past", help="The report on the last interview that ended, scored anew.")
    ] = False,
) -> int:
    """Be interviewed: requirements, numbers, a drawing that is simulated, questions about it, a report."""
    request = InterviewRequest(name, minutes, level, clock, seed, transcript, record, report, resume, past)
    request.refuse()
    with Console.of(ctx) as console:
        code = _answer(console, request)
        console.told()
        return code


def _answer(console: Console, request: InterviewRequest) -> int:
    if request.transcript:
        return _score(console, request)
    return _tell_past(console, request) if request.past else open_interview(console, request)


def _score(console: Console, request: InterviewRequest) -> int:
    """Tell the report on a stored interview; return the exit code."""
    from sdtutor.errors import ExitCode, UsageError
    from sdtutor.session.interviews import resolve_problem

    assert request.transcript is not None
    wanted = resolve_problem(console.tutor.desk, request.name) if request.name else ""
    scored = console.tutor.score_transcript(request.transcript)
    if wanted not in ("", scored.settings.problem):
        message = f"{request.transcript} is an interview on {scored.settings.problem}, not on {wanted}."
        raise UsageError(message, "Leave the name out, or correct it.")
    _tell(console, scored)
    _write(request, scored)
    return ExitCode.DONE if scored.decision in ("hire", "strong_hire") else ExitCode.NOT_PASSED


def _tell_past(console: Console, request: InterviewRequest) -> int:
    """Tell the report on the last interview that ended; return the exit code."""
    from sdtutor.cli.interview_files import keeper
    from sdtutor.session.interviews import resolve_problem

    problem = resolve_problem(console.tutor.desk, request.name) if request.name else ""
    session = console.tutor.reopen_interview(problem)
    if request.record:
        session.keep_also(keeper(request.record))
    report = session.report()
    _tell(console, report)
    _write(request, report)
    return 0


def open_interview(console: Console, request: InterviewRequest) -> int:
    """Hold the interview that is asked for on the surface of the console; return the exit code."""
    from sdtutor.cli.flows.interview_choice import opened_interview
    from sdtutor.cli.flows.interview_lines import StandingClock
    from sdtutor.cli.interview_files import keeper

    if console.way == "screen" and request == InterviewRequest():
        return _show(console, None)
    standing = None if sys.stdin.isatty() else StandingClock()
    if standing:
        console.tutor.desk.monotonic = standing
    session = opened_interview(console, request)
    if standing and session.stored.entries:
        standing.began = standing.now = session.stored.entries[-1].at_s
    if request.record:
        session.keep_also(keeper(request.record))
    try:
        return _show(console, session) if console.way == "screen" else _hold(console, session, standing)
    finally:
        if session.is_over:
            _write(request, session.report())


def _show(console: Console, session: "InterviewSession | None") -> int:
    from sdtutor.tui.opening import run_interview

    return run_interview(console.tutor, session, ascii_only=console.ascii_only)


def _hold(console: Console, session: "InterviewSession", standing: "StandingClock | None") -> int:
    """Hold an interview line by line, and tell its report; return the exit code."""
    from sdtutor.cli.answers import Answers
    from sdtutor.cli.flows.interview import Holding, SurfaceVoice
    from sdtutor.cli.flows.interview_records import RecordVoice, emit_report
    from sdtutor.cli.flows.interview_report import settle

    if console.way == "json":
        source = Answers.standard()
        if Holding(session, RecordVoice(source, console.emit), standing).hold():
            emit_report(session, source, console.emit)
    elif Holding(session, SurfaceVoice(console.surface, pictures=console.way == "inline"), standing).hold():
        settle(session, console)
    return 0


def _tell(console: Console, report: "Report") -> None:
    """Tell a report; on a terminal below what it shows already, since these lines belong to no screen."""
    from sdtutor.cli.flows.interview_report import tell_report
    from sdtutor.interview.reports.record import report_record

    if console.way == "json":
        console.emit(report_record(report))
        return
    if console.way == "screen":
        console.way = "inline"
    tell_report(report, console)


def _write(request: InterviewRequest, report: "Report") -> None:
    from sdtutor.cli.interview_files import write_report

    if request.report:
        write_report(request.report, report)
