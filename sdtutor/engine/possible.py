"""What can happen next in a world."""

from collections.abc import Iterator
from typing import Any

from sdtutor.engine.events import Event
from sdtutor.engine.lab import Call, Cast, Fault, Node
from sdtutor.engine.message import Message
from sdtutor.engine.world import World


def expiry_timer(world: World, service: str) -> tuple[int, str] | None:
    """Return (deadline in microseconds, name) of the next expiry of a service; None if there is none."""
    expiries = [expiry for _, expiry in world.section("expiry", service)]
    if not expiries:
        return None
    deadline_us, number = min(expiries)
    return deadline_us, f"{service}.timer#{number}"


def deliverable(world: World) -> list[Message]:
    """Return the messages that can arrive now: by earliest arrival, then by the order of sending."""
    messages = [
        message
        for message in world.in_flight
        if world.member(message.receiver).up
        and not world.member(message.receiver).stuck
        and not world.is_cut(message.sender, message.receiver)
    ]
    return sorted(messages, key=lambda message: message.due_us)


def timers(world: World, cast: Cast) -> list[tuple[int, str, bool]]:
    """Return (deadline in microseconds, name, whether a node waits on it) of each member's earliest timer."""
    found = []
    for member in cast.members:
        state = world.member(member.name)
        if not state.up or state.stuck:
            continue
        is_node = isinstance(member, Node)
        timer = state.timer if is_node else expiry_timer(world, member.name)
        if timer:
            found.append((*timer, is_node))
    return sorted(found)


class Rules:
    """Which events are possible.

    Args:
        cast: Who is in the world.
        script: The calls that the story makes.
        repeats: Whether the script begins again at its end.
        faults: What may be broken.
    """

    def __init__(
        self, cast: Cast, script: tuple[Call, ...], repeats: bool, faults: tuple[Fault, ...]
    ) -> None:
        self.cast = cast
        self.faults = faults
        self.repeats = repeats
        self.script: dict[str, list[Call]] = {}
        """The calls that the story makes, by node."""
        for call in script:
            self.script.setdefault(call.node, []).append(call)

    def next_call(self, world: World, node: str) -> Call | None:
        """Return the call that the story makes next on a node; None when it has none or the node is busy."""
        calls, made = self.script.get(node, []), world.counted("script", node)
        member = world.member(node)
        if not calls or not member.up or member.stuck or member.waiting:
            return None
        if self.repeats:
            return calls[made % len(calls)]
        return calls[made] if made < len(calls) else None

    def moves(self, world: World) -> list[Event]:
        """Return what goes on by itself: deliveries, timers, and the next calls of the story."""
        events = [Event("deliver", message.name) for message in deliverable(world)]
        events += [Event("fire", name) for _, name, _ in timers(world, self.cast)]
        for node in self.script:
            call = self.next_call(world, node)
            if call:
                events.append(Event("call", call.node, call.operation, call.arguments))
        return events

    def breaks(self, world: World) -> list[Event]:
        """Return the faults that can be injected, and what ends them."""
        return [*self._message_faults(world), *self._member_faults(world), *self._link_faults(world)]

    def possible(self, world: World) -> list[Event]:
        """Return everything that can happen next, calls with the learner's own values left out."""
        return [*self.moves(world), *self.breaks(world)]

    def allows(self, world: World, event: Event) -> bool:
        """Tell whether an event can happen next; calls may carry any values."""
        if event.kind != "call":
            return event in self.possible(world)
        node = self.cast.member(event.target)
        if not isinstance(node, Node):
            return False
        member = world.member(node.name)
        return (
            member.up
            and not member.stuck
            and any(
                offered.operation == event.operation and len(offered.arguments) == len(event.arguments)
                for offered in node.calls
            )
        )

    def _message_faults(self, world: World) -> Iterator[Event]:
        for kind in ("drop", "duplicate"):
            if kind in self.faults:
                for message in world.in_flight:
                    yield Event(kind, message.name)

    def _member_faults(self, world: World) -> Iterator[Event]:
        if "crash" not in self.faults:
            return
        for member in self.cast.members:
            up = world.member(member.name).up
            yield Event("crash" if up else "restart", member.name)

    def _link_faults(self, world: World) -> Iterator[Event]:
        if "cut" not in self.faults:
            return
        for link in self.cast.links:
            is_cut = world.is_cut(link.one, link.other)
            yield Event("heal" if is_cut else "cut", link.one, link.other)


def default_move(rules: Rules, world: World) -> Event | None:
    """Return what happens next when nobody chooses: the world as a quiet day has it.

    The earliest of the messages due and the timers that a node waits on; an entry of a service expires only
    when its deadline comes before those. With nothing on its way, the story makes its next call. None when
    there is nothing left.
    """
    candidates: list[tuple[int, int, Event]] = [
        (message.due_us, 0, Event("deliver", message.name)) for message in deliverable(world)
    ]
    waiting = timers(world, rules.cast)
    candidates += [(deadline, 1, Event("fire", name)) for deadline, name, on_node in waiting if on_node]
    if candidates:
        expiring = [(deadline, 2, Event("fire", name)) for deadline, name, on_node in waiting if not on_node]
        return min(candidates + expiring, key=_when)[2]
    return next((event for event in rules.moves(world) if event.kind == "call"), None)


def _when(candidate: tuple[int, int, Any]) -> tuple[int, int]:
    return candidate[:2]
