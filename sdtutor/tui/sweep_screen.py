"""A sweep while it runs, then what it found."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from textual.timer import Timer

from sdtutor.drawing.spans import Line, line
from sdtutor.errors import SdtutorError
from sdtutor.session.measure_views import sweep_shown
from sdtutor.tui.measure_rows import sentence_lines, shown_lines
from sdtutor.tui.reading_screen import ReadingScreen

if TYPE_CHECKING:
    from sdtutor.session.measure_views import Shown
    from sdtutor.session.sweep_job import SweepJob
    from sdtutor.tui.lab_screen import LabScreen

_LOOK_SECONDS = 0.1
_WIDEST_BAR = 60


class SweepScreen(ReadingScreen):
    """One sweep; leaving the screen stops it.

    Args:
        lab: The lab below.
        job: The sweep, which has begun.
    """

    KEYS = "measures"

    def __init__(self, lab: "LabScreen", job: "SweepJob") -> None:
        super().__init__()
        self._lab, self._job = lab, job
        self._watch: Timer | None = None
        self._shown: Sequence[Shown] = ()
        self._wrong = ""

    def on_mount(self) -> None:
        """Look now and then how far it is."""
        self._watch = self.set_interval(_LOOK_SECONDS, self._look)

    def _look(self) -> None:
        if self._job.ended and self._watch is not None:
            self._watch.stop()
            self._watch = None
            self._take()
        if self.is_current:
            self.draw()

    def _take(self) -> None:
        try:
            self._shown = sweep_shown(self._job.cells(), self._lab.session.lab.invariants)
        except SdtutorError as error:
            self._wrong = f"{error.message} {error.hint}".strip()

    def heading(self) -> tuple[str, str, str]:
        """Return the concept, the version, and what is swept."""
        sweep, view = self._job.sweep, self._lab.view
        said = " ".join(f"{name}={','.join(map(str, values))}" for name, values in sweep.axes)
        seeds = f"{sweep.seeds:,} seeds" if sweep.seeds > 1 else ""
        return view.title, view.badge, "sweep " + ", ".join(filter(None, (said, seeds)))

    def lines(self, columns: int) -> Sequence[Line]:
        """Return how far it is, or what it found."""
        if self._wrong:
            return sentence_lines([self._wrong], columns)
        if not self._shown:
            return self._progress(columns)
        told = "Each run is the whole story, from its beginning, as it happens by itself."
        return (*sentence_lines([told], columns), (), *shown_lines(self._shown, columns))

    def _progress(self, columns: int) -> Sequence[Line]:
        done, runs = self._job.done, self._job.sweep.runs
        room = min(_WIDEST_BAR, columns - 4)
        full = room * done // runs
        return (
            (),
            line(" ", (f"{done:,}", "strong"), f" of {runs:,} runs   ", ("Esc", "key"), " stops"),
            line(" ", ("█" * full, "key"), ("░" * (room - full), "dim")),
        )

    def leave(self) -> None:
        """Stop what still runs."""
        self._job.stop()
