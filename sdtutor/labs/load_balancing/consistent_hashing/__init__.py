"""Consistent hashing: one ring, a few servers, and the share of the keys that each of them gets."""

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
from sdtutor.engine.parameters import Values, Whole
from sdtutor.labs.load_balancing.consistent_hashing.promises import (
    even_shares,
    few_moves,
    lost,
    measures_of,
    servers_of,
    somebody,
)
from sdtutor.labs.load_balancing.consistent_hashing.ring import KEYS, NODE, SAMPLE, build, observe
from sdtutor.labs.load_balancing.consistent_hashing.skills import SKILLS
from sdtutor.labs.load_balancing.consistent_hashing.story import (
    FINDINGS,
    GROW,
    LOOKUPS,
    LOSE_A_KEY,
    SCENES,
    SEE_WHO_GETS_THEM,
)
from sdtutor.reference.load_balancing import consistent_hashing as reference
from sdtutor.textbook.load_balancing import consistent_hashing as textbook

LOOK_UP = Offered("get_node", ("key",), ("user:1",))
ADD = Offered("add_node", ("node",), ("server3",))
REMOVE = Offered("remove_node", ("node",), ("server1",))


def cast(variant: Variant, values: Values) -> Cast:
    """Return the ring, alone."""
    node = Node(
        name=NODE,
        label="ring",
        mark="R",
        cell=(0, 0),
        build=lambda _ports: build(variant, values["servers"], values["virtual_nodes"]),
        observe=observe,
        calls=(LOOK_UP, ADD, REMOVE),
    )
    return Cast((node,))


def script(values: Values) -> tuple[Call, ...]:
    """Return three lookups; the same after a server has joined, and after it has left."""
    lookups = tuple(Call(NODE, "get_node", (key,)) for key in KEYS)
    newcomer = f"server{values['servers'] + 1}"
    joins, leaves = Call(NODE, "add_node", (newcomer,)), Call(NODE, "remove_node", (newcomer,))
    return (*lookups, joins, *lookups, leaves, *lookups)


LAB = Lab(
    sources={"reference": reference, "textbook": textbook},
    cast=cast,
    script=script,
    main_code={
        variant: tuple(f"ConsistentHash.{name}" for name in ("get_node", "hash", "add_node", "remove_node"))
        for variant in ("reference", "textbook")
    },
    defects=7,
    parameters=(
        Whole("servers", 4, 1, 10, "servers", "How many servers there are at first."),
        Whole("virtual_nodes", 100, 1, 300, "points", "How many points each server has on the ring."),
        Whole("keys", 10_000, 100, 100_000, "keys", "How many keys the measures count, user:0 and on."),
    ),
    invariants=(
        Invariant(
            name="even_shares",
            promise="Every server has 0.5 to 1.5 of its fair share of the keys.",
            told="A server has too many of the keys, or too few.",
            holds=even_shares,
            over=("view",),
        ),
        Invariant(
            name="few_moves",
            promise="One more server moves at most twice its fair share of the keys.",
            told="One more server would move far more than its share.",
            holds=few_moves,
            over=("view",),
        ),
        Invariant(
            name="somebody",
            promise="While there is a server, every key has one.",
            told="A server is there, and keys have none.",
            holds=somebody,
            over=("operations", "view"),
            witness=lost,
        ),
    ),
    opening=Opening(
        variant="textbook",
        events=LOOKUPS,
        sentence="Let a second server join, and see what share of the keys it gets.",
        parameters={"servers": 1},
    ),
    goals=(SEE_WHO_GETS_THEM, LOSE_A_KEY, GROW),
    scenes=SCENES,
    findings=FINDINGS,
    predictions=(Prediction("which_server", "Which server has this key?", "get_node", servers_of),),
    skills=SKILLS,
    measures=(*measures_of(None), *measures_of("reference"), *measures_of("textbook")),
    fidelity=Fidelity(
        real="ConsistentHash runs as it stands; the measures look every key up in it.",
        simulated="No data is copied: when a key moves, only its address changes."
        f" The picture counts the first {SAMPLE:,} keys.",
        editorial="100 points a server and keys of the form user:N; the bounds of the promises are ours.",
    ),
)
