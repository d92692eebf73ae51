"""What the tills and the bank can be asked about."""

from collections.abc import Mapping
from itertools import combinations
from typing import Any

from sdtutor.engine.predictions.kinds import about_call, requests, when_still
from sdtutor.engine.predictions.skill import Skill, Walk
from sdtutor.engine.run import Run
from sdtutor.labs.databases.lost_update.promises import OPENED_WITH, balance

SETTINGS: tuple[Mapping[str, Any], ...] = ({}, {"tills": 3}, {"amounts": "large"})


def balances(run: Run) -> tuple[int, ...]:
    """Return what can be left of the account when any of the withdrawals are taken from it."""
    amounts = [call.arguments[1] for call in run.lab.script(run.values)]
    taken = {sum(some) for size in range(len(amounts) + 1) for some in combinations(amounts, size)}
    return tuple(sorted(OPENED_WITH - each for each in taken))


def attempts(_run: Run) -> tuple[int, ...]:
    """Return how often the balance may be read."""
    return (0, 1, 2, 3, 4)


SKILLS = (
    Skill(
        "is_it_paid",
        "Predict whether a withdrawal goes through",
        about_call("withdraw", "Will the till pay out?", lambda _run: (True, False)),
        parameters=(*SETTINGS, {"amounts": "large", "tills": 3}),
        walk=Walk(14),
    ),
    Skill(
        "what_is_left",
        "Predict the balance after withdrawals that overlap",
        when_still("How much does the account hold then?", lambda run, _at: balance(run.world), balances),
        parameters=SETTINGS,
        walk=Walk(12),
    ),
    Skill(
        "how_often_read",
        "Count the attempts of an optimistic write",
        about_call(
            "withdraw",
            "How many reads of the account are sent to the bank until this call returns, by all tills?",
            attempts,
            answer=requests("bank", "get"),
        ),
        variants=("reference",),
        parameters=SETTINGS,
        walk=Walk(12),
    ),
)
