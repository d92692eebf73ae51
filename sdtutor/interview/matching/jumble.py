"""Whether words are no sentence: terms strung together with hardly a word between them that joins.

Three signs, with limits that one of the 3,152 sentences of the honest stored interviews reaches: eight words
and more, three of them terms, or twelve words of any kind, with hardly a joining word or a mark; terms of
five kinds that fill the sentence; joining words where no sentence has them ("each when", "a because"), as
where they were mixed in to look like English.
"""

from collections.abc import Sequence
from itertools import pairwise

from sdtutor.interview.matching.words import is_word, word_set

_LONG, _LONGER = 8, 12
"""Words from which on joining words are missed, and from which on more of them are."""

_SCARCE, _SCARCER = 0.15, 0.1
"""Shares of joining words below which longer and shorter sentences have hardly any."""

_TERMS, _MANY_TERMS = 3, 5
"""Kinds of terms in a short jumble, and in one that may have joining words."""

_A_TERM = 3.5
"""Words a term has where terms fill the sentence."""

_MARKED = 6
"""A mark or a number for so many words makes it terse, not jumbled."""

_ODD = 2
"""Joining words out of place from which on it is no sentence."""

_DETERMINERS = word_set("a an the every each my our its their")
_CONJUNCTIONS = word_set("because so if when while unless since although")
_PREPOSITIONS = word_set("of in on at to for from by with without into onto between per about across through")
_AUXILIARIES = word_set("is are was were does do has have had can will would could may might must should")
_OTHERS = word_set(
    "this that these those it they them there he she we us i me you your who which what be been being am did "
    "shall not no never and or but nor until than then as over under after before against via only also both "
    "all any some another one here up out down off"
)
_JOINING = _DETERMINERS | _CONJUNCTIONS | _PREPOSITIONS | _AUXILIARIES | _OTHERS

_NOT_AFTER_DETERMINER = (
    _DETERMINERS
    | (_CONJUNCTIONS - {"while"})
    | (_PREPOSITIONS - {"in", "about"})
    | word_set("is are was were it they we i you and or but not then than")
)
_AFTER_EACH = word_set("of is has to for with on by can and or per")
_NOT_AFTER_CONJUNCTION = (_CONJUNCTIONS - {"if", "when"}) | word_set("per of and or but")
_NOT_AFTER_PREPOSITION = (_CONJUNCTIONS - {"so", "when"}) | word_set("is are was")


def is_jumble(words: Sequence[str], terms: Sequence[frozenset[str]]) -> bool:
    """Return whether a sentence is only words strung together.

    Args:
        words: Of the sentence, marks included; the last is a mark.
        terms: For each word, the terms of the field that begin with it.
    """
    if odd_words(words) >= _ODD:
        return True
    spoken = [word for word in words if is_word(word)]
    signs = len(words) - 1 - len(spoken) + sum(1 for word in spoken if word[0].isdigit())
    if not spoken or _MARKED * signs > len(spoken):
        return False
    kinds = min(len(frozenset().union(*terms)), sum(map(bool, terms)))
    joining = sum(1 for word in spoken if word in _JOINING) / len(spoken)
    return (
        (len(spoken) >= _LONG and joining < _SCARCER and kinds >= _TERMS)
        or (len(spoken) >= _LONGER and joining < _SCARCE)
        or (kinds >= _MANY_TERMS and len(spoken) <= _A_TERM * kinds)
    )


def odd_words(words: Sequence[str]) -> int:
    """Return how many joining words stand where no sentence has them: "each when", "a because"."""
    return sum(1 for word, following in pairwise(words) if _is_odd(word, following))


def _is_odd(word: str, following: str) -> bool:
    if word == "each" and (following in _AFTER_EACH or not is_word(following)):
        return False
    if word in _DETERMINERS:
        return following in _NOT_AFTER_DETERMINER
    if word in _CONJUNCTIONS:
        return following in _NOT_AFTER_CONJUNCTION
    return word in _PREPOSITIONS and following in _NOT_AFTER_PREPOSITION
