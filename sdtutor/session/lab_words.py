"""A lab in words: what an event, a message, a change is called on every surface."""

from collections.abc import Iterator, Sequence
from typing import Any

from sdtutor.core.units import say_time
from sdtutor.engine.events import Event
from sdtutor.engine.frozen import say
from sdtutor.engine.lab import Cast, Node
from sdtutor.engine.message import Message, Outcome, original_name
from sdtutor.engine.run import Run, Step
from sdtutor.engine.services import when_expired
from sdtutor.engine.world import World
from sdtutor.session.lab_views import ChangeRow, EventRow, PastRow

_WRITES = ("set", "put")
_ACKNOWLEDGED = {
    ("set", True): "stored",
    ("set", False): "not stored",
    ("put", None): "stored",
    ("delete", True): "deleted",
    ("delete", False): "nothing to delete",
    ("compare_and_set", True): "stored",
    ("compare_and_set", False): "refused",
    ("publish", None): "published",
    ("pull", None): "nothing waits",
    ("ack", True): "removed",
    ("ack", False): "not removed",
    ("nack", True): "waits again",
    ("nack", False): "not held",
}


class Words:
    """Says what happens in one run.

    Args:
        run: The run.
    """

    def __init__(self, run: Run) -> None:
        self._run = run
        self._requests: dict[str, Message] = {}
        self._past: dict[int, PastRow] = {}
        self._read_steps = 0

    def label(self, member: str) -> str:
        """Return the label of a member."""
        found = self._run.cast.member(member)
        return found.label if found else member

    def route(self, message: Message) -> str:
        """Return who sends to whom: ``database → reader A``."""
        return f"{self.label(message.sender)} → {self.label(message.receiver)}"

    def carried(self, message: Message) -> str:
        """Return what a message says, without saying that it is a reply."""
        if not message.is_reply:
            return say_request(message.operation, message.payload)
        return say_reply(message, self._request(message))

    def detail(self, message: Message) -> str:
        """Return what a message says."""
        carried = self.carried(message)
        return f"reply {carried}" if message.is_reply and " = " in carried else carried

    def _request(self, reply: Message) -> Message | None:
        for step in self._run.steps[self._read_steps :]:
            for moved in step.moved:
                if not moved.message.is_reply:
                    self._requests[moved.message.name] = moved.message
        self._read_steps = len(self._run.steps)
        number = original_name(reply.name).rsplit("#", 1)[-1]
        return self._requests.get(f"{reply.receiver}>{reply.sender}.{reply.operation}#{number}")

    def event_row(self, event: Event, world: World) -> EventRow:
        """Return a row for an event that can happen next."""
        title, detail, note = self._say(event, world)
        return EventRow(str(event), title, detail, note, event.kind)

    def past_row(self, step: Step) -> PastRow:
        """Return a row for a step that has happened."""
        row = self._past.get(step.index)
        if row is None:
            title, detail, _ = self._say(step.event, self._run.at(step.index - 1))
            row = self._past[step.index] = PastRow(step.index, title, detail)
        return row

    def _say(self, event: Event, world: World) -> tuple[str, str, str]:
        if event.kind in ("deliver", "drop", "duplicate"):
            return self._say_message(event, world)
        if event.kind == "call":
            said = say_request(event.operation, event.arguments)
            single = len(self._run.cast.nodes) == 1
            return (self.label(event.target) + ("" if single else " starts"), said, "")
        if event.kind == "fire":
            return self._say_timer(event.target, world)
        if event.kind in ("cut", "heal"):
            ends = f"{self.label(event.target)} and {self.label(event.operation)}"
            return (f"{event.kind} the link", f"between {ends}", "")
        return (f"{event.kind} {self.label(event.target)}", "", "")

    def _say_message(self, event: Event, world: World) -> tuple[str, str, str]:
        message = world.facts[("message", event.target, "")]
        verb = "" if event.kind == "deliver" else f"{event.kind} "
        copy = ", a copy" if "+" in message.name else ""
        note = f"sent at step {message.sent_step}" if message.sent_step else ""
        return verb + self.route(message), self.detail(message) + copy, note

    def _say_timer(self, timer: str, world: World) -> tuple[str, str, str]:
        owner, number = timer.split(".timer#")
        for fact, (deadline_us, count) in world.section("expiry", owner):
            if str(count) == number:
                gone = when_expired(world.stored(owner, fact[2])) is None
                what = "expires" if gone else "waits again"
                return (self.label(owner), f"{fact[2]} {what}", f"at t {say_time(deadline_us)}")
        due = world.member(owner).timer
        return (self.label(owner), "time is up", f"at t {say_time(due[0])}" if due else "")

    def change_rows(self, step: Step) -> Iterator[ChangeRow]:
        """Yield what a step changed: what was told, what moved, what is stored."""
        for result in step.results:
            operation = result.operation
            asked = say_request(operation.operation, operation.arguments)
            yield ChangeRow("=", self.label(operation.node), f"{asked}: {say_outcome(result.outcome)}")
        for moved in step.moved:
            if moved.status == "sent":
                yield ChangeRow("+", self.route(moved.message), self.carried(moved.message))
            elif moved.status in ("dropped", "lost", "duplicated"):
                detail = f"{moved.status}: {self.carried(moved.message)}"
                yield ChangeRow("-", self.route(moved.message), detail)
        for change in step.changes:
            owner, _, name = change.path.partition(".")
            sign = "+" if change.before is None else "-" if change.after is None else "="
            yield ChangeRow(sign, self.label(owner), f"{name}  {say(change.before)} → {say(change.after)}")
        for entry in step.log:
            yield ChangeRow("!", entry, "")
        if not step.changes:
            yield ChangeRow(" ", "no stored value changed", "")


def say_request(operation: str, payload: Sequence[Any]) -> str:
    """Return a request or a call as a learner reads it: ``set k = v2``."""
    if operation in _WRITES and len(payload) >= 2:
        text = f"{operation} {say(payload[0])} = {say(payload[1])}"
        return text + (" if absent" if len(payload) > 3 and payload[3] else "")
    if operation == "compare_and_set" and len(payload) >= 3:
        return f"replace {say(payload[0])}: {say(payload[1])} by {say(payload[2])}"
    if operation == "pull" and len(payload) == 1:
        return f"pull for {say(payload[0])} s"
    return " ".join((operation, *map(say, payload)))


def say_reply(reply: Message, request: Message | None) -> str:
    """Return what a reply says, in the words of its request."""
    outcome = reply.outcome
    if outcome.error:
        return f"refused: {outcome.value}"
    if isinstance(outcome.value, bool) or outcome.value is None:
        told = _ACKNOWLEDGED.get((reply.operation, outcome.value))
        if told:
            return told
    if reply.operation in ("get", "read") and request and request.payload:
        key = say(request.payload[0])
        return f"{key}: miss" if outcome.value is None else f"{key} = {say(outcome.value)}"
    return "done" if outcome.value is None else say(outcome.value)


def say_outcome(outcome: Outcome) -> str:
    """Return how a call ended."""
    if outcome.error:
        return f"failed, {outcome.text}"
    return "done" if outcome.value is None else say(outcome.value)


def waits_for(world: World, cast: Cast, conversation: str, node: str) -> str:
    """Return the label of the member that a call of a node waits for; empty when nothing is on its way."""
    for message in world.in_flight:
        if message.conversation == conversation and message.asker == node:
            other = cast.member(message.sender if message.is_reply else message.receiver)
            return other.label if other else ""
    return ""


def in_words(run: Run, step: int, events: Sequence[EventRow]) -> Iterator[str]:
    """Yield the lab at a step as sentences, for people who hear it or read it in a plain terminal."""
    yield from members_in_words(run, step)
    if not events:
        yield "Nothing can happen any more."
        return
    yield "What can happen next:"
    for number, row in enumerate(events, 1):
        note = f" ({row.note})" if row.note else ""
        yield (
            f"  {number}  {row.title}: {row.detail}{note}" if row.detail else f"  {number}  {row.title}{note}"
        )


def members_in_words(run: Run, step: int) -> Iterator[str]:
    """Yield a sentence for each node, then for each service, as they are at a step."""
    world, cast = run.at(step), run.cast
    for node in cast.nodes:
        yield _node_in_words(run, step, node, world)
    for member in cast.members:
        if not isinstance(member, Node):
            kept = ", ".join(f"{key} = {say(value)}" for key, value in world.store(member.name).items())
            state = "" if world.member(member.name).up else " It is down."
            yield f"{member.label} holds {kept or 'nothing'}.{state}"


def _node_in_words(run: Run, step: int, node: Node, world: World) -> str:
    member = world.member(node.name)
    if not member.up:
        return f"{node.label} is down."
    if member.stuck:
        return f"{node.label} was stopped: its step did not end."
    view = ", ".join(f"{key} {say(value)}" for key, value in world.view(node.name).items())
    calls = [o for o in run.operations_at(step) if o.node == node.name and o.outcome is None]
    said = []
    for call in calls:
        waits = waits_for(world, run.cast, call.name, node.name)
        asked = say_request(call.operation, call.arguments)
        said.append(f"{asked} waits for {waits}" if waits else f"{asked} waits")
    state = "; ".join(said) or "idle"
    return f"{node.label}: {state}." + (f" State: {view}." if view else "")
