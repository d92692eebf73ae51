"""Measures in a conversation: of the run, of many runs, and of two side by side."""

from typing import TYPE_CHECKING

from sdtutor.cli.lab_report import tell_measures
from sdtutor.cli.shown_report import tell_shown
from sdtutor.cli.study_report import progress, tell_comparison, tell_sweep
from sdtutor.cli.surface import Surface
from sdtutor.errors import UsageError

if TYPE_CHECKING:
    from sdtutor.session.lab_session import LabSession
    from sdtutor.session.sweeps import Sweep


def tell_run_measures(session: "LabSession", surface: Surface) -> None:
    """Write the measures of the run, and how its latencies are spread where there are enough of them."""
    from sdtutor.session.measure_views import run_spreads

    tell_measures(session.run, surface)
    tell_shown(run_spreads(session.run), surface)


def compare_versions(session: "LabSession", surface: Surface) -> None:
    """Write where the run parts from the same order under the other version of the code.

    Raises:
        UsageError: There is no other version.
    """
    from sdtutor.engine.comparison import compare, other_variant

    other, left_out = other_variant(session.run)
    tell_comparison(compare(session.run, other), left_out, surface)
    other.close()


def ask_sweep(session: "LabSession", surface: Surface) -> None:
    """Ask what to run many times, run it, and write what came of it.

    Raises:
        UsageError: The answer cannot be read, or has no such setting or value.
    """
    from sdtutor.session.executors import executor_for
    from sdtutor.session.sweep_request import MANY_SEEDS, seeds_matter, suggested
    from sdtutor.session.sweep_results import cells
    from sdtutor.session.sweeps import run_sweep

    lab, run = session.lab, session.run
    surface.rows(
        (f"{each.name}={suggested(each, run.given.get(each.name, each.default))}", each.help)
        for each in lab.parameters
    )
    text = surface.ask("NAME=VALUES (Enter: the settings as they are): ", str.strip)
    sweep = _swept(session, text, 1)
    if seeds_matter(lab, sweep):
        seeds = surface.ask(f"how many seeds (Enter: {MANY_SEEDS}): ", lambda text: _seeds(text, MANY_SEEDS))
        sweep = _swept(session, text, seeds)
    sweep.check(lab)
    tell = surface.say if surface.on_terminal else lambda _text: None
    with executor_for(sweep.runs) as executor:
        samples = run_sweep(sweep, executor, progress(sweep.runs, tell))
    tell_sweep(sweep, lab, cells(sweep, samples or ()), session.view().title, surface)


def _swept(session: "LabSession", text: str, seeds: int) -> "Sweep":
    from sdtutor.session.sweep_request import read_axis
    from sdtutor.session.sweeps import Sweep

    run = session.run
    axes = (read_axis(session.lab, text),) if text else ()
    return Sweep(run.name, run.variant, dict(run.given), axes, run.seed, seeds)


def _seeds(text: str, default: int) -> int:
    text = text.strip()
    if not text:
        return default
    if not (text.isascii() and text.isdigit() and int(text)):
        raise UsageError(f'"{text}" is not a number of seeds.', "Write a whole number from 1.")
    return int(text)
