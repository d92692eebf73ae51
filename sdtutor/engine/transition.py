"""(world, event) -> what changes: one small function an event."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from sdtutor.engine.draft import Draft, Result
from sdtutor.engine.events import Event
from sdtutor.engine.host import Output
from sdtutor.engine.lab import Node, Service
from sdtutor.engine.message import Message, Outcome, original_name
from sdtutor.engine.nodes import Nodes
from sdtutor.engine.operations import Operation
from sdtutor.engine.possible import Rules, expiry_timer
from sdtutor.engine.recording import MISSING
from sdtutor.engine.services import OPERATIONS, Write, answer, when_expired
from sdtutor.engine.trace import LineTracer
from sdtutor.engine.world import Input, Member


class Transition:
    """Carries out events.

    Args:
        nodes: Where live nodes are kept.
        rules: What is possible; knows the story.
    """

    def __init__(self, nodes: Nodes, rules: Rules) -> None:
        self._nodes = nodes
        self._rules = rules
        self._open: Mapping[str, Operation] = {}
        self._handlers: dict[str, Callable[[Draft, Event], None]] = {
            "deliver": self._deliver,
            "drop": self._drop,
            "duplicate": self._duplicate,
            "fire": self._fire,
            "crash": self._crash,
            "restart": self._restart,
            "cut": self._cut,
            "heal": self._heal,
            "call": self._call,
        }

    def start(self, draft: Draft) -> None:
        """Set up the world: services with their first entries, nodes built."""
        draft.set(("time", "", ""), 0)
        for member in draft.cast.members:
            draft.set(("member", member.name, ""), Member())
            if isinstance(member, Service):
                for key, value in member.initial.items():
                    draft.set(("store", member.name, key), value)
        for node in draft.cast.nodes:
            self._tell(draft, node, Input("start", 0, "start", (1,)))

    def step(self, draft: Draft, event: Event, open_operations: Mapping[str, Operation]) -> None:
        """Carry out an event that is possible.

        Args:
            draft: The step to fill.
            event: What happens.
            open_operations: The calls that have not ended, by name.
        """
        self._open = open_operations
        self._handlers[event.kind](draft, event)

    def _message(self, draft: Draft, name: str) -> Message:
        message: Message = draft.get(("message", name, ""))
        return message

    def _deliver(self, draft: Draft, event: Event) -> None:
        message = self._message(draft, event.target)
        draft.wait_until(message.due_us)
        receiver = draft.cast.member(message.receiver)
        if message.is_reply and message.incarnation != draft.member(message.receiver).incarnation:
            # Whoever asked is gone; its successor has requests of the same numbers.
            draft.take_from_flight(message, "lost")
            return
        draft.take_from_flight(message, "delivered")
        if isinstance(receiver, Service):
            self._serve(draft, receiver, message)
        elif isinstance(receiver, Node) and message.is_reply:
            payload = (message.ticket, message.outcome)
            self._tell(draft, receiver, Input("reply", draft.now_us, message.name, payload))
        elif isinstance(receiver, Node):
            self._hand_over(draft, receiver, message)

    def _hand_over(self, draft: Draft, node: Node, message: Message) -> None:
        if message.operation not in node.serves:
            text = f"{node.name} has no operation {message.operation}"
            draft.send_reply(message, Outcome(text, "LookupError"))
            return
        draft.set(("serving", node.name, message.name), message)
        payload = (message.operation, message.payload, message.conversation)
        self._tell(draft, node, Input("request", draft.now_us, message.name, payload))

    def _serve(self, draft: Draft, service: Service, message: Message) -> None:
        if message.operation not in OPERATIONS[service.kind]:
            text = f"{service.name} has no operation {message.operation}"
            draft.send_reply(message, Outcome(text, "LookupError"))
            return
        entries = {key: draft.get(("store", service.name, key)) for key in draft.names("store", service.name)}
        replied = answer(service.kind, entries, message.operation, message.payload)
        for write in replied.writes:
            self._write(draft, service.name, write)
        draft.send_reply(message, Outcome(replied.reply))

    def _write(self, draft: Draft, service: str, write: Write) -> None:
        draft.set(("store", service, write.key), MISSING if write.value is None else write.value)
        expiry: Any = MISSING
        if write.ttl_us is not None:
            expiry = (draft.now_us + write.ttl_us, draft.next_number("expiry", service))
        draft.set(("expiry", service, write.key), expiry)

    def _drop(self, draft: Draft, event: Event) -> None:
        draft.take_from_flight(self._message(draft, event.target), "dropped")

    def _duplicate(self, draft: Draft, event: Event) -> None:
        message = self._message(draft, event.target)
        name = draft.name_once(original_name(message.name))
        draft.put_in_flight(replace(message, name=name, sent_step=draft.index), "duplicated")

    def _fire(self, draft: Draft, event: Event) -> None:
        member = draft.cast.member(event.target.split(".timer#")[0])
        if isinstance(member, Node):
            timer = draft.member(member.name).timer
            draft.wait_until(timer[0] if timer else 0)
            self._tell(draft, member, Input("fire", draft.now_us, event.target))
        elif member:
            self._expire(draft, member.name)

    def _expire(self, draft: Draft, service: str) -> None:
        timer = expiry_timer(draft.before, service)
        for fact, (deadline_us, number) in list(draft.before.section("expiry", service)):
            if timer == (deadline_us, f"{service}.timer#{number}"):
                draft.wait_until(deadline_us)
                left = when_expired(draft.get(("store", service, fact[2])))
                self._write(draft, service, Write(fact[2], left))
                what = "expired" if left is None else "waits again"
                draft.log.append(f"{fact[2]} {what} in {service}")

    def _crash(self, draft: Draft, event: Event) -> None:
        member, state = draft.cast.member(event.target), draft.member(event.target)
        draft.set(("member", event.target, ""), Member(up=False, incarnation=state.incarnation))
        if isinstance(member, Service):
            if not member.durable:
                for key in draft.names("store", member.name):
                    self._write(draft, member.name, Write(key, None))
            return
        self._nodes.discard(event.target)
        for section in ("view", "line", "serving"):
            for name in draft.names(section, event.target):
                draft.set((section, event.target, name), MISSING)
        for label in state.waiting:
            self._end(draft, event.target, label, Outcome("the process is gone", "Crashed"))

    def _restart(self, draft: Draft, event: Event) -> None:
        incarnation = draft.member(event.target).incarnation + 1
        draft.set(("member", event.target, ""), Member(incarnation=incarnation))
        node = draft.cast.member(event.target)
        if not isinstance(node, Node):
            return
        for message in draft.before.in_flight:
            if message.is_reply and message.receiver == node.name:
                draft.take_from_flight(message, "lost")
        self._tell(draft, node, Input("start", draft.now_us, "start", (incarnation,)))

    def _cut(self, draft: Draft, event: Event) -> None:
        first, second = sorted((event.target, event.operation))
        draft.set(("cut", first, second), True)

    def _heal(self, draft: Draft, event: Event) -> None:
        first, second = sorted((event.target, event.operation))
        draft.set(("cut", first, second), MISSING)

    def _call(self, draft: Draft, event: Event) -> None:
        scripted = self._rules.next_call(draft.before, event.target)
        if scripted and (scripted.operation, scripted.arguments) == (event.operation, event.arguments):
            draft.next_number("script", event.target)
        number = draft.next_number("call", f"{event.target}.{event.operation}")
        name = f"{event.target}.{event.operation}#{number}"
        called = Operation(name, event.target, event.operation, event.arguments, draft.index)
        draft.called.append(called)
        node = draft.cast.member(event.target)
        if isinstance(node, Node):
            label = f"{event.operation}#{number}"
            payload = (event.operation, event.arguments, name)
            self._tell(draft, node, Input("call", draft.now_us, label, payload))

    def _tell(self, draft: Draft, node: Node, told: Input) -> None:
        before = draft.member(node.name)
        tracer = LineTracer(self._nodes.files)
        history, output = self._nodes.tell(node, before.history, told, tracer)
        draft.ran.extend((node.name, ran) for ran in tracer.ran)
        timer = (output.timer[0], f"{node.name}.timer#{output.timer[1]}") if output.timer else None
        state = replace(before, history=history, timer=timer, waiting=output.waiting, stuck=output.spent)
        draft.set(("member", node.name, ""), state)
        self._take_output(draft, node.name, output)

    def _take_output(self, draft: Draft, node: str, output: Output) -> None:
        for request in output.requests:
            draft.send_request(node, request)
        for label, outcome in output.finished:
            self._end(draft, node, label, outcome)
        draft.log.extend(f"{node}: nobody handled {text}" for text in output.failures)
        if output.spent:
            draft.log.append(f"{node}: stopped, the step does not end")
        self._replace(draft, "view", node, output.view)
        self._replace(draft, "line", node, dict(output.parked))

    def _replace(self, draft: Draft, section: str, owner: str, values: Mapping[str, Any]) -> None:
        for name in draft.names(section, owner):
            if name not in values:
                draft.set((section, owner, name), MISSING)
        for name, value in values.items():
            draft.set((section, owner, name), value)

    def _end(self, draft: Draft, node: str, label: str, outcome: Outcome) -> None:
        request = draft.get(("serving", node, label))
        if request is not None:
            draft.set(("serving", node, label), MISSING)
            draft.send_reply(request, outcome)
            return
        name = f"{node}.{label}"
        operation = self._open.get(name) or next((c for c in draft.called if c.name == name), None)
        if operation:
            ended = replace(operation, returned=draft.index, outcome=outcome)
            draft.results.append(Result(ended, outcome))
        elif outcome.error:
            draft.log.append(f"{node}: {label} failed, {outcome.text}")
