"""Hash sharding: one router, a few shards, and what a further shard does to the keys."""

from collections import Counter
from collections.abc import Mapping
from copy import copy
from functools import lru_cache, partial
from itertools import count
from typing import Any

from sdtutor.engine.lab import (
    Call,
    Cast,
    Fidelity,
    Finished,
    Goal,
    Invariant,
    Lab,
    Measure,
    Node,
    Offered,
    Opening,
    Prediction,
    Scene,
    Variant,
)
from sdtutor.engine.operations import Operation
from sdtutor.engine.parameters import OneOf, Values, Whole
from sdtutor.engine.world import World
from sdtutor.reference.databases import hash_sharding as reference
from sdtutor.textbook.databases import hash_sharding as textbook

Operations = tuple[Operation, ...]
Sharder = textbook.HashSharder | reference.HashSharder

NODE = "sharder"
SAMPLE = 1000
"""Keys that the picture counts after every step; the measures count as many as `keys` says."""
SWEEP = (4, 8, 16, 31, 32, 61, 62, 64)
"""Numbers of shards among which dead shards are counted; 31 and 62 share a factor with the hash."""
STORY = (1, 4, 6)
"""Numbers of the keys that the story looks up; with a fifth shard they stay, go to it, and go elsewhere."""


def shard_names(number: int) -> tuple[str, ...]:
    """Return that many names of shards: s0, s1 and so on."""
    return tuple(f"s{index}" for index in range(number))


def key_of(ids: str, number: int) -> str:
    """Return the key of a row: user:7, or 7 where ids are bare."""
    return str(number) if ids == "bare" else f"user:{number}"


SHOWN = ("HashSharder.get_shard", "HashSharder.hash", "HashSharder.resize")
LOOK_UP = Offered("get_shard", ("key",), ("user:1",))
RESIZE = Offered("resize", ("shards",), (shard_names(5),))


def cast(variant: Variant, values: Values) -> Cast:
    """Return the sharder, alone."""
    node = Node(
        name=NODE,
        label="sharder",
        mark="S",
        cell=(0, 0),
        build=lambda _ports: build(variant, values["shards"]),
        observe=partial(observe, values),
        calls=(LOOK_UP, RESIZE),
    )
    return Cast((node,))


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


def script(values: Values) -> tuple[Call, ...]:
    """Return three lookups, a resize, and the same lookups."""
    lookups = tuple(Call(NODE, "get_shard", (key_of(values["ids"], number),)) for number in STORY)
    return (*lookups, Call(NODE, "resize", (shard_names(values["shards"] + values["more"]),)), *lookups)


# What the run shows


def stays_put(world: World, operations: Operations) -> bool:
    """Tell whether no key moved, while shards only joined, to a shard that was already there."""
    current = frozenset(shard_names(world.view(NODE)["at first"]))
    places: dict[Any, tuple[str, frozenset[str]]] = {}
    for operation in operations:
        if not operation.done:
            continue
        (argument,) = operation.arguments
        if operation.operation == "resize":
            before, current = current, frozenset(argument)
            if not current >= before:
                places.clear()
            continue
        held, there = places.get(argument, (operation.value, current))
        if operation.value != held and operation.value in there:
            return False
        places[argument] = (operation.value, current)
    return True


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


# The story

LOOKUPS = tuple(f"call {NODE} get_shard {key_of('user', number)}" for number in STORY)


def resize_event(shards: int) -> str:
    """Return the event that resizes to that many shards."""
    names = ", ".join(f'"{name}"' for name in shard_names(shards))
    return f"call {NODE} resize '[{names}]'"


SCENES = (
    Scene(
        "resize",
        "A fifth shard joins, and a key moves from one old shard to another.",
        "textbook",
        (*LOOKUPS, resize_event(5), *LOOKUPS),
        breaks="stays_put",
    ),
    Scene(
        "slots",
        "The same with slots: each key stays, or moves to the new shard.",
        "reference",
        (*LOOKUPS, resize_event(5), *LOOKUPS),
    ),
    Scene(
        "doubling",
        "From 4 shards to 8: modulo too moves keys only to new shards.",
        "textbook",
        (*LOOKUPS, resize_event(8), *LOOKUPS),
    ),
    Scene(
        "dead_shards",
        "31 shards and bare ids: 21 shards get nothing.",
        "textbook",
        (f"call {NODE} get_shard '\"1\"'",),
        breaks="no_dead_shard",
        parameters={"shards": 31, "ids": "bare"},
    ),
    Scene(
        "flood",
        "Four keys with one hash: whoever knows the function fills one shard.",
        "textbook",
        tuple(f"call {NODE} get_shard {key}" for key in ("AaAa", "AaBB", "BBAa", "BBBB")),
    ),
    Scene(
        "types",
        'The number 1 and the text "1" are not one key: the number is refused.',
        "reference",
        (f"call {NODE} get_shard '\"1\"'", f"call {NODE} get_shard 1"),
    ),
)

SEE_IT_MOVE = Goal(
    name="see_it_move",
    title="Add a fifth shard, and find a key that moved between two old ones.",
    met=lambda world, operations: not stays_put(world, operations),
    hints=(
        "→ resizes to five shards. Then look the same keys up again.",
        "user:6 was on s1. After the resize → leads to it again.",
    ),
    coach=(
        (
            lambda world, operations: not stays_put(world, operations),
            "Neither shard is new, and the row had to be copied all the same. Four of five keys move: m."
            " Now a puzzle.",
        ),
        (
            lambda _world, operations: looked_up_again(operations) > 0,
            "Stayed, or moved to the new shard: both are fair. Look the next key up.",
        ),
        (resized, "Nothing was copied yet. Which keys are now looked for where they are not? → asks again."),
        (
            lambda _world, _operations: True,
            "Three keys, three shards. → adds s4: a fifth of the keys should move, all of them to s4.",
        ),
    ),
)

MULTIPLY = Goal(
    name="multiply",
    title="Grow to a number of shards at which modulo moves no key between old ones.",
    met=multiplied,
    hints=(
        "Go back with ← to before the resize. s sets `more`, the number of shards that join.",
        "hash % 8 is either hash % 4 or 4 more than that. Set more to 4.",
    ),
    coach=(
        (
            multiplied,
            "Doubling moves half of the keys, each to a new shard: the fewest possible. So modulo clusters"
            " grow by doubling.",
        ),
        (
            lambda world, operations: not stays_put(world, operations),
            "This number mixes the old shards as well. What would hash % n have to share with hash % 4?",
        ),
        (resized, "Now look the same keys up again, all three."),
        (
            lambda _world, _operations: True,
            "How many shards may join, if each key is to stay or to move to a new one? s sets more.",
        ),
    ),
)

USE_SLOTS = Goal(
    name="use_slots",
    title="Press v and add a shard: each key stays, or moves to the new shard.",
    met=grown,
    variant="reference",
    hints=("→ resizes; its result is the number of slots that moved. Then look the keys up again.",),
    coach=(
        (
            grown,
            "A key never changes its slot. Slots change their shard, as many as the new one needs.",
        ),
        (resized, "The result counts the slots that moved, of 16,384. Look the keys up again."),
        (
            lambda _world, _operations: True,
            "hash % 16384 is the slot, and a table has its shard. → adds a shard: guess how many slots move.",
        ),
    ),
)

LAB = Lab(
    sources={"reference": reference, "textbook": textbook},
    cast=cast,
    script=script,
    main_code=dict.fromkeys(("reference", "textbook"), SHOWN),
    defects=4,
    parameters=(
        Whole("shards", 4, 1, 64, "shards", "How many shards there are at first."),
        Whole("more", 1, 1, 64, "shards", "How many shards the resize adds."),
        Whole("keys", 10_000, 100, 100_000, "keys", "How many keys the measures count."),
        OneOf("ids", "user", ("user", "bare"), "How keys are spelled: user:7, or 7 alone."),
    ),
    invariants=(
        Invariant(
            name="stays_put",
            promise="When shards join, a key stays, or moves to one that is new.",
            told="A key moved from one old shard to another.",
            holds=stays_put,
        ),
        Invariant(
            name="no_dead_shard",
            promise="Of 1,000 keys, every shard holds some.",
            told="A shard holds none of 1,000 keys.",
            holds=no_dead_shard,
        ),
    ),
    opening=Opening(
        variant="textbook",
        events=LOOKUPS,
        sentence="Add a fifth shard, and find a key that moved between two old ones.",
    ),
    goals=(SEE_IT_MOVE, MULTIPLY, USE_SLOTS),
    scenes=SCENES,
    predictions=(
        Prediction(
            "which_shard",
            "Which shard has this key?",
            "get_shard",
            lambda world: shard_names(world.view(NODE)["shards"])[:6],
        ),
    ),
    measures=(*measures_of(None), *measures_of("reference"), *measures_of("textbook")),
    fidelity=Fidelity(
        real="HashSharder runs as it stands; the measures look every key up in it.",
        simulated="There are no rows: a key that moved is one that is now looked for elsewhere."
        f" The picture counts {SAMPLE:,} keys.",
        editorial="Names and numbers of shards are ours; 16,384 slots are Redis Cluster's.",
    ),
)
