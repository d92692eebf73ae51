"""The whiteboard under load: how busy each box is, how long users wait, and what losing each box costs."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from textual.timer import Timer

from sdtutor.architecture.load.charts import bars, timelines
from sdtutor.drawing.charts import number
from sdtutor.drawing.spans import Line, Role, Span, line, safe
from sdtutor.drawing.wrap import wrap
from sdtutor.errors import SdtutorError
from sdtutor.tui.background import Background
from sdtutor.tui.footer import divider
from sdtutor.tui.measure_rows import sentence_lines
from sdtutor.tui.reading_screen import ReadingScreen

if TYPE_CHECKING:
    from sdtutor.session.interview_session import InterviewSession
    from sdtutor.session.interview_views import SimulationView

_LOOK_SECONDS = 0.1
_WIDEST = 100
"""Columns over which a chart spreads: the eye must find its row."""


class LoadScreen(ReadingScreen):
    """The drawing of an interview under the candidate's own numbers; leaving the screen stops it.

    Args:
        session: The interview.
    """

    KEYS = "load"

    def __init__(self, session: "InterviewSession") -> None:
        super().__init__()
        self._session = session
        self._job: Background[SimulationView | None] = Background(session.simulate)
        self._found: SimulationView | None = None
        self._wrong = ""
        self._watch: Timer | None = None

    @property
    def is_measuring(self) -> bool:
        """Whether it is not done yet."""
        return self._found is None and not self._wrong

    def on_mount(self) -> None:
        """Look now and then how far it is."""
        self._watch = self.set_interval(_LOOK_SECONDS, self._look)

    def _look(self) -> None:
        if self._job.is_done and self._watch is not None:
            self._watch.stop()
            self._watch = None
            try:
                self._found = self._job.result()
            except SdtutorError as error:
                self._wrong = f"{error.message} {error.hint}".strip()
        if self.is_current:
            self.draw()

    def heading(self) -> tuple[str, str, str]:
        """Return the title, whose numbers they are, and what is below."""
        view = self._session.view
        return view.title, f"{view.minutes} min, {view.level}", "your drawing under your own numbers"

    def lines(self, columns: int) -> Sequence[Line]:
        """Return how far it is, or what was measured."""
        if self._wrong:
            return sentence_lines([self._wrong], columns)
        if self._found is None:
            return _progress(self._job.share, columns)
        return load_lines(self._found, columns)

    def leave(self) -> None:
        """Stop what still runs."""
        self._job.stop()


def _progress(share: float, columns: int) -> tuple[Line, ...]:
    room = min(60, columns - 4)
    full = round(room * share)
    return (
        (),
        line(" Requests are sent through your drawing.   ", ("Esc", "key"), " stops"),
        line(" ", ("█" * full, "key"), ("░" * (room - full), "dim")),
    )


def load_lines(view: "SimulationView", columns: int) -> tuple[Line, ...]:
    """Return what a drawing does under load, and without each of its boxes.

    Args:
        view: What was measured.
        columns: Width.
    """
    room = min(_WIDEST, columns) - 2
    head = wrap(line(("Load  ", "title"), safe(_capital(view.numbers) + ".")), columns - 1, " ", "       ")
    if view.load is None:
        missing = next((path.missing for path in view.examination.paths if path.missing), "Nothing is drawn.")
        return (*head, (), *wrap(line((safe(missing), "warn")), columns - 1, " ", " "))
    load = view.load
    told = f"{number(load.served)} of {number(load.offered)} requests a second are answered in time."
    role: Role = "good" if load.served >= 0.99 * load.offered else "warn"
    answered = wrap([Span(told, role)], columns - 1, " ", " ")
    return (
        *head,
        *answered,
        (),
        divider("how busy each box is", columns),
        *((Span(" "), *row) for row in bars(load, room)),
        (),
        *_lost(view, columns, room),
    )


def _lost(view: "SimulationView", columns: int, room: int) -> tuple[Line, ...]:
    outages = view.examination.outages
    if not outages:
        return ()
    every = f"every way works {100 * view.examination.availability:.4g} % of the time"
    sentences: list[Line] = []
    for each in outages:
        sentences += wrap(line(("• ", "dim"), safe(each.says.replace("`", ""))), columns - 1, " ", "   ")
    return (
        divider("one box dies", columns, every),
        *((Span(" "), *row) for row in timelines(outages, room)),
        (),
        *sentences,
    )


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
