"""The rest of a run on a branch of it: the same events by name, and what became of each."""

from dataclasses import dataclass
from typing import Any, Literal

from sdtutor.engine.events import Event
from sdtutor.engine.run import Run, Step
from sdtutor.engine.world import World

Fate = Literal["kept", "changed", "already", "dropped"]


@dataclass(frozen=True, slots=True)
class Kept:
    """What became of one event of a run on a branch of it.

    Args:
        event: The event, whose name is the same in both runs.
        fate: kept (it happens and carries the same), changed (it happens and carries something else), already
            (the branch had let it happen before), dropped (it is not possible).
        was: Its step in the run that was left, from 1.
        at: Its step on the branch; where it does not happen, the step after which its turn came.
        before: What it carried in the run that was left.
        after: What it carries on the branch; empty where it does not happen.
    """

    event: Event
    fate: Fate
    was: int
    at: int
    before: tuple[Any, ...] = ()
    after: tuple[Any, ...] = ()


def keep(run: Run, of: Run, shared: int) -> tuple[Run, tuple[Kept, ...]]:
    """Return a branch that goes on by the rest of the run it left, and what became of each of those events.

    Neither run changes. Each event has its turn once, in their order: one that is not possible then is
    dropped, and nothing is put in between to make it possible.

    Args:
        run: The branch, with what has happened on it.
        of: The run that it left.
        shared: How many first steps both have in common.
    """
    longer = run.branch(len(run.steps))
    own = [step.event for step in run.steps[shared:]]
    return longer, tuple(_keep(longer, of, step, own) for step in of.steps[shared:])


def _keep(run: Run, of: Run, step: Step, own: list[Event]) -> Kept:
    """Let one event happen if it can; take it from those that happened before if it is among them."""
    event, turn = step.event, len(run.steps)
    before = carried(of.at(step.index - 1), event)
    if event in own:
        own.remove(event)
        return Kept(event, "already", step.index, turn, before)
    if run.stopped or not run.rules.allows(run.world, event):
        return Kept(event, "dropped", step.index, turn, before)
    after = carried(run.world, event)
    run.apply(event)
    return Kept(event, "kept" if after == before else "changed", step.index, turn + 1, before, after)


def carried(world: World, event: Event) -> tuple[Any, ...]:
    """Return what an event carries: the payload of its message, or the entry (key, value) that expires.

    Empty for an event that carries nothing; the values of a call are part of the event itself.

    Args:
        world: The world in which it can happen.
        event: The event.
    """
    if event.kind in ("deliver", "drop", "duplicate"):
        payload: tuple[Any, ...] = world.facts["message", event.target, ""].payload
        return payload
    if event.kind == "fire":
        owner, _, number = event.target.partition(".timer#")
        for (_, _, key), (_, count) in world.section("expiry", owner):
            if str(count) == number:
                return key, world.stored(owner, key)
    return ()
