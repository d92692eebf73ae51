"""What a ring promises, and what is counted over many keys."""

from collections import Counter
from functools import lru_cache

from sdtutor.engine.lab import Finished, Measure, Variant
from sdtutor.engine.operations import Operation
from sdtutor.engine.world import World
from sdtutor.labs.load_balancing.consistent_hashing.ring import (
    NOBODY,
    NODE,
    ONE_MORE,
    build,
    share,
    user_keys,
)

Operations = tuple[Operation, ...]


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


def lost(world: World, operations: Operations) -> tuple[str, ...]:
    """Return the names of the calls that changed the ring, and of the lookup that found nobody."""
    if somebody(world, operations):
        return ()
    return tuple(o.name for o in operations if o.operation != "get_node" or (o.done and o.value is None))


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


def servers_of(world: World) -> tuple[str, ...]:
    """Return the servers on the ring, to guess among."""
    return tuple(shares_of(world))
