"""What the interviewer says about a calculation or a drawing: what he sees, never the solution."""

from sdtutor.architecture.language.reading import read_drawing
from sdtutor.architecture.records import Mistake
from sdtutor.architecture.ways import paths
from sdtutor.core.units import count
from sdtutor.interview.conversation import Conversation

MISTAKES = 3
"""How many mistakes of a drawing are told at once. Editorial."""


def on_drawing(now: Conversation) -> Conversation:
    """Return the moment after the interviewer looked at the whiteboard."""
    drawing = read_drawing(now.drawing)
    told = [_mistake(each) for each in drawing.mistakes[:MISTAKES]]
    if len(drawing.mistakes) > MISTAKES:
        told.append(f"And {count(len(drawing.mistakes) - MISTAKES, 'line')} more that I cannot read.")
    seen = f"I see {count(len(drawing.boxes), 'box', 'boxes')}"
    missing = next((path.missing for path in paths(drawing, now.problem.flows) if path.missing), "")
    if drawing.boxes and missing:
        told.append(f"{seen}. {missing}")
    else:
        told.append(f"{seen}.")
    return now.replying("draw", "\n".join(told))


def _mistake(mistake: Mistake) -> str:
    return f"Line {mistake.line}: {mistake.message} {mistake.hint}".strip()
