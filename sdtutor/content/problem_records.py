"""An interview problem as its file says it: what the interviewer knows, asks and listens for.

The format is explained in docs/authoring.md; :mod:`sdtutor.content.problems` reads it.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from sdtutor.content.records import Level
from sdtutor.core.systems import Flow, Kind, Query

Dimension = Literal[
    "requirements",
    "estimation",
    "interface",
    "design",
    "depth",
    "tradeoffs",
    "failure",
    "communication",
]
"""The eight dimensions of the rubric."""

StageName = Literal["requirements", "estimation", "interface", "design", "deep_dive", "change", "close"]
"""The seven stages; ``change`` is the changed constraint and the failure."""

Group = tuple[str, ...]
"""Phrases of which any one will do; ``$name`` stands for the phrases of a word of ``lexicon.yaml``."""


@dataclass(frozen=True, slots=True)
class Pattern:
    """What a sentence must say to mean something: one phrase of every group.

    Args:
        groups: All must be there, in one point of the candidate, in any order.
        never: Phrases that show a misconception: one of them and the sentence earns nothing.
    """

    groups: tuple[Group, ...]
    never: Group = ()


@dataclass(frozen=True, slots=True)
class Ask:
    """Something that the candidate should ask, and the interviewer's answer.

    Args:
        id: Unique in the problem.
        about: How a question about it is recognised.
        answer: What the interviewer says.
        hidden: Whether the design turns on it although the prompt does not mention it.
        category: What the interviewer names after two misses: users, latency, retention...
    """

    id: str
    about: tuple[Pattern, ...]
    answer: str
    hidden: bool
    category: str


@dataclass(frozen=True, slots=True)
class Operation:
    """Something that a user does: a functional requirement, and an endpoint.

    Args:
        id: Unique in the problem.
        title: "create a short link".
        words: How it is recognised in a sentence or in an endpoint.
    """

    id: str
    title: str
    words: tuple[Pattern, ...]


@dataclass(frozen=True, slots=True)
class Number:
    """A figure that a good estimate finds.

    Args:
        id: Unique in the problem.
        title: "new links a second".
        unit: What it is measured in, as the pad writes it: ``1/s``, ``GB``, ``Gbit/s``; empty for a count.
        low: The smallest right value.
        high: The largest right value.
        words: Words of a label or a unit that tell it from another figure of the same unit.
        decides: What it decides, said by the interviewer afterwards.
        says: How an answer that uses it is recognised.
        core: Whether an answer without it is incomplete.
    """

    id: str
    title: str
    unit: str
    low: float
    high: float
    words: Group
    decides: str
    says: tuple[Pattern, ...]
    core: bool


@dataclass(frozen=True, slots=True)
class Point:
    """Something that a good answer says: a line of the rubric.

    Args:
        id: Unique in the problem.
        stage: Where it usually comes.
        dimension: What it is evidence for.
        title: What was said, in a few words, as the report puts it.
        core: Whether it is expected; else it is a bonus.
        level: The level at which it is expected; below it, it is a bonus.
        says: How it is recognised; any of these.
        model: A sentence that a strong candidate might say: the report shows it where it was missing.
        ask: The interviewer's question that leads to it.
        study: Lesson or lab to go to, ``topic/slug``; may be empty.
    """

    id: str
    stage: StageName
    dimension: Dimension
    title: str
    core: bool
    level: Level
    says: tuple[Pattern, ...]
    model: str
    ask: str
    study: str


@dataclass(frozen=True, slots=True)
class Misconception:
    """Something wrong that competent people say.

    Args:
        id: Unique in the problem.
        says: How it is recognised.
        why: Why it is wrong, in one sentence.
        dimension: What it is evidence against.
        study: Lesson or lab to go to; may be empty.
    """

    id: str
    says: tuple[Pattern, ...]
    why: str
    dimension: Dimension
    study: str


@dataclass(frozen=True, slots=True)
class FollowUp:
    """A question that depends on what was said.

    Args:
        id: Unique in the problem.
        ask: The question. ``{box}`` stands for a box of the candidate's drawing of the kind `about`.
        said: Points that must have been made.
        unsaid: Points of which none may have been made.
        about: The kind of box that must be in the drawing; None for any drawing.
        points: The points that answer it.
    """

    id: str
    ask: str
    said: tuple[str, ...]
    unsaid: tuple[str, ...]
    about: Kind | None
    points: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Change:
    """A changed constraint, or a failure to inject.

    Args:
        id: Unique in the problem.
        says: What the interviewer says; ``{box}`` as in a follow-up.
        about: For a failure, the kind of box that fails; None for a changed constraint.
        points: The points that answer it.
    """

    id: str
    says: str
    about: Kind | None
    points: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ReferenceDesign:
    """A design that an experienced engineer would defend.

    Args:
        title: In a few words.
        drawing: In the language of the whiteboard.
        numbers: Lines for the estimation pad.
        trade_off: What it buys, what it costs, and where the choice flips.
    """

    title: str
    drawing: str
    numbers: tuple[str, ...]
    trade_off: str


@dataclass(frozen=True, slots=True)
class Problem:
    """An interview problem.

    Args:
        slug: Its file's name.
        title: For people.
        summary: One line for lists.
        prompt: As an interviewer says it.
        asks: Clarifying questions and their answers.
        operations: What users do, the most important first.
        numbers: Figures of a good estimate.
        flows: Ways that a working design has.
        queries: What is looked up in the data.
        points: The rubric.
        misconceptions: Wrong things.
        follow_ups: For the deep dive, the most telling first.
        changes: Changed constraints.
        failures: Boxes to lose.
        levels: What is expected, by level: mid, senior, staff.
        designs: At least two.
        study: Lessons and labs, ``topic/slug``.
        lines: Where each thing stands in the file, by id, for error messages.
        path: The file.
        peak: How many times the average the flows' rates are.
    """

    slug: str
    title: str
    summary: str
    prompt: str
    asks: tuple[Ask, ...]
    operations: tuple[Operation, ...]
    numbers: tuple[Number, ...]
    flows: tuple[Flow, ...]
    queries: tuple[Query, ...]
    points: tuple[Point, ...]
    misconceptions: tuple[Misconception, ...]
    follow_ups: tuple[FollowUp, ...]
    changes: tuple[Change, ...]
    failures: tuple[Change, ...]
    levels: Mapping[str, tuple[str, ...]]
    designs: tuple[ReferenceDesign, ...]
    study: tuple[str, ...]
    lines: Mapping[str, int]
    path: Path
    peak: float = 1.0


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Words of the field with the phrases that mean them, shared by all problems.

    Args:
        words: Phrases by name; a problem writes ``$name``.
    """

    words: Mapping[str, Group]
