"""What an answer claims: which of many things it says, no sentence standing for more than two of them."""

from collections.abc import Mapping, Sequence
from types import MappingProxyType

from sdtutor.content.problem_records import Pattern
from sdtutor.interview.matching.finding import Match, find_all
from sdtutor.interview.matching.stuffing import Stuffing
from sdtutor.interview.matching.text import Text

MOST = 2
"""Things that one sentence may be credited for; one that seems to say more is a list. Editorial."""


def claimed(
    wanted: Mapping[str, Sequence[Pattern]],
    text: Text,
    stuffing: Stuffing,
    barred: Mapping[str, frozenset[int]] = MappingProxyType({}),
) -> Mapping[str, Match]:
    """Return where each of these things is said, by name, in the order of `wanted`.

    As many as possible are credited (augmenting paths: Kuhn 1955), so that saying more never credits less.

    Args:
        wanted: Patterns by name; any of them will do.
        text: What was said.
        stuffing: Which sentences are mere lists; they are credited for nothing, and nothing is when all is.
        barred: Sentences that do not count for a thing, by its name.
    """
    if stuffing.whole:
        return {}
    places = {
        name: _places(patterns, text, stuffing.sentences | barred.get(name, frozenset()))
        for name, patterns in wanted.items()
    }
    held: dict[int, list[str]] = {}
    chosen: dict[str, Match] = {}
    for name in wanted:
        _seat(name, places, held, chosen, set())
    return {name: chosen[name] for name in wanted if name in chosen}


def _places(patterns: Sequence[Pattern], text: Text, barred: frozenset[int]) -> list[Match]:
    found = {
        (match.last - match.sentence, match.sentence): match
        for pattern in patterns
        for match in find_all(pattern, text)
        if match.sentence not in barred and match.last not in barred
    }
    return [found[key] for key in sorted(found)]


def _seat(
    name: str,
    places: Mapping[str, Sequence[Match]],
    held: dict[int, list[str]],
    chosen: dict[str, Match],
    tried: set[int],
) -> bool:
    """Credit a thing to one of its sentences, moving others to another sentence of theirs where need be."""
    for match in places[name]:
        if match.sentence in tried:
            continue
        tried.add(match.sentence)
        seats = held.setdefault(match.sentence, [])
        if len(seats) >= MOST:
            leaver = next((other for other in seats if _seat(other, places, held, chosen, tried)), None)
            if leaver is None:
                continue
            seats.remove(leaver)
        seats.append(name)
        chosen[name] = match
        return True
    return False
