"""A past interview while it is scored; its report takes the place of this screen."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from sdtutor.drawing.spans import Line, line
from sdtutor.tui.background import Background
from sdtutor.tui.reading_screen import ReadingScreen

if TYPE_CHECKING:
    from sdtutor.session.interview_session import InterviewSession

_LOOK_SECONDS = 0.05


class ScoringScreen(ReadingScreen):
    """Scores an interview in the background, then gives way to its report.

    Args:
        session: The interview, which is over.
    """

    KEYS = "report"

    def __init__(self, session: "InterviewSession") -> None:
        super().__init__()
        self.session = session
        self._job = Background(lambda _told, _cancelled: session.prepare())

    def on_mount(self) -> None:
        """Look whether it is scored."""
        self.set_interval(_LOOK_SECONDS, self._look)

    @property
    def is_scoring(self) -> bool:
        """Whether the report is still to come."""
        return True

    def heading(self) -> tuple[str, str, str]:
        """Return what it is about."""
        return self.session.view.title, "", "report"

    def lines(self, columns: int) -> Sequence[Line]:
        """Return what it waits for."""
        del columns
        return (line((" Scoring what you said and drew…", "dim")),)

    def _look(self) -> None:
        if self.is_current and self._job.is_done:
            from sdtutor.tui.report_screen import ReportScreen

            self._job.result()
            self.app.switch_screen(ReportScreen(self.session))
