"""Consistent hashing, as most introductions show it.

Servers and keys are hashed onto a ring; a key belongs
to the first server point at or after it.
"""

from bisect import bisect_left, insort
from collections.abc import Iterable


class ConsistentHash:
    """Maps keys to nodes by a ring of points.

    Args:
        nodes: Names of the nodes.
        virtual_nodes: Points a node has on the ring.
    """

    def __init__(
        self,
        nodes: Iterable[str] = (),
        virtual_nodes: int = 100,
    ) -> None:
        self.virtual_nodes = virtual_nodes
        self.ring: dict[int, str] = {}
        self.sorted_keys: list[int] = []
        for node in nodes:
            self.add_node(node)

    def hash(self, key: str) -> int:
        """Return the place of a key: 31h + c, 32 bits."""
        value = 0
        for char in key:
            value = (31 * value + ord(char)) % 2**32
        # abs of a signed number: half of all are negative.
        return min(value, 2**32 - value)

    def add_node(self, node: str) -> None:
        """Put the points of a node on the ring."""
        for number in range(self.virtual_nodes):
            key = self.hash(f"{node}:{number}")
            self.ring[key] = node
            insort(self.sorted_keys, key)

    def remove_node(self, node: str) -> None:
        """Take the points of a node off the ring."""
        for number in range(self.virtual_nodes):
            key = self.hash(f"{node}:{number}")
            self.ring.pop(key, None)
            if key in self.sorted_keys:
                self.sorted_keys.remove(key)

    def get_node(self, key: str) -> str | None:
        """Return the node of a key; None without nodes."""
        if not self.sorted_keys:
            return None
        index = bisect_left(
            self.sorted_keys, self.hash(key)
        )
        place = self.sorted_keys[
            index % len(self.sorted_keys)
        ]
        return self.ring.get(place)
