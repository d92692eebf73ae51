"""The report on an interview: what was measured and what was said, scored."""

from collections.abc import Sequence

from sdtutor.content.problems import ProblemEntry
from sdtutor.interview.conversation import Conversation
from sdtutor.interview.examining import examined
from sdtutor.interview.records import Report


def report_on(talk: Conversation, problems: Sequence[ProblemEntry] = ()) -> Report:
    """Return the report on an interview as far as it went.

    Args:
        talk: The interview.
        problems: All that there are; one of them is the next mock.
    """
    from sdtutor.interview.scoring.report import score

    return score(talk, examined(talk), tuple((each.slug, each.title) for each in problems))
