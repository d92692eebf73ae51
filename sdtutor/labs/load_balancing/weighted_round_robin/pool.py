"""A pool of servers: how it is spelled, shown and shared out."""

import math
import re
from collections.abc import Mapping
from typing import Any

from sdtutor.engine.lab import Variant
from sdtutor.engine.simulated import Ports
from sdtutor.engine.world import World
from sdtutor.reference.load_balancing import weighted_round_robin as reference
from sdtutor.textbook.load_balancing import weighted_round_robin as textbook

Balancer = textbook.WeightedRoundRobinBalancer | reference.WeightedRoundRobinBalancer
Pool = tuple[tuple[str, int | float], ...]
"""(host, weight) of each server, in order."""
MOST_SERVERS = 20
NODE = "balancer"
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
