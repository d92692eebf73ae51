"""What a lab declares, as data: who is in its world, what may happen, what must hold, what to try."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from types import ModuleType
from typing import TYPE_CHECKING, Any, Literal, get_args

from sdtutor.engine.bounds import Bounds
from sdtutor.engine.parameters import Parameter, Values
from sdtutor.engine.services import ServiceKind

if TYPE_CHECKING:
    from sdtutor.engine.operations import Operation
    from sdtutor.engine.predictions.skill import Skill
    from sdtutor.engine.simulated import Ports
    from sdtutor.engine.world import World

Variant = Literal["reference", "textbook"]
Fault = Literal["drop", "duplicate", "crash", "cut"]
"""crash brings restart with it, cut brings heal."""

Cell = tuple[int, int]
"""(row, column) in the grid of the system picture, from 0."""


@dataclass(frozen=True, slots=True)
class Call:
    """An operation that somebody calls on a node with values."""

    node: str
    operation: str
    arguments: tuple[Any, ...] = ()


@dataclass(frozen=True, slots=True)
class Offered:
    """An operation of a node that the learner may call.

    Args:
        operation: Name of the method.
        arguments: Names of its arguments, in order.
        example: Values to offer first, one an argument.
    """

    operation: str
    arguments: tuple[str, ...] = ()
    example: tuple[Any, ...] = ()


@dataclass(frozen=True, slots=True)
class Node:
    """A process that runs code under study.

    Args:
        name: Unique; a slug, as events name it.
        label: As the picture names it.
        mark: One capital letter that marks its lines in the code pane.
        cell: Its place in the picture.
        build: Makes the instance from its ports; runs again at each restart. An instance with an awaitable
            `start()` has it run first.
        observe: What panes and invariants see of the instance at rest: frozen values by name.
        calls: What the learner may call on it.
        serves: What other nodes may call on it.
        safe: What of that changes nothing and asks nobody, as GET does (RFC 9110, section 9.2.1).
    """

    name: str
    label: str
    mark: str
    cell: Cell
    build: Callable[["Ports"], Any]
    observe: Callable[[Any], Mapping[str, Any]] = lambda _instance: {}
    calls: tuple[Offered, ...] = ()
    serves: tuple[str, ...] = ()
    safe: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Service:
    """A cache, a table or a queue: state without code.

    Args:
        name: Unique; a slug.
        label: As the picture names it.
        cell: Its place in the picture.
        kind: Which machine it is.
        durable: Whether its entries survive a crash.
        initial: What it holds at step 0.
        shows: Keys that the picture always shows, also while empty.
    """

    name: str
    label: str
    cell: Cell
    kind: ServiceKind
    durable: bool = False
    initial: Mapping[str, Any] = field(default_factory=dict)
    shows: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Link:
    """A pair of members that exchange messages.

    Args:
        one: A member.
        other: Another.
        latency_us: Bounds of the one-way latency in microseconds; a message's own is drawn between them from
            the seed and its name. None: arrival takes no virtual time.
    """

    one: str
    other: str
    latency_us: tuple[int, int] | None = None


@dataclass(frozen=True, slots=True)
class Cast:
    """Who is in the world.

    Args:
        members: Nodes and services.
        links: Who exchanges messages with whom.
        interchangeable: Groups of nodes that no code tells apart: exchanging two of a group everywhere gives
            a world that behaves the same. Never nodes that some code puts in an order.
    """

    members: tuple[Node | Service, ...]
    links: tuple[Link, ...] = ()
    interchangeable: tuple[tuple[str, ...], ...] = ()

    @property
    def nodes(self) -> tuple[Node, ...]:
        """The members that run code."""
        return tuple(member for member in self.members if isinstance(member, Node))

    def member(self, name: str) -> Node | Service | None:
        """Return a member by name; None when there is none."""
        return next((member for member in self.members if member.name == name), None)

    def link(self, one: str, other: str) -> Link | None:
        """Return the link between two members, in either direction; None when there is none."""
        return next((link for link in self.links if {link.one, link.other} == {one, other}), None)


Predicate = Callable[["World", "tuple[Operation, ...]"], bool]
Witness = Callable[["World", "tuple[Operation, ...]"], tuple[str, ...]]
"""Names of the operations that show that a promise is broken; none while it holds."""

Part = Literal["operations", "store", "view", "member", "flight"]
"""A part of what there is to see: the calls, what services hold, what nodes show, who is up, messages."""

EVERYTHING: tuple[Part, ...] = get_args(Part)


@dataclass(frozen=True, slots=True)
class Invariant:
    """A promise that the run keeps or breaks.

    Args:
        name: A slug, as verdicts name it.
        promise: The sentence while it holds.
        told: The sentence when it is broken.
        holds: Predicate over the world and the operations so far. Of the steps of operations it may only ask
            whether one returned before another was called: nothing else can be known from outside.
        when: always (judged after every step), at_rest (while nothing moves), or eventually (at the end).
        over: The parts that `holds` looks at. A search shows it no other, and explores no differences that
            it cannot see.
        witness: Which operations show that it is broken.
    """

    name: str
    promise: str
    told: str
    holds: Predicate
    when: Literal["always", "at_rest", "eventually"] = "always"
    over: tuple[Part, ...] = EVERYTHING
    witness: Witness | None = None


@dataclass(frozen=True, slots=True)
class Scene:
    """A recorded run: what a lesson links to, what a quiz asks about, and a planted verdict.

    Args:
        name: A slug.
        title: What it shows, in one sentence.
        variant: Which code runs.
        events: The events, as a run file writes them.
        breaks: The invariant that is broken at the end; None when all hold.
        parameters: Values that differ from the defaults.
    """

    name: str
    title: str
    variant: Variant
    events: tuple[str, ...]
    breaks: str | None = None
    parameters: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Finding:
    """A planted verdict of the search: what it must find, or prove.

    Args:
        name: A slug.
        variant: Which code runs.
        promise: The invariant that is searched for a way to break it.
        shortest: The length of the shortest way, in events; None when there must be none.
        parameters: Values that differ from the defaults.
        bounds: What may happen; None takes those of the lab.
        after: Events that have already happened.
    """

    name: str
    variant: Variant
    promise: str
    shortest: int | None
    parameters: Mapping[str, Any] = field(default_factory=dict)
    bounds: Bounds | None = None
    after: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Goal:
    """Something to bring about.

    Args:
        name: A slug.
        title: One sentence in the imperative.
        met: Predicate over the world and the operations so far.
        hints: From a nudge to the whole way.
        variant: Under which code it counts.
        par: The fewest events that reach it from the opening (under this variant, from what the opening's
            events do there); 0 when it takes values that only the learner can think of.
        parameters: Values that differ from those of the opening, where it can only be met with them.
        bounds: What its par allows to happen; None takes the bounds of the lab.
        over: The parts that `met` looks at.
        coach: What the coach says: (predicate, sentence), the first that is true speaks.
    """

    name: str
    title: str
    met: Predicate
    hints: tuple[str, ...]
    variant: Variant = "textbook"
    par: int = 0
    parameters: Mapping[str, Any] = field(default_factory=dict)
    bounds: Bounds | None = None
    over: tuple[Part, ...] = EVERYTHING
    coach: tuple[tuple[Predicate, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Opening:
    """How the screen opens: a story already under way.

    Args:
        variant: Which code runs.
        events: What has already happened.
        sentence: The goal in one sentence.
        parameters: Values that differ from the defaults.
    """

    variant: Variant
    events: tuple[str, ...]
    sentence: str
    parameters: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Prediction:
    """A question about how an open call will end, answered by the run.

    Args:
        name: A slug.
        prompt: The question.
        operation: The operation whose outcome is asked.
        choices: The values to choose from, given the world; the outcome is among them or is added.
    """

    name: str
    prompt: str
    operation: str
    choices: Callable[["World"], tuple[Any, ...]]


@dataclass(frozen=True, slots=True)
class Finished:
    """What measures are computed from: a run as it stands.

    Args:
        variant: Which code ran.
        values: Its parameters.
        world: The world now.
        operations: Every call, in order.
        steps: How many events ran.
        times_us: Virtual time after each step in microseconds, that of step 0 first.
    """

    variant: Variant
    values: Values
    world: "World"
    operations: "tuple[Operation, ...]"
    steps: int
    times_us: tuple[int, ...] = (0,)


@dataclass(frozen=True, slots=True)
class Measure:
    """A named series or number computed from a run.

    Args:
        name: A slug.
        unit: What one of it is.
        help: What it tells.
        compute: A number, or (label, number) pairs in order.
    """

    name: str
    unit: str
    help: str
    compute: Callable[[Finished], "float | int | tuple[tuple[str, float], ...]"]


@dataclass(frozen=True, slots=True)
class Fidelity:
    """What in the lab is real and what is not.

    Args:
        real: What runs as it would be shipped.
        simulated: What the world stands in for.
        editorial: Numbers that we chose.
    """

    real: str
    simulated: str
    editorial: str


@dataclass(frozen=True, eq=False)
class Lab:
    """One lab.

    Args:
        sources: The module of each variant; a lab without a textbook version has one.
        cast: Who is in the world, for a variant and its parameter values.
        parameters: What the learner can set.
        script: The calls that the story makes, for the parameter values.
        repeats: Whether the script begins again at its end.
        main_code: What the code pane shows: names in the source module, in order.
        faults: What the learner may break.
        invariants: The first is the one on top of the screen.
        bounds: What a search may let happen, unless it is told otherwise.
        findings: What a search must find, and what it must prove.
        skills: Kinds of questions that are made from its runs.
    """

    sources: Mapping[Variant, ModuleType]
    cast: Callable[[Variant, Values], Cast]
    script: Callable[[Values], tuple[Call, ...]]
    main_code: Mapping[Variant, tuple[str, ...]]
    invariants: tuple[Invariant, ...]
    opening: Opening
    goals: tuple[Goal, ...]
    scenes: tuple[Scene, ...]
    fidelity: Fidelity
    defects: int = 0
    repeats: bool = False
    parameters: tuple[Parameter, ...] = ()
    faults: tuple[Fault, ...] = ()
    predictions: tuple[Prediction, ...] = ()
    measures: tuple[Measure, ...] = ()
    bounds: Bounds = field(default_factory=Bounds)
    findings: tuple[Finding, ...] = ()
    skills: "tuple[Skill, ...]" = ()

    @property
    def variants(self) -> tuple[Variant, ...]:
        """The variants that exist, the reference first."""
        return tuple(sorted(self.sources))

    def scene(self, name: str) -> Scene | None:
        """Return a scene by name; None when there is none."""
        return next((scene for scene in self.scenes if scene.name == name), None)
