"""What holds of every lab, whoever wrote it: found by file name, played at random, faults included."""

from collections import Counter as Tally

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sdtutor.engine.digest import digest
from sdtutor.engine.events import Event, parse_event
from sdtutor.engine.run import Run
from sdtutor.session.check_labs import problems_of
from sdtutor.session.lab_opening import Keeping, resume_lab, start_lab
from sdtutor.session.labs import LabShelf

SHELF = LabShelf()
LABS = {name: SHELF.load(name) for name in SHELF.names}


def worlds():
    """Each lab in each variant with its defaults, and as its opening has it."""
    for name, lab in LABS.items():
        yield from (pytest.param(name, variant, {}, id=f"{name} {variant}") for variant in lab.variants)
        if lab.opening.parameters:
            yield pytest.param(name, lab.opening.variant, dict(lab.opening.parameters), id=f"{name} opening")


a_world = pytest.mark.parametrize(("name", "variant", "parameters"), list(worlds()))
a_lab = pytest.mark.parametrize("name", list(LABS))
a_scene = pytest.mark.parametrize(
    ("name", "scene"),
    [
        pytest.param(name, scene, id=f"{name} {scene.name}")
        for name, lab in LABS.items()
        for scene in lab.scenes
    ],
)
picks = st.lists(st.integers(0, 1_000), max_size=25)
few = settings(max_examples=8, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))


def start(name, variant, parameters):
    return Run(LABS[name], variant, parameters, 7, name)


def played(name, story):
    run = start(name, story.variant, story.parameters)
    run.apply_all(map(parse_event, story.events))
    return run


def offered(run):
    """The calls that the learner can make here, with the values that are offered first."""
    calls = [
        Event("call", node.name, offer.operation, tuple(offer.example))
        for node in run.cast.nodes
        for offer in node.calls
    ]
    return [call for call in calls if not run.stopped and run.rules.allows(run.world, call)]


def wander(run, chosen, *, faults=True):
    """Let each number pick one of what can happen."""
    for number in chosen:
        moves = [] if run.stopped else run.possible() if faults else run.rules.moves(run.world)
        possible = [*moves, *offered(run)]
        if not possible:
            break
        run.apply(possible[number % len(possible)])
    return run


def every_message_is_somewhere(run):
    moved = Tally()
    for step in run.steps:
        moved.update(each.status for each in step.moved)
        gone = moved["delivered"] + moved["dropped"] + moved["lost"]
        assert moved["sent"] + moved["duplicated"] == gone + len(run.at(step.index).in_flight)


@a_lab
def test_a_lab_declares_what_can_be_played(name):
    assert list(problems_of(LABS[name], name)) == []


@a_world
def test_whatever_happens_it_can_be_shown_and_runs_the_same_way_again(name, variant, parameters):
    @few
    @given(picks)
    def holds(chosen):
        run = wander(start(name, variant, parameters), chosen)
        session = resume_lab(run, ("topic", "title"), Keeping())
        assert session.view().step == len(run.steps)
        assert session.in_words()
        session.measures()
        again = start(name, variant, parameters)
        again.apply_all(step.event for step in run.steps)
        assert digest(again) == digest(run)
        every_message_is_somewhere(run)
        run.close()
        again.close()

    holds()


@a_lab
def test_the_opening_is_the_beginning_of_an_unbroken_story(name):
    lab = LABS[name]
    session = start_lab(start(name, lab.opening.variant, lab.opening.parameters), ("", ""), Keeping())
    view = session.view()
    assert view.step == len(lab.opening.events)
    assert [promise.name for promise in view.promises if promise.broken] == []
    assert view.coach
    assert not view.goal.done
    assert view.events


@a_scene
def test_a_scene_ends_as_it_says(name, scene):
    broken = {verdict.invariant.name for verdict in played(name, scene).verdicts() if not verdict.holds}
    assert (scene.breaks in broken) if scene.breaks else not broken


@a_lab
def test_no_goal_is_met_before_anything_happened(name):
    lab = LABS[name]
    for goal in lab.goals:
        run = start(name, goal.variant, lab.opening.parameters)
        assert not goal.met(run.world, run.operations), goal.name


@a_lab
def test_some_invariant_is_broken_by_a_scene_and_something_holds_in_another(name):
    breaks = {scene.breaks for scene in LABS[name].scenes}
    assert None in breaks
    assert breaks - {None}


@a_world
def test_a_prediction_offers_the_outcome_of_whatever_it_asks(name, variant, parameters):
    """While nothing is broken and the values are those that are offered. No choices: nothing is asked."""
    predictions = {prediction.operation: prediction for prediction in LABS[name].predictions}

    @few
    @given(picks)
    def holds(chosen):
        run = wander(start(name, variant, parameters), chosen, faults=False)
        run.advance()
        for call in run.operations:
            prediction = predictions.get(call.operation)
            if prediction and call.done:
                choices = prediction.choices(run.at(call.called))
                assert not choices or call.value in choices, (call, choices)
                assert len(set(choices)) == len(choices)
        run.close()

    holds()
