"""A run as JSON objects: what ``sdtutor lab --json`` prints, one a line."""

from collections.abc import Iterator
from typing import Any

from sdtutor.engine.digest import digest, payload_json
from sdtutor.engine.frozen import to_json
from sdtutor.engine.run import Run, Step
from sdtutor.session.lab_words import say_request

Record = dict[str, Any]

MOST_LINES = 2_000
"""Lines of a step that are printed: a step that does not end has run 100,000 of the same few."""


def run_records(run: Run) -> Iterator[Record]:
    """Yield the run, each of its steps, and the verdict."""
    yield run_record(run)
    for step in run.steps:
        yield step_record(step)
    yield {
        "type": "verdict",
        "steps": len(run.steps),
        "digest": digest(run),
        "invariants": [
            {"name": verdict.invariant.name, "holds": verdict.holds, "step": verdict.step}
            for verdict in run.verdicts()
        ],
        "measures": {
            name: {"unit": unit, "series" if isinstance(value, tuple) else "value": to_json(value)}
            for name, (unit, value) in run.measures().items()
        },
    }


def run_record(run: Run) -> Record:
    """Return what is run: the line that comes first."""
    return {
        "type": "run",
        "lab": run.name,
        "variant": run.variant,
        "parameters": to_json(dict(run.values)),
        "seed": run.seed,
        "nodes": [member.name for member in run.cast.members],
        "source": list(run.files.values()),
    }


def step_record(step: Step) -> Record:
    """Return one step."""
    return {
        "type": "step",
        "index": step.index,
        "time_us": step.time_us,
        "event": str(step.event),
        "results": [
            {
                "node": result.operation.node,
                "call": say_request(result.operation.operation, result.operation.arguments),
                **(
                    {"error": result.outcome.text}
                    if result.outcome.error
                    else {"value": to_json(result.outcome.value)}
                ),
            }
            for result in step.results
        ],
        "changes": [
            {"path": change.path, "before": to_json(change.before), "after": to_json(change.after)}
            for change in step.changes
        ],
        "messages": [
            {
                "name": moved.message.name,
                "from": moved.message.sender,
                "to": moved.message.receiver,
                "operation": moved.message.operation,
                "payload": payload_json(moved.message),
                "status": moved.status,
            }
            for moved in step.moved
        ],
        "log": list(step.log),
        "lines": [
            {"node": node, "task": ran.task, "file": ran.file, "line": ran.line}
            for node, ran in step.ran[:MOST_LINES]
        ],
        **({"lines_left_out": len(step.ran) - MOST_LINES} if len(step.ran) > MOST_LINES else {}),
        "broken": list(step.broken),
    }
