"""What a balancer promises, and what is counted over its picks."""

from collections import Counter
from collections.abc import Collection, Iterator
from itertools import groupby

from sdtutor.engine.lab import Finished
from sdtutor.engine.operations import Operation
from sdtutor.engine.world import World
from sdtutor.labs.load_balancing.weighted_round_robin.pool import NODE, Pool, pool_of, shares_of

Operations = tuple[Operation, ...]


def picks_of(operations: Operations) -> tuple[str, ...]:
    """Return who served, request by request."""
    return tuple(o.value for o in operations if o.operation == "get_server" and o.done)


def never_ahead(world: World, operations: Operations) -> bool:
    """Tell whether every server is less than one request ahead of its share."""
    return not ahead(world, operations)


def ahead(world: World, operations: Operations) -> tuple[str, ...]:
    """Return the names of the requests to servers that are a whole request ahead of their share."""
    shares, picks = shares_of(pool_of(world)), picks_of(operations)
    counts, cycle = Counter(picks), sum(shares.values())
    hosts = [host for host, share in shares.items() if counts[host] * cycle - share * len(picks) >= cycle]
    return served_by(hosts, operations)


def exact_shares(world: World, operations: Operations) -> bool:
    """Tell whether the counts are exact, if a full cycle has just ended."""
    return not beyond_share(world, operations)


def beyond_share(world: World, operations: Operations) -> tuple[str, ...]:
    """Return the names of the requests to servers with more than their share, if a cycle has just ended."""
    shares, picks = shares_of(pool_of(world)), picks_of(operations)
    if not shares or len(picks) % sum(shares.values()):
        return ()
    counts, cycles = Counter(picks), len(picks) // sum(shares.values())
    return served_by([host for host in counts if counts[host] > shares.get(host, 0) * cycles], operations)


def drained_idle(world: World, operations: Operations) -> bool:
    """Tell whether nobody served whose weight is not above 0."""
    return not by_drained(world, operations)


def by_drained(world: World, operations: Operations) -> tuple[str, ...]:
    """Return the names of the requests to servers whose weight is not above 0."""
    return served_by([host for host, weight in pool_of(world) if weight <= 0], operations)


def served_by(hosts: Collection[str], operations: Operations) -> tuple[str, ...]:
    """Return the names of the requests that some servers have served."""
    return tuple(o.name for o in operations if o.operation == "get_server" and o.done and o.value in hosts)


def leads(pool: Pool, picks: tuple[str, ...]) -> Iterator[float]:
    """Yield, request by request, how many requests the server that served it is ahead of its share."""
    shares, counts = shares_of(pool), Counter[str]()
    cycle = sum(shares.values())
    for number, host in enumerate(picks if shares else (), start=1):
        counts[host] += 1
        yield (counts[host] * cycle - shares[host] * number) / cycle


def cycle_done(world: World, operations: Operations) -> bool:
    """Tell whether a full cycle has been served, and no server was ever a request ahead."""
    pool, picks = pool_of(world), picks_of(operations)
    cycle = sum(shares_of(pool).values())
    return 0 < cycle <= len(picks) and max(leads(pool, picks)) < 1


def restarted(world: World, _operations: Operations) -> bool:
    """Tell whether the balancer has begun again."""
    return world.member(NODE).incarnation > 1


def served(count: int, world: World, operations: Operations) -> bool:
    """Tell whether that many requests or more were served by a balancer that is up."""
    return world.member(NODE).up and len(picks_of(operations)) >= count


def requests(finished: Finished) -> tuple[tuple[str, float], ...]:
    """Return how many requests each server served."""
    counts = Counter(picks_of(finished.operations))
    return tuple((host, counts[host]) for host, _ in finished.values["servers"])


def longest_run(finished: Finished) -> int:
    """Return the most requests that one server served in a row."""
    return max((len(list(same)) for _, same in groupby(picks_of(finished.operations))), default=0)


def most_ahead(finished: Finished) -> float:
    """Return by how many requests a server was ahead of its share at most, at any moment."""
    # A server is furthest ahead at the moment at which it has served.
    return max(leads(finished.values["servers"], picks_of(finished.operations)), default=0)


def hosts(world: World) -> tuple[str, ...]:
    """Return the servers of the pool, to guess among."""
    return tuple(host for host, _ in pool_of(world))
