"""Two runs side by side as tables: frozen texts, ready for any surface."""

from collections.abc import Callable, Sequence
from typing import Any

from sdtutor.engine.comparison import Comparison, Pair, Parting
from sdtutor.engine.digest import digest
from sdtutor.engine.events import Event
from sdtutor.engine.frozen import to_json
from sdtutor.engine.message import Outcome
from sdtutor.engine.run import Run, Step
from sdtutor.session.lab_words import Words, say_outcome
from sdtutor.session.measure_views import Table, ms, say_number, worded


def comparison_shown(found: Comparison) -> tuple[Table, ...]:
    """Return two runs side by side: where they part, then what came of each."""
    head = _names(found)
    shown: list[Table] = []
    if found.parting:
        shown.append(Table("the step in which they part", ("", *head), _parting_rows(found, found.parting)))
    labels = Words(found.one)
    sections: tuple[tuple[str, Sequence[Pair], Callable[[Any], str]], ...] = (
        ("results", found.results, lambda value: say_outcome(value) if value else "-"),
        ("promises", found.verdicts, lambda step: "HOLDS" if step is None else f"BROKEN at step {step}"),
        ("measures", _numbers(found.measures), lambda value: "-" if value is None else say_number(value)),
    )
    for title, pairs, said in sections:
        rows = tuple((_call_name(labels, pair), said(pair.one), said(pair.other)) for pair in pairs)
        if any(pair.differs for pair in pairs):
            marks = ("differs" if pair.differs else "" for pair in pairs)
            marked = ((*row, mark) for row, mark in zip(rows, marks, strict=True))
            shown.append(Table(title, ("", *head, ""), tuple(marked)))
        elif rows:
            shown.append(Table(title, ("", *head), rows))
    return tuple(shown)


def comparison_summary(found: Comparison, left_out: Sequence[Event] = ()) -> tuple[str, ...]:
    """Return in sentences where two runs part.

    Args:
        found: The comparison.
        left_out: Events of the one run that were not possible in the other.
    """
    said = []
    parting = found.parting
    if parting is None:
        said.append(f"The two runs are equal, step for step: {len(found.one.steps)} steps.")
    elif not parting.aspects:
        shorter = "first" if parting.one is None else "second"
        said.append(f"Equal up to step {parting.step - 1}, where the {shorter} run ends.")
    else:
        what = ", ".join(_ASPECTS[aspect] for aspect in parting.aspects)
        said.append(f"Equal up to step {parting.step - 1}. Step {parting.step} differs in {what}.")
    if left_out:
        said.append(f"Not possible in the {_names(found)[1]}: {', '.join(map(str, left_out))}.")
    return tuple(said)


_ASPECTS = {
    "event": "the event",
    "time_us": "the time",
    "results": "what calls returned",
    "changes": "what changed",
    "messages": "messages",
    "log": "the log",
    "broken": "broken promises",
}


def _names(found: Comparison) -> tuple[str, str]:
    """Return what tells the two runs apart: the version, else the settings, else first and second."""
    one, other = found.one, found.other
    if one.variant != other.variant:
        return one.variant, other.variant
    differing = [name for name in one.values if str(one.values[name]) != str(other.values.get(name))]
    if differing and len(differing) <= 2:
        pair = (" ".join(f"{name}={run.values[name]}" for name in differing) for run in (one, other))
        return next(pair), next(pair)
    if one.seed != other.seed:
        return f"seed {one.seed}", f"seed {other.seed}"
    return "first", "second"


def _parting_rows(found: Comparison, parting: Parting) -> tuple[tuple[str, ...], ...]:
    columns = (_told(found.one, parting.one), _told(found.other, parting.other))
    return tuple(
        (name, columns[0].get(name, ""), columns[1].get(name, ""))
        for name in dict.fromkeys((*columns[0], *columns[1]))
    )


def _told(run: Run, step: Step | None) -> dict[str, str]:
    """Return what happened in a step, by what it is about."""
    if step is None:
        return {"event": "the run has ended"}
    words = Words(run)
    past = words.past_row(step)
    told = {"event": f"{past.title}: {past.detail}".rstrip(": "), "time": ms(step.time_us, " ms")}
    told |= {row.title: row.detail for row in words.change_rows(step) if row.sign.strip()}
    return told | ({"broken": ", ".join(step.broken)} if step.broken else {})


def _call_name(labels: Words, pair: Pair) -> str:
    node, dot, call = pair.name.partition(".")
    name = f"{labels.label(node)}: {call}" if dot else worded(pair.name)
    return name if not pair.unit or name.endswith(pair.unit) else f"{name}, {pair.unit}"


def _numbers(pairs: Sequence[Pair]) -> tuple[Pair, ...]:
    """Return measures as numbers: a series as one pair for each of its points."""
    found = []
    for pair in pairs:
        if isinstance(pair.one, tuple) or isinstance(pair.other, tuple):
            one, other = dict(pair.one or ()), dict(pair.other or ())
            found += [
                Pair(f"{worded(pair.name)} {label}", one.get(label), other.get(label), pair.unit)
                for label in {**one, **other}
            ]
        else:
            found.append(pair)
    return tuple(found)


# JSON


def comparison_record(found: Comparison, left_out: Sequence[Event] = ()) -> dict[str, Any]:
    """Return a comparison as one JSON object.

    Args:
        found: The comparison.
        left_out: Events of the one run that were not possible in the other.
    """
    parting = found.parting
    return {
        "type": "comparison",
        "lab": found.one.name,
        "one": _run_record(found.one),
        "other": _run_record(found.other),
        "left_out": [str(event) for event in left_out],
        "parting": parting
        and {
            "step": parting.step,
            "differs": list(parting.aspects),
            "one": str(parting.one.event) if parting.one else None,
            "other": str(parting.other.event) if parting.other else None,
        },
        "results": [
            {"call": pair.name, "one": _outcome(pair.one), "other": _outcome(pair.other)}
            for pair in found.results
        ],
        "invariants": [
            {"name": pair.name, "one": _fate(pair.one), "other": _fate(pair.other)} for pair in found.verdicts
        ],
        "measures": {
            pair.name: {"unit": pair.unit, "one": to_json(pair.one), "other": to_json(pair.other)}
            for pair in found.measures
        },
    }


def _run_record(run: Run) -> dict[str, Any]:
    return {
        "variant": run.variant,
        "parameters": to_json(dict(run.values)),
        "seed": run.seed,
        "steps": len(run.steps),
        "digest": digest(run),
    }


def _outcome(outcome: Outcome | None) -> Any:
    if outcome is None:
        return None
    return {"error": outcome.text} if outcome.error else {"value": to_json(outcome.value)}


def _fate(step: int | None) -> dict[str, Any]:
    return {"holds": step is None, "step": step}
