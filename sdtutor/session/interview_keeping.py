"""Where a mock interview is kept while it is held, so that a crash loses nothing."""

from typing import TYPE_CHECKING

from sdtutor.interview.records import Stored
from sdtutor.interview.transcript import dump

if TYPE_CHECKING:
    from sdtutor.interview.records import Report
    from sdtutor.session.desk import Desk


class Keeping:
    """Keeps an interview nowhere, as for a script that only wants to see it."""

    def save(self, stored: Stored) -> None:
        """Keep what the interview has come to; called at every entry, before its replies are told."""

    def settle(self, report: "Report") -> None:
        """Keep the result."""

    def keep_typed(self, stored: Stored, line: str, drawing: str) -> None:
        """Keep what is typed and not sent.

        Args:
            stored: The interview so far.
            line: What stands in the input.
            drawing: What stands in the editor of the drawing.
        """

    def typed(self) -> tuple[str, str]:
        """Return the line and the drawing that were typed and not sent."""
        return "", ""


class StoreKeeping(Keeping):
    """Keeps an interview in the progress file from the first thing on that was typed.

    Args:
        desk: Where to.
        interview: Its id; empty for one that is new.
    """

    def __init__(self, desk: "Desk", interview: str = "") -> None:
        self._desk, self._interview = desk, interview

    def save(self, stored: Stored) -> None:
        """Keep what the interview has come to."""
        if self._interview:
            self._desk.store.keep_interview(self._interview, dump(stored))
            return
        held = stored.settings
        self._interview = self._desk.store.begin_interview(
            held.problem, held.minutes, held.level, dump(stored)
        )
        self._desk.remember("interview", held.problem)

    def settle(self, report: "Report") -> None:
        """Keep the result; what was typed and not sent is forgotten."""
        scores: dict[str, float] = {each.dimension: each.level for each in report.scores if each.weight}
        if self._interview:
            self._desk.store.end_interview(self._interview, report.decision, report.percent, scores)
            self._desk.store.drop_draft(self._key)

    def keep_typed(self, stored: Stored, line: str, drawing: str) -> None:
        """Keep what is typed and not sent."""
        from sdtutor.store.records import Draft

        if not self._interview:
            self.save(stored)
        self._desk.store.save_draft(Draft(self._key, {"line": line, "drawing": drawing}))

    def typed(self) -> tuple[str, str]:
        """Return the line and the drawing that were typed and not sent."""
        draft = self._desk.store.draft(self._key) if self._interview else None
        value = draft.value if draft and isinstance(draft.value, dict) else {}
        return str(value.get("line", "")), str(value.get("drawing", ""))

    @property
    def _key(self) -> str:
        return f"interview:{self._interview}"
