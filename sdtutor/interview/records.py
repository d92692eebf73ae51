"""What happens in an interview, what it is evidence for, and what comes out."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from sdtutor.content.problem_records import Dimension, StageName
from sdtutor.content.records import Level

Does = Literal["say", "pad", "draw", "command", "dispute"]
"""What a candidate does: says a point, calculates, draws, commands, or disputes a claim of the score."""

Minutes = Literal[10, 25, 45]

Decision = Literal["strong_hire", "hire", "lean", "no", "not_enough"]


@dataclass(frozen=True, slots=True)
class Settings:
    """How an interview is held. Same settings, same entries: same interview.

    Args:
        problem: Slug.
        minutes: The preset.
        level: The level that is aimed at.
        seed: Chooses among follow-ups, the changed constraint and the failure.
        clock: How many minutes of the wall a minute of the interview has; None switches the clock off.
    """

    problem: str
    minutes: Minutes = 45
    level: Level = "mid"
    seed: int = 0
    clock: float | None = 1.0


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing that the candidate did.

    Args:
        at_s: Seconds since the beginning, pauses left out; never less than the entry before.
        does: What.
        text: What was said, calculated, drawn or commanded; for a dispute, the id of the claim.
    """

    at_s: float
    does: Does
    text: str


@dataclass(frozen=True, slots=True)
class Stored:
    """A stored interview: how it was held, and all that the candidate did.

    Args:
        settings: How it was held.
        entries: In order.
    """

    settings: Settings
    entries: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class Said:
    """A numbered point of the chat. The numbers are what the report quotes.

    Args:
        number: From 1, over everything that the candidate said, calculated or drew.
        at_s: When.
        stage: In which stage.
        does: ``say``, ``pad`` or ``draw``.
        text: As typed.
    """

    number: int
    at_s: float
    stage: StageName
    does: Does
    text: str


@dataclass(frozen=True, slots=True)
class Reply:
    """Something that the interviewer said.

    Args:
        at_s: When.
        kind: Why: ``prompt``, ``answer``, ``assume`` (the problem does not say), ``categories``, ``stage``,
            ``interrupt``, ``hint``, ``follow_up``, ``change``, ``prediction``, ``truth`` (what the simulation
            says of it), ``failure``, ``pad``, ``draw``, ``notice``.
        text: What.
        about: Id of what it is about: an ask, a follow-up, a box; may be empty.
    """

    at_s: float
    kind: str
    text: str
    about: str = ""


@dataclass(frozen=True, slots=True)
class Evidence:
    """One line of the score: something that a good answer has, and whether it is there.

    Args:
        id: Unique in a report: ``flow.redirect``, ``point.counter_blocks``.
        dimension: What it is evidence for.
        checked: Whether a machine measured it (numbers, drawing, simulation, predictions, paths, clock);
            else it is claimed: words that match a rubric point.
        met: Whether it is there.
        core: Whether it is expected at this level; else it is a bonus.
        weight: How much it counts, 1 unless it says more.
        says: What it is, for people.
        quote: The candidate's own words, or what was measured; empty when it is missing.
        points: Numbers of the points that it rests on.
        study: Lesson or lab to go to when it is missing; may be empty.
        model: What a strong answer says here; may be empty.
        disputed: Whether the candidate says that the words do not mean this.
    """

    id: str
    dimension: Dimension
    checked: bool
    met: bool
    core: bool
    says: str
    quote: str = ""
    points: tuple[int, ...] = ()
    weight: float = 1.0
    study: str = ""
    model: str = ""
    disputed: bool = False


@dataclass(frozen=True, slots=True)
class Score:
    """One dimension of the result.

    Args:
        dimension: Which.
        level: 0 to 4, in halves: absent, weak, adequate, strong, exceptional.
        descriptor: What an answer at this level does.
        weight: Its share of the result, in percent; 0 where the preset leaves no time for it.
        evidence: All of its evidence, what was found first.
        hints: How many hints helped here.
        fits: The level at which this dimension answers: ``below``, ``mid`` or ``senior``.
    """

    dimension: Dimension
    level: float
    descriptor: str
    weight: int
    evidence: tuple[Evidence, ...]
    hints: int
    fits: str


@dataclass(frozen=True, slots=True)
class Spent:
    """What a stage took.

    Args:
        stage: Which.
        planned_s: What the preset gives it, in seconds of the interview.
        taken_s: What it took.
    """

    stage: StageName
    planned_s: float
    taken_s: float


@dataclass(frozen=True, slots=True)
class Fallacy:
    """A misconception that the candidate voiced.

    Args:
        id: Of the problem's misconception.
        dimension: Where it cost credit.
        why: Why it is wrong.
        quote: The candidate's own words.
        points: Numbers of the points where it stands.
        study: Lesson or lab to go to; may be empty.
    """

    id: str
    dimension: Dimension
    why: str
    quote: str
    points: tuple[int, ...]
    study: str = ""


@dataclass(frozen=True, slots=True)
class Report:
    """What comes out of an interview.

    Args:
        settings: How it was held.
        title: Of the problem.
        decision: What the rule says.
        why: The rule in one sentence, with the figures that decided.
        percent: The weighted result, 0 to 100.
        checked_met: How many checked items were met.
        scores: By dimension, in the order of the rubric.
        drawing: The text of the last drawing.
        weak_points: Measured weaknesses of the drawing, the worst first, one sentence each.
        single_points: Boxes whose loss stops a flow.
        capacity: Figures of the simulation, by name.
        follow_ups: What the interviewer asked about the drawing and the answers.
        study: Up to three lessons or labs, ``(topic/slug, why)``.
        strong_adds: What a strong answer adds: sentences.
        one_sentence: The sentence that would have changed this most.
        next_mock: Slug of the problem to take next, and why.
        spent: Time by stage.
        to_confirm: Ids of up to eight claims that move the result most.
        quotes: Everything that was said, for looking up a number.
        fallacies: Misconceptions that were voiced.
        stuffed: Why the words were taken for a list of keywords and earned nothing; empty when they were not.
    """

    settings: Settings
    title: str
    decision: Decision
    why: str
    percent: float
    checked_met: int
    scores: tuple[Score, ...]
    drawing: str
    weak_points: tuple[str, ...]
    single_points: tuple[str, ...]
    capacity: Mapping[str, float | str | None]
    follow_ups: tuple[str, ...]
    study: tuple[tuple[str, str], ...]
    strong_adds: tuple[str, ...]
    one_sentence: str
    next_mock: tuple[str, str]
    spent: tuple[Spent, ...]
    to_confirm: tuple[str, ...]
    quotes: tuple[Said, ...]
    fallacies: tuple[Fallacy, ...] = ()
    stuffed: str = ""
