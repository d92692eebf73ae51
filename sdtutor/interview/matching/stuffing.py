"""Seeing that an answer lists the terms of the field instead of saying anything with them.

A list is a sentence, or a run of them, that names things and hardly does anything but (:mod:`listing`), or
one whose words are no sentence at all (:mod:`jumble`). "Reads 4k/s -> cache, hit 90%, miss reads db" is terse
and says something; "cache, redis, sharding, replication, kafka" says nothing, nor does it with "for
scalability" after each. Calls are not lists, although their parameters look like one: they earn an interface.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from sdtutor.content.problem_records import Lexicon
from sdtutor.interview.matching.finding import group_starts
from sdtutor.interview.matching.interfaces import endpoints
from sdtutor.interview.matching.jumble import is_jumble, odd_words
from sdtutor.interview.matching.listing import is_list, is_part
from sdtutor.interview.matching.text import Sentence, Text

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

_JUMBLED = 2
"""Sentences that are none from which on the whole answer is a list; good answers have one at most."""

_ODD, _WORDS_AN_ODD = 3, 100
"""Joining words out of place that make it one too, and so many words for each; honest ones have 2,600."""

_FEW, _MANY = 0.25, 1 / 3
"""Share of all words: with two lists from the first, with one from the second, the whole answer is a list."""


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
    named = _named(text, lexicon)
    silent = {call.match.sentence for call in endpoints(text)}
    silent |= {place for place, sentence in enumerate(text.sentences) if sentence.asks}
    jumbled = {
        place
        for place, sentence in enumerate(text.sentences)
        if place not in silent and is_jumble(*_marked([sentence], named))
    }
    odd = _odd(text)
    listed = {
        place
        for run in _runs(text.sentences)
        if silent.isdisjoint(run) and _is_list([text.sentences[place] for place in run], named)
        for place in run
    }
    return _verdict(text, sorted(jumbled | listed | odd), len(jumbled) >= _JUMBLED or bool(odd))


def _odd(text: Text) -> set[int]:
    """Return the sentences with joining words out of place, where these are too many for an honest answer."""
    found = {
        place: odd
        for place, sentence in enumerate(text.sentences)
        if not sentence.asks and (odd := odd_words(sentence.words))
    }
    total = sum(found.values())
    return set(found) if total >= _ODD and total * _WORDS_AN_ODD >= _length(text.sentences) else set()


def _named(text: Text, lexicon: Lexicon) -> dict[int, frozenset[str]]:
    """Return the terms that begin at each word of the text."""
    named: dict[int, frozenset[str]] = {}
    for term in TERMS:
        for start in group_starts(lexicon.words.get(term, ()), text):
            named[start] = named.get(start, frozenset()) | {term}
    return named


def _is_list(run: Sequence[Sentence], named: Mapping[int, frozenset[str]]) -> bool:
    return is_list(*_marked(run, named), run[0].text)


def _marked(
    run: Sequence[Sentence], named: Mapping[int, frozenset[str]]
) -> tuple[list[str], list[frozenset[str]]]:
    """Return the words of these sentences with a mark after each sentence, and the terms that begin there."""
    words: list[str] = []
    terms: list[frozenset[str]] = []
    for sentence in run:
        words += [*sentence.words, ","]
        end = sentence.begin + len(sentence.words)
        terms += [*(named.get(place, frozenset()) for place in range(sentence.begin, end)), frozenset()]
    return words, terms


def _verdict(text: Text, flagged: Sequence[int], jumbled: bool) -> Stuffing:
    if not flagged:
        return Stuffing(frozenset(), False, "")
    share = _length([text.sentences[place] for place in flagged]) / _length(text.sentences)
    whole = share > _MANY or (len(flagged) > 1 and share >= _FEW) or jumbled
    quote = text.sentences[flagged[0]].text
    quote = quote if len(quote) <= 80 else quote[:77] + "..."
    return Stuffing(frozenset(flagged), whole, f'{share:.0%} of the words only list terms, as in "{quote}".')


def _length(sentences: Sequence[Sentence]) -> int:
    return sum(sentence.length for sentence in sentences)


def _runs(sentences: Sequence[Sentence]) -> Iterator[list[int]]:
    """Yield sentences alone, and neighbours together that may be one list over several lines."""
    run: list[int] = []
    for place, sentence in enumerate(sentences):
        if run and not (is_part(sentence) and is_part(sentences[run[-1]])):
            yield run
            run = []
        run.append(place)
    if run:
        yield run
