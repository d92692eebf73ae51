"""A question as rows of spans: before the answer, after it, and the end of the quiz."""

from sdtutor.core.units import count
from sdtutor.drawing.highlight import python
from sdtutor.drawing.prose import WIDEST, render
from sdtutor.drawing.spans import Line, Role, Span, cells, clip, line, safe
from sdtutor.drawing.wrap import wrap
from sdtutor.session.views import QuizSummary, QuizView, Told
from sdtutor.tui.footer import divider
from sdtutor.tui.home_rows import bar

_INDENT = 5
_TASKS = {
    "multi": "Choose all that are right: a digit once more takes it back.",
    "order": "Press the digits in the right order.",
    "line": "Type the number of the line.",
    "number": "Type the number.",
    "gap": "Type what belongs into the gap.",
    "predict": "Run it in your head; the answer comes from running the code.",
}


def question_lines(view: QuizView, columns: int) -> tuple[Line, ...]:
    """Return the question with its options, and once it is answered what is to be told.

    Args:
        view: The quiz.
        columns: Width; the text takes at most `WIDEST` of it.
    """
    columns = min(columns, WIDEST)
    rows: list[Line] = [*render(view.prompt, columns).lines, ()]
    rows += _code(view, columns)
    if view.told is None:
        rows += _task(view, columns)
        rows += _options(view, columns)
        rows += _typed(view)
    else:
        rows += _verdict(view, view.told, columns)
        rows += _options(view, columns)
    return tuple(rows)


def _code(view: QuizView, columns: int) -> list[Line]:
    if not view.code:
        return []
    shown = python("\n".join(row.text for row in view.code))
    right = set(view.told.right_choices) if view.told else set()
    rows: list[Line] = [clip(line((safe(view.address), "dim")), columns)] if view.address else []
    for row, code in zip(view.code, shown, strict=True):
        number = Span(f"{row.number:>3} ", "changed" if row.number in right else "key")
        rows.append(clip(line(number, ("│ ", "rule"), *code), columns))
    return [*rows, ()]


def _task(view: QuizView, columns: int) -> list[Line]:
    task = _TASKS.get(view.kind)
    return [*wrap([Span(task, "dim")], columns), ()] if task else []


def _options(view: QuizView, columns: int) -> list[Line]:
    rows: list[Line] = []
    for index, choice in enumerate(view.choices):
        sign, role = _sign(view, index)
        is_chosen = index in view.chosen
        text = wrap([Span(safe(choice), "strong" if is_chosen else "plain")], columns - _INDENT)
        first = line((sign, role), (f"{(index + 1) % 10}  ", "key"))
        rows.append((*first, *text[0]))
        rows += [(Span(" " * _INDENT), *row) for row in text[1:]]
        why = view.told.whys[index] if view.told and index < len(view.told.whys) else ""
        if why:
            indent = " " * _INDENT
            rows += [*wrap([Span(safe(why), "dim")], columns, indent, indent), ()]
    return rows


def _sign(view: QuizView, index: int) -> tuple[str, Role]:
    """Return the sign before an option: its place in an order, what was chosen, what is right."""
    chosen = index in view.chosen
    if view.kind == "order":
        place = view.chosen.index(index) + 1 if chosen else 0
        if view.told:
            place = view.told.right_choices.index(index) + 1
        return (f"{place}." if place else "  ", "good" if view.told else "changed")
    if view.told is None:
        return ("▸ " if chosen else "  ", "flight")
    if index in view.told.right_choices:
        return ("✓ ", "good")
    return ("✗ " if chosen else "  ", "warn")


def _typed(view: QuizView) -> list[Line]:
    if view.choices:
        return []
    unit = f" {safe(view.unit)}" if view.unit else ""
    typed = Span(safe(view.typed), "strong") if view.typed else Span("…", "dim")
    return [line(("Your answer  ", "dim"), typed, unit)]


def _verdict(view: QuizView, told: Told, columns: int) -> list[Line]:
    word: tuple[str, Role] = ("Right.", "good") if told.correct else ("Not right.", "warn")
    score = "" if told.score in ("right", "wrong") else f"  {told.score[:1].upper()}{told.score[1:]}."
    rows: list[Line] = [divider("The answer", columns), line(word, score)]
    if not view.choices and view.typed:
        rows.append(line(("You said  ", "dim"), safe(view.typed)))
    if not told.correct:
        rows += wrap([Span(safe(told.right), "strong")], columns, "It is  ", "       ")
    for note in told.notes:
        rows += wrap([Span(safe(note), "dim")], columns)
    return [*rows, (), *render(told.why, columns).lines, ()]


def verdict_row(rows: tuple[Line, ...], columns: int) -> int:
    """Return the row at which the answer begins; 0 when there is none.

    Args:
        rows: From `question_lines`.
        columns: The width they were made for.
    """
    start = divider("The answer", min(columns, WIDEST))
    return rows.index(start) if start in rows else 0


def summary_lines(summary: QuizSummary, columns: int) -> tuple[Line, ...]:
    """Return the end of a quiz."""
    columns = min(columns, WIDEST)
    rows: list[Line] = [line((f"{summary.right} of {summary.count} right", "strong")), ()]
    size = max((cells(safe(each.title)) for each in summary.by_concept), default=0)
    for each in summary.by_concept:
        title = safe(each.title)
        gap = " " * (size - cells(title) + 2)
        score = f"  {each.right} of {each.count}"
        rows.append(clip(line(title, gap, *bar(each.right / each.count), score), columns))
    rows += [(), line((back_tomorrow(summary), "plain"))]
    return tuple(rows)


def back_tomorrow(summary: QuizSummary) -> str:
    """Return when to come back: ``Back tomorrow: 3 reviews, 2 min.``."""
    if not summary.due_tomorrow:
        return "Nothing is due tomorrow."
    return f"Back tomorrow: {count(summary.due_tomorrow, 'review')}, {summary.minutes} min."
