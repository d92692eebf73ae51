import math

from hypothesis import given
from hypothesis import strategies as st

from sdtutor.drawing.charts import Bar, bar_chart, chart, number, series
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


def test_a_series_stands_on_a_baseline_with_the_bounds_of_both_axes():
    bars = [Bar("1", 0), Bar("2", 4), Bar("3", 8)]
    assert plain_text(series(bars, 20, 2, "ms")).split("\n") == [
        "8 ms ┤      ███",
        "     │   ██████",
        "0 ms └─────────",
        "      1       3",
    ]


def test_a_series_is_seen_where_it_is_small_and_averaged_where_it_is_long():
    assert "▁" in plain_text(series([Bar("a", 1), Bar("b", 10_000)], 30))
    rows = plain_text(series([Bar(str(n), n % 2) for n in range(400)], 60, 2)).split("\n")
    assert "█" not in rows[0]
    assert set(rows[1].partition("│")[2]) <= set("▇█")


def test_many_bars_become_a_series_and_few_stay_rows():
    many = [Bar(str(value), value) for value in range(40)]
    assert chart(many[:12], 60, "ms") == bar_chart(many[:12], 60, "ms")
    assert chart(many, 60, "ms") == series(many, 60, unit="ms")
    noted = [Bar(str(value), value, "a note") for value in range(40)]
    assert len(chart(noted, 60)) == 40


def test_charts_of_nothing_are_empty():
    assert bar_chart([], 40) == chart([], 40) == series([Bar("a", math.nan)], 40) == ()


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
    line = series([Bar(f"b{index}", value) for index, value in enumerate(values)], columns)
    for row in (*bars, *line):
        assert width(row) <= columns


@given(st.lists(st.floats(0, 1e6), min_size=1, max_size=40))
def test_a_longer_bar_is_never_drawn_shorter(values):
    rows = bar_chart([Bar("x", value) for value in sorted(values)], 60)
    drawn = [sum(len(span.text) for span in row if span.role == "key") for row in rows]
    assert drawn == sorted(drawn)
