"""The story of hash sharding: recorded runs, goals, and what the coach says."""

from sdtutor.engine.lab import Finding, Goal, Scene
from sdtutor.labs.databases.hash_sharding.promises import (
    grown,
    looked_up_again,
    multiplied,
    resized,
    stays_put,
)
from sdtutor.labs.databases.hash_sharding.shards import NODE, STORY, key_of, shard_names

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

FINDINGS = (
    Finding("moved", "textbook", "stays_put", 7),
    Finding("stays", "reference", "stays_put", None),
    Finding("not_these_keys", "textbook", "stays_put", None, {"more": 3}),
    Finding("nobody_lost", "reference", "no_dead_shard", None),
)

SEE_IT_MOVE = Goal(
    name="see_it_move",
    title="Add a fifth shard, and find a key that moved between two old ones.",
    met=lambda world, operations: not stays_put(world, operations),
    par=4,
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
    par=4,
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
