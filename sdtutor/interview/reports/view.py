"""A report as every surface shows it: words and rows, decided once."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from sdtutor.drawing.charts import number
from sdtutor.interview.records import Evidence, Fallacy, Report, Score, Spent
from sdtutor.interview.scoring.decision import OUR_OWN, RULE, WORDS
from sdtutor.interview.scoring.rubric import LEVEL_WORDS, TITLES, counts
from sdtutor.interview.stages import OVERRUN, stage

_FIGURES: Final[Mapping[str, tuple[str, str]]] = {
    "offered_per_s": ("Requests offered", "/s"),
    "served_per_s": ("Answered in time", "/s"),
    "p50_ms": ("Half are answered within", " ms"),
    "p99_ms": ("99 of 100 within", " ms"),
    "bottleneck": ("First box to saturate", ""),
    "saturates_at_per_s": ("It saturates at", "/s"),
    "availability": ("Every way works", ""),
}
"""What the figures of the capacity are called, and their units."""


@dataclass(frozen=True, slots=True)
class EvidenceRow:
    """A line of evidence.

    Args:
        id: Of the evidence; what a dispute names.
        met: Whether it counts.
        mark: ``✓`` or ``·``, or ``✗`` when it is disputed.
        kind: ``measured`` or ``said``.
        says: What it is.
        quote: The candidate's words or the measurement; may be empty.
        points: ``(3, 7)``: the points it rests on; may be empty.
    """

    id: str
    met: bool
    mark: str
    kind: str
    says: str
    quote: str
    points: str


@dataclass(frozen=True, slots=True)
class DimensionRow:
    """A dimension with its evidence.

    Args:
        title: For people.
        level: ``2.5``; ``-`` where it was not assessed.
        word: The level in a word, or why there is none.
        bar: Four cells.
        weight: ``15 %``.
        fits: ``senior``, ``mid``, ``below mid`` or ``-``.
        descriptor: What an answer at this level does.
        hints: ``1 hint`` or empty.
        evidence: Measured first, then said; of each, what is there first.
    """

    title: str
    level: str
    word: str
    bar: str
    weight: str
    fits: str
    descriptor: str
    hints: str
    evidence: tuple[EvidenceRow, ...]


@dataclass(frozen=True, slots=True)
class StageRow:
    """A stage's time.

    Args:
        title: For people.
        planned: ``5:00``.
        taken: ``6:40``.
        note: ``over``, ``skipped`` or empty.
    """

    title: str
    planned: str
    taken: str
    note: str


@dataclass(frozen=True, slots=True)
class ReportView:
    """Everything that a surface shows of a report.

    Args:
        title: ``URL shortener, 45 minutes, senior``.
        decision: In words.
        percent: ``76 %``.
        why: Which figure decided.
        rule: The whole rule.
        own: Whose rubric this is.
        fit: ``Answers at senior on 5 of 8.``
        dimensions: The rubric, each with its evidence.
        stuffed: Why words earned nothing; may be empty.
        fallacies: What was wrong: why, with the words.
        drawing: Text of the last drawing; may be empty.
        weak_points: Measured, the worst first.
        single_points: Boxes.
        capacity: Label and figure.
        follow_ups: What was asked about the drawing.
        stages: Time by stage.
        strong_adds: What a strong answer adds.
        study: Command and reason.
        one_sentence: What would have changed this most; may be empty.
        next_mock: Command and reason.
        to_confirm: Claims that the candidate should confirm or dispute.
    """

    title: str
    decision: str
    percent: str
    why: str
    rule: str
    own: str
    fit: str
    dimensions: tuple[DimensionRow, ...]
    stuffed: str
    fallacies: tuple[Fallacy, ...]
    drawing: str
    weak_points: tuple[str, ...]
    single_points: tuple[str, ...]
    capacity: tuple[tuple[str, str], ...]
    follow_ups: tuple[str, ...]
    stages: tuple[StageRow, ...]
    strong_adds: tuple[str, ...]
    study: tuple[tuple[str, str], ...]
    one_sentence: str
    next_mock: tuple[str, str]
    to_confirm: tuple[EvidenceRow, ...]


def present(report: Report) -> ReportView:
    """Return a report as rows and words."""
    dimensions = tuple(map(_dimension, report.scores))
    rows = {row.id: row for each in dimensions for row in each.evidence}
    course = report.settings
    return ReportView(
        title=f"{report.title}, {course.minutes} minutes, {course.level}",
        decision=WORDS[report.decision],
        percent=f"{report.percent:g} %",
        why=report.why,
        rule=RULE,
        own=OUR_OWN,
        fit=_fit(report),
        dimensions=dimensions,
        stuffed=report.stuffed,
        fallacies=report.fallacies,
        drawing=report.drawing,
        weak_points=report.weak_points,
        single_points=report.single_points,
        capacity=_capacity(report.capacity),
        follow_ups=report.follow_ups,
        stages=tuple(_stage(each, report) for each in report.spent),
        strong_adds=report.strong_adds,
        study=tuple((f"sdtutor learn {target}", why) for target, why in report.study),
        one_sentence=report.one_sentence,
        next_mock=(f"sdtutor interview {report.next_mock[0]}", report.next_mock[1]),
        to_confirm=tuple(rows[each] for each in report.to_confirm if each in rows),
    )


def bar(level: float) -> str:
    """Return a level from 0 to 4 as four cells.

    >>> bar(2.5)
    '██▌·'
    """
    return ("█" * int(level) + ("▌" if level % 1 else "")).ljust(4, "·")


def _fit(report: Report) -> str:
    scores = [each for each in report.scores if each.weight]
    at = {level: sum(each.fits == level for each in scores) for level in ("senior", "mid")}
    return (
        f"Answers at senior on {at['senior']} of {len(scores)}, "
        f"at mid or above on {at['senior'] + at['mid']} of {len(scores)}."
    )


def _dimension(score: Score) -> DimensionRow:
    known = bool(score.weight)
    ordered = sorted(score.evidence, key=lambda each: (not each.checked, not counts(each)))
    return DimensionRow(
        title=TITLES[score.dimension],
        level=f"{score.level:g}" if known else "-",
        word=LEVEL_WORDS[int(score.level)] if known else "not assessed",
        bar=bar(score.level) if known else "····",
        weight=f"{score.weight} %",
        fits=(score.fits if score.fits != "below" else "below mid") if known else "-",
        descriptor=score.descriptor if known else "The preset leaves no time for it.",
        hints=f"{score.hints} hint{'s' if score.hints > 1 else ''}" if score.hints else "",
        evidence=tuple(map(_evidence, ordered)),
    )


def _evidence(evidence: Evidence) -> EvidenceRow:
    mark = "✗" if evidence.disputed else "✓" if evidence.met else "·"
    return EvidenceRow(
        id=evidence.id,
        met=counts(evidence),
        mark=mark,
        kind="measured" if evidence.checked else "said",
        says=evidence.says,
        quote=evidence.quote,
        points=f"({', '.join(map(str, evidence.points))})" if evidence.points else "",
    )


def _capacity(capacity: Mapping[str, float | str | None]) -> tuple[tuple[str, str], ...]:
    return tuple(
        (label, _figure(capacity[name], unit))
        for name, (label, unit) in _FIGURES.items()
        if capacity.get(name) not in (None, "")
    )


def _figure(value: float | str | None, unit: str) -> str:
    if isinstance(value, str) or value is None:
        return value or ""
    return f"{number(value)}{unit}" if unit else f"{100 * value:.6g} % of the time"


def _stage(spent: Spent, report: Report) -> StageRow:
    spoke = any(each.stage == spent.stage for each in report.quotes)
    over = spent.taken_s > OVERRUN * spent.planned_s
    return StageRow(
        title=stage(report.settings.minutes, spent.stage).title,
        planned=_clock(spent.planned_s),
        taken=_clock(spent.taken_s),
        note="nothing was said" if not spoke else "over" if over else "",
    )


def _clock(seconds: float) -> str:
    minutes, rest = divmod(round(seconds), 60)
    return f"{minutes}:{rest:02}"
