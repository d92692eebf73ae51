"""What good answers do in many words, and what only looks alike."""

from dataclasses import replace

import pytest

from sdtutor.interview.matching import phrases
from sdtutor.interview.matching.text import Text
from sdtutor.interview.records import Said

DOES = {
    "assumptions": [
        "I assume 100M new links a month",
        "let's say 500 bytes per link",
        "assuming 10 reads per write",
        "suppose 1M daily users",
        "I'll take 3x for the peak",
        "say 20% of the links are hot",
        "We can assume a 100:1 read ratio",
        "Assumption: 5 years of retention",
        "I'd guess 200 followers on average",
        "call it 40 writes a second, let's call it that",
        "my assumption is two devices per user",
        "I expect about 1 KB per message",
        "going with 10k rps",
        "I will go with 30 days",
    ],
    "out_of_scope": [
        "User accounts are out of scope",
        "I leave analytics aside for now",
        "I'd leave payments out",
        "not building search today",
        "We won't handle video",
        "I'll skip authentication",
        "Non-goals: spam detection",
        "Let's ignore group calls",
        "I am deferring end-to-end encryption",
        "that is not part of this",
        "editing a tweet is for a later version",
        "parking moderation",
        "let me put billing aside",
        "no accounts for now",
        "We do not support custom domains in v1",
        "Descoping the admin UI",
        "Out: calls, media storage, key exchange",
        "Refunds and reselling are left out",
        "Authentication and invoices belong to others",
        "Writing the campaigns is someone else's job",
        "I don't offer ranges or transactions",
    ],
    "alternatives": [
        "Postgres over Dynamo as aliases need a constraint",
        "SQL over NoSQL because of the joins",
        "polling over sockets since clients are few",
        "Postgres instead of DynamoDB because the unique constraint decides custom codes",
        "302 rather than 301, since browsers keep a 301",
        "I choose a counter over hashing because there are no collisions",
        "I considered a hash but it collides",
        "We could use Kafka, but SQS is less to run",
        "302, not 301: clicks must reach us",
        "Alternatively DynamoDB would do, it costs us the joins",
        "Push versus pull: push makes writes expensive",
        "I'd pick Redis over Memcached because it has sorted sets",
        "Option B would be a queue, which needs another box",
        "A relational store compared with a KV store gives us constraints",
        "either a hash or a counter; the counter needs no retry so I take it",
        "One option is sharding by user, which makes celebrities hot",
        "Cassandra could also be used but we need transactions",
    ],
    "switches": [
        "> 5k tps => shard by account",
        "one primary is fine < 10k writes/s",
        "shard past ~5k/s",
        "switch to kv when > 5k writes/s",
        "past ~5k/s a second primary",
        "stays on one box while < 2 TB",
        "I shard once writes pass 3k/s",
        "one primary is enough until 5k writes/s",
        "Beyond 2 TB I would shard by code",
        "if writes grow past 3,000 a second I would move to Dynamo",
        "when we exceed 10k rps, add replicas",
        "Above 1M followers we switch to pull",
        "until about 5000 writes per second a single node holds up",
        "if it gets to 20 TB then partition",
        "we stay on one db up to 2k wps",
        "as soon as p99 passes 100 ms I add a replica",
        "Switch to Cassandra at the point where we need more than 10k writes/s",
        "below 100k users push is fine",
        "should traffic reach 50k qps, a cdn is worth it",
        "If the fleet outgrows 100 nodes I'd change the gossip",
        "until we hit 3k writes/s no sharding",
    ],
    "costs": [
        "price: no more single transaction",
        "Price = one more hop",
        "cost: all clicks hit us",
        "it costs a stale read",
        "The price is an extra hop",
        "at the expense of consistency",
        "we lose half a minute of writes",
        "The downside is write amplification",
        "in exchange for freshness we pay in latency",
        "That gives up ordering",
        "we trade freshness for latency",
        "drawback: two writes",
        "The catch is hot partitions",
        "more complex to operate",
        "cons: no joins",
        "you pay with storage",
        "an extra write per post",
        "we sacrifice durability of the last second",
        "trade-off: simpler but less available",
    ],
    "targets": [
        "SLO 99.9% of redirects under 100 ms",
        "RPO of 1 s",
        "RTO under 30 seconds",
        "our error budget is 0.1 %",
        "we lose at most 1 second of writes",
        "failover takes 30 s",
        "back within a minute",
        "RPO zero for payments",
        "99.95 % is the SLO",
        "recovery point objective: five minutes",
        "at most 5 s of data is lost",
        "the target is p99 of 200 ms",
        "restored in under 15 minutes",
        "up to 1 s of writes",
    ],
    "detections": [
        "an alarm goes off when redirects slow down",
        "I am woken when creates stop for a minute",
        "whoever is on call gets paged if the backlog is older than 5 minutes",
        "somebody is paged once payments pile up",
        "alert on error rate",
        "We page on call when the lag exceeds a minute",
        "page us when 5xx passes 1 %",
        "health checks every 5 s take a dead instance out",
        "monitor cache hit ratio",
        "a dashboard with p99",
        "burn rate alerts on the SLO",
        "heartbeat from each node",
        "I watch the queue depth",
        "we'd notice by the hit ratio falling",
        "Prometheus metrics on replication lag",
        "synthetic probes of the redirect",
        "alarm if DLQ length grows",
        "the LB probes /health on every server",
    ],
    "plans": [
        "First I clarify requirements, then I estimate",
        "Next I'll do the data model",
        "Let me start with the API",
        "moving on to the design",
        "now let me draw it",
        "I'd like to first look at the numbers",
        "Before I draw, some numbers",
        "I'll go deeper into the cache",
        "Now to the failure cases",
        "My plan: requirements, numbers, API, design",
        "Let's start with requirements",
        "I want to walk through the write path",
        "I will now estimate",
        "let me move on",
        "Starting with scope",
    ],
    "closings": [
        "To sum up: reads come from the cache",
        "In summary we have three boxes",
        "I left out abuse",
        "With more time I'd do multi region",
        "The weakest part is the counter",
        "I would revisit the choice of store",
        "I didn't cover analytics",
        "What I did not get to is encryption",
        "Open question: takedown",
        "Gaps: no rate limit",
        "The biggest risk is the single primary",
        "to recap, writes go to db",
        "next step would be load testing",
        "I'd improve the alerting",
        "summary: cache first",
    ],
}

LOOKS_ALIKE = {
    "assumptions": [
        "The cache answers reads",
        "We store 500 bytes",
        "How many links should I assume?",
        "reading and taking happen at once, so no two take the last one",
        "I assume nothing",
        "100M links a month",
        "p99 is 100 ms",
    ],
    "out_of_scope": [
        "We store links in Postgres",
        "The cache is out of memory",
        "Is analytics out of scope?",
        "skips are fast? no",
        "the node is out",
        "an offset would skip or repeat entries",
        "Clients with the library skip a hop",
        "The timer is running out",
        "We handle 10k rps",
    ],
    "alternatives": [
        "Plan: requirements, numbers (normal vs on-sale), then the drawing",
        "Plan: scope, reads vs writes",
        "Then numbers (normal vs on-sale), since the drawing needs them",
        "sharded over three nodes because one is small",
        "the load is spread over nodes as they join",
        "It hands the lease over as it dies",
        "We use HTTPS over TCP",
        "It took over 100 ms",
        "Postgres is the store",
        "over time the table grows",
        "reads go to the cache",
        "hand the lease over to another node",
    ],
    "switches": [
        "redirects < 100 ms or we add servers",
        "app -> 2 workers -> db, one node",
        "Reads come from the cache",
        "When the primary dies, promote within 30 s",
        "keep it until 5 years pass",
        "after 5 minutes it expires",
        "if the cache is cold we read the db",
        "40 writes a second",
        "p99 under 100 ms",
    ],
    "costs": [
        "rpc check(key, cost=1) -> allowed",
        "GET /price?id=1",
        "Reads are fast",
        "we use a cache",
        "no downside",
        "It costs nothing",
        "How much does it cost?",
        "no lock is needed",
    ],
    "targets": [
        "We keep links 5 years",
        "the cache TTL is 60 s",
        "40 writes/s",
        "replicas in 3 zones",
        "p99 is low",
    ],
    "detections": [
        "results are paged by cursor when there are many",
        "the page is shown if it is cached",
        "the page loads fast",
        "users open a page",
        "a cache in front",
        "paging by cursor",
        "reads are served",
        "Do we need alerts on errors?",
    ],
    "plans": [
        "Reads come from the cache",
        "The cache is first",
        "the client then retries",
        "db stores links",
        "we use three nodes",
    ],
    "closings": [
        "Reads come from the cache",
        "the cache misses go to db",
        "a lock is held",
        "we shard by code",
    ],
}

QUALITIES = [
    ("p99 under 100 ms", ["latency"]),
    ("99.99% available", ["availability"]),
    ("four nines", ["availability"]),
    ("five nines of durability", ["durability"]),
    ("at most 5 s stale", ["staleness"]),
    ("keep 5 years", ["retention"]),
    ("12k rps at peak", ["throughput"]),
    ("redirects answer within 100 ms", ["latency"]),
    ("4,000 reads per second", ["throughput"]),
    ("click counts may lag by 5 minutes", ["staleness"]),
    ("links live five years", ["retention"]),
    ("availability 99.9 %", ["availability"]),
    ("downtime of at most 5 minutes a month", ["availability"]),
    ("no lost writes: RPO 0", []),
    ("eleven nines", []),
    ("fast", []),
    ("the cache has 64 GB", []),
    ("latency matters", []),
    ("we lose at most 1 s", ["durability"]),
    ("Messages arrive in under 500 ms", ["latency"]),
    ("seats are held 10 minutes", []),
    ("500 ms p95 for search", ["latency"]),
    ("posts show up within 10 s", ["staleness"]),
    ("delivered in 2 seconds", ["latency"]),
]


def text_of(*texts):
    return Text.of([Said(number, 0.0, "design", "say", text) for number, text in enumerate(texts, start=1)])


def pairs(table):
    return [(name, sentence) for name, sentences in table.items() for sentence in sentences]


@pytest.mark.parametrize(("name", "sentence"), pairs(DOES))
def test_a_sentence_that_does_it_is_quoted(name, sentence):
    found = getattr(phrases, name)(text_of("So.", sentence))
    assert [(match.point, match.quote) for match in found] == [(2, sentence)]


@pytest.mark.parametrize(("name", "sentence"), pairs(LOOKS_ALIKE))
def test_a_sentence_that_only_looks_alike_is_not(name, sentence):
    assert getattr(phrases, name)(text_of(sentence)) == ()


def test_what_is_out_is_out_of_scope_while_the_scope_is_set():
    said = Said(1, 0.0, "requirements", "say", "Search and the ranking model are out, for now.")
    assert [match.point for match in phrases.out_of_scope(Text.of([said]))] == [1]
    assert phrases.out_of_scope(Text.of([replace(said, stage="design")])) == ()


@pytest.mark.parametrize(("sentence", "names"), QUALITIES)
def test_a_quality_needs_its_number(sentence, names):
    assert sorted(phrases.qualities(text_of(sentence))) == names


def test_a_question_states_no_quality():
    assert phrases.qualities(text_of("Is p99 under 100 ms enough?")) == {}


def test_the_reason_for_an_alternative_may_come_in_the_next_sentence():
    found = phrases.alternatives(text_of("The other option is polling. It would waste requests."))
    assert [match.quote for match in found] == ["The other option is polling. It would waste requests."]
    assert phrases.alternatives(text_of("The other option is polling.", "It would waste requests.")) == ()


def test_questions_to_the_interviewer_are_those_that_stay_open():
    text = text_of("How many users?", "What if it dies? A replica takes over.", "a cache", "do links expire")
    assert [match.point for match in phrases.questions(text)] == [1, 4]


REASONS = [
    "the cache keeps hot links out of the database",
    "a cache, because reads dominate",
    "cache: so that reads are fast",
    "I put a cache here to absorb reads",
    "the cache holds the popular codes",
]


@pytest.mark.parametrize("sentence", REASONS)
def test_a_box_is_explained(sentence):
    found = phrases.reasons(text_of("There is an app.", sentence), {"cache": ("cache",), "queue": ("queue",)})
    assert {name: match.point for name, match in found.items()} == {"cache": 2}


@pytest.mark.parametrize("sentence", ["there is a cache", "client, cache, db", "Why is there a cache?"])
def test_a_box_that_is_only_named_is_not_explained(sentence):
    assert phrases.reasons(text_of(sentence), {"cache": ("cache",)}) == {}


@pytest.mark.parametrize("name", sorted(DOES))
def test_hostile_text_takes_no_time(name):
    text = text_of("if when " * 4000 + "1" * 4000 + " over" * 4000)
    assert len(getattr(phrases, name)(text)) <= len(text.sentences)
