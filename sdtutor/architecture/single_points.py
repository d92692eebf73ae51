"""Boxes whose loss stops something that works now."""

from collections.abc import Sequence

from sdtutor.architecture.kinds import is_many
from sdtutor.architecture.records import Box, Drawing
from sdtutor.architecture.ways import find_path, works
from sdtutor.core.systems import Flow


def single_points(drawing: Drawing, flows: Sequence[Flow]) -> tuple[str, ...]:
    """Return the boxes of one copy whose loss stops a flow that works, in the order of the drawing.

    Articulation points of the graph would miss its ends, such as a lone database; so each box is taken
    away and the ways are searched again. Only boxes of the shortest way can stop a flow: without any other
    one that way is still there. Users are never one.

    Args:
        drawing: What to examine.
        flows: What users do.
    """
    found: set[str] = set()
    for flow in flows:
        on_way = (drawing.boxes[name] for name in find_path(drawing, flow))
        found.update(
            box.name for box in on_way if is_alone(box) and not works(drawing, flow, frozenset({box.name}))
        )
    return tuple(name for name in drawing.boxes if name in found)


def is_alone(box: Box) -> bool:
    """Return whether a box is one copy of something that users do not bring themselves."""
    return box.copies == 1 and box.kind != "client" and not is_many(box)
