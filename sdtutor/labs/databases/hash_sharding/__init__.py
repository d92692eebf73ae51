"""Hash sharding: one router, a few shards, and what a further shard does to the keys."""

from functools import partial

from sdtutor.engine.lab import (
    Call,
    Cast,
    Fidelity,
    Invariant,
    Lab,
    Node,
    Offered,
    Opening,
    Prediction,
    Variant,
)
from sdtutor.engine.parameters import OneOf, Values, Whole
from sdtutor.labs.databases.hash_sharding.promises import measures_of, moved, no_dead_shard, stays_put
from sdtutor.labs.databases.hash_sharding.shards import (
    NODE,
    SAMPLE,
    STORY,
    build,
    key_of,
    observe,
    shard_names,
)
from sdtutor.labs.databases.hash_sharding.skills import SKILLS
from sdtutor.labs.databases.hash_sharding.story import (
    FINDINGS,
    LOOKUPS,
    MULTIPLY,
    SCENES,
    SEE_IT_MOVE,
    USE_SLOTS,
)
from sdtutor.reference.databases import hash_sharding as reference
from sdtutor.textbook.databases import hash_sharding as textbook

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


def script(values: Values) -> tuple[Call, ...]:
    """Return three lookups, a resize, and the same lookups."""
    lookups = tuple(Call(NODE, "get_shard", (key_of(values["ids"], number),)) for number in STORY)
    return (*lookups, Call(NODE, "resize", (shard_names(values["shards"] + values["more"]),)), *lookups)


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
            over=("operations", "view"),
            witness=moved,
        ),
        Invariant(
            name="no_dead_shard",
            promise="Of 1,000 keys, every shard holds some.",
            told="A shard holds none of 1,000 keys.",
            holds=no_dead_shard,
            over=("view",),
        ),
    ),
    opening=Opening(
        variant="textbook",
        events=LOOKUPS,
        sentence="Add a fifth shard, and find a key that moved between two old ones.",
    ),
    goals=(SEE_IT_MOVE, MULTIPLY, USE_SLOTS),
    scenes=SCENES,
    findings=FINDINGS,
    predictions=(
        Prediction(
            "which_shard",
            "Which shard has this key?",
            "get_shard",
            lambda world: shard_names(world.view(NODE)["shards"])[:6],
        ),
    ),
    skills=SKILLS,
    measures=(*measures_of(None), *measures_of("reference"), *measures_of("textbook")),
    fidelity=Fidelity(
        real="HashSharder runs as it stands; the measures look every key up in it.",
        simulated="There are no rows: a key that moved is one that is now looked for elsewhere."
        f" The picture counts {SAMPLE:,} keys.",
        editorial="Names and numbers of shards are ours; 16,384 slots are Redis Cluster's.",
    ),
)
