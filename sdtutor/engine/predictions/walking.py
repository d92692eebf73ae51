"""How a run gets to where something is asked, and how it goes on from there."""

from dataclasses import dataclass

from sdtutor.engine.events import Event
from sdtutor.engine.lab import Call
from sdtutor.engine.possible import deliverable, timers
from sdtutor.engine.predictions.lots import Lots
from sdtutor.engine.predictions.skill import Aim, Walk
from sdtutor.engine.run import Run
from sdtutor.engine.world import World

MOST_EVENTS = 60
"""Events after which a run has gone on for too long to be predicted; editorial."""

MOST_TIMED = 3000
"""The same where calls follow each other and only their times are asked about; editorial."""

_WEIGHTS = {"deliver": 12, "call": 6, "restart": 6, "heal": 6, "fire": 2, "fault": 1}
"""How often which kind of event comes next on a walk, where it can; editorial."""

_ENDS_OF_FAULTS = ("restart", "heal")


def event_of(call: Call) -> Event:
    """Return the event of a call."""
    return Event("call", call.node, call.operation, call.arguments)


def is_idle(world: World, node: str) -> bool:
    """Tell whether a node runs and waits for nothing."""
    member = world.member(node)
    return member.up and not member.stuck and not member.waiting


def wander(run: Run, walk: Walk, lots: Lots) -> None:
    """Let a run go a drawn number of events along a drawn way; it may stop before."""
    for _ in range(lots.below(walk.most + 1)):
        ways = _ways(run, walk)
        if run.stopped or not ways:
            return
        kind = lots.weighed({kind: _WEIGHTS[kind] for kind in ways})
        run.apply(lots.one_of(ways[kind]))


def _ways(run: Run, walk: Walk) -> dict[str, list[Event]]:
    """Return what may happen next on a walk, by kind."""
    world = run.world
    ways: dict[str, list[Event]] = {}
    for event in (*run.rules.moves(world), *_calls(run, walk)):
        if event.kind != "fire" or walk.timers:
            ways.setdefault(event.kind, []).append(event)
    broken = any(step.event.kind in walk.faults for step in run.steps)
    for event in run.rules.breaks(world):
        if event.kind in _ENDS_OF_FAULTS:
            ways.setdefault(event.kind, []).append(event)
        elif event.kind in walk.faults and not broken:
            ways.setdefault("fault", []).append(event)
    return ways


def _calls(run: Run, walk: Walk) -> list[Event]:
    return [event_of(call) for call in walk.calls(run) if is_idle(run.world, call.node)]


@dataclass(frozen=True, slots=True)
class Way:
    """How a run went on.

    Args:
        events: What happened, in order.
        contested: Whether several messages could have been next at some moment.
        timers: Whether time could have run out at some moment.
        fired: Whether it did.
        timed: Whether each message took its latency.
    """

    events: tuple[Event, ...]
    contested: bool
    timers: bool
    fired: bool
    timed: bool = False

    @property
    def in_words(self) -> str:
        """What must be said about the order of things, for the answer to be the only one; may be empty."""
        if self.timed:
            return "Each message takes the time of its link, and each call begins when nothing is on its way."
        calm = "" if not self.timers or self.fired else " and no time runs out"
        said = f"Messages arrive in the order in which they were sent{calm}." if self.contested else ""
        if calm and not self.contested:
            said = "No time runs out meanwhile."
        if self.fired:
            said = f"{said} Time runs out only when nothing is on its way."
        return said.strip()


def go_on(run: Run, aim: Aim) -> Way | None:
    """Let a run go on until an aim is reached, and return how; None when it cannot begin, or does not end.

    Messages arrive in the order in which they were sent; a timer fires only when none can arrive; nobody
    calls anything besides what the aim begins with.
    """
    if aim.then:
        return _go_on_in_time(run, aim)
    start = len(run.steps)
    contested = has_timers = fired = False
    for event in aim.begin:
        if run.stopped or not run.rules.allows(run.world, event):
            return None
        run.apply(event)
    while not run.stopped and not aim.until(run):
        coming, waiting = in_order_sent(run), _node_timers(run)
        if len(run.steps) - start > MOST_EVENTS:
            return None
        if not coming and not waiting:
            break
        contested = contested or len(coming) > 1
        has_timers, fired = has_timers or bool(waiting), fired or not coming
        run.apply((coming or waiting)[0])
    events = tuple(step.event for step in run.steps[start:])
    return None if run.stopped else Way(events, contested, has_timers, fired)


def _go_on_in_time(run: Run, aim: Aim) -> Way | None:
    start, calls = len(run.steps), list(aim.then)
    while event := next_due(run) or (calls.pop(0) if calls else None):
        if run.stopped or len(run.steps) - start > MOST_TIMED:
            return None
        run.apply(event)
    return Way(tuple(step.event for step in run.steps[start:]), False, False, False, timed=True)


def next_due(run: Run) -> Event | None:
    """Return the message or the timer of a node that is due first, a message before a timer; None without."""
    if run.stopped:
        return None
    due = [(message.due_us, 0, Event("deliver", message.name)) for message in deliverable(run.world)]
    due += [(at, 1, Event("fire", name)) for at, name, on_node in timers(run.world, run.cast) if on_node]
    return min(due, key=lambda each: each[:2])[2] if due else None


def in_order_sent(run: Run) -> list[Event]:
    """Return the deliveries that can happen next, the message that was sent first before the others."""
    able = {message.name for message in deliverable(run.world)}
    return [Event("deliver", message.name) for message in run.world.in_flight if message.name in able]


def _node_timers(run: Run) -> list[Event]:
    return [Event("fire", name) for _, name, on_node in timers(run.world, run.cast) if on_node]
