"""What the clients and the replicas can be asked about."""

from collections.abc import Mapping
from typing import Any

from sdtutor.engine.lab import Call
from sdtutor.engine.predictions.kinds import (
    Band,
    about_call,
    answered_by,
    held,
    label,
    percentile_of,
    when_still,
)
from sdtutor.engine.predictions.skill import Aim, Failure, Skill, Walk
from sdtutor.engine.run import Run
from sdtutor.labs.replica_set import FIRST, replicas

SETTINGS: tuple[Mapping[str, Any], ...] = (
    {},
    {"write_quorum": 1, "read_quorum": 1},
    {"write_quorum": 3, "read_quorum": 1},
    {"read_repair": "off"},
    {"nearest": 3},
)
SECOND = "v2"


def first_or_second(_run: Run) -> tuple[Any, ...]:
    """Return how a read may end."""
    return (FIRST, SECOND, Failure("QuorumError"))


def labels(run: Run) -> tuple[str, ...]:
    """Return what the replicas are called."""
    return tuple(label(run, name) for name in replicas(run.world))


def last_voice(run: Run, asked_at: int, call: str) -> Any:
    """Return the label of the replica whose reply let a call return."""
    who = answered_by(run, asked_at, call)
    return label(run, who) if isinstance(who, str) else who


def what_they_hold(run: Run) -> tuple[Aim, ...]:
    """Return an aim for each replica: what it holds in the end."""
    return tuple(
        aim
        for name in replicas(run.world)
        for aim in when_still(
            f"What does {label(run, name)} hold under `k` then?",
            held(name, "k"),
            lambda _run: (FIRST, SECOND, None),
        )(run)
    )


def copies(run: Run, _asked_at: int) -> int:
    """Return how many replicas hold the second value."""
    return sum(run.world.view(name).get("k") == SECOND for name in replicas(run.world))


def up_to_all(run: Run) -> tuple[int, ...]:
    """Return how many replicas there may be that hold something."""
    return tuple(range(len(replicas(run.world)) + 1))


def requests_of(run: Run, asked_at: int, call: str) -> int:
    """Return how many requests a call has sent since."""
    sent = [moved for step in run.steps[asked_at:] for moved in step.moved if moved.status == "sent"]
    return sum(moved.message.conversation == call and not moved.message.is_reply for moved in sent)


READS = 100
"""Reads of which the percentile is asked: as few as p99 needs."""

BANDS = (
    Band(500, 2_000, "0.5 to 2 ms"),
    Band(60_000, 70_000, "60 to 70 ms"),
    Band(75_000, 80_000, "75 to 80 ms"),
    Band(120_000, 160_000, "120 to 160 ms"),
)
"""One round trip to the replicas of a region, or two beyond it."""


def round_trips(run: Run) -> str:
    """Return how far the replicas are from the reader, and what it is about to do."""
    told = []
    for name in replicas(run.world):
        link = run.cast.link("reader", name)
        low, high = link.latency_us if link and link.latency_us else (0, 0)
        told.append(f"{low * 2 / 1000:g} to {high * 2 / 1000:g} ms to {label(run, name)}")
    return f"A round trip takes {', '.join(told)}. The reader makes {READS} reads, one after the other."


SKILLS = (
    Skill(
        "what_returns",
        "Predict what a quorum read returns",
        about_call("read", "What will the read return?", first_or_second),
        parameters=SETTINGS,
        walk=Walk(16, faults=("drop",)),
    ),
    Skill(
        "what_it_holds",
        "Predict which replicas hear of a write",
        what_they_hold,
        parameters=SETTINGS,
        walk=Walk(10, faults=("drop",)),
    ),
    Skill(
        "how_many_copies",
        "Count the copies of a write",
        when_still(f"How many replicas hold {SECOND} then?", copies, up_to_all),
        parameters=(*SETTINGS, {"replicas": 4}, {"replicas": 5, "write_quorum": 3}),
        walk=Walk(10, faults=("drop",)),
    ),
    Skill(
        "last_voice_of_a_write",
        "Tell which acknowledgement completes a quorum",
        about_call("write", "Whose reply lets the write return?", labels, answer=last_voice),
        parameters=({}, {"replicas": 4}, {"replicas": 5, "write_quorum": 3}, {"write_quorum": 1}),
        walk=Walk(8),
    ),
    Skill(
        "requests_of_a_read",
        "Count the requests of a quorum read",
        about_call(
            "read",
            "How many requests does the read send from here on, until it returns?",
            lambda _run: tuple(range(9)),
            answer=requests_of,
        ),
        parameters=({}, {"read_repair": "off"}, {"replicas": 4}),
        walk=Walk(12),
        variants=("reference",),
    ),
    Skill(
        "what_p99_becomes",
        "Predict the p99 of quorum reads",
        percentile_of("read", 99, round_trips, (Call("reader", "read", ("k",)),) * READS, BANDS),
        parameters=tuple(
            {"latency": latency, "replicas": replicas, "read_quorum": quorum, "nearest": quorum}
            for latency, replicas in (("zones", 3), ("regions", 3), ("regions", 4), ("regions", 5))
            for quorum in (1, 2, 3)
        ),
        walk=Walk(3, faults=("crash",)),
    ),
)
