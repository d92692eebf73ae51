"""Bar charts and series, with their numbers written beside them."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from sdtutor.drawing.spans import Line, cells, clip, clip_text, line, safe

_EIGHTHS = " ▏▎▍▌▋▊▉█"
_EIGHTHS_UP = " ▁▂▃▄▅▆▇█"
_LEAST_BAR = 4
_MOST_BARS = 12
"""Bars beyond which the eye follows a line better than it compares rows."""


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar.

    Args:
        label: What it is.
        value: How long; at least 0 to be seen.
        note: What stands behind the number: ``3 of 7``.
    """

    label: str
    value: float
    note: str = ""


def number(value: float) -> str:
    """Return a number as people read it: three significant digits, thousands separated.

    >>> number(10000), number(0.12345), number(3.0), number(1234.5)
    ('10,000', '0.123', '3', '1,234')
    """
    if not math.isfinite(value):
        return str(value)
    if abs(value) >= 1000 or value == int(value):
        return f"{value:,.0f}"
    return f"{value:.3g}"


def bar_chart(bars: Sequence[Bar], columns: int, unit: str = "", whole: float = 0.0) -> tuple[Line, ...]:
    """Return one row a bar: label, bar, number with unit, note.

    Args:
        bars: From top to bottom.
        columns: Greatest width.
        unit: What the numbers count.
        whole: The number whose bar fills the room, if none is larger: 100 for shares in percent.
    """
    if not bars:
        return ()
    figures = _aligned([bar.value for bar in bars])
    size = max(map(cells, figures))
    tails = [
        "  ".join(filter(None, (f"{figure:>{size}} {unit}".rstrip(), safe(bar.note))))
        for figure, bar in zip(figures, bars, strict=True)
    ]
    tail = max(map(cells, tails))
    label = min(max(cells(safe(bar.label)) for bar in bars), max(1, columns - tail - _LEAST_BAR - 4))
    room = max(0, columns - label - tail - 4)
    most = max(whole, *(bar.value for bar in bars if math.isfinite(bar.value)), 0.0)
    rows = []
    for bar, text in zip(bars, tails, strict=True):
        name = clip_text(safe(bar.label), label)
        drawn = _bar(bar.value / most if most > 0 else 0, room)
        pad = " " * (room - cells(drawn))
        rows.append(
            clip(line(name, " " * (label - cells(name)), "  ", (drawn, "key"), pad, "  ", text), columns)
        )
    return tuple(rows)


def _aligned(values: Sequence[float]) -> list[str]:
    """Return numbers with as many decimals as the one that has most, up to two; none from 1,000 on."""
    texts = [number(value) for value in values]
    if any(abs(value) >= 1000 or not math.isfinite(value) or "e" in number(value) for value in values):
        return texts
    decimals = min(2, max(len(text.partition(".")[2]) for text in texts))
    return [f"{value:.{decimals}f}" for value in values]


def _bar(share: float, columns: int) -> str:
    """Return a bar of that share of the width, exact to an eighth of a column; what is not 0 is seen."""
    if not math.isfinite(share):
        return ""
    eighths = round(max(0.0, min(1.0, share)) * columns * 8)
    if share > 0 and columns:
        eighths = max(1, eighths)
    full, part = divmod(eighths, 8)
    return "█" * full + (_EIGHTHS[part] if part else "")


def chart(bars: Sequence[Bar], columns: int, unit: str = "") -> tuple[Line, ...]:
    """Return bars as rows, or as a series when there are many without notes.

    Args:
        bars: In order.
        columns: Greatest width.
        unit: What the numbers count.
    """
    if len(bars) <= _MOST_BARS or any(bar.note for bar in bars):
        return bar_chart(bars, columns, unit)
    return series(bars, columns, unit=unit)


def series(bars: Sequence[Bar], columns: int, rows: int = 6, unit: str = "") -> tuple[Line, ...]:
    """Return numbers as columns of blocks over a baseline, with the bounds of both axes.

    Args:
        bars: In order; averaged in groups when there are more than columns for them. What is not finite is
            left out.
        columns: Greatest width.
        rows: Height without baseline and labels, at least 1.
        unit: What the numbers count.
    """
    drawable = [bar for bar in bars if math.isfinite(bar.value)]
    if not drawable:
        return ()
    values = [bar.value for bar in drawable]
    low, high = min(0.0, *values), max(0.0, *values)
    top, bottom = (f"{number(bound)} {unit}".rstrip() for bound in (high, low))
    size = max(cells(top), cells(bottom))
    shown = _grouped(values, max(1, columns - size - 2))
    wide = max(1, min(3, (columns - size - 2) // len(shown)))
    heights = [_level(value, low, high, rows * 8) for value in shown for _ in range(wide)]
    drawn = []
    for row in range(rows - 1, -1, -1):
        name = top if row == rows - 1 else ""
        blocks = "".join(_EIGHTHS_UP[max(0, min(8, height - row * 8))] for height in heights)
        drawn.append(line((f"{name:>{size}}", "dim"), (" ┤" if name else " │", "rule"), (blocks, "key")))
    first, last = safe(drawable[0].label), safe(drawable[-1].label)
    gap = " " * max(1, len(heights) - cells(first) - cells(last))
    baseline = line((f"{bottom:>{size}}", "dim"), (" └" + "─" * len(heights), "rule"))
    ends = line(" " * (size + 2), (f"{first}{gap}{last}", "dim"))
    return tuple(clip(row, columns) for row in (*drawn, baseline, ends))


def _grouped(values: Sequence[float], most: int) -> list[float]:
    """Return at most so many numbers: all, or the means of neighbours."""
    if len(values) <= most:
        return list(values)
    bounds = [len(values) * index // most for index in range(most + 1)]
    return [math.fsum(values[start:end]) / (end - start) for start, end in pairwise(bounds)]


def _level(value: float, low: float, high: float, levels: int) -> int:
    """Return how many of the levels a value reaches; what is above the lowest is seen."""
    if high <= low:
        return 0
    reached = round((value - low) / (high - low) * levels)
    return max(1, reached) if value > low else 0
