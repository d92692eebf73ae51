"""What every lab can be asked: one right option by a fresh run, and for a seed the same question anywhere."""

import os
import subprocess
import sys
from collections import Counter
from functools import cache
from pathlib import Path

import pytest

from sdtutor.engine.predictions.judging import faults_of
from sdtutor.engine.predictions.kinds import skills_of
from sdtutor.engine.predictions.making import make
from sdtutor.session.labs import LabShelf

ROOT = Path(__file__).parents[2]
SHELF = LabShelf()
SEEDS = range(8)
FAR = {"what_p99_becomes": range(2)}
"""Skills whose answers are hundreds of steps away."""

SCRIPT = """
from sdtutor.engine.predictions.kinds import skills_of
from sdtutor.engine.predictions.making import make
from sdtutor.session.labs import LabShelf

shelf = LabShelf()
for name in reversed(shelf.names):
    lab = shelf.load(name)
    for skill in skills_of(lab):
        print(make(lab, name, skill, 1))
"""


@cache
def questions(name):
    """The questions of a lab for a few seeds, by skill."""
    lab = SHELF.load(name)
    return {
        skill.name: [make(lab, name, skill, seed) for seed in FAR.get(skill.name, SEEDS)]
        for skill in skills_of(lab)
    }


@pytest.mark.parametrize("name", SHELF.names)
def test_every_skill_has_a_question_for_every_seed_and_a_fresh_run_agrees_with_its_key(name):
    lab = SHELF.load(name)
    assert lab.skills
    for skill, made in reversed(questions(name).items()):
        assert None not in made, skill
        assert [faults_of(question, lab) for question in reversed(made)] == [()] * len(made), skill


@pytest.mark.parametrize("name", SHELF.names)
def test_prompts_are_sentences_and_options_are_short(name):
    for question in (each for made in questions(name).values() for each in made):
        assert question.prompt.endswith("?")
        assert question.prompt[0].isupper()
        assert "  " not in question.prompt
        assert all(0 < len(option.text) <= 40 for option in question.options)


def test_the_right_option_is_not_the_longest_by_habit_nor_in_one_place():
    made = [each for name in SHELF.names for few in questions(name).values() for each in few]
    longest = sum(_stands_out(question) for question in made)
    assert longest < len(made) / 4
    places = Counter(question.right for question in made)
    assert max(places.values()) < len(made) / 2


def _stands_out(question):
    right = len(question.options[question.right].text)
    others = [len(option.text) for place, option in enumerate(question.options) if place != question.right]
    return right > max(others)


def test_another_process_with_another_hash_seed_makes_the_same_questions():
    environment = {**os.environ, "PYTHONHASHSEED": "7", "PYTHONPATH": str(ROOT)}
    done = subprocess.run(
        [sys.executable, "-c", SCRIPT], cwd=ROOT, env=environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    here = [str(few[1]) for name in reversed(SHELF.names) for few in questions(name).values()]
    assert done.stdout.splitlines() == here
