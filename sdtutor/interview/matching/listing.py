"""Whether words are a list by their shape: many short items that name things and say nothing of them.

An item stands between two commas, colons, arrows, "and" or "or". It says something when it has a number or a
word that tells what happens; a noun that is also a verb ("read repair", "seat hold") tells it only beside an
article ("misses read a replica"). What the items name matters less: terms of the field need to be four, other
words five. The limits are editorial, chosen on the stored interviews: 43 of the honest ones' 3,152 sentences
have this shape, and 41 of them list a scope, a plan, columns or steps, which is excused.
"""

import re
from collections.abc import Iterator, Sequence
from functools import cache

from sdtutor.interview.matching.text import Sentence
from sdtutor.interview.matching.wordings import OUT
from sdtutor.interview.matching.words import is_word, stem, word_set

_FEWEST = 4
"""Terms of the field from which on a sentence can be a list."""

_BARE = 5
"""Items from which on a sentence is a list, whatever they name."""

_ITEM = 4
"""Words of an item, fillers left out, up to which it only names something."""

_FRAGMENT = 3
"""Words of a line, and items of a sentence, from which on it may be part of a longer list."""

_SHARE = 0.5
"""Share of a list's words that stand in items that only name terms."""

_NEARLY_ALL = 2 / 3
"""Share of the items of a list of anything that only name something."""

_CROWD = 5
"""Terms of the field from which on a sentence without commas can be a list."""

_DENSE = 2.5
"""Words a term has in such a list."""

_FILLERS = word_set(
    "a an the our we i you will would can should shall use uses using used with for and or of in on "
    "by via to as add adding have has having leverage leverages leveraging employ implement "
    "implements apply introduce include including ensure ensures ensuring provide provides achieve "
    "improve improves utilize utilise also plus etc high highly scalability scalable scale scaling "
    "availability available reliability reliable performance performant fault tolerance tolerant "
    "robust efficient efficiency fast speed security consistency durability resilience resilient "
    "modern best practice practices system design architecture distributed microservice "
    "microservices"
)
_SAYING = word_set(
    "because so when if until then which after once since otherwise only unless except instead than "
    "go goes come comes keeps sent fails dies falls stores holds serves answers returns waits lose takes "
    "promoted expires moves try tries drops chooses grows starts stops means costs inserts updates "
    "acknowledges polls pushes pulls carries survives recovers restarts reaches deletes checks picks not no "
    "never without per is are was were be been it they them this that these does do did makes made gets "
    "becomes needs lets sees finds knows told tells asks"
)
_VERBAL = word_set(
    "read write hit miss fail die fall come send store keep hold serve answer return wait take lease promote "
    "check delete expire count reach move resend reject drop shed spread compare look follow lag double "
    "start stop pass cost redirect insert update commit poll push pull survive recover"
)
_ARTICLES = word_set("a an the its their each every one")

# What is honestly listed: the scope, a plan, columns, what is watched, what is missing.
_HONEST = re.compile(
    r"\W*(?:(?:my |the )?(?:plan|agenda|order|steps|structure|flow|roadmap)\b"
    r"|(?:in |out of |in-|out-of-)?(?:the )?scope\b|(?:in|out|skip|later|not now|not today|v2)\s*[:=]|mvp\b"
    r"|first\b|functional\b|features?\b|operations?\b|use cases?\b|(?:non-?)?goals?\b"
    r"|(?:what )?we (?:cover|build)\b|to sum up\b|in summary\b|summary\b"
    r"|(?:tables?|columns?|fields?|rows?|schema)\b|gaps?\b|left out\b|missing\b|recap\b"
    r"|alerts?(?: (?:on|for|when|if)\b|\s*:)|\w+ (?:can|may|must|want to|need to|should be able to)\b"
    r"|i(?:['’]?(?:ll|d)| will| would)? (?:build|cover|take|do|start|go)\b)",
    re.IGNORECASE,
)
_USING = word_set(
    "use uses using leverage leverages leveraging employ implement implements apply introduce add include "
    "utilize utilise"
)


def is_list(words: Sequence[str], terms: Sequence[frozenset[str]], opening: str) -> bool:
    """Return whether these words only list things.

    Args:
        words: Of a sentence or of several, marks included.
        terms: For each word, the terms of the field that begin with it.
        opening: The first sentence as typed: it may say that a scope or a plan follows.
    """
    if _is_chain(words):
        return False
    items = list(_items(words))
    kinds = _kinds(terms)
    naming = [item for item in items if _only_names(_of(item, words))]
    if kinds >= _FEWEST:
        return _lists_terms(items, naming, terms) or _is_dense(items, words, kinds)
    if len(naming) < _BARE or len(naming) < _NEARLY_ALL * len(items) or _leads_on(words):
        return False
    return not lists_honestly(opening)


def is_part(sentence: Sentence) -> bool:
    """Return whether a sentence may be one line of a list: a fragment, some names, or "we will use ..."."""
    if sentence.asks or lists_honestly(sentence.text):
        return False
    if sentence.length <= _FRAGMENT:
        return True
    items = list(_items(sentence.words))
    if not all(_only_names(_of(item, sentence.words)) for item in items):
        return False
    return len(items) >= _FRAGMENT or not _USING.isdisjoint(sentence.words)


def lists_honestly(opening: str) -> bool:
    """Return whether a sentence says that it lists a scope, a plan, columns, alerts or gaps."""
    return bool(_HONEST.match(opening) or OUT.search(opening.lower()))


def _leads_on(words: Sequence[str]) -> bool:
    """Whether one thing follows from another: arrows and "then" say so."""
    return words.count(">") > 1 or "then" in words


def _kinds(terms: Sequence[frozenset[str]]) -> int:
    """How many terms of different kinds there are; a word stands for one of them."""
    return min(len(frozenset().union(*terms)), sum(map(bool, terms)))


def _lists_terms(items: Sequence[range], naming: Sequence[range], terms: Sequence[frozenset[str]]) -> bool:
    listed = sum(1 for item in naming if any(terms[place] for place in item))
    return listed >= _FEWEST and sum(map(len, naming)) >= _SHARE * sum(map(len, items))


def _is_dense(items: Sequence[range], words: Sequence[str], kinds: int) -> bool:
    if kinds < _CROWD:
        return False
    content = sum(1 for item in items for word in _of(item, words) if word not in _FILLERS)
    return content <= _DENSE * kinds and not any(_says(_of(item, words)) for item in items)


def _is_chain(words: Sequence[str]) -> bool:
    """Whether it is a way through boxes, ``client -> lb -> app -> cache``: arrows say what calls what."""
    marks = [word for word in words[:-1] if not is_word(word) or word == "and"]
    return 2 * marks.count(">") > len(marks)


def _items(words: Sequence[str]) -> Iterator[range]:
    begin = 0
    inside = _tuples(words)
    for place, word in enumerate((*words, ",")):
        if place not in inside and (not is_word(word) or word in ("and", "or")):
            if place > begin:
                yield range(begin, place)
            begin = place + 1


def _tuples(words: Sequence[str]) -> frozenset[int]:
    """Return the places in brackets that hold a few things: ``unique (sender, key)`` is one item."""
    found: set[int] = set()
    opened = -1
    for place, word in enumerate(words):
        if word == "(":
            opened = place
        elif word == ")" and opened >= 0:
            if words[opened:place].count(",") < _FRAGMENT:
                found.update(range(opened, place + 1))
            opened = -1
    return frozenset(found)


def _of(item: range, words: Sequence[str]) -> Sequence[str]:
    return words[item.start : item.stop]


def _only_names(item: Sequence[str]) -> bool:
    return not _says(item) and sum(1 for word in item if word not in _FILLERS) <= _ITEM


def _says(item: Sequence[str]) -> bool:
    if any(word[0].isdigit() or word in _SAYING for word in item):
        return True
    return any(stem(word) in _verbal() for word in item) and not _ARTICLES.isdisjoint(item)


@cache
def _verbal() -> frozenset[str]:
    return frozenset(map(stem, _VERBAL))
