"""What there is on one topic: lessons, labs, questions."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from sdtutor.tui.list_rows import ListItem
from sdtutor.tui.list_screen import ListScreen

if TYPE_CHECKING:
    from sdtutor.session.views import ListRow

_GROUPS = {"lesson": "LESSONS", "lab": "LABS", "quiz": "QUESTIONS"}
_STATES = {"new": "", "begun": "begun", "done": "✓ done"}


class TopicScreen(ListScreen):
    """Lessons, labs and questions of a topic.

    Args:
        topic: Its slug.
        title: For people.
    """

    KEYS = "topic"

    def __init__(self, topic: str, title: str) -> None:
        super().__init__()
        self._topic = topic
        self._title = title
        self._rows: tuple[ListRow, ...] | None = None

    @property
    def rows(self) -> "tuple[ListRow, ...]":
        """What there is."""
        if self._rows is None:
            self._rows = self.tutor.listing(topic=self._topic)
        return self._rows

    def on_screen_resume(self) -> None:
        """Show what was done meanwhile."""
        self._rows = None
        super().on_screen_resume()

    def heading(self) -> tuple[str, str]:
        """Return the title of the topic."""
        return self._title, ""

    def items(self) -> Sequence[ListItem]:
        """Return one row for each thing."""
        return tuple(_item(row) for row in self.rows)

    def do_open(self) -> None:
        """Open the row under the cursor."""
        row = self.rows[self.cursor]
        self.tutor_app.open_place(row.kind, row.id)


def _item(row: "ListRow") -> ListItem:
    minutes = f"{row.minutes} min" if row.minutes else ""
    detail = "   ".join(part for part in (_STATES[row.state], minutes) if part)
    below = row.summary if row.kind == "lesson" else ""
    return ListItem(_GROUPS[row.kind], "", row.title, detail, below)
