"""Tables on the whiteboard, and whether they find what is asked of them."""

import pytest

from sdtutor.architecture.access import holding_table, serving_table
from sdtutor.architecture.language.reading import read_drawing
from sdtutor.core.systems import Query

CODE = Query("by_code", "a link by its code", (("code", "slug"),))
OWNER = Query("by_owner", "links of an owner, the newest first", (("owner", "user_id"), ("created_at",)))


@pytest.mark.parametrize(
    ("text", "columns", "key", "indexes"),
    [
        (
            "table links: code key, url, owner, created_at; index owner, created_at",
            "code url owner created_at",
            "code",
            ["owner created_at"],
        ),
        ("table links(code pk, url, owner) index(owner)", "code url owner", "code", ["owner"]),
        ("Table links(code varchar(8) PRIMARY KEY, url text, INDEX(url))", "code url", "code", ["url"]),
        ("table posts: user partition key, at sort key, body", "user at body", "user at", []),
        ("table posts(a, b, primary key(b, a), index(a), index(b, a))", "a b", "b a", ["a", "b a"]),
        ("table posts: a, b; key b, a; index a; index b", "a b", "b a", ["a", "b"]),
        ("table posts: id pk, author foreign key, slug unique", "id author slug", "id", ["slug"]),
        ("table inbox(user_id pk, created_at sk, body)", "user_id created_at body", "user_id created_at", []),
        ("table kv: key key, value", "key value", "key", []),
        ("table t: a pk; index b", "a b", "a", ["b"]),
        ("%% table t: a pk", "a", "a", []),
        ("table t(a, b pk, c), index on c", "a b c", "a b", ["b", "c"]),
        ("table t(a, b, c, d pk)", "a b c d", "d", []),
        ("table t(a, b, pk (a, b))", "a b", "a b", []),
        ("table t: partition key a + the month, clustering key b, c", "a the_month b c", "a the_month b", []),
    ],
)
def test_a_table_has_columns_a_key_and_indexes(text, columns, key, indexes):
    drawing = read_drawing(text)
    assert drawing.mistakes == ()
    (table,) = drawing.tables
    assert table.columns == tuple(columns.split())
    assert table.key == tuple(key.split())
    assert table.indexes == tuple(tuple(index.split()) for index in indexes)


@pytest.mark.parametrize(
    ("text", "query", "serves", "holds"),
    [
        ("table links: code key, url", CODE, True, True),
        ("table links: short_code key", CODE, True, True),
        ("table links: Slug pk", CODE, True, True),
        ("table links: id pk, code; index code", CODE, True, True),
        ("table links: id pk, code", CODE, False, True),
        ("table links: id pk, url", CODE, False, False),
        ("table codes: id pk, url", CODE, True, True),
        ("table links: owner, created_at; index owner, created_at", OWNER, True, True),
        ("table links: userId, created; index userId, created", OWNER, True, True),
        ("table links: user, created_at; index user, created_at, code", OWNER, True, True),
        ("table links: owner, created_at; index created_at, owner", OWNER, False, True),
        ("table links: owner, created_at; index owner", OWNER, False, True),
        ("table links: owner_id pk, created_at", OWNER, False, True),
        ("", CODE, False, False),
    ],
)
def test_a_key_or_an_index_serves_a_query_whose_columns_it_begins_with(text, query, serves, holds):
    tables = read_drawing(text).tables
    assert (serving_table(tables, query) is not None) is serves
    assert (holding_table(tables, query) is not None) is holds
