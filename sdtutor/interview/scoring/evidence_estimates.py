"""Evidence of estimating: figures in the right order, the peak, figures that come back, what they decide."""

from collections.abc import Iterator

from sdtutor.content.problem_records import Number
from sdtutor.interview.matching.finding import Match, find_all
from sdtutor.interview.matching.words import split, stem
from sdtutor.interview.records import Evidence
from sdtutor.interview.scoring.heard import Figure, Heard, seen

_USED_WITHIN = 0.1
"""How far a figure may be rounded where it comes back. Editorial."""

_FAR_OFF = 100.0
"""How far off a figure still shows that its way was known: its author may have assumed another scale than the
interviewer has. Editorial."""

_LARGE = 1000.0
"""From here on a bare count says how much there is, not how many parts the design has. Editorial."""


def estimation(heard: Heard) -> Iterator[Evidence]:
    """Yield each number of the problem, found on the pad or in a sentence, and what was made of it."""
    found = {number.id: _finding(heard, number) for number in heard.problem.numbers}
    for number in heard.problem.numbers:
        says = f"{number.title}, in the right order"
        item = Evidence(f"number.{number.id}", "estimation", True, False, number.core, says)
        yield _figured(item, found[number.id])
        says = f"a figure for {number.title}, at most {_FAR_OFF:.0f} times off"
        item = Evidence(f"sized.{number.id}", "estimation", True, False, number.core, says)
        yield _figured(item, found[number.id] or _sizing(heard, number))
    peak = Evidence(
        "estimate.peak", "estimation", True, False, True, "a figure for the peak, not only the average"
    )
    yield _figured(peak, next((each for each in heard.figures if _is_peak(each)), None))
    used = Evidence(
        "estimate.used", "estimation", True, False, True, "a figure came back where it decides something"
    )
    yield _figured(used, _used(heard, [each for each in found.values() if each]))
    for number in heard.problem.numbers:
        item = Evidence(
            id=f"decides.{number.id}",
            dimension="estimation",
            checked=False,
            met=False,
            core=False,
            says=f"what {number.title} decide{'' if number.title.endswith('s') else 's'}",
            model=number.decides,
        )
        yield seen(item, heard.claim(_decided(heard, number)))


def _decided(heard: Heard, number: Number) -> Iterator[Match]:
    """Yield where it is said what a number decides: while estimating, or with a figure in the sentence."""
    figures = {each.match.sentence for each in heard.figures if not each.calculated and _is_large(each)}
    for pattern in number.says:
        for match in find_all(pattern, heard.text):
            if match.stage == "estimation" or figures & set(range(match.sentence, match.last + 1)):
                yield match


def _is_large(figure: Figure) -> bool:
    """Whether a figure is one of load or data: "one primary" and "six characters" are not."""
    return figure.estimate.dimension != "1" or figure.estimate.value >= _LARGE


def _finding(heard: Heard, number: Number) -> Figure | None:
    return next((each for each in heard.figures if _finds(each, number)), None)


def _sizing(heard: Heard, number: Number) -> Figure | None:
    """Return what was calculated for a number and came out too far off."""
    for each in heard.figures:
        verdict = each.verdict
        is_it = each.calculated and verdict.number is not None and verdict.number.id == number.id
        if is_it and verdict.grade == "off" and verdict.factor <= _FAR_OFF:
            return each
    return None


def _finds(figure: Figure, number: Number) -> bool:
    verdict = figure.verdict
    if verdict.number is None or verdict.number.id != number.id or not verdict.met:
        return False
    return figure.calculated or _is_labelled(figure, number)


def _is_labelled(figure: Figure, number: Number) -> bool:
    """Whether a figure in a sentence says what it is; by its size alone it could be anything."""
    said = {stem(part) for word in figure.estimate.words for part in split(word)}
    return any(all(stem(part) in said for part in split(word)) for word in number.words)


def _is_peak(figure: Figure) -> bool:
    return figure.estimate.is_peak and figure.estimate.time == -1


def _used(heard: Heard, found: list[Figure]) -> Figure | None:
    """Return where a figure is mentioned again in a later point: in a sentence, or as a setting of a box."""
    from sdtutor.interview.estimating.judging import same_value

    estimated = [*(each for each in heard.figures if each.calculated), *found]
    for later in heard.figures:
        if later.calculated:
            continue
        if any(one.number < later.number and same_value(one.estimate, later.estimate) for one in estimated):
            return later
    return _drawn(heard, estimated)


def _drawn(heard: Heard, estimated: list[Figure]) -> Figure | None:
    rates = [box.settings.get("rps") for box in heard.drawing.boxes.values()]
    for figure in estimated:
        value = figure.estimate.value
        near = (abs(rate - value) <= _USED_WITHIN * value for rate in rates if isinstance(rate, float))
        if figure.estimate.dimension == "1/s" and any(near):
            return figure
    return None


def _figured(item: Evidence, figure: Figure | None) -> Evidence:
    return seen(item, figure.match) if figure else item
