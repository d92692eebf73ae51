"""A drawing while it is typed: read and judged by rules, fast enough for every key."""

from sdtutor.architecture.reading import read_drawing
from sdtutor.architecture.single_points import single_points
from sdtutor.architecture.ways import paths
from sdtutor.interview.conversation import Conversation, drawn
from sdtutor.interview.load_numbers import flows_for
from sdtutor.session.interview_views import DrawingView


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
