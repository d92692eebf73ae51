"""Weighted round robin: one balancer, a pool of servers, and the order in which they are chosen."""

import math
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from functools import partial
from itertools import groupby
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
from sdtutor.engine.parameters import Spelled, Values
from sdtutor.engine.simulated import Ports
from sdtutor.engine.world import World
from sdtutor.reference.load_balancing import weighted_round_robin as reference
from sdtutor.textbook.load_balancing import weighted_round_robin as textbook

Operations = tuple[Operation, ...]
Balancer = textbook.WeightedRoundRobinBalancer | reference.WeightedRoundRobinBalancer
Pool = tuple[tuple[str, int | float], ...]
"""(host, weight) of each server, in order."""

MOST_SERVERS = 20
NODE = "balancer"
PICK = Offered("get_server")

_SERVER = re.compile(r"\s*(?P<host>[A-Za-z][\w.-]{0,19})\s*:\s*(?P<weight>-?\d{1,9}(\.\d{1,6})?)\s*")


def parse_pool(text: str) -> Pool:
    """Return the pool that a text spells; weights of 0, below 0 and with decimals are let through.

    Raises:
        ValueError: An entry is spelled another way, a host is there twice, or there are too many.

    >>> parse_pool("a:5,b:-1,c:0.5")
    (('a', 5), ('b', -1), ('c', 0.5))
    """
    pool: dict[str, int | float] = {}
    for entry in text.split(","):
        found = _SERVER.fullmatch(entry)
        if found is None:
            raise ValueError(f'"{entry}" is not host:weight')
        if found["host"] in pool:
            raise ValueError(f"{found['host']} is there twice")
        pool[found["host"]] = float(found["weight"]) if "." in found["weight"] else int(found["weight"])
    if len(pool) > MOST_SERVERS:
        raise ValueError(f"at most {MOST_SERVERS} servers")
    return tuple(pool.items())


def cast(variant: Variant, values: Values) -> Cast:
    """Return the balancer, alone."""
    node = Node(
        name=NODE,
        label="balancer",
        mark="B",
        cell=(0, 0),
        build=partial(build, variant, values["servers"]),
        observe=partial(observe, values["servers"]),
        calls=(PICK,),
    )
    return Cast((node,))


def build(variant: Variant, pool: Pool, _ports: Ports) -> Balancer:
    """Return a balancer over the pool."""
    if variant == "reference":
        # The refusal of a decimal weight is part of what the lab shows.
        return reference.WeightedRoundRobinBalancer(reference.Server(h, w) for h, w in pool)  # type: ignore[arg-type]
    return textbook.WeightedRoundRobinBalancer(textbook.Server(host, weight) for host, weight in pool)


def observe(pool: Pool, balancer: Balancer) -> Mapping[str, Any]:
    """Return a row a server: its credit, or whether its weight reaches the threshold of this round."""
    if isinstance(balancer, reference.WeightedRoundRobinBalancer):
        return {f"{host}:{weight}": f"credit {balancer.current[host]}" for host, weight in pool}
    reached = {True: "takes part", False: "sits out"}
    rows = {f"{host}:{weight}": reached[weight >= balancer.current_weight] for host, weight in pool}
    return {"threshold": balancer.current_weight, **rows}


def script(_values: Values) -> tuple[Call, ...]:
    """Return one request; the story repeats it."""
    return (Call(NODE, "get_server"),)


# What the run shows


def pool_of(world: World) -> Pool:
    """Return the pool as the balancer shows it; empty while it is down or refused to start."""
    rows = [row for row in world.view(NODE) if ":" in row]
    return parse_pool(",".join(rows)) if rows else ()


def shares_of(pool: Pool) -> dict[str, int]:
    """Return how many requests of a full cycle each server should get; nothing without a weight above 0.

    >>> shares_of((("a", 0.5), ("b", 1.5), ("c", 0)))
    {'a': 1, 'b': 3, 'c': 0}
    """
    # Six decimals are the most that a weight can have.
    weights = {host: max(round(weight * 10**6), 0) for host, weight in pool}
    unit = math.gcd(*weights.values())
    return {host: weight // unit for host, weight in weights.items()} if unit else {}


def picks_of(operations: Operations) -> tuple[str, ...]:
    """Return who served, request by request."""
    return tuple(o.value for o in operations if o.operation == "get_server" and o.done)


def never_ahead(world: World, operations: Operations) -> bool:
    """Tell whether every server is less than one request ahead of its share."""
    shares, picks = shares_of(pool_of(world)), picks_of(operations)
    counts, cycle = Counter(picks), sum(shares.values())
    return all(counts[host] * cycle - share * len(picks) < cycle for host, share in shares.items())


def exact_shares(world: World, operations: Operations) -> bool:
    """Tell whether the counts are exact, if a full cycle has just ended."""
    shares, picks = shares_of(pool_of(world)), picks_of(operations)
    if not shares or len(picks) % sum(shares.values()):
        return True
    counts, cycles = Counter(picks), len(picks) // sum(shares.values())
    return all(counts[host] == share * cycles for host, share in shares.items())


def drained_idle(world: World, operations: Operations) -> bool:
    """Tell whether nobody served whose weight is not above 0."""
    drained = {host for host, weight in pool_of(world) if weight <= 0}
    return drained.isdisjoint(picks_of(operations))


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


# The story

CALL = f"call {NODE} get_server"
RESTART = (f"crash {NODE}", f"restart {NODE}")

SCENES = (
    Scene(
        "burst",
        "The heavy server serves five times in a row before anybody else is asked.",
        "textbook",
        (CALL,) * 5,
        breaks="never_ahead",
    ),
    Scene(
        "smooth",
        "Two full cycles of the smooth version: the light servers come between.",
        "reference",
        (CALL,) * 14,
    ),
    Scene(
        "restarts",
        "A balancer that begins again every two requests sends all of them to one server.",
        "reference",
        (CALL, CALL, *RESTART, CALL, CALL),
        breaks="never_ahead",
    ),
    Scene(
        "hang",
        "A negative weight: the threshold rises for ever, and no server is chosen.",
        "textbook",
        (CALL,),
        breaks="terminates",
        parameters={"servers": "a:-1"},
    ),
    Scene(
        "drained",
        "All weights are 0, and the pool that was drained goes on serving.",
        "textbook",
        (CALL, CALL),
        breaks="drained_idle",
        parameters={"servers": "a:0,b:0"},
    ),
    Scene(
        "starved",
        "Weights 0.1 and 0.3: the server that should get every fourth request gets none.",
        "textbook",
        (CALL,) * 4,
        breaks="exact_shares",
        parameters={"servers": "a:0.1,b:0.3"},
    ),
)

SEE_THE_BURST = Goal(
    name="see_the_burst",
    title="Send requests until one server is a whole request ahead of its share.",
    met=lambda world, operations: not never_ahead(world, operations),
    hints=(
        "→ sends the next request. The threshold decides who takes part in this round.",
        "With weights 5, 1, 1 server a takes part alone until the threshold has fallen to 1.",
    ),
    coach=(
        (
            lambda world, operations: not never_ahead(world, operations),
            "A burst: one server queues while the others idle. The counts will be exact at the end of the"
            " cycle. Now v: the reference.",
        ),
        (
            partial(served, 3),
            "The threshold falls by one each round, and still only one server reaches it.",
        ),
        (
            lambda _world, _operations: True,
            "Only servers whose weight reaches the threshold take part. Guess who is next, then →.",
        ),
    ),
)

SERVE_A_CYCLE = Goal(
    name="serve_a_cycle",
    title="Press v: serve a full cycle of 7 with nobody a whole request ahead.",
    met=cycle_done,
    variant="reference",
    hints=("→ seven times. Watch the credits: they add up to 0 after every request.",),
    coach=(
        (restarted, "A new process has forgotten the credits. Go back with ← to before the crash."),
        (
            cycle_done,
            "After a full cycle all credits are 0 again, so the next one repeats it. Play it, and watch where"
            " the two meet.",
        ),
        (
            partial(served, 3),
            "Who waits earns; who serves falls into debt. Nobody can serve on credit for long.",
        ),
        (
            partial(served, 1),
            "Each server earned its weight. The richest served, and paid the sum of all weights.",
        ),
        (lambda _world, _operations: True, "Nobody has any credit yet. → sends the first request."),
    ),
)

RESTART_IT = Goal(
    name="restart_it",
    title="Make the smooth version burst as well: restart it at a bad moment.",
    met=lambda world, operations: restarted(world, operations) and not never_ahead(world, operations),
    variant="reference",
    hints=(
        "x lists the faults. A crash forgets the credits; a restart begins with all of them at 0.",
        "Send two requests, crash and restart the balancer, and send two more.",
    ),
    coach=(
        (
            lambda world, operations: restarted(world, operations) and not never_ahead(world, operations),
            "Every new process begins with the heaviest server: reload 40 of them, and it gets 40 requests at"
            " once.",
        ),
        (lambda world, _operations: not world.member(NODE).up, "The credits are gone. x restarts it."),
        (restarted, "All credits are 0 again. → : who is served first?"),
        (
            partial(served, 1),
            "Who has served is in debt, and would have to wait. x: what becomes of a debt in a crash?",
        ),
    ),
)


def hosts(world: World) -> tuple[str, ...]:
    """Return the servers of the pool, to guess among."""
    return tuple(host for host, _ in pool_of(world))


LAB = Lab(
    sources={"reference": reference, "textbook": textbook},
    cast=cast,
    script=script,
    repeats=True,
    main_code={
        "textbook": ("WeightedRoundRobinBalancer.get_server", "find_gcd"),
        "reference": ("WeightedRoundRobinBalancer.get_server", "WeightedRoundRobinBalancer._admit"),
    },
    defects=3,
    parameters=(
        Spelled(
            "servers",
            "a:5,b:1,c:1",
            "host:weight,host:weight",
            "The pool in order. Weights of 0, below 0 and with decimals are let through.",
            parse_pool,
        ),
    ),
    faults=("crash",),
    invariants=(
        Invariant(
            name="never_ahead",
            promise="No server is ever a whole request ahead of its share.",
            told="A server got a whole request more than its share so far.",
            holds=never_ahead,
        ),
        Invariant(
            name="exact_shares",
            promise="After each full cycle, every server has served exactly its share.",
            told="A full cycle has ended, and the shares are wrong.",
            holds=exact_shares,
        ),
        Invariant(
            name="drained_idle",
            promise="A server whose weight is not above 0 serves nothing.",
            told="A server served whose weight is not above 0.",
            holds=drained_idle,
        ),
    ),
    opening=Opening(
        variant="textbook",
        events=(CALL, CALL),
        sentence="Send requests until one server is a whole request ahead of its share.",
    ),
    goals=(SEE_THE_BURST, SERVE_A_CYCLE, RESTART_IT),
    scenes=SCENES,
    predictions=(Prediction("who_serves", "Who serves this request?", "get_server", hosts),),
    measures=(
        Measure("requests", "requests", "Requests that each server served.", requests),
        Measure("longest_run", "requests", "Most requests in a row for one server.", longest_run),
        Measure("most_ahead", "requests", "Furthest that a server was ahead of its share.", most_ahead),
    ),
    fidelity=Fidelity(
        real="WeightedRoundRobinBalancer runs as it stands, and picks as nginx does with fixed weights.",
        simulated="There are no servers and no clients: a request is a call, and takes no time.",
        editorial="The weights 5, 1, 1 are those of the commit that brought the algorithm to nginx.",
    ),
)
