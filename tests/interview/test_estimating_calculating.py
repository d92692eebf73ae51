"""Lines of the pad: values, units, readings, errors."""

import time

import pytest

from sdtutor.errors import UsageError
from sdtutor.interview.estimating.calculating import calculate

DAY = 86_400.0
YEAR = 365 * DAY
MONTH = YEAR / 12


@pytest.mark.parametrize(
    ("line", "value", "dimension"),
    [
        ("100M users * 10 / day * 500 B", 1e9 / DAY * 500, "byte/s"),
        ("creates: 100M links / 30 day", 1e8 / (30 * DAY), "1/s"),
        ("= 40/s * 3 peak", 120, "1/s"),
        ("100M / month * 500B * 5 years", 1e8 * 500 * 60, "byte"),
        ("6G * 500 B", 3e12, "byte"),
        ("6B * 500 B", 3e12, "byte"),
        ("10 Gbit/s / 8", 10e9 / 64, "byte/s"),
        ("1.5 KiB * 2e9", 1.5 * 1024 * 2e9, "byte"),
        ("(3 + 1) * 10 MB", 4e7, "byte"),
        ("12k/s", 12_000, "1/s"),
        ("5 % of 1M users", 50_000, "1"),
        ("100M DAU * 10 tweets/user / day", 1e9 / DAY, "1/s"),
        ("40 writes a second", 40, "1/s"),
        ("100 million links per month", 1e8 / MONTH, "1/s"),
        ("100M links over 30 days", 1e8 / (30 * DAY), "1/s"),
        ("3 GB/day for 5 years", 3e9 * 365 * 5, "byte"),
        ("10x peak * 40/s", 400, "1/s"),
        ("2b users", 2e9, "1"),
        ("1B clicks / day", 1e9 / DAY, "1/s"),
        ("500B", 500, "byte"),
        ("62^7", 62.0**7, "1"),
        ("2**10 * 1 KiB", 1024.0**2, "byte"),
        ("40 links/s * 86400 s/day * 365 days/year * 5 years", 40 * 5 * YEAR, "1"),
        ("12k rps * 5 kB", 6e7, "byte/s"),
        ("3 copies of 500 GB", 1.5e12, "byte"),
        ("4000/s * 3 (peak)", 12_000, "1/s"),
        ("1 lakh users * 2 crore", 1e5 * 2e7, "1"),
        ("24h / 5 min", 288, "1"),
        ("1 Mbps", 125_000, "byte/s"),
        ("1 Mb", 125_000, "byte"),
        ("1 mb", 1e6, "byte"),
        ("2 GiB", 2 * 1024.0**3, "byte"),
        ("3 Ki", 3072, "1"),
        ("20 bn", 2e10, "1"),
        ("5 mn posts daily", 5e6 / DAY, "1/s"),
        ("3 - 1 - 1", 1, "1"),
        ("8 / 2 / 2", 2, "1"),
        ("2 + 3 * 4", 14, "1"),
        ("-5 + 3", -2, "1"),
        ("2 × 3 ÷ 4", 1.5, "1"),
        ("3 times 4", 12, "1"),
        ("1,000,000 * 3", 3e6, "1"),
        ("1 year", YEAR, "s"),
        ("12 months / 1 year", 1, "1"),
        ("100 links + 50", 150, "1"),
        ("storage = 3 TB * 2", 6e12, "byte"),
        ("1 / (4 ms)", 250, "1/s"),
        ("250k/s / (10k/s)", 25, "1"),
        ("(2 TB)", 2e12, "byte"),
        ("10 people * 3 devices/person", 30, "1"),
        ("0 links + 5 links", 5, "1"),
    ],
)
def test_a_line_is_calculated_in_base_units(line, value, dimension):
    estimate = calculate(line)
    assert estimate.value == pytest.approx(value, rel=1e-9)
    assert estimate.dimension == dimension


@pytest.mark.parametrize(
    ("line", "reading"),
    [
        ("100M links / 30 day", "38.6 links/s"),
        ("100M links / month * 500 B * 5 years", "3 TB"),
        ("10 Gbit/s", "1.25 GB/s (10 Gbit/s)"),
        ("6e9 links", "6 billion links"),
        ("12k reads/s", "12,000 reads/s"),
        ("0.01 links/s", "864 links/day"),
        ("90 min", "1.5 h"),
        ("1 day", "1 day"),
        ("3 queries", "3 queries"),
        ("500 B/link", "500 B/link"),
        ("100M users * 10 / day", "11,600/s"),
        ("2 EB", "2 EB"),
        ("0", "0"),
        ("5 ms", "5 ms"),
        ("999.9 GB", "1 TB"),
    ],
)
def test_a_result_reads_in_units_that_keep_it_short(line, reading):
    assert calculate(line).reading == reading


def test_a_label_and_the_words_are_kept():
    estimate = calculate("Peak redirects: 4000 clicks/s * 3")
    assert (estimate.label, estimate.counted, estimate.is_peak) == ("Peak redirects", "click", True)
    assert estimate.words[:3] == ("peak", "redirects", "clicks")


@pytest.mark.parametrize("line", ["40/s * 3 peak", "burst: 100/s", "max: 12k/s", "busiest hour: 5k/s"])
def test_a_peak_is_seen(line):
    assert calculate(line).is_peak


def test_an_average_is_no_peak():
    assert not calculate("average: 40/s").is_peak


def test_the_steps_are_told():
    assert calculate("100M / month * 500 B * 5 years").steps == (
        "38.1/s × 500 B = 19 kB/s (152 kbit/s)",
        "19 kB/s (152 kbit/s) × 5 years = 3 TB",
    )


@pytest.mark.parametrize(
    ("line", "notice"),
    [
        ("2 secnods * 5", '"secnods" was taken for "seconds".'),
        ("500 btyes", '"btyes" was taken for "bytes".'),
        ("100M * 500 B = 5 GB", "You wrote 5 GB; it comes to 50 GB."),
        ("100M * 500 B = 50 s", "You wrote 50 s; the units come to 50 GB."),
        ("10 Gbit/s / 8", "The pad knows that eight bits are a byte; this divides by eight once more."),
    ],
)
def test_what_was_taken_otherwise_is_told(line, notice):
    assert calculate(line).notices == (notice,)


@pytest.mark.parametrize(
    "line",
    [
        "5 bots * 3",
        "3 houses",
        "4 mounts",
        "10 records",
        "20 writes",
        "100M * 500 B = 50 GB",
        "10 GB / 8",
        "4 x = lots",
    ],
)
def test_other_words_are_no_slips(line):
    assert calculate(line).notices == ()


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("3 TB + 5 s", "3 TB and 5 s cannot be added: one is bytes, the other a time."),
        ("40/s - 3", "cannot be subtracted: one is a rate, the other a number"),
        ("1e999", "too large"),
        ("9e307 * 9e307", "too large"),
        ("2^999 * 2^999", "too large"),
        ("10^999", "too large"),
        ("5 / 0", "divided by zero"),
        ("5 / (3 - 3)", "divided by zero"),
        ("2 ^ 0.5", "whole number"),
        ("2 ^ 5000", "whole number"),
        ("(3 TB) ^ 2", "cannot be raised"),
        ("hello", "no number"),
        ("", "no number"),
        ("label:", "no number"),
        ("= ", "no number"),
        ("100 200", "a sign is missing"),
        ("(3", "not closed"),
        ("3)", "too much"),
        ("3 *", "at the end"),
        ("* 3", 'before "*"'),
        ("3 $ 4", "means nothing on the pad"),
        ("__import__('os')", "no number"),
        ("__import__('os').x(1)", "means nothing"),
        ("1" + " + 1" * 200, "300 characters"),
        ("1" + "+1" * 130, "more than 120"),
        ("(" * 40 + "1" + ")" * 40, "within each other"),
        ("-" * 100, "no number"),
    ],
)
def test_what_cannot_be_calculated_is_told(line, words):
    with pytest.raises(UsageError) as caught:
        calculate(line)
    assert words in caught.value.message
    assert caught.value.hint


def test_a_line_takes_no_time():
    calculate("1 B")
    began = time.process_time()
    for line in ("-" * 119 + "1", "1" + "*9 zebra" * 30, "(" * 19 + "1" + ")" * 19, "a " * 100 + "1"):
        try:
            calculate(line)
        except UsageError:
            continue
    assert time.process_time() - began < 0.5
