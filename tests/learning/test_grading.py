"""Every kind of question is graded: right, wrong, partly right, and with a note that helps."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sdtutor.errors import UsageError
from sdtutor.learning.grading import (
    Grade,
    grade_choice,
    grade_gap,
    grade_line,
    grade_multi,
    grade_number,
    grade_order,
    normalised,
)

RIGHT = Grade(True, 1.0)
options = st.sets(st.integers(0, 5))


def test_one_option_is_right_or_not():
    assert grade_choice(2, 2) == RIGHT
    assert grade_choice(1, 2) == Grade(False, 0.0)


def test_several_options_earn_what_they_found_less_what_does_not_belong():
    assert grade_multi({0, 2}, {2, 0}) == RIGHT
    assert grade_multi({0}, {0, 2}) == Grade(False, 0.5, ("1 right option not chosen.",))
    assert grade_multi({0, 1, 2, 3}, {0, 2}).score == 0
    assert grade_multi({0, 2, 1}, {0, 2}).notes == ("1 chosen option does not belong.",)
    assert grade_multi(set(), {0, 2}) == Grade(False, 0.0, ("2 right options not chosen.",))


@given(options, options.filter(bool))
def test_the_score_of_several_options_is_a_share_and_full_only_when_right(given_options, right):
    grade = grade_multi(given_options, right)
    assert 0 <= grade.score <= 1
    assert grade.correct == (given_options == right) == (grade.score == 1)


def test_an_order_is_right_or_told_where_it_leaves():
    assert grade_order([3, 1, 2], [3, 1, 2]) == RIGHT
    assert grade_order([3, 2, 1], [3, 1, 2]) == Grade(
        False, pytest.approx(2 / 3), ("The first one out of place is number 2.",)
    )
    assert grade_order([2, 1, 0], [0, 1, 2]).score == 0
    assert grade_order([0, 0, 1], [0, 1, 2]) == Grade(False, 0.0, ("Use every element once.",))


@given(st.permutations(range(5)))
def test_the_score_of_an_order_is_full_only_when_right(order):
    grade = grade_order(order, range(5))
    assert 0 <= grade.score <= 1
    assert grade.correct == (order == list(range(5))) == (grade.score == 1)


@pytest.mark.parametrize(
    ("text", "answer", "unit", "tolerance"),
    [
        ("10 ms", 10, "ms", 0),
        ("0.01 s", 10, "ms", 0),
        ("10,000us", 10, "ms", 0),
        ("0.35 s", 350, "ms", 0),
        ("10.4", 10, "", 0.05),
        ("9.5", 10, "", 0.05),
        ("1.5k req/s", 1500, "req/s", 0),
        ("90k queries per minute", 1500, "req/s", 0),
        ("25%", 0.25, "", 0),
        ("0.02", 0, "", 0.05),
        ("-98", -100, "", 0.05),
        ("0.1", 0.1, "", 0),
    ],
)
def test_a_quantity_within_tolerance_is_right(text, answer, unit, tolerance):
    assert grade_number(text, answer, unit, tolerance) == RIGHT


def test_a_number_without_unit_is_taken_in_the_unit_asked_for():
    assert grade_number("10", 10, "ms", 0) == Grade(True, 1.0, ("Taken as ms.",))


def test_a_wrong_unit_is_told():
    (note,) = grade_number("10 MB", 10, "ms", 0.05).notes
    assert note == '"MB" is the wrong unit: the question asked for ms.'
    (note,) = grade_number("10 ms", 10, "", 0.05).notes
    assert "without a unit" in note


@pytest.mark.parametrize(
    ("text", "answer", "note"),
    [
        ("11", 10, "Too high."),
        ("9", 10, "Too low."),
        ("100", 10, "Too high by a factor of 10: count the zeros again."),
        ("0.01", 10, "Too low by a factor of 1,000: count the zeros again."),
        ("-10", 10, "Too low."),
        ("0", 10, "Too low."),
        ("1", 0, "Too high."),
        ("1e308", 1e-300, "Too high."),
    ],
)
def test_a_wrong_number_is_told_its_direction_and_a_slip_of_zeros(text, answer, note):
    assert grade_number(text, answer, "", 0.05) == Grade(False, 0.0, (note,))


def test_what_is_not_a_number_is_asked_again_not_graded():
    with pytest.raises(UsageError):
        grade_number("many", 10, "ms", 0.05)


@given(st.text(max_size=30), st.floats(-1e300, 1e300), st.sampled_from(["", "ns", "d", "TB", "req/s"]))
def test_any_text_is_graded_or_refused(text, answer, unit):
    for typed in (text, f"9e307 {text}", "1e308 weeks", "1e308 TB"):
        try:
            grade = grade_number(typed, answer, unit, 0.05)
        except UsageError:
            continue
        assert grade.correct == (grade.score == 1)


@given(st.floats(1e-9, 1e9), st.floats(-0.2, 0.2))
def test_the_tolerance_is_relative(answer, error):
    typed = answer * (1 + error)
    if abs(abs(error) - 0.05) > 1e-6:
        assert grade_number(repr(typed), answer, "", 0.05).correct == (abs(error) < 0.05)


@pytest.mark.parametrize(
    "text", ["cache-aside", "Cache aside", " the  CACHE_ASIDE. ", "`cache‑aside`", "“Cache—Aside”"]
)
def test_a_gap_forgives_case_hyphens_articles_and_punctuation(text):
    assert grade_gap(text, ["lazy loading", "Cache-aside"]) == RIGHT


def test_a_misspelt_gap_is_wrong_and_told_so():
    assert grade_gap("cache asied", ["cache-aside"]).notes == (
        "Close to an accepted answer: look at the spelling.",
    )
    assert grade_gap("write-through", ["cache-aside"]) == Grade(False, 0.0)
    assert grade_gap("", ["a"]).correct is False


@given(st.text(max_size=20))
def test_normalising_twice_changes_nothing_that_grading_sees(text):
    assert grade_gap(text, [text]) == RIGHT
    assert normalised(text) == normalised(text.strip())


def test_a_line_is_right_close_or_wrong():
    assert grade_line(7, {7, 9}) == RIGHT
    assert grade_line(8, {7, 9}) == Grade(False, 0.0, ("One line off.",))
    assert grade_line(3, {7, 9}) == Grade(False, 0.0)
