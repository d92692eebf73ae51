"""Where boxes and lanes stand across the layers: as near to their neighbours as the order allows.

Across is top to bottom when the layers go from left to right, and left to right when they go down.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from sdtutor.architecture.ordering import Lane, Node, Order, Strand

Side = Literal["before", "after"]
Port = tuple[Node, Side, int]
"""Where a bundle touches a node: the node, its side, the index of the bundle."""
_LANE_PULL = 4.0
"""How much more a lane wants to be straight than a box."""
_SWEEPS = 3


@dataclass(frozen=True, slots=True)
class Gaps:
    """The fewest cells between neighbours of a layer.

    Args:
        boxes: Between two boxes.
        lanes: Beside a lane.
    """

    boxes: int
    lanes: int


def ports(order: Order, sizes: Mapping[str, int]) -> dict[Port, int]:
    """Return the cell of its side, from 0, at which each bundle touches each node.

    Args:
        order: The nodes.
        sizes: Cells of each box across the layers.
    """
    rank = {node: place for layer in order.layers for place, node in enumerate(layer)}
    touching: dict[tuple[Node, Side], list[tuple[float, int]]] = {}
    for channel in order.channels:
        for strand in channel:
            for node in strand.before:
                touching.setdefault((node, "after"), []).append((_mean(rank, strand.after), strand.bundle))
            for node in strand.after:
                touching.setdefault((node, "before"), []).append((_mean(rank, strand.before), strand.bundle))
    found: dict[Port, int] = {}
    side: Side
    for (node, side), bundles in touching.items():
        size = 1 if isinstance(node, Lane) else sizes[node]
        for (_, bundle), offset in zip(sorted(bundles), _spread(size, len(bundles)), strict=True):
            found[node, side, bundle] = offset
    return found


def most_ports(order: Order) -> dict[str, int]:
    """Return how many bundles touch the busier side of each box."""
    most: dict[str, int] = {}
    for channel in order.channels:
        counts: dict[tuple[Node, Side], int] = {}
        for strand in channel:
            for end in (
                *((node, "after") for node in strand.before),
                *((node, "before") for node in strand.after),
            ):
                counts[end] = counts.get(end, 0) + 1
        for (node, _), count in counts.items():
            if not isinstance(node, Lane):
                most[node] = max(count, most.get(node, 0))
    return most


def _mean(rank: Mapping[Node, int], nodes: Sequence[Node]) -> float:
    return sum(rank[node] for node in nodes) / len(nodes)


def _spread(size: int, count: int) -> list[int]:
    """Return even places on a side, corners left out where it has other cells."""
    low, length = (1, size - 2) if size >= 3 else (0, size)
    return [low + (2 * index + 1) * length // (2 * count) for index in range(count)]


def places(
    order: Order, sizes: Mapping[str, int], touches: Mapping[Port, int], gaps: Gaps, room: int
) -> dict[Node, int] | None:
    """Return the first cell of each node across the layers, or None when a layer does not fit.

    Args:
        order: The nodes.
        sizes: Cells of each box.
        touches: What ``ports`` returns.
        gaps: Space between neighbours.
        room: Cells there are.
    """
    columns = [_Layer(layer, sizes, gaps, room) for layer in order.layers]
    if any(column.slack < 0 for column in columns):
        return None
    at: dict[Node, int] = {}
    for column in columns:
        at.update(column.settled({}))
    for sweep in range(_SWEEPS):
        for index in range(1, len(columns)):
            at.update(columns[index].settled(_wishes(order.channels[index - 1], "before", at, touches)))
        for index in range(len(columns) - 2, -1, -1):
            wishes = _wishes(order.channels[index], "after", at, touches)
            if index and sweep < _SWEEPS - 1:
                wishes = _both(wishes, _wishes(order.channels[index - 1], "before", at, touches))
            at.update(columns[index].settled(wishes))
    return at


Wishes = dict[Node, tuple[float, float]]
"""Where nodes would like to begin, and how much."""


def _wishes(
    channel: Sequence[Strand], side: Side, at: Mapping[Node, int], touches: Mapping[Port, int]
) -> Wishes:
    """Return where the nodes on one side of a channel would stand straight opposite the others."""
    other: Side = "after" if side == "before" else "before"
    found: dict[Node, list[tuple[float, float]]] = {}
    for strand in channel:
        ours, theirs = (strand.after, strand.before) if side == "before" else (strand.before, strand.after)
        goal = sum(at[node] + touches[node, other, strand.bundle] for node in theirs) / len(theirs)
        passes = any(isinstance(node, Lane) for node in theirs)
        for node in ours:
            pull = _LANE_PULL if passes and isinstance(node, Lane) else 1.0
            found.setdefault(node, []).append((goal - touches[node, side, strand.bundle], pull))
    return {node: _joined(wishes) for node, wishes in found.items()}


def _joined(wishes: Sequence[tuple[float, float]]) -> tuple[float, float]:
    weight = sum(pull for _, pull in wishes)
    return sum(goal * pull for goal, pull in wishes) / weight, weight


def _both(one: Wishes, other: Wishes) -> Wishes:
    return {node: _joined([wish[node] for wish in (one, other) if node in wish]) for node in {**one, **other}}


class _Layer:
    """The nodes of a layer, in order, with their sizes.

    Args:
        nodes: In order.
        sizes: Cells of each box.
        gaps: Space between neighbours.
        room: Cells there are.
    """

    def __init__(self, nodes: Sequence[Node], sizes: Mapping[str, int], gaps: Gaps, room: int) -> None:
        self._nodes = nodes
        self._offsets: list[int] = []
        self._middles: list[float] = []
        end = 0
        for index, node in enumerate(nodes):
            if index:
                beside = isinstance(node, Lane) or isinstance(nodes[index - 1], Lane)
                end += gaps.lanes if beside else gaps.boxes
            self._offsets.append(end)
            end += 1 if isinstance(node, Lane) else sizes[node]
        self.slack = room - end

    def settled(self, wishes: Wishes) -> dict[Node, int]:
        """Return the places nearest to the wishes, by least squares: isotonic regression by pooling.

        Ayer and others, "An empirical distribution function for sampling with incomplete information",
        1955: neighbours whose wishes contradict their order move as one. Nodes without a wish go along.
        """
        blocks: list[tuple[float, float, int]] = []
        for node, offset in zip(self._nodes, self._offsets, strict=True):
            goal, weight = wishes.get(node, (self.slack / 2 + offset, 0.01))
            block = (goal - offset, weight, 1)
            while blocks and blocks[-1][0] >= block[0]:
                block = _pooled(blocks.pop(), block)
            blocks.append(block)
        starts = (min(max(int(goal + 0.5), 0), self.slack) for goal, _, count in blocks for _ in range(count))
        return {
            node: start + offset
            for node, start, offset in zip(self._nodes, starts, self._offsets, strict=True)
        }


def _pooled(one: tuple[float, float, int], other: tuple[float, float, int]) -> tuple[float, float, int]:
    weight = one[1] + other[1]
    return (one[0] * one[1] + other[0] * other[1]) / weight, weight, one[2] + other[2]
