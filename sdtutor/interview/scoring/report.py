"""From an interview and its examination to a report."""

from collections.abc import Mapping, Sequence
from typing import Final

from sdtutor.architecture.examination import Examination
from sdtutor.content.problem_records import Dimension, Lexicon, Problem
from sdtutor.interview.conversation import Conversation
from sdtutor.interview.records import Report, Score
from sdtutor.interview.scoring.decision import decide, reason, stand
from sdtutor.interview.scoring.effects import Effects
from sdtutor.interview.scoring.evidence import all_evidence, at_level
from sdtutor.interview.scoring.evidence_drawing import survives
from sdtutor.interview.scoring.evidence_points import fallacies
from sdtutor.interview.scoring.heard import Heard
from sdtutor.interview.scoring.onward import follow_ups, next_mock
from sdtutor.interview.scoring.rubric import (
    DIMENSIONS,
    assessed,
    describe,
    weights,
    whole_percents,
)

WEAK_POINTS: Final = 5
"""Weak points of a drawing that a report names. Editorial."""

_SENIOR: Final = 3.0
_MID: Final = 2.0


def score(
    conversation: Conversation, examination: Examination, lexicon: Lexicon, others: Sequence[str] = ()
) -> Report:
    """Return the report of an interview; the same interview gives the same report.

    Args:
        conversation: As it ended, or as it stands.
        examination: Of its drawing, under the candidate's numbers.
        lexicon: Tells a list of keywords from an answer.
        others: Slugs of the problems that there are.
    """
    heard = Heard(conversation, examination, lexicon)
    hints = _hints(conversation)
    effects = Effects(tuple(all_evidence(heard)), conversation.settings, hints)
    standing = effects.standing
    wrong = fallacies(heard)
    return Report(
        settings=conversation.settings,
        title=conversation.problem.title,
        decision=decide(standing),
        why=reason(standing),
        percent=standing.percent,
        checked_met=standing.checked_met,
        scores=_scores(effects, _fits(effects, conversation.problem)),
        drawing=conversation.drawing,
        weak_points=_weak_points(examination),
        single_points=examination.single_points,
        capacity=_capacity(examination),
        follow_ups=follow_ups(conversation, examination),
        study=effects.study(
            [*((each.study, each.why) for each in wrong), *_measured(examination)], conversation.problem.study
        ),
        strong_adds=effects.strong_adds(),
        one_sentence=effects.one_sentence({each.dimension for each in wrong}),
        next_mock=next_mock(conversation, standing.lowest, others),
        spent=conversation.spent,
        to_confirm=effects.to_confirm(),
        quotes=heard.said,
        fallacies=wrong,
        stuffed=heard.stuffing.why,
    )


def _hints(conversation: Conversation) -> dict[Dimension, int]:
    return {each: sum(hint.dimension == each for hint in conversation.hints) for each in DIMENSIONS}


def _scores(effects: Effects, fits: Mapping[Dimension, str]) -> tuple[Score, ...]:
    shares = whole_percents(weights(effects.settings.level, effects.settings.minutes))
    levels = effects.standing.levels
    return tuple(
        Score(
            dimension=each,
            level=levels.get(each, 0.0),
            descriptor=describe(each, levels.get(each, 0.0)),
            weight=shares.get(each, 0),
            evidence=tuple(one for one in effects.evidence if one.dimension == each),
            hints=effects.hints[each],
            fits=fits.get(each, "below"),
        )
        for each in DIMENSIONS
    )


def _fits(effects: Effects, problem: Problem) -> dict[Dimension, str]:
    """Return the level that each dimension answers at: senior from 3 by senior measures, mid from 2."""
    senior, mid = (
        stand(at_level(effects.evidence, problem, level), effects.settings, effects.hints).levels
        for level in ("senior", "mid")
    )
    return {
        each: "senior" if senior[each] >= _SENIOR else "mid" if mid[each] >= _MID else "below"
        for each in assessed(effects.settings.minutes)
    }


def _weak_points(examination: Examination) -> tuple[str, ...]:
    """Return measured weaknesses, the worst first: losses that hurt, then what rules found."""
    lost = [each.says for each in examination.outages if not survives(each) or each.lost_writes]
    found = [each.message for each in examination.findings]
    return tuple(dict.fromkeys((*lost, *found)))[:WEAK_POINTS]


def _measured(examination: Examination) -> list[tuple[str, str]]:
    return [(each.study, each.message) for each in examination.findings if each.study and each.severity > 2]


def _capacity(examination: Examination) -> dict[str, float | str | None]:
    load = examination.load
    if load is None:
        return {}
    return {
        "offered_per_s": load.offered,
        "served_per_s": load.served,
        "p50_ms": _ms(load.latency_s.get("p50")),
        "p99_ms": _ms(load.latency_s.get("p99")),
        "bottleneck": load.bottleneck,
        "saturates_at_per_s": load.saturates_at,
        "availability": examination.availability,
    }


def _ms(seconds: float | None) -> float | None:
    return None if seconds is None else 1000 * seconds
