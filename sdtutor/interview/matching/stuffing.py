"""Seeing that an answer lists the terms of the field instead of saying anything with them.

A list is a sentence, or a run of fragments, that names four or more things and hardly does anything but: its
items have neither a number nor a word that says what happens. "Reads 4k/s -> cache, hit 90%, miss reads
db" is terse and says something; "cache, redis, sharding, replication, kafka" says nothing, nor does it with
"for scalability" after each. The limits are editorial, chosen on the answers in the tests.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from sdtutor.content.problem_records import Lexicon
from sdtutor.interview.matching.finding import group_places
from sdtutor.interview.matching.text import Sentence, Text
from sdtutor.interview.matching.words import is_word, stem, word_set

TERMS = (
    "backoff",
    "backpressure",
    "bloom_filter",
    "cache",
    "cdn",
    "circuit_breaker",
    "consistent_hashing",
    "coordinator",
    "database",
    "event_sourcing",
    "failover",
    "fan_out",
    "gateway",
    "idempotent",
    "leader",
    "lease",
    "load_balancer",
    "lock",
    "monitor",
    "object_store",
    "outbox",
    "quorum",
    "queue",
    "rate_limit",
    "replica",
    "retry",
    "saga",
    "search_index",
    "shard",
    "transaction",
    "websocket",
)
"""Words of the lexicon that name a part or a mechanism: what a list of keywords is made of."""

_FEWEST = 4
"""Terms from which on a sentence can be a list."""

_ITEM = 4
"""Words of an item, fillers left out, up to which it only names something."""

_DENSE = 2.5
"""Words a term has in a list that has no commas."""

_BARE = 5
"""Naming items from which on a sentence is a list, whatever the lexicon knows of them."""

_NEARLY_ALL = 0.8
"""Share of the items of such a list that only name something."""

_SHARE = 0.5
"""Share of a list's words that stand in items that only name."""

_FRAGMENT = 3
"""Words of a line up to which it is part of a list over several lines."""

_FEW, _MANY = 0.25, 1 / 3
"""Share of all words: with two lists from the first, with one from the second, the whole answer is a list."""

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
    "because so when if until then which before after once while since otherwise only unless except "
    "instead than read write hit miss fail die fall go come send store keep hold serve answer "
    "return wait lose take lease promote check delete expire count reach move try resend reject "
    "drop shed spread choose compare look follow lag grow double start stop pass mean cost redirect "
    "insert update commit acknowledge poll push pull own carry survive recover restart reread not "
    "no never without per each every"
)


@dataclass(frozen=True, slots=True)
class Stuffing:
    """What of an answer only lists terms.

    Args:
        sentences: Places of those sentences in the text; they earn nothing.
        whole: Whether so much of the answer is a list that none of it counts.
        why: What was seen, in one sentence; empty when there is no list.
    """

    sentences: frozenset[int]
    whole: bool
    why: str


def is_stuffed(text: Text, lexicon: Lexicon) -> Stuffing:
    """Return which sentences only list terms, and whether that spoils the whole answer.

    Args:
        text: Everything that was said.
        lexicon: Has the phrases of the terms.
    """
    named: dict[int, list[str]] = {}
    for term in TERMS:
        for home in group_places(lexicon.words.get(term, ()), text):
            named.setdefault(home, []).append(term)
    stems = frozenset(
        stem(word) for term in TERMS for phrase in lexicon.words.get(term, ()) for word in phrase.split()
    )
    flagged = [
        place
        for run in _runs(text.sentences)
        if _is_list(
            [text.sentences[place] for place in run], {t for p in run for t in named.get(p, ())}, stems
        )
        for place in run
    ]
    return _verdict(text, flagged)


def _verdict(text: Text, flagged: Sequence[int]) -> Stuffing:
    if not flagged:
        return Stuffing(frozenset(), False, "")
    words = sum(sentence.length for sentence in text.sentences)
    share = sum(text.sentences[place].length for place in flagged) / words
    whole = share > _MANY or (len(flagged) > 1 and share >= _FEW)
    quote = text.sentences[flagged[0]].text
    quote = quote if len(quote) <= 80 else quote[:77] + "..."
    return Stuffing(frozenset(flagged), whole, f'{share:.0%} of the words only list terms, as in "{quote}".')


def _runs(sentences: Sequence[Sentence]) -> Iterator[list[int]]:
    """Yield sentences alone, and neighbouring fragments together."""
    run: list[int] = []
    for place, sentence in enumerate(sentences):
        if run and not (_is_fragment(sentence) and _is_fragment(sentences[run[-1]])):
            yield run
            run = []
        run.append(place)
    if run:
        yield run


def _is_fragment(sentence: Sentence) -> bool:
    return sentence.length <= _FRAGMENT


def _is_list(run: Sequence[Sentence], terms: set[str], stems: frozenset[str]) -> bool:
    if run[0].asks or _is_chain(run):
        return False
    items = [item for sentence in run for item in _items(sentence.words)]
    if _is_bare(items):
        return True
    if len(terms) < _FEWEST:
        return False
    total = sum(map(len, items))
    naming = [item for item in items if _only_names(item)]
    listed = sum(1 for item in naming if any(stem(word) in stems for word in item))
    if listed >= _FEWEST and sum(map(len, naming)) >= _SHARE * total:
        return True
    content = sum(1 for item in items for word in item if word not in _FILLERS)
    return content <= _DENSE * len(terms) and not any(map(_says, items))


def _is_bare(items: Sequence[Sequence[str]]) -> bool:
    """Whether this is a list by its shape, whatever it names: many short items that say nothing."""
    naming = [item for item in items if len(item) <= _FRAGMENT and not _says(item)]
    return len(naming) >= _BARE and len(naming) >= _NEARLY_ALL * len(items)


def _is_chain(run: Sequence[Sentence]) -> bool:
    """Whether it is a way through boxes, ``client -> lb -> app -> cache``: arrows say what calls what."""
    marks = [word for sentence in run for word in sentence.words if not is_word(word) or word == "and"]
    return 2 * marks.count(">") > len(marks)


def _items(words: Sequence[str]) -> Iterator[list[str]]:
    item: list[str] = []
    for word in words:
        if is_word(word) and word not in ("and", "or"):
            item.append(word)
        elif item:
            yield item
            item = []
    if item:
        yield item


def _only_names(item: Sequence[str]) -> bool:
    return not _says(item) and sum(1 for word in item if word not in _FILLERS) <= _ITEM


def _says(item: Sequence[str]) -> bool:
    return any(word[0].isdigit() or stem(word) in _saying() for word in item)


@cache
def _saying() -> frozenset[str]:
    return frozenset(map(stem, _SAYING))
