"""The lab screen as one sheet of lines: which panes stand where, at every size."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from sdtutor.drawing import system
from sdtutor.drawing.spans import Line, Span, cells, clip, fit, line
from sdtutor.drawing.timeline import timeline
from sdtutor.session.lab_views import LabView
from sdtutor.tui import lab_panes as panes

PaneName = Literal["next", "code", "system", "changed", "so far", "variables"]
PANES: tuple[PaneName, ...] = ("next", "code", "system", "changed", "so far", "variables")
"""In the order of Tab."""

_TALL_ROWS = 33
"""From here on the run so far and the variables have panes of their own."""
_CODE_COLUMNS = 61
"""A gutter of six, and code of at most 55."""
SCROLLED: frozenset[PaneName] = frozenset({"code", "so far"})
"""Panes that can be longer than the screen even when they have it for themselves."""


@dataclass(frozen=True, slots=True)
class Panel:
    """A list that lies over the lower panes while the learner chooses.

    Args:
        title: What is chosen.
        rows: The choices.
        cursor: Index of the row to keep in sight.
        note: Stands at the right end of its divider.
    """

    title: str
    rows: tuple[Line, ...]
    cursor: int = 0
    note: str = ""


@dataclass(frozen=True, slots=True)
class Look:
    """How the learner looks at a lab: nothing of it is part of the run.

    Args:
        columns: Width of the sheet.
        rows: Height of the sheet; the footer is not part of it.
        alone: The pane that has the sheet for itself; None when all stand side by side.
        zoomed: Whether that is the learner's choice; else there is no room for others.
        variables: Whether what tasks know is asked for.
        scroll: By how many rows the pane shown alone was moved.
        playing: Whether events run by themselves.
        calls: What the learner can call.
        faults: What the learner can break.
        panel: What lies over the lower panes.
        free_play: Whether Esc puts the goals away.
    """

    columns: int
    rows: int
    alone: PaneName | None = None
    zoomed: bool = False
    variables: bool = False
    scroll: int = 0
    playing: bool = False
    calls: tuple[str, ...] = ()
    faults: tuple[str, ...] = ()
    panel: Panel | None = None
    free_play: bool = True


def draw(view: LabView, look: Look) -> tuple[Line, ...]:
    """Return the sheet: exactly as many rows as the look has, none wider than it."""
    rows = _alone(view, look, look.alone) if look.alone else _side_by_side(view, look)
    return tuple(rows[: look.rows])


def _alone(view: LabView, look: Look, pane: PaneName) -> list[Line]:
    """Return one pane between the promise and the coach."""
    top = [panes.title_line(view, look.columns), *panes.promise_lines(view, look.columns)]
    if look.panel:
        return [*top, *_panel(look.panel, look.columns, look.rows - len(top))]
    coach = panes.coach_lines(view, look.columns, 1, max(2, look.rows // 4), free_play=look.free_play)
    height = max(1, look.rows - len(top) - len(coach) - 2)
    note = "Tab next pane" + ("  z all" if look.zoomed else "")
    body = _tall(_content(view, look, pane, (look.columns, height)), height)
    bar = timeline(view.step, view.last_step, look.columns)
    return [*top, panes.rule(_heading(view, pane), look.columns, note), *body, bar, *coach]


def _panel(panel: Panel, columns: int, height: int) -> list[Line]:
    """Return a panel with its divider, the row at its cursor in sight."""
    room = height - 1
    first = max(0, min(panel.cursor - room // 2, len(panel.rows) - room))
    shown = panel.rows[first : first + room]
    hidden = len(panel.rows) - len(shown)
    note = panel.note or (f"{hidden} more" if hidden else "")
    return [panes.rule(panel.title, columns, note), *_tall((clip(row, columns) for row in shown), room)]


def _heading(view: LabView, pane: PaneName) -> str:
    if pane == "next":
        return "what can happen next" if not _asks(view) else "your guess"
    if pane == "changed":
        return f"step {view.step} changed" if view.step else "changed"
    return view.file if pane == "code" else pane


def _asks(view: LabView) -> bool:
    return view.question is not None and view.question.chosen is None


def _content(view: LabView, look: Look, pane: PaneName, size: tuple[int, int]) -> tuple[Line, ...]:
    """Return what a pane shows.

    Args:
        view: The lab.
        look: How it is looked at.
        pane: Which pane.
        size: Columns and rows.
    """
    columns, rows = size
    if pane == "code":
        return panes.code_lines(view.code, view.focus, columns, rows, look.scroll if look.alone else 0)
    if pane == "system":
        return _without_bands(system.draw(view.picture, columns, rows))
    if pane == "changed":
        return panes.change_lines(view.changes, columns, rows)
    if pane == "so far":
        return panes.past_lines(view.past, view.step, columns, rows, look.scroll if look.alone else 0)
    if pane == "variables":
        return panes.variable_lines(view, columns, rows)
    return _next(view, look, columns, rows)


def _without_bands(rows: Iterable[Line]) -> tuple[Line, ...]:
    """Return a picture in which what runs has a colour, not a ground: borders are no bands."""
    return tuple(
        tuple(Span(span.text, "changed") if span.role == "running" else span for span in row) for row in rows
    )


def _next(view: LabView, look: Look, columns: int, rows: int) -> tuple[Line, ...]:
    """Return the events to choose from, or the open question; below them what else the learner can do."""
    if view.question and _asks(view):
        return panes.question_lines(view.question, columns, rows)
    if view.events:
        shown = panes.event_lines(view.events, view.cursor, columns, rows)
    else:
        shown = (line(("   nothing is on its way", "dim")),)
    offers = [
        clip(line("   ", (key, "key"), (f" {name:<8}{', '.join(words)}", "dim")), columns)
        for key, name, words in (("a", "calls", look.calls), ("x", "faults", look.faults))
        if words
    ]
    if view.waiting and len(shown) + len(offers) < rows:
        count = f"{view.waiting} event{'' if view.waiting == 1 else 's'}"
        told = f" keep    the rest of the branch that you left, {count}"
        offers.insert(0, clip(line("   ", ("r", "key"), (told, "dim")), columns))
    if any(promise.broken for promise in view.promises):
        offers.insert(0, clip(line("   ", ("d", "key"), (" diagram how it came to this", "dim")), columns))
    spare = rows - len(shown)
    gap = ((),) if len(offers) < spare else ()
    return (*shown, *gap, *offers[: max(0, spare)])


def _side_by_side(view: LabView, look: Look) -> list[Line]:
    """Return all panes: code beside the system, what comes next beside what has changed."""
    columns, is_tall = look.columns, look.rows >= _TALL_ROWS
    top = [panes.title_line(view, columns), *panes.promise_lines(view, columns)]
    # Two rows for the coach below the goal, whatever is said, so that the panes above stand still.
    least = 2 + max(1, len(panes.goal_lines(view.goal, columns)) if view.goal else 0)
    coach = panes.coach_lines(view, columns, least, least + (2 if is_tall else 1), free_play=look.free_play)
    next_rows = 5 + (look.rows - _TALL_ROWS) // 8 if is_tall else 4 if look.rows >= 20 else 3
    lower = [*_lower(view, look, next_rows), *_foot(view, columns, is_tall), *coach]
    height = look.rows - len(top) - len(lower) - 1
    panel = look.panel or _long_question(view, columns, next_rows, len(lower) - 1)
    if panel:
        heading, *rows = _panel(panel, columns, len(lower))
        lower = [_joined(heading, left_columns(columns), "┴"), *rows]
    return [*top, *_upper(view, look, height), *lower]


def _long_question(view: LabView, columns: int, narrow_rows: int, rows: int) -> Panel | None:
    """Return the open question as a panel, when the pane that it belongs to has no room for all of it.

    Args:
        view: The lab.
        columns: Width of the sheet.
        narrow_rows: Rows of the pane.
        rows: Rows of a panel.
    """
    question = view.question
    if question is None or not _asks(view):
        return None
    if len(panes.question_lines(question, left_columns(columns), narrow_rows)) <= narrow_rows:
        return None
    return Panel("your guess", panes.question_lines(question, columns, rows))


def _foot(view: LabView, columns: int, is_tall: bool) -> list[Line]:
    """Return the bar that shows where the run stands; above it, where there is room, the run so far."""
    bar, split = timeline(view.step, view.last_step, columns), left_columns(columns)
    if not is_tall:
        return [_joined(bar, split, "┴")]
    past = _tall(panes.past_lines(view.past, view.step, columns, 4), 4)
    return [_joined(panes.rule("so far", columns), split, "┴"), *past, bar]


def left_columns(columns: int) -> int:
    """Return how many columns stand left of the divider: what code needs, then a third of the rest."""
    return min(_CODE_COLUMNS, columns * 47 // 80) + max(0, columns - 120) // 3


def _upper(view: LabView, look: Look, height: int) -> list[Line]:
    """Return code and variables beside the system, under their divider."""
    left = left_columns(look.columns)
    right = look.columns - left - 1
    known = _variables(view, look, left)
    code_rows = height - len(known)
    code = _content(view, look, "code", (left, code_rows))
    note = f"line {view.line} of {view.lines}" if view.line else ""
    name = view.file if cells(view.file + note) + 8 <= left else view.file.rpartition("/")[2]
    heading = (*panes.rule(name, left, note), Span("┬", "rule"), *panes.rule("system", right))
    picture = _content(view, look, "system", (right, height))
    return [heading, *_beside([*_fill(code, left, code_rows), *known], picture)]


def _variables(view: LabView, look: Look, columns: int) -> list[Line]:
    """Return the pane of running tasks with its divider; on a small sheet only when asked for."""
    is_tall = look.rows >= _TALL_ROWS
    if not is_tall and not look.variables:
        return []
    rows = max(2, min(len(view.tasks), 5 if is_tall else 3))
    name, note = ("variables", "") if look.variables else ("running", "l variables")
    return [
        panes.rule(name, columns, note),
        *_fill(panes.variable_lines(view, columns, rows), columns, rows),
    ]


def _lower(view: LabView, look: Look, height: int) -> list[Line]:
    """Return what can happen next beside what has changed, under their divider."""
    left = left_columns(look.columns)
    right = look.columns - left - 1
    heading = (
        *panes.rule(_heading(view, "next"), left, "playing" if look.playing else ""),
        Span("┼", "rule"),
        *panes.rule(_heading(view, "changed"), right),
    )
    coming = _content(view, look, "next", (left, height))
    changed = _content(view, look, "changed", (right, height))
    return [heading, *_beside(_fill(coming, left, height), _tall(changed, height))]


def _beside(left: Iterable[Line], right: Iterable[Line]) -> list[Line]:
    """Return rows that stand side by side, a divider between them; those at the left have one width."""
    return [(*one, Span("│", "rule"), *other) for one, other in zip(left, right, strict=True)]


def _fill(rows: Iterable[Line], columns: int, height: int) -> list[Line]:
    """Return exactly that many rows of exactly that width."""
    return [fit(row, columns) for row in _tall(rows, height)]


def _tall(rows: Iterable[Line], height: int) -> list[Line]:
    """Return exactly that many rows."""
    shown = list(rows)[:height]
    return [*shown, *((),) * (height - len(shown))]


def _joined(row: Line, column: int, glyph: str) -> Line:
    """Return a divider that another one meets in that column; text there stays as it is."""
    result: list[Span] = []
    at = 0
    for span in row:
        index = column - at
        at += cells(span.text)
        if 0 <= index < len(span.text) and span.text[index] == "─":
            result.append(Span(span.text[:index] + glyph + span.text[index + 1 :], span.role))
        else:
            result.append(span)
    return tuple(result)
