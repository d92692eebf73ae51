"""Evidence of driving: stages, time, questions, summary, hints. All but the plan is measured."""

from collections.abc import Iterator

from sdtutor.core.units import count
from sdtutor.interview.conversation import Conversation
from sdtutor.interview.matching import phrases
from sdtutor.interview.matching.finding import Match
from sdtutor.interview.records import Evidence
from sdtutor.interview.scoring.heard import Heard, seen
from sdtutor.interview.stages import OVERRUN, STAGES

QUESTIONS = 2
"""Clarifying questions that one asks at least before drawing. Editorial."""

DISCUSSED = 2
"""Points that are made at least about a drawing, once it is there. Editorial."""


def communication(heard: Heard) -> Iterator[Evidence]:
    """Yield what shows that the candidate drove the interview; stages and hints count if enough was said."""
    talk = heard.conversation
    yield _shown("order", "went through the stages in their order", heard, _in_order(heard))
    yield _shown("time", "no stage was left out or more than 30 % over its time", heard, _in_time(talk))
    yield _questions(heard)
    yield seen(
        Evidence("close", "communication", True, False, True, "summed up, or named gaps, at the end"),
        next((each for each in phrases.closings(heard.text) if _is_last(each, heard)), None),
    )
    yield seen(
        Evidence("plan", "communication", False, False, True, "said what comes next", model=_PLAN),
        heard.claim(each for each in phrases.plans(heard.text) if not _is_last(each, heard)),
    )
    hints = len(talk.hints)
    says = f"needed {count(hints, 'hint') if hints else 'no hint'}; one at most is free"
    yield Evidence("hints", "communication", True, heard.is_long_enough and hints <= 1, False, says)


_PLAN = "First I fix the requirements, then the numbers; after that I draw, and take the hardest part last."


def _is_last(match: Match, heard: Heard) -> bool:
    return match.stage == "close" or match.point >= len(heard.said)


def _shown(item: str, says: str, heard: Heard, met: bool) -> Evidence:
    return Evidence(item, "communication", True, heard.is_long_enough and met, True, says)


def _in_order(heard: Heard) -> bool:
    """Whether every stage was opened, or, whatever the stages, it was asked, estimated, drawn and discussed.

    Stages can only be opened one after the other; going back to correct something is no fault.
    """
    talk = heard.conversation
    opened = {each.stage for each in talk.opened}
    if all(each.name in opened for each in STAGES[talk.settings.minutes]):
        return True
    firsts = (
        next((each.point for each in phrases.questions(heard.text)), None),
        next((each.number for each in heard.figures), None),
        next((each.number for each in heard.said if each.does == "draw"), None),
    )
    steps = [each for each in firsts if each is not None]
    return len(steps) == len(firsts) and steps == sorted(steps) and talk.count >= steps[-1] + DISCUSSED


def _in_time(talk: Conversation) -> bool:
    spoken = {each.stage for each in talk.said}
    if any(each.stage not in spoken for each in talk.spent):
        return False
    clock = talk.settings.clock is not None
    return not clock or all(each.taken_s <= OVERRUN * each.planned_s for each in talk.spent)


def _questions(heard: Heard) -> Evidence:
    drawn = next((each.number for each in heard.said if each.does == "draw"), None)
    asked = [each for each in phrases.questions(heard.text) if drawn is None or each.point < drawn]
    return Evidence(
        id="questions",
        dimension="communication",
        checked=True,
        met=len(asked) >= QUESTIONS,
        core=True,
        says="asked before drawing",
        quote=" ".join(each.quote for each in asked[:QUESTIONS]),
        points=tuple(dict.fromkeys(each.point for each in asked)),
    )
