"""Lines that share their way: a fan of arrows as one bus, so that a picture has few strokes.

Only lines whose every source leads to every target share one, so no arrow can be read that is not there.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from sdtutor.architecture.board.layering import Edge, Heads


@dataclass(frozen=True, slots=True)
class Bundle:
    """Lines drawn as one: each of its starts leads to each of its ends.

    Args:
        starts: Names of the boxes in earlier layers.
        ends: Names of the boxes in later layers, with what goes over the lines to each.
        waits: Whether the callers wait.
        heads: Which side is called.
    """

    starts: tuple[str, ...]
    ends: tuple[tuple[str, str], ...]
    waits: bool
    heads: Heads


def bundles(lines: Sequence[Edge]) -> tuple[Bundle, ...]:
    """Return the fewest fans of arrows that say the same as these lines, each line in one of them."""
    fans: dict[tuple[str, bool, Heads], list[tuple[str, str]]] = {}
    for edge in lines:
        fans.setdefault((edge.start, edge.waits, edge.heads), []).append((edge.end, edge.label))
    alike: dict[tuple[tuple[tuple[str, str], ...], bool, Heads], list[str]] = {}
    for (start, waits, heads), ends in fans.items():
        alike.setdefault((tuple(sorted(ends)), waits, heads), []).append(start)
    return tuple(Bundle(tuple(starts), *rest) for rest, starts in alike.items())
