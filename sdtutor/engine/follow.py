"""The same order under other code: events by name, with what the other code needs in between."""

from collections.abc import Iterable

from sdtutor.engine.events import Event
from sdtutor.engine.possible import deliverable
from sdtutor.engine.run import Run

CATCH_UP = 8
"""Messages of a conversation that are delivered in between at most; a lease costs two."""


def follow(run: Run, events: Iterable[Event]) -> tuple[Event, ...]:
    """Let events happen in a run of other code; return those that are not possible in it.

    The reference sends messages that the textbook does not. So where an event is not possible yet, the
    conversation that it belongs to goes on by its own messages until it is, or has nothing more in flight.
    """
    left_out = []
    for event in events:
        if run.stopped:
            break
        if not _catch_up(run, event):
            left_out.append(event)
            continue
        run.apply(event)
    return tuple(left_out)


def _catch_up(run: Run, event: Event) -> bool:
    trial = run
    names = {node.name for node in run.cast.nodes}
    askers = [name for name in _ends(event) if name in names]
    waiting: list[Event] = []
    for _ in range(CATCH_UP):
        if trial.rules.allows(trial.world, event):
            for between in waiting:
                run.apply(between)
            return True
        if event.kind == "call":
            return False
        own = [m for m in deliverable(trial.world) if m.conversation.split(".")[0] in askers]
        if not own:
            return False
        if trial is run:
            trial = run.branch(len(run.steps))
        between = Event("deliver", own[0].name)
        trial.apply(between)
        waiting.append(between)
    return False


def _ends(event: Event) -> list[str]:
    """Return the names of the members that an event of a message is about."""
    sender, _, rest = event.target.partition(">")
    return [sender, rest.split(".")[0]]
