"""An answer beside a strong one: the reference designs, and a sentence for each core point missed."""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from sdtutor.content.problem_records import Problem
from sdtutor.content.problems import load_problem
from sdtutor.errors import UsageError
from sdtutor.interview.records import Report


@dataclass(frozen=True, slots=True)
class DesignView:
    """A design.

    Args:
        title: In a few words.
        drawing: Its text; empty when nothing was drawn.
        numbers: Lines of the pad, each with what it comes to, or why it comes to nothing.
        trade_off: What it buys, what it costs, where the choice flips; empty for the candidate's own.
        single_points: Boxes whose loss stops a flow.
        availability: Share of the time in which every flow has a way.
    """

    title: str
    drawing: str
    numbers: tuple[tuple[str, str], ...]
    trade_off: str
    single_points: tuple[str, ...]
    availability: float


@dataclass(frozen=True, slots=True)
class MissedPoint:
    """A core point that was not made.

    Args:
        title: What should have been there.
        model: How a strong candidate puts it.
    """

    title: str
    model: str


@dataclass(frozen=True, slots=True)
class ComparisonView:
    """An answer beside a strong one.

    Args:
        own: The candidate's design.
        designs: The reference designs.
        missed: Core points that were not made and that have a model sentence, in the order of the rubric.
    """

    own: DesignView
    designs: tuple[DesignView, ...]
    missed: tuple[MissedPoint, ...]


def compare(root: Path, report: Report) -> ComparisonView:
    """Return an answer beside a strong one.

    Args:
        root: The folder that holds ``interviews/``.
        report: On the answer.

    Raises:
        ContentError: The problem breaks a rule of its format.
    """
    problem = load_problem(root, report.settings.problem)
    pads = (each.text for each in report.quotes if each.does == "pad")
    return ComparisonView(
        own=_design(problem, "Yours", report.drawing, pads),
        designs=tuple(
            _design(problem, each.title, each.drawing.strip(), each.numbers, each.trade_off.strip())
            for each in problem.designs
        ),
        missed=tuple(
            MissedPoint(each.says, each.model)
            for score in report.scores
            if score.weight
            for each in score.evidence
            if each.core and each.model and (each.disputed or not each.met)
        ),
    )


def _design(
    problem: Problem, title: str, drawing: str, pads: Iterable[str], trade_off: str = ""
) -> DesignView:
    from sdtutor.architecture.availability import availability
    from sdtutor.architecture.language.reading import read_drawing
    from sdtutor.architecture.single_points import single_points

    read = read_drawing(drawing)
    return DesignView(
        title=title,
        drawing=drawing,
        numbers=tuple((line, _reading(line)) for line in pads),
        trade_off=trade_off,
        single_points=single_points(read, problem.flows),
        availability=availability(read, problem.flows),
    )


def _reading(line: str) -> str:
    from sdtutor.interview.estimating.calculating import calculate

    try:
        return calculate(line).reading
    except UsageError as error:
        return error.message
