"""What stands in each pane of the interview screen: pure functions from a view and a size to lines."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from sdtutor.core.units import count
from sdtutor.drawing.spans import Line, Role, Span, cells, fit, line, safe, width
from sdtutor.drawing.wrap import wrap
from sdtutor.session.interview_views import ChatRow, InterviewView, StageRow
from sdtutor.tui.draft import Draft
from sdtutor.tui.lab_panes import rule, spread

BOARD_FROM = 110
"""From so many columns on the whiteboard and the stages stand beside the chat. Editorial."""
_BOARD_SHARE = 0.4
_NAMES_FROM = 64
"""From so many columns on names stand beside what is said, below that above it."""
_GUTTER = 14
_TEXT_COLUMNS = 76
"""The widest column of text: longer rows are hard to follow (editorial, after common typographic advice)."""
_SPENT = 0.8
"""The header warns when this share of a stage is gone."""
_LATE_S = 300.0
"""The header warns when this much is left, or a fifth of a short interview; the interviewer says it too."""
_DRAWN_ROWS = 4
"""Rows of a drawing that the chat repeats."""

_SIGNS: Mapping[str, tuple[str, Role]] = {
    "now": ("▸", "strong"),
    "done": ("✓", "plain"),
    "ahead": (" ", "dim"),
}
_NAMES = {"hint": "Hint", "pad": "Pad", "draw": "Whiteboard", "notice": "Note", "interrupt": "Interrupts"}


@dataclass(frozen=True, slots=True)
class Clock:
    """The clock in words.

    Args:
        total: How much is left of the whole.
        warns: Whether it should be seen.
        stage: How much is left of the stage, once that matters; else empty.
    """

    total: str
    warns: bool
    stage: str = ""

    @property
    def text(self) -> str:
        """Both."""
        return f"{self.stage} · {self.total}" if self.stage else self.total


def clock_of(view: InterviewView) -> Clock:
    """Return the clock; it warns when a stage or the whole comes to its end."""
    if view.is_over:
        return Clock("over", warns=False)
    if view.left_s is None:
        return Clock("paused" if view.is_paused else "no clock", warns=view.is_paused)
    if view.left_s <= 0:
        return Clock("time is up: one last word", warns=True)
    left = f"{minutes(view.left_s)} left"
    if view.is_paused:
        return Clock(f"paused, {left}", warns=True)
    stage = now(view)
    rest = stage.planned_s - stage.taken_s
    if rest <= stage.planned_s * (1 - _SPENT):
        of_stage = f"{minutes(rest)} of this stage" if rest > 0 else "this stage is over its time"
        return Clock(left, warns=True, stage=of_stage)
    return Clock(left, warns=view.left_s <= min(_LATE_S, 60.0 * view.minutes / 5))


def now(view: InterviewView) -> StageRow:
    """Return the present stage."""
    return next(each for each in view.stages if each.state == "now")


def minutes(seconds: float) -> str:
    """Return a time as a glance needs it.

    >>> minutes(1860), minutes(100), minutes(45)
    ('31 min', '2 min', '45 s')
    """
    if seconds < 90:
        return f"{max(1, round(seconds))} s"
    return f"{round(seconds / 60)} min"


def head_line(view: InterviewView, columns: int) -> Line:
    """Return the first row: what it is about, where it stands, how much time is left."""
    clock = clock_of(view)
    role: Role = "warn" if clock.warns else "dim"
    index = [each.state for each in view.stages].index("now") + 1
    where = f"{index} of {len(view.stages)}"
    title = line(" ", (safe(view.title), "title"))
    forms = (
        (
            (*title, Span(f" · {view.level} · {view.minutes} min   ", "dim"), Span(f"{where} {view.stage}")),
            clock.text,
        ),
        ((*title, Span(f" · {view.level}   ", "dim"), Span(f"{where} {view.stage}")), clock.text),
        ((*title, Span(f"   {where} {view.stage}")), clock.text),
        ((Span(f" {where} {view.stage}"),), clock.text),
        ((Span(f" {where} {view.stage}"),), clock.total),
    )
    fitting = (form for form in forms if width(form[0]) + cells(form[1]) + 3 <= columns)
    left, right = next(fitting, forms[-1])
    return spread(left, line((right, role), " "), columns)


# The chat


def chat_lines(view: InterviewView, columns: int) -> tuple[Line, ...]:
    """Return all that was said: the interviewer by name, the candidate's points by number."""
    result: list[Line] = []
    last = max((index for index, row in enumerate(view.chat) if row.who == "you"), default=-1)
    before: ChatRow | None = None
    for index, row in enumerate(view.chat):
        if row.kind == "stage" and row.about:
            result += [*([()] if before else []), stage_rule(_stage(view, row.about), columns)]
        elif before is None or row.who == "you" != before.who:
            result += [()]
        goes_on = (
            before is not None
            and row.who != "you"
            and row.kind != "stage"
            and name_of(before) == name_of(row)
        )
        result += said_lines(row, columns, is_new=index > last, is_named=not goes_on)
        before = row
    return tuple(result)


def name_of(row: ChatRow) -> str:
    """Return who says something, or what it is; empty for the candidate."""
    return "" if row.who == "you" else _NAMES.get(row.kind, "Interviewer")


def _stage(view: InterviewView, name: str) -> tuple[int, StageRow]:
    return next((index, each) for index, each in enumerate(view.stages, 1) if each.name == name)


def stage_rule(stage: tuple[int, StageRow], columns: int) -> Line:
    """Return the divider above what was said in a stage."""
    number, row = stage
    return rule(f"{number} {row.title}", columns, f"{minutes(row.planned_s)} planned")


@lru_cache(maxsize=2048)
def said_lines(row: ChatRow, columns: int, *, is_new: bool, is_named: bool) -> tuple[Line, ...]:
    """Return one thing that was said.

    Args:
        row: What.
        columns: Width.
        is_new: Whether the candidate has not answered it yet.
        is_named: Whether it says who; what goes on below the same name does not.
    """
    name = name_of(row) if is_named else ""
    role: Role = "plain" if row.who == "you" or is_new else "dim"
    if columns < _NAMES_FROM:
        first, rest = (f" {row.number:>2}  ", "     ") if row.who == "you" else (" ", " ")
        above = [line(" ", (name, "title"))] if name else []
    else:
        first = f"{row.number:>12}  " if row.number else f" {name:<11}  "
        rest, above = " " * _GUTTER, []
    room = min(columns - 1, len(rest) + _TEXT_COLUMNS)
    named: Role = "key" if row.who == "you" else "warn" if row.kind == "interrupt" else "title"
    shown = list(_wrapped(row, room - len(rest), role))
    return (*above, *((Span(rest if index else first, named), *each) for index, each in enumerate(shown)))


def _wrapped(row: ChatRow, columns: int, role: Role) -> Iterator[Line]:
    texts = row.text.splitlines() or [""]
    if row.kind == "draw" and row.who == "you":
        hidden = len(texts) - _DRAWN_ROWS
        texts = texts[:_DRAWN_ROWS] if hidden > 0 else texts
        for text in texts:
            yield from wrap([Span(safe(text), "code")], columns)
        if hidden > 0:
            yield line((f"and {count(hidden, 'line')} more", "dim"))
        return
    if row.kind == "pad" and row.who == "you":
        role = "code"
    for text in texts:
        yield from wrap(tuple(_spans(text, role)), columns)


def _spans(text: str, role: Role) -> Iterator[Span]:
    """Yield a text in which backticks mean a box."""
    if text.count("`") % 2:
        yield Span(safe(text), role)
        return
    for index, part in enumerate(text.split("`")):
        if part:
            yield Span(safe(part), "code" if index % 2 else role)


# The board


def board_lines(view: InterviewView, picture: Sequence[Line], columns: int, rows: int) -> tuple[Line, ...]:
    """Return the right half: the whiteboard above, the stages below.

    Args:
        view: The interview.
        picture: Of the whiteboard.
        columns: Width.
        rows: Height.
    """
    stages = stage_lines(view, columns)
    room = rows - len(stages) - 1
    if not picture:
        picture = ((), line("Nothing is drawn yet."), line(("/draw", "key"), " opens the whiteboard."))
    above = [*((Span(" "), *row) for row in picture[:room]), *[()] * (room - len(picture))]
    return (*above, rule("time", columns, "taken of planned"), *stages)[:rows]


def picture_rows(view: InterviewView, rows: int) -> int:
    """Return how many rows of the right half the whiteboard has."""
    return max(1, rows - len(view.stages) - 1)


def stage_lines(view: InterviewView, columns: int) -> tuple[Line, ...]:
    """Return the stages with the time that each took."""
    return tuple(_stage_line(view, each, columns) for each in view.stages)


def _stage_line(view: InterviewView, stage: StageRow, columns: int) -> Line:
    sign, role = _SIGNS[stage.state]
    left = line(f" {sign} ", (stage.title, role))
    taken = clock_face(stage.taken_s) if stage.state != "ahead" else ""
    if view.left_s is None:
        return spread(left, line((f"{taken} ", "dim")), columns)
    late: Role = "warn" if stage.taken_s > stage.planned_s else "plain"
    right = line((f"{taken:>5}", late), (f" of {clock_face(stage.planned_s):>5} ", "dim"))
    return spread(left, right, columns)


def clock_face(seconds: float) -> str:
    """Return minutes and seconds: ``4:05``."""
    whole, rest = divmod(int(seconds), 60)
    return f"{whole}:{rest:02}"


# Putting panes together


def board_columns(columns: int) -> int:
    """Return how wide the right half is; 0 where the chat has it all."""
    return int(columns * _BOARD_SHARE) if columns >= BOARD_FROM else 0


def frame(chat: Sequence[Line], board: Sequence[Line] | None, columns: int, note: str) -> tuple[Line, ...]:
    """Return the panes with the rules above and below them.

    Args:
        chat: Rows of the chat.
        board: As many rows of the right half, or None for no such half.
        columns: Width of both.
        note: For the lower rule; may be empty.
    """
    if board is None:
        return (rule("", columns), *chat, rule("", columns, note))
    size = board_columns(columns)
    left = columns - size - 1
    rows = (
        (*fit(one, left), Span("│", "rule"), *fit(other, size))
        for one, other in zip(chat, board, strict=True)
    )
    above = (*rule("", left), Span("┬", "rule"), *rule("whiteboard", size))
    below = (*rule("", left, note), Span("┴", "rule"), *rule("", size))
    return (above, *rows, below)


def input_lines(draft: Draft, columns: int, most: int) -> tuple[Line, ...]:
    """Return the input: a sign before its first row, the others below it.

    Args:
        draft: What is typed.
        columns: Width.
        most: Rows to which it grows.
    """
    shown = draft.shown(columns - 4, most)
    return tuple((Span(" ▸ " if index == 0 else "   ", "key"), *each.row) for index, each in enumerate(shown))
