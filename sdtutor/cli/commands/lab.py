"""``sdtutor lab``: run real code step by step."""

from typing import TYPE_CHECKING, Any

import typer

from sdtutor.cli.console import Console
from sdtutor.cli.lab_find import Allowed, FindRequest, Finds, Promise, Seconds
from sdtutor.cli.lab_options import Drawn, Named, Played, Recorded, Seed, Settings, Steps, Version
from sdtutor.cli.lab_request import LabRequest, read_settings, read_variant, record, run_alone, session_for
from sdtutor.cli.lab_study import Cluster, Compare, Seeds, Study, Sweeps, Workers, with_other_version
from sdtutor.cli.options import Command, quiet_app

if TYPE_CHECKING:
    from sdtutor.engine.run import Run
    from sdtutor.session.lab_session import LabSession
    from sdtutor.session.labs import LabEntry

app = quiet_app()


class LabCommand(Command):
    """The command of labs, in which ``--compare`` may stand without a file."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """Read the arguments."""
        return super().parse_args(ctx, with_other_version(args))


@app.command(cls=LabCommand)
def lab(  # noqa: PLR0913  typer reads the options of a command from its arguments
    ctx: typer.Context,
    name: Named = "",
    setting: Settings = None,
    variant: Version = "",
    seed: Seed = 0,
    steps: Steps = None,
    run: Played = None,
    recorded: Recorded = None,
    diagram: Drawn = False,
    sweep: Sweeps = None,
    seeds: Seeds = None,
    workers: Workers = None,
    cluster: Cluster = "",
    compare: Compare = "",
    find: Finds = False,
    budget: Seconds = None,
    promise: Promise = "",
    allow: Allowed = None,
) -> int:
    """Run real code step by step: forward, back, with faults, in either version.

    Without a screen (--json, a pipe, --plain with --steps) the reference runs to rest, or for --steps events.
    """
    request = LabRequest(
        read_settings(setting or ()), read_variant(variant), seed, steps, run, recorded, diagram
    )
    request.refuse_with_file()
    study = Study(tuple(sweep or ()), seeds, workers, cluster, compare)
    study.refuse_beside(request)
    search = FindRequest(find, budget, promise, tuple(allow or ()))
    search.refuse_beside(request, several=study.is_asked)
    with Console.of(ctx) as console:
        if diagram:
            console.draw_below()
        entry = _entry(console, name, request)
        code = 0 if entry is None else _open(console, entry, request, study, search)
        console.told()
        return code


def _entry(console: Console, name: str, request: LabRequest) -> "LabEntry | None":
    """Return the lab that is meant, asking when there are several; None when nobody chooses."""
    from sdtutor.cli.flows.choices import choose_lab

    if request.run is None:
        return choose_lab(console, name)
    from sdtutor.engine.run_file import read_run
    from sdtutor.errors import RunFileError, UsageError

    saved = read_run(request.run)
    try:
        (entry,) = console.tutor.labs_of(saved.lab)
    except (UsageError, ValueError):
        hint = "sdtutor list labs shows those that exist."
        raise RunFileError(request.run, 0, f'There is no lab "{saved.lab}".', hint) from None
    if name and entry not in console.tutor.labs_of(name):
        raise UsageError(
            f"{request.run} is a run of {entry.lab}, not of {name}.", "Leave the name out, or correct it."
        )
    return entry


def _open(console: Console, entry: "LabEntry", request: LabRequest, study: Study, search: FindRequest) -> int:
    """Search, or do what else is asked for; return the exit code."""
    if search.find:
        from sdtutor.cli.lab_find import tell_find

        return tell_find(console, entry, request, search)
    return open_lab(console, entry, request, study)


def open_lab(console: Console, entry: "LabEntry", request: LabRequest, study: Study | None = None) -> int:
    """Play a lab on the surface of the console, or run it where nobody answers; return the exit code."""
    if study and study.is_asked:
        from sdtutor.cli.study_report import tell_study

        return tell_study(console, entry, request, study)
    from sdtutor.engine.run_file import write_run

    is_told = console.way == "plain" and (request.steps is not None or not console.surface.answers)
    if console.way == "json" or is_told or request.diagram:
        run = run_alone(console.tutor, entry.lab, request)
        tell(console, run, entry.title, with_diagram=request.diagram)
        keep(request, write_run(run))
        return 0
    session = session_for(console.tutor, entry.lab, request)
    try:
        return play(console, session)
    finally:
        keep(request, session.run_file())


def keep(request: LabRequest, text: str) -> None:
    """Write the run to the file that the request names, if it names one; raises UsageError."""
    if request.record is not None:
        record(request.record, text)


def play(console: Console, session: "LabSession") -> int:
    """Play a lab where it stands; where nobody answers, tell the run. Return the exit code."""
    if console.way == "screen":
        from sdtutor.tui.opening import run_lab

        return run_lab(console.tutor, session, ascii_only=console.ascii_only)
    if console.way == "json" or not console.surface.answers:
        tell(console, session.run, session.view().title)
        return 0
    from sdtutor.cli.flows.lab import play_lab

    return play_lab(session, console.surface)


def tell(console: Console, run: "Run", title: str, *, with_diagram: bool = False) -> None:
    """Write a whole run, as JSON or in words and, if asked, as a diagram; end its nodes."""
    from sdtutor.cli.lab_diagram import tell_diagram
    from sdtutor.cli.lab_report import report
    from sdtutor.session.lab_json import run_records

    try:
        if console.way == "json":
            for each in run_records(run):
                console.emit(each)
        else:
            report(run, title, console.surface)
            if with_diagram:
                tell_diagram(run, console.surface)
    finally:
        run.close()
