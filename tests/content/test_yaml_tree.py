from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from sdtutor.content.yaml_tree import MAX_DEPTH, parse
from sdtutor.errors import ContentError

PATH = Path("x.yaml")


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("yes", "yes"),
        ("NO", "NO"),
        ("1:30", "1:30"),
        ("2024-01-01", "2024-01-01"),
        ("0x10", "0x10"),
        ("1_000", "1_000"),
        ("true", True),
        ("False", False),
        ("~", None),
        ("", None),
        ("-7", -7),
        ("1.5e3", 1500.0),
        ('"7"', "7"),
        ("'true'", "true"),
        ("v1", "v1"),
    ],
)
def test_only_what_looks_like_one_is_a_number_or_a_boolean(text, value):
    read = parse(f"a: {text}", PATH).value["a"]
    assert (read, type(read)) == (value, type(value))


def test_every_key_and_entry_has_its_line():
    document = parse("a: 1\nb:\n  - c: 2\n    d: 3\n  - e\n", PATH, first_line=10)
    assert document.line(("a",)) == 10
    assert document.line(("b", 0, "d")) == 13
    assert document.line(("b", 1)) == 14
    assert document.line(("b", 0, "missing")) == 12


def test_the_deepest_allowed_nesting_is_read_and_one_more_is_not():
    assert parse("[" * MAX_DEPTH + "x" + "]" * MAX_DEPTH, PATH)
    with pytest.raises(ContentError, match="deeper than"):
        parse("[" * (MAX_DEPTH + 1) + "x" + "]" * (MAX_DEPTH + 1), PATH)


@pytest.mark.parametrize("text", ["a: &x 1", "a: &x [1]", "&x a: 1", "a: *x", "&x {a: 1}"])
def test_anchors_and_aliases_are_refused(text):
    with pytest.raises(ContentError):
        parse(text, PATH)


def test_an_alias_bomb_is_refused_at_its_first_line():
    bomb = "a: &a [x, x]\n" + "".join(
        f"{b}: &{b} [*{a}, *{a}]\n" for a, b in zip("abcdefgh", "bcdefghi", strict=True)
    )
    with pytest.raises(ContentError, match="aliases") as caught:
        parse(bomb, PATH)
    assert caught.value.line == 1


def test_a_second_document_is_refused():
    with pytest.raises(ContentError, match="second YAML document"):
        parse("a: 1\n---\nb: 2\n", PATH)


TREES = st.recursive(
    st.none() | st.booleans() | st.integers(-(10**9), 10**9) | st.text("abc :#-'\"", max_size=8),
    lambda inner: (
        st.lists(inner, max_size=4) | st.dictionaries(st.text("abc", min_size=1), inner, max_size=4)
    ),
    max_leaves=12,
)


@given(TREES)
def test_what_pyyaml_writes_is_read_back(tree):
    assert parse(yaml.safe_dump({"x": tree}), PATH).value == {"x": _tuples(tree)}


def _tuples(tree):
    if isinstance(tree, list):
        return tuple(map(_tuples, tree))
    return {key: _tuples(value) for key, value in tree.items()} if isinstance(tree, dict) else tree
