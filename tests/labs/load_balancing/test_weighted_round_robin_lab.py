from itertools import accumulate

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sdtutor.engine.events import parse_event
from sdtutor.engine.run import Run
from sdtutor.errors import UsageError
from sdtutor.labs.load_balancing.weighted_round_robin import LAB
from sdtutor.labs.load_balancing.weighted_round_robin.pool import parse_pool, shares_of
from sdtutor.labs.load_balancing.weighted_round_robin.promises import leads

NAME = "load_balancing/weighted_round_robin"
CALL = "call balancer get_server"


def played(variant, events, **parameters):
    run = Run(LAB, variant, parameters, name=NAME)
    run.apply_all(map(parse_event, events))
    return run


def picks(run):
    return [o.outcome.error or o.value for o in run.operations]


def broken_at(run):
    return {v.invariant.name: v.step for v in run.verdicts() if not v.holds}


@pytest.mark.parametrize(
    ("variant", "order", "broken"),
    [("reference", "aabacaa", {}), ("textbook", "aaaaabc", {"never_ahead": 4})],
)
def test_seven_requests_with_weights_5_1_1_are_served_in_the_known_order(variant, order, broken):
    run = Run(LAB, variant, {"servers": "a:5,b:1,c:1"}, name=NAME)
    assert run.advance(7) == 7
    assert picks(run) == list(order)
    assert broken_at(run) == broken


def test_the_story_repeats_until_it_is_stopped():
    run = Run(LAB, "reference", name=NAME)
    assert run.advance() == 50
    assert "".join(picks(run)) == ("aabacaa" * 8)[:50]


@pytest.mark.parametrize(("servers", "step"), [("a:-1", 1), ("a:5,b:-1", 6)])
def test_a_negative_weight_stops_the_textbook_instead_of_hanging_it(servers, step):
    run = Run(LAB, "textbook", {"servers": servers}, name=NAME)
    assert run.advance() == step
    assert broken_at(run) == {"terminates": step}


@pytest.mark.parametrize("servers", ["a:-1", "a:0,b:1", "a:0.5,b:1"])
def test_the_reference_refuses_a_weight_that_is_no_whole_number_above_zero(servers):
    run = Run(LAB, "reference", {"servers": servers}, name=NAME)
    run.advance(1)
    assert picks(run) == ["ValueError"]
    assert "use a whole number of 1 or more" in run.operations[0].outcome.text


@pytest.mark.parametrize("servers", ["", "a", "a:5,", "a:x", "a:nan", "a:5,a:1", "a:5;b:1"])
def test_a_pool_that_is_spelled_another_way_is_refused_with_the_form(servers):
    with pytest.raises(UsageError, match="not a value for servers") as caught:
        Run(LAB, "reference", {"servers": servers}, name=NAME)
    assert "host:weight,host:weight" in caught.value.hint


@given(st.lists(st.integers(1, 40), min_size=1, max_size=7))
@settings(max_examples=40, deadline=None)
def test_the_reference_keeps_every_promise_for_any_weights(weights):
    servers = ",".join(f"s{number}:{weight}" for number, weight in enumerate(weights))
    run = Run(LAB, "reference", {"servers": servers}, name=NAME)
    run.advance(min(2 * sum(shares_of(parse_pool(servers)).values()), 80))
    assert broken_at(run) == {}


def test_zero_and_unequal_decimal_weights_break_the_textbook_only_where_they_should():
    drained = played("textbook", [CALL], servers="a:0,b:0")
    assert broken_at(drained) == {"drained_idle": 1}
    beside = played("textbook", [CALL] * 3, servers="a:0,b:1")
    assert broken_at(beside) == {}
    starved = played("textbook", [CALL] * 4, servers="a:0.1,b:0.3")
    assert broken_at(starved) == {"never_ahead": 4, "exact_shares": 4}
    exact = played("textbook", [CALL] * 4, servers="a:0.5,b:1.5")
    assert "exact_shares" not in broken_at(exact)


def test_measures_tell_counts_runs_and_leads():
    measures = {
        variant: {name: value for name, (_, value) in played(variant, [CALL] * 14).measures().items()}
        for variant in LAB.variants
    }
    assert measures["reference"] == {
        "requests": (("a", 10), ("b", 2), ("c", 2)),
        "longest_run": 4,
        "most_ahead": pytest.approx(4 / 7),
    }
    assert measures["textbook"]["longest_run"] == 5
    assert measures["textbook"]["most_ahead"] == pytest.approx(10 / 7)


def test_a_lead_is_counted_against_the_share_so_far():
    assert list(leads((("a", 1), ("b", 1)), ("a", "a", "b"))) == [0.5, 1.0, -0.5]


@pytest.mark.parametrize("scene", LAB.scenes, ids=lambda scene: scene.name)
def test_a_scene_breaks_what_it_says_it_breaks(scene):
    run = played(scene.variant, scene.events, **scene.parameters)
    found = broken_at(run)
    assert (scene.breaks in found) if scene.breaks else not found


PATHS = {
    "see_the_burst": ("textbook", [CALL] * 4),
    "serve_a_cycle": ("reference", [CALL] * 7),
    "restart_it": (
        "reference",
        [CALL] * 9 + ["crash balancer", "restart balancer"] + [CALL] * 2,
    ),
}


@pytest.mark.parametrize("goal", LAB.goals, ids=lambda goal: goal.name)
def test_a_goal_is_reached_at_the_end_of_its_path_and_not_before(goal):
    variant, events = PATHS[goal.name]
    assert goal.variant == variant
    met = [goal.met(run.world, run.operations) for run in prefixes(variant, events)]
    assert met == [False] * len(events) + [True]


@pytest.mark.parametrize("goal", LAB.goals, ids=lambda goal: goal.name)
def test_the_coach_says_each_of_its_sentences_somewhere(goal):
    variant, events = PATHS[goal.name]
    paths = [events, [CALL, "crash balancer", "restart balancer"]]
    said = {
        next((text for holds, text in goal.coach if holds(run.world, run.operations)), "")
        for path in paths
        for run in prefixes(variant, path)
    }
    assert {text for _, text in goal.coach} <= said


def prefixes(variant, events):
    for some in accumulate([[], *([event] for event in events)]):
        yield played(variant, some)


def test_the_opening_is_two_steps_before_the_burst():
    opening = LAB.opening
    run = played(opening.variant, opening.events, **opening.parameters)
    assert broken_at(run) == {}
    run.advance(2)
    assert broken_at(run) == {"never_ahead": 4}


def test_one_guesses_among_the_servers_of_the_pool():
    (prediction,) = LAB.predictions
    assert prediction.choices(played("textbook", [CALL]).world) == ("a", "b", "c")
    assert prediction.choices(played("reference", ["crash balancer"]).world) == ()
