"""What the sharder can be asked about, with the hashes told: the shard of a key, and how many keys move."""

from sdtutor.engine.lab import Call
from sdtutor.engine.predictions.kinds import next_calls, when_calls_end
from sdtutor.engine.predictions.skill import Aim, Skill, Walk
from sdtutor.engine.recording import MISSING
from sdtutor.engine.run import Run
from sdtutor.labs.databases.hash_sharding.shards import NODE, build, key_of, shard_names
from sdtutor.reference.databases.hash_sharding import SLOTS

COUNTS = (3, 4, 5, 6, 8)
"""Numbers of shards to change to."""

KEYS = 9
"""Keys to ask about, from user:1."""

SETTINGS = ({"shards": 3}, {"shards": 4}, {"shards": 5})


def shards_of(run: Run) -> tuple[str, ...]:
    """Return the shards that there are, in order."""
    return shard_names(run.world.view(NODE)["shards"])


def hash_of(run: Run, key: str) -> int:
    """Return the hash of a key under the code that runs."""
    return build(run.variant, 1).hash(key)


def a_lookup(_run: Run) -> tuple[Call, ...]:
    """Return a lookup of each key."""
    return tuple(Call(NODE, "get_shard", (key_of("user", number),)) for number in range(1, KEYS + 1))


def changes(run: Run) -> tuple[Call, ...]:
    """Return lookups, and changes to other numbers of shards."""
    now = len(shards_of(run))
    return (*a_lookup(run), *(Call(NODE, "resize", (shard_names(n),)) for n in COUNTS if n != now))


def which_shard(run: Run) -> tuple[Aim, ...]:
    """Return an aim for each key: who holds it, given its hash or its slot."""
    if run.variant == "reference" and any(o.operation == "resize" for o in run.operations):
        return ()
    return tuple(_shard(run, event.arguments[0]) for event in next_calls(run, "get_shard", a_lookup))


def _shard(run: Run, key: str) -> Aim:
    hashed = hash_of(run, key)
    told = f"The hash of {key} is {hashed:,}."
    if run.variant == "reference":
        told = f"The slot of {key} is {hashed % SLOTS:,} of {SLOTS:,}, counted from 0."

    def found(run: Run, asked_at: int) -> object:
        return run.operations[-1].value if len(run.steps) > asked_at else MISSING

    call = Call(NODE, "get_shard", (key,))
    return when_calls_end(told, "Which shard holds it?", (call,), found, shards_of(run))


def how_many_move(run: Run) -> tuple[Aim, ...]:
    """Return an aim for each other number of shards: how many of three keys move."""
    now = len(shards_of(run))
    return tuple(
        _moving(run, first, shards) for first in range(1, KEYS - 1) for shards in COUNTS if shards != now
    )


def _moving(run: Run, first: int, shards: int) -> Aim:
    keys = [key_of("user", number) for number in range(first, first + 3)]
    lookups = [Call(NODE, "get_shard", (key,)) for key in keys]

    def moved(run: Run, asked_at: int) -> int:
        found = [o.value for o in run.operations if o.called > asked_at and o.operation == "get_shard"]
        return sum(before != after for before, after in zip(found[:3], found[3:], strict=True))

    hashes = ", ".join(f"{key} {hash_of(run, key):,}" for key in keys)
    lead = f"The hashes are {hashes}. The number of shards changes from {len(shards_of(run))} to {shards}."
    resize = Call(NODE, "resize", (shard_names(shards),))
    calls = (*lookups, resize, *lookups)
    return when_calls_end(
        lead, "How many of the three keys move to another shard?", calls, moved, (0, 1, 2, 3)
    )


SKILLS = (
    Skill(
        "which_shard",
        "Work out the shard of a key",
        which_shard,
        parameters=SETTINGS,
        walk=Walk(4, calls=changes),
    ),
    Skill(
        "how_many_move",
        "Count the keys that a resize moves",
        how_many_move,
        variants=("textbook",),
        parameters=SETTINGS,
        walk=Walk(2, calls=changes),
    ),
)
