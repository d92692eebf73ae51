"""A whole run in words: its steps, its results, what it kept and broke, and its measures."""

from typing import TYPE_CHECKING, Any

from sdtutor.cli.surface import Surface

if TYPE_CHECKING:
    from sdtutor.engine.run import Run, Step
    from sdtutor.session.lab_words import Words


def report(run: "Run", title: str, surface: Surface) -> None:
    """Write a run: steps, results, promises, measures.

    Args:
        run: The run.
        title: Of the concept.
        surface: Where to write.
    """
    from sdtutor.session.lab_board import badge
    from sdtutor.session.lab_words import Words

    words = Words(run)
    surface.heading(f"{title}: {badge(run.variant, run.lab.defects, short=False)}")
    spelled = {parameter.name: str(parameter.default) for parameter in run.lab.parameters} | run.given
    surface.rows((name, str(value)) for name, value in (*spelled.items(), ("seed", run.seed)))
    surface.heading("Steps")
    for step in run.steps:
        tell_step(run, step, words, surface)
    surface.say("Nothing else happens by itself." if not run.stopped else "The last step did not end.")
    _results(run, words, surface)
    tell_verdicts(run, surface)
    tell_measures(run, surface)


def tell_step(run: "Run", step: "Step", words: "Words", surface: Surface) -> None:
    """Write one step: what happened, and what it changed."""
    past = words.past_row(step)
    surface.say(f"Step {step.index}, t {run.say_time(step.index)}: {_joined(past.title, past.detail)}")
    for row in words.change_rows(step):
        if row.sign.strip():
            surface.say(f"    {_joined(row.title, row.detail)}")
    for name in step.broken:
        surface.say(f"    BROKEN: {name}")


def tell_verdicts(run: "Run", surface: Surface) -> None:
    """Write how each invariant fared."""
    surface.heading("Invariants")
    for verdict in run.verdicts():
        invariant = verdict.invariant
        if verdict.holds:
            surface.say(f"HOLDS {invariant.name}: {invariant.promise}")
        else:
            surface.say(f"BROKEN at step {verdict.step} {invariant.name}: {invariant.told}")


def tell_measures(run: "Run", surface: Surface) -> None:
    """Write the measures that the run has, a series as one row for each of its points."""
    found = run.measures()
    if found:
        surface.heading("Measures")
    for measure in run.measured:
        if measure.name not in found:
            continue
        unit, value = found[measure.name]
        if isinstance(value, tuple):
            surface.say(f"{measure.name}, in {unit}: {measure.help}")
            surface.rows(("", label, _number(number)) for label, number in value)
        else:
            surface.say(f"{measure.name}: {_number(value)} {unit}. {measure.help}")


def _results(run: "Run", words: "Words", surface: Surface) -> None:
    from sdtutor.session.lab_words import say_outcome, say_request

    if not run.operations:
        return
    surface.heading("Results")
    surface.rows(
        (
            words.label(call.node),
            say_request(call.operation, call.arguments),
            say_outcome(call.outcome) if call.outcome else "has not ended",
        )
        for call in run.operations
    )


def _number(value: Any) -> str:
    return f"{value:,.6g}" if isinstance(value, float) else f"{value:,}"


def _joined(title: str, detail: str) -> str:
    return f"{title}: {detail}" if detail else title
