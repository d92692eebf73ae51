"""The report on an interview: what was measured and what was said, scored."""

from dataclasses import dataclass
from pathlib import Path

from sdtutor.content.problem_records import Lexicon, Problem
from sdtutor.content.problems import load_problem, problem_slugs
from sdtutor.interview.conversation import Conversation
from sdtutor.interview.examining import examined
from sdtutor.interview.records import Report


@dataclass(frozen=True, slots=True)
class Case:
    """A problem with what scoring it takes.

    Args:
        problem: What it is about.
        lexicon: Tells a list of keywords from an answer.
        others: Slugs of the problems that there are; one of them is the next mock.
    """

    problem: Problem
    lexicon: Lexicon
    others: tuple[str, ...] = ()


def load_case(root: Path, slug: str) -> Case:
    """Return a problem with what scoring it takes.

    Args:
        root: The folder that holds ``interviews/``.
        slug: The problem's.

    Raises:
        ContentError: The problem or the lexicon breaks a rule of its format.
    """
    from sdtutor.content.lexicon import load_lexicon

    return Case(load_problem(root, slug), load_lexicon(root), problem_slugs(root))


def report_on(talk: Conversation, case: Case) -> Report:
    """Return the report on an interview as far as it went.

    Args:
        talk: The interview.
        case: Its problem.
    """
    from sdtutor.interview.scoring.report import score

    return score(talk, examined(talk), case.lexicon, case.others)
