import math

from hypothesis import given
from hypothesis import strategies as st

from sdtutor.drawing.charts import Bar, bar_chart, number
from sdtutor.drawing.spans import plain, plain_text, width


def test_bars_are_exact_to_an_eighth_and_carry_their_numbers():
    rows = bar_chart([Bar("server-1", 3334), Bar("server-2", 2101, "63 %"), Bar("c", 1)], 50, "keys")
    assert plain_text(rows) == (
        "server-1  ██████████████████████  3,334 keys\n"
        "server-2  █████████████▉          2,101 keys  63 %\n"
        "c         ▏                           1 keys"
    )


def test_numbers_of_one_chart_have_the_same_decimals():
    assert [plain(row)[-6:] for row in bar_chart([Bar("a", 23.0), Bar("b", 33.75)], 30, "%")] == [
        "23.0 %",
        "33.8 %",
    ]


def test_charts_of_nothing_are_empty():
    assert bar_chart([], 40) == ()


def test_numbers_read_well():
    assert [number(value) for value in (0, 3.0, 0.12345, 1234.5, math.inf)] == [
        "0",
        "3",
        "0.123",
        "1,234",
        "inf",
    ]


odd = st.sampled_from([math.nan, math.inf, -math.inf])
floats = st.lists(odd | st.floats(-1e12, 1e12), max_size=40)


@given(floats, st.integers(1, 80))
def test_no_chart_is_wider_than_its_pane(values, columns):
    bars = bar_chart([Bar(f"b{index}", value) for index, value in enumerate(values)], columns)
    for row in bars:
        assert width(row) <= columns


@given(st.lists(st.floats(0, 1e6), min_size=1, max_size=40))
def test_a_longer_bar_is_never_drawn_shorter(values):
    rows = bar_chart([Bar("x", value) for value in sorted(values)], 60)
    drawn = [sum(len(span.text) for span in row if span.role == "key") for row in rows]
    assert drawn == sorted(drawn)
