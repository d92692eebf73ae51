"""The nodes of one layer beside each other: never overlapping, each as near to its wish as can be."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from sdtutor.architecture.board.ordering import Lane, Node

Wishes = dict[Node, tuple[float, float]]
"""Where nodes would like to begin, and how much."""


@dataclass(frozen=True, slots=True)
class Gaps:
    """The fewest cells between neighbours of a layer.

    Args:
        boxes: Between two boxes.
        lanes: Beside a lane.
    """

    boxes: int
    lanes: int


class Layer:
    """The nodes of a layer, in order, with their sizes.

    Args:
        nodes: In order.
        sizes: Cells of each box.
        gaps: Space between neighbours.
        room: Cells there are.
    """

    def __init__(self, nodes: Sequence[Node], sizes: Mapping[str, int], gaps: Gaps, room: int) -> None:
        self.nodes = nodes
        self._offsets: list[int] = []
        end = 0
        for index, node in enumerate(nodes):
            if index:
                beside = isinstance(node, Lane) or isinstance(nodes[index - 1], Lane)
                end += gaps.lanes if beside else gaps.boxes
            self._offsets.append(end)
            end += 1 if isinstance(node, Lane) else sizes[node]
        self.slack = room - end

    def improve(self, at: dict[Node, int], index: int, cost: Callable[[], float], most: int) -> None:
        """Move one node by a few cells, as far as its neighbours allow, to where something costs least.

        Args:
            at: Places of all nodes; that of this one changes.
            index: Which node.
            cost: What the places cost now.
            most: Cells that it may move.
        """
        offsets, nodes = self._offsets, self.nodes
        node = nodes[index]
        low, high = 0, self.slack + offsets[index]
        if index:
            low = at[nodes[index - 1]] + offsets[index] - offsets[index - 1]
        if index + 1 < len(nodes):
            high = at[nodes[index + 1]] - offsets[index + 1] + offsets[index]
        start = at[node]
        tried: list[tuple[float, int, int]] = []
        for place in range(max(low, start - most), min(high, start + most) + 1):
            at[node] = place
            tried.append((cost(), abs(place - start), place))
        at[node] = min(tried)[2]

    def settled(self, wishes: Wishes) -> dict[Node, int]:
        """Return the places nearest to the wishes, by least squares: isotonic regression by pooling.

        Ayer and others, "An empirical distribution function for sampling with incomplete information",
        1955: neighbours whose wishes contradict their order move as one. Nodes without a wish go along.
        """
        blocks: list[tuple[float, float, int]] = []
        for node, offset in zip(self.nodes, self._offsets, strict=True):
            goal, weight = wishes.get(node, (self.slack / 2 + offset, 0.01))
            block = (goal - offset, weight, 1)
            while blocks and blocks[-1][0] >= block[0]:
                block = _pooled(blocks.pop(), block)
            blocks.append(block)
        starts = (min(max(int(goal + 0.5), 0), self.slack) for goal, _, count in blocks for _ in range(count))
        return {
            node: start + offset
            for node, start, offset in zip(self.nodes, starts, self._offsets, strict=True)
        }


def _pooled(one: tuple[float, float, int], other: tuple[float, float, int]) -> tuple[float, float, int]:
    weight = one[1] + other[1]
    return (one[0] * one[1] + other[0] * other[1]) / weight, weight, one[2] + other[2]
