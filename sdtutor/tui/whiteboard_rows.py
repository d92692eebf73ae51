"""The whiteboard's panes as rows of spans: the text that is typed, and what it comes to."""

from collections.abc import Sequence

from sdtutor.drawing.spans import Line, Role, Span, clip, fit, line, safe
from sdtutor.drawing.wrap import wrap
from sdtutor.session.interview_views import DrawingView
from sdtutor.tui.draft import Draft
from sdtutor.tui.lab_panes import rule

GUTTER = 5
"""Columns before the text: a sign where a line cannot be read, and its number."""

_LANGUAGE = (
    ("client -> lb -> app*3 -> cache", "a chain; three instances of app"),
    ("a, b -> c, d", "each of these calls each of those"),
    ("app ~> queue -> worker*2", "~> does not wait for an answer"),
    ("app --> db : writes", "a label; Mermaid is read too"),
    ("table links: code key; index url", "a table, its key, its indexes"),
    ("app(rps=500, ms=20)", "settings stand in round brackets:"),
    ("  replicas=2 async failover=30s", "copies beside the primary; async or sync"),
    ("  shards=4 zones=3", "parts of the data; places that fail apart"),
    ("  rps=12k", "what one instance answers a second"),
    ("  ms=5 servers=8", "time of a request; how many at once"),
    ("  hit=90% ttl=60s", "of a cache: what it answers, and keeps"),
    ("  timeout=1s retries=2", "when a caller gives up or tries again"),
    ("  queue=1000", "waiting places"),
    ("  kind=cache", "what it is, if its name does not say it"),
    ("  managed availability=99.9%", "others run it; how often it works"),
    ("# a note", "is not drawn"),
)
_CODE_COLUMNS = max(len(code) for code, _ in _LANGUAGE) + 3


def text_lines(draft: Draft, wrong: Sequence[int], columns: int, rows: int) -> tuple[Line, ...]:
    """Return the text with its line numbers.

    Args:
        draft: What is typed.
        wrong: Numbers of the lines that cannot be read.
        columns: Width.
        rows: Height.
    """
    shown = draft.shown(columns - GUTTER, rows)
    result: list[Line] = []
    for each in shown:
        sign = "!" if each.number in wrong else " "
        number = f"{each.number:>3} " if each.number else "    "
        role: Role = "warn" if sign == "!" else "dim"
        result.append(line((sign + number, role), *each.row))
    return (*result, *[()] * (rows - len(result)))


def remark_lines(view: DrawingView, columns: int, rows: int, *, judged: bool) -> tuple[Line, ...]:
    """Return what the drawing comes to: lines that cannot be read first, then the ways, then what rules say.

    Args:
        view: The drawing.
        columns: Width.
        rows: The most rows.
        judged: Whether the rules may speak; before, they would do the candidate's work.
    """
    result: list[Line] = []
    for each in view.mistakes:
        said = line((f"line {each.line}  ", "warn"), safe(f"{each.message} {each.hint}".strip()))
        result += wrap(said, columns - 1, " ", "   ")
    size = max((len(path.flow) for path in view.paths), default=0)
    for path in view.paths:
        role: Role = "plain" if path.boxes else "dim"
        says = " > ".join(path.boxes) if path.boxes else path.missing
        name = Span(f" {path.flow:<{size}}  ", "strong" if path.boxes else "dim")
        rows_of = wrap([Span(safe(says.replace("`", "")), role)], columns - size - 4)
        result += [(name if not at else Span(" " * (size + 3)), *row) for at, row in enumerate(rows_of)]
    if judged:
        for finding in view.findings:
            message = finding.message.replace("`", "")
            result += wrap(line(("· ", "dim"), (safe(message), "dim")), columns - 1, " ", "   ")
    if len(result) > rows:
        result = [*result[: rows - 1], line((f" and {len(result) - rows + 1} rows more", "dim"))]
    return tuple(result)


def language_lines(columns: int) -> tuple[Line, ...]:
    """Return what can be written on the whiteboard."""
    return tuple(
        clip(line(" ", (code.ljust(_CODE_COLUMNS), "code"), (says, "dim")), columns)
        for code, says in _LANGUAGE
    )


def halves(
    left: Sequence[Line], right: Sequence[Line], sizes: tuple[int, int], title: str
) -> tuple[Line, ...]:
    """Return two panes side by side below their rule.

    Args:
        left: Rows of the left one.
        right: As many of the right one.
        sizes: Their widths; a column stands between them.
        title: Of the right one.
    """
    one, other = sizes
    above = (*rule("text", one), Span("┬", "rule"), *rule(title, other))
    rows = zip(left, right, strict=True)
    return (above, *((*fit(a, one), Span("│", "rule"), *fit(b, other)) for a, b in rows))
