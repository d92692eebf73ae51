"""What a promise sees of the states of a search, and what it may look at."""

import pytest
from agreement import PLAIN, promise
from search_labs import talk

from sdtutor.engine.bounds import Bounds
from sdtutor.engine.search.find import find
from sdtutor.engine.search.judge import Unseen

GET, SET = ("get", "k"), ("set", "k", 1)


def seen_by(over, look, bounds=Bounds(timers=1)):  # noqa: B008
    run = talk((("set", "k", 1, 5), GET))
    found = []

    def holds(world, operations):
        found.append(look(world, operations))
        return True

    find(run, promise(holds, over=over), bounds, reductions=PLAIN)
    return found


LOOKS = {
    "store": lambda world: world.store("store"),
    "view": lambda world: world.view("a"),
    "member": lambda world: world.member("a"),
    "flight": lambda world: world.in_flight,
}


@pytest.mark.parametrize("part", LOOKS)
def test_a_promise_may_look_at_what_it_is_declared_over(part):
    assert seen_by((part,), lambda world, _: bool(LOOKS[part](world)))


@pytest.mark.parametrize("part", LOOKS)
def test_a_promise_that_looks_elsewhere_is_refused(part):
    others = tuple(other for other in LOOKS if other != part)
    with pytest.raises(Unseen, match="not declared"):
        seen_by(others, lambda world, _: LOOKS[part](world))


SIDEWAYS = {
    "the clock": lambda world: world.now_us,
    "a cut": lambda world: world.is_cut("a", "store"),
    "rest": lambda world: world.at_rest,
    "a count": lambda world: world.counted("sent", "a>store.get"),
    "what is stored under a key": lambda world: world.stored("store", "k"),
    "a section nobody knows": lambda world: list(world.section("line")),
}


@pytest.mark.parametrize("name", SIDEWAYS)
def test_a_promise_that_looks_elsewhere_sideways_is_refused(name):
    with pytest.raises(Unseen):
        seen_by(("view",), lambda world, _: SIDEWAYS[name](world))


def test_a_promise_that_goes_through_all_facts_meets_those_of_its_parts_only():
    sections = seen_by(("store", "view"), lambda world, _: {fact[0] for fact in world.facts})
    assert set().union(*sections) == {"store", "view"}


def test_operations_outside_the_parts_are_not_there():
    assert set(seen_by(("store",), lambda _, operations: operations)) == {()}


def test_copies_in_flight_have_names_of_their_own():
    names = seen_by(
        ("flight",), lambda world, _: tuple(sorted(m.name for m in world.in_flight)), Bounds(duplicates=2)
    )
    assert ("a>store.set#1", "a>store.set#1+1", "a>store.set#1+2") in names


def test_a_service_shows_no_timer_and_a_node_does():
    timers = seen_by(("member",), lambda world, _: world.member("store").timer)
    assert set(timers) == {None}
    run, seen = talk((("within", 1, GET),)), set()
    find(
        run,
        promise(lambda w, _: seen.add(bool(w.member("a").timer)) or True, over=("member",)),
        Bounds(timers=1),
    )
    assert seen == {False, True}


def test_a_timer_that_is_gone_is_seen_although_nothing_else_changes():
    run, seen = talk((("within", 1, GET), GET)), set()

    def holds(world, _operations):
        seen.add((bool(world.member("a").timer), world.member("a").waiting))
        return True

    find(run, promise(holds, over=("member",)), reductions=PLAIN)
    assert seen == {(False, ()), (True, ("run#1",)), (False, ("run#1",))}


@pytest.mark.xfail(strict=True, reason="Draft.set takes a value that equals the one before for no change")
def test_a_value_that_only_its_type_tells_apart_is_stored_in_a_run_too():
    run = talk((SET, ("set", "k", True)))
    asked = promise(lambda world, _: world.stored("store", "k") is not True, over=("store",))
    assert len(find(run, asked).events) == 4
