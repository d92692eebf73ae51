"""Finding patterns: word forms, windows, denials, questions, vetoes."""

import pytest

from sdtutor.content.problem_records import Pattern
from sdtutor.interview.matching.finding import find, find_all, find_any
from sdtutor.interview.matching.text import Text
from sdtutor.interview.records import Said


def text_of(*texts):
    return Text.of([Said(number, 0.0, "design", "say", text) for number, text in enumerate(texts, start=1)])


def pattern(groups, never=()):
    parts = (tuple(phrase.strip() for phrase in group.split("|")) for group in groups.split("&"))
    return Pattern(tuple(parts), tuple(never))


CACHE = pattern("cache | redis")
SHARD = pattern("shard | partition")


@pytest.mark.parametrize(
    ("groups", "said"),
    [
        ("cache", "caching hot links"),
        ("hot key", "one hotkey"),
        ("hot key", "hot-key"),
        ("hotspot", "a hot spot"),
        ("failover", "it fails over to the replica"),
        ("back off", "exponential backoff"),
        ("timeout", "a time-out of a second"),
        ("single flight", "single-flight loading"),
        ("single flight", "singleFlight"),
        ("base 62", "base62 codes"),
        ("base62", "base 62 codes"),
        ("rate limit", "a ratelimiter? no: we rate-limit creates"),
        ("order by time", "order the posts by time"),
        ("key value", "a key/value store"),
        ("302", "answer with HTTP 302"),
        ("p99", "P99 < 100 ms"),
        ("10k", "10 k a second"),
        ("seven", "7 letters"),
        ("idempotency key", "idempotency-keys"),
        ("pre-generate", "pregenerated codes"),
        ("database", "the data base"),
        ("lost", "we lose a second"),
        ("10 billion", "10B rows"),
        ("million", "100M users, 2bn rows"),
        ("billion", "100M users, 2bn rows"),
        ("host", "every hostname"),
        ("conditional write", "conditional, or rather atomic, conditional writes"),
    ],
)
def test_other_forms_of_a_phrase_are_found(groups, said):
    assert find(pattern(groups), text_of(said))


@pytest.mark.parametrize(
    ("groups", "said"),
    [
        ("hot key", "hot, key"),
        ("hot key", "the key is hot"),
        ("rate limit", "the rate of one two three limit"),
        ("cache", "cash"),
        ("302", "3020"),
        ("shard", "a shared lock"),
        ("billion", "500 B a row"),
        ("million", "a 2 MB page"),
        ("fail over", "it fails; over there"),
    ],
)
def test_what_only_looks_alike_is_not_found(groups, said):
    assert not find(pattern(groups), text_of(said))


def test_groups_may_stand_in_any_order_of_one_sentence():
    assert find(pattern("counter & block"), text_of("blocks of a counter"))


def test_groups_may_fall_into_neighbouring_sentences_of_a_point():
    match = find(
        pattern("counter & block"), text_of("Codes come from a counter. Each server leases a block.")
    )
    assert match.quote == "Codes come from a counter. Each server leases a block."
    assert (match.point, match.sentence, match.last) == (1, 0, 1)


def test_groups_do_not_reach_over_a_sentence_or_a_point():
    assert not find(pattern("counter & block"), text_of("A counter. And so on. A block."))
    assert not find(pattern("counter & block"), text_of("A counter.", "A block."))


def test_one_sentence_is_quoted_rather_than_two():
    match = find(pattern("counter & block"), text_of("A counter. Blocks.", "Counter blocks."))
    assert (match.point, match.quote) == (2, "Counter blocks.")


def test_each_group_needs_words_of_its_own():
    assert not find(
        pattern("primary | leader & promote & promote | replica"), text_of("the primary is promoted")
    )
    assert find(pattern("primary & promote & promote | replica"), text_of("promote a replica to primary"))


def test_all_places_are_found_in_order():
    matches = list(find_all(CACHE, text_of("A cache. No. Redis.", "the cache")))
    assert [(match.point, match.sentence) for match in matches] == [(1, 0), (1, 2), (2, 3)]


def test_the_first_pattern_that_is_said_counts():
    assert find_any((pattern("queue"), CACHE), text_of("a cache", "a queue")).point == 2
    assert find_any((), text_of("a cache")) is None


DENIED = [
    "we do not need a cache",
    "We don't need a cache",
    "no cache",
    "no need for a cache here",
    "we do it without a cache",
    "a cache is not needed",
    "caching is unnecessary",
    "the cache isn't worth it",
    "a cache would be overkill",
    "a cache would not help us",
    "I would never use a cache",
    "neither a cache nor replicas",
    "neither replicas nor a cache",
    "no replicas, queue or cache",
    "no cache, replicas or queue",
    "we do not need replicas and a cache",
    "there is no redis and no queue",
    "reads go to a replica instead of the cache",
    "reads go to a replica rather than to redis",
    "I would rather not use redis",
    "we skip caching",
    "I avoid a cache",
    "drop the cache",
    "let us get rid of the cache",
    "I reject a cache",
    "it can't use a cache",
    "we are not going to add a cache",
    "never read from the cache",
    "unlike a cache this is exact",
    "I did not put redis in front",
    "reads don't go through a cache",
    "hardly any cache",
    "nothing is put into a cache",
    "the design lacks a cache",
    "caching is not required",
    "a cache? not needed",
    "we will not be caching links",
    "do not cache",
    "not with a cache",
    "I don't think we need a cache",
    "I do not believe that a cache helps",
]


@pytest.mark.parametrize("said", DENIED)
def test_a_denied_phrase_earns_nothing(said):
    assert not find(CACHE, text_of(said))


MEANT = [
    "Do not go to the database first: check the cache",
    "Do not go to the database first, check the cache",
    "never go to the database first; ask the cache",
    "check the cache; if it is not there, read the database",
    "if the code is not in the cache, read the database",
    "when it isn't cached yet the database answers, then redis keeps it",
    "not only the cache but also the replicas",
    "not just a cache",
    "do not forget the cache",
    "we must not forget the cache",
    "never forget the cache",
    "we can't live without a cache",
    "it does not work without redis",
    "Without a cache every read hits the database",
    "no need for a lock because the cache is atomic",
    "no lock: the cache is atomic",
    "not a queue but a cache",
    "no doubt a cache",
    "no replicas but a cache",
    "we have no replicas. The cache takes the reads",
    "not sure, maybe a cache",
    "the database is not asked since the cache answers",
    "reads never reach the disk while redis is warm",
    "a cache, not a replica",
    "the cache is not the source of truth",
    "the cache does not survive a restart",
    "no more than a day in the cache",
    "there are no writes that go around the cache",
    "redis, no matter what",
    "I'd maybe add a cache",
    "to avoid a stampede on the database, misses in the cache coalesce",
]


@pytest.mark.parametrize("said", MEANT)
def test_a_negation_of_something_else_costs_nothing(said):
    assert find(CACHE, text_of(said))


@pytest.mark.parametrize(
    ("groups", "said"),
    [
        ("no sharding | not shard", "we do not shard"),
        ("no sharding | not shard", "no sharding on day one"),
        ("shard & not yet | until | later", "I do not shard until writes pass 3k/s"),
        ("shard & not needed | no need", "sharding is not needed at forty writes a second"),
        ("shard & no need", "no need to shard"),
        ("coordinate & without | no", "without coordination"),
        ("301 & instead of | not 301 & 302", "302 instead of 301"),
        ("lost & nothing | no", "nothing is lost"),
    ],
)
def test_a_negation_that_the_pattern_asks_for_is_meant(groups, said):
    assert find(pattern(groups), text_of(said))


@pytest.mark.parametrize(
    ("groups", "said"),
    [
        ("stampede & coalesce", "to avoid a stampede we coalesce misses"),
        ("duplicate & unique", "no duplicates: the key is unique"),
        ("double & hold", "a seat is never sold double since the hold is conditional"),
        ("hot key & split", "so that there is no hot key, we split it"),
        ("lost & replica", "nothing is lost, a replica has it"),
    ],
)
def test_that_a_trouble_is_prevented_is_no_denial(groups, said):
    assert find(pattern(groups), text_of(said))


BOTH = "301 | permanent & 302 | temporary"


@pytest.mark.parametrize(
    "said",
    [
        "302 instead of 301",
        "302, not 301",
        "302 not 301: browsers keep it",
        "I answer 302 rather than a 301, since clicks count",
        "not 301 but 302",
        "instead of a 301, a 302",
        "a temporary redirect rather than a permanent one",
        "a temporary redirect, not a permanent redirect",
        "302 (not 301)",
    ],
)
def test_where_a_pattern_compares_two_things_the_rejected_one_is_part_of_it(said):
    assert find(pattern(BOTH), text_of(said))


@pytest.mark.parametrize(
    ("groups", "said"),
    [
        ("read & cache", "reads go to a replica instead of the cache"),
        ("read & cache", "read replicas instead of a cache"),
        ("replica & cache & write", "a replica instead of a queue, not a cache. We write"),
        (BOTH, "neither 302 nor 301"),
        (BOTH, "a 302, and we do not need a 301"),
        (BOTH, "302 for all. We never use a 301"),
    ],
)
def test_a_thing_that_is_rejected_for_another_is_still_denied(groups, said):
    assert not find(pattern(groups), text_of(said))


def test_a_negation_before_a_condition_still_denies_where_no_condition_is_asked_for():
    assert not find(SHARD, text_of("we do not shard until writes pass 3k/s"))


@pytest.mark.parametrize(
    "said", ["Should I use a cache?", "should we cache", "Is there a cache? And how big?"]
)
def test_a_question_earns_nothing_but_can_be_listened_for(said):
    assert not find(CACHE, text_of(said))
    assert find(CACHE, text_of(said), asked=True)


def test_a_question_that_is_answered_gives_its_words_to_the_answer():
    dies = pattern("cache & dies & database")
    assert find(dies, text_of("What if the cache dies? Every read reaches the database."))
    assert not find(dies, text_of("What if the cache dies and the database is asked?"))


def test_what_must_never_be_said_vetoes_its_sentence_only():
    hashes = pattern("hash & retry | collision", never=["never collide", "no collisions possible"])
    assert find(hashes, text_of("hash it and retry on a collision"))
    assert not find(hashes, text_of("a hash has no collision, hashes never collide"))
    assert find(hashes, text_of("hashes never collide.", "hash it and retry on a collision"))
    assert find(hashes, text_of("nobody says hashes never collide: retry on a collision of the hash"))


def test_an_empty_text_holds_nothing():
    assert find(CACHE, text_of()) is None
    assert find(CACHE, text_of("")) is None
