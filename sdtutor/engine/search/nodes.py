"""Nodes as automata: what runs them is the code under study, and only once for each history.

A node is a deterministic function of what it was told. So its histories form a tree, in which each edge is
learnt once by running the code and then only looked up. Two histories that leave the same behind, object by
object and frame by frame, are one state.
"""

from collections.abc import Hashable, Mapping, Set
from dataclasses import dataclass, field, replace
from typing import Any

from sdtutor.engine.host import Host, Output
from sdtutor.engine.lab import Call, Node
from sdtutor.engine.message import Outcome
from sdtutor.engine.search.identity import Opaque, key_of, snapshot
from sdtutor.engine.search.letters import Letter, identity
from sdtutor.engine.search.members import Happening, Move, State, no_such_operation
from sdtutor.engine.trace import LineBudget
from sdtutor.engine.world import Input

Asked = tuple[str, str, int]
"""A request of this node: (who is asked, operation, number)."""


@dataclass(frozen=True, slots=True)
class Facts:
    """What the world knows of a node besides its history.

    Args:
        sent: How many requests it sent, by (receiver, operation).
        called: How often each operation was called.
        script: How many calls of the story it has had.
        awaited: Ticket of each request that it still waits for.
        serving: The request behind each task that serves one, by the task's label.
        operations: The call behind each task that runs one, by the task's label.
    """

    sent: Mapping[tuple[str, str], int] = field(default_factory=dict)
    called: Mapping[str, int] = field(default_factory=dict)
    script: int = 0
    awaited: Mapping[Asked, int] = field(default_factory=dict)
    serving: Mapping[str, Letter] = field(default_factory=dict)
    operations: Mapping[str, str] = field(default_factory=dict)


@dataclass(eq=False, slots=True)
class NodeState(State):
    """One state of a node.

    Args:
        before: The state before the newest input; None at the start of an incarnation.
        told: The newest input; None while the node is down.
        facts: What the world knows besides.
    """

    before: "NodeState | None" = field(default=None, repr=False)
    told: Input | None = None
    facts: Facts = Facts()

    def inputs(self) -> list[Input]:
        """Return what it was told since its start, oldest first."""
        found: list[Input] = []
        state: NodeState | None = self
        while state is not None and state.told is not None:
            found.append(state.told)
            state = state.before
        return found[::-1]


class NotSafe(Exception):
    """An operation is declared safe, and it changes the node or makes it ask others."""


class NodeMember:
    """One node.

    Args:
        node: Its declaration.
        place: Number of the member.
        files: Source files whose lines count: shown path by real path.

    Attributes:
        runs: How many inputs were given to the code.
    """

    def __init__(self, node: Node, place: int, files: Mapping[str, str]) -> None:
        self._node = node
        self._place = place
        self._files = files
        self._states = 0
        self._known: dict[Hashable, NodeState] = {}
        self._live: tuple[NodeState, Host] | None = None
        self.runs = 0

    def start(self) -> Move:
        """Return the node built, in its first incarnation."""
        move = self.restart(self._down(Facts(), 0), 0)
        move.state.first = True
        return move

    def deliver(self, state: NodeState, letter: Letter, now_us: int) -> Move:
        """Return what a request or a reply makes of a state."""
        if letter.is_reply:
            ticket = state.facts.awaited.get(letter.request)
            if ticket is None or letter.incarnation != state.incarnation:
                return Move(state)
            return self._tell(state, Input("reply", now_us, letter.name, (ticket, letter.payload[0])))
        if letter.operation not in self._node.serves:
            return Move(state, (no_such_operation(letter),))
        label = _free(letter.name, state.facts.serving)
        facts = replace(state.facts, serving={**state.facts.serving, label: letter})
        told = Input("request", now_us, label, (letter.operation, letter.payload, ""))
        move = self._tell(state, told, facts)
        if letter.operation in self._node.safe and (move.state is not state or len(move.letters) != 1):
            raise NotSafe(f"{self._node.name} is changed by {letter.operation}, or asks others for it")
        return move

    def call(self, state: NodeState, call: Call, now_us: int, *, scripted: bool) -> Move:
        """Return what a call of an operation makes of a state.

        Args:
            state: The state.
            call: What is called.
            now_us: Virtual time.
            scripted: Whether it is the next of the story.
        """
        number = state.facts.called.get(call.operation, 0) + 1
        label = f"{call.operation}#{number}"
        name = f"{call.node}.{label}"
        facts = replace(
            state.facts,
            called={**state.facts.called, call.operation: number},
            operations={**state.facts.operations, label: name},
            script=state.facts.script + scripted,
        )
        begun: Happening = ("call", name, call.node, call.operation, call.arguments)
        told = Input("call", now_us, label, (call.operation, call.arguments, ""))
        return self._tell(state, told, facts, (begun,))

    def fire(self, state: NodeState, now_us: int) -> Move:
        """Return what the earliest timer makes of a state."""
        return self._tell(state, Input("fire", now_us))

    def crash(self, state: NodeState) -> Move:
        """Return the node down; the calls that ran on it have failed."""
        gone = Outcome("the process is gone", "Crashed")
        ended = tuple(("return", name, gone) for name in state.facts.operations.values())
        facts = Facts(state.facts.sent, state.facts.called, state.facts.script)
        given_up = frozenset(state.facts.awaited)
        return Move(self._down(facts, state.incarnation), (), ended, given_up)

    def restart(self, state: NodeState, now_us: int) -> Move:
        """Return the node built again, in a new incarnation."""
        return self._tell(state, Input("start", now_us, "start", (state.incarnation + 1,)))

    def _down(self, facts: Facts, incarnation: int) -> NodeState:
        key = ("down", incarnation, *_counts(facts))
        if key not in self._known:
            self._known[key] = self._new_state(facts, up=False, incarnation=incarnation)
        return self._known[key]

    def _new_state(self, facts: Facts, **known: Any) -> NodeState:
        self._states += 1
        return NodeState(self._place, self._states - 1, facts=facts, **known)

    def _tell(
        self,
        state: NodeState,
        told: Input,
        facts: Facts | None = None,
        happened: tuple[Happening, ...] = (),
    ) -> Move:
        host = self._host(state)
        output = host.feed(told, LineBudget(self._files))
        self.runs += 1
        facts, letters, ended = self._after(facts or state.facts, _incarnation(state), output)
        awaited = _still(facts.awaited, host.awaited().keys())
        given_up = frozenset(facts.awaited) - frozenset(awaited) - _answered(told, facts)
        facts = replace(facts, awaited=awaited)
        after = self._settled(host, state, told, facts, output)
        if after.told is told:
            self._live = (after, host)
        else:
            host.discard()
        return Move(after, letters, (*happened, *ended), given_up)

    def _settled(self, host: Host, state: NodeState, told: Input, facts: Facts, output: Output) -> NodeState:
        """Return the state that a host has reached: one known already, if another history led to it."""
        incarnation = _incarnation(state)
        left = None if output.spent else _left_behind(host, facts)
        key = (left or _lived(state, told), incarnation, *_known_besides(facts))
        if key in self._known:
            return self._known[key]
        after = self._known[key] = self._new_state(
            facts,
            incarnation=incarnation,
            stuck=output.spent,
            busy=bool(output.waiting),
            waiting=output.waiting,
            timer=output.timer[0] if output.timer else None,
            view=output.view,
            before=state if state.up else None,
            told=told,
        )
        return after

    def _host(self, state: NodeState) -> Host:
        """Return a node that has lived a state: the live one, or one that is told everything again."""
        if self._live is not None:
            lived, host = self._live
            self._live = None
            if lived is state:
                return host
            host.discard()
        host = Host(self._node, self._files)
        for told in state.inputs():
            host.feed(told)
            self.runs += 1
        return host

    def _after(
        self, facts: Facts, incarnation: int, output: Output
    ) -> tuple[Facts, tuple[Letter, ...], tuple[Happening, ...]]:
        """Return the facts after an output, the letters that it sends, and what ended."""
        letters: list[Letter] = []
        ended: list[Happening] = []
        sent, awaited = dict(facts.sent), dict(facts.awaited)
        serving, operations = dict(facts.serving), dict(facts.operations)
        for request in output.requests:
            number = sent[request.receiver, request.operation] = (
                sent.get((request.receiver, request.operation), 0) + 1
            )
            asked = (request.receiver, request.operation, number)
            awaited[asked] = request.ticket
            letters.append(
                Letter(self._node.name, *asked, incarnation, False, request.payload),
            )
        for label, outcome in output.finished:
            if label in serving:
                letters.append(serving.pop(label).answered(outcome))
            elif label in operations:
                ended.append(("return", operations.pop(label), outcome))
        after = replace(facts, sent=sent, awaited=awaited, serving=serving, operations=operations)
        return after, tuple(letters), tuple(ended)


def _answered(told: Input, facts: Facts) -> frozenset[Asked]:
    """Return the request to which an input is the reply."""
    if told.kind != "reply":
        return frozenset()
    return frozenset(asked for asked, ticket in facts.awaited.items() if ticket == told.payload[0])


def _left_behind(host: Host, facts: Facts) -> Hashable | None:
    """Return what identifies a node by what is left of its history; None when a part of it cannot be seen."""
    futures = host.awaited()
    waiting = tuple((asked, futures[ticket]) for asked, ticket in sorted(facts.awaited.items()))
    try:
        return snapshot((host.remains(), waiting))
    except Opaque:
        return None


def _lived(state: NodeState, told: Input) -> Hashable:
    """Return what identifies a node by its history: the state before, and the newest input."""
    return ("lived", state.number, told.kind, told.now_us, told.label, key_of(told.payload))


def _known_besides(facts: Facts) -> tuple[Hashable, ...]:
    """Return what identifies all that the world knows of a node besides what it holds itself."""
    return (
        *_counts(facts),
        tuple(sorted(facts.operations.items())),
        tuple(sorted((label, identity(letter)) for label, letter in facts.serving.items())),
    )


def _incarnation(state: NodeState) -> int:
    """Return the incarnation after an input: told something while it is down, a node starts."""
    return state.incarnation if state.up else state.incarnation + 1


def _counts(facts: Facts) -> tuple[Hashable, ...]:
    return (facts.script, tuple(sorted(facts.sent.items())), tuple(sorted(facts.called.items())))


def _still(awaited: Mapping[Asked, int], open_tickets: Set[int]) -> dict[Asked, int]:
    return {asked: ticket for asked, ticket in awaited.items() if ticket in open_tickets}


def _free(label: str, taken: Mapping[str, Any]) -> str:
    """Return a label for a request; the k-th copy that is served at the same time gets ``+k``."""
    copies = 0
    while (f"{label}+{copies}" if copies else label) in taken:
        copies += 1
    return f"{label}+{copies}" if copies else label
