"""Rules of an interview problem that need more than one key; all of them editorial."""

from collections import Counter
from collections.abc import Iterator
from typing import TYPE_CHECKING

from sdtutor.content.validation import nearest
from sdtutor.content.yaml_tree import Document, Place
from sdtutor.core.units import count
from sdtutor.errors import ContentError

if TYPE_CHECKING:
    from sdtutor.content.problem_forms import ProblemForm
    from sdtutor.content.problem_records import Dimension

IDENTIFIED = (
    "asks",
    "operations",
    "numbers",
    "points",
    "misconceptions",
    "follow_ups",
    "changes",
    "failures",
)
"""Lists of a problem whose entries have an id."""

WIDEST = 10
"""A range wider than a power of ten calls every estimate right."""

FEWEST_HIDDEN = 2
FEWEST_CORE_NUMBERS = 2
FEWEST_CORE_POINTS = 2
"""At the lowest level, in each of the dimensions that rest on what the problem listens for."""

LISTENING: "tuple[Dimension, ...]" = ("depth", "tradeoffs", "failure")
"""Dimensions that nothing but the points of a problem can fill."""

BOX = "{box}"
"""What stands for a box of the candidate's drawing."""

Rule = tuple[Place, str, str]
"""Where, what is wrong, what to do."""


def rules(form: "ProblemForm", document: Document) -> Iterator[ContentError]:
    """Yield what is wrong with a problem whose every key is right by itself."""
    for rule in (_ids, _references, _numbers, _load, _shares, _enough, _boxes):
        for place, message, hint in rule(form):
            yield document.problem(place, message, hint)


def _ids(form: "ProblemForm") -> Iterator[Rule]:
    yield from _taken(
        [(key, index, each.id) for key in IDENTIFIED for index, each in enumerate(getattr(form, key))]
    )
    yield from _taken([("flows", index, each.name) for index, each in enumerate(form.flows)])
    yield from _taken([("queries", index, each.name) for index, each in enumerate(form.queries)])


def _taken(named: list[tuple[str, int, str]]) -> Iterator[Rule]:
    first: dict[str, str] = {}
    for key, index, name in named:
        if name in first:
            message = f'"{name}" is already taken in {first[name]}.'
            yield (key, index), message, "Choose another; it is unique in the problem."
        first.setdefault(name, key)


def _references(form: "ProblemForm") -> Iterator[Rule]:
    known = {each.id for each in form.points}
    named = [
        (("follow_ups", index, key), names)
        for index, each in enumerate(form.follow_ups)
        for key, names in (("said", each.said), ("unsaid", each.unsaid), ("points", each.points))
    ]
    named += [(("changes", index, "points"), each.points) for index, each in enumerate(form.changes)]
    named += [(("failures", index, "points"), each.points) for index, each in enumerate(form.failures)]
    for place, names in named:
        for index, name in enumerate(names):
            if name not in known:
                yield (*place, index), f'There is no point "{name}".', nearest(name, known, "The points are")


def _numbers(form: "ProblemForm") -> Iterator[Rule]:
    for index, each in enumerate(form.numbers):
        place: Place = ("numbers", index, "high")
        if each.high < each.low:
            yield place, f"high is less than low, {each.low:g}.", "Exchange them."
        elif each.high > WIDEST * each.low:
            factor = each.high / each.low
            hint = f"Narrow it: at most {WIDEST}, or every answer is right."
            yield place, f"high is {factor:.0f} times low.", hint


def _load(form: "ProblemForm") -> Iterator[Rule]:
    """The load is the problem's own figure, so its average is near one that the estimate looks for."""
    average = form.load.per_second / form.load.peak
    rates = [each for each in form.numbers if each.unit == "1/s"]
    if not any(each.low / 3 <= average <= 3 * each.high for each in rates):
        message = f"per_second / peak is {average:g} a second, and no number of unit 1/s is near it."
        yield ("load",), message, "Correct one of them, or add the number."


def _shares(form: "ProblemForm") -> Iterator[Rule]:
    whole = sum(each.share for each in form.flows)
    if not 0.99 <= whole <= 1.01:
        yield ("flows",), f"The shares of the flows add up to {whole:g}.", "Make it 1: shares of one load."


def _enough(form: "ProblemForm") -> Iterator[Rule]:
    hidden = sum(each.hidden for each in form.asks)
    if hidden < FEWEST_HIDDEN:
        hint = "Hide two or more: what the prompt keeps back and the design turns on."
        yield ("asks",), f"Only {_are(hidden, 'ask')} hidden.", hint
    core = sum(each.core for each in form.numbers)
    if core < FEWEST_CORE_NUMBERS:
        yield ("numbers",), f"Only {_are(core, 'number')} core.", "Two or more decide something; mark them."
    expected = Counter(each.dimension for each in form.points if each.core and each.level == "mid")
    for dimension in LISTENING:
        if expected[dimension] < FEWEST_CORE_POINTS:
            found = count(expected[dimension], "core point")
            hint = "Two or more are expected of everybody: core: true, level: mid."
            yield ("points",), f'The points have only {found} of level mid for "{dimension}".', hint


def _are(number: int, noun: str) -> str:
    """Return the number with its noun and its verb: ``1 ask is``."""
    return f"{count(number, noun)} {'is' if number == 1 else 'are'}"


def _boxes(form: "ProblemForm") -> Iterator[Rule]:
    for index, follow_up in enumerate(form.follow_ups):
        if BOX in follow_up.ask and follow_up.about is None:
            hint = "Say which kind of box: about: cache."
            yield ("follow_ups", index, "ask"), f"{BOX} stands for nothing here.", hint
    for index, change in enumerate(form.changes):
        if BOX in change.says:
            yield ("changes", index, "says"), f"{BOX} stands for nothing here.", "A change is about no box."
    for index, failure in enumerate(form.failures):
        if BOX not in failure.says:
            hint = "Write it where the failed box is named."
            yield ("failures", index, "says"), f"A failure names no {BOX}.", hint
