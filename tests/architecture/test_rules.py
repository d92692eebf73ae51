"""The rules: each finds its fault, and is silent about a drawing without it."""

from pathlib import Path

import pytest

from sdtutor.architecture.language.reading import read_drawing
from sdtutor.architecture.overbuilding import rates
from sdtutor.architecture.rules import judge
from sdtutor.core.systems import Flow, Query

WRITE = Flow("write", "a link is stored", (("client",), ("service",), ("database",)), 40, writes=True)
READ = Flow("read", "a link is followed", (("client",), ("service",), ("cache", "database")), 4000)
CODE = Query("by_code", "a link by its code", (("code",),))
SOUND = """client -> lb*2 -> app*8
app -> cache*2
app -> db(primary, replicas=2, sync)
app -> stripe(timeout=2s)
app ~> queue(replicas=2) -> worker*2 -> mail(kind=external, timeout=1s)
cleaner(kind=worker) -> db
prometheus
table links: code key, url
"""


def found(text, flows=(WRITE, READ), queries=(CODE,), per_second=None):
    """Rule and boxes of each finding."""
    return [(f.rule, " ".join(f.boxes)) for f in judge(read_drawing(text), flows, queries, per_second)]


def test_a_sound_drawing_has_no_findings():
    assert found(SOUND) == []


@pytest.mark.parametrize(
    ("old", "new", "rule", "boxes"),
    [
        ("lb*2", "lb", "single_point", "lb"),
        ("replicas=2, sync", "sync", "single_point", "db"),
        ("app -> db(primary, replicas=2, sync)", "", "no_way", ""),
        ("replicas=2, sync", "replicas=2, async", "async_durable", "db"),
        ("-> worker*2 -> mail(kind=external, timeout=1s)", "", "no_consumer", "queue"),
        ("client ->", "client -> db\nclient ->", "client_to_database", "client db"),
        ("stripe(timeout=2s)", "stripe", "no_timeout", "app stripe"),
        ("table links: code key, url", "table links: id key, code, url", "no_index", ""),
        ("table links: code key, url", "table links: id key, url", "no_key", ""),
        ("table links: code key, url", "", "no_key", ""),
        ("prometheus", "recommender -> cache", "unused", "recommender"),
        ("prometheus", "search index", "unused", "search index"),
        ("app*8", "app*80", "overbuilt", "app"),
    ],
)
def test_a_planted_fault_is_found_and_nothing_else(old, new, rule, boxes):
    assert old in SOUND
    assert found(SOUND.replace(old, new)) == [(rule, boxes)]


def test_a_durable_write_that_only_a_cache_has_is_found():
    flow = Flow("write", "w", (("client",), ("cache", "database")), writes=True)
    assert ("cache_only", "redis") in found("client -> app*2 -> redis*2", [flow], [])
    assert found("client -> app*2 -> redis*2\napp -> db(replicas=1)", [flow], []) == []
    assert found("client -> app*2 -> redis*2 -> db(replicas=1)", [flow], []) == []
    volatile = Flow("write", "w", (("client",), ("cache", "database")), writes=True, durable=False)
    assert found("client -> app*2 -> redis*2", [volatile], []) == []


@pytest.mark.parametrize(
    ("text", "per_second", "findings"),
    [
        ("app -> db(replicas=1, shards=8)", 100, [("overbuilt", "db")]),
        ("app -> db(replicas=1, shards=8)", 50_000, []),
        ("app -> db(replicas=1)\napp -> cache*2", 100, [("overbuilt", "cache")]),
        ("app -> db(replicas=1)\napp -> cache*2", 2_000, []),
        ("app -> cache*2 -> db(replicas=1)", 100, []),
        ("app ~> queue(replicas=1) -> worker*2 -> db(replicas=1)", 20, [("overbuilt", "queue")]),
        ("app ~> queue(replicas=1) -> worker*2 -> db(replicas=1)", 2_000, []),
        ("app ~> queue(replicas=1) -> worker*2 -> db(replicas=1), stripe(timeout=1s)", 20, []),
        ("app -> db(replicas=1, shards=8)", None, []),
    ],
)
def test_what_the_load_does_not_need_is_found_when_the_load_is_known(text, per_second, findings):
    flow = Flow("write", "w", (("client",), ("database",)), writes=True)
    assert found(f"client -> lb*2 -> app*2\n{text}", [flow], [], per_second) == findings


def test_a_queue_that_a_flow_asks_for_is_needed_whatever_the_load():
    flow = Flow("write", "w", (("client",), ("queue",), ("database",)), writes=True)
    text = "client -> lb*2 -> app*2 ~> queue(replicas=1) -> worker*2 -> db(replicas=1)"
    assert found(text, [flow], [], 20) == []


def test_the_peak_of_a_candidate_is_shared_out_as_the_flows_are():
    assert rates([WRITE, READ], None) == {"write": 40, "read": 4000}
    assert rates([WRITE, READ], 1010) == {"write": 10, "read": 1000}
    assert rates([Flow("a", "a", ()), Flow("b", "b", ())], 10) == {"a": 5, "b": 5}


def test_findings_are_sorted_the_worst_first_and_say_why():
    findings = judge(read_drawing("client -> app -> db(async, replicas=1)\nunread -> app"), [WRITE], [CODE])
    assert [(f.rule, f.severity) for f in findings] == [
        ("single_point", 3),
        ("async_durable", 2),
        ("no_key", 2),
        ("unused", 1),
    ]
    assert all(f.why and f.message for f in findings)
    assert findings[0].message == "`app` runs once; without it nobody can do this: a link is stored."


def test_a_lesson_to_go_to_exists():
    lessons = {
        f"{path.parent.name}/{path.stem}" for path in (Path(__file__).parents[2] / "lessons").glob("*/*.md")
    }
    faulty = "client -> lb -> app -> db(async, replicas=1, shards=9)\napp -> cache\napp ~> queue"
    studies = {f.study for f in judge(read_drawing(faulty), [WRITE, READ], [CODE], 100) if f.study}
    assert len(studies) >= 5
    assert studies <= lessons


def test_an_empty_drawing_has_no_findings():
    assert judge(read_drawing(""), [WRITE], [CODE]) == ()


def test_a_list_of_products_is_asked_what_each_is_for():
    products = SOUND + "app -> cassandra, zookeeper, redis\n"
    assert "unexplained" not in {rule for rule, _ in found(products)}
    rule, boxes = next(each for each in found(products + "app -> kafka, elasticsearch") if "unex" in each[0])
    assert (rule, boxes) == ("unexplained", "cassandra zookeeper redis kafka elasticsearch")


def test_stores_with_a_label_a_table_or_numbers_of_their_own_explain_themselves():
    text = (
        SOUND + "app -> cassandra : events\napp -> redis(hit=95%), kafka*3, users, zookeeper, etcd, mongodb\n"
    )
    assert "unexplained" not in {rule for rule, _ in found(text + "table users: id key, name")}
