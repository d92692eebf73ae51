"""Hints: the most valuable thing that the stage still misses, first as a question, then half of an answer."""

from collections.abc import Iterator
from dataclasses import replace

from sdtutor.content.problem_records import Point
from sdtutor.interview.conversation import Conversation, Hint
from sdtutor.interview.scoring.rubric import TITLES, assessed, weights

COSTLY = 2
"""So many hints in one dimension cost something: half a level each."""


def hint(now: Conversation) -> Conversation:
    """Return the moment after a hint, which is never the same twice; it says what it costs."""
    given = [each.id for each in now.hints]
    chosen = next((each for each in _hints(now) if each.id not in given), None)
    if chosen is None:
        return now.replying("notice", "I have no hint for this stage. Asking cost nothing.")
    before = sum(each.dimension == chosen.dimension for each in now.hints)
    cost = "costs half a level" if before < COSTLY else "costs nothing more"
    text = f"{chosen.text} (This hint {cost} in: {TITLES[chosen.dimension]}.)"
    return replace(now, hints=(*now.hints, chosen)).replying("hint", text, chosen.id)


def _hints(now: Conversation) -> Iterator[Hint]:
    """Yield what could be given in this stage, the most valuable first."""
    if now.stage.name == "requirements":
        for ask in now.problem.asks:
            if ask.hidden and ask.id not in now.asks:
                yield Hint(ask.id, "requirements", f"Ask me about {ask.category}.")
    if now.stage.name == "estimation":
        found = _found(now)
        for number in now.problem.numbers:
            if number.core and number.id not in found:
                yield Hint(number.id, "estimation", f"How many are the {number.title}?")
    if now.stage.name == "design":
        yield from _ways(now)
    points = _missing(now)
    yield from (Hint(point.id, point.dimension, point.ask) for point in points)
    yield from (Hint(f"{point.id}.model", point.dimension, _half(point.model)) for point in points)


def _found(now: Conversation) -> list[str]:
    """Return the numbers of the problem that were found in the right order, on the pad or in a sentence."""
    from sdtutor.interview.estimating.judging import judge
    from sdtutor.interview.estimating.spoken import estimates_in
    from sdtutor.interview.matching.text import Text

    spoken = (one for each in Text.of(now.said).sentences for one in estimates_in(each.text))
    judged = (judge(estimate, now.problem.numbers) for estimate in spoken)
    verdicts = (*(pad.verdict for pad in now.pads if pad.verdict), *judged)
    return [each.number.id for each in verdicts if each.met and each.number]


def _ways(now: Conversation) -> Iterator[Hint]:
    from sdtutor.architecture.language.reading import read_drawing
    from sdtutor.architecture.ways import works

    drawing = read_drawing(now.drawing)
    for flow in now.problem.flows:
        if not works(drawing, flow):
            yield Hint(
                flow.name, "design", f"Take me through your drawing: {flow.title}. Which boxes does it pass?"
            )


def _missing(now: Conversation) -> list[Point]:
    """Return the core points of this stage that were not made, those of the weightiest dimension first."""
    worth = weights(now.settings.level, now.settings.minutes)
    missing = [
        point
        for point in now.problem.points
        if point.stage == now.stage.name
        and point.core
        and (point.level == "mid" or now.settings.level == "senior")
        and point.dimension in assessed(now.settings.minutes)
        and point.id not in now.made
    ]
    return sorted(missing, key=lambda point: -worth[point.dimension])


def _half(model: str) -> str:
    """Return the first half of a sentence, to the word."""
    words = model.split()
    return " ".join(words[: (len(words) + 1) // 2]) + " …"
