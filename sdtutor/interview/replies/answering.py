"""Clarifying questions: what the problem foresees is answered, the rest is the candidate's to decide."""

import re
from collections.abc import Sequence
from dataclasses import replace

from sdtutor.content.problem_records import Ask
from sdtutor.interview.conversation import Conversation
from sdtutor.interview.matching.finding import find_any
from sdtutor.interview.matching.text import Sentence, Text
from sdtutor.interview.records import Said

PATIENCE = 2
"""After so many questions in a row that the problem does not foresee, the interviewer names categories."""

_REQUESTS = re.compile(
    r"^(?:(?:so|and|ok|okay|first|then|also),? )?(?:please )?"
    r"(?:tell me|i(?:'d| would) (?:like|want|need) to know|i (?:want|need) to know"
    r"|(?:let me|can you|could you) (?:ask|clarify|confirm)|clarify|remind me)\b",
    re.IGNORECASE,
)
"""A question in the form of a request. Editorial."""


def is_question(sentence: Sentence) -> bool:
    """Return whether a sentence asks something of the interviewer."""
    return sentence.asks or _REQUESTS.match(sentence.text) is not None


def only_asks(said: Said) -> bool:
    """Return whether a point holds nothing but questions to the interviewer."""
    sentences = Text.of((said,)).sentences
    return bool(sentences) and all(is_question(each) and not each.answered for each in sentences)


def answer(now: Conversation, said: Said) -> Conversation:
    """Return the moment after the interviewer answered the questions of a point; the same if it has none.

    Several questions get all their answers, and the same question the same answer. A question that the
    candidate goes on to answer needs none.
    """
    sentences = Text.of((said,)).sentences
    asking = [each for each in sentences if is_question(each)]
    found = _foreseen(now, said, asking)
    for ask in found:
        now = now.replying("answer", ask.answer, ask.id)
    if found:
        return replace(now, asks=tuple(dict.fromkeys((*now.asks, *(ask.id for ask in found)))), misses=0)
    if all(each.answered for each in asking):
        return now
    return _unforeseen(now)


def _foreseen(now: Conversation, said: Said, asking: Sequence[Sentence]) -> tuple[Ask, ...]:
    """Return what the questions ask for: each by itself, or all together when none does so alone."""
    found: dict[str, Ask] = {}
    alone = [each.text for each in asking]
    for words in (alone, ["\n".join(alone)]):
        for text in (Text.of((replace(said, text=each),)) for each in words):
            found |= {ask.id: ask for ask in now.problem.asks if find_any(ask.about, text, asked=True)}
        if found:
            break
    return tuple(found.values())


def _unforeseen(now: Conversation) -> Conversation:
    if now.stage.name not in ("requirements", "estimation"):
        return now.replying("assume", "Your call; say what you choose, and why.")
    misses = now.misses + 1
    left = tuple(dict.fromkeys(ask.category for ask in now.problem.asks if ask.id not in now.asks))
    if misses < PATIENCE or not left:
        return replace(now, misses=misses).replying("assume", "Your call; state an assumption.")
    named = left[0] if len(left) == 1 else f"{', '.join(left[:-1])} or {left[-1]}"
    text = f"Your call; state an assumption. I can tell you more about {named}."
    return replace(now, misses=0).replying("categories", text)
