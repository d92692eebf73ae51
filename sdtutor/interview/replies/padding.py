"""The estimation pad in an interview: what a line comes to, and what the interviewer says about it."""

from dataclasses import replace
from typing import TYPE_CHECKING

from sdtutor.content.problem_records import Problem
from sdtutor.errors import UsageError
from sdtutor.interview.conversation import Conversation, Pad
from sdtutor.interview.records import Said

if TYPE_CHECKING:
    from sdtutor.interview.estimating.records import Estimate, Verdict

RATE = "1/s"
"""The unit of a number that is a rate of requests."""


def pad_of(problem: Problem, said: Said) -> Pad:
    """Return what a line of the pad comes to, held against the problem's numbers.

    Args:
        problem: What it is about.
        said: The line.
    """
    from sdtutor.interview.estimating.calculating import calculate
    from sdtutor.interview.estimating.judging import judge

    try:
        estimate = calculate(said.text)
    except UsageError as error:
        return Pad(said.number, said.text, None, None, f"{error.message} {error.hint}".strip())
    verdict = judge(estimate, problem.numbers)
    return Pad(said.number, said.text, estimate, verdict, rate=_rate(estimate, verdict))


def _rate(estimate: "Estimate", verdict: "Verdict") -> float:
    known = verdict.number is not None and verdict.number.unit == RATE
    return estimate.value if known and estimate.dimension == RATE and estimate.value > 0 else 0.0


def on_pad(now: Conversation, pad: Pad) -> Conversation:
    """Return the moment after the interviewer looked at a line of the pad."""
    now = replace(now, pads=(*now.pads, pad))
    if pad.estimate is None or pad.verdict is None:
        return now.replying("pad", pad.error)
    parts = (*pad.estimate.notices, pad.verdict.text, pad.verdict.asks)
    about = pad.verdict.number.id if pad.verdict.number else ""
    return now.replying("pad", " ".join(part for part in parts if part), about)
