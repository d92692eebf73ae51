"""What the readers, the writers and the cache can be asked about."""

from collections.abc import Mapping
from typing import Any

from sdtutor.engine.lab import Call
from sdtutor.engine.predictions.kinds import about_call, held, requests, when_still
from sdtutor.engine.predictions.skill import Aim, Skill, Walk
from sdtutor.engine.run import Run

SETTINGS: tuple[Mapping[str, Any], ...] = ({}, {"readers": 2}, {"writers": 2}, {"readers": 2, "writers": 2})


def values(run: Run) -> tuple[Any, ...]:
    """Return what can be under the key: the first row, those that the story writes, and nothing."""
    written = (call.arguments[1] for call in run.lab.script(run.values) if call.operation == "set")
    return ("v1", *written, None)


def rows(run: Run) -> tuple[Any, ...]:
    """Return the rows that there can be."""
    return values(run)[:-1]


def reads(run: Run) -> tuple[Call, ...]:
    """Return one more read by each reader."""
    return tuple(Call(node.name, "get", ("k",)) for node in run.cast.nodes if node.name.startswith("reader"))


def hit_or_miss(run: Run, asked_at: int, call: str) -> str:
    """Return whether a read was a hit: whether it did without the database."""
    asked = [
        moved.message
        for step in run.steps[asked_at:]
        for moved in step.moved
        if moved.message.conversation == call and moved.message.operation == "get"
    ]
    return "a miss" if any(message.receiver == "database" for message in asked) else "a hit"


def as_many(_run: Run) -> tuple[int, ...]:
    """Return how often the database may be read."""
    return (0, 1, 2, 3)


WHICH_ROW = when_still("Which row does the database hold under `k` then?", held("database", "k"), rows)


def row_of_several(run: Run) -> tuple[Aim, ...]:
    """Return the aim about the row in the end, while several writes are under way."""
    writing = [call for call in run.operations if call.operation == "set" and call.outcome is None]
    return WHICH_ROW(run) if len(writing) > 1 else ()


SKILLS = (
    Skill(
        "what_returns",
        "Predict what a read returns",
        about_call("get", "What will the read return?", values, calls=reads),
        parameters=SETTINGS,
        walk=Walk(16, calls=reads),
    ),
    Skill(
        "hit_or_miss",
        "Tell a hit from a miss",
        about_call(
            "get",
            "Is it a hit or a miss?",
            lambda _run: ("a hit", "a miss"),
            answer=hit_or_miss,
            calls=reads,
            begun=False,
        ),
        parameters=SETTINGS,
        walk=Walk(18, calls=reads),
    ),
    Skill(
        "what_is_cached",
        "Predict what a cache is left with",
        when_still("What does the cache hold under `k` then?", held("cache", "k"), values),
        parameters=SETTINGS,
        walk=Walk(16, faults=("drop",), calls=reads),
    ),
    Skill(
        "which_row",
        "Predict which of two writes lasts",
        row_of_several,
        parameters=({"writers": 2}, {"writers": 3}),
        walk=Walk(8),
    ),
    Skill(
        "database_reads",
        "Count the reads that reach the database",
        about_call(
            "get",
            "How many reads are sent to the database until it returns?",
            as_many,
            answer=requests("database", "get"),
            calls=reads,
        ),
        parameters=({}, {"readers": 2}, {"readers": 3}),
        walk=Walk(10, calls=reads),
    ),
)
