"""A lesson as one long page of rows: its aims, the guess, the sections, the sources."""

from dataclasses import dataclass, replace

from sdtutor.content.records import Guess
from sdtutor.drawing.prose import WIDEST, Anchor, Heading, Rendered, render
from sdtutor.drawing.spans import Line, Span, line, safe
from sdtutor.drawing.wrap import wrap
from sdtutor.session.views import LessonView


@dataclass(frozen=True, slots=True)
class LessonPage:
    """A lesson that is set.

    Args:
        lines: All rows.
        anchors: Places from which the lab opens.
        sections: The headings, in order.
    """

    lines: tuple[Line, ...]
    anchors: tuple[Anchor, ...]
    sections: tuple[Heading, ...]


def lesson_page(view: LessonView, columns: int) -> LessonPage:
    """Return a lesson as a page.

    Args:
        view: What to set.
        columns: Width of the running text; diagrams may take four more.
    """
    columns = min(columns, WIDEST)
    head = [*_head(view, columns), (), *guess_lines(view.guess, view.guessed, columns), ()]
    body = _body(view, columns)
    down = len(head)
    lines = (*head, *body.lines, (), *_sources(view, columns), *_end(view, columns))
    anchors = tuple(
        replace(anchor, line=anchor.line + down, first=anchor.first + down, last=anchor.last + down)
        for anchor in body.anchors
    )
    guess = Heading(head.index(_guess_rule(columns)), 2, "A guess first")
    sections = (replace(each, line=each.line + down) for each in body.headings if each.level == 2)
    return LessonPage(lines, anchors, (guess, *sections))


def _head(view: LessonView, columns: int) -> list[Line]:
    rows = [*wrap([Span(safe(view.summary), "strong")], columns), ()]
    if view.requires:
        names = ", ".join(f"{safe(each.title)}{' ✓' if each.done else ''}" for each in view.requires)
        rows += [*wrap([Span("Builds on ", "dim"), Span(names)], columns), ()]
    rows.append(line(("After it you can", "dim")))
    for goal in view.goals:
        rows += wrap([Span(safe(goal))], columns, "  · ", "    ")
    return rows


def _guess_rule(columns: int) -> Line:
    title = "A guess first "
    return line(("─ ", "rule"), (title, "title"), ("─" * (columns - len(title) - 2), "rule"))


def guess_lines(guess: Guess, chosen: int | None, columns: int) -> list[Line]:
    """Return the guess: its choices, and once one is taken, what came of it."""
    rows: list[Line] = [_guess_rule(columns), (), *render(guess.prompt, columns).lines, ()]
    for index in range(len(guess.choices)):
        rows += _choice(guess, index, chosen, columns)
    if chosen is None:
        keys = " ".join(str(index + 1) for index in range(len(guess.choices)))
        rows += [
            (),
            line(("Commit to one: ", "dim"), (keys, "key"), (". It costs nothing to be wrong.", "dim")),
        ]
    else:
        word = Span("Right. ", "good") if chosen == guess.answer else Span("Not so. ", "warn")
        rows += [(), *wrap([word, Span(safe(guess.why))], columns)]
    return rows


def _choice(guess: Guess, index: int, chosen: int | None, columns: int) -> list[Line]:
    """Return a choice; once one is taken, the right one and the learner's are marked by sign and word."""
    sign, note = "  ", ""
    if chosen is not None and index == guess.answer:
        sign = "✓ "
    elif index == chosen:
        sign, note = "✗ ", " (your guess)"
    first = line((sign, "good" if sign == "✓ " else "warn"), (f"{index + 1}  ", "key"))
    rows = wrap([Span(safe(guess.choices[index])), Span(note, "dim")], columns - 5)
    return [(*(first if number == 0 else line(" " * 5)), *row) for number, row in enumerate(rows)]


def _body(view: LessonView, columns: int) -> Rendered:
    return render("\n\n".join(f"## {each.title}\n\n{each.markdown}" for each in view.sections), columns)


def _sources(view: LessonView, columns: int) -> list[Line]:
    if not view.sources:
        return []
    title = "Sources "
    rows = [line(("─ ", "rule"), (title, "title"), ("─" * (columns - len(title) - 2), "rule"))]
    for source in view.sources:
        where = f", {source.where}" if source.where else ""
        url = f". {source.url}" if source.url else ""
        text = f'{source.authors} {source.year}. "{source.title}"{where}{url}'
        spans = [Span(f"[{safe(source.id)}] ", "dim"), Span(safe(text))]
        rows += wrap(spans, columns, "", "  ")
    return rows


def _end(view: LessonView, columns: int) -> list[Line]:
    rows: list[Line] = [(), line(("─" * columns, "rule"))]
    if view.has_quiz:
        rows.append(line(("c", "key"), "  the questions on this lesson"))
    if view.has_lab:
        rows.append(line(("Enter", "key"), "  its lab"))
    if view.next:
        rows.append(line(("q", "key"), f"  back; next is {safe(view.next_title)}"))
    return rows


def contents_lines(
    page: LessonPage, current: int, columns: int, cursor: int | None = None
) -> tuple[Line, ...]:
    """Return the sections, the one being read marked.

    Args:
        page: The lesson.
        current: Index of the section being read.
        columns: Width.
        cursor: Index of the section to which Enter goes; None where there is no cursor.
    """
    rows = [line((" Contents", "title")), ()]
    for index, section in enumerate(page.sections):
        marked = current if cursor is None else cursor
        title = wrap([Span(section.title, "strong" if index == current else "plain")], columns - 4)
        rows.append(line(" ", ("▸ " if index == marked else "  ", "flight"), *title[0]))
        rows += [line("   ", *row) for row in title[1:]]
    return tuple(rows)


def minutes_left(view: LessonView, share: float) -> str:
    """Return how long the rest takes: ``4 min left``.

    Args:
        view: The lesson.
        share: How much was read, 0 to 1.
    """
    left = -int(-view.minutes * (1 - share) // 1)
    return f"{left} min left" if left else "the end"
