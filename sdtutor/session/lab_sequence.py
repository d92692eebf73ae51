"""The space-time diagram of a run, with the operations that show which promise it broke."""

from typing import Any

from sdtutor.drawing.sequence_records import Bar, Between, Breach, Diagram, Fate, Lane, Mark, Message, Note
from sdtutor.engine.frozen import say
from sdtutor.engine.invariants import TERMINATES, Verdict
from sdtutor.engine.lab import Service
from sdtutor.engine.operations import Operation
from sdtutor.engine.run import Run, Step
from sdtutor.session.lab_words import Words, say_outcome, say_request

_LETTERS = "pqrstuvwxyzabcdefghijklmno"
"""Small, as capitals belong to nodes; from p on, as Lamport (1978) names events."""


def diagram(run: Run) -> Diagram:
    """Return the whole run as a diagram, with the witness of the first promise of the lab that it broke.

    Args:
        run: The run.
    """
    words = Words(run)
    broken = [verdict for verdict in run.verdicts() if verdict.step is not None]
    shown = next((verdict for verdict in broken if _witness(run, verdict)), None)
    names = _witness(run, shown) if shown else frozenset()
    broken.sort(key=lambda verdict: (verdict is not shown, verdict.invariant is not TERMINATES))
    witness = (operation.name for operation in run.operations if operation.name in names)
    letters = dict(zip(witness, _LETTERS, strict=False))
    return Diagram(
        lanes=tuple(Lane(member.name, member.label) for member in run.cast.members),
        steps=len(run.steps),
        messages=tuple(_messages(run, words)),
        bars=tuple(_bar(operation, letters.get(operation.name, "")) for operation in run.operations),
        marks=tuple(mark for step in run.steps for mark in _marks(step, words)),
        links=tuple(link for step in run.steps for link in _links(step, words)),
        notes=(*_first_notes(run), *(note for step in run.steps for note in _notes(step))),
        breaches=tuple(
            Breach(verdict.step or 0, verdict.invariant.name, verdict.invariant.told) for verdict in broken
        ),
    )


def _witness(run: Run, verdict: Verdict) -> frozenset[str]:
    """Return the names of the operations that show a promise broken, at the step that broke it."""
    if verdict.invariant.witness is None or verdict.step is None:
        return frozenset()
    return frozenset(verdict.invariant.witness(run.at(verdict.step), run.operations_at(verdict.step)))


def _bar(operation: Operation, letter: str) -> Bar:
    outcome = operation.outcome
    answered = "" if outcome is None else "failed" if outcome.error else say_outcome(outcome)
    asked = say_request(operation.operation, operation.arguments)
    return Bar(operation.node, asked, answered, operation.called, operation.returned or None, letter)


def _messages(run: Run, words: Words) -> list[Message]:
    """Return every message of a run, in the order of sending."""
    ended: dict[str, tuple[int | None, Fate]] = {}
    for step in run.steps:
        for moved in step.moved:
            if moved.status in ("delivered", "dropped", "lost"):
                ended[moved.message.name] = (step.index, moved.status)
    sent = {message.name: message for message in run.at(0).in_flight}
    for step in run.steps:
        sent |= {moved.message.name: moved.message for moved in step.moved}
    found = []
    for name, message in sent.items():
        at, fate = ended.get(name, (None, "flying"))
        copy = ", copy" if "+" in name else ""
        found.append(
            Message(
                sender=message.sender,
                receiver=message.receiver,
                text=words.carried(message) + copy,
                sent=message.sent_step,
                ended=at,
                fate=fate,
                asker=message.asker,
            )
        )
    return found


def _marks(step: Step, words: Words) -> list[Mark]:
    event = step.event
    if event.kind in ("crash", "restart"):
        return [Mark(step.index, event.target, event.kind, event.kind)]
    if event.kind == "fire":
        return [Mark(step.index, event.target.split(".timer#")[0], words.past_row(step).detail, "timer")]
    return []


def _links(step: Step, words: Words) -> list[Between]:
    event = step.event
    if event.kind in ("cut", "heal"):
        return [Between(step.index, event.target, event.operation, event.kind, breaks=event.kind == "cut")]
    copies = (moved.message for moved in step.moved if moved.status == "duplicated")
    return [Between(step.index, m.sender, m.receiver, f"copy {words.carried(m)}", False) for m in copies]


def _first_notes(run: Run) -> list[Note]:
    """Return the first of what each member that serves others holds before the first step."""
    serving = [member.name for member in run.cast.members if isinstance(member, Service) or member.serves]
    notes: dict[str, Note] = {}
    for (section, owner, name), value in run.at(0).facts.items():
        if section in ("store", "view") and owner in serving:
            notes.setdefault(owner, Note(0, owner, _change(name, value)))
    return list(notes.values())


def _notes(step: Step) -> list[Note]:
    """Return what a step changed of what services hold and nodes show."""
    paths = ((change.path.partition("."), change.after) for change in step.changes)
    return [
        Note(step.index, owner, _change(name, after)) for (owner, _, name), after in paths if name != "status"
    ]


def _change(name: str, value: Any) -> str:
    return f"{name} gone" if value is None else f"{name} = {say(value)}"
