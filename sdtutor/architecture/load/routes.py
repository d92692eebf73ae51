"""The boxes that a request of a flow passes, and what it looks up on the way."""

from itertools import islice, pairwise, product

from sdtutor.architecture.records import Drawing
from sdtutor.architecture.ways import find_path
from sdtutor.core.systems import Flow, Kind

Route = tuple[str, ...]

_ALIKE: tuple[Kind, ...] = ("load_balancer", "gateway", "service", "cdn")
"""Kinds of which one is as good as another: requests spread over those in the same place."""
_STORES: tuple[Kind, ...] = ("database", "object_store", "search_index", "external")
_MOST = 16
"""Routes of one flow that a run tells apart."""


def routes(drawing: Drawing, flow: Flow, without: frozenset[str] = frozenset()) -> tuple[Route, ...]:
    """Return the ways that requests of a flow take, in equal shares; empty when there is none.

    They differ where several boxes of one kind stand in the same place and call the same boxes.

    Args:
        drawing: The drawing.
        flow: What the request is for.
        without: Boxes that are gone.
    """
    path = find_path(drawing, flow, without)
    if not path:
        return ()
    joined = {(link.source, link.target) for link in drawing.links}
    choices = [_choices(drawing, joined, path, place, without) for place in range(len(path))]
    return tuple(islice(product(*choices), _MOST))


def _choices(
    drawing: Drawing, joined: set[tuple[str, str]], path: Route, place: int, without: frozenset[str]
) -> Route:
    """Return the boxes that may stand in one place of a way, the one of the shortest way first."""
    name = path[place]
    kind = drawing.boxes[name].kind
    if place == 0 or kind not in _ALIKE:
        return (name,)
    before, after = path[place - 1], path[place + 1 : place + 2]
    others = (
        other
        for other, box in drawing.boxes.items()
        if box.kind == kind and other not in path and other not in without
    )
    alike = (o for o in others if (before, o) in joined and all((o, a) in joined for a in after))
    return (name, *(o for o in alike if _calls(drawing, o) == _calls(drawing, name)))


def _calls(drawing: Drawing, name: str) -> frozenset[str]:
    """Return what a box calls: two that call different things do different work."""
    return frozenset(
        link.target
        for link in drawing.links
        if link.source == name and drawing.boxes[link.target].kind != "monitor"
    )


def segments(drawing: Drawing, route: Route) -> tuple[Route, ...]:
    """Return a route cut where nobody waits: behind a queue, and at links that do not wait.

    The first part is what the user waits for.
    """
    waits = {(link.source, link.target) for link in drawing.links if link.waits}
    parts = [[route[0]]]
    for before, name in pairwise(route):
        if drawing.boxes[before].kind == "queue" or (before, name) not in waits:
            parts.append([])
        parts[-1].append(name)
    return tuple(map(tuple, parts))


def beside(drawing: Drawing, name: str, target: str, without: frozenset[str]) -> Route:
    """Return the caches that a box looks in before it calls a store, in the order of the drawing."""
    if drawing.boxes[target].kind not in _STORES or drawing.boxes[name].kind == "cache":
        return ()
    return tuple(
        n for n in _called(drawing, name, without) if drawing.boxes[n].kind == "cache" and n != target
    )


def store_behind(drawing: Drawing, caller: str, cache: str, without: frozenset[str]) -> str:
    """Return the store that a miss goes to when a way ends at a cache; empty when there is none.

    Args:
        drawing: The drawing.
        caller: The box that looks in the cache; empty when nothing stands before it.
        cache: The cache.
        without: Boxes that are gone.
    """
    around = (*_called(drawing, cache, without), *_called(drawing, caller, without))
    return next((name for name in around if drawing.boxes[name].kind in _STORES), "")


def _called(drawing: Drawing, name: str, without: frozenset[str]) -> Route:
    mine = (link.target for link in drawing.links if link.source == name and link.waits)
    return tuple(target for target in mine if target not in without)
