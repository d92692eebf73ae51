"""Every problem's stored interviews come out as they should."""

from pathlib import Path

import pytest
from stored_table import PARAPHRASES, STORED, has, problems, report, spread

from sdtutor.architecture.language.reading import read_drawing
from sdtutor.architecture.load.outages import outages
from sdtutor.content.problems import load_problem, problem_slugs
from sdtutor.interview.interviewer import fold
from sdtutor.interview.load_numbers import flows_for
from sdtutor.interview.transcript import load

ROOT = Path(__file__).parents[2]
EXPECTED = {
    "strong": {"strong_hire", "hire"},
    "middling": {"lean", "no"},
    "weak": {"no", "not_enough"},
    "stuffed": {"no", "not_enough"},
}
IN_OTHER_WORDS = [(problem, name) for problem in problems() for name in PARAPHRASES if has(problem, name)]
BLIND = sorted((path.parent.name, path.stem) for path in STORED.glob("*/blind_*.yaml"))
"""Answers by somebody who had seen no pattern. They showed what to mend, so that they measure nothing now."""


def test_every_problem_has_stored_interviews():
    assert problems() == sorted(problem_slugs(ROOT))
    assert len(problems()) == 20
    missing = [(each, name) for each in problems() for name in EXPECTED if not has(each, name)]
    assert missing == []
    assert len({problem for problem, _ in IN_OTHER_WORDS}) >= 10


@pytest.mark.parametrize("name", EXPECTED)
@pytest.mark.parametrize("problem", problems())
def test_the_decision_is_right(problem, name):
    assert report(problem, name).decision in EXPECTED[name]


@pytest.mark.parametrize(("problem", "name"), BLIND)
def test_a_blind_answer_comes_out_as_it_should(problem, name):
    kind = name.removeprefix("blind_").split("_")[0]
    assert report(problem, name).decision in EXPECTED[kind]


def test_blind_answers_of_each_kind_are_stored():
    kinds = {name.removeprefix("blind_").split("_")[0] for _, name in BLIND}
    assert {"strong", "weak", "stuffed"} <= kinds <= set(EXPECTED)


@pytest.mark.parametrize(("problem", "name"), IN_OTHER_WORDS)
def test_other_words_score_within_half_a_level_in_every_dimension(problem, name):
    assert spread(problem, name) <= 0.5


@pytest.mark.parametrize("problem", problems())
def test_a_follow_up_names_the_box_whose_loss_hurts_most(problem):
    found = report(problem, "strong")
    worst = hurts_most(problem, found)
    assert worst in read_drawing(found.drawing).boxes
    assert any(f"`{worst}`" in each for each in found.follow_ups)


def hurts_most(problem, found):
    """Return the box whose loss fails the most, each flow counting the same, measured here once more."""
    stored = load(STORED / problem / "strong.yaml")
    talk = fold(load_problem(ROOT, problem), stored.settings, stored.entries)
    drawing = read_drawing(found.drawing)
    flows = flows_for(talk.problem, talk.pads, drawing)
    lost = outages(drawing, flows, stored.settings.seed, lambda _share: None)
    return next(each.box for each in lost if each.failed > 0 or each.lost_writes)


@pytest.mark.parametrize("problem", problems())
def test_a_stuffed_answer_is_worth_less_than_a_middling_one(problem):
    assert report(problem, "stuffed").percent < report(problem, "middling").percent
