"""Home: what to do now, and the topics."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Literal, cast

from sdtutor.drawing.spans import Line
from sdtutor.errors import UsageError
from sdtutor.tui.base_screen import BaseScreen
from sdtutor.tui.home_rows import home_lines, start_lines, topic_key, topic_lines
from sdtutor.tui.trend_rows import home_line

if TYPE_CHECKING:
    from sdtutor.session.interview_views import TrendView
    from sdtutor.session.views import HomeRow, HomeView


class HomeScreen(BaseScreen):
    """What to do now, and the topics; a row opens with Enter or with its own key."""

    KEYS = "home"
    PANES = 2

    def __init__(self) -> None:
        super().__init__()
        self.cursor = 0
        self._view: HomeView | None = None
        self._trend: TrendView | None = None

    @property
    def view(self) -> "HomeView":
        """What home shows; read again whenever the learner comes back to it."""
        if self._view is None:
            self._view = self.tutor.home()
            self.cursor = min(self.cursor, self._last_row())
        return self._view

    @property
    def trend(self) -> "TrendView | None":
        """The mock interviews that ended; before the first day is over nobody asks."""
        if self._trend is None and self.view.state != "first":
            self._trend = self.tutor.past_interviews()
        return self._trend

    def on_screen_resume(self) -> None:
        """Show what the learner did elsewhere."""
        self._view = self._trend = None
        super().on_screen_resume()

    def body(self, columns: int, rows: int) -> Sequence[Line]:
        """Return home, or one half of it where only one fits."""
        if not self.is_narrow:
            return home_lines(self.view, self.cursor, columns, rows, home_line(self.trend, columns))
        if self.pane_index == 0:
            return start_lines(self.view, self.cursor, columns)
        return topic_lines(self.view, self.cursor - len(self.view.start), columns)

    def working_keys(self) -> set[str]:
        """Return the actions of the rows that are there."""
        keys = {row.key for row in self.view.start}
        actions = {"up", "down", "open", "progress", "topic", "interview", "interviews"}
        if self.view.last:
            actions.add("resume")
        return actions | ({"start_row"} if keys else set())

    def _last_row(self) -> int:
        view = self._view
        return len(view.start) + len(view.topics) - 1 if view else 0

    def do_up(self) -> None:
        """Move the cursor up."""
        self._move(-1)

    def do_down(self) -> None:
        """Move the cursor down."""
        self._move(1)

    def _move(self, by: int) -> None:
        self.cursor = max(0, min(self._last_row(), self.cursor + by))
        self.pane_index = int(self.cursor >= len(self.view.start))

    def do_open(self) -> None:
        """Open the row under the cursor."""
        rows = self.view.start
        if self.cursor < len(rows):
            self.open_row(rows[self.cursor])
        else:
            self.do_topic(topic_key(self.cursor - len(rows)))

    def do_start_row(self, pressed: str) -> None:
        """Open the row with this key."""
        for row in self.view.start:
            if row.key == pressed:
                self.open_row(row)

    def do_topic(self, pressed: str) -> None:
        """Show what there is on a topic."""
        from sdtutor.tui.topic_screen import TopicScreen

        for index, topic in enumerate(self.view.topics):
            if topic_key(index) == pressed:
                self.app.push_screen(TopicScreen(topic.slug, topic.title))

    def do_progress(self) -> None:
        """Show how far the learner is."""
        from sdtutor.tui.progress_screen import ProgressScreen

        self.app.push_screen(ProgressScreen())

    def do_search(self) -> None:
        """Search everything."""
        from sdtutor.tui.search_screen import SearchScreen

        self.app.push_screen(SearchScreen())

    def do_resume(self) -> None:
        """Continue where the learner stopped."""
        last = self.tutor.last()
        if last is not None and last.kind == "interview":
            self.do_interview()
        elif last is not None:
            kind = cast("Literal['lesson', 'lab', 'quiz']", last.kind)
            self.tutor_app.open_place(kind, last.concept, resume=True)

    def do_interview(self) -> None:
        """Go on with the mock interview that was left; else begin the first one, or choose."""
        row = next((row for row in self.view.start if row.kind == "interview"), None)
        if row is None:
            self.do_interviews()
        else:
            self._hold(row.target)

    def do_interviews(self) -> None:
        """Choose a mock interview."""
        from sdtutor.tui.interview_dialogs import InterviewsScreen

        self.app.push_screen(InterviewsScreen())

    def _hold(self, interview: str) -> None:
        """Go on with an interview; begin the first one where no id is given."""
        tutor = self.tutor
        session = tutor.resume_interview(interview) if interview else tutor.begin_interview()
        self.tutor_app.show_interview(session)

    def open_row(self, row: "HomeRow") -> None:
        """Open what a row is about."""
        if row.kind in ("lesson", "lab", "quiz"):
            self.tutor_app.open_place(row.kind, row.target)
        elif row.kind == "goal":
            self.tutor_app.open_place("lab", row.target, resume=True)
        elif row.kind == "review":
            self.tutor_app.show_quiz(self.tutor.start_quiz(due_only=True))
        elif row.kind == "surprises":
            self.tutor_app.show_quiz(self.tutor.start_quiz(only=self.tutor.surprises()))
        elif row.kind == "continue":
            self.do_resume()
        elif row.kind == "interview":
            self._hold(row.target)
        else:
            self.type_line("Interview on (YYYY-MM-DD; empty for none):", self._take_date)

    def _take_date(self, text: str) -> None:
        self._date = text.strip()
        self.type_line("Level, mid or senior:", self._take_level, "mid")

    def _take_level(self, text: str) -> None:
        from datetime import date

        level = text.strip().lower()
        if level not in ("mid", "senior"):
            raise UsageError(f'There is no level "{text}".', "Type mid or senior.")
        try:
            day = date.fromisoformat(self._date) if self._date else None
        except ValueError as error:
            raise UsageError(f'"{self._date}" is not a date.', "Write it like 2027-03-12.") from error
        kept = self.tutor.set_interview_date(day, cast("Literal['mid', 'senior']", level))
        self._view = None
        self.tell(f"{kept.lessons_left} lessons left: {kept.pace}." if kept.pace else "Kept.")
