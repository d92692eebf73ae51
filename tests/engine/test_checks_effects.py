"""Exactly once, no lost update, conservation: what is refused, and with which calls."""

import pytest
from histories import call

from sdtutor.engine.checks.effects import Change, conservation, exactly_once, no_lost_update


def pay(name, called, returned=0, error="", key="o1"):
    return call(name.replace("#", ".pay#"), called, returned, None, (key,), error)


def effect(operation):
    return operation.arguments[0] if operation.operation == "pay" else None


FAILED, RETRY = pay("c#1", 1, 2, "TimeoutError"), pay("c#2", 3, 4)


def test_what_came_about_twice_is_shown_with_all_calls_that_asked_for_it():
    found = exactly_once((FAILED, RETRY), effect, ["o1", "o1"])
    assert found.sentence == "o1 came about 2 times."
    assert found.witness == ("c.pay#1", "c.pay#2")


def test_what_was_acknowledged_and_did_not_come_about_is_lost():
    found = exactly_once((FAILED, RETRY), effect, [])
    assert found.sentence == "o1 was acknowledged and did not come about."
    assert found.witness == ("c.pay#1", "c.pay#2")


@pytest.mark.parametrize("happened", [[], ["o1"]])
@pytest.mark.parametrize("asked", [FAILED, pay("c#1", 1)], ids=["failed", "open"])
def test_a_call_without_an_acknowledgement_may_have_had_its_effect_or_not(asked, happened):
    assert exactly_once((asked,), effect, happened).holds
    assert not exactly_once((asked,), effect, [*happened, "o1", "o1"]).holds


def test_what_nobody_asked_for_does_not_come_about():
    other = call("c.look#1", 1, 2)
    assert exactly_once((other,), effect, []).holds
    assert exactly_once((other,), effect, ["o1"]).sentence == "o1 came about, and nobody asked for it."


def change(name, amount, returned=2, error=""):
    return Change(call(f"{name}.add#1", 1, returned, None, (amount,), error), amount)


def test_the_update_that_was_written_over_is_named():
    found = no_lost_update(100, 70, [change("a", -20), change("b", -30), change("c", 0)])
    assert found.witness == ("a.add#1",)
    assert found.sentence == "70 is held, and a.add#1 is not in it."


def test_all_updates_are_in_it_or_the_smallest_number_is_missing():
    changes = [change("a", 1), change("b", 2), change("c", 4)]
    assert no_lost_update(0, 7, changes).holds
    assert no_lost_update(0, 1, changes).witness == ("b.add#1", "c.add#1")
    assert no_lost_update(0, 4, [*changes, change("d", 3)]).witness in {
        ("c.add#1", "b.add#1"),
        ("b.add#1", "c.add#1"),
    }


def test_a_change_that_failed_or_is_open_may_be_in_it():
    for unsure in (change("b", -30, 2, "TimeoutError"), change("b", -30, 0)):
        for final in (80, 50):
            assert no_lost_update(100, final, [change("a", -20), unsure]).holds
        assert not no_lost_update(100, 70, [change("a", -20), unsure]).holds


def test_what_no_loss_explains_is_shown_with_all_calls():
    found = no_lost_update(100, 101, [change("a", -20)])
    assert found.witness == ("a.add#1",)
    assert found.sentence == "101 is held, and 100 was at first: the calls do not explain it."


def test_moving_neither_makes_nor_loses_anything():
    before = {"alice": 100, "bob": 0, "on its way": 0}
    assert conservation(before, {"alice": 60, "bob": 0, "on its way": 40}).holds
    found = conservation(before, {"alice": 60, "bob": 0}, [change("a", 0)])
    assert found.sentence == "60 is held, and 100 was at first: the calls do not explain it."
    assert found.witness == ("a.add#1",)


def test_what_is_brought_in_is_counted():
    assert conservation({"stock": 1}, {"stock": 4}, [change("a", 3)]).holds
    assert not conservation({"stock": 1}, {"stock": 3}, [change("a", 3)]).holds
