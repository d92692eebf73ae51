"""What a mock interview looks like at one moment: frozen data for every surface."""

from dataclasses import dataclass
from typing import Literal

from sdtutor.architecture.examination import Examination, Finding, Load, Path
from sdtutor.architecture.records import Drawing, Mistake
from sdtutor.content.problem_records import StageName

Who = Literal["you", "interviewer"]
InterviewState = Literal["new", "paused", "done"]


@dataclass(frozen=True, slots=True)
class StageRow:
    """A stage of the interview.

    Args:
        name: Slug.
        title: For people.
        planned_s: Its share of the time, in seconds of the interview.
        taken_s: What it took so far.
        state: ``now``, ``done`` (it was opened before), or ``ahead``.
    """

    name: StageName
    title: str
    planned_s: float
    taken_s: float
    state: Literal["now", "done", "ahead"]


@dataclass(frozen=True, slots=True)
class ChatRow:
    """Something that was said.

    Args:
        number: Of the candidate's point; 0 for the interviewer.
        who: ``you`` or ``interviewer``.
        kind: ``say``, ``pad`` or ``draw``; of the interviewer, the kind of the Reply.
        text: What.
        at_s: When, in seconds of the interview.
        about: Of the interviewer, id of what it is about; may be empty.
    """

    number: int
    who: Who
    kind: str
    text: str
    at_s: float
    about: str = ""


@dataclass(frozen=True, slots=True)
class InterviewView:
    """An interview.

    Args:
        problem: Slug.
        title: For people.
        minutes: The preset.
        level: The level that is aimed at.
        seed: That chose among follow-ups.
        stages: In order.
        stage: Title of the present one.
        clock: How much time is left, in words.
        left_s: The same in seconds of the interview; None without a clock.
        chat: In order.
        drawing: The text of the whiteboard.
        points: How many points the candidate made.
        hints: How many hints were given.
        is_over: Whether it ended.
        is_paused: Whether the clock stands.
    """

    problem: str
    title: str
    minutes: int
    level: str
    seed: int
    stages: tuple[StageRow, ...]
    stage: str
    clock: str
    left_s: float | None
    chat: tuple[ChatRow, ...]
    drawing: str
    points: int
    hints: int
    is_over: bool
    is_paused: bool


@dataclass(frozen=True, slots=True)
class DrawingView:
    """A drawing while it is typed: read and judged by rules, not simulated.

    Args:
        drawing: What could be read.
        mistakes: What could not.
        paths: The way of each flow, or what it misses.
        findings: Of the rules, the worst first.
        single_points: Boxes whose loss stops a flow.
    """

    drawing: Drawing
    mistakes: tuple[Mistake, ...]
    paths: tuple[Path, ...]
    findings: tuple[Finding, ...]
    single_points: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SimulationView:
    """What the whiteboard does under the candidate's own numbers, and without each box.

    Args:
        drawing: What was drawn.
        examination: Everything measured; its ``load`` is a short run.
        load: A long run with every single request, or the short one where there are too many of them; None
            when no flow has a way.
        numbers: Whose numbers they are, for people.
    """

    drawing: Drawing
    examination: Examination
    load: Load | None
    numbers: str


@dataclass(frozen=True, slots=True)
class InterviewRow:
    """A problem in a list.

    Args:
        slug: As commands name it.
        title: For people.
        summary: One line.
        state: Whether it was taken.
        decision: What came out last; empty before.
    """

    slug: str
    title: str
    summary: str
    state: InterviewState
    decision: str


@dataclass(frozen=True, slots=True)
class PausedInterview:
    """An interview that can go on.

    Args:
        id: Its id.
        problem: Slug.
        title: Of the problem.
        minutes: The preset.
        level: The level that is aimed at.
        stage: Title of the stage in which it was left.
        left_s: How much time is left, in seconds of the interview; None without a clock.
    """

    id: str
    problem: str
    title: str
    minutes: int
    level: str
    stage: str
    left_s: float | None


@dataclass(frozen=True, slots=True)
class PastInterview:
    """An interview that ended.

    Args:
        id: Its id.
        problem: Slug.
        title: Of the problem.
        minutes: The preset.
        level: The level that was aimed at.
        day: When it ended, in ISO 8601.
        decision: What came out.
        percent: The weighted result, 0 to 100.
        scores: Level by dimension, in the order of the rubric.
    """

    id: str
    problem: str
    title: str
    minutes: int
    level: str
    day: str
    decision: str
    percent: float
    scores: tuple[tuple[str, float], ...]


@dataclass(frozen=True, slots=True)
class TrendView:
    """Past interviews.

    Args:
        past: The oldest first.
        weakest: Dimensions that were weak in every one of the last four, the weakest first.
    """

    past: tuple[PastInterview, ...]
    weakest: tuple[str, ...]
