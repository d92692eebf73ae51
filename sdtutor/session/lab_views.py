"""What a lab looks like at one moment: frozen data, ready to be drawn, with no behaviour."""

from dataclasses import dataclass

from sdtutor.drawing.picture import Picture


@dataclass(frozen=True, slots=True)
class CodeRow:
    """One row of the code pane.

    Args:
        number: Line in the source file, from 1; 0 for a gap between two pieces of code.
        text: The code, dedented with its method.
        state: running (ran last), ran (in this step), parked (a task waits here), or empty.
        mark: Letter of the node that it belongs to; empty when no node is at this line.
        changed: Whether it differs from the other variant.
    """

    number: int
    text: str
    state: str = ""
    mark: str = ""
    changed: bool = False


@dataclass(frozen=True, slots=True)
class EventRow:
    """One event that can happen next.

    Args:
        event: As a run file writes it.
        title: Who and what: "database → reader A".
        detail: With which values: "reply k = v1".
        note: "sent at step 4"; empty when there is nothing to say.
        kind: Kind of the event.
    """

    event: str
    title: str
    detail: str
    note: str
    kind: str


@dataclass(frozen=True, slots=True)
class ChangeRow:
    """One thing that a step changed.

    Args:
        sign: ``+`` new, ``-`` gone, ``=`` changed or told.
        title: What.
        detail: To what.
    """

    sign: str
    title: str
    detail: str


@dataclass(frozen=True, slots=True)
class PastRow:
    """One step of the run so far."""

    step: int
    title: str
    detail: str


@dataclass(frozen=True, slots=True)
class PromiseView:
    """An invariant at this moment.

    Args:
        name: As verdicts name it.
        word: HOLDS, or BROKEN at step 14.
        sentence: The promise, or what its breaking means.
        broken: Whether it is broken.
    """

    name: str
    word: str
    sentence: str
    broken: bool


@dataclass(frozen=True, slots=True)
class GoalView:
    """The goal at hand.

    Args:
        number: From 1.
        count: How many there are.
        title: What to bring about.
        done: Whether it was brought about in this run.
        score: Its par, or how many events it took; empty when it has no par.
        hints: The hints asked for so far.
        more_hints: Whether there are others.
    """

    number: int
    count: int
    title: str
    done: bool
    score: str
    hints: tuple[str, ...]
    more_hints: bool


@dataclass(frozen=True, slots=True)
class QuestionView:
    """A prediction that waits for the learner's guess.

    Args:
        prompt: The question.
        choices: What to choose from, in order.
        chosen: Index of the guess; None before it.
        verdict: What came of it; empty before the run has told.
    """

    prompt: str
    choices: tuple[str, ...]
    chosen: int | None = None
    verdict: str = ""


@dataclass(frozen=True, slots=True)
class TaskRow:
    """What one task does and knows.

    Args:
        mark: Letter of its node.
        title: The call: get("k").
        variables: "value = None"; empty when it knows nothing yet.
        waits: For whom; empty when it is not waiting.
    """

    mark: str
    title: str
    variables: str
    waits: str


@dataclass(frozen=True, slots=True)
class LabView:
    """A lab at one moment.

    Args:
        lab: ``topic/slug``.
        topic: Title of the topic.
        title: Title of the concept.
        badge: REFERENCE (fixed) or TEXTBOOK (flawed: 4 known defects).
        short_badge: The same for a narrow screen.
        variant: reference or textbook.
        step: The step looked at; 0 is before the first.
        last_step: The last step of this branch.
        time: Virtual time at the step.
        seed: Of the run.
        branch: Its number, from 1.
        branches: How many there are.
        waiting: How many events of the branch that was left can still be kept on this one.
        promises: The first is the lab's main one.
        file: Path of the source, relative to the package.
        code: The code pane.
        focus: Index of the row of `code` to keep in sight.
        line: Which of the step's lines is looked at, from 1; 0 for none.
        lines: How many lines the step ran.
        picture: The system.
        events: What can happen next.
        cursor: Index into `events` of the one to run next.
        changes: What the step changed.
        past: The run so far.
        tasks: What is running, with variables when asked for.
        goal: None when the lab has none left.
        coach: One or two sentences; empty when there is nothing to say.
        question: None unless a prediction is open or was just answered.
        finished: Whether nothing can happen any more.
        next_up: What Enter leads to when the story is told; empty before.
    """

    lab: str
    topic: str
    title: str
    badge: str
    short_badge: str
    variant: str
    step: int
    last_step: int
    time: str
    seed: int
    branch: int
    branches: int
    promises: tuple[PromiseView, ...]
    file: str
    code: tuple[CodeRow, ...]
    focus: int
    line: int
    lines: int
    picture: Picture
    events: tuple[EventRow, ...]
    cursor: int
    changes: tuple[ChangeRow, ...]
    past: tuple[PastRow, ...]
    tasks: tuple[TaskRow, ...]
    goal: GoalView | None
    coach: str
    question: QuestionView | None
    finished: bool
    next_up: str
    waiting: int = 0


@dataclass(frozen=True, slots=True)
class Setting:
    """A parameter of a lab and its value.

    Args:
        name: A slug.
        value: As it is spelled.
        help: What it does, with bounds and unit.
        words: The values to choose from; empty when it is typed.
    """

    name: str
    value: str
    help: str
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class OfferedCall:
    """An operation that the learner can call with values of their own.

    Args:
        node: On which node.
        label: Its label.
        operation: Which.
        arguments: Names of the arguments.
        example: Values to offer, as an event writes them.
    """

    node: str
    label: str
    operation: str
    arguments: tuple[str, ...]
    example: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class MeasureView:
    """A measure of the run.

    Args:
        name: A slug.
        unit: What one of it is.
        help: What it tells.
        value: The number; None for a series.
        series: (label, number) pairs; empty for a number.
    """

    name: str
    unit: str
    help: str
    value: float | None
    series: tuple[tuple[str, float], ...]
