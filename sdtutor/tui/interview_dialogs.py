"""Choosing a mock interview: which problem, how long, at which level, with which clock."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Literal

from sdtutor.core.units import count
from sdtutor.drawing.spans import Line, Span, line
from sdtutor.drawing.wrap import wrap
from sdtutor.errors import UsageError
from sdtutor.interview.stages import STAGES
from sdtutor.tui.interview_panes import minutes as in_words
from sdtutor.tui.list_rows import ListItem
from sdtutor.tui.list_screen import ListScreen
from sdtutor.tui.trend_rows import decision_word, past_items

if TYPE_CHECKING:
    from sdtutor.interview.records import Minutes
    from sdtutor.session.interview_views import InterviewRow, PastInterview, PausedInterview, TrendView

_LENGTHS: tuple["Minutes", ...] = (10, 25, 45)
_LEVELS: tuple[Literal["mid", "senior"], ...] = ("mid", "senior")
_CLOCKS: tuple[tuple[float | None, str], ...] = (
    (1.0, "real time"),
    (1.5, "half as much again"),
    (None, "none"),
)


class InterviewsScreen(ListScreen):
    """The problems; Enter begins one, goes on with the one that was left, or opens a past one's report."""

    KEYS = "interviews"

    def __init__(self) -> None:
        super().__init__()
        self._length, self._level, self._clock = 0, 0, 0
        self._rows: tuple[InterviewRow, ...] = ()
        self._paused: PausedInterview | None = None
        self._trend: TrendView | None = None

    def on_mount(self) -> None:
        """Propose what comes next."""
        from sdtutor.session.interviews import suggested_problem

        self._read()
        self._level = _LEVELS.index(self.tutor.interview_date().level)
        self._length = 0 if all(row.state == "new" for row in self._rows) else len(_LENGTHS) - 1
        slugs = [row.slug for row in self._rows]
        if not self._paused and slugs:
            self.cursor = slugs.index(suggested_problem(self.tutor.desk))

    def _read(self) -> None:
        self._rows, self._paused = self.tutor.interviews(), self.tutor.paused_interview()
        self._trend = self.tutor.past_interviews()

    def on_screen_resume(self) -> None:
        """Show what was done meanwhile."""
        before = self._paused
        self._read()
        if self._paused != before:
            self.cursor = 0
        super().on_screen_resume()

    def heading(self) -> tuple[str, str]:
        """Return the title."""
        return "Mock interview", count(len(self._rows), "problem")

    def above(self, columns: int) -> Sequence[Line]:
        """Return how it is held."""
        stages = STAGES[_LENGTHS[self._length]]
        titles = " · ".join(each.title for each in stages)
        return (
            _choice("m", "minutes", [str(each) for each in _LENGTHS], self._length),
            _choice("l", "level", _LEVELS, self._level),
            _choice("c", "clock", [name for _, name in _CLOCKS], self._clock),
            *wrap([Span(titles, "dim")], columns - 1, " ", " "),
            (),
        )

    def items(self) -> Sequence[ListItem]:
        """Return the interview that was left, then the problems, then the interviews that ended."""
        paused = [_paused_item(self._paused)] if self._paused else []
        past = past_items(self._trend, "PAST INTERVIEWS") if self._trend else ()
        rows = [*paused, *map(_item, self._rows), *past]
        here = max(0, min(self.cursor, len(rows) - 1))
        return tuple(
            row if at == here else ListItem(row.group, row.key, row.title, row.detail)
            for at, row in enumerate(rows)
        )

    def working_keys(self) -> set[str]:
        """Return what can be done now."""
        past = {"past"} if self._problem in {each.problem for each in self._past} else set()
        return super().working_keys() | {"length", "level", "clock"} | past

    @property
    def _past(self) -> Sequence["PastInterview"]:
        return self._trend.past if self._trend else ()

    @property
    def _problem(self) -> str:
        """The problem under the cursor; empty where there is none."""
        index = self.cursor - bool(self._paused)
        return self._rows[index].slug if 0 <= index < len(self._rows) else ""

    def do_past(self) -> None:
        """Open the report on the last interview on the problem under the cursor."""
        self.tutor_app.show_report(self._problem)

    def do_length(self) -> None:
        """Choose another length."""
        self._length = (self._length + 1) % len(_LENGTHS)

    def do_level(self) -> None:
        """Choose the other level."""
        self._level = (self._level + 1) % len(_LEVELS)

    def do_clock(self) -> None:
        """Choose another clock."""
        self._clock = (self._clock + 1) % len(_CLOCKS)

    def do_open(self) -> None:
        """Begin the interview under the cursor, go on with it, or open its report."""
        if self._paused and self.cursor == 0:
            self.tutor_app.show_interview(self.tutor.resume_interview(self._paused.id))
            return
        if not self._rows:
            raise UsageError("There are no interview problems.", "Install sdtutor again.")
        if not self._problem:
            below = self.cursor - bool(self._paused) - len(self._rows)
            self.tutor_app.show_report(self._past[-1 - below].id)
            return
        session = self.tutor.begin_interview(
            self._problem,
            _LENGTHS[self._length],
            _LEVELS[self._level],
            _CLOCKS[self._clock][0],
        )
        self.tutor_app.show_interview(session)


def _choice(key: str, name: str, values: Sequence[str], chosen: int) -> Line:
    """Return the values of a setting, the chosen one behind a sign."""
    before, here, after = (
        "".join(f" {each}   " for each in values[:chosen]),
        values[chosen],
        values[chosen + 1 :],
    )
    rest = "".join(f"   {each} " for each in after)
    return line(" ", (key, "key"), f"  {name:<9}", (before, "dim"), (f"▸{here}", "strong"), (rest, "dim"))


def _paused_item(paused: "PausedInterview") -> ListItem:
    left = f", {in_words(paused.left_s)} left" if paused.left_s is not None else ""
    where = f"in {paused.stage.lower()}{left}"
    return ListItem("GO ON", "", paused.title, f"{paused.minutes} min, {paused.level}", where)


def _item(row: "InterviewRow") -> ListItem:
    taken = {"new": "", "paused": "left in the middle", "done": f"last: {decision_word(row.decision)}"}
    return ListItem("PROBLEMS", "", row.title, taken[row.state], row.summary)
