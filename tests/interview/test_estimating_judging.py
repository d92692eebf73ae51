"""What an interviewer makes of an estimate, and quantities in sentences."""

from pathlib import Path

import pytest

from sdtutor.content.problem_records import Number
from sdtutor.content.problems import load_problem
from sdtutor.interview.estimating.calculating import calculate
from sdtutor.interview.estimating.judging import bounds, judge, same_value
from sdtutor.interview.estimating.spoken import estimates_in

NUMBERS = load_problem(Path(__file__).parents[2], "url_shortener").numbers


def verdict_of(line):
    verdict = judge(calculate(line), NUMBERS)
    return verdict.number.id if verdict.number else None, verdict.grade


@pytest.mark.parametrize(
    ("line", "name", "grade"),
    [
        ("creates: 100M links / 30 day", "creates", "right"),
        ("100M new links / month", "creates", "right"),
        ("40/s", "creates", "right"),
        ("redirects: 100M links / 30 day * 100", "redirects", "right"),
        ("reads: 4k/s", "redirects", "right"),
        ("peak redirects: 4000/s * 3", "redirects", "right"),
        ("redirects: 10k/s", "redirects", "order"),
        ("creates: 100/s", "creates", "order"),
        ("creates: 4/s", "creates", "off"),
        ("redirects: 400 new links/s", "redirects", "off"),
        ("creates: 1M/s", "creates", "off"),
        ("storage: 100M links / month * 500 B * 5 years", "storage", "right"),
        ("3 TB", "storage", "right"),
        ("storage: 10 TB", "storage", "order"),
        ("storage: 3 GB", "storage", "off"),
        ("storage: 3 TB/s", "storage", "unit"),
        ("codes: 100M * 12 * 5", "codes", "right"),
        ("writes: 100M / 30 / 86400", "creates", "order"),
        ("5 days", None, "unknown"),
        ("3 replicas", None, "unknown"),
    ],
)
def test_an_estimate_is_told_from_another_and_graded(line, name, grade):
    assert verdict_of(line) == (name, grade)


def test_the_right_order_leads_to_what_the_number_decides():
    verdict = judge(calculate("creates: 60/s"), NUMBERS)
    assert (verdict.met, verdict.asks) == (True, "What does this number decide?")
    assert verdict.factor == pytest.approx(60 / 45)
    assert verdict.text == "60/s: the order is right."


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("creates: 300/s", "off by several times"),
        ("creates: 3k/s", "off by more than ten times"),
        ("creates: 30k/s", "off by more than a hundred times"),
        ("creates: 3M/s", "off by more than a thousand"),
        ("storage: 3 TB/s", "that is bytes a second, not bytes"),
        ("5 days", "I take it as 5 days."),
    ],
)
def test_a_verdict_does_not_give_the_figure_away(line, words):
    verdict = judge(calculate(line), NUMBERS)
    assert words in verdict.text
    assert (verdict.met, verdict.asks) == (False, "")


@pytest.mark.parametrize("line", ["creates: 0/s", "creates: -40/s"])
def test_nothing_is_far_from_something(line):
    assert verdict_of(line) == ("creates", "off")


def test_a_problem_without_figures_knows_none():
    assert judge(calculate("40/s"), ()).grade == "unknown"


def test_a_range_is_read_in_base_units():
    number = Number("x", "x", "Gbit/s", 8, 16, (), "x", (), True)
    assert bounds(number) == (1e9, 2e9, "byte/s")


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("38.6/s", "40 writes/s", True),
        ("40/s", "50/s", False),
        ("3 TB", "3000 GB", True),
        ("3 TB", "3 TB/s", False),
    ],
)
def test_a_figure_that_is_said_again_is_recognised(one, other, same):
    assert same_value(calculate(one), calculate(other)) is same


@pytest.mark.parametrize(
    ("sentence", "readings"),
    [
        (
            "About 40 writes a second and 4,000 reads/s, so 3 TB in the end",
            ["40 writes/s", "4,000 reads/s", "3 TB"],
        ),
        ("100M links per month is about 38/s", ["38.1 links/s", "38/s"]),
        ("peak 12k rps", ["12,000 requests/s"]),
        ("we keep 500 bytes per link", ["500 B"]),
        ("p99 under 100 ms", ["100 ms"]),
        ("writes: 40/s, reads: 4k/s", ["40/s", "4,000/s"]),
        ("a hundred million new links a month", ["38.1 links/s"]),
        ("roughly forty a second", ["40/s"]),
        ("storage ~3TB", ["3 TB"]),
        ("6 billion links", ["6 billion links"]),
        ("40 wps, 4k qps", ["40 writes/s", "4,000 queries/s"]),
        ("10 Gbit/s of egress", ["1.25 GB/s (10 Gbit/s)"]),
        ("RF 3", []),
        ("https://a/5 and v2", []),
        ("no number here", []),
    ],
)
def test_quantities_are_read_from_a_sentence(sentence, readings):
    assert [estimate.reading for estimate in estimates_in(sentence)] == readings


@pytest.mark.parametrize(
    ("sentence", "names"),
    [
        ("About 40 writes a second and 4,000 reads a second", ["creates", "redirects"]),
        ("That is some 3 TB of storage after five years", ["storage", None]),
        ("peak of 12k redirects per second", ["redirects"]),
        ("six billion links in total", ["codes"]),
        ("the cache holds 64 GB", [None]),
    ],
)
def test_a_spoken_quantity_is_told_from_another(sentence, names):
    found = [judge(estimate, NUMBERS) for estimate in estimates_in(sentence)]
    assert [verdict.number.id if verdict.met else None for verdict in found] == names


@pytest.mark.parametrize(
    ("sentence", "peaks"),
    [
        ("12k reads/s on average, 35k peak", ["35,000/s"]),
        ("That is 12,000 a second, and I plan for 36,000 at the peak.", ["36,000/s"]),
        ("400 requests/s; peak is 1,200", ["1,200/s"]),
        ("4k rps, 12k rps at peak", ["12,000 requests/s"]),
        ("1k/s, 3 at peak", []),
        ("10 million viewers at peak", ["10 million viewers"]),
        ("1k/s, the peak lasts 30 minutes", ["30 min"]),
    ],
)
def test_a_bare_peak_beside_a_rate_is_one(sentence, peaks):
    assert [each.reading for each in estimates_in(sentence) if each.is_peak] == peaks


def test_hostile_sentences_are_bounded():
    assert estimates_in("1/s " + "9," * 50_000) != ()
    assert len(estimates_in("40/s, " * 5000)) == 12
    assert estimates_in("9" * 5000 + " links") == ()
