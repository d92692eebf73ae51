"""Where boxes and lanes stand across the layers: as near to their neighbours as the order allows.

Across is top to bottom when the layers go from left to right, and left to right when they go down.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Literal

from sdtutor.architecture.board.ordering import Lane, Node, Order, Strand
from sdtutor.architecture.board.packing import Gaps, Layer, Wishes
from sdtutor.architecture.board.tracks import Bus, tangled, tracks

Side = Literal["before", "after"]
Port = tuple[Node, Side, int]
"""Where a bundle touches a node: the node, its side, the index of the bundle."""
_LANE_PULL = 4.0
"""How much more a lane wants to be straight than a box."""
_SWEEPS, _PASSES = 3, 2
_STEP, _STEP_COST = 2, 3.0
"""Turns closer than this look like a mistake (editorial)."""
_LOOSE = 3
"""Cells that a node moves at most where lines run into each other."""


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
    for (node, side), bundles in touching.items():
        size = 1 if isinstance(node, Lane) else sizes[node]
        for (_, bundle), offset in zip(sorted(bundles), _spread(size, len(bundles)), strict=True):
            found[node, side, bundle] = offset
    return found


def most_ports(order: Order) -> dict[str, int]:
    """Return how many bundles touch the busier side of each box."""
    leaving: Counter[Node] = Counter()
    entering: Counter[Node] = Counter()
    for channel in order.channels:
        for strand in channel:
            for node in strand.before:
                leaving[node] += 1
            for node in strand.after:
                entering[node] += 1
    boxes = (node for layer in order.layers for node in layer if not isinstance(node, Lane))
    return {node: max(leaving[node], entering[node]) for node in boxes}


def _mean(rank: Mapping[Node, int], nodes: Sequence[Node]) -> float:
    return sum(rank[node] for node in nodes) / len(nodes)


def _spread(size: int, count: int) -> list[int]:
    """Return even places on a side, corners left out where it has other cells."""
    low, length = (1, size - 2) if size >= 3 else (0, size)
    return [low + (2 * index + 1) * length // (2 * count) for index in range(count)]


class Across:
    """The nodes of an order beside each other: where they may stand and where their lines touch them.

    Args:
        order: The nodes.
        sizes: Cells of each box.
        gaps: Space between neighbours.
        room: Cells there are.
    """

    def __init__(self, order: Order, sizes: Mapping[str, int], gaps: Gaps, room: int) -> None:
        self.ports = ports(order, sizes)
        self._order = order
        self._sizes = sizes
        self._channels = order.channels
        self._columns = [Layer(layer, sizes, gaps, room) for layer in order.layers]
        self._strands = [_touching(order, index) for index in range(len(order.layers))]

    @property
    def fits(self) -> bool:
        """Whether every layer has room."""
        return all(column.slack >= 0 for column in self._columns)

    def places(self) -> dict[Node, int]:
        """Return the first cell of each node: opposite its neighbours, as far as there is room."""
        columns, channels = self._columns, self._channels
        at: dict[Node, int] = {}
        for column in columns:
            at.update(column.settled({}))
        for sweep in range(_SWEEPS):
            for index in range(1, len(columns)):
                at.update(columns[index].settled(_wishes(channels[index - 1], "before", at, self.ports)))
            for index in range(len(columns) - 2, -1, -1):
                wishes = _wishes(channels[index], "after", at, self.ports)
                if index and sweep < _SWEEPS - 1:
                    wishes = _both(wishes, _wishes(channels[index - 1], "before", at, self.ports))
                at.update(columns[index].settled(wishes))
        return at

    def covered(self, layer: int, at: Mapping[Node, int]) -> set[int]:
        """Return the cells that the boxes of a layer take."""
        boxes = (node for node in self._order.layers[layer] if not isinstance(node, Lane))
        return {cell for name in boxes for cell in range(at[name], at[name] + self._sizes[name])}

    def straightened(self, at: Mapping[Node, int]) -> dict[Node, int]:
        """Return places with fewer small steps in the lines, by moves of a cell or two."""
        moved = dict(at)
        for _ in range(_PASSES):
            for column, strands in zip(self._columns, self._strands, strict=True):
                for index, node in enumerate(column.nodes):
                    mine = strands.get(node, ())
                    column.improve(moved, index, lambda mine=mine: self._bends(mine, moved), _STEP)  # type: ignore[misc]
        return moved

    def untangled(self, at: Mapping[Node, int]) -> dict[Node, int]:
        """Return places with fewer lines that run into each other, by moves of a few cells."""
        moved = dict(at)
        for index, channel in enumerate(self._channels):
            for number in self._tangles(index, moved):
                strand = channel[number]
                for layer, nodes in ((index + 1, strand.after), (index, strand.before)):
                    for node in nodes:
                        self._loosen(moved, layer, node)
        return moved

    def _loosen(self, at: dict[Node, int], layer: int, node: Node) -> None:
        near = [index for index in (layer - 1, layer) if 0 <= index < len(self._channels)]
        column = self._columns[layer]
        place = column.nodes.index(node)
        column.improve(at, place, lambda: sum(len(self._tangles(index, at)) for index in near), _LOOSE)

    def _tangles(self, index: int, at: Mapping[Node, int]) -> tuple[int, ...]:
        buses = [bus(strand, at, self.ports) for strand in self._channels[index]]
        return tangled(buses, tracks(buses))

    def _bends(self, strands: Sequence[Strand], at: Mapping[Node, int]) -> float:
        return sum(_bend(bus(strand, at, self.ports)) for strand in strands)


def bus(strand: Strand, at: Mapping[Node, int], touches: Mapping[Port, int]) -> Bus:
    """Return where a strand touches its nodes."""
    return Bus(
        strand.bundle,
        tuple(at[node] + touches[node, "after", strand.bundle] for node in strand.before),
        tuple(at[node] + touches[node, "before", strand.bundle] for node in strand.after),
    )


def _touching(order: Order, index: int) -> dict[Node, list[Strand]]:
    """Return the strands of each node of a layer."""
    found: dict[Node, list[Strand]] = {}
    for channel in order.channels[max(0, index - 1) : index + 1]:
        for strand in channel:
            for node in (*strand.before, *strand.after):
                found.setdefault(node, []).append(strand)
    return found


def _bend(lines: Bus) -> float:
    """Return how bad the turns of a strand look: none is best, steps of a cell or two are worst."""
    if lines.is_straight:
        return 0
    steps = sum(0 < abs(one - other) <= _STEP for one in lines.before for other in lines.after)
    return 1 + steps * _STEP_COST + (lines.high - lines.low) * 0.01


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
