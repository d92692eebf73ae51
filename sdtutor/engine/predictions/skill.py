"""What can be asked about the runs of a lab: declared as data, answered by running on."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

from sdtutor.engine.frozen import say

if TYPE_CHECKING:
    from sdtutor.engine.events import Event
    from sdtutor.engine.lab import Call, Variant
    from sdtutor.engine.run import Run

Fault = Literal["drop", "duplicate", "crash", "cut"]


@dataclass(frozen=True, slots=True)
class Failure:
    """A call that ended with an error, as an answer.

    Args:
        error: Name of the error's type; its text differs between Pythons.
    """

    error: str


@dataclass(frozen=True, slots=True)
class Waiting:
    """A call that has not ended although nothing is left to happen, as an answer."""


def say_answer(value: Any) -> str:
    """Return an answer as a learner reads it.

    >>> say_answer(None), say_answer(True), say_answer(Failure("TimeoutError"))
    ('nothing', 'yes', 'it fails with TimeoutError')
    """
    if isinstance(value, Waiting):
        return "it waits for ever"
    if isinstance(value, Failure):
        return f"it fails with {value.error}"
    if isinstance(value, bool):
        return "yes" if value else "no"
    return "nothing" if value is None else say(value)


@dataclass(frozen=True, slots=True)
class Aim:
    """One thing that can be asked in a state.

    Args:
        lead: What is about to happen, in whole sentences.
        question: What is asked. What must be said about the order of messages is put between the two.
        begin: What happens first.
        until: Whether a run has come far enough; it goes on until then, or until nothing is left to happen.
        answer: Reads the answer from the run that went on, given the step in which it was asked; MISSING
            when that run does not tell.
        candidates: The values to choose from, the most tempting first, found without running on. Where the
            answer is none of them nothing is asked: an option that stands there only when it is right
            would give itself away.
    """

    lead: str
    question: str
    begin: "tuple[Event, ...]"
    until: "Callable[[Run], bool]"
    answer: "Callable[[Run, int], Any]"
    candidates: tuple[Any, ...]
    then: "tuple[Event, ...]" = ()


def no_calls(_run: "Run") -> "tuple[Call, ...]":
    """Return that nothing is called besides the story."""
    return ()


@dataclass(frozen=True, slots=True)
class Walk:
    """How a run wanders before something is asked: any message next, and the calls of the story.

    Args:
        most: Events at most.
        faults: What may go wrong on the way, once.
        timers: Whether time may run out on the way.
        calls: What else may be called on a node that is idle, given the run so far.
    """

    most: int = 12
    faults: tuple[Fault, ...] = ()
    timers: bool = False
    calls: "Callable[[Run], tuple[Call, ...]]" = no_calls


@dataclass(frozen=True, slots=True)
class Skill:
    """A kind of question about a lab: what a learner trains by one new instance after the other.

    Args:
        name: A slug.
        title: What is trained, in the imperative.
        aims: What can be asked of a run where it stands.
        say: An answer as the learner reads it.
        variants: Which code it is about; none means all that the lab has.
        parameters: Settings to draw from.
        walk: How a run gets to where something is asked.
    """

    name: str
    title: str
    aims: "Callable[[Run], tuple[Aim, ...]]"
    say: Callable[[Any], str] = say_answer
    variants: "tuple[Variant, ...]" = ()
    parameters: tuple[Mapping[str, Any], ...] = ({},)
    walk: Walk = Walk()
