"""The algebra of the pad's units, on calculations that nobody thought of."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sdtutor.errors import UsageError
from sdtutor.interview.estimating.calculating import calculate

UNITS = ("", " B", " GB", " s", " days", "/s", " links", " users", " MB/s", " KiB", " bit")
QUANTITY = st.tuples(st.integers(1, 10**6), st.sampled_from(UNITS)).map(lambda pair: f"{pair[0]}{pair[1]}")
FEW = settings(max_examples=80, deadline=None)


def value_of(line):
    estimate = calculate(line)
    return estimate.value, estimate.data, estimate.time


def same(one, other):
    left, right = value_of(one), value_of(other)
    return left[0] == pytest.approx(right[0], rel=1e-9) and left[1:] == right[1:]


@FEW
@given(QUANTITY, QUANTITY)
def test_what_is_multiplied_and_divided_is_what_it_was(one, other):
    assert same(f"({one}) * ({other}) / ({other})", one)


@FEW
@given(QUANTITY, QUANTITY)
def test_products_commute_and_their_units_add_up(one, other):
    assert same(f"({one}) * ({other})", f"({other}) * ({one})")
    left, right, product = value_of(one), value_of(other), value_of(f"({one}) * ({other})")
    if product[1] == left[1] + right[1]:
        assert product[2] == left[2] + right[2]
        assert product[0] == pytest.approx(left[0] * right[0], rel=1e-9)


@FEW
@given(st.integers(1, 10**6), st.integers(1, 10**6), st.sampled_from(UNITS))
def test_sums_commute(one, other, unit):
    assert same(f"{one}{unit} + {other}{unit}", f"{other}{unit} + {one}{unit}")


@FEW
@given(QUANTITY, QUANTITY)
def test_sums_exist_exactly_where_units_fit(one, other):
    fits = value_of(one)[1:] == value_of(other)[1:]
    try:
        calculate(f"({one}) + ({other})")
    except UsageError:
        assert not fits
    else:
        assert fits


@FEW
@given(QUANTITY, st.permutations(["new", "daily9", "hot"]))
def test_the_order_of_a_labels_words_does_not_matter(quantity, label):
    assert same(f"{' '.join(label)}: {quantity}", quantity)


@FEW
@given(st.text(max_size=60))
def test_any_text_is_calculated_or_told(text):
    try:
        estimate = calculate(text)
    except UsageError:
        return
    assert estimate.reading
    assert abs(estimate.value) < float("inf")


@FEW
@given(
    st.lists(
        st.sampled_from(
            [
                "3",
                "5k",
                "links",
                "B",
                "s",
                "day",
                "/",
                "*",
                "+",
                "-",
                "(",
                ")",
                "per",
                "of",
                "=",
                "%",
                "for",
                "^",
                "a",
                ":",
            ]
        ),
        max_size=12,
    )
)
def test_any_mixture_of_the_pads_own_words_is_calculated_or_told(words):
    try:
        estimate = calculate(" ".join(words))
    except UsageError:
        return
    assert estimate.reading
