"""Past mock interviews as rows: what came out of each, and where it goes."""

from datetime import date
from typing import TYPE_CHECKING

from sdtutor.drawing.charts import Bar, series
from sdtutor.drawing.spans import Line, Span, clip, line, safe, width
from sdtutor.drawing.wrap import wrap
from sdtutor.tui.home_rows import spread
from sdtutor.tui.list_rows import ListItem

if TYPE_CHECKING:
    from sdtutor.session.interview_views import PastInterview, TrendView

_LISTED = 6
_WEAKEST = 2
"""So many dimensions are named: one can work on no more of them at once. Editorial."""
_DRAWN_FROM = 3
"""Fewer interviews are no trend."""
_CHART_ROWS = 3
_CHART_COLUMNS = 60


def decision_word(decision: str) -> str:
    """Return a decision in words."""
    from sdtutor.interview.scoring.decision import WORDS

    return next((word for name, word in WORDS.items() if name == decision), decision)


def _weak(view: "TrendView") -> str:
    from sdtutor.interview.scoring.rubric import TITLES

    names = [title.lower() for name, title in TITLES.items() if name in view.weakest[:_WEAKEST]]
    return f"weak in the last four: {', '.join(names)}" if names else ""


def home_line(view: "TrendView | None", columns: int) -> Line:
    """Return the interviews in one row; empty when there are none."""
    if view is None or not view.past:
        return ()
    shown = list(enumerate(view.past, 1))[-_LISTED:]
    said = "  ".join(f"{number} {decision_word(each.decision)}" for number, each in shown)
    left = line((" MOCKS   ", "title"), safe(said))
    right = line((f"{_weak(view)} ", "warn"))
    return spread(left, right, columns) if width(left) + width(right) < columns else clip(left, columns)


def trend_lines(view: "TrendView", columns: int) -> tuple[Line, ...]:
    """Return how the interviews went, from three on, and what was weak in the last ones.

    Args:
        view: The interviews.
        columns: Width.
    """
    weak = _weak(view)
    chart: tuple[Line, ...] = ()
    if len(view.past) >= _DRAWN_FROM:
        bars = [Bar(_day(each), each.percent) for each in view.past]
        drawn = series(bars, min(columns - 2, _CHART_COLUMNS), _CHART_ROWS, "%")
        chart = (*((Span(" "), *row) for row in drawn), ())
    return (*chart, *((*wrap([Span(f"{weak}.", "warn")], columns - 1, " ", " "), ()) if weak else ()))


def past_items(view: "TrendView", group: str) -> tuple[ListItem, ...]:
    """Return a row for each interview, the last one first.

    Args:
        view: The interviews.
        group: The heading above them.
    """
    words = [decision_word(each.decision) for each in view.past]
    size = max(map(len, words), default=0)
    return tuple(
        ListItem(
            group,
            "",
            f"{_day(each):>6} {each.percent:>4.0f} %   {each.title}",
            f"{each.minutes} min  {each.level:<6}   {word:<{size}}",
        )
        for each, word in zip(reversed(view.past), reversed(words), strict=True)
    )


def _day(each: "PastInterview") -> str:
    day = date.fromisoformat(each.day)
    return f"{day.day} {day:%b}"
