"""What is told about a run besides its steps: its measures, its command, what is real in it."""

from sdtutor.engine.lab import Lab
from sdtutor.engine.run import Run
from sdtutor.session.lab_views import MeasureView


def fidelity(lab: Lab) -> tuple[tuple[str, str], ...]:
    """Return (heading, text) of what is real in a lab and what is not."""
    note = lab.fidelity
    return (
        ("Real code", note.real),
        ("Simulated", note.simulated),
        ("Chosen by us", note.editorial),
    )


def measures(run: Run) -> tuple[MeasureView, ...]:
    """Return the measures of a run; none of one that was stopped."""
    units = run.measures()
    found = []
    for measure in run.measured if units else ():
        value = units[measure.name][1]
        series = value if isinstance(value, tuple) else ()
        number = None if isinstance(value, tuple) else value
        found.append(MeasureView(measure.name, measure.unit, measure.help, number, series))
    return tuple(found)


def command(run: Run) -> str:
    """Return the command that shows the lab of a run with its settings."""
    words = ["sdtutor lab", run.name, f"--variant {run.variant}"]
    words += [f"--set {name}={value}" for name, value in run.given.items()]
    if run.seed:
        words.append(f"--seed {run.seed}")
    return " ".join(words)
