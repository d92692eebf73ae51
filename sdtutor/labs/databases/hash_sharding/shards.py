"""The shards, their keys, and what one more would move."""

from collections import Counter
from collections.abc import Mapping
from copy import copy
from itertools import count
from typing import Any

from sdtutor.engine.lab import Variant
from sdtutor.engine.parameters import Values
from sdtutor.reference.databases import hash_sharding as reference
from sdtutor.textbook.databases import hash_sharding as textbook

Sharder = textbook.HashSharder | reference.HashSharder
NODE = "sharder"
SAMPLE = 1000
"""Keys that the picture counts after every step; the measures count as many as `keys` says."""
STORY = (1, 4, 6)
"""Numbers of the keys that the story looks up; with a fifth shard they stay, go to it, and go elsewhere."""


def shard_names(number: int) -> tuple[str, ...]:
    """Return that many names of shards: s0, s1 and so on."""
    return tuple(f"s{index}" for index in range(number))


def key_of(ids: str, number: int) -> str:
    """Return the key of a row: user:7, or 7 where ids are bare."""
    return str(number) if ids == "bare" else f"user:{number}"


def build(variant: Variant, shards: int) -> Sharder:
    """Return a sharder over that many shards."""
    source: Any = reference if variant == "reference" else textbook
    sharder: Sharder = source.HashSharder(shard_names(shards))
    return sharder


def observe(values: Values, sharder: Sharder) -> Mapping[str, Any]:
    """Return how the keys are spread over the shards, and what one more shard would move."""
    shards = sharder.shards
    sample = [key_of(values["ids"], number) for number in range(SAMPLE if shards else 0)]
    holders = [sharder.get_shard(key) for key in sample]
    counts = Counter(holders)
    other = with_one_more(sharder)
    moved = sum(other.get_shard(key) != holder for key, holder in zip(sample, holders, strict=True))
    return {
        "at first": values["shards"],
        "shards": len(shards),
        "empty": sum(counts[shard] == 0 for shard in shards),
        "fullest": percent(max(counts.values(), default=0) / SAMPLE),
        "one more": f"moves {percent(moved / SAMPLE)}",
    }


def with_one_more(sharder: Sharder) -> Sharder:
    """Return a copy of a sharder that a further shard has joined."""
    other = copy(sharder)
    vars(other).update({name: copy(value) for name, value in vars(sharder).items()})
    newcomer = next(name for number in count() if (name := f"s{number}") not in sharder.shards)
    other.resize((*sharder.shards, newcomer))
    return other


def percent(share: float) -> str:
    """Return a share as a learner reads it.

    >>> percent(0.798)
    '79.8 %'
    """
    return f"{100 * share:.1f} %"
