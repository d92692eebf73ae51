"""Builds the views of the tree of branches: rows, one branch beside its parent, and what was kept."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Any

from sdtutor.engine.events import Event
from sdtutor.engine.frozen import say
from sdtutor.engine.keeping import Kept
from sdtutor.engine.message import Message
from sdtutor.engine.run import Run
from sdtutor.engine.world import World
from sdtutor.session import lab_board
from sdtutor.session.branch_views import BranchRow, BranchView, Difference, FateRow
from sdtutor.session.lab_branches import Branch, Branches
from sdtutor.session.lab_views import EventRow
from sdtutor.session.lab_words import Words


def branch_rows(branches: Branches) -> tuple[BranchRow, ...]:
    """Return a row for each branch, in order of their numbers."""
    return tuple(_row(branches, branch) for branch in branches.all)


def branch_view(branches: Branches, branch: Branch) -> BranchView:
    """Return a branch beside the one from which it parts."""
    run, at = branch.run, branch.parted_at
    parent = branches.branch(branch.parent) if branch.parent else branch
    there = parent.run
    return BranchView(
        row=_row(branches, branch),
        settings=", ".join((*_assignments(run), f"seed {run.seed}")),
        there=_happened(parent, at + 1) if branch.parent else "",
        here=_happened(branch, at + 1) if branch.parent else "",
        at_parting=_differences(there, run, at + 1),
        at_end=_differences(there, run, None),
        parent_steps=len(there.steps),
        left=branch.left,
        rest=fate_rows(branches.branch(branch.left), branch) if branch.rest else (),
        waiting=branches.waiting(branch),
    )


def _row(branches: Branches, branch: Branch) -> BranchRow:
    run = branch.run
    label = (
        _happened(branch, branch.parted_at + 1) if branch.parent else _root_label(run, branches.all[0].run)
    )
    return BranchRow(
        number=branch.number,
        parent=branch.parent,
        steps=len(run.steps),
        parted_at=branch.parted_at,
        label=label,
        outcome=lab_board.promises(run, len(run.steps))[0].word,
        current=branch is branches.current,
    )


def _root_label(run: Run, first: Run) -> str:
    """Return which code runs, and the settings that are not those of the first branch."""
    others = _assignments(first)
    return ", ".join((run.variant, *(each for each in _assignments(run) if each not in others)))


def _assignments(run: Run) -> list[str]:
    return [f"{p.name}={run.given.get(p.name, p.default)}" for p in run.lab.parameters]


def _happened(branch: Branch, step: int) -> str:
    """Return an event of a branch in words; empty when it has no such step."""
    if step > len(branch.run.steps):
        return ""
    past = branch.words.past_row(branch.run.steps[step - 1])
    return f"{past.title}: {past.detail}" if past.detail else past.title


# What is different


def _differences(there: Run, here: Run, step: int | None) -> tuple[Difference, ...]:
    """Return what services hold, nodes show and members are, where two runs differ.

    Args:
        there: One run.
        here: The other.
        step: After which step of both; None compares their ends.
    """
    if there is here:
        return ()
    worlds = [run.world if step is None else run.at(min(step, len(run.steps))) for run in (there, here)]
    one, other = (dict(_shown(here, world)) for world in worlds)
    return tuple(
        Difference(what, one.get(what, "nothing"), other.get(what, "nothing"))
        for what in dict.fromkeys((*one, *other))
        if one.get(what) != other.get(what)
    )


def _shown(run: Run, world: World) -> Iterator[tuple[str, str]]:
    for member in run.cast.members:
        if not world.member(member.name).up:
            yield member.label, "down"
        for name, value in (world.store(member.name) | world.view(member.name)).items():
            yield f"{member.label} {name}", say(value)


# What became of the rest


def marked(rows: Iterable[EventRow], branches: Branches, step: int) -> tuple[EventRow, ...]:
    """Return the events that can happen at a step; one that was kept with another payload says so.

    Args:
        rows: The events.
        branches: The tree.
        step: The step looked at, of the branch on the screen.
    """
    here = branches.current
    kept = next((kept for kept in here.rest if kept.fate == "changed" and kept.at == step + 1), None)
    if kept is None:
        return tuple(rows)
    name = str(kept.event)
    note = _fate_row(branches.branch(here.left), here, kept).note
    return tuple(replace(row, note=note) if row.event == name else row for row in rows)


def fate_rows(left: Branch, branch: Branch) -> tuple[FateRow, ...]:
    """Return what became of each event that a branch took over.

    Args:
        left: The branch from which they come.
        branch: The branch.
    """
    return tuple(_fate_row(left, branch, kept) for kept in branch.rest)


def _fate_row(left: Branch, branch: Branch, kept: Kept) -> FateRow:
    here = branch.words
    old = left.words.past_row(left.run.steps[kept.was - 1])
    if kept.fate in ("already", "dropped"):
        note = _done(branch, kept.event) if kept.fate == "already" else _why(branch.run, kept, here)
        return FateRow(kept.fate, kept.was, 0, old.title, old.detail, note)
    new = here.past_row(branch.run.steps[kept.at - 1])
    if kept.fate == "kept":
        return FateRow("kept", kept.was, kept.at, new.title, new.detail, "")
    before, after = old.detail, new.detail
    if before == after:
        before, after = _raw(kept.before), _raw(kept.after)
    return FateRow("changed", kept.was, kept.at, new.title, after, f"was {before.removeprefix('reply ')}")


def _raw(payload: tuple[Any, ...]) -> str:
    return ", ".join(map(say, payload))


def _done(branch: Branch, event: Event) -> str:
    steps = branch.run.steps[branch.parted_at :]
    step = next(step.index for step in steps if step.event == event)
    return f"happened at step {step} here"


def _why(run: Run, kept: Kept, words: Words) -> str:
    """Return why an event was not possible at its turn."""
    event, world = kept.event, run.at(kept.at)
    if run.stopped and kept.at == len(run.steps):
        return "a step before it does not end"
    message = world.facts.get(("message", event.target, ""))
    if message:
        return _held_up(message, world, words)
    if event.kind in ("deliver", "drop", "duplicate"):
        return _gone(run, kept)
    owner = event.target.split(".timer#")[0]
    if event.kind == "fire" and world.member(owner).up:
        return "no such timer is set here"
    already = {"restart": "it is up", "cut": "the link is cut already", "heal": "the link is not cut"}
    return already.get(event.kind, f"{words.label(owner)} is down")


def _held_up(message: Message, world: World, words: Words) -> str:
    if world.is_cut(message.sender, message.receiver):
        return "the link is cut"
    return f"{words.label(message.receiver)} is down"


def _gone(run: Run, kept: Kept) -> str:
    """Return what became of a message that is not in flight."""
    for step in reversed(run.steps[: kept.at]):
        for moved in step.moved:
            if moved.message.name == kept.event.target:
                arrived = "arrived" if moved.status == "delivered" else moved.status
                return f"{arrived} at step {step.index} here"
    return "was not sent here"
