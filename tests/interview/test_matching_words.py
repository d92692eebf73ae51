"""Words, sentences and the text that is searched."""

import time

import pytest

from sdtutor.interview.matching.sentences import split_sentences
from sdtutor.interview.matching.text import LONGEST_TEXT, Text, is_asking
from sdtutor.interview.matching.words import split, stem
from sdtutor.interview.records import Said


def said(*texts):
    return [Said(number, 0.0, "design", "say", text) for number, text in enumerate(texts, start=1)]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("single-flight", "single flight"),
        ("base62", "base 62"),
        ("base-62", "Base62"),
        ("p99", "P 99"),
        ("createLink(url)", "create link ( url )"),
        ("SendMessage(x)", "send message ( x )"),
        ("don't", "do not"),
        ("DON’T", "do not"),
        ("can't", "cannot"),
        ("isnt", "is not"),
        ("we'll", "we"),
        ("1,000,000", "1000000"),
        ("seven", "7"),
        ("expires_at", "expires at"),
        ("key/value", "key value"),
    ],
)
def test_spellings_of_one_thing_are_the_same_words(one, other):
    assert split(one) == split(other)


@pytest.mark.parametrize("name", ["DynamoDB", "PostgreSQL", "MySQL", "NoSQL"])
def test_a_product_stays_one_word(name):
    assert split(f"use {name} here") == ["use", name.lower(), "here"]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("cached", "caching"),
        ("expiry", "expires"),
        ("expiration", "expire"),
        ("recovery", "recover"),
        ("availability", "available"),
        ("lost", "loses"),
        ("dead", "dies"),
        ("wrote", "writes"),
        ("serialise", "serialize"),
        ("behaviour", "behavior"),
        ("failure", "fails"),
        ("idempotency", "idempotent"),
        ("queries", "query"),
    ],
)
def test_forms_of_one_word_have_one_stem(one, other):
    assert stem(one) == stem(other)


@pytest.mark.parametrize(
    ("one", "other"), [("many", "man"), ("any", "an"), ("replay", "replica"), ("shard", "share")]
)
def test_different_words_keep_different_stems(one, other):
    assert stem(one) != stem(other)


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("One. Two! Three? Four", ["One.", "Two!", "Three?", "Four"]),
        ("reads 4.5k/s; writes 40/s", ["reads 4.5k/s;", "writes 40/s"]),
        ("a cache, e.g. Redis, in front", ["a cache, e.g. Redis, in front"]),
        ("use a cache (i.e. redis). Then", ["use a cache (i.e. redis).", "Then"]),
        ("GET https://a.b/c?d=e returns it", ["GET https://a.b/c?d=e returns it"]),
        ("- one\n* two\n3. three\n\n(4) four", ["one", "two", "three", "four"]),
        ("table links: code key, url; index owner", ["table links: code key, url; index owner"]),
        ("From app A. Then app B.", ["From app A.", "Then app B."]),
        ("It costs 40/s. Why?", ["It costs 40/s.", "Why?"]),
        (
            "SELECT url WHERE code=? from a replica. Done.",
            ["SELECT url WHERE code=? from a replica.", "Done."],
        ),
        (
            "UPDATE seats SET held = ? WHERE id = ? AND free",
            ["UPDATE seats SET held = ? WHERE id = ? AND free"],
        ),
        ("GET /feed?cursor= pages", ["GET /feed?cursor= pages"]),
        ("POST /links (url, alias?) makes one", ["POST /links (url, alias?) makes one"]),
        ("create(url, alias?) -> code", ["create(url, alias?) -> code"]),
        ("  \n\t\n", []),
        ("", []),
    ],
)
def test_a_text_falls_into_sentences(text, sentences):
    assert list(split_sentences(text)) == sentences


def test_a_page_without_a_full_stop_is_cut():
    parts = list(split_sentences("word " * 200))
    assert [len(part.split()) for part in parts] == [80, 80, 40]


@pytest.mark.parametrize(
    "question",
    [
        "How many users?",
        "how many users do we have",
        "do we need analytics",
        "Is this read heavy",
        "what is the read/write ratio",
        "ok, should links expire",
        "Which regions do we serve",
        "any latency requirements",
        "And who may delete a link?",
        "what about custom codes",
        "can users pick their code",
        "retention / audit?",
        "links /day?",
        "can I assume 10k/s (peak)?",
        "(is that right?)",
    ],
)
def test_a_question_is_seen(question):
    assert is_asking(question)


@pytest.mark.parametrize(
    "statement",
    [
        "When the primary dies a replica takes over.",
        "How we find the code: a counter.",
        "which means the database sees every miss",
        "is cached for a day",
        "has a TTL of a day",
        "What I left out: abuse.",
        "Do not go to the database first: check the cache",
        "will use a counter",
        "Who pays: the writer",
        "does the redirect, then counts",
        "SELECT url FROM links WHERE code = ?",
        "insert into clicks values (?, ?)",
        "POST /links {url, alias?}",
        "create_link(url, alias?)",
        "GET /feed?",
        "stock > ?",
    ],
)
def test_a_statement_is_no_question(statement):
    assert not is_asking(statement)


def test_a_question_that_the_candidate_answers_is_marked():
    text = Text.of(said("Should we cache? Yes, for a day.", "Should we cache?", "Is it hot? How hot?"))
    assert [(each.asks, each.answered) for each in text.sentences] == [
        (True, True),
        (False, False),
        (True, False),
        (True, False),
        (True, False),
    ]


def test_pads_and_drawings_are_not_read():
    points = [Said(1, 0.0, "design", "pad", "a cache"), Said(2, 0.0, "design", "draw", "a -> cache")]
    assert Text.of(points).sentences == ()


def test_a_sentence_knows_its_point_and_place():
    text = Text.of(said("One. Two.", "Three."))
    assert [(each.point, each.place, each.text) for each in text.sentences] == [
        (1, 0, "One."),
        (1, 1, "Two."),
        (2, 0, "Three."),
    ]


def test_a_repeated_sentence_is_indexed_once():
    text = Text.of(
        said("The cache answers hot links. The cache answers hot links.", "the cache answers hot links")
    )
    assert len(text.sentences) == 3
    assert len(text.places[stem("cache")]) == 1


def test_a_megabyte_is_read_in_part_and_quickly():
    paste = said("cache shard replica queue lease fence quorum lag " * 20_000)
    began = time.process_time()
    text = Text.of(paste)
    assert time.process_time() - began < 1.0
    assert text.unread == len(paste[0].text) - LONGEST_TEXT
    assert len(text.words) > 10_000


def test_nothing_said_is_an_empty_text():
    assert Text.of([]).sentences == Text.of(said("", "   ")).sentences == ()
