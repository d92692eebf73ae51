"""The story of consistent hashing: recorded runs, goals, and what the coach says."""

from sdtutor.engine.bounds import Bounds
from sdtutor.engine.lab import Finding, Goal, Scene
from sdtutor.labs.load_balancing.consistent_hashing.promises import (
    changed,
    doubled,
    even_shares,
    grown,
    somebody,
)
from sdtutor.labs.load_balancing.consistent_hashing.ring import KEYS, NODE

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

FINDINGS = (
    Finding("all_on_one", "textbook", "even_shares", 4, {"servers": 1}),
    Finding("all_move", "textbook", "few_moves", 4, {"servers": 1}),
    Finding("shares", "reference", "even_shares", None, {"servers": 1}),
    Finding("a_fifth_moves", "reference", "few_moves", None),
    # It tries the values of the examples only; the goal below needs a key that hashes high.
    Finding("not_these_values", "textbook", "somebody", None, bounds=Bounds(calls=3)),
)

SEE_WHO_GETS_THEM = Goal(
    name="see_who_gets_them",
    title="Let a second server join, and see what share of the keys it gets.",
    met=lambda world, operations: not even_shares(world, operations),
    par=1,
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
