from itertools import accumulate

import pytest

from sdtutor.engine.events import parse_event
from sdtutor.engine.run import Run
from sdtutor.labs.load_balancing.consistent_hashing import LAB
from sdtutor.labs.load_balancing.consistent_hashing.ring import share
from sdtutor.labs.load_balancing.consistent_hashing.story import LOOKUPS

NAME = "load_balancing/consistent_hashing"


def call(operation, value):
    return f"call ring {operation} {value}"


def played(variant, events=(), **parameters):
    run = Run(LAB, variant, parameters, name=NAME)
    run.apply_all(map(parse_event, events))
    return run


def broken_at(run):
    return {v.invariant.name: v.step for v in run.verdicts() if not v.holds}


def measured(variant, **parameters):
    return {name: value for name, (_, value) in played(variant, **parameters).measures().items()}


@pytest.mark.parametrize("variant", LAB.variants)
def test_one_report_has_the_shares_of_both_variants_and_of_its_own(variant):
    found = measured(variant)
    assert found["keys_per_server"] == found[f"keys_per_server_{variant}"]
    assert found["moved_share"] == found[f"moved_share_{variant}"]
    assert found["moved_share_textbook"] == 1.0
    assert sorted(dict(found["keys_per_server_textbook"]).values()) == [0, 0, 0, 10_000]
    assert found["moved_share_reference"] == pytest.approx(1 / 5, abs=0.07)
    assert sum(dict(found["keys_per_server_reference"]).values()) == 10_000
    assert all(0.5 <= keys / 2_500 <= 1.5 for _, keys in found["keys_per_server_reference"])


@pytest.mark.parametrize("servers", range(1, 11))
def test_the_reference_stays_within_its_bounds_for_any_number_of_servers(servers):
    found = measured("reference", servers=servers)
    mean = 10_000 / servers
    assert found["moved_share"] == pytest.approx(1 / (servers + 1), abs=0.07)
    assert all(0.5 <= keys / mean <= 1.5 for _, keys in found["keys_per_server"])


def test_more_points_change_nothing_for_the_textbook():
    assert [max(dict(measured("textbook", servers=5, virtual_nodes=n)["keys_per_server"]).values())
            for n in (1, 10, 100, 300)] == [10_000] * 4  # fmt: skip


def test_one_point_a_server_is_uneven_under_a_uniform_hash_as_well():
    keys = dict(measured("reference", virtual_nodes=1)["keys_per_server"]).values()
    assert max(keys) > 2 * 2_500


@pytest.mark.parametrize(
    ("servers", "points", "holds"),
    [(4, 2, False), (6, 2, False), (6, 5, True)],
    ids=["one has less than half", "one has more than one and a half", "all are between"],
)
def test_both_bounds_of_even_shares_are_kept(servers, points, holds):
    run = played("reference", LOOKUPS[:1], servers=servers, virtual_nodes=points)
    assert ("even_shares" not in broken_at(run)) is holds


def test_every_bound_of_the_parameters_fits_the_budget_of_a_step():
    largest = {parameter.name: parameter.high for parameter in LAB.parameters if parameter.name != "keys"}
    for variant in LAB.variants:
        run = played(variant, **largest)
        run.advance()
        assert len(run.steps) == 11
        assert "terminates" not in broken_at(run)


@pytest.mark.parametrize(
    ("variant", "before", "after", "broken"),
    [
        ("reference", ["server4", "server1", "server3"], ["server5", "server1", "server3"], {}),
        ("textbook", ["server4"] * 3, ["server5"] * 3, {"even_shares": 1, "few_moves": 1}),
    ],
)
def test_the_story_looks_up_three_keys_before_and_after_a_fifth_server(variant, before, after, broken):
    run = played(variant)
    assert run.advance() == 11
    values = [o.value for o in run.operations if o.operation == "get_node"]
    assert values == [*before, *after, *before]
    assert broken_at(run) == broken


@pytest.mark.parametrize("scene", LAB.scenes, ids=lambda scene: scene.name)
def test_a_scene_breaks_what_it_says_it_breaks(scene):
    found = broken_at(played(scene.variant, scene.events, **scene.parameters))
    assert (scene.breaks in found) if scene.breaks else not found


def test_the_reference_survives_what_loses_keys_in_the_textbook():
    for name in ("added_twice", "collision"):
        run = played("reference", LAB.scene(name).events)
        assert "somebody" not in broken_at(run)
        assert run.operations[-1].value


def test_a_ring_without_servers_owes_nobody_an_answer():
    empty = [call("remove_node", "server1"), LOOKUPS[0]]
    for variant in LAB.variants:
        run = played(variant, empty, servers=1)
        assert run.operations[-1].value is None
        assert "somebody" not in broken_at(run)


def test_a_lookup_that_finds_nobody_is_noticed_even_when_the_sample_is_served():
    # The ring has no point left of pod-c0, which joined and has not left.
    events = [call("remove_node", "server1"), call("add_node", "pod-an"), call("add_node", "pod-c0"),
              call("remove_node", "pod-an"), LOOKUPS[0]]  # fmt: skip
    run = played("textbook", events, servers=1)
    assert run.world.view("ring").keys() == {"one more"}
    assert broken_at(run)["somebody"] == 5


PATHS = {
    "see_who_gets_them": ("textbook", [*LOOKUPS, call("add_node", "server2")]),
    "lose_a_key": (
        "textbook",
        [call("add_node", "server2"), call("add_node", "server2"), call("remove_node", "server2")],
    ),
    "grow": ("reference", [call("add_node", f"server{number}") for number in (2, 3, 4)]),
}


def prefixes(variant, events, **parameters):
    for some in accumulate([[], *([event] for event in events)]):
        yield played(variant, some, **parameters)


@pytest.mark.parametrize("goal", LAB.goals, ids=lambda goal: goal.name)
def test_a_goal_is_reached_at_the_end_of_its_path_and_not_before(goal):
    variant, events = PATHS[goal.name]
    assert goal.variant == variant
    met = [goal.met(run.world, run.operations) for run in prefixes(variant, events, servers=1)]
    # With one server, the last holds everything until a second is there: the goal is met by its arrival.
    assert met == [False] * len(events) + [True]


@pytest.mark.parametrize("goal", LAB.goals, ids=lambda goal: goal.name)
def test_the_coach_says_each_of_its_sentences_somewhere(goal):
    variant, events = PATHS[goal.name]
    runs = [*prefixes(variant, events, servers=1), played("reference", virtual_nodes=1)]
    said = {
        next((text for holds, text in goal.coach if holds(run.world, run.operations)), "") for run in runs
    }
    assert {text for _, text in goal.coach} <= said


def test_the_opening_breaks_with_the_next_key():
    opening = LAB.opening
    run = played(opening.variant, opening.events, **opening.parameters)
    assert broken_at(run) == {}
    run.advance(1)
    assert broken_at(run) == {"even_shares": 4, "few_moves": 4}


def test_one_guesses_among_the_servers_of_the_ring():
    (prediction,) = LAB.predictions
    assert prediction.choices(played("textbook", servers=2).world) == ("server1", "server2")


def test_a_share_is_read_back_from_its_text():
    assert share("19.1 %") == pytest.approx(0.191)
