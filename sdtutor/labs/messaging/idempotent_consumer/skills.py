"""What the workers, the queue and the account can be asked about."""

from collections.abc import Mapping
from typing import Any

from sdtutor.engine.predictions.kinds import about_call, when_still
from sdtutor.engine.predictions.skill import Skill, Walk
from sdtutor.engine.run import Run
from sdtutor.labs.messaging.idempotent_consumer.promises import AMOUNTS, SENT, balance, in_queue

SETTINGS: tuple[Mapping[str, Any], ...] = ({}, {"messages": 2}, {"messages": 3})
LEFT = (*sorted(set(SENT)), " and ".join(sorted(set(SENT))), "none")


def deposits(_run: Run) -> tuple[Any, ...]:
    """Return what a worker can take from the queue."""
    return (*AMOUNTS, None)


def balances(run: Run) -> tuple[int, ...]:
    """Return what the account can hold: each deposit as often as it was sent or delivered again."""
    first, second = AMOUNTS.values()
    twice = 2 if run.values["messages"] > 1 else 1
    return tuple(first * times + second * more for more in range(twice) for times in range(4))


def left(run: Run, _asked_at: int) -> str:
    """Return which deposits the queue still holds."""
    return " and ".join(sorted(in_queue(run.world))) or "none"


SKILLS = (
    Skill(
        "what_returns",
        "Predict what a queue hands out",
        about_call("consume", "Which deposit will this call return?", deposits),
        parameters=SETTINGS,
        walk=Walk(16, faults=("drop", "crash"), timers=True),
    ),
    Skill(
        "what_is_paid",
        "Predict how often a deposit is applied",
        when_still("How much does Ann's account hold then?", lambda run, _at: balance(run.world), balances),
        parameters=SETTINGS,
        walk=Walk(20, faults=("drop", "crash"), timers=True),
    ),
    Skill(
        "what_is_queued",
        "Tell which messages a queue still holds",
        when_still("Which deposits does the queue still hold then?", left, lambda _run: LEFT),
        parameters=SETTINGS,
        walk=Walk(20, faults=("drop", "crash")),
    ),
)
