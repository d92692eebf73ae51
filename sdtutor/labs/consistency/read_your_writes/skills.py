"""What the browsers, the servers and the copies can be asked about."""

from collections.abc import Mapping
from typing import Any

from sdtutor.engine.lab import Call
from sdtutor.engine.predictions.kinds import about_call, held, requests, when_still
from sdtutor.engine.predictions.skill import Failure, Skill, Walk
from sdtutor.engine.run import Run
from sdtutor.labs.consistency.read_your_writes.members import FIRST, SECOND

SETTINGS: tuple[Mapping[str, Any], ...] = (
    {},
    {"balancer": "sticky"},
    {"balancer": "sticky", "keys": 2},
    {"readers": 1, "replicas": 2},
)


def first_or_second(_run: Run) -> tuple[Any, ...]:
    """Return how a read may end."""
    return (FIRST, SECOND, Failure("PeerError"))


def reads(_run: Run) -> tuple[Call, ...]:
    """Return one more read of Ada through each server."""
    return tuple(Call("ada", "read", ("k", server)) for server in (1, 2))


SKILLS = (
    Skill(
        "what_returns",
        "Predict what a read through a replica returns",
        about_call("read", "What will the read return?", first_or_second, calls=reads),
        parameters=SETTINGS,
        walk=Walk(14, calls=reads),
    ),
    Skill(
        "who_is_asked",
        "Tell when a read reaches the primary",
        about_call(
            "read",
            "How many reads are sent to the primary until this call returns?",
            lambda _run: (0, 1, 2),
            answer=requests("primary", "read"),
            calls=reads,
        ),
        parameters=SETTINGS[:3],
        walk=Walk(14, calls=reads),
    ),
    Skill(
        "what_it_holds",
        "Predict what reaches a replica",
        when_still(
            "What does replica 1 hold under `k` then?", held("replica_1", "k"), lambda _run: (FIRST, SECOND)
        ),
        parameters=SETTINGS,
        walk=Walk(12, faults=("drop",)),
    ),
)
