"""A consistent-hash ring, cut at 0 and laid flat: whose piece is where, and how large each share is.

A key belongs to the first point at or after it, around the ring: Karger and others, "Consistent Hashing
and Random Trees" (1997), section 4.
"""

import string
from bisect import bisect_left
from collections.abc import Sequence

from sdtutor.drawing.charts import Bar, bar_chart
from sdtutor.drawing.spans import Line, Role, Span, clip, line, safe
from sdtutor.drawing.wrap import merged

_LETTERS = string.ascii_uppercase + string.ascii_lowercase + string.digits
_ROLES: tuple[Role, ...] = ("key", "changed", "flight", "keyword", "string", "link")
_LEAST_RULER = 24

Point = tuple[float, str]
"""A point on the ring: position from 0 up to 1, and its owner."""


def shares(points: Sequence[Point]) -> dict[str, float]:
    """Return the part of the ring that each owner holds, in the order of their first points.

    Args:
        points: In any order; the positions are at least 0 and below 1.
    """
    ordered = sorted(points)
    held: dict[str, float] = {}
    for index, (position, owner) in enumerate(ordered):
        before = ordered[index - 1][0]
        # The first point also holds the piece behind the last one.
        piece = position - before if index else position - before + 1
        held[owner] = held.get(owner, 0.0) + piece
    return held


def owner_at(points: Sequence[Point], position: float) -> str:
    """Return the owner of a place on the ring.

    Args:
        points: At least one, sorted.
        position: From 0 up to 1.
    """
    index = bisect_left(points, position, key=lambda point: point[0])
    return points[index % len(points)][1]


def ring(points: Sequence[Point], columns: int, names: Sequence[str] = ()) -> tuple[Line, ...]:
    """Return the ring: a ruler, a bar of letters, and one row an owner with its share.

    Args:
        points: In any order.
        columns: Greatest width, at least 1.
        names: Owners in the order of their letters, so that a letter stays when others leave;
            owners that it does not name follow.
    """
    ordered = sorted(points)
    owners = list(dict.fromkeys((*names, *sorted({owner for _, owner in points}))))
    if not ordered:
        return (line(("The ring is empty.", "dim")),)
    signs = {
        owner: Span(_LETTERS[index % len(_LETTERS)], _ROLES[index % len(_ROLES)])
        for index, owner in enumerate(owners)
    }
    middles = ((index + 0.5) / columns for index in range(columns))
    bar = merged(signs[owner_at(ordered, middle)] for middle in middles)
    held = shares(ordered)
    counts = {owner: sum(1 for _, other in ordered if other == owner) for owner in owners}
    bars = [
        Bar(f"  {safe(owner)}", round(held.get(owner, 0.0) * 100, 1), _points(counts[owner]))
        for owner in owners
    ]
    rows = bar_chart(bars, max(1, columns - 1), "%")
    legend = (clip((signs[owner], *row), columns) for owner, row in zip(owners, rows, strict=True))
    return (*_ruler(columns), bar, (), *legend)


def _points(count: int) -> str:
    return f"{count:,} point" if count == 1 else f"{count:,} points"


def _ruler(columns: int) -> tuple[Line, ...]:
    """Return the row of positions above the bar; none when it is too short for them."""
    if columns < _LEAST_RULER:
        return ()
    row = [" "] * columns
    for quarter, text in enumerate(("0", "1/4", "1/2", "3/4", "1")):
        end = columns * quarter // 4
        start = 0 if quarter == 0 else columns - 1 if quarter == 4 else end - 1
        row[start : start + len(text)] = text
    return (line(("".join(row)[:columns], "dim")),)
