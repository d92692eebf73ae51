"""Consistent hashing: one ring, a few servers, and the share of the keys that each of them gets."""

from collections import Counter
from collections.abc import Mapping
from copy import copy
from functools import lru_cache
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
from sdtutor.engine.parameters import Values, Whole
from sdtutor.engine.world import World
from sdtutor.reference.load_balancing import consistent_hashing as reference
from sdtutor.textbook.load_balancing import consistent_hashing as textbook

Operations = tuple[Operation, ...]
Ring = textbook.ConsistentHash | reference.ConsistentHash

NODE = "ring"
SAMPLE = 1000
"""Keys that the picture counts after every step; the measures count as many as `keys` says."""
KEYS = ("user:1", "user:2", "user:7")
"""What the story looks up; of the three, a fifth server takes one."""
NOBODY = "nobody"
ONE_MORE = "one more"

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


def build(variant: Variant, servers: int, virtual_nodes: int) -> Ring:
    """Return a ring with server1, server2 and so on."""
    names = [f"server{number + 1}" for number in range(servers)]
    if variant == "reference":
        return reference.ConsistentHash(names, virtual_nodes)
    return textbook.ConsistentHash(names, virtual_nodes)


def user_keys(number: int) -> tuple[str, ...]:
    """Return that many keys: user:0, user:1 and so on."""
    return tuple(f"user:{index}" for index in range(number))


def owners(ring: Ring) -> tuple[str, ...]:
    """Return the servers that have a point on the ring, in the order of their arrival."""
    return tuple(
        ring.nodes if isinstance(ring, reference.ConsistentHash) else dict.fromkeys(ring.ring.values())
    )


def observe(ring: Ring) -> Mapping[str, Any]:
    """Return the share of the keys that each server has, and the share that one more would move."""
    sample = user_keys(SAMPLE)
    holders, present = [ring.get_node(key) for key in sample], owners(ring)
    counts = Counter(holders)
    rows = {server: percent(counts[server] / SAMPLE) for server in present}
    if present and counts[None]:
        rows[NOBODY] = percent(counts[None] / SAMPLE)
    other = with_one_more(ring, present)
    moved = sum(other.get_node(key) != holder for key, holder in zip(sample, holders, strict=True))
    # Rows keep the order in which they came to be, and servers join below.
    return {ONE_MORE: f"moves {percent(moved / SAMPLE)}", **rows}


def with_one_more(ring: Ring, present: tuple[str, ...]) -> Ring:
    """Return a copy of a ring that a further server has joined."""
    other = copy(ring)
    vars(other).update({name: copy(value) for name, value in vars(ring).items()})
    other.add_node(next(name for number in count(1) if (name := f"server{number}") not in present))
    return other


def percent(share: float) -> str:
    """Return a share as a learner reads it.

    >>> percent(0.191)
    '19.1 %'
    """
    return f"{100 * share:.1f} %"


def share(said: str) -> float:
    """Return the share that ends a text.

    >>> share("moves 50.0 %")
    0.5
    """
    return float(said.split()[-2]) / 100


def script(values: Values) -> tuple[Call, ...]:
    """Return three lookups; the same after a server has joined, and after it has left."""
    lookups = tuple(Call(NODE, "get_node", (key,)) for key in KEYS)
    newcomer = f"server{values['servers'] + 1}"
    joins, leaves = Call(NODE, "add_node", (newcomer,)), Call(NODE, "remove_node", (newcomer,))
    return (*lookups, joins, *lookups, leaves, *lookups)


# What the run shows


def shares_of(world: World) -> dict[str, float]:
    """Return the share of the keys that each server has, from the picture."""
    return {
        server: share(said) for server, said in world.view(NODE).items() if server not in (NOBODY, ONE_MORE)
    }


def even_shares(world: World, _operations: Operations) -> bool:
    """Tell whether every server has 0.5 to 1.5 of its fair share."""
    shares = shares_of(world)
    return all(0.5 <= each * len(shares) <= 1.5 for each in shares.values())


def few_moves(world: World, _operations: Operations) -> bool:
    """Tell whether one more server would move at most twice its fair share."""
    return share(world.view(NODE)[ONE_MORE]) <= 2 / (len(shares_of(world)) + 1)


def somebody(world: World, operations: Operations) -> bool:
    """Tell whether every key has a server, provided that there is one."""
    if NOBODY in world.view(NODE):
        return False
    last = operations[-1] if operations else None
    lost = last is not None and last.operation == "get_node" and last.done and last.value is None
    return not (lost and (shares_of(world) or joined(operations)))


def joined(operations: Operations) -> frozenset[str]:
    """Return the servers that were added and have not been removed since."""
    last = {o.arguments[0]: o.operation for o in operations if o.operation != "get_node" and o.done}
    return frozenset(server for server, operation in last.items() if operation == "add_node")


def doubled(operations: Operations) -> bool:
    """Tell whether the last server that was added was there already, and has not left."""
    added = [o.arguments[0] for o in operations if o.operation == "add_node"]
    return bool(added) and added[-1] in joined(operations) and added.count(added[-1]) > 1


def changed(_world: World, operations: Operations) -> bool:
    """Tell whether a server has joined or left."""
    return any(operation.operation != "get_node" for operation in operations)


def grown(world: World, operations: Operations) -> bool:
    """Tell whether three servers have joined, and every promise holds."""
    promises = (even_shares, few_moves, somebody)
    return len(joined(operations)) >= 3 and all(holds(world, operations) for holds in promises)


@lru_cache(maxsize=16)
def spread(
    variant: Variant, servers: int, virtual_nodes: int, keys: int
) -> tuple[tuple[tuple[str, int], ...], float]:
    """Return the keys of each server, and the share of them that one more server moves."""
    ring, names = build(variant, servers, virtual_nodes), user_keys(keys)
    before = [ring.get_node(name) for name in names]
    ring.add_node(f"server{servers + 1}")
    moved = sum(ring.get_node(name) != holder for name, holder in zip(names, before, strict=True))
    counts = Counter(before)
    first = (f"server{number + 1}" for number in range(servers))
    return tuple((server, counts[server]) for server in first), moved / keys


def measures_of(variant: Variant | None) -> tuple[Measure, Measure]:
    """Return the measures of a variant; None means that of the run."""

    def measured(finished: Finished) -> tuple[tuple[tuple[str, int], ...], float]:
        values = finished.values
        chosen = variant or finished.variant
        return spread(chosen, values["servers"], values["virtual_nodes"], values["keys"])

    whose, under = (f"_{variant}", f"Under the {variant}: ") if variant else ("", "")
    return (
        Measure(
            f"keys_per_server{whose}",
            "keys",
            f"{under}keys of each of the first servers.",
            lambda finished: measured(finished)[0],
        ),
        Measure(
            f"moved_share{whose}",
            "share",
            f"{under}share of the keys that one more server moves.",
            lambda finished: measured(finished)[1],
        ),
    )


# The story

LOOKUPS = tuple(f"call {NODE} get_node {key}" for key in KEYS)

SCENES = (
    Scene(
        "one_for_all",
        "Four servers with 100 points each, and one of them holds every key.",
        "textbook",
        LOOKUPS,
        breaks="even_shares",
    ),
    Scene(
        "all_move",
        "A fifth server joins and takes every key there is.",
        "textbook",
        (*LOOKUPS, f"call {NODE} add_node server5", *LOOKUPS),
        breaks="few_moves",
    ),
    Scene(
        "few_move",
        "The same with a uniform hash: a fifth of the keys moves, and only to the new server.",
        "reference",
        (*LOOKUPS, f"call {NODE} add_node server5", *LOOKUPS),
    ),
    Scene(
        "one_point",
        "A uniform hash, and one point a server: the arcs are as uneven as chance makes them.",
        "reference",
        LOOKUPS,
        breaks="even_shares",
        parameters={"virtual_nodes": 1},
    ),
    Scene(
        "added_twice",
        "A server joins twice and leaves once; nobody answers for its keys.",
        "textbook",
        (f"call {NODE} add_node server4", f"call {NODE} remove_node server4", LOOKUPS[0]),
        breaks="somebody",
    ),
    Scene(
        "collision",
        "Two servers share their points, and the one that leaves takes the points of both.",
        "textbook",
        (
            f"call {NODE} add_node pod-an",
            f"call {NODE} add_node pod-c0",
            f"call {NODE} remove_node pod-an",
            LOOKUPS[0],
        ),
        breaks="somebody",
    ),
)

SEE_WHO_GETS_THEM = Goal(
    name="see_who_gets_them",
    title="Let a second server join, and see what share of the keys it gets.",
    met=lambda world, operations: not even_shares(world, operations),
    hints=("→ adds server2. Then read the shares in the ring.",),
    coach=(
        (
            lambda world, operations: not even_shares(world, operations),
            "All of them, and the next server would take them all again. The points stand in two clumps:"
            " v shows a better hash.",
        ),
        (
            lambda _world, _operations: True,
            "One server has every key, as it must. → lets server2 join: half of the keys should move. Guess"
            " how many do.",
        ),
    ),
)

LOSE_A_KEY = Goal(
    name="lose_a_key",
    title="Make a lookup return nothing while a server is still there.",
    met=lambda world, operations: not somebody(world, operations),
    hints=(
        "a calls add_node and remove_node with names of your own. What if a name is already there?",
        "Add server2 twice, remove it once, and look up a key.",
    ),
    coach=(
        (
            lambda world, operations: not somebody(world, operations),
            "sorted_keys still has the points of a server that left, and the ring has no owner for them.",
        ),
        (
            lambda _world, operations: doubled(operations),
            "Its points stand twice in sorted_keys now, and once in the ring. Remove the server.",
        ),
        (
            lambda _world, _operations: True,
            "add_node does not ask whether the server is there already. a: add one that is.",
        ),
    ),
)

GROW = Goal(
    name="grow",
    title="Press v, then add three servers; no promise may break on the way.",
    met=grown,
    variant="reference",
    hints=("a, add_node: server2, then server3, then server4. Read what each takes from the others.",),
    coach=(
        (
            grown,
            "Each newcomer took about its fair share, a little from each. s: what if virtual_nodes is 1?",
        ),
        (
            lambda world, operations: not even_shares(world, operations),
            "Too few points: chance decides how long an arc is. s sets virtual_nodes; 100 are enough here.",
        ),
        (
            changed,
            "The keys that moved went to the newcomer; no other key changed its server. a adds the next one.",
        ),
        (lambda _world, _operations: True, "Half of the keys should move to server2. a, or →, adds it."),
    ),
)


def servers_of(world: World) -> tuple[str, ...]:
    """Return the servers on the ring, to guess among."""
    return tuple(shares_of(world))


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
        ),
        Invariant(
            name="few_moves",
            promise="One more server moves at most twice its fair share of the keys.",
            told="One more server would move far more than its share.",
            holds=few_moves,
        ),
        Invariant(
            name="somebody",
            promise="While there is a server, every key has one.",
            told="A server is there, and keys have none.",
            holds=somebody,
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
    predictions=(Prediction("which_server", "Which server has this key?", "get_node", servers_of),),
    measures=(*measures_of(None), *measures_of("reference"), *measures_of("textbook")),
    fidelity=Fidelity(
        real="ConsistentHash runs as it stands; the measures look every key up in it.",
        simulated="No data is copied: when a key moves, only its address changes."
        f" The picture counts the first {SAMPLE:,} keys.",
        editorial="100 points a server and keys of the form user:N; the bounds of the promises are ours.",
    ),
)
