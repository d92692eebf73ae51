"""Confirming what sentences were taken for: one at a time, with the whole point as it was typed."""

from collections.abc import Callable, Collection, Sequence
from typing import TYPE_CHECKING

from sdtutor.drawing.spans import Line, Span, line, safe
from sdtutor.drawing.wrap import wrap
from sdtutor.tui.base_screen import BaseScreen
from sdtutor.tui.lab_panes import rule, spread

if TYPE_CHECKING:
    from sdtutor.interview.records import Report
    from sdtutor.interview.reports.view import EvidenceRow, ReportView

_WIDEST = 78


class ClaimsScreen(BaseScreen):
    """The claims that move the result most.

    Args:
        view: The report, for its claims.
        report: The same, for what was said.
        done: Called with the ids of those that are denied, once all were answered.
    """

    KEYS = "claims"

    def __init__(self, view: "ReportView", report: "Report", done: Callable[[Sequence[str]], None]) -> None:
        super().__init__()
        self._title = view.title
        self._claims = view.to_confirm
        self._said = {each.number: each.text for each in report.quotes}
        self._done = done
        self._answers: list[bool] = []

    @property
    def claim(self) -> "EvidenceRow":
        """The one that is asked about."""
        return self._claims[min(len(self._answers), len(self._claims) - 1)]

    def body(self, columns: int, rows: int) -> Sequence[Line]:
        """Return one claim and the words that it rests on."""
        del rows
        number = min(len(self._answers) + 1, len(self._claims))
        head = spread(
            line(" ", (safe(self._title), "title")),
            line((f"{number} of {len(self._claims)} ", "dim")),
            columns,
        )
        room = min(columns - 2, _WIDEST)
        claim = self.claim
        quote = wrap([Span(f"“{safe(' '.join(claim.quote.split()))}”", "strong")], room, "   ", "   ")
        return (
            head,
            rule("did you mean this?", columns),
            (),
            *wrap(line("It counts as: ", (safe(claim.says), "title")), room, " ", " "),
            (),
            *quote,
            (),
            *self._whole(claim, room),
            line((" Nobody checks your answer; a wrong yes deceives only you.", "dim")),
        )

    def _whole(self, claim: "EvidenceRow", columns: int) -> tuple[Line, ...]:
        """Return the points from which the words were taken, where they say more than the quote."""
        shown: list[Line] = []
        for number in (int(part) for part in claim.points.strip("()").split(", ") if part.strip()):
            text = " ".join(self._said.get(number, "").split())
            if text and text != claim.quote:
                shown += wrap([Span(safe(text), "dim")], columns, f" {number:>3}  ", "      ")
        return (*shown, ()) if shown else ()

    def working_keys(self) -> Collection[str]:
        """Return what can be done now."""
        return {"yes", "no"} | ({"undo"} if self._answers else set())

    def do_yes(self) -> None:
        """Confirm it."""
        self._answer(means=True)

    def do_no(self) -> None:
        """Deny it."""
        self._answer(means=False)

    def _answer(self, *, means: bool) -> None:
        self._answers.append(means)
        if len(self._answers) < len(self._claims):
            return
        denied = [claim.id for claim, said in zip(self._claims, self._answers, strict=True) if not said]
        self.app.pop_screen()
        self._done(denied)

    def do_undo(self) -> None:
        """Go back to the claim before."""
        self._answers.pop()
