"""Evidence of weighing and of operating that any problem can have: alternatives, costs, switches, targets."""

from collections.abc import Iterator

from sdtutor.interview.matching import phrases
from sdtutor.interview.records import Evidence
from sdtutor.interview.scoring.heard import Heard, seen


def tradeoffs(heard: Heard) -> Iterator[Evidence]:
    """Yield an alternative with its reason, a price, and the number at which a choice flips."""
    yield seen(
        Evidence(
            "alternative",
            "tradeoffs",
            False,
            False,
            True,
            "weighed a choice against another",
            model="I considered another store and rejected it, because every look-up needs one key only.",
        ),
        heard.claim(phrases.alternatives(heard.text)),
    )
    yield seen(
        Evidence("switch", "tradeoffs", True, False, True, "gave the number at which a choice would change"),
        heard.claim(phrases.switches(heard.text)),
    )
    yield seen(
        Evidence(
            "cost",
            "tradeoffs",
            False,
            False,
            True,
            "named the price of a choice",
            model="The price of reading from a copy is that a user may see what was true some seconds ago.",
        ),
        heard.claim(phrases.costs(heard.text)),
    )


def operations(heard: Heard) -> Iterator[Evidence]:
    """Yield a target with its number, and how trouble is noticed."""
    yield seen(
        Evidence("target.number", "failure", True, False, False, "an SLO, an RPO or an RTO with its number"),
        heard.claim(phrases.targets(heard.text)),
    )
    yield seen(
        Evidence(
            "detect",
            "failure",
            False,
            False,
            True,
            "said how trouble is noticed",
            model="A health check takes a dead instance out; an alert fires when the error rate passes 1 %.",
        ),
        heard.claim(phrases.detections(heard.text)),
    )
