"""What comes after an interview: the questions about the drawing, and the problem to take next."""

from collections.abc import Mapping, Sequence
from typing import Final

from sdtutor.architecture.examination import Examination
from sdtutor.content.problem_records import Dimension
from sdtutor.interview.conversation import Asked, Conversation
from sdtutor.interview.scoring.rubric import TITLES

_EXERCISES: Final[Mapping[Dimension, tuple[str, ...]]] = {
    "requirements": ("notification", "chat", "ride", "file_sync", "collaborative"),
    "estimation": ("video", "crawler", "typeahead", "metrics", "photo"),
    "interface": ("payment", "ticket", "file_sync", "checkout", "job"),
    "design": ("feed", "chat", "video", "crawler", "photo"),
    "depth": ("limiter", "key_value", "collaborative", "job", "queue"),
    "tradeoffs": ("feed", "key_value", "nearby", "search", "limiter"),
    "failure": ("payment", "notification", "job", "ticket", "queue"),
    "communication": ("url_shortener", "typeahead", "limiter", "photo", "chat"),
}
"""Words of problem names that exercise a dimension, the best first. Editorial."""


def follow_ups(conversation: Conversation, examination: Examination) -> tuple[str, ...]:
    """Return what was asked about the drawing, with the points that answered it.

    Where nobody asked about the box whose loss hurt most, the question that an interviewer would have asked
    comes first.
    """
    asked = tuple(_asked(each, conversation) for each in conversation.questions)
    weakest = examination.weakest
    if not weakest or any(each.box == weakest for each in conversation.questions):
        return asked
    return (_weakest(examination), *asked)


def next_mock(conversation: Conversation, weakest: Dimension, others: Sequence[str]) -> tuple[str, str]:
    """Return the problem to take next and why.

    Args:
        conversation: What has just been taken.
        weakest: The dimension with the lowest level.
        others: Slugs of all problems there are.
    """
    here = conversation.problem.slug
    known = [slug for slug in others if slug != here]
    why = f"it exercises {TITLES[weakest].lower()}, the weakest part of this one"
    for word in _EXERCISES[weakest]:
        for slug in known:
            if word in slug:
                return slug, why
    if known:
        return known[0], "another problem shows whether this result was luck"
    return here, "the same problem with another seed asks other questions"


def _asked(asked: Asked, conversation: Conversation) -> str:
    later = [each.after for each in conversation.questions if each.after > asked.after]
    end = min(later, default=conversation.count)
    numbers = [each.number for each in conversation.said if asked.after < each.number <= end]
    if not numbers:
        return f"{asked.text} (not answered)"
    where = f"{numbers[0]}" if len(numbers) == 1 else f"{numbers[0]} to {numbers[-1]}"
    return f"{asked.text} (answered in {where})"


def _weakest(examination: Examination) -> str:
    box = examination.weakest
    outage = next((each for each in examination.outages if each.box == box), None)
    if outage is None:
        return f"`{box}` is the first box to saturate. What do you do about it?"
    return f"{outage.says} What do you do about `{box}`?"
