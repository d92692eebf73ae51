"""The fingerprint of a run: equal wherever and whenever the same events run."""

import hashlib
import json
from typing import Any

from sdtutor.engine.draft import Moved, Result
from sdtutor.engine.frozen import to_json
from sdtutor.engine.message import Message
from sdtutor.engine.run import Run, Step


def digest(run: Run) -> str:
    """Return SHA-256 of a run as canonical JSON, in hexadecimal digits.

    In it: lab, variant, parameters, seed; of each step the event, results, changes, messages, log and broken
    invariants; measures. Not in it: lines, variables and the texts of errors, which differ between Pythons.
    """
    record = {
        "lab": run.name,
        "variant": run.variant,
        "parameters": to_json(dict(run.values)),
        "seed": run.seed,
        "steps": [step_record(step) for step in run.steps],
        "measures": to_json(run.measures()),
    }
    text = json.dumps(record, sort_keys=True, separators=(",", ":"), ensure_ascii=True)
    return hashlib.sha256(text.encode()).hexdigest()


def step_record(step: Step) -> dict[str, Any]:
    """Return what two runs that are equal have equal in a step, as JSON by aspect."""
    return {
        "event": str(step.event),
        "time_us": step.time_us,
        "results": [_result(result) for result in step.results],
        "changes": [[change.path, to_json(change.before), to_json(change.after)] for change in step.changes],
        "messages": [_moved(moved) for moved in step.moved],
        "log": list(step.log),
        "broken": list(step.broken),
    }


def _result(result: Result) -> list[Any]:
    outcome = result.outcome
    return [result.operation.name, outcome.error or {"value": to_json(outcome.value)}]


def _moved(moved: Moved) -> list[Any]:
    return [moved.message.name, moved.status, payload_json(moved.message, texts=False)]


def payload_json(message: Message, *, texts: bool = True) -> Any:
    """Return what a message carries, as JSON: the arguments of a request, the outcome of a reply.

    Args:
        message: The message.
        texts: Whether to keep the text of an error beside its type.
    """
    if not message.is_reply:
        return to_json(message.payload)
    outcome = message.outcome
    if not outcome.error:
        return {"value": to_json(outcome.value)}
    return {"error": outcome.text if texts else outcome.error}
