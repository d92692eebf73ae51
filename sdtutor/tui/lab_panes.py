"""What stands in each pane of the lab screen: pure functions from a `LabView` and a size to lines."""

from collections.abc import Sequence

from sdtutor.drawing import highlight
from sdtutor.drawing.spans import Line, Role, Span, cells, clip, clip_text, fit, line, safe, width
from sdtutor.drawing.wrap import wrap
from sdtutor.session.lab_views import ChangeRow, CodeRow, EventRow, GoalView, LabView, PastRow, QuestionView

_SIGNS: dict[str, tuple[str, Role]] = {
    "running": ("▸", "running"),
    "ran": ("│", "flight"),
    "parked": ("·", "parked"),
}
_CHANGES: dict[str, Role] = {"+": "flight", "-": "dim", "=": "changed"}
_CURSOR = "▸"
_PAST_COLUMNS = 38
"""Columns that a step of the run so far needs to be read without effort."""
_MOST_TITLE = 30
"""Columns of an event's title that are never given up for its detail."""


def rule(title: str, columns: int, note: str = "") -> Line:
    """Return a divider of that width: ``─ title ─────── note ─``; the note goes where room is short."""
    title = clip_text(safe(title), columns - 4)
    start = line(("─ ", "rule"), (title, "title"), (" ", "rule")) if title else ()
    end = line((" ", "rule"), (note, "dim"), (" ─", "rule")) if note else ()
    if width(start) + width(end) > columns:
        end = ()
    return (*start, Span("─" * max(0, columns - width(start) - width(end)), "rule"), *end)


def title_line(view: LabView, columns: int) -> Line:
    """Return the first row: which lab and which code at the left, where the run stands at the right."""
    is_wide = columns >= 100
    name = f"{view.topic} ▸ {view.title}" if is_wide else view.title
    badge_role: Role = "good" if view.variant == "reference" else "warn"
    left = line(" ", (safe(name), "title"), "   ", (view.badge if is_wide else view.short_badge, badge_role))
    where = f"step {view.step}" + (f" of {view.last_step}" if view.step < view.last_step else "")
    parts = [where, f"t {view.time}", f"branch {view.branch}"]
    if view.branches > 1:
        parts[2] += f" of {view.branches}"
    if is_wide:
        parts.insert(2, f"seed {view.seed}")
    while len(parts) > 1 and width(left) + cells("   ".join(parts)) + 3 > columns:
        parts.pop()
    return spread(left, line(("   ".join(parts), "dim"), " "), columns)


def spread(left: Line, right: Line, columns: int) -> Line:
    """Return one line of that width with a text at each end; the left one is clipped."""
    left = clip(left, max(0, columns - width(right) - 1))
    return fit((*left, Span(" " * max(0, columns - width(left) - width(right))), *right), columns)


def promise_lines(view: LabView, columns: int, most: int = 2) -> tuple[Line, ...]:
    """Return the main promise in words, or the first that is broken; at most that many rows."""
    if not view.promises:
        return ()
    broken = next((promise for promise in view.promises if promise.broken), None)
    promise = broken or view.promises[0]
    word, text_role = (promise.word, "strong") if broken else (promise.word, "plain")
    role: Role = "bad" if broken else "good"
    text = line(
        (word, role), "\u00a0 ", (safe(promise.sentence), "strong" if text_role == "strong" else "plain")
    )
    return shortened(wrap(text, columns - 1, " ", " "), most, columns)


def shortened(rows: Sequence[Line], most: int, columns: int) -> tuple[Line, ...]:
    """Return at most that many rows; the last ends in ``›`` when others are missing."""
    if len(rows) <= most:
        return tuple(rows)
    last = fit(rows[most - 1], columns - 1)
    return (*rows[: most - 1], (*clip(last, columns - 2, ""), Span("›", "dim")))


def code_lines(
    rows: Sequence[CodeRow], focus: int, columns: int, height: int, scroll: int = 0
) -> tuple[Line, ...]:
    """Return the rows of code around the focus, each with its gutter of six columns.

    Args:
        rows: The code pane.
        focus: The row to keep in sight.
        columns: Width.
        height: The most lines.
        scroll: By how many rows the learner moved the window.
    """
    painted = highlight.python("\n".join(row.text for row in rows))
    first = max(0, min(_first_row(rows, focus, height) + scroll, len(rows) - height))
    return tuple(
        _code_line(row, painted[index] if index < len(painted) else (), columns)
        for index, row in enumerate(rows[first : first + height], first)
    )


def _code_line(row: CodeRow, painted: Line, columns: int) -> Line:
    """Return a row of code behind its gutter; the one that runs is a band over the whole width."""
    shown = clip((*_gutter(row), *painted), columns)
    return band(shown, "running", columns) if row.state == "running" else shown


def band(row: Line, role: Role, columns: int) -> Line:
    """Return a row in one role from edge to edge."""
    return line(("".join(span.text for span in fit(row, columns)), role))


def _first_row(rows: Sequence[CodeRow], focus: int, height: int) -> int:
    """Return the top row of the window: that of a method wherever possible, so that code stands still."""
    tops = [0, *(index + 1 for index, row in enumerate(rows[:-1]) if not row.text.strip())]
    room = height - 1
    return next((top for top in tops if 0 <= focus - top < room), max(0, focus - height // 2))


def _gutter(row: CodeRow) -> Line:
    """Return whose line it is, what happened to it, its number, and whether the variants differ in it."""
    sign, role = _SIGNS.get(row.state, (" ", "plain"))
    number = f"{row.number:>3}" if row.number else "   "
    return line(
        (row.mark or " ", role), (sign, role), (number, "dim"), ("▎" if row.changed else " ", "changed")
    )


def event_lines(events: Sequence[EventRow], cursor: int, columns: int, height: int) -> tuple[Line, ...]:
    """Return what can happen next: one row an event, the one at the cursor always among them.

    Args:
        events: In the order of their digits.
        cursor: Index of the one that runs next.
        columns: Width.
        height: The most lines.
    """
    first = max(0, min(cursor - height // 2, len(events) - height))
    shown = events[first : first + height]
    title_columns = min(_MOST_TITLE, max((cells(safe(event.title)) for event in shown), default=0))
    rows = [_event_line(events, first + index, cursor, title_columns, columns) for index in range(len(shown))]
    hidden = len(events) - len(shown)
    if hidden and rows:
        rows[-1] = spread(rows[-1], line((f" {hidden} more", "dim"), " "), columns)
    return tuple(rows)


def _event_line(
    events: Sequence[EventRow], index: int, cursor: int, title_columns: int, columns: int
) -> Line:
    event, is_next = events[index], index == cursor
    title, note = safe(event.title), event.note
    row = line(
        f" {_CURSOR} " if is_next else "   ",
        (f"{index + 1} " if index < 9 else "  ", "key"),
        title,
        " " * max(2, title_columns - cells(title) + 2),
        safe(event.detail),
    )
    if note and width(row) + cells(note) + 4 <= columns:
        row = spread(row, line((note, "dim"), " "), columns)
    return band(row, "cursor", columns) if is_next else clip(row, columns)


def question_lines(question: QuestionView, columns: int, height: int) -> tuple[Line, ...]:
    """Return an open prediction: the question, then a numbered row a choice, side by side if need be.

    There may be more rows than the height, when the question is long.
    """
    rows = list(wrap(line((safe(question.prompt), "strong")), columns - 1, " ", " "))
    # Spaces that do not break keep a number with its choice, and choices apart.
    choices = [
        line((f"{number}\u00a0", "key"), safe(choice)) for number, choice in enumerate(question.choices, 1)
    ]
    if len(rows) + len(choices) <= height:
        return (*rows, *(wrap(choice, columns, "   ")[0] for choice in choices))
    together = [span for choice in choices for span in (*choice, Span("\u00a0\u00a0 "))]
    return (*rows, *wrap(together, columns - 1, "   ", "   "))


def change_lines(changes: Sequence[ChangeRow], columns: int, height: int) -> tuple[Line, ...]:
    """Return what a step changed; the last row tells how many rows did not fit."""
    if not changes:
        return (line(("   nothing yet", "dim")),)
    longest = max((cells(safe(change.title)) for change in changes if change.detail), default=0)
    rows = [row for change in changes for row in _change_rows(change, min(longest, columns // 2), columns)]
    if len(rows) <= height:
        return tuple(rows)
    return (*rows[: height - 1], line((f"   {len(rows) - height + 1} more", "dim")))


def _change_rows(change: ChangeRow, title_columns: int, columns: int) -> tuple[Line, ...]:
    """Return one change: title and detail side by side, below each other where they are too long."""
    role = _CHANGES.get(change.sign, "dim")
    sign, title = (
        line((f" {change.sign} ", role)),
        line((safe(change.title), "plain" if change.detail else role)),
    )
    detail = line((safe(change.detail), role))
    gap = " " * max(2, title_columns - width(title) + 2)
    for between in (gap, "  "):
        row = (*sign, *title, *line(between if detail else ""), *detail)
        if width(row) <= columns:
            return (row,)
    above = wrap(title, columns, f" {change.sign} ", "   ")
    return (*above, *(wrap(detail, columns, "     ", "     ") if detail else ()))


def past_lines(
    past: Sequence[PastRow], step: int, columns: int, height: int, scroll: int = 0
) -> tuple[Line, ...]:
    """Return the run so far, top to bottom and then to the right, the current step in sight.

    Args:
        past: The steps, in order.
        step: The current one.
        columns: Width.
        height: The most lines.
        scroll: By how many lines the learner moved the window.
    """
    across = max(1, columns // _PAST_COLUMNS)
    here = next((index for index, row in enumerate(past) if row.step == step), 0)
    last = max(min(len(past), here + 1 + across), min(len(past), height * across))
    first = max(0, min(last - height * across + scroll, len(past) - height * across))
    shown = past[first : first + height * across]
    number_columns = max((len(str(row.step)) for row in shown), default=1)
    each = columns // across
    entries = [fit(_past_line(row, step, number_columns, each - 1), each) for row in shown]
    return tuple(
        tuple(span for entry in entries[index::height] for span in entry)
        for index in range(min(height, len(entries)))
    )


def _past_line(row: PastRow, step: int, number_columns: int, columns: int) -> Line:
    role: Role = "strong" if row.step == step else "dim" if row.step > step else "plain"
    return clip(
        line(
            (f" {_CURSOR} " if row.step == step else "   ", "title"),
            (f"{row.step:>{number_columns}}  ", "title" if row.step == step else "dim"),
            (safe(row.title), role),
            (f"   {safe(row.detail)}" if row.detail else "", role),
        ),
        columns,
    )


def variable_lines(view: LabView, columns: int, height: int) -> tuple[Line, ...]:
    """Return a row for each running task: whose, which call, what it knows, for whom it waits."""
    if not view.tasks:
        return (line(("   nothing is running", "dim")),)
    title_columns = min(columns // 3, max(cells(safe(task.title)) for task in view.tasks))
    rows = []
    for task in view.tasks[:height]:
        title = safe(task.title)
        gap = " " * max(2, title_columns - cells(title) + 3)
        waits = line((f"waits: {task.waits}", "parked"), " ") if task.waits else ()
        left = line(" ", (task.mark, "title"), "  ", title, gap, (safe(task.variables), "changed"))
        rows.append(
            spread(left, waits, columns) if width(left) + width(waits) < columns else clip(left, columns)
        )
    return tuple(rows)


def coach_lines(
    view: LabView, columns: int, least: int, most: int, *, free_play: bool = True
) -> tuple[Line, ...]:
    """Return what the coach says, with the goal at hand and the key that helps.

    Args:
        view: The lab.
        columns: Width.
        least: Rows that are always taken.
        most: Rows that are never exceeded.
        free_play: Whether Esc puts the goals away.
    """
    said = [row for text in _messages(view) for row in wrap(text, columns - 1, " ", " ")]
    goal = goal_lines(view.goal, columns) if view.goal else ()
    room = max(least, 3) - len(said)
    goal = shortened(goal, room, columns) if room > 0 else ()
    rows, tail = [*goal, *said], _tail(view, free_play=free_play)
    # A row of its own is worth it only for a key that leads on; the footer has the others.
    limit = most if view.next_up or (view.goal and view.goal.done) else least
    if tail and said and len(rows) <= most and width(rows[-1]) + width(tail) + 3 <= columns:
        rows[-1] = spread(rows[-1], (*tail, Span(" ")), columns)
    elif tail and len(rows) < limit:
        rows.append(spread((), (*tail, Span(" ")), columns))
    return _padded(shortened(rows, most, columns), least)


def _padded(rows: tuple[Line, ...], least: int) -> tuple[Line, ...]:
    return (*rows, *((),) * (least - len(rows)))


def goal_lines(goal: GoalView, columns: int) -> tuple[Line, ...]:
    """Return the goal at hand: which of how many, whether it is met, what it is."""
    # Both words have the same width, so that the moment of success moves nothing.
    place = f"{goal.number} of {goal.count}"
    head = Span(f"DONE {place}", "good") if goal.done else Span(f"GOAL {place}", "title")
    # A space that does not break keeps the two further ones before the title.
    text = line(head, "\u00a0\u00a0 ", (safe(goal.title), "strong"))
    return wrap(text, columns - 1, " ", " ")


def _messages(view: LabView) -> list[Line]:
    """Return what is to be said, the most urgent first."""
    question = view.question
    said = []
    if question and question.verdict:
        said.append(line((safe(question.verdict), "strong")))
    elif question and question.chosen is not None:
        guess = safe(question.choices[question.chosen])
        said.append(line("You said ", (guess, "strong"), ". → runs on to the answer."))
    if view.coach:
        said.append(line(safe(view.coach)))
    if view.goal and view.goal.hints and not view.goal.done:
        said.append(line(("Hint: ", "title"), safe(view.goal.hints[-1])))
    return said


def _tail(view: LabView, *, free_play: bool) -> Line:
    """Return the key that leads on from here."""
    if view.next_up:
        return line(("Enter", "key"), f" {view.next_up}")
    if view.goal is None:
        return ()
    score = view.goal.score
    if view.goal.done:
        met = line((f"goal met{f' in {score}' if score else ''}", "good"))
        return (*met, *line("   ", ("n", "key"), " next goal"))
    par = line((score, "dim")) if score else ()
    hint = line(("h", "key"), " hint") if view.goal.more_hints else ()
    away = line(("Esc", "key"), " free play") if free_play else ()
    parts = [part for part in (par, hint, away) if part]
    return tuple(
        span for index, part in enumerate(parts) for span in (*(line("   ") if index else ()), *part)
    )
