"""Whether a phrase is denied where it stands: "we do not need a cache" says nothing for a cache.

A negation reaches over the five words after it (a window tried on a dozen hand-made answers), up to a mark
or a word that begins a clause. It reaches on through a list that ends in "or": "no cache, replicas or queue".
Whatever is doubtful counts as denied: a claim that was not made must not be credited, and a candidate who
meant it usually says it once more without a "not".
"""

from collections.abc import Sequence

from sdtutor.interview.matching.words import is_word, word_set

REACH = 5
"""Words after a negation that it covers."""

_AFTER = 4
"""Words after a phrase within which "is not needed" denies it."""

_LIST_ITEM = 3
"""Words of one item of a list."""

NEGATIONS = word_set(
    "not no never neither nor without none unlike lack lacks hardly nobody nothing instead rather"
)
_DISMISSING = word_set(
    "avoid avoids avoiding skip skips skipping drop dropping reject rejecting remove removing"
)
_COMPARED = frozenset(
    {("instead", "of"), ("rather", "than"), ("get", "rid"), ("rule", "out"), ("ruled", "out")}
)
_CLAUSE = word_set(
    "but because since so while whereas although though however then therefore until till unless if when "
    "whenever which who where otherwise else instead rather"
)
_LINKS = frozenset({"and", "or", "nor", ","})
_DETERMINERS = word_set("a an the any extra more another our my their some other")
_CONDITIONS = word_set("if when whenever unless case once whether")

# What nobody wants: "no stampede", "never sold twice" and "to avoid a hot key" speak of remedies.
_TROUBLE = word_set(
    "stampede herd duplicate duplicates duplicated duplication collision collisions collide collides "
    "conflict conflicts race races double twice stale lost lose loses loss losing overload overloaded hot "
    "hotspot hotspots oversell oversold overselling deadlock deadlocks skew spam abuse gap gaps lag overlap"
)

# What follows a negation and makes it none: "not only a cache", "do not forget the cache".
_HARMLESS = word_set(
    "only just merely forget ignore miss neglect matter longer later more less fewer doubt problem sure "
    "necessarily simply yet overlook underestimate without"
)
_USELESS = word_set(
    "need needed necessary required require worth worthwhile help helpful use used useful apply justified "
    "wanted warranted matter want"
)
_DISMISSED = word_set("unnecessary overkill useless pointless unneeded superfluous premature excessive")


def is_denied(words: Sequence[str], start: int, end: int, meant: frozenset[int] = frozenset()) -> bool:
    """Return whether the phrase at these places of a sentence is denied.

    Args:
        words: Of the sentence, marks included.
        start: Where the phrase begins.
        end: Where its last word stands.
        meant: Places of negations that are part of a phrase of the pattern, and deny nothing.
    """
    if words[start] in _CLAUSE or words[start] in _TROUBLE:
        return False
    return _denied_before(words, start, meant) or _dismissed_after(words, end, meant)


def _denied_before(words: Sequence[str], start: int, meant: frozenset[int]) -> bool:
    reach, place, since = REACH, start - 1, 0
    while place >= 0 and reach:
        word = words[place]
        if word in _LINKS:
            if not _goes_on(words, place, start, since):
                return False
            reach, since = REACH, 0
        elif not is_word(word) or (word in _CLAUSE and not _compares(words, place)):
            return False
        elif _negates(words, place, meant) or (word in _DISMISSING and _stands_before(words, place, start)):
            return True
        else:
            reach, since = reach - 1, since + 1
        place -= 1
    return False


def _stands_before(words: Sequence[str], place: int, start: int) -> bool:
    return all(word in _DETERMINERS for word in words[place + 1 : start])


def _goes_on(words: Sequence[str], link: int, start: int, since: int) -> bool:
    """Whether a negation before this comma or conjunction covers what stands after it as well."""
    item = [word for word in words[link + 1 : link + 1 + since] if word not in _DETERMINERS]
    if any(word in _LINKS for word in item) or len(item) >= _LIST_ITEM:
        return False
    if link + 1 + since == start and item:
        return False
    if words[link] in ("or", "nor", "and"):
        return True
    return any(word in ("or", "nor") for word in words[link + 1 : start + 2 * REACH])


def _compares(words: Sequence[str], place: int) -> bool:
    return tuple(words[place : place + 2]) in _COMPARED


def _negates(words: Sequence[str], place: int, meant: frozenset[int]) -> bool:
    if place in meant:
        return False
    if _compares(words, place):
        return True
    if words[place] not in NEGATIONS or words[place] in ("instead", "rather"):
        return False
    return not (_is_harmless(words, place) or _is_condition(words, place))


def _is_harmless(words: Sequence[str], place: int) -> bool:
    word, following = words[place], words[place + 1 : place + 4]
    if word == "without":
        return _opens(words, place)
    if word not in ("no", "not", "never") or not following:
        return False
    if following[0] in _HARMLESS or "without" in following:
        return True
    return following[0] in ("to", "want") and any(next_word in _HARMLESS for next_word in following[1:])


def _opens(words: Sequence[str], place: int) -> bool:
    """Whether a "without" begins its clause ("without a cache every read..."), or is denied itself."""
    if place == 0 or words[place - 1] in _CLAUSE or words[place - 1] in ("and", ",", ":", "-", ">", "("):
        return True
    return any(word in ("not", "never") for word in words[max(0, place - 3) : place])


def _is_condition(words: Sequence[str], place: int) -> bool:
    """Whether the negation is a case that is looked at: "if it is not in the cache"."""
    for word in reversed(words[max(0, place - REACH) : place]):
        if word in _CONDITIONS:
            return True
        if not is_word(word):
            return False
    return False


def _dismissed_after(words: Sequence[str], end: int, meant: frozenset[int]) -> bool:
    negated = False
    for place in range(end + 1, min(len(words), end + 2 + _AFTER)):
        word = words[place]
        if not is_word(word) or word in _CLAUSE or word in ("and", "or", "until"):
            return False
        if word in _DISMISSED or (negated and word in _USELESS):
            return True
        negated = negated or (word in ("not", "no", "never") and place not in meant)
    return False
