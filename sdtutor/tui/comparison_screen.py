"""An answer beside a strong one: two columns where there is room, else one below the other."""

from collections.abc import Sequence
from functools import lru_cache
from typing import TYPE_CHECKING

from sdtutor.architecture.board.picture import draw
from sdtutor.architecture.language.reading import read_drawing
from sdtutor.drawing.spans import Line, Span, fit, line, plain, safe
from sdtutor.drawing.wrap import wrap
from sdtutor.tui.interview_panes import BOARD_FROM
from sdtutor.tui.lab_panes import rule
from sdtutor.tui.reading_screen import ReadingScreen

if TYPE_CHECKING:
    from sdtutor.session.interview_comparison import ComparisonView, DesignView

_PICTURE_ROWS = {True: 24, False: 16}
"""Of a picture: beside another one, and alone. Editorial."""
_WIDEST = 100


class ComparisonScreen(ReadingScreen):
    """An answer beside a strong one.

    Args:
        title: What it is about.
        view: Both.
    """

    KEYS = "comparison"

    def __init__(self, title: str, view: "ComparisonView") -> None:
        super().__init__()
        self._title, self._view = title, view

    def heading(self) -> tuple[str, str, str]:
        """Return what it is about."""
        return self._title, "", "beside a strong answer"

    def lines(self, columns: int) -> Sequence[Line]:
        """Return the designs, then what a strong candidate says where this one did not."""
        return comparison_lines(self._view, columns)


@lru_cache(maxsize=8)
def comparison_lines(view: "ComparisonView", columns: int) -> tuple[Line, ...]:
    """Return an answer beside strong ones.

    Args:
        view: Both.
        columns: Width; from 110 on each strong design stands at the right of one's own.
    """
    result: list[Line] = []
    if columns >= BOARD_FROM:
        half = (columns - 1) // 2
        for design in view.designs:
            result += [*([()] if result else []), *_pair(view.own, design, half, columns)]
    else:
        for design in (view.own, *view.designs):
            result += [*([()] if result else []), rule(design.title, columns)]
            result += _design(design, columns - 1, beside=False)
    return (*result, *_missed(view, columns))


def _pair(own: "DesignView", other: "DesignView", half: int, columns: int) -> list[Line]:
    left, right = (
        _design(each, size, beside=True) for each, size in ((own, half), (other, columns - half - 1))
    )
    rows = max(len(left), len(right))
    left, right = (*left, *[()] * (rows - len(left))), (*right, *[()] * (rows - len(right)))
    head = (*rule(own.title, half), Span("┬", "rule"), *rule(other.title, columns - half - 1))
    return [head, *((*fit(a, half), Span("│", "rule"), *b) for a, b in zip(left, right, strict=True))]


def _design(design: "DesignView", columns: int, *, beside: bool) -> tuple[Line, ...]:
    """Return picture, figures and trade-off of a design."""
    room = min(columns - 1, _WIDEST)
    if not design.drawing:
        return (line((" Nothing was drawn.", "dim")),)
    marks = dict.fromkeys(design.single_points, "single")
    picture = list(draw(read_drawing(design.drawing), columns - 2, _PICTURE_ROWS[beside], marks=marks))
    while picture and not plain(picture[-1]):
        picture.pop()
    single = ", ".join(design.single_points) or "none"
    figures = f"Single points of failure: {single}. Every way works {design.availability:.4%} of the time."
    rows: list[Line] = [
        *((Span(" "), *row) for row in picture),
        (),
        *wrap([Span(safe(figures))], room, " ", " "),
    ]
    for text, reading in design.numbers:
        rows += wrap(line((safe(text), "code"), (f" = {safe(reading)}", "dim")), room, " ", "   ")
    if design.trade_off:
        rows += [(), *wrap([Span(safe(design.trade_off))], room, " ", " ")]
    return tuple(rows)


def _missed(view: "ComparisonView", columns: int) -> tuple[Line, ...]:
    if not view.missed:
        return ()
    rows: list[Line] = [(), rule("what a strong candidate says where you did not", columns)]
    for point in view.missed:
        rows += wrap([Span(safe(point.title), "strong")], min(columns - 1, _WIDEST), " ", " ")
        rows += wrap([Span(safe(point.model))], min(columns - 1, _WIDEST), "   ", "   ")
    return tuple(rows)
