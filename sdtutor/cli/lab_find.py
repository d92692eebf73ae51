"""``sdtutor lab --find``: the shortest way to break a promise, or that there is none."""

import sys
from dataclasses import dataclass
from time import monotonic
from typing import TYPE_CHECKING, Annotated

import typer

from sdtutor.cli.lab_request import LabRequest, record
from sdtutor.errors import UsageError

if TYPE_CHECKING:
    from sdtutor.cli.console import Console
    from sdtutor.engine.run import Run
    from sdtutor.engine.search.find import Found
    from sdtutor.session.labs import LabEntry

Finds = Annotated[
    bool, typer.Option("--find", help="Search every order of events for the shortest way to break a promise.")
]
Seconds = Annotated[
    float | None,
    typer.Option("--budget", metavar="S", min=0.1, help="Give up searching after S seconds; 10 by default."),
]
Promise = Annotated[
    str,
    typer.Option("--promise", metavar="NAME", help="Which promise, or goal, to search for; else the first."),
]
Allowed = Annotated[
    list[str] | None,
    typer.Option("--allow", metavar="drops=1,...", help="What may happen besides, so often at most."),
]

_QUIET_SECONDS = 0.3
_TELL_EVERY_SECONDS = 0.5


@dataclass(frozen=True, slots=True)
class FindRequest:
    """The options about a search.

    Args:
        find: Whether to search.
        seconds: When to give up; None leaves it open.
        promise: Name of a promise or goal; empty is the first promise.
        allowed: What may happen besides, as spelled.
    """

    find: bool = False
    seconds: float | None = None
    promise: str = ""
    allowed: tuple[str, ...] = ()

    def refuse_beside(self, request: LabRequest, *, several: bool) -> None:
        """Raise UsageError for options that exclude each other, or that mean nothing by themselves.

        Args:
            request: The options about the run.
            several: Whether more than one run is asked for.
        """
        given = (("--budget", self.seconds), ("--promise", self.promise), ("--allow", self.allowed))
        for option, value in given:
            if value and not self.find:
                raise UsageError(f"{option} is about a search.", "Add --find.")
        if self.find and several:
            raise UsageError("--find searches from one run.", "Leave out --sweep, --seeds and --compare.")
        if self.find and request.diagram:
            raise UsageError(
                "--diagram draws a run that exists.", "Keep what is found: --record FILE, then --run FILE."
            )


def tell_find(console: "Console", entry: "LabEntry", request: LabRequest, asked: FindRequest) -> int:
    """Search and tell what was found; return the exit code."""
    from sdtutor.engine.run_file import write_run

    if console.way == "screen":
        console.way = "inline"
    run = _start(console, entry, request)
    try:
        found = _search(console, run, asked)
        start = len(run.steps)
        run.apply_all(found.events)
        if console.way == "json":
            _emit(console, run, found)
        else:
            _tell(console, entry.title, run, start, found)
        if request.record is not None:
            record(request.record, write_run(run))
    finally:
        run.close()
    return 0


def _start(console: "Console", entry: "LabEntry", request: LabRequest) -> "Run":
    """Return the run from whose end is searched: a recorded one, or one from the beginning."""
    from dataclasses import replace

    from sdtutor.cli.lab_request import run_alone

    return run_alone(console.tutor, entry.lab, replace(request, steps=request.steps or 0))


def _search(console: "Console", run: "Run", asked: FindRequest) -> "Found":
    from sdtutor.engine.run_file import write_run
    from sdtutor.session.finding import SECONDS, Question, answer, read_bounds

    target = asked.promise.replace("-", "_") or run.lab.invariants[0].name
    bounds = read_bounds(asked.allowed, run.lab)
    question = Question(write_run(run), target, bounds, asked.seconds or SECONDS)
    progress = ProgressLine()
    try:
        return answer(question, console.tutor.load_lab, progress.tell)
    finally:
        progress.clear()


class ProgressLine:
    """One line on a terminal's standard error, once there is something to wait for."""

    def __init__(self) -> None:
        self._told = monotonic() + _QUIET_SECONDS - _TELL_EVERY_SECONDS
        self._width = 0

    def tell(self, states: int, depth: int) -> bool:
        """Say how far the search is; return True."""
        if sys.stderr.isatty() and monotonic() - self._told >= _TELL_EVERY_SECONDS:
            self._told = monotonic()
            at = f"{states:,} states, {depth} events deep" if depth else f"random runs, {states:,} events"
            text = f"searching: {at}; Ctrl-C ends it"
            self._width = max(self._width, len(text))
            print(f"\r{text:<{self._width}}", end="", file=sys.stderr, flush=True)
        return True

    def clear(self) -> None:
        """Take the line away."""
        if self._width:
            print(f"\r{'':<{self._width}}\r", end="", file=sys.stderr, flush=True)


def _emit(console: "Console", run: "Run", found: "Found") -> None:
    from sdtutor.session.finding import found_record
    from sdtutor.session.lab_json import run_record

    console.emit(run_record(run))
    console.emit(found_record(found))


def _tell(console: "Console", title: str, run: "Run", start: int, found: "Found") -> None:
    from sdtutor.session.finding import sought_words, target_of, verdict_words
    from sdtutor.session.lab_board import badge
    from sdtutor.session.lab_words import Words

    surface, words = console.surface, Words(run)
    surface.heading(f"{title}: {badge(run.variant, run.lab.defects, short=False)}")
    surface.say(sought_words(run.lab, found.promise))
    for sentence in verdict_words(found):
        surface.say(sentence)
    for step in run.steps[start:]:
        past = words.past_row(step)
        surface.say(f"{step.index:>4}  {past.title}{f': {past.detail}' if past.detail else ''}")
    if found.events:
        is_goal = any(goal.name == found.promise for goal in run.lab.goals)
        state = "REACHED" if is_goal else "BROKEN"
        surface.say(f"{state} at step {len(run.steps)}: {target_of(run.lab, found.promise).told}")
