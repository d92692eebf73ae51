"""Every schedule of a lab, tried one by one on real runs: what the search must agree with.

It knows nothing of the search: no letters, no members, no memory of what code did before. A schedule is a run
that was branched and went on, and what may happen next is what `Run.rules` lists, within the same bounds.

Two ways to go about it:

- stateless: depth-first over every schedule, none left out;
- merged: breadth-first, and of runs with the same facts and the same operations only one goes on. Facts are
  compared as they are, the history of each node (everything that it was ever told, in order) included. Left
  out are only numbers that nothing in the engine reads to decide anything: of a message the step in which it
  was sent, and, while no link has a latency, when it is due (never later than now: a delivery then moves no
  clock); of operations the numbers of their steps, but not their order.
"""

from collections import deque
from dataclasses import dataclass, field, replace

from sdtutor.engine.bounds import Bounds
from sdtutor.engine.events import Event
from sdtutor.engine.invariants import broken
from sdtutor.engine.thread import on_engine_thread

NOTHING = Bounds()
SPENT_BY = {"fire": "timers", "drop": "drops", "duplicate": "duplicates", "crash": "crashes", "cut": "cuts"}
OPTIONAL = ("drop", "duplicate", "crash", "cut")
"""Nobody has to break anything; what was broken comes back some day, and what can arrive does."""


@dataclass
class Enumerated:
    """What all schedules have shown.

    Args:
        shortest: Fewest events after which each promise was broken.
        sights: Fewest events to everything that can be seen.
        rests: The same at rest.
        ends: The same where nothing has to happen any more.
        worlds: Distinct worlds (schedules, when none are merged).
        schedules: How many of them end.
    """

    shortest: dict = field(default_factory=dict)
    sights: dict = field(default_factory=dict)
    rests: dict = field(default_factory=dict)
    ends: dict = field(default_factory=dict)
    worlds: int = 0
    schedules: int = 0


def enumerate_all(run, bounds=NOTHING, *, merged=True, most=20_000):
    """Return what every schedule within the bounds shows.

    Args:
        run: Where they start; it stays as it is.
        bounds: What may happen besides deliveries and the story.
        merged: Whether equal worlds are one.
        most: How many worlds may be met; more are a mistake of the test.
    """
    return on_engine_thread(_enumerate_all, run, bounds, merged, most)


def _enumerate_all(run, bounds, merged, most):
    found, seen = Enumerated(), set()
    first = run.branch(len(run.steps))
    told = {node: first.world.counted("script", node) for node in first.rules.script}
    ends = {
        node: told[node] + bounds.rounds * len(calls) if first.rules.repeats else len(calls)
        for node, calls in first.rules.script.items()
    }
    first_broken = broken(first.invariants, first.world, first.operations)
    todo = deque([(first, bounds, 0, first_broken)])
    seen.add(world_key(first, bounds))
    while todo:
        here, left, length, now_broken = todo.popleft() if merged else todo.pop()
        found.worlds += 1
        assert found.worlds <= most, "too many worlds to enumerate"
        _note(found, here, length, now_broken)
        options = [] if here.stopped else list(choices(here, left, ends))
        if not here.stopped:
            _note_end(found, here, length, options)
        for number, (event, after) in enumerate(options, 1):
            other = here if number == len(options) else here.branch(len(here.steps))
            step = other.apply(event)
            if merged:
                key = world_key(other, after)
                if key in seen:
                    other.close()
                    continue
                seen.add(key)
            todo.append((other, after, length + 1, step.broken))
        if not options:
            here.close()
            found.schedules += 1
    return found


def _note(found, run, length, now_broken):
    for name in now_broken:
        _least(found.shortest, name, length)
    if not run.stopped:
        seen = sight(run.world, run.operations)
        _least(found.sights, seen, length)
        if run.world.at_rest:
            _least(found.rests, seen, length)


def _note_end(found, run, length, options):
    if any(_must_happen(run, event) for event, _ in options) or _has_timers(run):
        return
    _least(found.ends, sight(run.world, run.operations), length)
    for promise in run.invariants:
        if promise.when == "eventually" and not promise.holds(run.world, run.operations):
            _least(found.shortest, promise.name, length)


def _least(found, key, length):
    found[key] = min(length, found.get(key, length))


def _has_timers(run):
    expires = any(run.world.member(owner).up for (_, owner, _), _ in run.world.section("expiry"))
    return expires or any(member.timer for _, member in run.world.section("member"))


def _must_happen(run, event):
    """Tell whether an event is part of the story, and not somebody's whim."""
    if event.kind != "call":
        return event.kind not in OPTIONAL
    call = run.rules.next_call(run.world, event.target)
    return call is not None and (call.operation, call.arguments) == (event.operation, event.arguments)


def choices(run, left, ends):
    """Yield (event, what is left of the bounds) for everything that may happen next."""
    for event in [*run.rules.moves(run.world), *run.rules.breaks(run.world)]:
        if event.kind == "call" and run.world.counted("script", event.target) >= ends[event.target]:
            continue
        what = SPENT_BY.get(event.kind)
        if what is None:
            yield event, left
        elif getattr(left, what):
            yield event, replace(left, **{what: getattr(left, what) - 1})
    if left.calls:
        yield from ((event, replace(left, calls=left.calls - 1)) for event in _calls(run, ends))


def _calls(run, ends):
    """Yield the calls that a learner may make on idle nodes that have had their part of the story."""
    for node in run.cast.nodes:
        member = run.world.member(node.name)
        if not member.up or member.stuck or member.waiting:
            continue
        if run.world.counted("script", node.name) >= ends.get(node.name, 0):
            for offered in node.calls:
                if len(offered.example) == len(offered.arguments):
                    yield Event("call", node.name, offered.operation, offered.example)


def world_key(run, left):
    """Return what a run is: all facts, the order of its operations, and what may still happen."""
    untimed = not any(link.latency_us for link in run.cast.links)
    facts = frozenset((fact, _exactly(value, untimed)) for fact, value in run.world.facts.items())
    return facts, history(run.operations), left


def _exactly(value, untimed):
    if hasattr(value, "history"):
        inputs = value.history.inputs() if value.history else ()
        return repr((replace(value, history=None), [(i.kind, i.now_us, i.label, i.payload) for i in inputs]))
    if hasattr(value, "sent_step"):
        return repr(replace(value, sent_step=0, due_us=0 if untimed else value.due_us))
    return repr(value)


def sight(world, operations):
    """Return all that anybody can see of a world without looking at messages or the clock."""
    members = tuple(
        (name, member.up, member.incarnation, tuple(sorted(label.split("+")[0] for label in member.waiting)))
        for (_, name, _), member in world.section("member")
    )
    return members, *contents(world), history(operations)


def contents(world):
    """Return what services hold and what nodes show."""
    held = tuple(sorted((fact, repr(value)) for fact, value in world.section("store")))
    shown = tuple(sorted((fact, repr(value)) for fact, value in world.section("view")))
    return held, shown


def history(operations):
    """Return operations in the only order that can be known: rows of calls, rows of returns, in turn."""
    happened = [(o.called, "call", o.name, repr(o.arguments)) for o in operations]
    happened += [(o.returned, "return", o.name, repr(o.outcome)) for o in operations if o.outcome is not None]
    rows = []
    for _, kind, *what in sorted(happened):
        if not rows or rows[-1][0] != kind:
            rows.append((kind, []))
        rows[-1][1].append(tuple(what))
    return tuple((kind, tuple(sorted(row))) for kind, row in rows)
