from dataclasses import replace
from types import MappingProxyType

import pytest
from learners import TURNS

from sdtutor.content.records import Ask, PredictQuestion, Run
from sdtutor.errors import UsageError
from sdtutor.session.predictions import options, right_option


@pytest.fixture
def lab(shelf):
    return shelf.load(TURNS)


def asking(kind, target="", others=("x", "y"), unit="", **run):
    given = {
        "lab": TURNS,
        "variant": "textbook",
        "parameters": {},
        "seed": 0,
        "scene": "",
        "events": (),
        "steps": 0,
    }
    return PredictQuestion(
        id="q",
        concept=TURNS,
        level="mid",
        skill="s",
        prompt="p",
        why="w",
        lab=None,
        source="",
        line=3,
        run=Run(**{**given, **run, "parameters": MappingProxyType(run.get("parameters", {}))}),
        ask=Ask(kind, target),
        others=others,
        unit=unit,
    )


@pytest.mark.parametrize(
    ("question", "right"),
    [
        (asking("result", 3, variant="reference", scene="smooth"), "b"),
        (asking("result", -1, variant="reference", steps=5), "c"),
        (asking("result", -1, events=("call balancer get_server",) * 6), "b"),
        (asking("steps"), "7"),
        (asking("steps", parameters={"requests": 4}, unit="steps"), "4 steps"),
        (asking("steps", scene="burst", steps=2), "5"),
        (asking("invariant", "no_burst", scene="burst"), "broken"),
        (
            asking("invariant", "no_burst", scene="burst", others=("holds", "broken at step 9")),
            "broken at step 3",
        ),
        (asking("invariant", "no_burst", variant="reference"), "holds"),
        (asking("measure", "served", unit="requests"), "7 requests"),
        (asking("measure", "shares"), "a 5, b 1, c 1"),
        (asking("view", "balancer.servers"), "3"),
        (asking("stored", "balancer.k"), "empty"),
    ],
)
def test_the_right_option_is_read_from_the_run(lab, question, right):
    assert right_option(question, lab) == right


def test_the_options_are_the_right_one_and_the_others_without_repeats(lab):
    question = asking("result", 1, others=("a", "b", "b"))
    assert options(question, lab) == ("a", "b")


@pytest.mark.parametrize(
    ("question", "message"),
    [
        (asking("result", 9), "Only 7 calls finish"),
        (asking("stored", "cache.k"), 'no service "cache"'),
        (asking("view", "balancer.credit"), 'is called "credit"'),
        (asking("invariant", "fair"), 'no invariant "fair"'),
        (asking("measure", "speed"), 'no measure "speed"'),
        (asking("steps", scene="nowhere"), 'no scene "nowhere"'),
        (asking("steps", events=("deliver x",)), "not possible"),
        (asking("steps", events=("jump x",)), "not an event"),
        (asking("steps", parameters={"servers": 1}), 'no setting "servers"'),
    ],
)
def test_what_the_run_does_not_have_is_told(lab, question, message):
    with pytest.raises(UsageError, match=message):
        right_option(question, lab)


def test_a_scene_brings_its_settings_which_the_question_may_change(lab):
    few = replace(lab.scenes[0], name="few", events=(), parameters={"requests": 2})
    lab = replace(lab, scenes=(*lab.scenes, few))
    assert right_option(asking("steps", scene="few"), lab) == "2"
    assert right_option(asking("steps", scene="few", parameters={"requests": 3}), lab) == "3"


def test_a_call_that_fails_is_told_by_its_error(lab):
    class Refuses:
        def get_server(self):
            raise LookupError("texts differ between Pythons")

    cast = lab.cast("reference", {"requests": 7})
    refusing = replace(cast, members=(replace(cast.members[0], build=lambda _ports: Refuses()),))
    question = asking("result", 1, variant="reference")
    assert right_option(question, replace(lab, cast=lambda *_: refusing)) == "fails with LookupError"
