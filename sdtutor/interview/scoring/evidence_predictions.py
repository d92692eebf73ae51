"""Evidence from predictions about the own drawing that the simulation bears out. All of it is measured."""

from collections.abc import Iterator, Mapping
from typing import Final

from sdtutor.architecture.examination import Outage
from sdtutor.content.problem_records import Group, Pattern
from sdtutor.core.systems import Kind
from sdtutor.interview.load_numbers import flows_for
from sdtutor.interview.matching.finding import Match, find_all
from sdtutor.interview.records import Evidence
from sdtutor.interview.scoring.heard import Heard, seen

WITHIN: Final = 1.5
"""Factor within which a predicted figure is right. Editorial."""

_FULL: Final[Group] = ("first", "bottleneck", "saturate", "overload", "limit", "full", "break", "give way")
_LOST: Final[Group] = (
    *("fail", "crash", "die", "down", "gone", "lose", "outage", "restart", "empty", "cold", "unavailable"),
    *("promote", "failover", "elect", "without"),
)
_OF_KIND: Final[Mapping[Kind, Group]] = {
    "database": ("db", "database", "primary", "leader", "master"),
    "cache": ("cache",),
    "queue": ("queue",),
    "load_balancer": ("load balancer", "lb"),
}
"""What a box is called besides its name, where it is the only one of its kind that carries a flow."""


def predictions(heard: Heard) -> Iterator[Evidence]:
    """Yield what was foretold rightly: the first box to saturate, the load without a cache, an outage."""
    yield seen(
        Evidence("prediction.first", "depth", True, False, False, "foretold which box saturates first"),
        next(_first(heard), None),
    )
    yield seen(
        Evidence(
            "prediction.uncached",
            "depth",
            True,
            False,
            False,
            "foretold the load on the store without the cache",
        ),
        next(_uncached(heard), None),
    )
    yield seen(
        Evidence(
            "prediction.failure",
            "failure",
            True,
            False,
            False,
            "foretold how long users see the loss of a box",
        ),
        next(_outage(heard), None),
    )


def _first(heard: Heard) -> Iterator[Match]:
    """Yield where the bottleneck is named as such: as it stands, or when another box is lost."""
    load = heard.examination.load
    if load is None or not load.bottleneck:
        return
    names = {name: _names(heard, name) for name in heard.drawing.boxes}
    for match in find_all(Pattern((names[load.bottleneck], _FULL)), heard.text):
        others = (each for name, each in names.items() if name != load.bottleneck)
        if not any(_in(heard, match, Pattern((each,))) for each in others):
            yield match
    for outage in heard.examination.outages:
        if outage.then and outage.then != outage.box:
            yield from find_all(Pattern((names[outage.box], _LOST, names[outage.then])), heard.text)


def _uncached(heard: Heard) -> Iterator[Match]:
    """Yield where the rate of reads is said to reach a store when a cache is lost."""
    caches = [name for name, box in heard.drawing.boxes.items() if box.kind == "cache"]
    stores = [name for name, box in heard.drawing.boxes.items() if box.kind == "database"]
    flows = flows_for(heard.problem, heard.conversation.pads, heard.drawing)
    reads = sum(flow.per_second for flow in flows if not flow.writes)
    for cache in caches:
        for store in stores:
            pattern = Pattern((_names(heard, cache), _LOST, _names(heard, store)))
            for match in find_all(pattern, heard.text):
                if _says(heard, match, "1/s", reads):
                    yield match


def _outage(heard: Heard) -> Iterator[Match]:
    """Yield where the measured length of an outage is said beside the box that is lost."""
    for outage in heard.examination.outages:
        if not _is_felt(outage):
            continue
        for match in find_all(Pattern((_names(heard, outage.box), _LOST)), heard.text):
            if _says(heard, match, "s", outage.seconds):
                yield match


def _is_felt(outage: Outage) -> bool:
    return 0 < outage.seconds < float("inf")


def _says(heard: Heard, match: Match, dimension: str, value: float) -> bool:
    """Whether a quantity near this one stands in the sentences of a match."""
    return any(
        figure.estimate.dimension == dimension and value / WITHIN <= figure.estimate.value <= value * WITHIN
        for figure in heard.figures
        if match.sentence <= figure.match.sentence <= match.last
    )


def _in(heard: Heard, match: Match, pattern: Pattern) -> bool:
    return any(match.sentence <= each.sentence <= match.last for each in find_all(pattern, heard.text))


def _names(heard: Heard, name: str) -> Group:
    """Return what a box is called: its name, and that of its kind if it alone of its kind carries a flow."""
    kind = heard.drawing.boxes[name].kind
    carrying = [each.box for each in heard.examination.outages]
    alike = [each for each in carrying if heard.drawing.boxes[each].kind == kind]
    return (name, *_OF_KIND.get(kind, ())) if alike == [name] else (name,)
