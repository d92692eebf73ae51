"""Ways through a drawing: which boxes a flow passes, and what it misses when there is no way."""

from collections import deque
from collections.abc import Collection, Mapping, Sequence

from sdtutor.architecture.examination import Path
from sdtutor.architecture.kinds import is_staff, say_kinds
from sdtutor.architecture.records import Drawing
from sdtutor.core.systems import Flow, Kind

Place = tuple[str, int]
"""A box, and how many stops of the flow have been made on arriving there."""

_CALLERS: tuple[Kind, ...] = ("service", "worker", "gateway", "client")


def onward(drawing: Drawing) -> Mapping[str, tuple[str, ...]]:
    """Return where the way leads from each box, in the order of the drawing.

    It follows the arrows; a worker that points to a queue pulls from it, so the way leads to the worker too.
    """
    found: dict[str, dict[str, None]] = {name: {} for name in drawing.boxes}
    for link in drawing.links:
        found[link.source][link.target] = None
        if drawing.boxes[link.source].kind == "worker" and drawing.boxes[link.target].kind == "queue":
            found[link.target][link.source] = None
    return {name: tuple(targets) for name, targets in found.items()}


def find_path(drawing: Drawing, flow: Flow, without: Collection[str] = frozenset()) -> tuple[str, ...]:
    """Return the boxes of the shortest way of a flow, or nothing when it has none.

    Breadth first over boxes and stops; of two ways of one length the one drawn first. A box makes as many
    stops in a row as its kind allows: where both "a service" and "a service or a database" are wanted, one
    service is both. A way may come back to a box for a later stop. Those who run the system are the client
    only where no user has a way.

    Args:
        drawing: What to search.
        flow: Its stops are made in order.
        without: Boxes that cannot be passed.
    """
    staff = {name for name, box in drawing.boxes.items() if box.kind == "client" and is_staff(name)}
    came_from, end = _search(drawing, flow, {*without, *staff})
    if end is None and staff:
        came_from, end = _search(drawing, flow, without)
    path: list[str] = []
    place = end
    while place is not None:
        path.append(place[0])
        place = came_from[place]
    return tuple(reversed(path))


def works(drawing: Drawing, flow: Flow, without: Collection[str] = frozenset()) -> bool:
    """Return whether a flow has a way.

    Args:
        drawing: What to search.
        flow: What users do.
        without: Boxes that cannot be passed.
    """
    return bool(find_path(drawing, flow, without))


def paths(drawing: Drawing, flows: Sequence[Flow]) -> tuple[Path, ...]:
    """Return the way of each flow, or what it misses.

    Args:
        drawing: What to search.
        flows: What users do.
    """
    found = ((flow, find_path(drawing, flow)) for flow in flows)
    return tuple(Path(flow.name, way, "" if way else _missing(drawing, flow)) for flow, way in found)


def _search(
    drawing: Drawing, flow: Flow, without: Collection[str]
) -> tuple[dict[Place, Place | None], Place | None]:
    """Return where each place was reached from, in the order of arrival, and the end if there is one."""
    leads = onward(drawing)
    parts = _parts(drawing)

    def arrive(name: str, made: int) -> Place:
        while made < len(flow.stops) and not parts[name].isdisjoint(flow.stops[made]):
            made += 1
        return name, made

    starts = (arrive(name, 0) for name in drawing.boxes if name not in without)
    came_from: dict[Place, Place | None] = {place: None for place in starts if place[1]}
    waiting = deque(came_from)
    while waiting:
        place = waiting.popleft()
        if place[1] == len(flow.stops):
            return came_from, place
        for name in leads[place[0]]:
            reached = arrive(name, place[1])
            if name not in without and reached not in came_from:
                came_from[reached] = place
                waiting.append(reached)
    return came_from, None


def _parts(drawing: Drawing) -> Mapping[str, frozenset[Kind]]:
    """Return what each box can be on a way: its kind, and a worker too where a service takes from a queue."""
    boxes = drawing.boxes
    fed = {link.target for link in drawing.links if boxes[link.source].kind == "queue"}
    return {
        name: frozenset((box.kind, "worker") if box.kind == "service" and name in fed else (box.kind,))
        for name, box in boxes.items()
    }


def _missing(drawing: Drawing, flow: Flow) -> str:
    """Return what a flow without a way would need, as a sentence."""
    came_from, _ = _search(drawing, flow, frozenset())
    if not came_from:
        return f"There is no {say_kinds(flow.stops[0]).partition(' ')[2]} to begin at." if flow.stops else ""
    made = max(place[1] for place in came_from)
    furthest = [name for name, stops in came_from if stops == made]
    callers = [name for name in furthest if drawing.boxes[name].kind in _CALLERS]
    return f"Nothing leads from `{(callers or furthest)[-1]}` to {say_kinds(flow.stops[made])}."
