"""Quantities that stand in a sentence: "about 40 writes a second", "3 TB after five years"."""

import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import islice

from sdtutor.errors import UsageError
from sdtutor.interview.estimating.calculating import calculate
from sdtutor.interview.estimating.records import Estimate
from sdtutor.interview.matching.words import is_word, split

MOST = 12
"""Quantities of one sentence that are read."""

_WORDS = {
    "one": "1",
    "two": "2",
    "three": "3",
    "four": "4",
    "five": "5",
    "six": "6",
    "seven": "7",
    "eight": "8",
    "nine": "9",
    "ten": "10",
    "twelve": "12",
    "twenty": "20",
    "thirty": "30",
    "forty": "40",
    "fifty": "50",
    "hundred": "100",
    "a hundred": "100",
    "a thousand": "1000",
    "a million": "1e6",
    "a billion": "1e9",
}
_SPELT = re.compile(rf"\b(?:{'|'.join(sorted(_WORDS, key=len, reverse=True))})\b", re.IGNORECASE)
_NUMBER = r"(?<![\w.^/])\d[\d,]*(?:\.\d+)?(?:e\d+)?"
_SCALE = r"(?:\s?(?:k|m|g|t|bn|mn|million|billion|trillion|thousand|hundred)(?![a-z]))*"
_UNIT = r"(?:\s?(?:[kmgtp]i?b(?:it)?s?(?:ps)?|bytes?|bits?|[kmgt]?bps|rps|qps|tps|wps|iops|ms|%)(?![a-z]))"
_TIME = r"(?:ms|s|secs?|seconds?|mins?|minutes?|h|hours?|days?|weeks?|months?|mo|yrs?|years?)(?![a-z])"
_NOUNS = r"(?:\s(?!(?:per|a|an|and|or|each|every|in|is|are|the|at|of|for|to|over|then|so)\b)[a-z]+){0,2}"
_PER = rf"(?:\s?(?:/|\bper\b|\ban?\b|\beach\b|\bevery\b)\s?{_TIME})"
_QUANTITY = re.compile(
    rf"(?P<number>{_NUMBER}{_SCALE})(?P<rest>{_UNIT}?{_PER}|{_UNIT}|\s?{_TIME}|{_NOUNS}{_PER}|{_NOUNS})",
    re.IGNORECASE,
)
_IN_SECONDS = re.compile(r"(?:/|\bper |\ba |\beach )\s?s(?:ecs?|econds?)?\b|\b[rqtw]ps\b", re.IGNORECASE)
_MANY = rf"(?:(?<![\w.^/])(?:\d[\d,.]*\d|\d(?=\s?[kmg])){_SCALE})"
_PEAKS = frozenset(("peak", "peaks", "busiest", "rush"))
_PEAK = r"(?:peaks?|busiest|rush)\b"
_AT_PEAK = re.compile(
    rf"(?P<before>\b{_PEAK}(?:\s(?:is|of|at|about|around)|:|=|~|≈|\s){{1,3}})?(?P<many>{_MANY})"
    rf"(?P<after>\s?(?:(?:at|in|on|for|during) )?(?:the |its )?{_PEAK})?(?!\s?[/\w%×*])",
    re.IGNORECASE,
)
_CLAUSE = re.compile(r"[,;:()]|\s(?:and|but|while|so|->|-)\s|->|→")


def estimates_in(sentence: str) -> tuple[Estimate, ...]:
    """Return the quantities of a sentence, each with the words of its clause.

    Args:
        sentence: As typed; a calculation with ``=`` counts by its result.

    >>> [each.reading for each in estimates_in("About 40 writes a second and 4,000 reads/s, so 3 TB")]
    ['40 writes/s', '4,000 reads/s', '3 TB']
    """
    plain = _with_rates(_SPELT.sub(lambda word: _WORDS[word[0].lower()], sentence))
    return tuple(islice((found for clause in _clauses(plain) for found in _about(clause)), MOST))


def _with_rates(sentence: str) -> str:
    """Return a sentence with a unit for its peak: "12,000 reads a second, 36,000 at peak" are both rates."""
    if not _IN_SECONDS.search(sentence):
        return sentence
    return _AT_PEAK.sub(
        lambda found: (
            f"{found['before'] or ''}{found['many']}/s{found['after'] or ''}"
            if found["before"] or found["after"]
            else found[0]
        ),
        sentence,
    )


def _about(clause: str) -> Iterator[Estimate]:
    around = tuple(word for word in split(clause) if is_word(word) and not word[0].isdigit())
    return (_with_words(estimate, around) for estimate in _read(clause))


def _clauses(sentence: str) -> Iterator[str]:
    begin = 0
    for mark in _CLAUSE.finditer(sentence):
        if mark[0] == "," and re.match(r",\d{3}(?!\d)", sentence[mark.start() :]):
            continue
        if mark[0] == ":":
            continue
        yield sentence[begin : mark.start()]
        begin = mark.end()
    yield sentence[begin:]


def _read(clause: str) -> Iterator[Estimate]:
    for found in _QUANTITY.finditer(clause):
        if not (found["rest"].strip() or found["number"].strip()[-1:].isalpha()):
            continue
        try:
            yield calculate(found[0].strip())
        except UsageError:
            continue


def _with_words(estimate: Estimate, around: tuple[str, ...]) -> Estimate:
    words = tuple(dict.fromkeys((*estimate.words, *around)))
    return replace(estimate, words=words, is_peak=estimate.is_peak or not _PEAKS.isdisjoint(words))
