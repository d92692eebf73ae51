import shutil
from dataclasses import replace
from itertools import cycle

import pytest
from learners import HERE, TURNS

from sdtutor.engine.lab import Call, Link, Node, Offered, Scene, Service
from sdtutor.engine.predictions.kinds import about_call
from sdtutor.engine.predictions.skill import Skill
from sdtutor.session.check import check_content
from sdtutor.session.check_code import check_columns, check_pairing
from sdtutor.session.check_labs import problems_of
from sdtutor.session.labs import LabShelf

CALL = "call balancer get_server"


@pytest.fixture
def lab(shelf):
    return shelf.load(TURNS)


def messages(lab):
    return [message for message, _ in problems_of(lab, TURNS)]


def test_the_samples_have_no_problem(learner, shelf):
    assert check_content(learner.root, shelf) == ()


def test_problems_of_the_files_themselves_are_among_them(learner, shelf):
    line = learner.replace("lessons/load_balancing/turns.md", "year: 2012", "year: soon")
    (problem,) = check_content(learner.root, shelf)
    assert (problem.path.name, problem.line) == ("turns.md", line)


QUIZ, LESSON = "quizzes/load_balancing/turns.yaml", "lessons/load_balancing/turns.md"
SPOILT = {
    "a lesson links to a scene that is not there": (
        LESSON,
        "turns:burst@2",
        "turns:bust@2",
        'no scene "bust"',
    ),
    "a lesson links to a step that is not there": (
        LESSON,
        "turns:burst@2",
        "turns:burst@4",
        "3 steps, not 4",
    ),
    "a lesson links to a lab that is not there": (
        LESSON,
        "load_balancing/turns:burst",
        "load_balancing/tuns:burst",
        'no lab "load_balancing/tuns"',
    ),
    "a question links to a step that is not there": (QUIZ, "smooth@3", "smooth@8", "7 steps, not 8"),
    "a prediction runs a lab that is not there": (
        QUIZ,
        "{lab: load_balancing/turns, variant: textbook, steps",
        "{lab: load_balancing/tuns, variant: textbook, steps",
        "to run",
    ),
    "a prediction runs a scene that is not there": (QUIZ, "scene: burst", "scene: bust", 'no scene "bust"'),
    "a prediction asks for what is not there": (QUIZ, "{result: -1}", "{result: 4}", "Only 3 calls finish"),
    "a prediction asks for a skill that is not there": (
        QUIZ,
        "steps: 3}\n    ask: {result: -1}\n    others: [b, c]",
        "steps: 0}\n    ask: {skill: pick}",
        'no skill "pick"',
    ),
    "a wrong option is right": (
        QUIZ,
        "others: [b, c]",
        "others: [b, a]",
        'The option "a" of "others" is right',
    ),
}


@pytest.mark.parametrize("fault", SPOILT)
def test_a_planted_fault_between_files_is_reported_where_it_stands(learner, shelf, fault):
    name, old, new, said = SPOILT[fault]
    learner.replace(name, old, new)
    (problem,) = check_content(learner.root, shelf)
    assert problem.path == learner.root / name
    assert said in problem.message
    assert problem.hint
    text = (learner.root / name).read_text().split("\n")
    # The line is that of the link, or of the question that it belongs to.
    nearby = text[problem.line - 1 : problem.line + 12]
    assert any(new.split("\n")[0] in row for row in nearby)


def test_wrong_options_that_are_the_same_are_refused(learner, shelf):
    learner.replace(QUIZ, "others: [b, c]", 'others: [b, "b "]')
    (problem,) = check_content(learner.root, shelf)
    assert '"b" is there twice' in problem.message


def test_a_lab_that_cannot_be_imported_is_one_problem(learner, tmp_path, monkeypatch):
    shutil.copytree(HERE / "sample_labs", tmp_path / "broken_labs")
    path = tmp_path / "broken_labs" / "load_balancing" / "turns" / "__init__.py"
    path.write_text(path.read_text().replace("Whole(", "Hole("))
    monkeypatch.syspath_prepend(str(tmp_path))
    problems = check_content(learner.root, LabShelf(tmp_path / "broken_labs", "broken_labs"))
    assert [each.path for each in problems] == [path]
    assert "NameError" in problems[0].message


def _first(lab, **changes):
    """The lab with other first members, for every variant."""
    return replace(lab, cast=lambda variant, values: _changed(lab.cast(variant, values), changes))


def _changed(cast, changes):
    first = changes.get("node", lambda node: node)(cast.members[0])
    return replace(cast, members=(first, *changes.get("more", ())), links=changes.get("links", ()))


def _scene(lab, **changes):
    return replace(lab, scenes=(replace(lab.scenes[0], **changes), *lab.scenes[1:]))


def _goal(lab, **changes):
    return replace(lab, goals=(replace(lab.goals[0], **changes),))


def _opening(lab, **changes):
    return replace(lab, opening=replace(lab.opening, **changes))


PICK = Skill("pick", "Predict", about_call("get_server", "Who serves?", lambda _run: ("a", "b", "c")))


def _moody():
    """Aims with an answer that is another one each time it is read."""
    answers = cycle("abc")
    return about_call("get_server", "Who?", lambda _run: ("a", "b", "c"), answer=lambda *_: next(answers))


CACHE = Service("cache", "cache", (0, 1), "key_value")
DECLARED = {
    "no invariant": (lambda lab: replace(lab, invariants=(), scenes=lab.scenes[1:]), "promises nothing"),
    "two invariants of one name": (
        lambda lab: replace(lab, invariants=lab.invariants * 2),
        '2 invariants are called "no_burst"',
    ),
    "two goals of one name": (
        lambda lab: replace(lab, goals=lab.goals * 2),
        '2 goals are called "see_the_burst"',
    ),
    "two scenes of one name": (
        lambda lab: replace(lab, scenes=(lab.scenes[0], *lab.scenes)),
        '2 scenes are called "burst"',
    ),
    "two measures of one name": (
        lambda lab: replace(lab, measures=(lab.measures[0], *lab.measures)),
        '2 measures are called "served"',
    ),
    "two skills of one name": (lambda lab: replace(lab, skills=(PICK, PICK)), '2 skills are called "pick"'),
    "a skill without a question": (
        lambda lab: replace(lab, skills=(replace(PICK, aims=lambda _run: ()),)),
        'The skill "pick" has no question',
    ),
    "a skill about a setting that is not there": (
        lambda lab: replace(lab, skills=(replace(PICK, parameters=({"speed": 1},)),)),
        'The skill "pick": There is no setting "speed"',
    ),
    "a skill with a key that a fresh run does not give": (
        lambda lab: replace(lab, skills=(replace(PICK, aims=_moody()),)),
        'The skill "pick": a fresh run has another answer',
    ),
    "an opening sentence of three rows": (lambda lab: _opening(lab, sentence="word " * 40), "takes 3 rows"),
    "no opening sentence": (lambda lab: _opening(lab, sentence=""), "takes 0 rows"),
    "an opening event that is not possible": (
        lambda lab: _opening(lab, events=("deliver x",)),
        'The opening: "deliver x" is not possible',
    ),
    "an opening event that is none": (
        lambda lab: _opening(lab, events=("jump",)),
        'The opening: "jump" is not an event',
    ),
    "an opening with an unknown setting": (
        lambda lab: _opening(lab, parameters={"servers": 2}),
        'The opening: There is no setting "servers"',
    ),
    "an opening in a variant that is not there": (
        lambda lab: replace(
            lab,
            sources={"reference": lab.sources["reference"]},
            main_code={"reference": lab.main_code["reference"]},
            scenes=lab.scenes[1:],
            goals=(),
        ),
        "The opening: It is about the textbook version",
    ),
    "a goal without a hint": (lambda lab: _goal(lab, hints=()), 'goal "see_the_burst" has no hint'),
    "a goal about a variant that is not there": (
        lambda lab: _goal(lab, variant="draft"),
        'goal "see_the_burst" is about the draft version',
    ),
    "code that is not defined": (
        lambda lab: replace(lab, main_code={**lab.main_code, "textbook": ("get_sever",)}),
        'textbook module does not define "get_sever"',
    ),
    "no code of a variant": (
        lambda lab: replace(lab, main_code={"textbook": lab.main_code["textbook"]}),
        "no code of the reference version",
    ),
    "a script that calls what nobody offers": (
        lambda lab: replace(lab, script=lambda values: (Call("balancer", "get_server", ("k",)),)),
        "calls get_server with 1 arguments on balancer",
    ),
    "an example that does not fit": (
        lambda lab: _first(
            lab, node=lambda node: replace(node, calls=(*node.calls, Offered("put", ("key",), ())))
        ),
        "The example for put on balancer",
    ),
    "two members in one cell": (
        lambda lab: _first(lab, more=(replace(CACHE, cell=(0, 0)),)),
        "2 members stand in cell (0, 0)",
    ),
    "two members with one label": (
        lambda lab: _first(lab, more=(replace(CACHE, label="balancer"),)),
        "2 members are labelled balancer",
    ),
    "two nodes with one mark": (
        lambda lab: _first(lab, more=(Node("other", "other", "B", (1, 0), lambda _ports: object()),)),
        '2 nodes have the mark "B"',
    ),
    "a link to nobody": (
        lambda lab: _first(lab, links=(Link("balancer", "cashe"),)),
        'A link leads to "cashe"',
    ),
    "two labels that do not fit their column": (
        lambda lab: _first(
            lab, more=(replace(CACHE, label="the cache of this shop"),), links=(Link("balancer", "cache"),)
        ),
        "does not fit its column",
    ),
    "a scene that does not break what it says": (
        lambda lab: _scene(lab, events=(CALL, CALL)),
        'scene "burst" does not break no_burst',
    ),
    "a scene that breaks what it does not say": (
        lambda lab: _scene(lab, breaks=None),
        'scene "burst" breaks no_burst, and says that all hold',
    ),
    "a scene that breaks no invariant of this lab": (
        lambda lab: _scene(lab, breaks="fair"),
        'scene "burst" says it breaks "fair"',
    ),
    "a scene that cannot be replayed": (
        lambda lab: _scene(lab, events=(CALL, "crash balancer")),
        'scene "burst": "crash balancer" is not possible after step 1',
    ),
    "a scene in a variant that is not there": (
        lambda lab: _scene(lab, variant="draft"),
        'scene "burst": It is about the draft version',
    ),
}


def test_the_sample_lab_has_no_problem(lab):
    assert messages(lab) == []


@pytest.mark.parametrize("fault", DECLARED)
def test_a_planted_fault_of_a_lab_is_reported(lab, fault):
    spoil, said = DECLARED[fault]
    found = messages(spoil(lab))
    assert found
    assert all(said in message for message in found), found


def test_a_cast_is_checked_under_the_settings_of_its_scenes(lab):
    def cast(variant, values):
        found = lab.cast(variant, values)
        double = replace(CACHE, cell=(0, 0))
        return replace(found, members=(*found.members, double)) if values["requests"] == 9 else found

    spoilt = replace(
        lab, cast=cast, scenes=(*lab.scenes, Scene("nine", "Nine.", "textbook", (), None, {"requests": 9}))
    )
    assert messages(spoilt) == ["2 members stand in cell (0, 0)."]


def test_every_fault_has_a_remedy(lab):
    for spoil, _ in DECLARED.values():
        assert all(hint for _, hint in problems_of(spoil(lab), TURNS))


@pytest.fixture
def house(tmp_path):
    """A package and its content, complete for one concept."""
    for name in (
        "sdtutor/reference/caching/one.py",
        "sdtutor/textbook/caching/one.py",
        "sdtutor/labs/caching/one/__init__.py",
        "sdtutor/labs/caching/__init__.py",
        "lessons/caching/one.md",
        "tests/concepts/caching/test_one.py",
    ):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text("")
    return tmp_path


def missing(house):
    found = check_pairing(house / "sdtutor", house)
    return {(each.path.relative_to(house).as_posix(), each.message) for each in found}


def test_a_concept_that_stands_in_every_tree_is_complete(house):
    assert missing(house) == set()


@pytest.mark.parametrize(
    ("gone", "reported"),
    [
        ("lessons/caching/one.md", {("reference", "lesson"), ("labs", "lesson")}),
        ("sdtutor/labs/caching/one/__init__.py", {("reference", "lab")}),
        ("sdtutor/reference/caching/one.py", {("textbook", "reference"), ("labs", "reference")}),
        ("tests/concepts/caching/test_one.py", {("reference", "test")}),
        ("sdtutor/textbook/caching/one.py", set()),
    ],
)
def test_what_has_no_counterpart_is_reported(house, gone, reported):
    (house / gone).unlink()
    file = {"labs": "one/__init__.py"}
    expected = {
        (f"sdtutor/{tree}/caching/{file.get(tree, 'one.py')}", f"This module has no {what}.")
        for tree, what in reported
    }
    assert missing(house) == expected


def test_outside_a_checkout_no_test_is_missed(house):
    shutil.rmtree(house / "tests")
    assert missing(house) == set()


WIDE = '''
class Cache:
    """{docstring}"""

    def get(self, key):
        """{docstring}"""
        return "{text}"


def load():
    return "{text}"
'''


@pytest.mark.parametrize(("length", "lines"), [(42, []), (43, [7, 11]), (50, [7, 11])])
def test_code_is_measured_once_its_method_is_dedented(house, length, lines):
    path = house / "sdtutor/reference/caching/one.py"
    path.write_text(WIDE.format(text="x" * length, docstring="y" * 70))
    found = list(check_columns(house / "sdtutor"))
    assert [(each.path, each.line) for each in found] == [(path, line) for line in lines]


def test_the_shipped_labs_keep_their_word():
    shelf = LabShelf()
    assert shelf.names
    for name in shelf.names:
        assert list(problems_of(shelf.load(name), name)) == []
