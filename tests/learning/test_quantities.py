"""Quantities are read as people type them, and refused with a reason when they cannot be."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sdtutor.errors import UsageError
from sdtutor.learning.quantities import parse_quantity, parse_unit


@pytest.mark.parametrize(
    ("text", "expected", "value", "unit"),
    [
        ("1.5k", "", 1500, ""),
        ("10 ms", "ms", 10, "ms"),
        ("2e3", "", 2000, ""),
        ("1,000", "", 1000, ""),
        ("1 200 300", "", 1_200_300, ""),
        ("12_000", "", 12_000, ""),
        ("-5", "", -5, ""),
        ("\N{MINUS SIGN}5", "", -5, ""),
        (".5s", "s", 0.5, "s"),
        ("~ 3 million users", "users", 3e6, "users"),
        ("2B", "users", 2e9, ""),
        ("2 B", "MB", 2, "B"),
        ("5kB", "MB", 5, "kB"),
        ("10k req/s", "req/s", 10_000, "req/s"),
        ("10kqps", "req/s", 10_000, "qps"),
        ("3 kittens", "users", 3, "kittens"),
        ("7 keys", "keys", 7, "keys"),
        ("10m", "ms", 10, "m"),
        ("50%", "%", 50, "%"),
        ("4 /s", "/s", 4, "/s"),
    ],
)
def test_a_quantity_is_read(text, expected, value, unit):
    quantity = parse_quantity(text, expected)
    assert (quantity.value, quantity.unit) == (pytest.approx(value), unit)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("", "is not a number"),
        ("abc", "is not a number"),
        ("--3", "is not a number"),
        (".", "is not a number"),
        ("1" * 61, "is not a number"),
        ("1,5", "comma where a point belongs"),
        ("1,000,00", "comma where a point belongs"),
        ("1e999", "too large"),
        ("1.2.3", 'goes on after the number with ".3"'),
        ("5/6", "goes on after the number"),
    ],
)
def test_what_is_not_a_quantity_is_refused_with_the_reason(text, told):
    with pytest.raises(UsageError, match=told) as caught:
        parse_quantity(text)
    assert "1.5k" in caught.value.hint


@pytest.mark.parametrize(
    ("one", "other", "times"),
    [
        ("s", "ms", 1000),
        ("µs", "ns", 1000),
        ("hours", "min", 60),
        ("GiB", "MiB", 1024),
        ("GB", "MB", 1000),
        ("MB/s", "Mbps", 8),
        ("req/s", "requests per minute", 60),
        ("qps", "rps", 1),
        ("", "%", 100),
        ("servers", "Server", 1),
    ],
)
def test_units_of_one_kind_are_converted(one, other, times):
    assert parse_unit(one).kind == parse_unit(other).kind
    assert parse_unit(one).factor / parse_unit(other).factor == pytest.approx(times)


def test_units_of_different_kinds_are_told_apart():
    kinds = [parse_unit(unit).kind for unit in ("ms", "MB", "MB/s", "req/s", "users", "")]
    assert len(set(kinds)) == len(kinds)


@given(st.floats(-1e12, 1e12), st.sampled_from(["", "ms", "req/s", "users"]))
def test_a_written_number_is_read_back(value, unit):
    assert parse_quantity(f"{value!r} {unit}", unit).value == value


@given(st.integers(0, 10**15))
def test_thousands_set_off_by_commas_change_nothing(value):
    assert parse_quantity(f"{value:,}").value == value


@given(st.text(max_size=70), st.sampled_from(["", "ms", "MB", "users"]))
def test_any_text_is_read_or_refused(text, unit):
    try:
        quantity = parse_quantity(text, unit)
    except UsageError:
        return
    assert math.isfinite(quantity.value)
