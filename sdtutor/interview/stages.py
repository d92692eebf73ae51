"""The stages of an interview: which there are, how long each is meant to take, what opens it.

The shares follow the round that most published guides give 45 minutes (requirements 5, estimate 4,
API and data 6, high-level design 10, deep dive 12, change and failure 6, close 2); the shorter presets
leave out what cannot be done in their time. Editorial.
"""

from dataclasses import dataclass

from sdtutor.content.problem_records import StageName
from sdtutor.interview.records import Minutes

OVERRUN = 1.3
"""The interviewer interrupts when a stage took this many times its plan. Editorial."""


@dataclass(frozen=True, slots=True)
class Stage:
    """A stage of one preset.

    Args:
        name: Which.
        title: For people.
        planned_s: Its share of the time, in seconds.
        question: What the interviewer says when it begins.
    """

    name: StageName
    title: str
    planned_s: float
    question: str

    @property
    def overrun_s(self) -> float:
        """After how many seconds of it the interviewer interrupts."""
        return self.planned_s * OVERRUN


_TITLES: dict[StageName, str] = {
    "requirements": "Requirements",
    "estimation": "Estimation",
    "interface": "API and data",
    "design": "High-level design",
    "deep_dive": "Deep dive",
    "change": "Change and failure",
    "close": "Close",
}

_QUESTIONS: dict[StageName, str] = {
    "requirements": "What do you need to know, and what will you build?",
    "estimation": "How big is this? Work out the numbers that decide something; /pad calculates.",
    "interface": "What does the API look like, which tables are behind it, and what finds a row?",
    "design": "Draw it, from the client to the data; /draw takes the boxes. Take one request through it.",
    "deep_dive": "Let us go deeper.",
    "change": "Let us change something.",
    "close": "We are nearly done. Sum up: what is good about it, what is weak, and what comes next?",
}

_PLANS: dict[Minutes, dict[StageName, float]] = {
    45: {
        "requirements": 5,
        "estimation": 4,
        "interface": 6,
        "design": 10,
        "deep_dive": 12,
        "change": 6,
        "close": 2,
    },
    25: {
        "requirements": 3,
        "estimation": 3,
        "interface": 3,
        "design": 7,
        "deep_dive": 5,
        "change": 3,
        "close": 1,
    },
    10: {"requirements": 2, "estimation": 1.5, "design": 4, "change": 2, "close": 0.5},
}


def _stages(plan: dict[StageName, float]) -> tuple[Stage, ...]:
    return tuple(Stage(name, _TITLES[name], 60 * minutes, _QUESTIONS[name]) for name, minutes in plan.items())


STAGES: dict[Minutes, tuple[Stage, ...]] = {minutes: _stages(plan) for minutes, plan in _PLANS.items()}
"""The stages of each preset, in order."""


def stage(minutes: Minutes, name: StageName) -> Stage:
    """Return a stage of a preset, which must have it."""
    return next(each for each in STAGES[minutes] if each.name == name)


def neighbour(minutes: Minutes, name: StageName, step: int) -> Stage | None:
    """Return the stage after (1) or before (-1) another one; None at the end."""
    stages = STAGES[minutes]
    index = [each.name for each in stages].index(name) + step
    return stages[index] if 0 <= index < len(stages) else None
