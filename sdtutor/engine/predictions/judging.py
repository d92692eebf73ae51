"""Judging a question by running it once more: one right option, the right one, and nothing left unsaid."""

from collections.abc import Iterator

from sdtutor.engine.events import Event, parse_event
from sdtutor.engine.lab import Lab
from sdtutor.engine.possible import timers
from sdtutor.engine.predictions.making import Question
from sdtutor.engine.predictions.walking import in_order_sent, next_due
from sdtutor.engine.run import Run

ORDER, TIME = "in the order in which they were sent", "ime runs out"
"""What a prompt says of the order of messages, and of time."""


def faults_of(question: Question, lab: Lab) -> tuple[str, ...]:
    """Return what is wrong with a question, by a run of its own; nothing when all is well.

    Args:
        question: The question.
        lab: The lab that it is about.
    """
    run = question.rerun(lab, answered=False)
    try:
        # This runs on to the answer, which the options are then compared with.
        unsaid = tuple(_unsaid(question, run))
        return (*_options(question, run), *unsaid)
    finally:
        run.close()


def _options(question: Question, run: Run) -> Iterator[str]:
    answer = question.answer_of(run)
    right = [option for option in question.options if option.value == answer]
    if question.options[question.right].value != answer:
        yield "a fresh run has another answer"
    if len(right) > 1 or len({option.text.casefold() for option in question.options}) < len(question.options):
        yield "two options are right, or read alike"
    if not 2 <= len(question.options) <= 5:
        yield f"it has {len(question.options)} options"


def _unsaid(question: Question, run: Run) -> Iterator[str]:
    """Yield what else could have come next and is not excluded by the prompt, running on to the answer."""
    aim = question.aim
    for place, event in enumerate(map(parse_event, question.future)):
        if aim.then:
            yield from _not_due(event, aim.then, run)
        elif place >= len(aim.begin):
            yield from _rivals(question.prompt, event, run)
        run.apply(event)


def _not_due(event: Event, calls: tuple[Event, ...], run: Run) -> Iterator[str]:
    due = next_due(run)
    if event != due and (due or event not in calls):
        yield f"{event} is not the next that is due"


def _rivals(prompt: str, event: Event, run: Run) -> Iterator[str]:
    coming = in_order_sent(run)
    on_nodes = [timer for _, timer, on_node in timers(run.world, run.cast) if on_node]
    if event not in coming[:1] and (coming or event.kind != "fire"):
        yield f"{event} is not the next in the order of sending"
    if len(coming) > 1 and ORDER not in prompt:
        yield f"another message could come before {event}, and the prompt does not say that it waits"
    if on_nodes and TIME not in prompt:
        yield f"time could run out before {event}, and the prompt does not say whether it does"
