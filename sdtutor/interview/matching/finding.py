"""Finding what a pattern means in a text.

A pattern is found where one phrase of every group stands, each with words of its own, in one sentence or in
two neighbouring sentences of one point. A phrase matches by word stems, in order, with up to two words
between two of its words and no mark. Denied phrases do not count (:mod:`denial`), nor do questions, unless
the candidate goes on to answer them.

Why two sentences: in 24 stored good answers to six problems they find 98 % of the points where one sentence
finds 90 %; held against the points of the five other problems they find 30 %, where one finds 25 %.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from sdtutor.content.problem_records import Group, Pattern, StageName
from sdtutor.interview.matching.denial import NEGATIONS, is_denied
from sdtutor.interview.matching.text import Sentence, Text
from sdtutor.interview.matching.words import is_word, split, stem

BETWEEN = 2
"""Words that may stand between two words of a phrase."""

_TRIED = 6
"""Places of one group that are tried in one sentence."""

_CONTRAST = 6
"""Words and marks between two things that are held against each other."""

_CONTRASTING = frozenset(
    {"instead", "of", "rather", "than", "not", "but", "a", "an", "the", ",", "(", "-", "with"}
)

_POSTPONES = frozenset({"until", "till", "unless", "yet", "later", "beyond", "before", "once"})

# Written apart as often as together.
_APART = {
    "backoff": "back off",
    "backpressure": "back pressure",
    "checkpoint": "check point",
    "database": "data base",
    "datastore": "data store",
    "downtime": "down time",
    "failover": "fail over",
    "fallback": "fall back",
    "fanout": "fan out",
    "hotspot": "hot spot",
    "lookup": "look up",
    "multipart": "multi part",
    "precompute": "pre compute",
    "rebalance": "re balance",
    "rollback": "roll back",
    "rollup": "roll up",
    "timeout": "time out",
    "timestamp": "time stamp",
    "webhook": "web hook",
    "websocket": "web socket",
    "writeback": "write back",
}


@dataclass(frozen=True, slots=True)
class Match:
    """Where something was said.

    Args:
        point: Number of the candidate's point.
        stage: The stage in which it was said.
        quote: The sentence as typed, or the two sentences.
        sentence: Place of the first sentence in the text.
        last: Place of the last one.
    """

    point: int
    stage: StageName
    quote: str
    sentence: int
    last: int


@dataclass(frozen=True, slots=True)
class _Place:
    """A phrase that was found, by the places of its first and last word in the text."""

    start: int
    end: int


def find(pattern: Pattern, text: Text, *, asked: bool = False) -> Match | None:
    """Return where the pattern is said first, in one sentence if there is one, or None.

    Args:
        pattern: What to look for.
        text: Where.
        asked: Whether questions count, as they do where the interviewer listens for them.
    """
    found = list(find_all(pattern, text, asked=asked))
    return min(found, key=lambda match: (match.last - match.sentence, match.sentence)) if found else None


def find_any(patterns: Sequence[Pattern], text: Text, *, asked: bool = False) -> Match | None:
    """Return where one of the patterns is said, or None; the first pattern that is goes first."""
    return next((match for pattern in patterns if (match := find(pattern, text, asked=asked))), None)


def find_all(pattern: Pattern, text: Text, *, asked: bool = False) -> Iterator[Match]:
    """Yield every place where the pattern is said, in order."""
    groups = _groups_by_home(pattern, text)
    if not groups:
        return
    vetoed = _vetoed(pattern, text)
    first = min(groups, key=len)
    for home in sorted({near for at in first for near in (at - 1, at)}):
        window = _window(home, groups, text, asked)
        if window is not None and not any(at in vetoed for at in range(home, window + 1)):
            yield _match(text, home, window)


def _groups_by_home(pattern: Pattern, text: Text) -> list[dict[int, list[_Place]]]:
    """Return, for each group, its places by sentence; nothing when a group has none."""
    found = [[place for phrase in group for place in _places(phrase, text)] for group in pattern.groups]
    if not all(found):
        return []
    meant = _meant(found, text)
    postponed = [any(_POSTPONES & set(split(phrase)) for phrase in group) for group in pattern.groups]
    groups = []
    for number, places in enumerate(found):
        tolerant = any(postponed[:number] + postponed[number + 1 :])
        homes: dict[int, list[_Place]] = {}
        for place in sorted(places, key=lambda place: (place.start, place.end)):
            if (
                tolerant
                or not _is_denied(place, text, meant)
                or _is_compared(place, number, found, text, meant)
            ):
                homes.setdefault(text.homes[place.start], []).append(place)
        if not homes:
            return []
        groups.append(homes)
    return groups


def _meant(found: Sequence[Sequence[_Place]], text: Text) -> frozenset[int]:
    """Return the places of negations that are part of a phrase."""
    return frozenset(
        at
        for places in found
        for place in places
        for at in range(place.start, place.end + 1)
        if text.words[at] in NEGATIONS
    )


def _is_denied(place: _Place, text: Text, meant: frozenset[int]) -> bool:
    sentence = text.sentences[text.homes[place.start]]
    inside = frozenset(at - sentence.begin for at in meant)
    return is_denied(sentence.words, place.start - sentence.begin, place.end - sentence.begin, inside)


def _is_compared(
    place: _Place, number: int, found: Sequence[Sequence[_Place]], text: Text, meant: frozenset[int]
) -> bool:
    """Whether a denied phrase is what another group's was chosen over: "302, not 301".

    A pattern that asks for both compares them, and that one of them is rejected is what it asks for.
    """
    return any(
        _contrast(place, other, text) and not _is_denied(other, text, meant)
        for group, places in enumerate(found)
        if group != number
        for other in places
    )


def _contrast(rejected: _Place, chosen: _Place, text: Text) -> bool:
    """Whether only words of a contrast stand between two phrases of a sentence, and what both are of."""
    if text.homes[rejected.start] != text.homes[chosen.start]:
        return False
    first, last = sorted((rejected, chosen), key=lambda place: place.start)
    between = text.words[first.end + 1 : last.start]
    if len(between) > _CONTRAST:
        return False
    following = text.words[last.end + 1 : last.end + 2]
    extra = [word for word in between if word not in _CONTRASTING]
    return not extra or (len(extra) == 1 and following in (("1",), (extra[0],)))


def _vetoed(pattern: Pattern, text: Text) -> frozenset[int]:
    """Return the sentences that show a misconception which the pattern names."""
    places = [place for phrase in pattern.never for place in _places(phrase, text)]
    meant = _meant([places], text)
    return frozenset(text.homes[place.start] for place in places if not _is_denied(place, text, meant))


def _window(home: int, groups: Sequence[dict[int, list[_Place]]], text: Text, asked: bool) -> int | None:
    """Return the last sentence of a match that begins in this one, or None."""
    if home < 0:
        return None
    if _counts(text.sentences[home], asked) and _all_apart([group.get(home, []) for group in groups]):
        return home
    following = home + 1
    if following >= len(text.sentences) or text.sentences[following].point != text.sentences[home].point:
        return None
    if not (_counts(text.sentences[following], asked) and (asked or _leads(text.sentences[home]))):
        return None
    if _all_apart([group.get(following, []) for group in groups]):
        return None
    both = [group.get(home, [])[:_TRIED] + group.get(following, [])[:_TRIED] for group in groups]
    for number, group in enumerate(groups):
        if _all_apart([*both[:number], group.get(following, [])[:_TRIED], *both[number + 1 :]]):
            return following
    return None


def _counts(sentence: Sentence, asked: bool) -> bool:
    return asked or not sentence.asks


def _leads(sentence: Sentence) -> bool:
    return not sentence.asks or sentence.answered


def _all_apart(groups: Sequence[Sequence[_Place]], taken: tuple[_Place, ...] = ()) -> bool:
    """Whether every group has a place that shares no word with the place of another group."""
    if not groups:
        return True
    return any(
        _all_apart(groups[1:], (*taken, place))
        for place in groups[0][: 2 * _TRIED]
        if all(place.end < other.start or other.end < place.start for other in taken)
    )


def _match(text: Text, home: int, last: int) -> Match:
    first = text.sentences[home]
    quote = " ".join(sentence.text for sentence in text.sentences[home : last + 1])
    return Match(first.point, first.stage, quote, home, last)


def _places(phrase: str, text: Text) -> Iterator[_Place]:
    for stems in _spellings(phrase):
        for start in text.places.get(stems[0], ()):
            end = _reach(stems, start, text)
            if end is not None:
                yield _Place(start, end)


@lru_cache(maxsize=16_000)
def _spellings(phrase: str) -> tuple[tuple[str, ...], ...]:
    """Return the stems of a phrase, and those of other ways to write it: hotkey, data base."""
    words = [word for word in split(phrase) if is_word(word)]
    spellings = [words, [word for part in words for word in _APART.get(part, part).split()]]
    if len(words) == 2 and all(word.isalpha() for word in words):
        spellings.append(["".join(words)])
    return tuple(dict.fromkeys(tuple(map(stem, spelling)) for spelling in spellings if spelling))


def _reach(stems: Sequence[str], start: int, text: Text) -> int | None:
    """Return where the last word of the phrase stands if it begins here, or None."""
    at = start
    for wanted in stems[1:]:
        found = _next(wanted, at, text)
        if found is None:
            return None
        at = found
    return at


def _next(wanted: str, at: int, text: Text) -> int | None:
    for place in range(at + 1, min(len(text.words), at + 2 + BETWEEN)):
        if not is_word(text.words[place]) or text.homes[place] != text.homes[at]:
            return None
        if text.stems[place] == wanted:
            return place
    return None


def group_places(group: Group, text: Text) -> frozenset[int]:
    """Return the sentences in which a phrase of the group stands, denied or not."""
    return frozenset(text.homes[place.start] for phrase in group for place in _places(phrase, text))


def group_starts(group: Group, text: Text) -> frozenset[int]:
    """Return the words at which a phrase of the group begins, denied or not."""
    return frozenset(place.start for phrase in group for place in _places(phrase, text))
