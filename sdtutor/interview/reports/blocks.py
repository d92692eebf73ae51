"""A report as a document: the one order of its parts, for Markdown, HTML and the terminal."""

from collections.abc import Iterator
from dataclasses import dataclass

from sdtutor.drawing.spans import plain_text
from sdtutor.interview.reports.view import DimensionRow, EvidenceRow, ReportView

PICTURE = (76, 16)
"""Columns and rows of the drawing in a document."""


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading.

    Args:
        text: Of one line.
        depth: 1 for the title, 2 for a part, 3 for a dimension.
    """

    text: str
    depth: int = 2


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph.

    Args:
        text: Names of boxes stand between backticks.
        lead: What stands before it in bold; may be empty.
    """

    text: str
    lead: str = ""


@dataclass(frozen=True, slots=True)
class Item:
    """An item of a list.

    Args:
        text: Ours.
        mark: ``✓``, ``·``, ``✗``; empty for an ordinary item.
        quote: The candidate's own words, which nobody has checked; may be empty.
        after: What follows: numbers of points; may be empty.
        code: A command that stands before the text; may be empty.
    """

    text: str
    mark: str = ""
    quote: str = ""
    after: str = ""
    code: str = ""


@dataclass(frozen=True, slots=True)
class Items:
    """A list.

    Args:
        items: In order.
    """

    items: tuple[Item, ...]


@dataclass(frozen=True, slots=True)
class Grid:
    """A table.

    Args:
        header: One cell a column.
        rows: As many cells each.
    """

    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Verbatim:
    """Text that keeps its lines.

    Args:
        text: May hold what the candidate typed.
        language: ``text`` or ``mermaid``.
    """

    text: str
    language: str = "text"


Block = Heading | Paragraph | Items | Grid | Verbatim


def blocks(view: ReportView) -> tuple[Block, ...]:
    """Return the document: decision first, then the rubric, the evidence, the drawing, what comes next."""
    return (
        *_decision(view),
        *_rubric(view),
        *_advice(view),
        *_drawing(view),
        *_times(view),
        *(part for row in view.dimensions if row.evidence for part in _dimension(row)),
        Heading("How this was decided"),
        Paragraph(f"{view.rule} {view.own}"),
    )


def _decision(view: ReportView) -> Iterator[Block]:
    yield Heading(view.title, 1)
    yield Paragraph(f"{view.why} {view.fit}", f"{view.decision}, {view.percent}.")
    if view.stuffed:
        yield Paragraph(view.stuffed, "The words earned nothing.")
    if view.one_sentence:
        yield Paragraph(f"“{view.one_sentence}”", "The sentence that would have changed this most:")


def _rubric(view: ReportView) -> Iterator[Block]:
    yield Heading("The rubric")
    yield Grid(
        ("Dimension", "Level", "", "", "Weight", "Answers at"),
        tuple((row.title, row.bar, row.level, row.word, row.weight, row.fits) for row in view.dimensions),
    )
    if view.fallacies:
        yield Heading("What was wrong")
        yield Items(tuple(Item(each.why, "✗", each.quote, _numbers(each.points)) for each in view.fallacies))


def _advice(view: ReportView) -> Iterator[Block]:
    if view.strong_adds:
        yield Heading("What a strong answer adds")
        yield Items(tuple(map(Item, view.strong_adds)))
    yield Heading("What to do next")
    steps = (*view.study, view.next_mock)
    yield Items(tuple(Item(why, code=command) for command, why in steps))


def _drawing(view: ReportView) -> Iterator[Block]:
    if not view.drawing:
        return
    yield Heading("The drawing, measured")
    yield Verbatim(_picture(view))
    yield Verbatim(_mermaid(view.drawing), "mermaid")
    if view.single_points:
        boxes = ", ".join(f"`{name}`" for name in view.single_points)
        yield Paragraph(f"{boxes}.", "Single points of failure:")
    if view.weak_points:
        yield Items(tuple(map(Item, view.weak_points)))
    if view.capacity:
        yield Grid(("Under your numbers", ""), view.capacity)
        yield from _assumed()
    if view.follow_ups:
        yield Heading("What was asked about it")
        yield Items(tuple(map(Item, view.follow_ups)))


def _assumed() -> Iterator[Block]:
    from sdtutor.architecture.load.network import FIDELITY

    yield Paragraph("These figures come from a simulation, which assumes:")
    yield Items(tuple(map(Item, FIDELITY)))


def _times(view: ReportView) -> Iterator[Block]:
    yield Heading("Time")
    rows = tuple((row.title, row.planned, row.taken, row.note) for row in view.stages)
    yield Grid(("Stage", "Planned", "Taken", ""), rows)


def _dimension(row: DimensionRow) -> Iterator[Block]:
    yield Heading(f"{row.title}: {row.level}", 3)
    hints = f" {row.hints} helped here." if row.hints else ""
    yield Paragraph(f"{row.descriptor}{hints}")
    for kind, lead in (("measured", "Measured"), ("said", "Said")):
        rows = tuple(each for each in row.evidence if each.kind == kind)
        if rows:
            yield Paragraph("", lead)
            yield Items(tuple(map(_item, rows)))


def _item(row: EvidenceRow) -> Item:
    return Item(row.says, row.mark, row.quote if row.met or row.mark == "✗" else "", row.points)


def _numbers(points: tuple[int, ...]) -> str:
    return f"({', '.join(map(str, points))})" if points else ""


def _picture(view: ReportView) -> str:
    from sdtutor.architecture.board.picture import draw
    from sdtutor.architecture.language.reading import read_drawing

    marks = dict.fromkeys(view.single_points, "single")
    rows = draw(read_drawing(view.drawing), *PICTURE, marks=marks)
    return plain_text(rows).strip("\n")


def _mermaid(drawing: str) -> str:
    from sdtutor.architecture.language.mermaid import to_mermaid
    from sdtutor.architecture.language.reading import read_drawing

    return to_mermaid(read_drawing(drawing)).strip()
