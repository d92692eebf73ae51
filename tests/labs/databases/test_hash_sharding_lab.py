from itertools import accumulate

import pytest

from sdtutor.engine.events import parse_event
from sdtutor.engine.run import Run
from sdtutor.labs.databases.hash_sharding import LAB
from sdtutor.labs.databases.hash_sharding.story import LOOKUPS, resize_event

NAME = "databases/hash_sharding"


def played(variant, events=(), **parameters):
    run = Run(LAB, variant, parameters, name=NAME)
    run.apply_all(map(parse_event, events))
    return run


def broken_at(run):
    return {v.invariant.name: v.step for v in run.verdicts() if not v.holds}


def measured(variant, **parameters):
    return {name: value for name, (_, value) in played(variant, **parameters).measures().items()}


@pytest.mark.parametrize("variant", LAB.variants)
def test_one_report_has_both_variants_and_its_own(variant):
    found = measured(variant)
    for name in ("keys_per_shard", "moved_share", "dead_shards"):
        assert found[name] == found[f"{name}_{variant}"]
    assert found["moved_share_textbook"] == pytest.approx(0.80, abs=0.01)
    assert found["moved_share_reference"] == pytest.approx(0.20, abs=0.01)
    for which in LAB.variants:
        assert sum(keys for _, keys in found[f"keys_per_shard_{which}"]) == 10_000


@pytest.mark.parametrize(("shards", "more"), [(1, 1), (10, 1), (62, 1), (3, 4), (4, 4)])
def test_the_reference_moves_the_share_of_the_new_shards_and_no_more(shards, more):
    found = measured("reference", shards=shards, more=more)
    assert found["moved_share"] == pytest.approx(more / (shards + more), abs=0.01)


def test_doubling_is_as_cheap_for_modulo_as_for_slots():
    assert measured("textbook", shards=4, more=4)["moved_share"] == pytest.approx(0.5, abs=0.01)
    assert measured("textbook", shards=10)["moved_share"] == pytest.approx(10 / 11, abs=0.01)


def test_bare_ids_leave_two_thirds_of_31_shards_without_a_key():
    found = measured("textbook", shards=31, ids="bare")
    assert sum(keys == 0 for _, keys in found["keys_per_shard"]) == 21
    assert sum(keys == 0 for _, keys in found["keys_per_shard_reference"]) == 0
    dead = dict(found["dead_shards"])
    assert (dead["31"], dead["62"], dead["32"]) == (21, 42, 0)
    assert not any(dict(found["dead_shards_reference"]).values())


@pytest.mark.parametrize(
    ("variant", "results", "broken"),
    [
        ("reference", ["s1", "s2", "s3", 3276, "s1", "s2", "s4"], {}),
        ("textbook", ["s2", "s3", "s1", None, "s2", "s4", "s2"], {"stays_put": 7}),
    ],
)
def test_the_story_looks_three_keys_up_before_and_after_a_fifth_shard(variant, results, broken):
    run = played(variant)
    assert run.advance() == 7
    assert [o.value for o in run.operations] == results
    assert broken_at(run) == broken


@pytest.mark.parametrize("variant", LAB.variants)
def test_every_bound_of_the_parameters_fits_the_budget_of_a_step(variant):
    run = played(variant, shards=64, more=64)
    assert run.advance() == 7
    assert "terminates" not in broken_at(run)


def test_a_shard_that_left_may_come_back_to_its_keys():
    # Shrinking moves keys between old shards in every scheme; the promise is about growing.
    run = played("textbook", [resize_event(5), *LOOKUPS, resize_event(4), *LOOKUPS])
    assert broken_at(run) == {}


def test_a_resize_to_nothing_is_an_answer_and_no_crash_of_the_lab():
    nothing = ["call sharder resize '[]'", LOOKUPS[0]]
    assert [o.outcome.error for o in played("textbook", nothing).operations] == ["", "ZeroDivisionError"]
    assert [o.outcome.error for o in played("reference", nothing).operations] == ["ValueError", ""]


def test_a_resize_that_failed_changes_no_promise():
    run = played("textbook", [*LOOKUPS, "call sharder resize 5", *LOOKUPS])
    assert run.operations[3].outcome.error == "TypeError"
    assert broken_at(run) == {}


def test_keys_that_collide_fall_on_one_shard_only_where_anybody_can_make_them():
    flood = LAB.scene("flood").events
    assert {o.value for o in played("textbook", flood).operations} == {"s0"}
    assert len({o.value for o in played("reference", flood).operations}) == 3


def test_a_number_is_another_key_than_its_text():
    types = LAB.scene("types").events
    assert [o.outcome.error for o in played("reference", types).operations] == ["", "TypeError"]
    assert len({o.value for o in played("textbook", types).operations}) == 1


@pytest.mark.parametrize("scene", LAB.scenes, ids=lambda scene: scene.name)
def test_a_scene_breaks_what_it_says_it_breaks(scene):
    found = broken_at(played(scene.variant, scene.events, **scene.parameters))
    assert (scene.breaks in found) if scene.breaks else not found


FIVE, EIGHT = resize_event(5), resize_event(8)
PATHS = {
    "see_it_move": ("textbook", [*LOOKUPS, FIVE, *LOOKUPS]),
    "multiply": ("textbook", [*LOOKUPS, EIGHT, *LOOKUPS]),
    "use_slots": ("reference", [*LOOKUPS, FIVE, *LOOKUPS]),
}


def prefixes(variant, events):
    for some in accumulate([[], *([event] for event in events)]):
        yield played(variant, some)


@pytest.mark.parametrize("goal", LAB.goals, ids=lambda goal: goal.name)
def test_a_goal_is_reached_at_the_end_of_its_path_and_not_before(goal):
    variant, events = PATHS[goal.name]
    assert goal.variant == variant
    met = [goal.met(run.world, run.operations) for run in prefixes(variant, events)]
    assert met == [False] * len(events) + [True]


def test_five_shards_do_not_solve_the_puzzle_of_multiples():
    goal = next(goal for goal in LAB.goals if goal.name == "multiply")
    lucky = played("textbook", [*LOOKUPS, FIVE, LOOKUPS[0], LOOKUPS[0], LOOKUPS[0]])
    assert broken_at(lucky) == {}
    assert not goal.met(lucky.world, lucky.operations)


@pytest.mark.parametrize("goal", LAB.goals, ids=lambda goal: goal.name)
def test_the_coach_says_each_of_its_sentences_somewhere(goal):
    variant, events = PATHS[goal.name]
    paths = [events, PATHS["see_it_move"][1]]
    said = {
        next((text for holds, text in goal.coach if holds(run.world, run.operations)), "")
        for path in paths
        for run in prefixes(variant, path)
    }
    assert {text for _, text in goal.coach} <= said


def test_the_opening_leads_to_the_broken_promise_by_the_story_alone():
    opening = LAB.opening
    run = played(opening.variant, opening.events, **opening.parameters)
    assert broken_at(run) == {}
    run.advance(4)
    assert broken_at(run) == {"stays_put": 7}


def test_one_guesses_among_the_shards():
    (prediction,) = LAB.predictions
    assert prediction.choices(played("textbook").world) == ("s0", "s1", "s2", "s3")
