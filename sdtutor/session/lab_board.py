"""Builds the view of a lab from its run: everything that is drawn, nothing that is decided."""

from collections.abc import Sequence

from sdtutor.engine.events import Event
from sdtutor.engine.invariants import TERMINATES
from sdtutor.engine.lab import Node, Variant
from sdtutor.engine.looking import Variables, variables_at
from sdtutor.engine.possible import default_move
from sdtutor.engine.run import Run
from sdtutor.session.lab_views import PromiseView, TaskRow
from sdtutor.session.lab_words import say_request, waits_for


def badge(variant: Variant, defects: int, short: bool) -> str:
    """Return which code runs; "textbook" alone would read as "correct"."""
    if variant == "reference":
        return "REFERENCE (fixed)"
    known = f": {defects} known defect{'' if defects == 1 else 's'}"
    return "TEXTBOOK (flawed)" if short else f"TEXTBOOK (flawed{known})"


def promises(run: Run, step: int) -> tuple[PromiseView, ...]:
    """Return the invariants as they stand after a step, the main one first.

    The built-in one, that every step ends, is only told when it is broken, and then before all others.
    """
    found: list[PromiseView] = []
    for invariant in run.invariants:
        first = next((s.index for s in run.steps[:step] if invariant.name in s.broken), None)
        if invariant is TERMINATES:
            if first is not None or not TERMINATES.holds(run.at(step), ()):
                found.insert(
                    0, PromiseView(invariant.name, f"BROKEN at step {first or 0}", invariant.told, True)
                )
        elif first is None:
            found.append(PromiseView(invariant.name, "HOLDS", invariant.promise, False))
        else:
            found.append(PromiseView(invariant.name, f"BROKEN at step {first}", invariant.told, True))
    return tuple(found)


def moves_at(run: Run, step: int) -> list[Event]:
    """Return what can happen next at a step, faults left out; nothing once a step did not end.

    Looking back, what happened is always among it: a fault or a call of the learner's own stands last.
    """
    if step == len(run.steps):
        return [] if run.stopped else run.rules.moves(run.world)
    moves, recorded = run.rules.moves(run.at(step)), run.steps[step].event
    return moves if recorded in moves else [*moves, recorded]


def cursor_at(run: Run, step: int, moves: Sequence[Event]) -> int:
    """Return the index of the event to propose.

    Looking back, it is the one that happened; at the tip, the conversation that moved last goes on; else what
    would happen by itself.
    """
    if step < len(run.steps):
        return moves.index(run.steps[step].event)
    last = run.steps[-1].conversation if run.steps else ""
    for index, event in enumerate(moves):
        message = run.world.facts.get(("message", event.target, ""))
        if last and message and message.conversation == last:
            return index
    default = default_move(run.rules, run.world)
    return moves.index(default) if default in moves else 0


def tasks(run: Run, step: int, with_variables: bool, line: int) -> tuple[TaskRow, ...]:
    """Return a row for each call that has not ended.

    Args:
        run: The run.
        step: The step looked at.
        with_variables: Whether to run the nodes again for what their variables hold.
        line: Which line of the step is looked at, from 1; 0 for its end.
    """
    world, rows = run.at(step), []
    for node in run.cast.nodes:
        known = _variables(run, step, node, line) if with_variables else {}
        for call in run.operations_at(step):
            if call.node != node.name or call.outcome is not None:
                continue
            label = call.name.partition(".")[2]
            shown = ", ".join(f"{name} = {text}" for name, text in known.get(label, {}).items())
            asked = say_request(call.operation, call.arguments)
            rows.append(TaskRow(node.mark, asked, shown, waits_for(world, run.cast, call.name, node.name)))
        if with_variables and not any(row.mark == node.mark for row in rows):
            rows += [
                TaskRow(node.mark, label, ", ".join(f"{name} = {text}" for name, text in values.items()), "")
                for label, values in known.items()
            ]
    return tuple(rows)


def _variables(run: Run, step: int, node: Node, line: int) -> Variables:
    ran = run.steps[step - 1].ran if step else ()
    mine = [index for index, (name, _) in enumerate(ran, 1) if name == node.name]
    at = sum(1 for index in mine if index <= line) if line in mine else 0
    return variables_at(run, step, node.name, at)
