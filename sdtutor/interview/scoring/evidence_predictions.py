"""Evidence from predictions about the own drawing that the simulation bears out. All of it is measured."""

from collections.abc import Iterator, Mapping
from itertools import chain
from typing import Final

from sdtutor.architecture.predictions import Prediction
from sdtutor.content.problem_records import Group, Pattern
from sdtutor.core.systems import Kind
from sdtutor.interview.matching.finding import Match, find_all
from sdtutor.interview.records import Evidence
from sdtutor.interview.scoring.heard import Heard, seen

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
        next(_uncached(heard), None) or _asked(heard, ("without_cache",)),
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
        next(_outage(heard), None) or _asked(heard, ("errors_for", "writes_lost")),
    )


def _asked(heard: Heard, ids: tuple[str, ...]) -> Match | None:
    """Return the answer to a question of the interviewer for a prediction, where it came true."""
    right = [each.number for each in heard.conversation.foretold if each.right and each.id in ids]
    said = [each for each in heard.said if each.number in right]
    return Match(said[0].number, said[0].stage, said[0].text, -1, -1) if said else None


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
    """Yield where the rate that reaches a store is said when a cache is lost."""
    lost = tuple(chain.from_iterable(_names(heard, name) for name in _caches(heard)))
    for question in heard.predictions:
        if question.id == "without_cache" and lost:
            pattern = Pattern((lost, _LOST, _names(heard, question.box)))
            yield from (each for each in find_all(pattern, heard.text) if _says(heard, each, "1/s", question))


def _caches(heard: Heard) -> Iterator[str]:
    return (name for name, box in heard.drawing.boxes.items() if box.kind == "cache")


def _outage(heard: Heard) -> Iterator[Match]:
    """Yield where the measured length of an outage is said beside the box that is lost."""
    for question in heard.predictions:
        if question.id == "errors_for":
            pattern = Pattern((_names(heard, question.box), _LOST))
            yield from (each for each in find_all(pattern, heard.text) if _says(heard, each, "s", question))


def _says(heard: Heard, match: Match, dimension: str, question: Prediction) -> bool:
    """Whether a right answer stands in the sentences of a match."""
    return any(
        figure.estimate.dimension == dimension and question.low <= figure.estimate.value <= question.high
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
