import random

import pytest

from sdtutor.engine.events import parse_event
from sdtutor.engine.possible import default_move
from sdtutor.engine.run import Run
from sdtutor.labs.microservices.saga import LAB
from sdtutor.labs.order_shop import SERVICES, held

NAME = "microservices/saga"
COMPENSATIONS = ["payment.refund", "inventory.release", "order.cancel"]


def started(variant, **parameters):
    return Run(LAB, variant, parameters, name=NAME)


def played(variant, events, **parameters):
    run = started(variant, **parameters)
    run.apply_all(map(parse_event, events))
    return run


def scene_run(name):
    scene = LAB.scene(name)
    return played(scene.variant, scene.events, **scene.parameters)


def finished(variant, **parameters):
    run = started(variant, **parameters)
    run.advance()
    return run


def broken_at(run):
    return {v.invariant.name: v.step for v in run.verdicts() if not v.holds}


def compensated(run):
    """The compensations that reached a service, in order."""
    asked = [
        s.event.target.removeprefix("shop>").split("#")[0] for s in run.steps if s.event.kind == "deliver"
    ]
    return [operation for operation in asked if operation in COMPENSATIONS]


def books(run):
    return {name: held(run.world, name) for name in SERVICES}


@pytest.mark.parametrize("variant", LAB.variants)
def test_an_order_that_nothing_hinders_is_placed(variant):
    run = finished(variant)
    assert run.operations[0].value == "placed"
    assert books(run) == {"order": 1, "inventory": 1, "payment": 1}
    assert broken_at(run) == {}


def test_a_declined_card_has_the_reference_take_all_back_newest_first():
    run = finished("reference", fail_at="payment")
    assert run.operations[0].value == "cancelled"
    assert compensated(run) == COMPENSATIONS
    assert not any(books(run).values())
    assert broken_at(run) == {}


@pytest.mark.parametrize("failure", ["refuses", "lost_reply"])
@pytest.mark.parametrize("fail_at", SERVICES)
def test_the_reference_compensates_the_failed_step_too_wherever_it_fails(fail_at, failure):
    run = finished("reference", fail_at=fail_at, failure=failure)
    begun = list(SERVICES).index(fail_at) + 1
    assert compensated(run) == COMPENSATIONS[-begun:]
    assert not any(books(run).values())
    assert broken_at(run) == {}
    assert run.world.now_us == (1_000_000 if failure == "lost_reply" else 0)


def test_a_declined_card_leaves_the_book_reserved_in_the_textbook():
    run = finished("textbook", fail_at="payment")
    assert run.operations[0].value == "cancelled"
    assert compensated(run) == ["order.cancel"]
    assert books(run) == {"order": 0, "inventory": 1, "payment": 0}
    assert broken_at(run) == {"no_orphans": 9, "told_truth": 9}


@pytest.mark.parametrize("fail_at", SERVICES)
def test_the_textbook_waits_for_ever_for_a_lost_reply_and_the_lab_says_so(fail_at):
    run = finished("textbook", fail_at=fail_at, failure="lost_reply")
    assert run.operations[0].outcome is None
    assert default_move(run.rules, run.world) is None
    assert list(broken_at(run)) == ["no_orphans"]


def test_a_duplicated_charge_is_two_charges_in_the_textbook_and_one_in_the_reference():
    for variant, paid in (("textbook", 2), ("reference", 1)):
        run = started(variant)
        while not any(m.operation == "charge" for m in run.world.in_flight):
            run.advance(1)
        run.apply(parse_event("duplicate shop>payment.charge#1"))
        run.advance()
        assert held(run.world, "payment") == paid
        assert ("charged_once" in broken_at(run)) == (variant == "textbook")


def test_a_refund_whose_replies_are_lost_is_told_to_the_customer_and_tried_again_after_a_restart():
    run = started("reference", fail_at="payment", failure="lost_reply")
    while run.operations == () or run.operations[0].outcome is None:
        for message in run.world.in_flight:
            if message.operation == "refund":
                run.apply(parse_event(f"drop {message.name}"))
        run.advance(1)
    assert run.operations[0].value == "cancelled, but for payment"
    assert books(run) == {"order": 0, "inventory": 0, "payment": 1}
    assert broken_at(run) == {}
    run.apply_all(map(parse_event, ["crash shop", "restart shop"]))
    run.advance()
    assert not any(books(run).values())


def test_a_crash_between_any_two_events_leaves_nothing_behind_in_the_reference():
    whole = [str(step.event) for step in finished("reference", fail_at="payment").steps]
    for length in range(1, len(whole) + 1):
        run = played("reference", [*whole[:length], "crash shop", "restart shop"], fail_at="payment")
        run.advance(100)
        assert not any(books(run).values()), length
        assert broken_at(run) == {}, length


def test_an_order_after_a_restart_gets_a_number_of_its_own():
    run = finished("reference")
    run.apply_all(map(parse_event, ["crash shop", "restart shop", "call shop place_order pen"]))
    run.advance()
    assert list(run.world.store("log")) == ["o1", "o2"]
    assert books(run) == {"order": 2, "inventory": 2, "payment": 2}
    assert broken_at(run) == {}


@pytest.mark.parametrize("seed", range(30))
def test_the_reference_keeps_its_promises_whatever_the_network_and_a_crashing_shop_do(seed):
    rng = random.Random(seed)
    run = started("reference", fail_at=rng.choice(("none", *SERVICES)), failure=rng.choice(FAILURES))
    for _ in range(60):
        faults = [event for event in run.rules.breaks(run.world) if not spares(event)]
        run.apply(
            rng.choice(faults if faults and rng.random() < 0.15 else run.rules.moves(run.world) or faults)
        )
    assert broken_at(run) == {}


FAILURES = ("refuses", "lost_reply")


def spares(event):
    """Whether a fault empties the books of a service, which a database would keep."""
    return event.kind in ("crash", "restart") and event.target in SERVICES


@pytest.mark.parametrize("scene", LAB.scenes, ids=lambda scene: scene.name)
def test_a_scene_breaks_what_it_says_it_breaks(scene):
    found = broken_at(scene_run(scene.name))
    assert (scene.breaks in found) if scene.breaks else not found


def test_a_charge_that_comes_after_its_refund_is_turned_away():
    run = scene_run("late_charge")
    assert not any(books(run).values())
    (reply,) = run.world.in_flight
    assert reply.outcome.error == "Refused"


PATHS = {
    "find_what_is_left": "stock_stays",
    "take_all_back": "taken_back",
    "survive_a_crash": "crash_resumes",
}


def prefixes(scene):
    for length in range(len(scene.events) + 1):
        yield played(scene.variant, scene.events[:length], **scene.parameters)


@pytest.mark.parametrize("goal", LAB.goals, ids=lambda goal: goal.name)
def test_a_goal_is_reached_at_the_end_of_its_path_and_not_before(goal):
    scene = LAB.scene(PATHS[goal.name])
    assert goal.variant == scene.variant
    met = [goal.met(run.world, run.operations) for run in prefixes(scene)]
    assert met == [False] * len(scene.events) + [True]


@pytest.mark.parametrize("goal", LAB.goals, ids=lambda goal: goal.name)
def test_the_coach_says_each_of_its_sentences_somewhere(goal):
    said = {
        next((text for holds, text in goal.coach if holds(run.world, run.operations)), "")
        for run in prefixes(LAB.scene(PATHS[goal.name]))
    }
    assert {text for _, text in goal.coach} <= said
    assert all(len(text) <= 150 for text in said)


def test_the_opening_stands_before_the_charge_and_a_few_keys_from_the_fault():
    opening = LAB.opening
    run = played(opening.variant, opening.events, **opening.parameters)
    assert broken_at(run) == {}
    assert run.advance() == 4
    assert "no_orphans" in broken_at(run)


def test_measures_count_what_is_left():
    run = finished("textbook", fail_at="payment", failure="lost_reply")
    assert {name: value for name, (_, value) in run.measures().items()} == {
        "reserved": 1,
        "charged": 20,
        "compensations": 0,
    }


def test_texts_fit_their_places():
    assert all(len(i.promise) <= 72 and len(i.told) <= 60 for i in LAB.invariants)
    assert all(len(goal.title) <= 76 for goal in LAB.goals)
