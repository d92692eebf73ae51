"""What the servers, the cache and the database can be asked about."""

from typing import Any

from sdtutor.engine.lab import Call
from sdtutor.engine.predictions.kinds import about_call, requests, when_still
from sdtutor.engine.predictions.skill import Skill, Walk
from sdtutor.engine.run import Run
from sdtutor.labs.caching.cache_stampede.promises import ROWS
from sdtutor.reference.caching.cache_stampede import Copy

LOADS = requests("database", "get")


def rows(_run: Run) -> tuple[Any, ...]:
    """Return what a read can return."""
    return (ROWS["k"], "v2", None)


def reads(run: Run) -> tuple[Call, ...]:
    """Return one more read by each server."""
    return tuple(Call(node.name, "get", ("k",)) for node in run.cast.nodes if node.name.startswith("server"))


def copy(run: Run, _asked_at: int) -> Any:
    """Return the row that the cache has a copy of; None when it has none, a lease where there is one."""
    entry = run.world.stored("cache", "k")
    return entry.row if isinstance(entry, Copy) else entry


SKILLS = (
    Skill(
        "what_returns",
        "Predict what a read returns while others load",
        about_call("get", "What will the read return?", rows, calls=reads),
        parameters=({"writers": 1}, {"writers": 1, "servers": 3}),
        walk=Walk(14, calls=reads),
    ),
    Skill(
        "how_many_loads",
        "Count the loads of an expired key",
        when_still(
            "How many reads of the row are still sent to the database?",
            lambda run, asked_at: LOADS(run, asked_at, ""),
            lambda _run: (0, 1, 2, 3),
        ),
        parameters=({"servers": 2}, {"servers": 3}),
        walk=Walk(8, faults=("drop",)),
    ),
    Skill(
        "what_is_cached",
        "Predict what a cache is left with",
        when_still("What does the cache hold under `k` then?", copy, rows),
        parameters=({"writers": 1}, {"writers": 1, "servers": 3}),
        walk=Walk(12, calls=reads),
    ),
)
