"""A report as one JSON object: what ``sdtutor interview --json`` prints last."""

import math
from typing import Any

from sdtutor.interview.records import Evidence, Fallacy, Report, Score

Record = dict[str, Any]


def report_record(report: Report) -> Record:
    """Return the report in plain values; the same report gives the same bytes once it is dumped."""
    return {
        "type": "report",
        "problem": report.settings.problem,
        "title": report.title,
        "minutes": report.settings.minutes,
        "level": report.settings.level,
        "seed": report.settings.seed,
        "decision": report.decision,
        "why": report.why,
        "percent": report.percent,
        "checked_met": report.checked_met,
        "dimensions": {each.dimension: _score(each) for each in report.scores},
        "weak_points": list(report.weak_points),
        "single_points_of_failure": list(report.single_points),
        "capacity": {name: _value(value) for name, value in report.capacity.items()},
        "follow_ups": list(report.follow_ups),
        "study": [{"target": target, "why": why} for target, why in report.study],
        "strong_adds": list(report.strong_adds),
        "one_sentence": report.one_sentence,
        "next_mock": {"problem": report.next_mock[0], "why": report.next_mock[1]},
        "spent": [
            {"stage": each.stage, "planned_s": round(each.planned_s), "taken_s": round(each.taken_s)}
            for each in report.spent
        ],
        "misconceptions": [_fallacy(each) for each in report.fallacies],
        "stuffed": report.stuffed,
        "to_confirm": list(report.to_confirm),
        "drawing": report.drawing,
    }


def _score(score: Score) -> Record:
    return {
        "level": score.level,
        "weight": score.weight,
        "assessed": score.weight > 0,
        "descriptor": score.descriptor,
        "fits": score.fits,
        "hints": score.hints,
        "checked": [_evidence(each) for each in score.evidence if each.checked],
        "claimed": [_evidence(each) for each in score.evidence if not each.checked],
    }


def _evidence(evidence: Evidence) -> Record:
    return {
        "id": evidence.id,
        "says": evidence.says,
        "met": evidence.met and not evidence.disputed,
        "core": evidence.core,
        "quote": evidence.quote,
        "points": list(evidence.points),
        **({"disputed": True} if evidence.disputed else {}),
    }


def _fallacy(fallacy: Fallacy) -> Record:
    return {
        "id": fallacy.id,
        "dimension": fallacy.dimension,
        "why": fallacy.why,
        "quote": fallacy.quote,
        "points": list(fallacy.points),
    }


def _value(value: float | str | None) -> float | str | None:
    """Return a figure to six significant digits; JSON has no infinity."""
    if not isinstance(value, float):
        return value
    return float(f"{value:.6g}") if math.isfinite(value) else None
