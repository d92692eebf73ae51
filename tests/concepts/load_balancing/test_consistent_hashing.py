"""Consistent hashing: who owns a key, and what a change moves."""

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sdtutor.reference.load_balancing.consistent_hashing import ConsistentHash
from sdtutor.textbook.load_balancing.consistent_hashing import ConsistentHash as TextbookRing

KEYS = [f"user:{n}" for n in range(10_000)]
SERVERS = ["server1", "server2", "server3", "server4"]
CHANGES = st.lists(st.tuples(st.booleans(), st.sampled_from("abcdef")), max_size=12)


def owners(ring, keys=KEYS):
    return [ring.get_node(key) for key in keys]


def moved(ring, node):
    before = owners(ring)
    ring.add_node(node)
    return sum(a != b for a, b in zip(before, owners(ring), strict=True)) / len(KEYS)


def test_one_more_server_moves_its_share_of_the_keys():
    assert moved(ConsistentHash(SERVERS), "server5") == pytest.approx(1 / 5, abs=0.07)


def test_each_server_has_half_to_one_and_a_half_of_the_mean():
    counts = Counter(owners(ConsistentHash([*SERVERS, "server5"])))
    assert len(counts) == 5
    assert all(1000 <= count <= 3000 for count in counts.values())


def test_the_textbook_gives_all_keys_to_one_server_and_moves_them_all():
    ring = TextbookRing(SERVERS)
    assert len(set(owners(ring))) == 1
    assert moved(ring, "server5") == 1


def test_more_points_do_not_help_the_textbook():
    counts = Counter(owners(TextbookRing(SERVERS, 1000)))
    assert max(counts.values()) > 0.99 * len(KEYS)


@given(CHANGES)
def test_while_a_node_lives_every_key_has_one_that_lives(changes):
    ring, live, keys = ConsistentHash(virtual_nodes=5), set(), KEYS[:50]
    for add, node in changes:
        (ring.add_node if add else ring.remove_node)(node)
        (live.add if add else live.discard)(node)
        assert set(owners(ring, keys)) <= (live or {None})
        assert len(ring.ring) == 5 * len(live)


@given(CHANGES)
def test_the_history_of_a_ring_leaves_no_trace(changes):
    ring, live = ConsistentHash(virtual_nodes=5), set()
    for add, node in changes:
        (ring.add_node if add else ring.remove_node)(node)
        (live.add if add else live.discard)(node)
    assert ring.ring == ConsistentHash(sorted(live), 5).ring


def test_a_key_at_a_point_belongs_to_that_point():
    ring = ConsistentHash(SERVERS, 10)
    assert all(ring.get_node(f"{node}:{n}") == node for node in SERVERS for n in range(10))


def test_nodes_that_share_every_place_do_not_lose_each_other():
    class Crowded(ConsistentHash):
        def hash(self, key):
            return super().hash(key) % 7

    ring = Crowded(["pod-an", "pod-c0"], 20)
    ring.remove_node("pod-an")
    assert set(owners(ring, KEYS[:50])) == {"pod-c0"}


def test_a_collision_in_the_textbook_loses_every_key():
    ring = TextbookRing(["pod-an", "pod-c0"])
    ring.remove_node("pod-an")
    assert ring.get_node("user:1") is None


def test_a_node_added_twice_is_there_once():
    ring = ConsistentHash(["a", "a"], 3)
    ring.add_node("a")
    assert len(ring.ring) == 3


def test_a_ring_without_points_is_refused():
    with pytest.raises(ValueError, match="point"):
        ConsistentHash(["a"], 0)
