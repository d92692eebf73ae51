"""Weighted round robin, as most introductions show it.

A threshold falls from the largest weight to zero in
steps of the greatest common divisor; a server serves
in every round in which its weight reaches it.

Source: Linux Virtual Server, "Weighted Round-Robin
Scheduling" (kb.linuxvirtualserver.org).
"""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import reduce


@dataclass(frozen=True)
class Server:
    """A server, and its share of the requests.

    Args:
        host: Its name.
        weight: Its share.
    """

    host: str
    weight: float


class WeightedRoundRobinBalancer:
    """Hands out servers in proportion to their weights.

    Args:
        servers: The pool.
    """

    def __init__(self, servers: Iterable[Server]) -> None:
        self.servers = list(servers)
        weights = [
            server.weight for server in self.servers
        ]
        self.gcd = reduce(find_gcd, weights)
        self.max_weight = max(weights)
        self.current = -1
        self.current_weight: float = 0

    def get_server(self) -> str:
        """Return the host that serves the next request."""
        while True:
            self.current += 1
            self.current %= len(self.servers)
            if self.current == 0:
                self.current_weight -= self.gcd
                if self.current_weight <= 0:
                    self.current_weight = self.max_weight
            server = self.servers[self.current]
            if server.weight >= self.current_weight:
                return server.host


def find_gcd(a: float, b: float) -> float:
    """Return the greatest common divisor (Euclid)."""
    if b == 0:
        return a
    # As in C and Java: it has the sign of a.
    rest = abs(a) % abs(b)
    return find_gcd(b, -rest if a < 0 else rest)
