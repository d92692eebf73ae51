"""Hash sharding: even slots, and the fewest moves."""

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sdtutor.reference.databases.hash_sharding import SLOTS, HashSharder
from sdtutor.textbook.databases.hash_sharding import HashSharder as TextbookSharder

KEYS = [f"user:{n}" for n in range(10_000)]
SHARDS = st.lists(st.sampled_from("abcdefghij"), min_size=1, max_size=8, unique=True)


def names(count):
    return [f"shard{n}" for n in range(count)]


def moved(sharder, shards):
    before = [sharder.get_shard(key) for key in KEYS]
    sharder.resize(shards)
    return sum(a != sharder.get_shard(key) for a, key in zip(before, KEYS, strict=True)) / len(KEYS)


def test_the_fifth_shard_takes_a_fifth_of_the_keys():
    assert moved(HashSharder(names(4)), names(5)) == pytest.approx(0.2, abs=0.02)


def test_the_fifth_shard_moves_four_fifths_of_the_textbook_s_keys():
    assert moved(TextbookSharder(names(4)), names(5)) == pytest.approx(0.8, abs=0.02)


@given(SHARDS, SHARDS)
def test_a_resize_moves_the_fewest_slots_and_leaves_the_shards_even(old, new):
    sharder = HashSharder(old)
    before, held = list(sharder.slots), Counter(sharder.slots)
    reported = sharder.resize(new)
    counts = Counter(sharder.slots)
    assert set(counts) == set(new)
    assert max(counts.values()) - min(counts.values()) <= 1
    size, odd = divmod(SLOTS, len(new))
    above = sum(held[name] > size for name in new)
    could_stay = sum(min(held[name], size) for name in new) + min(above, odd)
    changed = sum(a != b for a, b in zip(before, sharder.slots, strict=True))
    assert reported == changed == SLOTS - could_stay


def test_only_ten_of_31_textbook_shards_are_used_by_numbers():
    ids, ours, textbook = range(20_000), HashSharder(names(31)), TextbookSharder(names(31))
    assert len({textbook.get_shard(number) for number in ids}) == 10
    assert len({ours.get_shard(str(number)) for number in ids}) == 31


def test_keys_that_collide_by_design_part_under_a_secret():
    keys = [
        a + b + c + d for a in ("Aa", "BB") for b in ("Aa", "BB") for c in ("Aa", "BB") for d in ("Aa", "BB")
    ]
    assert len({TextbookSharder(names(16)).hash(key) for key in keys}) == 1
    assert len({HashSharder(names(16)).hash(key) for key in keys}) == 16
    sharder = HashSharder(names(16), b"k")
    assert [sharder.hash(k) for k in keys] != [HashSharder(names(16)).hash(k) for k in keys]


def test_text_and_its_bytes_are_one_key_and_other_types_are_none():
    sharder = HashSharder(names(4))
    assert sharder.hash("é🚀") == sharder.hash("é🚀".encode())
    for key in (1, None, ("a",), 1.5):
        with pytest.raises(TypeError, match="not text or bytes"):
            sharder.get_shard(key)


@pytest.mark.parametrize("shards", [[], ["a", "a"]])
def test_shards_that_cannot_share_the_slots_are_refused(shards):
    with pytest.raises(ValueError, match="shard"):
        HashSharder(shards)
    sharder = HashSharder(["a"])
    with pytest.raises(ValueError, match="shard"):
        sharder.resize(shards)
    assert sharder.get_shard("k") == "a"
