"""The ring as the picture shows it, and what one more server would move."""

from collections import Counter
from collections.abc import Mapping
from copy import copy
from itertools import count
from typing import Any

from sdtutor.engine.lab import Variant
from sdtutor.reference.load_balancing import consistent_hashing as reference
from sdtutor.textbook.load_balancing import consistent_hashing as textbook

Ring = textbook.ConsistentHash | reference.ConsistentHash
NODE = "ring"
SAMPLE = 1000
"""Keys that the picture counts after every step; the measures count as many as `keys` says."""
KEYS = ("user:1", "user:2", "user:7")
"""What the story looks up; of the three, a fifth server takes one."""
NOBODY = "nobody"
ONE_MORE = "one more"


def build(variant: Variant, servers: int, virtual_nodes: int) -> Ring:
    """Return a ring with server1, server2 and so on."""
    names = [f"server{number + 1}" for number in range(servers)]
    if variant == "reference":
        return reference.ConsistentHash(names, virtual_nodes)
    return textbook.ConsistentHash(names, virtual_nodes)


def user_keys(number: int) -> tuple[str, ...]:
    """Return that many keys: user:0, user:1 and so on."""
    return tuple(f"user:{index}" for index in range(number))


def owners(ring: Ring) -> tuple[str, ...]:
    """Return the servers that have a point on the ring, in the order of their arrival."""
    return tuple(
        ring.nodes if isinstance(ring, reference.ConsistentHash) else dict.fromkeys(ring.ring.values())
    )


def observe(ring: Ring) -> Mapping[str, Any]:
    """Return the share of the keys that each server has, and the share that one more would move."""
    sample = user_keys(SAMPLE)
    holders, present = [ring.get_node(key) for key in sample], owners(ring)
    counts = Counter(holders)
    rows = {server: percent(counts[server] / SAMPLE) for server in present}
    if present and counts[None]:
        rows[NOBODY] = percent(counts[None] / SAMPLE)
    other = with_one_more(ring, present)
    moved = sum(other.get_node(key) != holder for key, holder in zip(sample, holders, strict=True))
    # Rows keep the order in which they came to be, and servers join below.
    return {ONE_MORE: f"moves {percent(moved / SAMPLE)}", **rows}


def with_one_more(ring: Ring, present: tuple[str, ...]) -> Ring:
    """Return a copy of a ring that a further server has joined."""
    other = copy(ring)
    vars(other).update({name: copy(value) for name, value in vars(ring).items()})
    other.add_node(next(name for number in count(1) if (name := f"server{number}") not in present))
    return other


def percent(share: float) -> str:
    """Return a share as a learner reads it.

    >>> percent(0.191)
    '19.1 %'
    """
    return f"{100 * share:.1f} %"


def share(said: str) -> float:
    """Return the share that ends a text.

    >>> share("moves 50.0 %")
    0.5
    """
    return float(said.split()[-2]) / 100
