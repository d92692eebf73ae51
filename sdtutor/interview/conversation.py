"""An interview at one moment: what was said, where it stands, what the interviewer remembers.

Everything here is frozen; :mod:`sdtutor.interview.interviewer` makes the next moment from an entry.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal

from sdtutor.content.problem_records import Dimension, Problem, StageName
from sdtutor.interview.records import Does, Reply, Said, Settings, Spent
from sdtutor.interview.stages import STAGES, Stage, stage

if TYPE_CHECKING:
    from sdtutor.interview.estimating.records import Estimate, Verdict

Probe = Literal["weakest", "follow_up", "change", "prediction", "failure"]
"""What the interviewer asks on his own account."""


@dataclass(frozen=True, slots=True)
class Opened:
    """A stage that was opened.

    Args:
        stage: Which.
        at_s: When, in seconds of the interview.
    """

    stage: StageName
    at_s: float


@dataclass(frozen=True, slots=True)
class Asked:
    """A question of the interviewer about the design.

    Args:
        kind: Why it was asked.
        id: Of the follow-up, change, failure or prediction; a box for ``weakest``.
        text: As asked.
        box: The box of the candidate's drawing that it names; may be empty.
        points: Points of the problem that answer it.
        after: Number of the last point before it: what follows is the answer.
    """

    kind: Probe
    id: str
    text: str
    box: str
    points: tuple[str, ...]
    after: int


@dataclass(frozen=True, slots=True)
class Hint:
    """A hint that was given.

    Args:
        id: What it is about and how far it goes: ``counter_blocks`` or ``counter_blocks.model``.
        dimension: What it helps, and where it costs.
        text: As given.
    """

    id: str
    dimension: Dimension
    text: str


@dataclass(frozen=True, slots=True)
class Pad:
    """A line of the estimation pad.

    Args:
        number: Of the point.
        text: As typed.
        estimate: What it comes to; None when it cannot be calculated.
        verdict: What it is an estimate of, and how good; None when that is not known.
        error: Why it cannot be calculated; empty when it can.
        rate: Requests a second, when it is an estimate of a rate of requests; else 0.
    """

    number: int
    text: str
    estimate: "Estimate | None"
    verdict: "Verdict | None"
    error: str = ""
    rate: float = 0.0


@dataclass(frozen=True, slots=True)
class Foretold:
    """A prediction of the candidate, asked for before a box was taken away.

    Args:
        id: Of the prediction: ``without_cache``, ``errors_for``, ``writes_lost``.
        box: The box that was lost.
        number: Of the point that answered.
        right: Whether the simulation bears it out.
        why: What was measured, one sentence.
    """

    id: str
    box: str
    number: int
    right: bool
    why: str


@dataclass(frozen=True, slots=True)
class Conversation:
    """An interview at one moment.

    Args:
        problem: What it is about.
        settings: How it is held.
        opened: Every stage that was opened, in order; the last one is the present one.
        turns: What both said, in order.
        count: How many points the candidate made.
        at_s: The moment, in seconds of the interview (of the wall, divided by the clock factor).
        asks: Ids of the clarifying questions that were answered, each once, in order.
        misses: Questions since the last answer that the problem does not foresee.
        made: Ids of the problem's points that were made, in order.
        questions: What the interviewer asked about the design.
        foretold: Predictions that were asked for, and whether they came true.
        hints: In order.
        pads: In order.
        drawing: The text of the whiteboard.
        disputed: Ids of disputed claims.
        told: What the clock has caused already: ``interrupt.design``, ``warning``, ``bell``.
        ended_at: When it ended; None while it goes on.
        paused: Whether the clock stands.
        aloud: When the candidate began to say something aloud, in order.
        statements: Ids of the points that can be ticked after the last time.
        ticked: Ids of the points that were ticked.
    """

    problem: Problem
    settings: Settings
    opened: tuple[Opened, ...]
    turns: tuple[Said | Reply, ...] = ()
    count: int = 0
    at_s: float = 0.0
    asks: tuple[str, ...] = ()
    misses: int = 0
    made: tuple[str, ...] = ()
    questions: tuple[Asked, ...] = ()
    foretold: tuple[Foretold, ...] = ()
    hints: tuple[Hint, ...] = ()
    pads: tuple[Pad, ...] = ()
    drawing: str = ""
    disputed: tuple[str, ...] = ()
    told: tuple[str, ...] = ()
    ended_at: float | None = None
    paused: bool = False
    aloud: tuple[float, ...] = ()
    statements: tuple[str, ...] = ()
    ticked: tuple[str, ...] = ()

    @property
    def stage(self) -> Stage:
        """The present stage."""
        return stage(self.settings.minutes, self.opened[-1].stage)

    @property
    def is_over(self) -> bool:
        """Whether it ended."""
        return self.ended_at is not None

    @property
    def said(self) -> tuple[Said, ...]:
        """The candidate's points, by number."""
        return tuple(turn for turn in self.turns if isinstance(turn, Said))

    @property
    def replies(self) -> tuple[Reply, ...]:
        """What the interviewer said, in order."""
        return tuple(turn for turn in self.turns if isinstance(turn, Reply))

    @property
    def spent(self) -> tuple[Spent, ...]:
        """The time that each stage of the preset took, until now or the end."""
        return tuple(
            Spent(each.name, each.planned_s, round(self.taken(each.name), 3))
            for each in STAGES[self.settings.minutes]
        )

    def taken(self, name: StageName) -> float:
        """Return how many seconds a stage took so far, all visits together."""
        end = self.at_s if self.ended_at is None else self.ended_at
        until = (*(each.at_s for each in self.opened[1:]), end)
        return sum(
            after - each.at_s for each, after in zip(self.opened, until, strict=True) if each.stage == name
        )

    def last_said(self) -> Said:
        """Return the candidate's last point; there must be one."""
        return next(turn for turn in reversed(self.turns) if isinstance(turn, Said))

    def since(self, number: int) -> tuple[Said, ...]:
        """Return the points after one, in order."""
        found = []
        for turn in reversed(self.turns):
            if isinstance(turn, Said):
                if turn.number <= number:
                    break
                found.append(turn)
        return tuple(reversed(found))

    def saying(self, does: Does, text: str) -> "Conversation":
        """Return the moment after the candidate made a point."""
        said = Said(self.count + 1, self.at_s, self.opened[-1].stage, does, text)
        return replace(self, turns=(*self.turns, said), count=said.number)

    def replying(self, kind: str, text: str, about: str = "", at_s: float | None = None) -> "Conversation":
        """Return the moment after the interviewer said something.

        Args:
            kind: Why; see Reply.
            text: What.
            about: Id of what it is about.
            at_s: When; None is now.
        """
        reply = Reply(self.at_s if at_s is None else at_s, kind, text, about)
        return replace(self, turns=(*self.turns, reply))

    def replaced(self, number: int, text: str) -> "Conversation":
        """Return the same with another text of a point."""
        turns = (
            replace(turn, text=text) if isinstance(turn, Said) and turn.number == number else turn
            for turn in self.turns
        )
        return replace(self, turns=tuple(turns))


def drawing_of(said: Iterable[Said]) -> str:
    """Return the whiteboard after some points: each drawing replaces it; a first line ``+`` adds to it."""
    text = ""
    for each in said:
        if each.does == "draw":
            text = drawn(text, each.text)
    return text


def drawn(before: str, text: str) -> str:
    r"""Return a whiteboard after one drawing.

    >>> drawn("a -> b", "+ b -> c"), drawn("a -> b", "b -> c")
    ('a -> b\nb -> c', 'b -> c')
    """
    if not text.startswith("+"):
        return text
    return "\n".join(part for part in (before, text[1:].strip()) if part)
