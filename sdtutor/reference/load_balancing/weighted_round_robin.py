"""Weighted round robin, smooth.

Problem: servers differ in size. A big one should get
more requests, but never a burst of them in a row.

Idea: at each pick every server earns its weight. The
richest serves, and pays the sum of all weights. Debt
keeps a server waiting; the others catch up meanwhile.

Simplified: weights are fixed and no server fails.
nginx also lowers the weight of one that does. Take a
server out to drain it; nginx and Envoy refuse weight
0 too, HAProxy reads it as "no new sessions".

Source: nginx commit 52327e0627f4 (M. Dounin, 2012),
src/http/ngx_http_upstream_round_robin.c.
"""

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True)
class Server:
    """A server, and its share of the requests.

    Args:
        host: Its name.
        weight: Its share; a whole number, 1 or more.
    """

    host: str
    weight: int


class WeightedRoundRobinBalancer:
    """Hands out servers in proportion to their weights.

    Args:
        servers: The pool, in order of preference.

    Raises:
        ValueError: The pool is empty, a host stands in
            it twice, or a weight is not a whole number
            of 1 or more.

    >>> weights = {"a": 5, "b": 1, "c": 1}
    >>> pool = [Server(*pair) for pair in weights.items()]
    >>> balancer = WeightedRoundRobinBalancer(pool)
    >>> [balancer.get_server() for _ in range(7)]
    ['a', 'a', 'b', 'a', 'c', 'a', 'a']
    """

    def __init__(self, servers: Iterable[Server]) -> None:
        self.weights: dict[str, int] = {}
        for server in servers:
            self._admit(server)
        if not self.weights:
            raise ValueError("The pool has no server.")
        self.total = sum(self.weights.values())
        self.current = dict.fromkeys(self.weights, 0)

    def get_server(self) -> str:
        """Return the host that serves the next request."""
        for host, weight in self.weights.items():
            self.current[host] += weight
        # max keeps the first of equals, as nginx does.
        chosen = max(
            self.current, key=self.current.__getitem__
        )
        self.current[chosen] -= self.total
        return chosen

    def _admit(self, server: Server) -> None:
        host, weight = server.host, server.weight
        if host in self.weights:
            raise ValueError(
                f"{host} stands twice in the pool."
            )
        if type(weight) is not int or weight < 1:
            raise ValueError(
                f"{host} has weight {weight}: use a whole "
                "number of 1 or more, or leave it out."
            )
        self.weights[host] = weight
