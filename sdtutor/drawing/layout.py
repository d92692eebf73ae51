"""Where the boxes of a system picture stand: grid cells to rectangles."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

WIDEST_GAP = 22
TALLEST_GAP = 7
NARROWEST_BOX = 8


@dataclass(frozen=True, slots=True)
class Rect:
    """A rectangle of character cells; x and y are its top left cell."""

    x: int
    y: int
    width: int
    height: int

    @property
    def right(self) -> int:
        """The first column to the right of it."""
        return self.x + self.width

    @property
    def bottom(self) -> int:
        """The first row below it."""
        return self.y + self.height


@dataclass(frozen=True, slots=True)
class Need:
    """What one box asks for.

    Args:
        cell: Its row and column in the grid.
        width: Columns it would like, borders included.
        least_width: Columns that its label needs.
        height: Rows it takes, borders included.
    """

    cell: tuple[int, int]
    width: int
    least_width: int
    height: int


def place(needs: Mapping[str, Need], columns: int, rows: int, gap: int = 1) -> dict[str, Rect] | None:
    """Return a rectangle for every box, or None when they do not fit.

    Boxes of one grid column share a width, boxes of one grid row a height, so that the picture
    does not jump when one of them changes.

    Args:
        needs: What each box asks for, by name.
        columns: Width of the picture.
        rows: Height of the picture.
        gap: The fewest rows between two grid rows.
    """
    widths = _widths(tuple(needs.values()), columns)
    heights = _largest((need.cell[0], need.height) for need in needs.values())
    if widths is None or sum(heights.values()) + gap * (len(heights) - 1) > rows:
        return None
    xs = _spread(widths, columns, WIDEST_GAP, 2 if columns >= 40 else 0)
    ys = _spread(heights, rows, TALLEST_GAP, 1 if rows >= 18 else 0)
    return {
        name: Rect(xs[need.cell[1]], ys[need.cell[0]], widths[need.cell[1]], heights[need.cell[0]])
        for name, need in needs.items()
    }


def _largest(sizes: Iterable[tuple[int, int]]) -> dict[int, int]:
    """Return the largest size of each grid index, in the order of the indexes."""
    found: dict[int, int] = {}
    for index, size in sizes:
        found[index] = max(size, found.get(index, 0))
    return dict(sorted(found.items()))


def _widths(needs: Sequence[Need], columns: int) -> dict[int, int] | None:
    widths = _largest((need.cell[1], need.width) for need in needs)
    least = min(22, columns * 6 // (10 * len(widths)))
    widths = {index: max(size, least) for index, size in widths.items()}
    gap = _least_gap(len(widths), columns)
    room = columns - gap * (len(widths) - 1)
    labels = _largest((need.cell[1], max(need.least_width, NARROWEST_BOX)) for need in needs)
    # State is clipped before labels are.
    for floors in (labels, dict.fromkeys(widths, NARROWEST_BOX)):
        while sum(widths.values()) > room:
            wide = [index for index, size in widths.items() if size > floors[index]]
            if not wide:
                break
            widths[max(wide, key=lambda index: widths[index])] -= 1
    return widths if sum(widths.values()) <= room else None


def _least_gap(count: int, columns: int) -> int:
    """Return the fewest columns between boxes: room for a short label where only one gap takes it."""
    if count <= 2:
        return 7
    return 3 if columns < 40 else 4


def _spread(sizes: Mapping[int, int], room: int, widest: int, margin: int) -> dict[int, int]:
    """Return where each of these begins: even gaps between them, what is left over around them."""
    spare = room - sum(sizes.values())
    gaps = len(sizes) - 1
    gap = min(widest, max(0, spare - 2 * margin) // gaps) if gaps else 0
    position = (spare - gap * gaps) // 2
    places = {}
    for index, size in sizes.items():
        places[index] = position
        position += size + gap
    return places
