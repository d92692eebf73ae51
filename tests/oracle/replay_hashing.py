"""The ring, the sharder and the hash that the seed gives both."""

from bisect import bisect_left
from collections import Counter
from hashlib import blake2b
from itertools import groupby, pairwise

import javascript
import pytest

from sdtutor.reference.databases import hash_sharding as reference_sharding
from sdtutor.reference.load_balancing import consistent_hashing as reference_ring
from sdtutor.textbook.databases import hash_sharding as textbook_sharding
from sdtutor.textbook.load_balancing import consistent_hashing as textbook_ring

SLOTS = 16384


def uniform(key):
    return int.from_bytes(blake2b(key.encode("utf-8", "surrogatepass"), digest_size=8).digest(), "big")


# hash31


def textbook_hash(given):
    key = javascript.units(given["key"])
    ring, sharder = textbook_ring.ConsistentHash(), textbook_sharding.HashSharder(["shard0"])
    assert ring.hash(key) == sharder.hash(key)
    return {"hash": ring.hash(key)}


def reference_hash(given):
    return {"hash": reference_ring.ConsistentHash().hash(given["key"])}


def right_hash(given):
    return {"hash": uniform(given["key"])}


def hash_holds(given, outcome):
    """The hash is the keyless BLAKE2b that any language can compute, in both classes."""
    sharder = reference_sharding.HashSharder(["shard0"])
    assert sharder.hash(given["key"]) == outcome["hash"] < 2**64
    with_secret = reference_sharding.HashSharder(["shard0"], secret=b"s")
    assert with_secret.hash(given["key"]) != outcome["hash"]


# consistent-hash


def runs(owners):
    return [[owner, len(list(group))] for owner, group in groupby(owners)]


def replay_ring(given, ring, spell, ring_of):
    """Return one entry for each lookup and each look at the ring."""
    results = []
    for operation, *rest in given["ops"]:
        if operation == "add":
            ring.add_node(spell(rest[0]))
        elif operation == "remove":
            ring.remove_node(spell(rest[0]))
        elif operation == "lookup":
            keys = [f"{rest[0]['prefix']}{n}" for n in range(rest[0]["count"])]
            results.append(runs(javascript.text(ring.get_node(spell(key))) for key in keys))
        elif operation == "lookup_keys":
            results.append([javascript.text(ring.get_node(spell(key))) for key in rest[0]])
        else:
            results.append(ring_of(ring))
    return {"results": results}


def build(code, given, spell):
    nodes, points = [spell(node) for node in given["nodes"]], given.get("virtual_nodes")
    return code.ConsistentHash(nodes) if points is None else code.ConsistentHash(nodes, points)


def textbook_points(ring):
    return {
        "size": len(ring.ring),
        "sorted_len": len(ring.sorted_keys),
        "points": [[place, javascript.text(node)] for place, node in sorted(ring.ring.items())],
        "dup": len(ring.sorted_keys) - len(set(ring.sorted_keys)),
    }


def reference_points(ring):
    points = [[place, node] for place, node in ring.ring]
    return {"size": len(points), "sorted_len": len(points), "points": points, "dup": 0}


def textbook_nodes(given):
    return replay_ring(
        given, build(textbook_ring, given, javascript.units), javascript.units, textbook_points
    )


def reference_nodes(given):
    try:
        ring = build(reference_ring, given, str)
    except ValueError:
        return {"refused": True}
    return replay_ring(given, ring, str, reference_points)


class PlainRing:
    """The ring by definition: every point of every node, searched afresh after each change."""

    def __init__(self, nodes, points):
        self.nodes, self.points = list(dict.fromkeys(nodes)), points
        self._lay_out()

    def _lay_out(self):
        self.ring = sorted([uniform(f"{node}:{n}"), node] for node in self.nodes for n in range(self.points))
        self.places = [place for place, _ in self.ring]

    def add_node(self, node):
        self.nodes = list(dict.fromkeys([*self.nodes, node]))
        self._lay_out()

    def remove_node(self, node):
        self.nodes = [other for other in self.nodes if other != node]
        self._lay_out()

    def get_node(self, key):
        if not self.ring:
            return None
        after = bisect_left(self.places, uniform(key))
        return self.ring[after if after < len(self.ring) else 0][1]


def right_nodes(given):
    points = given.get("virtual_nodes")
    points = 100 if points is None else points
    if points < 1:
        return {"refused": True}
    return replay_ring(given, PlainRing(given["nodes"], points), str, reference_points)


def nodes_defect(case):
    given = case["input"]
    points = given.get("virtual_nodes")
    if points is not None and points < 1:
        return "own: a node without points owns nothing"
    live = list(given["nodes"])
    doubled = len(set(live)) < len(live)
    for operation, *rest in given["ops"]:
        if operation == "add":
            doubled = doubled or rest[0] in live
            live.append(rest[0])
        elif operation == "remove":
            live = [node for node in live if node != rest[0]]
    if doubled:
        return "ch-double-add"
    return "ch-collision" if case["kind"] == "collision" else "ch-weak-hash"


def nodes_hold(given, outcome):
    """While a node lives every key has one that lives, and a change moves only keys it must move."""
    if "refused" in outcome:
        with pytest.raises(ValueError, match="point"):
            build(reference_ring, given, str)
        return
    ring = build(reference_ring, given, str)
    live, keys = set(given["nodes"]), [f"user:{n}" for n in range(200)]
    changes = [op for op in given["ops"] if op[0] in ("add", "remove")]
    owners = [[ring.get_node(key) for key in keys]]
    for operation, node in changes:
        (ring.add_node if operation == "add" else ring.remove_node)(node)
        (live.add if operation == "add" else live.discard)(node)
        owners.append([ring.get_node(key) for key in keys])
        assert set(owners[-1]) <= (live or {None})
    for (_, node), (before, after) in zip(changes, pairwise(owners), strict=True):
        moves = [(a, b) for a, b in zip(before, after, strict=True) if a != b]
        assert all(node in move for move in moves)


# hash-sharder


def names(number):
    return [f"shard{n}" for n in range(number)]


def keys_of(given, spell=str):
    return [spell(f"{given['prefix']}{n}") for n in range(given["count"])]


def moved(sharder, given, spell=str):
    keys = keys_of(given, spell)
    before = [sharder.get_shard(key) for key in keys]
    sharder.resize(names(given["to"]))
    return sum(old != sharder.get_shard(key) for old, key in zip(before, keys, strict=True))


def spread(sharder, given, spell=str):
    counts = Counter(sharder.get_shard(key) for key in keys_of(given, spell))
    return [counts[name] for name in names(given["shards"])]


def textbook_shard(given):
    if "to" in given:
        return {"moved": moved(textbook_sharding.HashSharder(names(given["from"])), given, javascript.units)}
    sharder = textbook_sharding.HashSharder(names(given["shards"]))
    if "prefix" in given:
        return {"counts": spread(sharder, given, javascript.units)}
    key = given["key"] if str(given["key"]) == given["string_form"] else given["string_form"]
    key = javascript.units(key) if isinstance(key, str) else key
    shard = javascript.index_of_nothing(lambda: sharder.get_shard(key))
    return {"hash": sharder.hash(key), "shard": shard}


def shard_observable(expected):
    return {key: value for key, value in expected.items() if key != "hash"}


def reference_shard(given):
    try:
        if "to" in given:
            return {"moved": moved(reference_sharding.HashSharder(names(given["from"])), given)}
        sharder = reference_sharding.HashSharder(names(given["shards"]))
        if "prefix" in given:
            return {"counts": spread(sharder, given)}
        return {"shard": sharder.get_shard(given["key"])}
    except (TypeError, ValueError):
        return {"refused": True}


def right_shard(given):
    """Return what even, contiguous ranges of slots answer."""
    if "to" in given:
        return {"moved": right_moves(given)} if given["from"] and given["to"] else {"refused": True}
    shards = given["shards"]
    if not shards or not isinstance(given.get("key", ""), str):
        return {"refused": True}
    owner = lambda key: uniform(key) % SLOTS * shards // SLOTS  # noqa: E731
    if "prefix" in given:
        counts = Counter(map(owner, keys_of(given)))
        return {"counts": [counts[n] for n in range(shards)]}
    return {"shard": f"shard{owner(given['key'])}"}


def right_moves(given):
    """Count the keys in slots beyond what their shard keeps: the fullest keep the odd slots."""
    old, new = given["from"], given["to"]
    first = [-(-n * SLOTS // old) for n in range(old + 1)]
    held = [end - start for start, end in pairwise(first)]
    fullest = sorted(range(min(old, new)), key=lambda n: -held[n])
    size, odd = divmod(SLOTS, new)
    kept = {n: size + (rank < odd) for rank, n in enumerate(fullest)}
    count = 0
    for key in keys_of(given):
        slot = uniform(key) % SLOTS
        shard = slot * old // SLOTS
        count += slot - first[shard] >= kept.get(shard, 0)
    return count


def shard_defect(case):
    given = case["input"]
    if "to" in given:
        return "hs-resize"
    if not given["shards"]:
        return "own: without shards there is no answer"
    return "hs-mod-31" if isinstance(given.get("key", ""), str) else "hs-types"


def shard_holds(given, outcome):
    """A key has one of the shards, a resize moves the fewest slots, what has no answer is refused."""
    if "refused" in outcome:
        sharders = reference_sharding.HashSharder
        with pytest.raises((TypeError, ValueError), match=r"shard|text"):
            sharders(names(given.get("shards", 0))).get_shard(given["key"])
    elif "to" in given:
        old, new = given["from"], given["to"]
        slots = reference_sharding.HashSharder(names(old)).resize(names(new))
        assert slots <= -(-SLOTS * abs(new - old) // max(old, new)) + max(old, new)
    elif "prefix" in given:
        assert sum(outcome["counts"]) == given["count"]
        mean = given["count"] / given["shards"]
        assert all(abs(count - mean) <= 5 * mean**0.5 + 1 for count in outcome["counts"])
    else:
        assert outcome["shard"] in names(given["shards"])
