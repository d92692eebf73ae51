"""Telling a list of keywords from an answer, by its shape and by its grammar."""

import random
from pathlib import Path

import pytest

from sdtutor.content.lexicon import load_lexicon
from sdtutor.content.problems import load_problem, problem_slugs
from sdtutor.interview.matching.claims import claimed
from sdtutor.interview.matching.interfaces import table_lines
from sdtutor.interview.matching.stuffing import TERMS, is_stuffed
from sdtutor.interview.matching.text import Text
from sdtutor.interview.records import Said
from sdtutor.interview.transcript import load

ROOT = Path(__file__).parents[2]
LEXICON = load_lexicon(ROOT)
STORED = sorted((Path(__file__).parent / "transcripts").glob("*/*.yaml"))
MIXED_IN = (
    ("read", "each"),
    ("read", "write", "each", "every", "per", "miss", "hit", "the", "when", "so", "because", "a", "to", "if"),
)


def said(*texts):
    return [Said(number, 0.0, "design", "say", text) for number, text in enumerate(texts, start=1)]


def text_of(*texts):
    return Text.of(said(*texts))


def words_of(path):
    points = said(*(entry.text for entry in load(path).entries if entry.does == "say"))
    return Text.of([point for point in points if not table_lines([point])])


def stored(*kinds):
    found = [path for path in STORED if path.stem.startswith(kinds)]
    return [pytest.param(path, id=f"{path.parent.name}/{path.stem}") for path in found]


@pytest.mark.parametrize("path", stored("stuffed"))
def test_a_stored_stuffed_answer_is_a_list_as_a_whole(path):
    assert is_stuffed(words_of(path), LEXICON).whole


@pytest.mark.parametrize("path", stored("strong", "paraphrase", "middling", "weak"))
def test_of_an_honest_stored_answer_at_most_one_sentence_is_taken_for_a_list(path):
    stuffing = is_stuffed(words_of(path), LEXICON)
    assert not stuffing.whole
    assert len(stuffing.sentences) <= 1


LISTS = [
    "Consistent hashing, virtual nodes, vector clocks, gossip, Merkle trees, hinted handoff, read repair.",
    "Trie, radix tree, prefix table, top-k, heap, ranking, personalisation, fuzzy matching, debounce.",
    "We will use a trie for prefixes, Redis for caching, Kafka for streaming, Spark for batch, "
    "sharding for scalability.",
    "Memtable, SSTable, commit log, compaction, WAL, B-tree, page cache, SSD.",
    "Skew, hot prefixes, edge caching, coalescing, prefetching, local storage.",
    "Seat hold, late payment, read repair, write skew, hold expiry, hit ratio.",
    "API: suggest, search, trending, block, language, limit, cursor.",
    "Quadtree, geohash, grid cells, R-tree and hexagons",
]


@pytest.mark.parametrize("sentence", LISTS)
def test_a_list_is_one_whatever_it_lists(sentence):
    assert is_stuffed(text_of(sentence), LEXICON).sentences == {0}


def test_a_list_over_several_sentences_is_one():
    lines = ("We use Redis for caching.", "We use Kafka for streaming.", "We use a trie for prefixes.")
    more = ("We use sharding for scalability.", "We use gossip for membership.")
    assert is_stuffed(text_of(*lines, *more), LEXICON).whole
    assert is_stuffed(text_of("Trie, radix tree, heap.", "Top-k, ranking, debounce."), LEXICON).whole


HONEST = [
    "Out of scope: billing, DDoS, previews.",
    "Out of scope: accounts, billing, search, previews, analytics.",
    "I leave out accounts, payments, previews, billing and abuse.",
    "In scope: create, redirect, counts",
    "In scope: create, redirect, counts, custom codes, expiry",
    "Users can create, open, delete, share and count links.",
    "Alerts on p99, error rate and lag above 30 s",
    "Plan: requirements, numbers, interface, drawing, then hot keys.",
    "The row holds the code, the long link, who owns it, when it was made and when it expires.",
    "Tables: users, files with id, name, owner, path and date.",
    "unique (sender, key), same transaction as the transfer and the response",
    "dispatcher crash -> leases expire (10 s) -> others take over, overdue rows stay indexed -> late",
    "create -> insert, unique on code; collision -> retry w/ salt; 3rd miss -> 503",
    "normalise first (lower case, drop port, sort params), then hash, check the filter, ask the frontier",
    "POST /notifications {recipient, template, values, category, deadline}",
    "notify(recipient, template, variables, category, valid_until, dedup_key) -> id",
    "parse page, normalise links, strip fragments, then dedupe, rank, enqueue",
    "crash -> overdue rows, slow hosts, late jobs -> alert, dashboard",
    "Postgres for money, Redis for the map of seats.",
    "the cache keeps each hot key for five seconds and reads the rest from a replica",
    "It asks at most every 5 s, and stops asking for a while when it times out.",
]


@pytest.mark.parametrize("sentence", HONEST)
def test_what_says_something_is_no_list(sentence):
    assert is_stuffed(text_of(sentence), LEXICON).sentences == frozenset()


def test_honest_words_excuse_no_terms():
    sentence = "Out of scope: cache, sharding, replication, CDN, kafka, load balancer, idempotency."
    assert is_stuffed(text_of(sentence), LEXICON).sentences == {0}


@pytest.mark.parametrize("mixed_in", MIXED_IN, ids=("two words", "fourteen words"))
@pytest.mark.parametrize("share", [0, 0.15, 0.3])
def test_a_soup_of_terms_earns_next_to_nothing(share, mixed_in):
    terms = [phrase for term in TERMS for phrase in LEXICON.words[term]]
    earned, points = earnings(lambda _: terms, share, mixed_in)
    assert earned <= 0.01 * points


@pytest.mark.parametrize("share", [0, 0.15, 0.3, 0.45])
def test_a_soup_of_the_rubrics_own_words_earns_next_to_nothing(share):
    earned, points = earnings(phrases_of, share, MIXED_IN[1])
    assert earned <= 0.1 * points


def phrases_of(problem):
    patterns = (pattern for point in problem.points for pattern in point.says)
    return [phrase for pattern in patterns for group in pattern.groups for phrase in group]


def earnings(pool_of, share, mixed_in):
    """Points that twelve lines of soup earn, and points there are, over all problems."""
    earned = points = 0
    for seed, slug in enumerate(problem_slugs(ROOT)):
        problem = load_problem(ROOT, slug)
        text = text_of(*soup(random.Random(seed), pool_of(problem), share, mixed_in))
        wanted = {point.id: point.says for point in problem.points}
        earned += len(claimed(wanted, text, is_stuffed(text, LEXICON)))
        points += len(problem.points)
    return earned, points


def soup(draw, pool, share, mixed_in):
    for _ in range(12):
        words = (draw.choice(mixed_in if draw.random() < share else pool) for _ in range(14))
        yield " ".join(words)
