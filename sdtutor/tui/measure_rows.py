"""Measures, sweeps and comparisons as rows of a screen."""

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from sdtutor.drawing.charts import Bar, chart, number
from sdtutor.drawing.spans import Line, line, safe
from sdtutor.drawing.tables import Align, table
from sdtutor.drawing.wrap import wrap
from sdtutor.session.measure_views import Table

if TYPE_CHECKING:
    from sdtutor.session.lab_views import MeasureView
    from sdtutor.session.measure_views import Shown

_WIDEST = 96
_NUMERIC = "0123456789-"


def measure_lines(measures: "Iterable[MeasureView]", columns: int) -> tuple[Line, ...]:
    """Return measures as rows: a number in one, a series as a chart."""
    rows: list[Line] = []
    for measure in measures:
        name = measure.name.replace("_", " ")
        figure = "" if measure.value is None else f"   {number(measure.value)} {measure.unit}"
        rows.append(line(" ", (name, "title"), (figure, "strong"), (f"   {measure.help}", "dim")))
        bars = [Bar(label, value) for label, value in measure.series]
        rows += [line("   ", *row) for row in chart(bars, min(columns - 4, _WIDEST), measure.unit)]
    return tuple(rows)


def shown_lines(shown: "Iterable[Shown]", columns: int) -> tuple[Line, ...]:
    """Return tables and charts, each under its title, an empty row between them."""
    rows: list[Line] = []
    for each in shown:
        rows += [(), line(" ", (safe(each.title), "title"))]
        drawn = (
            _table_lines(each, columns - 4)
            if isinstance(each, Table)
            else chart([Bar(*bar) for bar in each.bars], min(columns - 4, _WIDEST), each.unit)
        )
        rows += [line("   ", *row) for row in drawn]
    return tuple(rows[1:])


def _table_lines(shown: Table, columns: int) -> tuple[Line, ...]:
    """Return a table; numbers stand at the right of their columns, but for those that name a row."""
    cells = [[_cell(text) for text in map(safe, row)] for row in shown.rows]
    numeric = [all(row[index][:1] in _NUMERIC for row in shown.rows) for index in range(len(shown.head))]
    aligns: list[Align] = ["right" if index and right else "left" for index, right in enumerate(numeric)]
    return table([safe(text) for text in shown.head], cells, columns, aligns)


def _cell(text: str) -> Line:
    if text.startswith("BROKEN"):
        return line((text, "bad"))
    return line((text, "changed")) if text == "differs" else line(text)


def sentence_lines(said: Sequence[str], columns: int) -> tuple[Line, ...]:
    """Return sentences as rows, each from the left edge on."""
    return tuple(row for each in said for row in wrap(line(safe(each)), columns - 1, " ", " "))
