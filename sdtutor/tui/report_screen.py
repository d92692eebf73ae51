"""The report on an interview that is over."""

from collections.abc import Collection, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from sdtutor.core.units import count
from sdtutor.drawing.spans import Line, Span, line
from sdtutor.errors import UsageError
from sdtutor.interview.reports.html import to_html
from sdtutor.interview.reports.lines import lines as report_lines
from sdtutor.interview.reports.markdown import to_markdown
from sdtutor.interview.reports.view import ReportView, present
from sdtutor.tui.background import Background
from sdtutor.tui.reading_screen import ReadingScreen

if TYPE_CHECKING:
    from sdtutor.interview.records import Report
    from sdtutor.session.interview_session import InterviewSession

_LOOK_SECONDS = 0.05
_WIDEST = 100
"""Columns over which a report spreads: longer rows are hard to follow."""


class ReportScreen(ReadingScreen):
    """What came out of an interview, with the evidence.

    Args:
        session: The interview, which is over.
    """

    KEYS = "report"

    def __init__(self, session: "InterviewSession") -> None:
        super().__init__()
        self.session = session
        self._report: Report = session.report()
        self._view = present(self._report)
        self._rows: tuple[int, tuple[Line, ...]] = (0, ())
        self._denied: list[str] = []
        self._job: Background[None] | None = None
        self._is_confirmed = False

    def on_mount(self) -> None:
        """Look whether the work in the background has ended."""
        self.set_interval(_LOOK_SECONDS, self._look)

    @property
    def view(self) -> ReportView:
        """What is shown."""
        return self._view

    @property
    def is_scoring(self) -> bool:
        """Whether the result is about to change."""
        return self._job is not None

    # What is seen

    def heading(self) -> tuple[str, str, str]:
        """Return what it is about, what came out, and the name of what is below."""
        return self._view.title, f"{self._view.decision}, {self._view.percent}", "report"

    def lines(self, columns: int) -> Sequence[Line]:
        """Return the report."""
        if self._rows[0] != columns:
            shown = report_lines(self._view, min(columns - 2, _WIDEST))
            # The title stands above already.
            shown = shown[shown.index(()) + 1 :] if () in shown else shown
            self._rows = columns, tuple((Span(" "), *row) for row in (*self._above(), *shown))
        return self._rows[1]

    def _above(self) -> tuple[Line, ...]:
        if self.is_scoring:
            return (line(("Scoring again, without what you took back…", "dim")), ())
        if not self.can_confirm:
            return ()
        sentences = count(len(self._view.to_confirm), "sentence")
        return (
            line(("c", "key"), (f" confirms what {sentences} of yours were taken for", "plain")),
            (),
        )

    @property
    def can_confirm(self) -> bool:
        """Whether there are claims that nobody has confirmed yet."""
        return bool(self._view.to_confirm) and not self._is_confirmed

    def working_keys(self) -> Collection[str]:
        """Return what can be done now."""
        own = {"model", "export", "retake"}
        if self._report.drawing:
            own.add("simulate")
        if self.can_confirm and not self.is_scoring:
            own.add("claims")
        return {*super().working_keys(), *own}

    # Confirming

    def do_claims(self) -> None:
        """Go through the sentences that count most."""
        from sdtutor.tui.claims_screen import ClaimsScreen

        self.app.push_screen(ClaimsScreen(self._view, self._report, self._confirmed))

    def _confirmed(self, denied: Sequence[str]) -> None:
        self._is_confirmed, self._rows = True, (0, ())
        self._denied = list(denied)
        self._settle()

    def _look(self) -> None:
        if self._job is not None and self._job.is_done:
            self._job = None
            self._settle()
            if self.is_current:
                self.draw()

    def _settle(self) -> None:
        """Take back the next claim and score again; at the end, show what came out."""
        if self._denied:
            self.session.dispute(self._denied.pop(0))
            self._job = Background(lambda _told, _cancelled: self.session.prepare())
        else:
            self._report = self.session.report()
            self._view = present(self._report)
        self._rows = (0, ())

    # Other things to do with it

    def do_model(self) -> None:
        """Show it beside a strong answer."""
        from sdtutor.tui.comparison_screen import ComparisonScreen

        self.app.push_screen(ComparisonScreen(self._view.title, self.tutor.compare_interview(self._report)))

    def do_simulate(self) -> None:
        """Put the drawing under load."""
        from sdtutor.tui.load_screen import LoadScreen

        self.app.push_screen(LoadScreen(self.session))

    def do_export(self) -> None:
        """Ask for a folder and write the report there."""
        self.type_line("Folder:", self._export, str(Path.cwd()))

    def _export(self, text: str) -> None:
        folder = Path(text.strip() or ".").expanduser()
        stem = _free(folder, f"interview_{self._report.settings.problem}")
        try:
            folder.mkdir(parents=True, exist_ok=True)
            for ending, written in ((".md", to_markdown(self._report)), (".html", to_html(self._report))):
                (folder / f"{stem}{ending}").write_text(written, encoding="utf-8")
        except OSError as error:
            raise UsageError(
                f"{folder} cannot be written: {error.strerror or error}.", "Name another folder."
            ) from error
        self.tell(f"Written: {folder / stem}.md and .html")

    def do_retake(self) -> None:
        """Begin the same interview again: same problem, same length, same questions."""
        from sdtutor.tui.interview_screen import InterviewScreen

        held = self.session.settings
        again = self.tutor.begin_interview(held.problem, held.minutes, held.level, held.clock, held.seed)
        if self.is_outermost:
            self.app.push_screen(InterviewScreen(again))
        else:
            self.app.switch_screen(InterviewScreen(again))


def _free(folder: Path, stem: str) -> str:
    """Return a name for which the folder has no report yet: ``stem``, ``stem_2``..."""
    names = (stem, *(f"{stem}_{number}" for number in range(2, 1000)))
    return next(
        name
        for name in names
        if not (folder / f"{name}.md").exists() and not (folder / f"{name}.html").exists()
    )
