"""Which box stands beside which: the order within each layer that lets few lines cross.

A line that passes a layer has a lane in it, a node without a box (Sugiyama, Tagawa and Toda, "Methods
for visual understanding of hierarchical system structures", 1981: layers, lanes, barycentres).
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations, pairwise
from typing import NamedTuple

from sdtutor.architecture.board.bundles import Bundle

_SWEEPS = 4
"""There and back; more did not take a crossing out of the drawings tried."""


class Lane(NamedTuple):
    """Where a bundle passes a layer.

    Args:
        bundle: Its index.
        layer: The layer.
    """

    bundle: int
    layer: int


Node = str | Lane
"""A box by its name, or a lane."""


@dataclass(frozen=True, slots=True)
class Strand:
    """The part of a bundle between two neighbouring layers.

    Args:
        bundle: Its index.
        before: The nodes of the earlier layer that it joins.
        after: The nodes of the later one.
    """

    bundle: int
    before: tuple[Node, ...]
    after: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Order:
    """Nodes and strands, layer by layer.

    Args:
        layers: Nodes from one side to the other, for each layer.
        channels: Strands between each layer and the next; one fewer than layers.
    """

    layers: tuple[tuple[Node, ...], ...]
    channels: tuple[tuple[Strand, ...], ...]

    @property
    def size(self) -> int:
        """How many nodes there are."""
        return sum(map(len, self.layers))


def ordered(layers: Sequence[Sequence[str]], fans: Sequence[Bundle]) -> Order:
    """Return boxes and lanes in an order with few crossings; the given order where it does not matter.

    Args:
        layers: Names of boxes; every bundle leads from earlier ones to later ones.
        fans: The bundles.
    """
    at = {name: index for index, layer in enumerate(layers) for name in layer}
    channels = tuple(
        tuple(strand for number, fan in enumerate(fans) if (strand := _strand(number, fan, at, index)))
        for index in range(len(layers) - 1)
    )
    nodes: list[list[Node]] = [list(layer) for layer in layers]
    for index, channel in enumerate(channels):
        for strand in channel:
            nodes[index + 1].extend(node for node in strand.after if isinstance(node, Lane))
    best, least = nodes, _crossings(nodes, channels)
    for sweep in range(2 * _SWEEPS):
        if not least:
            break
        nodes = _swept(nodes, channels, down=sweep % 2 == 0)
        crossings = _crossings(nodes, channels)
        if crossings < least:
            best, least = nodes, crossings
    return Order(tuple(tuple(layer) for layer in best), channels)


def _strand(number: int, fan: Bundle, at: Mapping[str, int], index: int) -> Strand | None:
    """Return what a bundle has between a layer and the next, or None."""
    first = min(at[name] for name in fan.starts)
    last = max(at[name] for name, _ in fan.ends)
    if not first <= index < last:
        return None
    before: list[Node] = [name for name in fan.starts if at[name] == index]
    if first < index:
        before.append(Lane(number, index))
    after: list[Node] = [name for name, _ in fan.ends if at[name] == index + 1]
    if last > index + 1:
        after.append(Lane(number, index + 1))
    return Strand(number, tuple(before), tuple(after))


def _swept(
    nodes: Sequence[Sequence[Node]], channels: Sequence[Sequence[Strand]], *, down: bool
) -> list[list[Node]]:
    """Return every layer sorted by the mean place of the neighbours before it, or behind it."""
    swept = [list(layer) for layer in nodes]
    for index in range(1, len(nodes)) if down else range(len(nodes) - 2, -1, -1):
        near = swept[index - 1 if down else index + 1]
        place = {node: rank / max(1, len(near) - 1) for rank, node in enumerate(near)}
        beside: dict[Node, list[float]] = {}
        for strand in channels[index - 1 if down else index]:
            ours, theirs = (strand.after, strand.before) if down else (strand.before, strand.after)
            for node in ours:
                beside.setdefault(node, []).extend(place[other] for other in theirs)
        own = {node: rank / max(1, len(swept[index]) - 1) for rank, node in enumerate(swept[index])}
        weight = {node: sum(near) / len(near) for node, near in beside.items()}
        swept[index].sort(key=lambda node, own=own, weight=weight: weight.get(node, own[node]))  # type: ignore[misc]
    return swept


def _crossings(nodes: Sequence[Sequence[Node]], channels: Sequence[Sequence[Strand]]) -> int:
    total = 0
    for (before, after), channel in zip(pairwise(nodes), channels, strict=True):
        first = {node: rank for rank, node in enumerate(before)}
        second = {node: rank for rank, node in enumerate(after)}
        ends = [(first[a], second[b]) for a, b in _joins(channel)]
        total += sum((a - c) * (b - d) < 0 for (a, b), (c, d) in combinations(ends, 2))
    return total


def _joins(channel: Sequence[Strand]) -> Iterator[tuple[Node, Node]]:
    for strand in channel:
        for one in strand.before:
            for other in strand.after:
                yield one, other
