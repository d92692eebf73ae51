"""What a sharder promises, and what is counted over many keys."""

from collections import Counter
from functools import lru_cache
from typing import Any

from sdtutor.engine.lab import Finished, Measure, Variant
from sdtutor.engine.operations import Operation
from sdtutor.engine.world import World
from sdtutor.labs.databases.hash_sharding.shards import NODE, SAMPLE, build, key_of, shard_names

Operations = tuple[Operation, ...]
SWEEP = (4, 8, 16, 31, 32, 61, 62, 64)
"""Numbers of shards among which dead shards are counted; 31 and 62 share a factor with the hash."""


def stays_put(world: World, operations: Operations) -> bool:
    """Tell whether no key moved, while shards only joined, to a shard that was already there."""
    return not moved(world, operations)


def moved(world: World, operations: Operations) -> tuple[str, ...]:
    """Return the names of a lookup and of a later one that found the key on another old shard."""
    current = frozenset(shard_names(world.view(NODE)["at first"]))
    places: dict[Any, tuple[Operation, frozenset[str]]] = {}
    for operation in operations:
        if not operation.done:
            continue
        (argument,) = operation.arguments
        if operation.operation == "resize":
            before, current = current, frozenset(argument)
            if not current >= before:
                places.clear()
            continue
        earlier, there = places.get(argument, (operation, current))
        if operation.value != earlier.value and operation.value in there:
            return (earlier.name, operation.name)
        places[argument] = (operation, current)
    return ()


def no_dead_shard(world: World, _operations: Operations) -> bool:
    """Tell whether every shard holds a key."""
    return bool(world.view(NODE)["empty"] == 0)


def resized(_world: World, operations: Operations) -> bool:
    """Tell whether the shards have been changed."""
    return any(operation.operation == "resize" and operation.done for operation in operations)


def looked_up_again(operations: Operations) -> int:
    """Return how many lookups were made after the last resize."""
    names = [operation.operation for operation in operations if operation.done]
    return names[::-1].index("resize") if "resize" in names else 0


def grown(world: World, operations: Operations) -> bool:
    """Tell whether shards joined, and three lookups since have all kept the promise."""
    view = world.view(NODE)
    more = bool(view["shards"] > view["at first"])
    return more and looked_up_again(operations) >= 3 and stays_put(world, operations)


def multiplied(world: World, operations: Operations) -> bool:
    """Tell whether the number of shards was multiplied, and the lookups since have kept the promise."""
    view = world.view(NODE)
    return grown(world, operations) and view["shards"] % view["at first"] == 0


Spread = tuple[tuple[tuple[str, int], ...], float]


@lru_cache(maxsize=16)
def spread(variant: Variant, shards: int, more: int, ids: str, keys: int) -> Spread:
    """Return the keys of each shard, and the share of the keys that moves when more shards join."""
    sharder, names = build(variant, shards), [key_of(ids, number) for number in range(keys)]
    before = [sharder.get_shard(name) for name in names]
    sharder.resize(shard_names(shards + more))
    moved = sum(sharder.get_shard(name) != holder for name, holder in zip(names, before, strict=True))
    counts = Counter(before)
    return tuple((shard, counts[shard]) for shard in shard_names(shards)), moved / keys


@lru_cache(maxsize=2)
def dead_shards(variant: Variant) -> tuple[tuple[str, int], ...]:
    """Return how many shards hold no key at all, by their number, for 1,000 bare ids."""
    return tuple(
        (str(shards), shards - len({sharder.get_shard(str(number)) for number in range(SAMPLE)}))
        for shards in SWEEP
        for sharder in (build(variant, shards),)
    )


def measures_of(variant: Variant | None) -> tuple[Measure, ...]:
    """Return the measures of a variant; None means that of the run."""

    def measured(finished: Finished) -> Spread:
        values, chosen = finished.values, variant or finished.variant
        return spread(chosen, values["shards"], values["more"], values["ids"], values["keys"])

    whose, under = (f"_{variant}", f"Under the {variant}: ") if variant else ("", "")
    return (
        Measure(
            f"keys_per_shard{whose}",
            "keys",
            f"{under}keys of each of the first shards.",
            lambda finished: measured(finished)[0],
        ),
        Measure(
            f"moved_share{whose}",
            "share",
            f"{under}share of the keys that the resize moves.",
            lambda finished: measured(finished)[1],
        ),
        Measure(
            f"dead_shards{whose}",
            "shards",
            f"{under}shards that get none of 1,000 bare ids, by number of shards.",
            lambda finished: dead_shards(variant or finished.variant),
        ),
    )
