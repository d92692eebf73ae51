"""Asking the search: which promise or goal, from where, within which bounds; and the answer in words."""

import resource
import sys
from collections.abc import Callable, Iterator, Mapping
from dataclasses import asdict, dataclass, fields
from pathlib import Path
from threading import Event
from time import monotonic
from typing import Any

from sdtutor.core.units import count
from sdtutor.engine.bounds import Bounds
from sdtutor.engine.events import parse_event
from sdtutor.engine.goals import never
from sdtutor.engine.invariants import TERMINATES
from sdtutor.engine.lab import Invariant, Lab
from sdtutor.engine.run import Run
from sdtutor.engine.run_file import parse_run, write_run
from sdtutor.engine.search.find import MOST_STATES, Budget, Found, find
from sdtutor.errors import UsageError

SECONDS = 10.0
"""How long a search may take unless it is told otherwise."""

WALK_SHARE = 0.2
"""The part of that time which random runs get when the search has ended without an answer."""

MOST_MEGABYTES = 900
"""Memory that a search may take. A state takes 0.4 KB, but 5 KB where many nodes can be exchanged for one
another (five replicas and two readers: 240 names for each state), so their number alone bounds nothing. With
what Python takes before, the process stays under 1 GB."""

WALK_MEGABYTES = 50
"""The part of it that is left to random runs: they keep what nodes do, and no states."""

Progress = Callable[[int, int], bool]
"""Told how many states were seen and how far away they are; answers whether to go on."""

_BOUND_WORDS = {
    "calls": ("call more", "calls more"),
    "rounds": ("round of the story", "rounds of the story"),
    "timers": ("timer fires", "timers fire"),
    "drops": ("message is lost", "messages are lost"),
    "duplicates": ("message arrives twice", "messages arrive twice"),
    "crashes": ("member crashes", "members crash"),
    "cuts": ("link is cut", "links are cut"),
}


@dataclass(frozen=True)
class Question:
    """What a search is asked; it can be written down and sent to another process.

    Args:
        run: Where the search starts, as the text of a run file.
        target: The name of a promise that is to be broken, or of a goal that is to be met.
        bounds: What may happen besides deliveries and the calls of the story.
        seconds: When to give up.
        states: How many states to keep at most.
        megabytes: How much memory to take at most.
    """

    run: str
    target: str
    bounds: Bounds
    seconds: float = SECONDS
    states: int = MOST_STATES
    megabytes: int = MOST_MEGABYTES

    def to_json(self) -> dict[str, Any]:
        """Return the question as JSON has it."""
        return asdict(self)

    @staticmethod
    def from_json(data: Mapping[str, Any]) -> "Question":
        """Return the question that `to_json` wrote."""
        return Question(**{**data, "bounds": Bounds(**data["bounds"])})


def question_at(run: Run, step: int, target: str, bounds: Bounds, seconds: float = SECONDS) -> Question:
    """Return what a search is asked from a step of a run.

    Args:
        run: The run.
        step: From 0 (before anything happened) to its last.
        target: A promise that is to be broken, or a goal that is to be met.
        bounds: What may happen besides deliveries and the calls of the story.
        seconds: When to give up.
    """
    return Question(write_run(run.branch(step)), target, bounds, seconds)


def target_of(lab: Lab, name: str) -> Invariant:
    """Return a promise by name, or the promise that a goal is never met.

    Raises:
        UsageError: The lab has neither; lists what it has.
    """
    for invariant in (*lab.invariants, TERMINATES):
        if invariant.name == name:
            return invariant
    for goal in lab.goals:
        if goal.name == name:
            return never(goal)
    promises = ", ".join(invariant.name for invariant in lab.invariants) or "nothing"
    goals = f" Its goals: {', '.join(goal.name for goal in lab.goals)}." if lab.goals else ""
    raise UsageError(f'This lab has no promise or goal "{name}".', f"It promises: {promises}.{goals}")


def taken_megabytes() -> float:
    """Return the most memory that this process has had at once.

    Linux counts kilobytes, macOS bytes: getrusage(2) of each, ``ru_maxrss``.
    """
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return most / (1e6 if sys.platform == "darwin" else 1e3)


def answer(
    question: Question, load: Callable[[str], Lab], progress: Progress, clock: Callable[[], float] = monotonic
) -> Found:
    """Return the answer to a question.

    Args:
        question: The question.
        load: Returns a lab by name.
        progress: Told how far the search is, a hundred times a second.
        clock: Seconds.

    Raises:
        UsageError: There is no such promise, the run is not one, or nothing can follow its last step.
    """
    saved = parse_run(question.run, Path("the run"))
    lab = load(saved.lab)
    target = target_of(lab, question.target)
    run = saved.replay(lab)
    if run.stopped:
        run.close()
        raise UsageError(
            "The run stands at a step that does not end, and nothing can follow it.",
            "Search from an earlier step, or with other values.",
        )
    begun, before, ended = clock(), taken_megabytes(), Event()

    def within(seconds: float, megabytes: float) -> bool:
        is_within = clock() - begun < seconds and taken_megabytes() - before < megabytes
        return is_within and not ended.is_set()

    search = (question.seconds * (1 - WALK_SHARE), question.megabytes - WALK_MEGABYTES)
    budget = Budget(
        go_on=lambda states, depth: progress(states, depth) and within(*search),
        states=question.states,
        walk=lambda taken, _: progress(taken, 0) and within(question.seconds, question.megabytes),
        seed=run.seed,
    )
    try:
        return find(run, target, question.bounds, budget)
    finally:
        # After Ctrl-C the search still has the engine thread, on which the run is closed.
        ended.set()
        run.close()


def found_record(found: Found) -> dict[str, Any]:
    """Return an answer as the JSON line of ``--find``."""
    return {
        "type": "find",
        "verdict": found.verdict,
        "invariant": found.promise,
        "states": found.states,
        "depth": found.depth,
        "complete": found.complete,
        "bounds": asdict(found.bounds),
        "shortest": len(found.events) if found.shortest else None,
        "events": [str(event) for event in found.events],
        "walked": found.walked,
    }


def found_from_record(record: Mapping[str, Any]) -> Found:
    """Return the answer that `found_record` wrote."""
    return Found(
        verdict=record["verdict"],
        promise=record["invariant"],
        events=tuple(map(parse_event, record["events"])),
        shortest=record["shortest"] is not None,
        states=record["states"],
        depth=record["depth"],
        bounds=Bounds(**record["bounds"]),
        walked=record["walked"],
    )


# In words


def sought_words(lab: Lab, name: str) -> str:
    """Return what a search is for: the promise that is to be broken, or the goal that is to be met."""
    for goal in lab.goals:
        if goal.name == name:
            return f"To reach: {goal.title}"
    return f"To break: {target_of(lab, name).promise}"


def limit_words(question: Question) -> str:
    """Return when a search ends without an answer."""
    memory = f"{question.megabytes:,} MB of memory"
    return f"It gives up after {question.seconds:g} s, {question.states:,} states or {memory}."


def verdict_words(found: Found) -> tuple[str, ...]:
    """Return the answer as sentences, the bounds last."""
    return (*_verdict(found), *bounds_words(found.bounds))


def _verdict(found: Found) -> Iterator[str]:
    seen = count(found.states, "state")
    length = count(len(found.events), "event")
    if found.verdict == "anomaly" and not found.events:
        yield "Found: it is so here already; no event is needed."
    elif found.verdict == "anomaly" and found.shortest:
        yield f"Found: {length}, and no way is shorter ({seen} seen)."
    elif found.verdict == "anomaly":
        yield f"Found at random: {length}. There may be a shorter way: the search gave up after {seen}."
    elif found.verdict == "none":
        yield f"None: no order of events does it, in all {seen} within these bounds."
        yield "That is a proof for these bounds, and says nothing about wider ones."
    else:
        yield f"None found: the search gave up after {seen}, {count(found.depth, 'event')} away."
        if found.walked:
            yield f"Random runs of {count(found.walked, 'event')} in all did not do it either."
        yield "That proves nothing."


def bounds_words(bounds: Bounds) -> tuple[str, ...]:
    """Return what may happen as one sentence."""
    said = []
    for field in fields(bounds):
        number, (one, many) = getattr(bounds, field.name), _BOUND_WORDS[field.name]
        if number and not (field.name == "rounds" and number == 1):
            said.append(f"at most {number:,} {one if number == 1 else many}")
    if not said:
        return ("Bounds: the calls of the story; every message arrives, once, in any order; no timer fires.",)
    return (f"Bounds: the calls of the story and every order of messages; {', '.join(said)}; nothing else.",)


FAULTS = {"drops": "drop", "duplicates": "duplicate", "crashes": "crash", "cuts": "cut"}
"""The fault of a lab to which each bound belongs, where it does."""


def bound_names(lab: Lab) -> tuple[str, ...]:
    """Return the bounds that mean something in a lab: of its faults, of a story that repeats."""
    names = (field.name for field in fields(Bounds))
    return tuple(
        name
        for name in names
        if (name != "rounds" or lab.repeats) and (name not in FAULTS or FAULTS[name] in lab.faults)
    )


def read_bounds(texts: tuple[str, ...], lab: Lab) -> Bounds:
    """Return bounds from texts ``name=number``, separated by commas or given one by one.

    Args:
        texts: What differs from the bounds of the lab.
        lab: The lab.

    Raises:
        UsageError: A name that is not one of a bound there, or a number that is not one from 0 to 99.
    """
    values, known = asdict(lab.bounds), bound_names(lab)
    for text in ",".join(texts).split(",") if texts else ():
        name, _, number = text.partition("=")
        name = name.strip().replace("-", "_")
        if name not in known:
            raise UsageError(f'"{name}" cannot be allowed here.', f"What can be: {', '.join(known)}.")
        if not number.strip().isdecimal() or int(number) > 99:
            raise UsageError(f'"{number}" is not a number for {name}.', "Write a whole number, 0 to 99.")
        values[name] = int(number)
    return Bounds(**values)
