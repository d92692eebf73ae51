"""Saying it aloud: a minute to speak, then statements to tick. A tick is a claim without a quote."""

import re
from dataclasses import replace
from typing import Final

from sdtutor.core.units import count
from sdtutor.interview.commands import Command
from sdtutor.interview.conversation import Conversation
from sdtutor.interview.scoring.rubric import assessed

SECONDS: Final = 60.0
"""What one says in a minute is about what one types in three: 150 words. Editorial."""

_BEGIN: Final = (
    "Say it aloud, as you would to a person: you have sixty seconds. Then tick what you said; "
    "/aloud again shows the list at once."
)


def aloud(now: Conversation) -> Conversation:
    """Return the moment after the candidate began to speak, or stopped before the minute was over."""
    if is_speaking(now):
        return replace(now, told=(*now.told, name_of(now))).replying("aloud", listed(now))
    statements = tuple(
        point.id
        for point in now.problem.points
        if point.stage == now.stage.name
        and point.dimension in assessed(now.settings.minutes)
        and point.id not in now.made
    )
    if not statements:
        return now.replying("notice", "There is nothing left to tick in this stage. Type what you say.")
    return replace(now, aloud=(*now.aloud, now.at_s), statements=statements).replying("aloud", _BEGIN)


def is_speaking(now: Conversation) -> bool:
    """Return whether the candidate speaks: the statements were not listed yet."""
    return bool(now.aloud) and name_of(now) not in now.told


def name_of(now: Conversation) -> str:
    """Return what tells this minute of speaking from another one."""
    return f"aloud.{len(now.aloud)}"


def listed(now: Conversation) -> str:
    """Return the statements that can be ticked, numbered."""
    titles = {point.id: point.title for point in now.problem.points}
    rows = (f"{number}  {titles[name]}" for number, name in enumerate(now.statements, 1))
    return "\n".join(("What did you say? Tick it honestly, such as /tick 1 3:", *rows))


def tick(now: Conversation, command: Command) -> Conversation:
    """Return the moment after statements were ticked; none of them when one of them does not exist.

    Args:
        now: The moment before.
        command: Its text has numbers of the list, or ids of points.
    """
    if not now.aloud or is_speaking(now):
        return now.replying("notice", "There is nothing to tick yet. /aloud begins a minute of speaking.")
    known = now.statements
    numbered = {str(number): name for number, name in enumerate(known, 1)}
    words = re.split(r"[\s,]+", command.text.strip())
    found = [numbered.get(word, word) for word in words]
    strange = next((word for word, name in zip(words, found, strict=True) if name not in known), None)
    if strange is not None:
        return now.replying("notice", f'There is no statement "{strange}"; there are 1 to {len(known)}.')
    ticked = tuple(dict.fromkeys((*now.ticked, *found)))
    made = tuple(dict.fromkeys((*now.made, *found)))
    text = f"{count(len(dict.fromkeys(found)), 'statement')} ticked: a claim without a quote."
    return replace(now, ticked=ticked, made=made).replying("notice", text)
