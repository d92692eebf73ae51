"""What the balancer can be asked about: the next pick, and the picks of the next requests."""

from typing import Any

from sdtutor.core.units import count
from sdtutor.engine.lab import Call
from sdtutor.engine.predictions.kinds import about_call, when_calls_end
from sdtutor.engine.predictions.skill import Aim, Skill, Walk
from sdtutor.engine.run import Run
from sdtutor.labs.load_balancing.weighted_round_robin.pool import NODE
from sdtutor.labs.load_balancing.weighted_round_robin.promises import hosts, picks_of

POOLS = tuple(
    {"servers": pool}
    for pool in ("a:5,b:1,c:1", "a:3,b:2,c:1", "a:2,b:1,c:1,d:1", "a:1,b:4,c:2", "a:2,b:3,c:2", "a:4,b:3")
)
REQUESTS = (3, 4, 5)
"""How many requests are looked ahead; editorial."""

WALK = Walk(9, faults=("crash",))


def in_turn(run: Run) -> tuple[str, ...]:
    """Return the servers, first the one that is next in turn, as if all weights were equal."""
    servers = hosts(run.world)
    turn = len(picks_of(run.operations)) % len(servers) if servers else 0
    return (*servers[turn:], *servers[:turn])


def counting(run: Run) -> tuple[Aim, ...]:
    """Return an aim for each server and each number of requests: how many of them it serves."""
    return tuple(_counting(host, number) for host in hosts(run.world) for number in REQUESTS)


def _counting(host: str, number: int) -> Aim:
    def served(run: Run, asked_at: int) -> Any:
        return sum(o.value == host for o in run.operations if o.called > asked_at)

    calls = (Call(NODE, "get_server"),) * number
    lead = f"Next, {count(number, 'request')} come in, one after the other."
    return when_calls_end(
        lead, f"How many of them does {host} serve?", calls, served, tuple(range(number + 1))
    )


SKILLS = (
    Skill(
        "who_serves",
        "Predict the next pick of weighted round robin",
        about_call("get_server", "Who serves this request?", in_turn),
        parameters=POOLS,
        walk=WALK,
    ),
    Skill(
        "how_many",
        "Count the picks of weighted round robin",
        counting,
        parameters=POOLS,
        walk=WALK,
    ),
)
