"""The rubric's arithmetic and the decision: monotone, renormalised, evaluated from the top."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sdtutor.interview.records import Evidence, Settings
from sdtutor.interview.scoring.decision import ORDER, decide, reason, stand
from sdtutor.interview.scoring.rubric import (
    DESCRIPTORS,
    DIMENSIONS,
    assessed,
    exact_level,
    halves,
    weights,
    whole_percents,
)

COURSES = st.builds(
    Settings,
    problem=st.just("url_shortener"),
    minutes=st.sampled_from([10, 25, 45]),
    level=st.sampled_from(["mid", "senior"]),
)
ITEMS = st.lists(
    st.builds(
        Evidence,
        id=st.just("x"),
        dimension=st.sampled_from(DIMENSIONS),
        checked=st.booleans(),
        met=st.booleans(),
        core=st.booleans(),
        says=st.just(""),
        weight=st.sampled_from([0.5, 1.0, 4 / 3, 2.0]),
        disputed=st.sampled_from([False, False, False, True]),
    ),
    min_size=1,
    max_size=60,
)
HINTS = st.dictionaries(st.sampled_from(DIMENSIONS), st.integers(0, 3))


def _items(core_met, core, bonus_met=0, dimension="depth"):
    make = [Evidence("c", dimension, True, n < core_met, True, "") for n in range(core)]
    return make + [Evidence("b", dimension, True, True, False, "") for _ in range(bonus_met)]


def _all(core_met, core, bonus_met=0):
    return [one for each in DIMENSIONS for one in _items(core_met, core, bonus_met, each)]


@settings(max_examples=300, deadline=None)
@given(ITEMS, COURSES, HINTS, st.data())
def test_more_evidence_never_lowers_a_level_the_percent_or_the_decision(items, course, hints, data):
    unmet = [n for n, each in enumerate(items) if not each.met]
    if not unmet:
        return
    place = data.draw(st.sampled_from(unmet))
    better = [*items[:place], replace(items[place], met=True), *items[place + 1 :]]
    before, after = stand(items, course, hints), stand(better, course, hints)
    assert all(after.levels[each] >= before.levels[each] for each in before.levels)
    assert after.percent >= before.percent
    assert after.measured_percent >= before.measured_percent
    assert ORDER.index(decide(after)) >= ORDER.index(decide(before))
    assert reason(after)


@given(ITEMS, COURSES, HINTS)
def test_levels_are_halves_between_nought_and_four(items, course, hints):
    for level in stand(items, course, hints).levels.values():
        assert 0 <= level <= 4
        assert (2 * level).is_integer()


@given(ITEMS, COURSES, st.sampled_from(DIMENSIONS))
def test_a_hint_costs_at_most_one_level_and_only_where_it_helped(items, course, dimension):
    free, helped = (stand(items, course, {dimension: n}) for n in (0, 3))
    for each in assessed(course.minutes):
        lost = free.levels[each] - helped.levels[each]
        assert 0 <= lost <= (1 if each == dimension else 0)


@pytest.mark.parametrize(
    ("core_met", "core", "bonus", "level"),
    [
        *((0, 5, 2, 0), (1, 5, 0, 1), (2, 5, 0, 2), (2, 5, 2, 2), (3, 5, 0, 3)),
        *((5, 5, 0, 4), (4, 5, 0, 3.5), (3, 5, 1, 3), (3, 5, 2, 3.5), (5, 5, 2, 4)),
    ],
)
def test_core_evidence_leads_to_three_and_what_goes_beyond_leads_to_four(core_met, core, bonus, level):
    assert halves(exact_level(_items(core_met, core, bonus), "depth", 45)) == level


def test_no_evidence_at_all_is_level_nought():
    assert exact_level([], "depth", 45) == 0
    assert exact_level(_items(0, 0, 2), "depth", 45) == 0


def test_a_shorter_interview_needs_less():
    levels = [exact_level(_items(1, 5), "failure", minutes) for minutes in (45, 25, 10)]
    assert levels == sorted(levels)
    assert levels[0] < levels[2]


def test_a_drawing_has_to_work_in_ten_minutes_too():
    assert exact_level(_items(2, 4, 0, "design"), "design", 10) < 3


def test_ten_minutes_assess_five_dimensions_whose_weights_make_a_whole():
    shares = weights("mid", 10)
    assert list(shares) == ["requirements", "estimation", "design", "failure", "communication"]
    assert sum(shares.values()) == pytest.approx(1)
    for level in ("mid", "senior"):
        for minutes in (10, 25, 45):
            assert sum(whole_percents(weights(level, minutes)).values()) == 100


def _standing(percent=90.0, lowest=3.0, measured=50.0, design=3.0, met=20):
    whole = stand(_all(3, 5), Settings("p"), {})
    levels = {**dict.fromkeys(whole.levels, 3.0), "depth": lowest}
    return replace(
        whole,
        levels=levels,
        percent=percent,
        measured_percent=measured,
        measured_design=design,
        checked_met=met,
    )


@pytest.mark.parametrize(
    ("changes", "decision"),
    [
        ({}, "strong_hire"),
        ({"lowest": 2.5}, "hire"),
        ({"percent": 84.9}, "hire"),
        ({"percent": 70.0, "lowest": 2.0}, "hire"),
        ({"lowest": 1.0}, "lean"),
        ({"percent": 69.9}, "lean"),
        ({"percent": 55.0, "lowest": 0.0}, "lean"),
        ({"percent": 54.9}, "no"),
        ({"measured": 34.9}, "lean"),
        ({"design": 1.5}, "lean"),
        ({"met": 5}, "not_enough"),
        ({"met": 6}, "strong_hire"),
    ],
)
def test_the_rule_is_evaluated_from_the_top(changes, decision):
    standing = _standing(**changes)
    assert decide(standing) == decision
    assert reason(standing).endswith(".")


def test_claims_alone_reach_lean_at_most():
    claimed = [replace(each, checked=False) for each in _all(5, 5, 2)]
    checked = [Evidence("q", "requirements", True, True, False, "") for _ in range(6)]
    standing = stand([*claimed, *checked], Settings("p"), {})
    assert standing.percent == 100
    assert decide(standing) == "lean"


def test_a_disputed_claim_counts_as_unmet():
    whole = _items(3, 5)
    disputed = [replace(whole[0], disputed=True), *whole[1:]]
    assert exact_level(disputed, "depth", 45) == exact_level(_items(2, 5), "depth", 45)


def test_every_dimension_has_a_descriptor_for_each_level():
    assert all(len(set(DESCRIPTORS[each])) == 5 for each in DIMENSIONS)
