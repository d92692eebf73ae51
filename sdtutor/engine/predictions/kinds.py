"""Kinds of questions, for labs to declare: how a call ends, what is sent next, how many, what is left."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from typing import Any

from sdtutor.engine.events import Event
from sdtutor.engine.frozen import say
from sdtutor.engine.lab import Call, Lab, Prediction
from sdtutor.engine.measuring import call_times, distributions, has_latencies
from sdtutor.engine.operations import Operation
from sdtutor.engine.predictions.skill import Aim, Failure, Skill, Waiting, no_calls
from sdtutor.engine.predictions.walking import event_of, in_order_sent, is_idle
from sdtutor.engine.recording import MISSING
from sdtutor.engine.run import Run

Aims = Callable[[Run], tuple[Aim, ...]]
Read = Callable[[Run, int], Any]
Candidates = Callable[[Run], tuple[Any, ...]]
OfCall = Callable[[Run, int, str], Any]
"""Reads an answer about a call: the run that went on, the step of the question, the name of the call."""


def label(run: Run, member: str) -> str:
    """Return what a member is called on the screen."""
    found = run.cast.member(member)
    return found.label if found else member


def find(run: Run, call: str) -> Operation | None:
    """Return a call by its name; None when it was not made."""
    return next((operation for operation in run.operations if operation.name == call), None)


def returned(run: Run, _asked_at: int, call: str) -> Any:
    """Return what a call returned, or its failure; that it waits, when it never ends."""
    operation = find(run, call)
    if operation is None or operation.outcome is None:
        return Waiting()
    return Failure(operation.outcome.error) if operation.failed else operation.value


def answered_by(run: Run, _asked_at: int, call: str) -> Any:
    """Return who sent the message with which a call ended; MISSING when it did not end with one."""
    operation = find(run, call)
    if operation is None or not operation.done:
        return MISSING
    arrived = [
        moved.message for moved in run.steps[operation.returned - 1].moved if moved.status == "delivered"
    ]
    return arrived[0].sender if arrived else MISSING


def requests(receiver: str, operation: str) -> OfCall:
    """Return a reader of how many requests of a kind left since the question, whoever sent them.

    Args:
        receiver: Who is asked.
        operation: For what.
    """

    def count(run: Run, asked_at: int, _call: str) -> int:
        sent = [
            moved.message for step in run.steps[asked_at:] for moved in step.moved if moved.status == "sent"
        ]
        return sum(
            not message.is_reply and (message.receiver, message.operation) == (receiver, operation)
            for message in sent
        )

    return count


def about_call(
    operation: str,
    question: str,
    candidates: Candidates,
    *,
    answer: OfCall = returned,
    calls: Callable[[Run], tuple[Call, ...]] = no_calls,
    begun: bool = True,
) -> Aims:
    """Return aims about each call that is open or could be made next, at its end.

    Args:
        operation: What is called.
        question: What is asked.
        candidates: The values to choose from.
        answer: Reads the answer at the end of the call.
        calls: Calls to ask about besides those of the story.
        begun: Whether to ask about calls that are open as well.
    """

    def aims(run: Run) -> tuple[Aim, ...]:
        found = [*(_open_calls(run, operation) if begun else ()), *_coming_calls(run, operation, calls)]
        return tuple(
            Aim(
                lead,
                question,
                begin,
                partial(has_ended, name),
                partial(_answer_about, answer, name),
                candidates(run),
            )
            for name, lead, begin in found
        )

    return aims


def _answer_about(answer: OfCall, call: str, run: Run, asked_at: int) -> Any:
    return answer(run, asked_at, call)


Asked = tuple[str, str, tuple[Event, ...]]
"""Name of a call, what is said of it, and what begins it."""


def _open_calls(run: Run, operation: str) -> Iterator[Asked]:
    for call in run.operations:
        if call.operation == operation and call.outcome is None and run.world.member(call.node).up:
            said = _say_call(run, call.node, operation, call.arguments)
            yield call.name, f"The {said} has not returned yet.", ()


def _coming_calls(run: Run, operation: str, calls: Callable[[Run], tuple[Call, ...]]) -> Iterator[Asked]:
    for event in next_calls(run, operation, calls):
        number = run.world.counted("call", f"{event.target}.{operation}") + 1
        said = _say_call(run, event.target, operation, event.arguments)
        yield f"{event.target}.{operation}#{number}", f"Next comes the {said}.", (event,)


def has_ended(call: str, run: Run) -> bool:
    """Tell whether a call has ended."""
    operation = find(run, call)
    return operation is not None and operation.outcome is not None


def _say_call(run: Run, node: str, operation: str, arguments: tuple[Any, ...]) -> str:
    said = " ".join((operation, *map(say, arguments)))
    return f"call `{said}` on {label(run, node)}"


def next_calls(run: Run, operation: str, calls: Callable[[Run], tuple[Call, ...]] = no_calls) -> list[Event]:
    """Return the calls of an operation that could be made now, on nodes that are idle, each once."""
    story = [event for event in run.rules.moves(run.world) if event.kind == "call"]
    more = [event_of(call) for call in calls(run) if is_idle(run.world, call.node)]
    return [event for event in dict.fromkeys((*story, *more)) if event.operation == operation]


def when_calls_end(
    lead: str, question: str, calls: tuple[Call, ...], answer: Read, candidates: tuple[Any, ...]
) -> Aim:
    """Return the aim about some calls that follow each other on a node that answers at once.

    Args:
        lead: What is called.
        question: What is asked.
        calls: The calls.
        answer: Reads the answer after the last of them.
        candidates: The values to choose from.
    """
    return Aim(lead, question, tuple(map(event_of, calls)), _at_once, answer, candidates)


def _at_once(_run: Run) -> bool:
    return True


_STILL = "Everything that can arrive arrives, and nobody calls anything more."


def when_still(question: str, answer: Read, candidates: Candidates) -> Aims:
    """Return the aim about what there is once nothing is on its way; none where that is so already.

    Args:
        question: What is asked.
        answer: Reads the answer in the end.
        candidates: The values to choose from.
    """

    def aims(run: Run) -> tuple[Aim, ...]:
        if not in_order_sent(run):
            return ()
        return (Aim(_STILL, question, (), _never, answer, candidates(run)),)

    return aims


def _never(_run: Run) -> bool:
    return False


def held(member: str, key: str) -> Read:
    """Return a reader of what a service stores, or a node shows, under a key in the end."""

    def read(run: Run, _asked_at: int) -> Any:
        for section in ("store", "view"):
            value = run.world.facts.get((section, member, key), MISSING)
            if value is not MISSING:
                return value
        return None if run.world.member(member).up else MISSING

    return read


@dataclass(frozen=True, slots=True)
class Band:
    """A range of latencies that is one option.

    Args:
        low_us: The shortest, in microseconds.
        high_us: The longest.
        text: As the learner reads it.
    """

    low_us: int
    high_us: int
    text: str


def percentile_of(
    operation: str, percent: int, lead: Callable[[Run], str], calls: tuple[Call, ...], bands: tuple[Band, ...]
) -> Aims:
    """Return the aim about a percentile of the latencies of calls that follow each other.

    Args:
        operation: What is called.
        percent: Which percentile, from 1 to 99.
        lead: What is called, and what the learner must know of the links.
        calls: The calls, at least 100 / (100 - percent).
        bands: What the percentile may be; apart from each other.
    """
    question = f"What does p{percent} of their latency become?"

    def answer(run: Run, asked_at: int) -> Any:
        made = [o for o in run.operations if o.called > asked_at and o.operation == operation]
        times = call_times(made, [0, *(step.time_us for step in run.steps)])
        value = next((each.percentile(percent) for each in distributions(times)), None)
        if value is None:
            return MISSING
        return next((band.text for band in bands if band.low_us <= value <= band.high_us), MISSING)

    def aims(run: Run) -> tuple[Aim, ...]:
        if not has_latencies(run.cast) or any(not is_idle(run.world, call.node) for call in calls):
            return ()
        texts = tuple(band.text for band in bands)
        return (Aim(lead(run), question, (), _never, answer, texts, tuple(map(event_of, calls))),)

    return aims


def next_request(node: str, question: str, candidates: tuple[Any, ...]) -> Aims:
    """Return aims about what a node asks for next, once a reply that is on its way reaches it.

    Args:
        node: Who is asked about.
        question: What is asked.
        candidates: What it may ask for, as ``receiver.operation``, and None for nothing more. Other requests
            are passed over.
    """
    first = partial(_first_of, node, candidates)

    def aims(run: Run) -> tuple[Aim, ...]:
        found = []
        asked_at = len(run.steps)
        for event in in_order_sent(run):
            message = run.world.facts["message", event.target, ""]
            if message.receiver == node and message.is_reply:
                said = "refusal" if message.outcome.error else "reply"
                whose = f"the {said} of {label(run, message.sender)} to `{message.operation}`"
                lead = f"Next, {whose} reaches {label(run, node)}."
                until = partial(_has_asked, first, asked_at)
                found.append(Aim(lead, question, (event,), until, first, candidates))
        return tuple(found)

    return aims


def _has_asked(first: Read, asked_at: int, run: Run) -> bool:
    return first(run, asked_at) is not None


def _first_of(node: str, names: tuple[Any, ...], run: Run, asked_at: int) -> Any:
    """Return the first of some requests that a node has sent since; None when it sent none."""
    for step in run.steps[asked_at:]:
        for moved in step.moved:
            message, name = moved.message, f"{moved.message.receiver}.{moved.message.operation}"
            if moved.status == "sent" and message.sender == node and name in names:
                return name
    return None


def skills_of(lab: Lab) -> tuple[Skill, ...]:
    """Return the skills of a lab: those that it declares, and one for each prediction of another name."""
    names = {skill.name for skill in lab.skills}
    told = [_from_prediction(each) for each in lab.predictions if each.name not in names]
    return (*lab.skills, *told)


def _from_prediction(prediction: Prediction) -> Skill:
    aims = about_call(prediction.operation, prediction.prompt, lambda run: prediction.choices(run.world))
    return Skill(prediction.name, f"Predict: {prediction.prompt}", aims)
