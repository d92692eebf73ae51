"""Bar charts, histograms and series, with their numbers written beside them."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from sdtutor.drawing.spans import Line, cells, clip, clip_text, line, safe

_EIGHTHS = " ▏▎▍▌▋▊▉█"
_LEVELS = "▁▂▃▄▅▆▇█"
_LEAST_BAR = 4


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


def bar_chart(bars: Sequence[Bar], columns: int, unit: str = "") -> tuple[Line, ...]:
    """Return one row a bar: label, bar, number with unit, note.

    Args:
        bars: From top to bottom.
        columns: Greatest width.
        unit: What the numbers count.
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
    most = max((bar.value for bar in bars if math.isfinite(bar.value)), default=0)
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


def histogram(values: Sequence[float], columns: int, bins: int = 10, unit: str = "") -> tuple[Line, ...]:
    """Return how values are spread: one row a bin, with its bounds, how many it holds and their share.

    Args:
        values: At least one finite number; others are left out.
        columns: Greatest width.
        bins: How many rows at most; fewer when there are fewer different values.
        unit: Unit of the values.
    """
    numbers = [value for value in values if math.isfinite(value)]
    if not numbers:
        return ()
    low, high = min(numbers), max(numbers)
    count = max(1, min(bins, len(set(numbers))))
    step = (high - low) / count or 1.0
    held = [0] * count
    for value in numbers:
        held[min(count - 1, int((value - low) / step))] += 1
    edges = [number(low + step * index) for index in range(count + 1)]
    size = max(map(cells, edges))
    bars = [
        Bar(
            f"{edges[index]:>{size}} – {edges[index + 1]:>{size}} {unit}".rstrip(),
            hits,
            f"{hits / len(numbers):>4.0%}",
        )
        for index, hits in enumerate(held)
    ]
    return bar_chart(bars, columns)


def sparkline(values: Sequence[float], columns: int) -> Line:
    """Return a series as one row of levels with its smallest, largest and last number.

    Args:
        values: In order; averaged in groups when there are more than columns for them.
        columns: Greatest width.
    """
    numbers = [value for value in values if math.isfinite(value)]
    if not numbers:
        return ()
    low, high = min(numbers), max(numbers)
    text = f"  {number(low)} to {number(high)}, last {number(numbers[-1])}"
    shown = _grouped(numbers, max(1, columns - cells(text)))
    levels = "".join(_LEVELS[_level(value, low, high, len(_LEVELS))] for value in shown)
    return clip(line((levels, "key"), (text, "dim")), columns)


def _grouped(values: Sequence[float], most: int) -> list[float]:
    if len(values) <= most:
        return list(values)
    bounds = [len(values) * index // most for index in range(most + 1)]
    return [math.fsum(values[start:end]) / (end - start) for start, end in pairwise(bounds)]


def _level(value: float, low: float, high: float, levels: int) -> int:
    return 0 if high <= low else min(levels - 1, int((value - low) / (high - low) * levels))


def series(values: Sequence[float], columns: int, rows: int = 6, unit: str = "") -> tuple[Line, ...]:
    """Return a series as columns of blocks over a baseline, with the bounds of its axis at the left.

    Args:
        values: In order; averaged in groups when there are more than columns for them.
        columns: Greatest width.
        rows: Height without the baseline, at least 1.
        unit: Unit of the values.
    """
    numbers = [value for value in values if math.isfinite(value)]
    if not numbers:
        return ()
    low, high = min(0.0, *numbers), max(0.0, *numbers)
    top, bottom = (f"{number(bound)} {unit}".rstrip() for bound in (high, low))
    size = max(cells(top), cells(bottom))
    shown = _grouped(numbers, max(1, columns - size - 2))
    heights = [_level(value, low, high, rows * 8 + 1) for value in shown]
    drawn = []
    for row in range(rows - 1, -1, -1):
        name = top if row == rows - 1 else ""
        blocks = "".join(_EIGHTHS_UP[max(0, min(8, height - row * 8))] for height in heights)
        drawn.append(line((f"{name:>{size}}", "dim"), (" ┤" if name else " │", "rule"), (blocks, "key")))
    baseline = line((f"{bottom:>{size}}", "dim"), (" └" + "─" * len(shown), "rule"))
    return tuple(clip(row, columns) for row in (*drawn, baseline))


_EIGHTHS_UP = " " + _LEVELS
