"""In which order a drawing is read: lines without cycles, and the boxes in layers along them.

A line goes from an earlier layer to a later one; its heads say who calls whom. So a call that leads
back is the same line with its head at the other end, and nothing has to go around.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from sdtutor.architecture.records import Drawing, Link
from sdtutor.core.systems import Kind

Heads = Literal["end", "start", "both"]
Pair = tuple[str, str]

STORES: tuple[Kind, ...] = ("cache", "database", "search_index", "queue", "object_store")
"""What keeps data; everything else runs code or is somebody's."""
_BEFORE_WORKERS: tuple[Kind, ...] = ("queue", "service", "gateway", "load_balancer")


@dataclass(frozen=True, slots=True)
class Edge:
    """A line between two boxes, from the earlier layer to the later one.

    Args:
        start: Name of the box in the earlier layer.
        end: Name of the box in the later layer.
        label: What goes over it; may be empty.
        waits: Whether the caller waits for the answer.
        heads: Which of the ends is called.
    """

    start: str
    end: str
    label: str
    waits: bool
    heads: Heads


def layers(drawing: Drawing) -> tuple[tuple[str, ...], ...]:
    """Return the names of the boxes from the callers to the called, a tuple a layer."""
    return layered(kinds_of(drawing), edges(drawing))


def kinds_of(drawing: Drawing) -> dict[str, Kind]:
    """Return the kind of each box by its name, in drawing order."""
    return {name: box.kind for name, box in drawing.boxes.items()}


def edges(drawing: Drawing) -> tuple[Edge, ...]:
    """Return a line for each pair of boxes that is linked, together free of cycles, in drawing order.

    A worker that calls a queue which somebody else fills stands behind the queue, and behind a service
    that it calls back. Links that have an
    unknown end, and links from a box to itself, are left out.
    """
    links = _by_ends(drawing)
    busy = _busy(drawing, links)
    read: dict[Pair, None] = {}
    for source, target in links:
        pulls = drawing.boxes[source].kind == "worker" and target in busy
        pair = (target, source) if pulls else (source, target)
        if pair[::-1] not in read:
            read[pair] = None
    backward = _closing(drawing.boxes, read)
    return tuple(_edge(links, pair[::-1] if pair in backward else pair) for pair in read)


def _by_ends(drawing: Drawing) -> dict[Pair, Link]:
    known = drawing.boxes
    return {
        (link.source, link.target): link
        for link in drawing.links
        if link.source != link.target and link.source in known and link.target in known
    }


def _busy(drawing: Drawing, links: Iterable[Pair]) -> set[str]:
    """Return the queues and services that something other than a worker calls."""
    return {
        target
        for source, target in links
        if drawing.boxes[target].kind in _BEFORE_WORKERS and drawing.boxes[source].kind != "worker"
    }


def _edge(links: Mapping[Pair, Link], pair: Pair) -> Edge:
    there, back = links.get(pair), links.get(pair[::-1])
    heads: Heads = "both" if there and back else "end" if there else "start"
    found = [link for link in (there, back) if link]
    label = next((link.label for link in found if link.label), "")
    return Edge(*pair, label, any(link.waits for link in found), heads)


def _closing(names: Iterable[str], pairs: Iterable[Pair]) -> set[Pair]:
    """Return the pairs that close a cycle, met on a walk in depth from the boxes that nobody calls."""
    after: dict[str, list[str]] = {name: [] for name in names}
    called = set()
    for start, end in pairs:
        after[start].append(end)
        called.add(end)
    closing: set[Pair] = set()
    state = dict.fromkeys(after, "new")
    for root in sorted(after, key=lambda name: name in called):
        if state[root] == "new":
            _walk(root, after, state, closing)
    return closing


def _walk(root: str, after: Mapping[str, Sequence[str]], state: dict[str, str], closing: set[Pair]) -> None:
    state[root] = "open"
    stack = [(root, iter(after[root]))]
    while stack:
        name, rest = stack[-1]
        following = next(rest, None)
        if following is None:
            state[name] = "done"
            stack.pop()
        elif state[following] == "open":
            closing.add((name, following))
        elif state[following] == "new":
            state[following] = "open"
            stack.append((following, iter(after[following])))


def layered(
    kinds: Mapping[str, Kind], lines: Sequence[Edge], most: int | None = None
) -> tuple[tuple[str, ...], ...]:
    """Return the boxes in layers, each behind all that lead to it; stores stand last in a layer.

    The layer is the length of the longest way from a box that nobody calls. Such boxes, other than
    clients, move to the layer before their first target; boxes without a line fill the emptiest layers.

    Args:
        kinds: The boxes, in drawing order, each with its kind.
        lines: Lines between them, free of cycles.
        most: How many boxes a layer may have; None for any number.
    """
    room = most or max(1, len(kinds))
    linked = {name for edge in lines for name in (edge.start, edge.end)}
    layer, filled = _longest([name for name in kinds if name in linked], lines, room)
    _draw_near(kinds, lines, layer, filled, room)
    for name in kinds:
        if name not in linked:
            count = max(filled, default=0) + 1
            index = min(range(count), key=lambda index: (filled[index], -index))
            layer[name] = index if filled[index] < room else count
            filled[layer[name]] += 1
    order = sorted(kinds, key=lambda name: (name not in linked, kinds[name] in STORES))
    found: dict[int, list[str]] = {index: [] for index in sorted(set(layer.values()))}
    for name in order:
        found[layer[name]].append(name)
    return tuple(map(tuple, found.values()))


def _longest(names: Sequence[str], lines: Sequence[Edge], room: int) -> tuple[dict[str, int], Counter[int]]:
    """Return the layer of each box, and how many boxes each layer has."""
    after: dict[str, list[str]] = {name: [] for name in names}
    missing: Counter[str] = Counter()
    for edge in lines:
        after[edge.start].append(edge.end)
        missing[edge.end] += 1
    layer = dict.fromkeys(names, 0)
    filled: Counter[int] = Counter()
    ready = [name for name in names if not missing[name]]
    for name in ready:
        while filled[layer[name]] >= room:
            layer[name] += 1
        filled[layer[name]] += 1
        for end in after[name]:
            layer[end] = max(layer[end], layer[name] + 1)
            missing[end] -= 1
            if not missing[end]:
                ready.append(end)
    return layer, filled


def _draw_near(
    kinds: Mapping[str, Kind], lines: Sequence[Edge], layer: dict[str, int], filled: Counter[int], room: int
) -> None:
    """Move boxes that nobody calls, but for clients, towards what they call."""
    called = {edge.end for edge in lines}
    first: dict[str, int] = {}
    for edge in lines:
        first[edge.start] = min(layer[edge.end], first.get(edge.start, layer[edge.end]))
    for name in layer:
        nearer = first.get(name, 0) - 1
        if name in called or kinds[name] == "client" or nearer <= layer[name] or filled[nearer] >= room:
            continue
        filled[layer[name]] -= 1
        layer[name] = nearer
        filled[nearer] += 1
