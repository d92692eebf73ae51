"""Endpoints and tables in the chat."""

from pathlib import Path

import pytest

from sdtutor.architecture.language.reading import read_drawing
from sdtutor.content.problems import load_problem
from sdtutor.interview.matching.interfaces import bare_calls, endpoints, serves, table_lines
from sdtutor.interview.matching.keyed import keyed_tables
from sdtutor.interview.matching.text import Text
from sdtutor.interview.records import Said

PROBLEM = load_problem(Path(__file__).parents[2], "url_shortener")
OPERATIONS = {operation.id: operation.words for operation in PROBLEM.operations}


def said(text):
    return [Said(1, 0.0, "interface", "say", text)]


def calls(text):
    return [endpoint.call for endpoint in endpoints(Text.of(said(text)))]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (
            "POST /links {url} -> 201 {code}; GET /{code} -> 302",
            ["POST /links {url} -> 201 {code}", "GET /{code} -> 302"],
        ),
        ("createLink(url) -> code", ["createLink(url) -> code"]),
        ("create_link(url, alias?)", ["create_link(url, alias?)"]),
        ("rpc Send(conversation, text)", ["rpc Send(conversation, text)"]),
        ("mutation createPost(text)", ["mutation createPost(text)"]),
        ("SUBSCRIBE /ws", ["SUBSCRIBE /ws"]),
        ("WS wss://chat/connect", ["WS wss://chat/connect"]),
        ("post /urls body: long url", ["POST /urls body: long url"]),
        ("POST https://api.x.com/links", ["POST https://api.x.com/links"]),
        ("shorten(url) -> code, resolve(code) -> url", ["shorten(url) -> code", "resolve(code) -> url"]),
        ("GET /a, DELETE /b", ["GET /a", "DELETE /b"]),
        ("- PUT /v1/links/{id}", ["PUT /v1/links/{id}"]),
        ("check(key, route, cost=1) -> allowed", ["check(key, route, cost=1) -> allowed"]),
        ("one function, allow(key, route), which returns it", ["allow(key, route), which returns it"]),
        ("server push {chat_id, seq, sender}", ["server push {chat_id, seq, sender}"]),
        ("WS: send {chat_id, body} -> ack", ["WS: send {chat_id, body} -> ack"]),
    ],
)
def test_an_endpoint_is_seen(text, found):
    assert calls(text) == found


@pytest.mark.parametrize(
    "text",
    [
        "db(primary, replicas=2)",
        "app -> db(primary) -> x",
        "redis(kind=cache, hit=0.9) -> db",
        "answers are {small, fast} here",
        "links(code pk, url, owner)",
        "table links(code pk): url",
        "get the link from the cache",
        "I get read/write splits",
        "p99 (100 ms): fine",
        "delete old rows",
        "unique(sale, customer) => the second click gets the same piece",
        "token = hmac(user, show, exp) => nobody shares it",
        "ordered by seat_id (no deadlocks), all or nothing",
    ],
)
def test_other_brackets_and_slashes_are_no_endpoint(text):
    assert calls(text) == []


@pytest.mark.parametrize(
    ("text", "operation"),
    [
        ("POST /links {url}", "create"),
        ("POST /api/v1/shorten", "create"),
        ("createLink(url) -> code", "create"),
        ("shorten(url) -> code", "create"),
        ("GET /{code} -> 302", "redirect"),
        ("GET /:code", "redirect"),
        ("resolve(code) -> url", "redirect"),
        ("GET /links/{code}/stats", "stats"),
    ],
)
def test_an_endpoint_serves_its_operation(text, operation):
    assert serves(endpoints(Text.of(said(text)))[0], OPERATIONS[operation])


@pytest.mark.parametrize(
    ("text", "operation"),
    [
        ("DELETE /links/{code}", "create"),
        ("GET /health", "create"),
        ("GET /links/{code}/stats", "redirect"),
        ("GET /links/:code/report -> clicks by day", "redirect"),
    ],
)
def test_an_endpoint_serves_no_other(text, operation):
    assert not serves(endpoints(Text.of(said(text)))[0], OPERATIONS[operation])


@pytest.mark.parametrize(
    "text",
    [
        "table links: code key, url, owner; index owner",
        "table links(code pk, url, owner) index(owner)",
        "links(code pk, url, owner)",
        "- links: code primary key, url, owner",
    ],
)
def test_a_table_in_the_chat_is_read_as_on_the_whiteboard(text):
    ((point, line),) = table_lines(said(f"Data:\n{text}\nThat is all."))
    assert point.number == 1
    (table,) = read_drawing(line).tables
    assert (table.name, table.columns[0]) == ("links", "code")


def test_tables_in_one_line_are_several():
    line = "links(code pk, url), index on owner; clicks(code, day pk, n); owners: id key, name"
    tables = [read_drawing(each).tables[0] for _, each in table_lines(said(line))]
    assert [(each.name, each.key) for each in tables] == [
        ("links", ("code",)),
        ("clicks", ("code", "day")),
        ("owners", ("id",)),
    ]
    assert tables[0].indexes == (("owner",),)


@pytest.mark.parametrize(
    ("text", "key", "indexes"),
    [
        (
            "The posts table is keyed by the post id and has an index on author and time",
            "post_id",
            "author time",
        ),
        ("Messages lie there with the chat as partition key and time as sort key", "chat time", ""),
        ("There is a row per seat with show and seat as primary key", "show seat", ""),
        ("The requests table has the request key as its unique key", "request_key", ""),
        ("Partition key is the code, the rest are attributes", "code", ""),
        ("bucket:{customer}:{route} -> tokens, time", "customer route", ""),
        ("feed:{user} = list of ids", "user", ""),
    ],
)
def test_a_key_or_an_index_told_in_a_sentence_is_one(text, key, indexes):
    ((table, point),) = keyed_tables(Text.of(said(text)))
    assert (point, " ".join(table.key), " ".join(" ".join(each) for each in table.indexes)) == (
        1,
        key,
        indexes,
    )


@pytest.mark.parametrize(
    "text",
    [
        "There is no index on author",
        "Should it be keyed by the user?",
        "We use a suitable partition key and indexes where they are needed",
        "GET /chats/{id} -> the chat",
        "the key to success is speed",
        "It is sharded by user",
    ],
)
def test_what_tells_no_column_is_no_table(text):
    assert list(keyed_tables(Text.of(said(text)))) == []


@pytest.mark.parametrize(
    "text",
    [
        "the key is code, not url",
        "db(primary, replicas=2)",
        "app -> db(key, x)",
        "Scope: get by key, ttl. Out: ranges",
        "Retry: the same key returns what was stored before, no double charge",
    ],
)
def test_what_has_no_columns_is_no_table(text):
    assert table_lines(said(text)) == ()


@pytest.mark.parametrize(
    ("text", "bare"),
    [
        ("GET /links/{code}/stats", 1),
        ("rpc check(key, cost=1) -> allowed", 1),
        ("GET /{code} -> 302 so that each click reaches us", 0),
        ("GET /{code} -> 302, not 301: browsers keep a 301", 0),
        ("we check the key", 0),
    ],
)
def test_a_call_without_a_reason_says_nothing_else(text, bare):
    assert len(bare_calls(Text.of(said(text)))) == bare
