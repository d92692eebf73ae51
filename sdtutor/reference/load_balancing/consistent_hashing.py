"""Consistent hashing.

Problem: keys live on n servers. With hash(key) % n,
one more server moves nearly every key.

Idea: hash servers and keys onto one ring. A key
belongs to the first server point at or after it, so a
new server takes only the keys just before its points.
Many points a server (virtual nodes) even out the arcs.

Simplified: no weights, no replicas. Anybody can find
keys that share an arc: the hash has no secret.

Sources: Karger et al., "Consistent hashing and random
trees", STOC 1997; DeCandia et al., "Dynamo", SOSP
2007, sections 4.2 (ring) and 6.2 (virtual nodes).
"""

from bisect import bisect_left
from collections.abc import Iterable
from hashlib import blake2b


class ConsistentHash:
    """Maps keys to nodes; a new node moves few keys.

    Args:
        nodes: Names of the nodes.
        virtual_nodes: Points a node has on the ring. With
            100 the shares differ by about a tenth.

    Raises:
        ValueError: A node would have no point.

    >>> keys = [f"user:{n}" for n in range(1000)]
    >>> ring = ConsistentHash(["a", "b", "c"])
    >>> before = [ring.get_node(key) for key in keys]
    >>> ring.add_node("d")
    >>> after = [ring.get_node(key) for key in keys]
    >>> moved = [
    ...     new for old, new in zip(before, after)
    ...     if old != new]
    >>> len(moved), set(moved)
    (233, {'d'})
    """

    def __init__(
        self,
        nodes: Iterable[str] = (),
        virtual_nodes: int = 100,
    ) -> None:
        if virtual_nodes < 1:
            raise ValueError(
                "A node needs a point or more."
            )
        self.virtual_nodes = virtual_nodes
        self.nodes: dict[str, None] = {}
        self.ring: list[tuple[int, str]] = []
        for node in nodes:
            self.add_node(node)

    def hash(self, key: str) -> int:
        """Return the place of a key on the ring.

        The first 8 bytes of BLAKE2b (RFC 7693): uniform,
        and the same in every language. Python's own hash()
        differs from one process to the next.
        """
        data = key.encode("utf-8", "surrogatepass")
        digest = blake2b(data, digest_size=8).digest()
        return int.from_bytes(digest, "big")

    def add_node(self, node: str) -> None:
        """Add a node; one already present stays."""
        if node in self.nodes:
            return
        self.nodes[node] = None
        for number in range(self.virtual_nodes):
            point = self.hash(f"{node}:{number}")
            self.ring.append((point, node))
        # Two nodes may share a place: pairs keep both, in
        # an order that all clients agree on.
        self.ring.sort()

    def remove_node(self, node: str) -> None:
        """Remove a node: its own points, no others."""
        self.nodes.pop(node, None)
        self.ring = [
            (place, owner)
            for place, owner in self.ring
            if owner != node
        ]

    def get_node(self, key: str) -> str | None:
        """Return the node of a key; None without nodes."""
        if not self.ring:
            return None
        index = bisect_left(
            self.ring, (self.hash(key), "")
        )
        return self.ring[index % len(self.ring)][1]
