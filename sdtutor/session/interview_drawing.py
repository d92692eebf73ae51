"""A drawing while it is typed, judged by rules; and on the whiteboard, simulated."""

from collections.abc import Callable

from sdtutor.architecture.language.reading import read_drawing
from sdtutor.architecture.load.measuring import run
from sdtutor.architecture.single_points import single_points
from sdtutor.architecture.ways import paths
from sdtutor.interview.conversation import Conversation, drawn
from sdtutor.interview.examining import examined
from sdtutor.interview.load_numbers import flows_for, own_load
from sdtutor.session.interview_views import DrawingView, SimulationView

SECONDS = 60.0
"""Simulated time of the long run."""

MOST_REQUESTS = 600_000
"""Of the long run; with more of them the run gets shorter. Editorial: some seconds of computing."""

SHORTEST = 10.0
"""A long run that would be shorter than this gives nothing that the short one, which is in scale, has not."""


def preview(talk: Conversation, text: str) -> DrawingView:
    """Return a drawing as it is typed.

    Args:
        talk: The interview, for what the drawing must do.
        text: Of the drawing; a first line ``+`` adds to the whiteboard.
    """
    from sdtutor.architecture.rules import judge

    drawing = read_drawing(drawn(talk.drawing, text))
    flows = flows_for(talk.problem, talk.pads, drawing)
    return DrawingView(
        drawing,
        drawing.mistakes,
        paths(drawing, flows),
        judge(drawing, flows, talk.problem.queries),
        single_points(drawing, flows),
    )


def simulate(
    talk: Conversation, told: Callable[[float], None], cancelled: Callable[[], bool]
) -> SimulationView | None:
    """Return what the whiteboard does under the candidate's own numbers; None when it was cancelled.

    Args:
        talk: The interview.
        told: Is told the share of the long run that is done.
        cancelled: Is asked now and then whether to stop.
    """
    drawing = read_drawing(talk.drawing)
    flows = flows_for(talk.problem, talk.pads, drawing)
    own = own_load(talk.problem, talk.pads, drawing)
    found = examined(talk)
    seconds = min(SECONDS, MOST_REQUESTS / own.per_second)
    load = found.load
    if load is not None and seconds >= SHORTEST:
        load = run(drawing, flows, seconds, talk.settings.seed, told, cancelled)
    if cancelled():
        return None
    return SimulationView(drawing, found, load, own.says)
