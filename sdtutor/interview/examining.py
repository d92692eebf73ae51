"""What was measured about the whiteboard of an interview, once for each drawing and load."""

from functools import lru_cache

from sdtutor.architecture.examination import Examination
from sdtutor.core.systems import Flow, Query
from sdtutor.interview.conversation import Conversation


def examined(talk: Conversation) -> Examination:
    """Return everything measured about the whiteboard, under the candidate's own numbers.

    The first call for a drawing takes about half a second, later ones none. Any thread may call it.
    """
    from sdtutor.architecture.language.reading import read_drawing
    from sdtutor.interview.load_numbers import flows_for

    flows = flows_for(talk.problem, talk.pads, read_drawing(talk.drawing))
    return _examined(talk.drawing, flows, talk.problem.queries, talk.settings.seed)


@lru_cache(maxsize=32)
def _examined(drawing: str, flows: tuple[Flow, ...], queries: tuple[Query, ...], seed: int) -> Examination:
    from sdtutor.architecture.examine import examine
    from sdtutor.architecture.language.reading import read_drawing

    found = examine(read_drawing(drawing), flows, queries, seed)
    assert found is not None  # it is None only when it was cancelled
    return found
