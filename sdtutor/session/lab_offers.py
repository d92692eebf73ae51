"""What a lab offers besides its events: settings, and calls with values of one's own."""

from sdtutor.engine.events import write_value
from sdtutor.engine.parameters import OneOf, Whole
from sdtutor.engine.run import Run
from sdtutor.session.lab_views import OfferedCall, Setting


def settings(run: Run) -> tuple[Setting, ...]:
    """Return what can be set, and how it is in a run."""
    found = []
    for parameter in run.lab.parameters:
        value = str(run.given.get(parameter.name, parameter.default))
        words = parameter.words if isinstance(parameter, OneOf) else ()
        bounds = ""
        if isinstance(parameter, Whole):
            bounds = f" From {parameter.low} to {parameter.high} {parameter.unit}."
        found.append(Setting(parameter.name, value, parameter.help + bounds, words))
    return tuple(found)


def offered_calls(run: Run, step: int) -> tuple[OfferedCall, ...]:
    """Return the operations that the learner can call at a step, the node that moved last first."""
    if run.stopped and step == len(run.steps):
        return ()
    last = run.steps[step - 1].conversation.split(".")[0] if step else ""
    offers = [
        OfferedCall(
            node.name,
            node.label,
            offered.operation,
            offered.arguments,
            tuple(map(write_value, offered.example)),
        )
        for node in run.cast.nodes
        if run.at(step).member(node.name).up
        for offered in node.calls
    ]
    return tuple(sorted(offers, key=lambda offer: offer.node != last))
