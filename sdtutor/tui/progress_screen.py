"""How far the learner is: figures, past mock interviews, and every concept."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from sdtutor.core.units import count
from sdtutor.drawing.spans import Line, line, safe
from sdtutor.drawing.wrap import wrap
from sdtutor.tui.list_rows import ListItem
from sdtutor.tui.list_screen import ListScreen
from sdtutor.tui.trend_rows import past_items, trend_lines

if TYPE_CHECKING:
    from sdtutor.session.interview_views import TrendView
    from sdtutor.session.views import ConceptRow, ProgressView


_TREND_FROM = 24
"""Lower screens have no room for the trend above the list. Editorial."""


class ProgressScreen(ListScreen):
    """What was answered, what is due, and where the learner stands in every concept."""

    KEYS = "progress"

    def __init__(self) -> None:
        super().__init__()
        self._view: ProgressView | None = None
        self._trend: TrendView | None = None

    @property
    def view(self) -> "ProgressView":
        """Where the learner stands."""
        if self._view is None:
            self._view = self.tutor.progress()
        return self._view

    @property
    def trend(self) -> "TrendView":
        """The mock interviews that ended."""
        if self._trend is None:
            self._trend = self.tutor.past_interviews()
        return self._trend

    def on_screen_resume(self) -> None:
        """Show what was done meanwhile."""
        self._view = self._trend = None
        super().on_screen_resume()

    def heading(self) -> tuple[str, str]:
        """Return the title and the day."""
        return "Progress", f"day {self.view.day}"

    def above(self, columns: int) -> Sequence[Line]:
        """Return the figures, and where the list keeps enough rows, how the mock interviews went."""
        trend = trend_lines(self.trend, columns) if self.size.height >= _TREND_FROM else ()
        return (*figures(self.view, columns), *trend)

    def items(self) -> Sequence[ListItem]:
        """Return one row for each mock interview that ended, then one for each concept."""
        titles = {topic.slug: topic.title for topic in self.view.topics}
        concepts = (_item(row, titles.get(row.concept.partition("/")[0], "")) for row in self.view.concepts)
        return (*past_items(self.trend, "MOCK INTERVIEWS"), *concepts)

    def do_open(self) -> None:
        """Open the report on the interview under the cursor, or the lesson."""
        past = self.trend.past
        if self.cursor < len(past):
            self.tutor_app.show_report(past[-1 - self.cursor].id)
        else:
            self.tutor_app.open_place("lesson", self.view.concepts[self.cursor - len(past)].concept)


def figures(view: "ProgressView", columns: int) -> tuple[Line, ...]:
    """Return what was done and what is due."""
    days = f"{count(view.active_days, 'day')} of the last 7"
    answers = f"{count(view.answers, 'answer')}, {view.right:,} right" if view.answers else "no answers yet"
    goals = f"{count(view.goals, 'goal')} met in labs"
    due = f"{count(view.due, 'review')} due now, {view.due_tomorrow:,} by the end of tomorrow"
    first = wrap(line(f"{answers} · {goals} · {days}"), columns - 1, " ", " ")
    return (*first, line(f" {due}"), *wrap(line((safe(view.path), "dim")), columns - 1, " ", " "), ())


def _item(row: "ConceptRow", topic: str) -> ListItem:
    read = "✓ done" if row.done else "read" if row.read else ""
    asked = f"{row.right} of {row.questions} right" if row.asked else ""
    recall = f"recall {row.recall:.0%}" if row.recall is not None else ""
    detail = "   ".join(part for part in (recall, asked, f"{read:<6}") if part)
    return ListItem(topic.upper(), "", row.title, detail)
