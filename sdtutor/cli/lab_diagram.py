"""A run as a space-time diagram among the lines of a conversation or a report."""

from shutil import get_terminal_size
from typing import TYPE_CHECKING

from sdtutor.cli.surface import Surface

if TYPE_CHECKING:
    from sdtutor.engine.run import Run

_WIDEST = 100
"""Columns beyond which the lanes stand so far apart that the eye loses an arrow."""


def tell_diagram(run: "Run", surface: Surface, step: int | None = None) -> None:
    """Draw a run; below it, say what it broke and which operations show that.

    Args:
        run: The run.
        surface: Where to draw.
        step: The step to mark; None marks none.
    """
    from sdtutor.drawing.sequence import sequence
    from sdtutor.session.lab_sequence import diagram

    shown = diagram(run)
    figure = sequence(shown, min(_WIDEST, get_terminal_size().columns - 1))
    surface.heading("Space-time diagram")
    surface.drawing((*figure.head, *(figure.rows if step is None else figure.at(step))))
    for breach in shown.breaches:
        surface.say(f"BROKEN at step {breach.step} {breach.name}: {breach.told}")
    surface.drawing(figure.foot)
