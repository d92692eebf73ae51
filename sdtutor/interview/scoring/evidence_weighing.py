"""Evidence of weighing and of operating that any problem can have: alternatives, costs, switches, targets."""

from collections.abc import Iterable, Iterator
from typing import Final

from sdtutor.content.problem_records import Pattern
from sdtutor.interview.matching import phrases
from sdtutor.interview.matching.finding import Match, find_all
from sdtutor.interview.matching.text import Text
from sdtutor.interview.records import Evidence
from sdtutor.interview.scoring.heard import Heard, seen

_WATCHING: Final = Pattern(
    (
        (
            "alert",
            "alarm",
            "monitor",
            "page",
            "probe",
            "heartbeat",
            "health check",
            "watch",
            "dashboard",
            "metric",
            "woken",
            "wake",
        ),
    )
)


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
        heard.claim(
            _outside(phrases.alternatives(heard.text), (*phrases.closings(heard.text), *heard.calls))
        ),
    )
    yield seen(
        Evidence("switch", "tradeoffs", True, False, True, "gave the number at which a choice would change"),
        heard.claim(_outside(phrases.switches(heard.text), _limits(heard.text))),
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
        heard.claim(_outside(phrases.costs(heard.text), heard.calls)),
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
        heard.claim(_noticing(heard.text)),
    )


def _outside(found: Iterable[Match], others: Iterable[Match]) -> Iterator[Match]:
    """Yield matches that say nothing else: a limit on latency is no switch, a parameter no cost."""
    taken = {each.sentence for each in others}
    return (each for each in found if each.sentence not in taken)


def _limits(text: Text) -> Iterator[Match]:
    """Yield the qualities that are promised; a throughput is one at which a choice may flip."""
    return (match for quality, match in phrases.qualities(text).items() if quality != "throughput")


def _noticing(text: Text) -> Iterator[Match]:
    """Yield how trouble is noticed, where that is not denied."""
    watched = {match.sentence for match in find_all(_WATCHING, text)}
    return (each for each in phrases.detections(text) if each.sentence in watched)
