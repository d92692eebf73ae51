"""What may travel, and how it is written and said."""

from dataclasses import dataclass

import pytest

from sdtutor.engine.frozen import check_frozen, say, to_json


@dataclass(frozen=True)
class Lease:
    owner: str
    number: int


@dataclass(frozen=True)
class Row:
    data: tuple
    done: int = 0
    undo: tuple = ()
    lease: Lease | None = None


@dataclass
class Open:
    value: int


@pytest.mark.parametrize(
    "value", [1, "a", b"b", None, 1.5, ("a", (1, True)), Lease("a", 1), Row((("a", 1),))]
)
def test_frozen_values_may_travel(value):
    check_frozen(value)


@pytest.mark.parametrize("value", [[1], {"a": 1}, {1}, Open(1), (1, [2]), Row(([1],)), object(), Lease])
def test_what_its_holder_could_change_may_not(value):
    with pytest.raises(TypeError, match="cannot be sent"):
        check_frozen(value)


@pytest.mark.parametrize(
    ("value", "said"),
    [
        (None, "empty"),
        (("book", 2), "(book, 2)"),
        ((("a", 1), ("b", 2)), "2 items"),
        (Lease("reader_1", 2), "lease reader_1 2"),
        (Row((("a", 1),)), "row 1 item"),
        (Row(("a",), 2, ("x",), Lease("r", 1)), "row (a) done 2 undo (x) lease r 1"),
        (0.1 + 0.2, "0.3"),
    ],
)
def test_values_are_said_shortly(value, said):
    assert say(value) == said


def test_json_of_a_value_is_the_same_everywhere():
    assert to_json((1 / 3, float("nan"), b"\x01", Lease("a", 1))) == [
        0.333333333333,
        "nan",
        "01",
        {"type": "Lease", "owner": "a", "number": 1},
    ]
