"""What an interview problem promises, held against the parts that judge a candidate by it.

The author's own sentences are matched, drawn, calculated and simulated as a candidate's would be: a model
sentence that its own pattern misses, or a reference design that breaks under the problem's load, would
judge candidates wrongly.
"""

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from sdtutor.content.lexicon import read_lexicon
from sdtutor.content.problem_records import Pattern, Problem
from sdtutor.content.problems import problem_slugs, read_problem
from sdtutor.content.roots import interview_path, lexicon_path
from sdtutor.errors import ContentError
from sdtutor.session.check_designs import check_designs

if TYPE_CHECKING:
    from sdtutor.interview.matching.text import Text


def check_problems(root: Path, told: Callable[[str], None] = lambda _what: None) -> Iterator[ContentError]:
    """Yield what is wrong with the problems below a root; those that break their format are passed over.

    Args:
        root: The folder that holds ``interviews/``.
        told: Told what is looked at.
    """
    lexicon, _ = read_lexicon(lexicon_path(root))
    if lexicon is None:
        return
    for slug in problem_slugs(root):
        problem, _ = read_problem(interview_path(root, slug), lexicon)
        if problem:
            told(f"interview {slug}")
            yield from check_problem(problem)


def check_problem(problem: Problem) -> Iterator[ContentError]:
    """Yield what is wrong with a problem that keeps its format."""
    yield from _own_words(problem)
    yield from _right_sentences(problem)
    yield from _prompt(problem)
    yield from check_designs(problem)


def _own_words(problem: Problem) -> Iterator[ContentError]:
    """Yield the sentences that are not recognised by the patterns beside them."""
    own = [(each.id, "model", each.model, "says", each.says) for each in problem.points]
    own += [(each.id, "decides", each.decides, "says", each.says) for each in problem.numbers]
    own += [(each.id, "title", f"Users {each.title}.", "words", each.words) for each in problem.operations]
    for name, key, sentence, patterns_key, patterns in own:
        if not _says(patterns, sentence):
            message = f'The "{key}" of "{name}" is not recognised by its own "{patterns_key}".'
            yield _error(problem, name, message, _lacking(patterns, sentence))


def _lacking(patterns: Sequence[Pattern], sentence: str) -> str:
    """Return what the nearest pattern lacks in a sentence that it should have recognised."""
    from sdtutor.interview.matching.finding import group_places

    text = _text(sentence)
    lacking = [[group for group in pattern.groups if not group_places(group, text)] for pattern in patterns]
    nearest = min(lacking, key=len)
    if not nearest:
        return "Its words are there, but denied, or more than a sentence apart: say it more directly."
    groups = " and ".join(f"[{' | '.join(group[:4])}{' | …' if len(group) > 4 else ''}]" for group in nearest)
    return f"It has nothing of {groups}: widen the group, or write the sentence so that it says it."


def _right_sentences(problem: Problem) -> Iterator[ContentError]:
    """Yield the right sentences of the author that a misconception takes for its own."""
    right = [(point.id, point.model) for point in problem.points]
    right += [(number.id, number.decides) for number in problem.numbers]
    right += [(f"design.{index}", design.trade_off) for index, design in enumerate(problem.designs)]
    for misconception in problem.misconceptions:
        for where, sentence in right:
            if _says(misconception.says, sentence):
                message = f'The misconception "{misconception.id}" also finds itself in what is right here.'
                hint = "Make its groups narrower: they must only meet who is wrong."
                yield _error(problem, where, message, hint)


def _prompt(problem: Problem) -> Iterator[ContentError]:
    for point in problem.points:
        if _says(point.says, problem.prompt):
            message = f'Who repeats the prompt makes the point "{point.id}".'
            yield _error(
                problem, point.id, message, "Ask in its groups for the mechanism, not for the topic."
            )


def _says(patterns: Sequence[Pattern], sentence: str) -> bool:
    from sdtutor.interview.matching.finding import find_any

    return find_any(patterns, _text(sentence)) is not None


def _text(sentence: str) -> "Text":
    from sdtutor.interview.matching.text import Text
    from sdtutor.interview.records import Said

    return Text.of((Said(1, 0.0, "design", "say", sentence),))


def _error(problem: Problem, where: str, message: str, hint: str) -> ContentError:
    return ContentError(problem.path, problem.lines[where], message, hint)
