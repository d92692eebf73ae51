"""The language of the whiteboard: what each line draws, and what is said of a line that cannot be read."""

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sdtutor.architecture.language.reading import read_drawing


def arrows(text):
    """Sources and targets; ``~`` between them where nobody waits."""
    return [f"{a.source}{'>' if a.waits else '~'}{a.target}" for a in read_drawing(text).links]


def box(text, name):
    return read_drawing(text).boxes[name]


@pytest.mark.parametrize(
    ("text", "links"),
    [
        ("client -> lb -> app*3 -> cache", ["client>lb", "lb>app", "app>cache"]),
        ("app -> db(primary, replicas=2, async)", ["app>db"]),
        ("a, b -> c, d", ["a>c", "a>d", "b>c", "b>d"]),
        ("a & b --> c", ["a>c", "b>c"]),
        ("app ~> queue -> worker*2 -> db", ["app~queue", "queue>worker", "worker>db"]),
        ("app -.-> queue", ["app~queue"]),
        ("app --> db : writes", ["app>db"]),
        ("cdn <-> s3", ["cdn>s3", "s3>cdn"]),
        ("s3 <- cdn", ["cdn>s3"]),
        ("a->b-->c==>d→e", ["a>b", "b>c", "c>d", "d>e"]),
        ("A[Client] --> B[(Postgres)]", ["Client>Postgres"]),
        ("A --> B\nA[Web app]\nB[(Orders DB)]", ["Web app>Orders DB"]),
        ("graph TD;\nsubgraph one\nA-->|hits|B;\nend\nstyle A fill:#f9f", ["A>B"]),
        ("```mermaid\nflowchart LR\n  A[App] -- writes --> D[(db)]\n```", ["App>db"]),
        ("graph LR\nA(Web server) --> B(replicas=2)", ["Web server>B"]),
        ('A(["User"]) -- "a b" --> B{{"LB"}}:::hot', ["User>LB"]),
        ("a -> b -> a", ["a>b", "b>a"]),
        ("App -> DB\napp -> db\nAPP  -> cache", ["App>DB", "App>cache"]),
        ("api gateway -> user-service.v2", ["api gateway>user-service.v2"]),
        ("a -> b; c -> d", ["a>b", "c>d"]),
        ("app -> db\napp ~> db", ["app>db"]),
        ("# only a remark\n%% and another\n\n", []),
    ],
)
def test_a_line_draws_its_arrows(text, links):
    drawing = read_drawing(text)
    assert drawing.mistakes == ()
    assert arrows(text) == links


@pytest.mark.parametrize(
    ("text", "name", "instances", "replicas"),
    [
        ("app*3", "app", 3, 0),
        ("app * 3 -> db", "app", 3, 0),
        ("app x3 -> db", "app", 3, 0),
        ("app×3", "app", 3, 0),
        ("chat server x 12", "chat server", 12, 0),
        ("app(instances=4)", "app", 4, 0),
        ("db(replicas=2)*2", "db", 2, 2),
        ("db(2 replicas, async)", "db", 1, 2),
        ("A[App x3] --> B", "App", 3, 0),
        ("A --> B[db*2 (replicas=1)]", "db", 2, 1),
        ("app -> db\ndb(replicas=1)", "db", 1, 1),
        ("ec2 -> md5", "md5", 1, 0),
    ],
)
def test_counts_are_read_wherever_people_write_them(text, name, instances, replicas):
    assert read_drawing(text).mistakes == ()
    found = box(text, name)
    assert (found.instances, found.replicas) == (instances, replicas)


@pytest.mark.parametrize(
    ("said", "name", "value"),
    [
        ("hit=90%", "hit", 0.9),
        ("hit=0.9", "hit", 0.9),
        ("availability=99.9%", "availability", 0.999),
        ("ms=1", "service", 0.001),
        ("ms = 2.5ms", "service", 0.0025),
        ("service=5ms", "service", 0.005),
        ("timeout=1s", "timeout", 1.0),
        ("timeout=2", "timeout", 2.0),
        ("ttl=1h", "ttl", 3600.0),
        ("failover=30s", "failover", 30.0),
        ("rps=12k", "rps", 12_000.0),
        ("rps=1M/s", "rps", 1_000_000.0),
        ("rps: 500", "rps", 500.0),
        ("servers=200", "servers", 200),
        ("queue=0", "queue", 0),
        ("retries=3", "retries", 3),
        ("shards=16", "shards", 16),
        ("ASYNC", "async", True),
        ("sync", "sync", True),
        ("managed", "managed", True),
        ("primary", "primary", True),
    ],
)
def test_settings_are_kept_in_base_units(said, name, value):
    drawing = read_drawing(f"box({said})")
    assert drawing.mistakes == ()
    assert dict(drawing.boxes["box"].settings) == {name: value}


def test_a_kind_that_is_written_overrides_the_name():
    assert box("redis(kind=database)", "redis").kind == "database"
    assert box("app -> redis\nredis(kind=object store)", "redis").kind == "object_store"


def test_labels_of_an_arrow_drawn_twice_stand_side_by_side():
    (link,) = read_drawing("app -> db : reads\napp -->|writes| db\napp -> db").links
    assert link.label == "reads, writes"
    assert link.line == 1


def test_one_copy_that_is_stated_is_told_from_one_that_is_not():
    assert box("s3*1", "s3").settings["single"] is True
    assert "single" not in box("s3", "s3").settings


@pytest.mark.parametrize(
    ("text", "line", "column", "words"),
    [
        ("app*x", 1, 4, "How many of `app`"),
        ("app* -> db", 1, 4, "How many of `app`"),
        ("app*0", 1, 4, "from 1 to 100,000"),
        ("app*9999999", 1, 4, "How many"),
        ("a -> app*2.5", 1, 9, "How many of `app`"),
        ("db(replicas=two)", 1, 4, "`replicas` is not `two`"),
        ("db(replicas)", 1, 4, "`replicas` has no value"),
        ("db(primary, replcas=2)", 1, 13, "Did you mean `replicas`?"),
        ("redis(kind=cash)", 1, 7, "kind=` and one of client"),
        ("cache(hit=90)", 1, 7, "such as 90% or 0.9"),
        ("db(timeout=soon)", 1, 4, "such as 5ms or 30s"),
        ("client ->", 1, 10, "leads nowhere"),
        ("ok -> db\nclient -> lb ->", 2, 16, "leads nowhere"),
        ("-> app", 1, 1, "No box stands before the arrow"),
        ("a -> -> b", 1, 6, "No box stands before the arrow"),
        ("client - app", 1, 8, "has no head"),
        ("db(primary, replicas=2 -> app", 1, 3, "is not closed"),
        ("db(primary", 1, 3, "is not closed"),
        ("A[Client --> B", 1, 2, "is not closed"),
        ("app*3\napp*5 -> db", 2, 1, "instances=3 on line 1"),
        ("db(hit=80%)\ndb(hit=90%)", 2, 1, "hit=0.8 on line 1"),
        ("app*3 cache", 1, 7, "no arrow and no comma before `cache`"),
        ("a, , b", 1, 4, "No box stands before the comma"),
        ("*3 -> app", 1, 1, "No box stands before `3`"),
        ("(async) -> app", 1, 1, "No box stands before"),
        ("app -> app", 1, 1, "to itself"),
        ("app : a remark", 1, 5, "belongs to no arrow"),
        ("app |reads| db", 1, 5, "follows no arrow"),
        ("app ? db", 1, 5, "means nothing"),
        ("\x1b[31mred", 1, 1, "means nothing"),
        ("we would put a cache in front of it", 1, 1, "too long for a box"),
        ("A[One]\nA[Two]", 2, 1, "called `One` and `Two`"),
        ("A[One]\nB[One]", 2, 1, "They are one box here"),
        ("table links", 1, 1, "no columns"),
        ("table links:", 1, 7, "no columns"),
        ("table links: a\ntable links: b", 2, 1, "on line 1 already"),
        ("table links(code key", 1, 12, "is not closed"),
    ],
)
def test_a_mistake_has_its_place_and_what_to_write_instead(text, line, column, words):
    mistake = read_drawing(text).mistakes[0]
    assert (mistake.line, mistake.column) == (line, column)
    assert words in f"{mistake.message} {mistake.hint}"
    assert mistake.hint


def test_the_other_lines_are_read_in_spite_of_a_mistake():
    drawing = read_drawing("client -> lb\nlb -> app*x\napp -> db(replicas=two, async)\n???\ndb -> s3")
    assert arrows("client -> lb\nlb -> app*x\napp -> db(replicas=two, async)\n???\ndb -> s3") == [
        "client>lb",
        "lb>app",
        "app>db",
        "db>s3",
    ]
    assert drawing.boxes["db"].settings["async"] is True
    assert [mistake.line for mistake in drawing.mistakes] == [2, 3, 4]


def test_a_drawing_is_bounded():
    many = read_drawing("\n".join(f"a{n} -> b{n}" for n in range(300)))
    assert len(many.boxes) == 200
    assert "200 boxes" in many.mistakes[0].message
    dense = read_drawing(
        f"{', '.join(f'a{n}' for n in range(60))} -> {', '.join(f'b{n}' for n in range(60))}"
    )
    assert len(dense.links) == 500
    assert "500 arrows" in dense.mistakes[0].message
    long = read_drawing("client -> app\n" * 1_000_000)
    assert arrows("client -> app\n" * 1_000_000) == ["client>app"]
    assert "20,000 characters" in long.mistakes[0].message


@pytest.mark.parametrize(
    "text",
    [
        "a(->" * 5000,
        "a(->" * 5000 + ")",
        "[(]" * 6666,
        "." * 20_000,
        ".-" * 10_000,
        "db(a= x" + " " * 19_000 + "y)",
        "a " * 10_000,
        '"' * 20_000,
        "a," * 10_000,
        "a->b\n" * 5000,
        "\x1b\x00" * 10_000,
        "table a(" + "index(" * 3000,
        "table a: " + "key " * 5000,
        'A["' + "#a" * 9000 + '"]',
        "db(" + "a=" * 9000 + ")",
        " " * 20_000,
    ],
    ids=range(16),
)
def test_reading_takes_linear_time(text):
    begin = time.process_time()
    drawing = read_drawing(text)
    assert time.process_time() - begin < 0.5
    assert len(drawing.mistakes) <= 50


PIECES = st.sampled_from(
    [*"ab \n\t()[]{}|,;:&*×=-<>~.%#\"'/", "->", "~>", "-->", "app", "db", "x3", "*2", "(hit=9%)", "table ",
     "index", "key", "flowchart LR\n", "[(", ")]", "\x1b", "\ud800", "\u202e", "é", "replicas=", "2",
     "kind=cache", "\r"]
)  # fmt: skip


@given(st.lists(PIECES, max_size=60).map("".join))
@settings(max_examples=400, deadline=None)
def test_reading_never_fails_and_names_are_plain(text):
    drawing = read_drawing(text)
    for name, found in drawing.boxes.items():
        assert found.name == name
        assert name.strip()
        assert len(name) <= 40
        assert all(c.isalnum() or c in "_-. " for c in name)
        assert found.instances >= 1
        assert found.replicas >= 0
    for link in drawing.links:
        assert {link.source, link.target} <= set(drawing.boxes)
        assert link.source != link.target
    assert len({(a.source, a.target) for a in drawing.links}) == len(drawing.links)
    for mistake in drawing.mistakes:
        assert (mistake.message + mistake.hint).isprintable()
        assert mistake.line >= 1
        assert mistake.column >= 1


@given(st.text(max_size=200))
@settings(max_examples=200, deadline=None)
def test_any_text_is_read(text):
    assert read_drawing(text).mistakes is not None
