"""Merging is commutative, associative and idempotent; an import says which field is wrong."""

import json
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sdtutor.errors import UsageError
from sdtutor.store.exchange import SHAPES, document, merge, parse

names = st.sampled_from(["a/b", "c/d", "caching/cache_aside"])
moments = st.datetimes(datetime(2026, 1, 1), datetime(2026, 1, 4), timezones=st.just(UTC)).map(
    lambda moment: moment.replace(microsecond=0, second=0, minute=0).isoformat()
)
small = st.integers(0, 3)

ROWS = {
    "answers": st.fixed_dictionaries(
        {
            "uid": st.sampled_from(["0" * 32, "1" * 32, "f" * 32]),
            "item": names.map(lambda name: f"{name}#q"),
            "concept": names,
            "correct": st.sampled_from([0, 0.5, 1]),
            "confidence": st.sampled_from(["sure", "think", "guess"]),
            "seconds": small,
            "hints": small,
            "at": moments,
        }
    ),
    "cards": st.fixed_dictionaries(
        {"item": names, "state": st.sampled_from(["{}", "[1]"]), "due": moments, "updated_at": moments}
    ),
    "lessons": st.fixed_dictionaries(
        {"concept": names, "place": small, "opened_at": moments, "done_at": st.none() | moments}
    ),
    "goals": st.fixed_dictionaries({"lab": names, "goal": names, "steps": small, "at": moments}),
    "runs": st.fixed_dictionaries({"lab": names, "text": st.text(max_size=3), "updated_at": moments}),
    "settings": st.fixed_dictionaries(
        {"key": names, "value": st.integers(0, 2).map(str), "updated_at": moments}
    ),
    "last": st.fixed_dictionaries(
        {
            "slot": st.just(1),
            "kind": names,
            "concept": names,
            "detail": st.sampled_from(["", "9"]),
            "updated_at": moments,
        }
    ),
    "interviews": st.fixed_dictionaries(
        {
            "id": st.sampled_from(["0" * 32, "1" * 32]),
            "problem": names,
            "minutes": st.sampled_from([10, 45]),
            "level": st.just("mid"),
            "text": st.text(max_size=3),
            "started_at": moments,
            "updated_at": moments,
            "ended_at": st.none() | moments,
            "decision": st.sampled_from(["", "lean"]),
            "percent": small,
            "scores": st.sampled_from(["{}", '{"design": 2}']),
        }
    ),
}
exports = st.fixed_dictionaries(
    {"sdtutor_progress": st.just(1), **{name: st.lists(rows, max_size=4) for name, rows in ROWS.items()}}
)


def test_every_table_of_an_export_is_generated_here():
    assert set(ROWS) == set(SHAPES)


@given(exports, exports)
def test_merging_is_commutative(one, other):
    assert merge(parse(one), parse(other)) == merge(parse(other), parse(one))


@given(exports, exports, exports)
def test_merging_is_associative(one, two, three):
    one, two, three = parse(one), parse(two), parse(three)
    assert merge(merge(one, two), three) == merge(one, merge(two, three))


@given(exports, exports)
def test_merging_again_changes_nothing(one, other):
    merged = merge(parse(one), parse(other))
    assert merge(merged, parse(other)) == merge(merged, merged) == merged


@given(exports)
def test_an_export_is_read_back_as_it_was(data):
    tables = parse(data)
    assert parse(json.loads(json.dumps(document(tables)))) == tables


@given(exports, exports)
def test_no_answer_and_no_goal_is_lost_in_a_merge(one, other):
    one, other = parse(one), parse(other)
    merged = merge(one, other)
    for table in SHAPES:
        key = SHAPES[table].key
        both = {tuple(row[field] for field in key) for row in (*one[table], *other[table])}
        assert {tuple(row[field] for field in key) for row in merged[table]} == both


def lesson(place, opened, done=None):
    return {
        "concept": "a/b",
        "place": place,
        "opened_at": f"2026-01-0{opened}T00:00:00+00:00",
        "done_at": done,
    }


def test_the_newer_place_stays_and_a_done_lesson_stays_done():
    done = "2026-01-01T00:00:00+00:00"
    old, new = {"lessons": [lesson(50, 1, done)]}, {"lessons": [lesson(3, 2)]}
    assert merge(old, new)["lessons"] == [lesson(3, 2, done)]


def test_the_newer_card_stays_and_of_two_goals_the_one_with_fewer_steps():
    def history(day, steps):
        at = f"2026-01-0{day}T00:00:00+00:00"
        card = {"item": "a/b#q", "state": f"[{day}]", "due": at, "updated_at": at}
        return {"cards": [card], "goals": [{"lab": "a/b", "goal": "g", "steps": steps, "at": at}]}

    merged = merge(history(2, 14), history(1, 9))
    assert merged["cards"][0]["state"] == "[2]"
    assert merged["goals"][0]["steps"] == 9


ANSWER = {
    "uid": "0" * 32,
    "item": "a/b#q",
    "concept": "a/b",
    "correct": 1,
    "confidence": "sure",
    "seconds": 2,
    "hints": 0,
    "at": "2026-01-01T00:00:00+00:00",
}


@pytest.mark.parametrize(
    ("field", "value", "told"),
    [
        ("uid", "zz", "must be 32 hexadecimal digits"),
        ("item", "", "must be a text of printable characters"),
        ("item", "a\x1b[31m", "must be a text of printable characters"),
        ("concept", 7, "must be a text of printable characters"),
        ("correct", 1.5, "must be a number from 0 to 1"),
        ("correct", True, "must be a number from 0 to 1"),
        ("correct", float("nan"), "must be a number from 0 to 1"),
        ("confidence", "very", "must be sure or think or guess"),
        ("confidence", [], "must be sure or think or guess"),
        ("seconds", -1, "must be a number from 0"),
        ("seconds", float("inf"), "must be a number from 0"),
        ("hints", 2.5, "must be a whole number"),
        ("hints", 2**80, "must be a whole number"),
        ("at", "2026-01-01T00:00:00", "must be a date and time with its offset"),
        ("at", "yesterday", "must be a date and time with its offset"),
        ("at", "0001-01-01T00:00:00+23:00", "must be a date and time with its offset"),
        ("at", None, "must be a date and time with its offset"),
    ],
)
def test_a_wrong_value_is_told_with_its_field(field, value, told):
    with pytest.raises(UsageError) as caught:
        parse({"sdtutor_progress": 1, "answers": [ANSWER, {**ANSWER, field: value}]})
    assert str(caught.value).startswith(f"answers[1].{field} {told}")


@pytest.mark.parametrize(
    ("data", "told"),
    [
        ([], "This is not an export of sdtutor"),
        ({"answers": []}, "This is not an export of sdtutor"),
        ({"sdtutor_progress": 2}, "sdtutor_progress must be 1, not 2.\nA newer sdtutor wrote it"),
        ({"sdtutor_progress": True}, "sdtutor_progress must be 1, not true"),
        ({"sdtutor_progress": 1, "answer": []}, "answer is not a field of an export"),
        ({"sdtutor_progress": 1, "cards": {}}, "cards must be a list"),
        ({"sdtutor_progress": 1, "cards": [3]}, "cards[0] must be an object, not 3"),
        ({"sdtutor_progress": 1, "answers": [{"uid": "0" * 32}]}, "answers[0].item is missing"),
        ({"sdtutor_progress": 1, "answers": [{**ANSWER, "who": 1}]}, "answers[0].who is not a field"),
        (
            {"sdtutor_progress": 1, "settings": [{"key": "k", "value": "{", "updated_at": ANSWER["at"]}]},
            "settings[0].value must be a text that is JSON",
        ),
        (
            {"sdtutor_progress": 1, "runs": [{"lab": "a/b", "text": "\ud800", "updated_at": ANSWER["at"]}]},
            "runs[0].text must be a text",
        ),
    ],
)
def test_a_wrong_shape_is_told_with_its_place(data, told):
    with pytest.raises(UsageError) as caught:
        parse(data)
    assert str(caught.value).startswith(told)


def test_an_export_without_some_tables_is_taken():
    assert parse({"sdtutor_progress": 1})["answers"] == []
