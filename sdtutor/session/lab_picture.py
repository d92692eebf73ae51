"""The system picture of a lab at one step."""

from collections.abc import Sequence

from sdtutor.drawing.picture import Arrow, Box, Picture
from sdtutor.engine.events import Event
from sdtutor.engine.frozen import say
from sdtutor.engine.lab import Node, Service
from sdtutor.engine.run import Run, Step
from sdtutor.engine.world import World
from sdtutor.session.lab_words import Words, say_request


def picture(run: Run, step: int, events: Sequence[Event], words: Words) -> Picture:
    """Return who is there, in which state, and what is in flight.

    Args:
        run: The run.
        step: The step looked at.
        events: What can happen next, in the order of their numbers.
        words: Says what messages carry.
    """
    world = run.at(step)
    last = run.steps[step - 1] if step else None
    numbers = {event.target: number for number, event in enumerate(events, 1) if event.kind == "deliver"}
    arrows = tuple(
        Arrow(
            numbers.get(message.name),
            message.sender,
            message.receiver,
            words.carried(message),
            moved=message.sent_step == step > 0,
        )
        for message in world.in_flight
    )
    cuts = frozenset((fact[1], fact[2]) for fact, _ in world.section("cut"))
    boxes = tuple(
        _service_box(member, world, last)
        if isinstance(member, Service)
        else _node_box(member, run, step, world, last)
        for member in run.cast.members
    )
    return Picture(boxes, arrows, cuts)


def _service_box(service: Service, world: World, last: Step | None) -> Box:
    entries = dict.fromkeys(service.shows) | world.store(service.name)
    touched = _touched(service.name, last)
    return Box(
        name=service.name,
        label=service.label,
        rows=tuple(f"{key}  {say(value)}" for key, value in entries.items()),
        cell=service.cell,
        kind="service",
        moved=bool(touched),
        down=not world.member(service.name).up,
        changed=tuple(index for index, key in enumerate(entries) if key in touched),
    )


def _node_box(node: Node, run: Run, step: int, world: World, last: Step | None) -> Box:
    member = world.member(node.name)
    calls = [o for o in run.operations_at(step) if o.node == node.name and o.outcome is None]
    rows = []
    if node.calls and (calls or not world.view(node.name)):
        rows.append("waiting" if member.waiting else "idle")
    rows += [say_request(call.operation, call.arguments) for call in calls]
    view = world.view(node.name)
    touched = _touched(node.name, last)
    changed = tuple(len(rows) + index for index, key in enumerate(view) if key in touched)
    return Box(
        name=node.name,
        label=node.label,
        rows=(*rows, *(f"{key}  {say(value)}" for key, value in view.items())),
        cell=node.cell,
        moved=bool(last and any(name == node.name for name, _ in last.ran)),
        down=not member.up,
        waiting=bool(member.waiting),
        changed=changed,
    )


def _touched(member: str, last: Step | None) -> set[str]:
    if last is None:
        return set()
    paths = (change.path.partition(".") for change in last.changes)
    return {name for owner, _, name in paths if owner == member}
