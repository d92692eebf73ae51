"""Endpoints and tables in the chat."""

from pathlib import Path

import pytest

from sdtutor.architecture.language.reading import read_drawing
from sdtutor.content.problems import load_problem
from sdtutor.interview.matching.interfaces import bare_calls, endpoints, serves, table_lines
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
    ],
)
def test_an_endpoint_is_seen(text, found):
    assert calls(text) == found


@pytest.mark.parametrize(
    "text",
    [
        "db(primary, replicas=2)",
        "app -> db(primary) -> x",
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


@pytest.mark.parametrize("text", ["the key is code, not url", "db(primary, replicas=2)", "app -> db(key, x)"])
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
