"""More than one run of a lab, told: a sweep over settings and seeds, or two runs side by side."""

import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from sdtutor.cli.lab_request import LabRequest, run_alone
from sdtutor.cli.lab_study import OTHER_VERSION, Study
from sdtutor.cli.shown_report import tell_shown
from sdtutor.cli.surface import Surface
from sdtutor.errors import UsageError

if TYPE_CHECKING:
    from sdtutor.cli.console import Console
    from sdtutor.engine.comparison import Comparison
    from sdtutor.engine.events import Event
    from sdtutor.engine.lab import Lab
    from sdtutor.engine.run import Run
    from sdtutor.session.labs import LabEntry
    from sdtutor.session.sweep_results import Cell
    from sdtutor.session.sweeps import Sweep

_QUIET_SECONDS = 0.3
"""What is done sooner needs no progress: nobody has begun to wait."""
_TELL_EVERY_SECONDS = 1.0


def tell_study(console: "Console", entry: "LabEntry", request: LabRequest, study: Study) -> int:
    """Run what is asked for and tell what came of it; return the exit code."""
    if console.way == "screen":
        console.way = "inline"
    if study.is_sweep:
        _sweep(console, entry, request, study)
    else:
        _comparison(console, entry, request, study.compare)
    return 0


def _sweep(console: "Console", entry: "LabEntry", request: LabRequest, study: Study) -> None:
    from sdtutor.session.executors import executor_for
    from sdtutor.session.sweep_results import cells, sweep_records
    from sdtutor.session.sweeps import run_sweep

    lab = console.tutor.load_lab(entry.lab)
    sweep = _asked_sweep(lab, entry.lab, request, study)
    with executor_for(sweep.runs, study.workers, study.cluster) as executor:
        found = cells(sweep, run_sweep(sweep, executor, progress(sweep.runs)) or ())
    if console.way == "json":
        for record in sweep_records(sweep, lab, found):
            console.emit(record)
    else:
        tell_sweep(sweep, lab, found, entry.title, console.surface)


def _asked_sweep(lab: "Lab", name: str, request: LabRequest, study: Study) -> "Sweep":
    """Return the sweep that the options describe; warn where its seeds change nothing; raises UsageError."""
    from sdtutor.session.sweep_request import read_axis, seeds_matter
    from sdtutor.session.sweeps import Sweep

    sweep = Sweep(
        lab=name,
        variant=request.variant or "reference",
        base=request.settings,
        axes=tuple(read_axis(lab, text) for text in study.sweeps),
        first_seed=request.seed,
        seeds=study.seeds or 1,
        steps=request.steps,
    )
    sweep.check(lab)
    if sweep.seeds > 1 and not seeds_matter(lab, sweep):
        note = "no link has a latency under these settings, so every seed gives the same run."
        print(f"sdtutor: {note}", file=sys.stderr)
    return sweep


def tell_sweep(sweep: "Sweep", lab: "Lab", found: "tuple[Cell, ...]", title: str, surface: Surface) -> None:
    """Write what a sweep found.

    Args:
        sweep: What was run.
        lab: Its lab.
        found: What came of it.
        title: Of the concept.
        surface: Where to write.
    """
    from sdtutor.session.measure_views import sweep_shown

    surface.heading(f"{title}: {sweep.runs:,} runs of the {sweep.variant}")
    said = [f"{name} = {', '.join(map(str, values))}" for name, values in sweep.axes]
    seeds = f"{sweep.seeds:,} seeds each, from {sweep.first_seed}" if sweep.seeds > 1 else ""
    surface.say("; ".join(filter(None, (*said, seeds))))
    tell_shown(sweep_shown(found, lab.invariants), surface)


def progress(runs: int, tell: Callable[[str], None] | None = None) -> Callable[[int], None]:
    """Return what tells now and then how many runs are done, once somebody may have begun to wait.

    Args:
        runs: How many there are.
        tell: Where to; None is standard error, if a person looks at it.
    """
    if tell is None:
        if not sys.stderr.isatty():
            return lambda _done: None
        tell = _on_standard_error
    say, last = tell, time.monotonic() + _QUIET_SECONDS - _TELL_EVERY_SECONDS

    def told(done: int) -> None:
        nonlocal last
        if done < runs and time.monotonic() - last >= _TELL_EVERY_SECONDS:
            last = time.monotonic()
            say(f"{done:,} of {runs:,} runs")

    return told


def _on_standard_error(text: str) -> None:
    print(f"sdtutor: {text}", file=sys.stderr)


def _comparison(console: "Console", entry: "LabEntry", request: LabRequest, against: str) -> None:
    from sdtutor.engine.comparison import compare
    from sdtutor.session.comparison_views import comparison_record

    one = run_alone(console.tutor, entry.lab, request)
    other, left_out = _other(one, against)
    try:
        found = compare(one, other)
        if console.way == "json":
            console.emit(comparison_record(found, left_out))
        else:
            console.surface.heading(f"{entry.title}: two runs")
            tell_comparison(found, left_out, console.surface)
    finally:
        one.close()
        other.close()


def _other(one: "Run", against: str) -> "tuple[Run, tuple[Event, ...]]":
    """Return the run to compare with, and the events that were not possible in it."""
    from sdtutor.engine.comparison import other_variant
    from sdtutor.engine.run_file import read_run

    if against == OTHER_VERSION:
        return other_variant(one)
    path = Path(against)
    saved = read_run(path)
    if saved.lab != one.name:
        raise UsageError(f"{path} is a run of {saved.lab}, not of {one.name}.", "Name a run of this lab.")
    return saved.replay(one.lab), ()


def tell_comparison(found: "Comparison", left_out: "tuple[Event, ...]", surface: Surface) -> None:
    """Write where two runs part, and what came of each.

    Args:
        found: The comparison.
        left_out: Events of the one run that were not possible in the other.
        surface: Where to write.
    """
    from sdtutor.session.comparison_views import comparison_shown, comparison_summary

    for sentence in comparison_summary(found, left_out):
        surface.say(sentence)
    tell_shown(comparison_shown(found), surface)
