"""The report below what a terminal shows, the claims that it asks about, and a strong answer beside it."""

from shutil import get_terminal_size
from typing import TYPE_CHECKING

from sdtutor.cli.surface import EndOfInput, Surface
from sdtutor.errors import UsageError

if TYPE_CHECKING:
    from sdtutor.cli.console import Console
    from sdtutor.interview.records import Report
    from sdtutor.interview.reports.blocks import Block, Item
    from sdtutor.interview.reports.view import EvidenceRow, ReportView
    from sdtutor.session.interview_comparison import ComparisonView, DesignView
    from sdtutor.session.interview_session import InterviewSession

_WIDEST = 76
_PICTURE_ROWS = 16
_MARKS = {"✓": "yes: ", "·": "no: ", "✗": "wrong: ", "": "- "}
"""What the marks of the report are in words."""

_YES, _NO, _WHOLE = ("", "y", "yes"), ("n", "no"), ("q", "quote")


def tell_report(report: "Report", console: "Console") -> None:
    """Write a report: in words on the plain surface, else in the styles of its parts."""
    from sdtutor.interview.reports.lines import lines
    from sdtutor.interview.reports.view import present

    view, surface = present(report), console.surface
    if console.way == "plain":
        _tell_in_words(view, surface)
    else:
        surface.say()
        surface.drawing(lines(view, _columns()))


def _tell_in_words(view: "ReportView", surface: Surface) -> None:
    from sdtutor.interview.reports.blocks import Heading, blocks

    below_heading = True
    for block in blocks(view):
        if not below_heading and not isinstance(block, Heading):
            surface.say()
        _tell_block(block, surface)
        below_heading = isinstance(block, Heading)


def _tell_block(block: "Block", surface: Surface) -> None:
    from sdtutor.drawing.spans import line
    from sdtutor.interview.reports.blocks import Grid, Heading, Items, Paragraph

    if isinstance(block, Heading):
        surface.heading(block.text)
    elif isinstance(block, Paragraph):
        surface.say(_bare(f"{block.lead} {block.text}"))
    elif isinstance(block, Items):
        for item in block.items:
            surface.say(f"  {_item(item)}")
    elif isinstance(block, Grid):
        surface.rows((block.header, *block.rows))
    elif block.language == "text":
        surface.drawing(line(row) for row in block.text.splitlines() if row.strip())


def _item(item: "Item") -> str:
    code = f"{item.code}: " if item.code else ""
    quote = f' "{" ".join(item.quote.split())}"' if item.quote else ""
    return f"{_MARKS[item.mark]}{code}{_bare(item.text)}{quote} {item.after}".rstrip()


def _bare(text: str) -> str:
    """Return our own text without the signs of code."""
    return text.replace("`", "").strip()


def draw_text(surface: Surface, drawing: str) -> None:
    """Draw a drawing that is given as text."""
    from sdtutor.architecture.board.picture import draw
    from sdtutor.architecture.language.reading import read_drawing

    rows = draw(read_drawing(drawing), _columns(), _PICTURE_ROWS)
    surface.drawing(row for row in rows if any(span.text.strip() for span in row))


def _columns() -> int:
    return max(20, min(_WIDEST, get_terminal_size().columns - 1))


def settle(session: "InterviewSession", console: "Console") -> None:
    """Tell the report of an interview that is over, then ask about its claims and whether to compare."""
    surface = console.surface
    tell_report(session.report(), console)
    try:
        if confirm(session, surface):
            surface.say()
            surface.say(f"Without what you took back: {session.report().why}")
        surface.say()
        if surface.ask("Lay a strong answer beside yours? (y, Enter no): ", _wants):
            tell_comparison(console.tutor.compare_interview(session.report()), surface)
    except EndOfInput:
        surface.say()
        surface.say("Nobody answered: your words count as they were taken.")


def confirm(session: "InterviewSession", surface: Surface) -> bool:
    """Ask whether words mean what they were taken for; return whether some of them do not."""
    from sdtutor.interview.reports.view import present

    report = session.report()
    rows = present(report).to_confirm
    if not rows:
        return False
    surface.heading("Do your words mean this? What you deny does not count.")
    whole = {each.number: each.text for each in report.quotes}
    denied = []
    for number, row in enumerate(rows, 1):
        surface.say(f"{number} of {len(rows)}: {row.says}")
        if not _means(surface, row, whole):
            denied.append(row.id)
    for claim in denied:
        session.dispute(claim)
    return bool(denied)


def _means(surface: Surface, row: "EvidenceRow", whole: dict[int, str]) -> bool:
    surface.say(f'    "{row.quote}" {row.points}'.rstrip())
    while True:
        answer = surface.ask("y, n, or quote for the whole point (Enter y): ", _known)
        if answer not in _WHOLE:
            return answer in _YES
        for number in (int(part) for part in row.points.strip("()").split(", ") if part):
            surface.say(f"    {number}. {whole[number]}")


def _known(text: str) -> str:
    answer = text.lower()
    if answer not in (*_YES, *_NO, *_WHOLE):
        raise UsageError(f'"{text[:40]}" is no answer.', "Type y, n or quote.")
    return answer


def _wants(text: str) -> bool:
    answer = text.lower()
    if answer not in (*_YES, *_NO, "/compare"):
        raise UsageError(f'"{text[:40]}" is no answer.', "Type y or n.")
    return answer in ("y", "yes", "/compare")


def tell_comparison(view: "ComparisonView", surface: Surface) -> None:
    """Write an answer and strong ones below it, and a sentence for each core point that was missed."""
    for design in (view.own, *view.designs):
        _tell_design(design, surface)
    if view.missed:
        surface.heading("What a strong candidate says where you did not")
    for point in view.missed:
        surface.say(f"{point.title}:")
        surface.say(f"    {point.model}")


def _tell_design(design: "DesignView", surface: Surface) -> None:
    surface.heading(design.title)
    if design.drawing:
        draw_text(surface, design.drawing)
        surface.say(f"Single points of failure: {', '.join(design.single_points) or 'none'}.")
        surface.say(f"Every way works {design.availability:.4%} of the time.")
    else:
        surface.say("Nothing was drawn.")
    surface.rows((f"  {line}", f"= {reading}") for line, reading in design.numbers)
    if design.trade_off:
        surface.say(design.trade_off)
