"""Fresh instances of a skill: in a quiz, by themselves, and judged by the thousand."""

from dataclasses import replace

import pytest
from learners import TURNS
from test_session_predictions import asking

from sdtutor.drawing.prose import render
from sdtutor.drawing.spans import plain
from sdtutor.engine.predictions.kinds import about_call
from sdtutor.engine.predictions.skill import Skill, Walk
from sdtutor.errors import UsageError
from sdtutor.session.asking import asked
from sdtutor.session.check_predictions import check_predictions
from sdtutor.session.fresh import fresh
from sdtutor.session.labs import LabShelf

PICK = Skill(
    "pick",
    "Predict the pick",
    about_call("get_server", "Who serves?", lambda _run: ("a", "b", "c")),
    walk=Walk(5),
    parameters=({}, {"requests": 9}),
)


@pytest.fixture
def lab(shelf):
    return replace(shelf.load(TURNS), skills=(PICK,))


class OneLab:
    """A shelf with one lab."""

    def __init__(self, lab):
        self.lab = lab
        self.names = (TURNS,)

    def load(self, _name):
        return self.lab

    def path(self, name):
        return LabShelf().path(name)


def rows(markdown):
    return [plain(row).strip() for row in render(markdown, 72).lines]


def test_an_instance_tells_code_settings_past_state_and_question(lab):
    made = next(
        made
        for made in (fresh(lab, TURNS, "pick", seed, "textbook") for seed in range(20))
        if "2." in made.prompt
    )
    shown = rows(made.prompt)
    assert shown[0].startswith("The textbook code runs, with requests ")
    assert "So far:" in shown
    assert any(row.endswith("balancer: get_server ⇒ a") for row in shown)
    assert any("balancer: idle. State: servers 3." in row for row in shown)
    assert shown[-1].startswith("Next comes the call")
    assert made.options[made.right] in made.told


def test_another_seed_is_another_instance_and_the_same_the_same(lab):
    assert fresh(lab, TURNS, "pick", 1) == fresh(lab, TURNS, "pick", 1)
    assert len({fresh(lab, TURNS, "pick", seed).prompt for seed in range(20)}) > 5


def test_settings_that_are_given_hold(lab):
    for seed in range(5):
        assert "with requests 4." in fresh(lab, TURNS, "pick", seed, given={"requests": 4}).prompt


def test_skills_that_are_not_there_or_have_no_question_are_told(lab):
    with pytest.raises(UsageError, match='no skill "jump"') as told:
        fresh(lab, TURNS, "jump", 0)
    assert "pick" in told.value.hint
    mute = replace(lab, skills=(replace(PICK, variants=("reference",)),))
    with pytest.raises(UsageError, match="no question about the textbook"):
        fresh(mute, TURNS, "pick", 0, "textbook")


def test_text_of_the_run_is_not_read_as_markdown(lab):
    starred = replace(lab.cast("reference", {}).nodes[0], label="*bal* `x`")
    odd = replace(lab, cast=lambda *_: replace(lab.cast("reference", {}), members=(starred,)))
    assert any("*bal* `x`: idle" in row for row in rows(fresh(odd, TURNS, "pick", 2).prompt))


def question():
    return asking("skill", "pick", others=())


def test_a_quiz_shows_a_new_instance_for_each_seed_under_the_same_item(lab):
    shelf = OneLab(lab)
    some = [asked(question(), seed, shelf) for seed in range(12)]
    assert {each.question.item for each in some} == {f"{TURNS}#q"}
    assert len({each.question.prompt for each in some}) > 3
    assert asked(question(), 3, shelf) == asked(question(), 3, shelf)


def test_the_right_option_of_an_instance_is_graded_right_and_no_other(lab):
    for seed in range(12):
        once = asked(question(), seed, OneLab(lab))
        grades = [once.grade((place,), "").correct for place in range(len(once.choices))]
        assert sum(grades) == 1
        told = once.told(once.grade((grades.index(True),), ""))
        assert (told.right, told.right_choices) == (once.choices[grades.index(True)], (grades.index(True),))
        assert "What happened:" in told.why
        assert told.why.startswith("w\n")
        assert once.question.prompt.startswith("p\n")


def test_many_predictions_are_spread_over_the_skills_and_judged(lab):
    judged = check_predictions(7, OneLab(replace(lab, skills=(PICK, replace(PICK, name="again")))))
    assert (judged.made, judged.skills, judged.problems) == (7, 2, ())


def test_a_skill_that_has_no_question_or_a_changing_answer_is_reported(lab):
    silent = replace(PICK, variants=("reference",), aims=lambda _run: ())
    (problem,) = check_predictions(1, OneLab(replace(lab, skills=(silent,)))).problems
    assert 'Skill "pick", seed 0: it has no question.' in problem.message
    calls = []

    def moody(run, _asked_at, _call):
        calls.append(run)
        return "abc"[len(calls) % 3]

    fickle = replace(PICK, aims=about_call("get_server", "Who?", lambda _run: ("a", "b", "c"), answer=moody))
    problems = check_predictions(3, OneLab(replace(lab, skills=(fickle,)))).problems
    assert any("another answer" in each.message for each in problems)


def test_a_skill_whose_answer_is_always_the_same_is_reported(lab):
    dull = replace(
        PICK, aims=about_call("get_server", "Who?", lambda _run: ("a", "b"), answer=lambda *_: "a")
    )
    problems = check_predictions(70, OneLab(replace(lab, skills=(dull,)))).problems
    assert [each.message for each in problems] == [
        'Skill "pick", seed 0: the right answer is always the same (a).'
    ]
