"""Whether the reference designs of an interview problem hold what the problem asks of a candidate's."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from sdtutor.errors import ContentError, UsageError

if TYPE_CHECKING:
    from sdtutor.architecture.records import Drawing
    from sdtutor.content.problem_records import Problem, ReferenceDesign

HURTS = 2
"""Severity of a finding from which on a reference design has to answer for it."""

SERVED = 0.99
"""Share of the load that is served by a design that meets it, as a candidate's is judged."""

SEED = 0

Wrong = tuple[str, str]
"""What is wrong, and what to do."""


def check_designs(problem: "Problem") -> Iterator[ContentError]:
    """Yield what is wrong with the figures and the reference designs of a problem."""
    unreadable = list(_units(problem))
    yield from unreadable
    for index, design in enumerate(problem.designs):
        pad = () if unreadable else _calculated(problem, design)
        for message, hint in [*_design(problem, design), *pad]:
            yield ContentError(problem.path, problem.lines[f"design.{index}"], message, hint)


def _units(problem: "Problem") -> Iterator[ContentError]:
    from sdtutor.interview.estimating.judging import bounds

    for number in problem.numbers:
        try:
            bounds(number)
        except UsageError as error:
            message = f'The pad cannot read the unit "{number.unit}": {error.message}'
            hint = "Write one such as 1/s, TB or Gbit/s."
            yield ContentError(problem.path, problem.lines[number.id], message, hint)


def _design(problem: "Problem", design: "ReferenceDesign") -> Iterator[Wrong]:
    from sdtutor.architecture.language.reading import read_drawing
    from sdtutor.architecture.ways import paths

    drawing = read_drawing(design.drawing)
    for mistake in drawing.mistakes:
        yield f'Line {mistake.line} of the drawing "{design.title}": {mistake.message}', mistake.hint
    missing = [path for path in paths(drawing, problem.flows) if not path.boxes]
    for path in missing:
        yield f'The flow "{path.flow}" has no way through the drawing: {path.missing}', "Draw it."
    if not drawing.mistakes and not missing:
        yield from _weak(problem, drawing, design.trade_off)
        yield from _loaded(problem, drawing)


def _weak(problem: "Problem", drawing: "Drawing", trade_off: str) -> Iterator[Wrong]:
    """Yield what an interviewer would object to, unless the trade-off names the box."""
    from sdtutor.architecture.rules import judge
    from sdtutor.architecture.single_points import single_points

    for box in single_points(drawing, problem.flows):
        hint = "Give it a copy: *2, replicas=1, or managed."
        yield f"`{box}` is a single point of failure of a reference design.", hint
    for finding in judge(drawing, problem.flows, problem.queries):
        owned = any(box.lower() in trade_off.lower() for box in finding.boxes)
        if finding.severity >= HURTS and finding.rule != "single_point" and not owned:
            hint = "Draw it better, or name the box in the trade_off and say why it stays so."
            yield f"The rule {finding.rule} finds: {finding.message}", hint


def _loaded(problem: "Problem", drawing: "Drawing") -> Iterator[Wrong]:
    from sdtutor.architecture.load.measuring import measure

    load = measure(drawing, problem.flows, SEED)
    if load.served < SERVED * load.offered:
        message = f"The drawing serves {load.served:,.0f} of {load.offered:,.0f} requests a second"
        bottleneck = (
            f"; `{load.bottleneck}` saturates first, at {load.saturates_at:,.0f}." if load.bottleneck else "."
        )
        hint = "Give the box more instances, or state its rps=, ms= or hit=."
        yield f"{message}{bottleneck}", hint


def _calculated(problem: "Problem", design: "ReferenceDesign") -> Iterator[Wrong]:
    """Yield what is wrong with the lines for the pad: a line without a label is a figure of the problem."""
    from sdtutor.interview.estimating.calculating import calculate
    from sdtutor.interview.estimating.judging import judge

    right = set()
    for line in design.numbers:
        try:
            estimate = calculate(line)
        except UsageError as error:
            yield f'The pad cannot calculate "{line}": {error.message}', error.hint
            continue
        verdict = judge(estimate, problem.numbers)
        if verdict.number and verdict.grade == "right":
            right.add(verdict.number.id)
        elif not estimate.label:
            hint = 'Correct it, or put a label before it: "peak: 40/s * 3".'
            yield f'"{line}" is {estimate.reading}, which is no figure of the problem.', hint
    for number in problem.numbers:
        if number.core and number.id not in right:
            bounds = f"{number.low:g} to {number.high:g} {number.unit}".rstrip()
            hint = f"Add a line for {number.title} that comes to {bounds}."
            yield f'No line for the pad finds the core number "{number.id}".', hint
