"""Session guarantees: what is refused, and with which calls."""

from collections import Counter
from dataclasses import replace

import pytest
from histories import MAP, call, every_history, got, put

from sdtutor.engine.checks.accesses import Register, everyone
from sdtutor.engine.checks.linearizable import linearizable
from sdtutor.engine.checks.sessions import monotonic_reads, monotonic_writes, read_your_writes
from sdtutor.engine.message import Outcome

ALL = Register("get", "put", {"k": "v0"}, everyone)
WRITE = put("w#1", "v1", 1, 2)


def test_a_read_after_ones_own_write_that_misses_it_is_refused():
    found = read_your_writes((WRITE, got("w#2", "v0", 3, 4)), MAP)
    assert found.witness == ("w.put#1", "w.get#2")
    assert found.sentence == "w.get#2 returned v0 after w.put#1 had been acknowledged."


@pytest.mark.parametrize(
    "after",
    [
        pytest.param([got("w#2", "v1", 3, 4)], id="the write"),
        pytest.param([put("x#1", "v2", 1, 2), got("w#2", "v2", 3, 4)], id="one that overlapped it"),
        pytest.param([put("x#1", "v2", 3), got("w#2", "v2", 4, 5)], id="a later one that is open"),
        pytest.param([got("r#1", "v0", 3, 4)], id="another session"),
        pytest.param([got("w#2", None, 3, 4, key="other")], id="another key"),
        pytest.param([got("w#2", "v0", 1, 4)], id="a read that began before the return"),
    ],
)
def test_a_read_that_need_not_return_ones_own_write_passes(after):
    assert read_your_writes((WRITE, *after), MAP).holds


def test_a_write_that_was_not_acknowledged_need_not_be_read():
    for write in (put("w#1", "v1", 1), put("w#1", "v1", 1, 2, error="TimeoutError")):
        assert read_your_writes((write, got("w#2", "v0", 3, 4)), MAP).holds


def test_an_older_write_of_the_same_value_does_not_excuse_a_stale_read():
    older, own = put("w#1", "v1", 1, 2), put("w#2", "v2", 3, 4)
    assert not read_your_writes((older, own, got("w#3", "v1", 5, 6)), MAP).holds
    again = put("x#1", "v1", 4, 5)
    assert read_your_writes((older, own, again, got("w#3", "v1", 5, 6)), MAP).holds


def test_with_everybody_in_one_session_nobody_reads_what_was_replaced():
    history = (WRITE, got("r#1", "v0", 3, 4))
    assert read_your_writes(history, MAP).holds
    assert read_your_writes(history, ALL).witness == ("w.put#1", "r.get#1")


def test_a_session_that_reads_the_new_value_and_then_the_old_one_is_refused():
    history = (put("w#1", "v1", 1), got("r#1", "v1", 2, 3), got("r#2", "v0", 4, 5))
    found = monotonic_reads(history, MAP)
    assert found.witness == ("w.put#1", "r.get#1", "r.get#2")
    assert found.sentence == (
        "r.get#1 returned v1, then r.get#2 returned v0: no order of the writes explains that."
    )


@pytest.mark.parametrize(
    "reads",
    [
        pytest.param([got("r#1", "v1", 2, 3), got("s#2", "v0", 4, 5)], id="two sessions"),
        pytest.param([got("r#1", "v1", 2, 4), got("r#2", "v0", 4, 5)], id="reads that overlap"),
        pytest.param([got("r#1", "v0", 2, 3), got("r#2", "v1", 4, 5)], id="forward"),
        pytest.param([got("r#1", "v1", 2, 3), got("r#2", None, 4, 5, key="other")], id="another key"),
    ],
)
def test_reads_that_do_not_go_back_pass(reads):
    assert monotonic_reads((put("w#1", "v1", 1), *reads), MAP).holds


def test_two_people_who_talk_are_one_session():
    history = (put("w#1", "v1", 1), got("r#1", "v1", 2, 3), got("s#1", "v0", 4, 5))
    assert not monotonic_reads(history, ALL).holds


def test_there_and_back_between_writes_that_overlap_is_refused_one_turn_is_not():
    writes = (put("a#1", "va", 1, 4), put("b#1", "vb", 1, 4))
    there = (got("r#1", "va", 5, 6), got("r#2", "vb", 7, 8))
    assert monotonic_reads((*writes, *there), MAP).holds
    back = monotonic_reads((*writes, *there, got("r#3", "va", 9, 10)), MAP)
    assert set(back.witness) == {"a.put#1", "b.put#1", "r.get#1", "r.get#2", "r.get#3"}


def test_what_was_read_before_a_write_was_called_is_older_than_that_write():
    history = (
        put("a#1", "va", 1),
        got("s#1", "va", 2, 3),
        put("b#1", "vb", 4),
        got("r#1", "vb", 5, 6),
        got("r#2", "va", 7, 8),
    )
    assert not monotonic_reads(history, MAP).holds


def test_a_value_that_was_written_twice_proves_nothing():
    history = (
        put("w#1", "v1", 1, 2),
        put("w#2", "v2", 3, 4),
        got("r#1", "v2", 5, 6),
        put("w#3", "v1", 5),
        got("r#2", "v1", 7, 8),
    )
    assert monotonic_reads(history, MAP).holds


def test_what_is_linearizable_keeps_both_promises_to_one_session_of_all():
    register = Register("read", "write", {"k": 0}, everyone)
    told = Counter()
    for history, legal in every_history(4, with_open=False, distinct=True):
        operations = tuple(renamed(access) for access in history)
        both = read_your_writes(operations, register).holds and monotonic_reads(operations, register).holds
        assert both or not legal, operations
        told[both, legal] += 1
    assert set(told) == {(True, True), (True, False), (False, False)}


def renamed(access):
    """The call of a generated access, with its key and value as arguments or as result."""
    if access.kind == "write":
        return replace(access.operation, operation="write", arguments=("k", access.value))
    return replace(access.operation, operation="read", arguments=("k",), outcome=Outcome(access.value))


def test_a_copy_that_has_the_second_write_has_the_first_and_had_it_before():
    history = (put("w#1", "v1", 1, 2), put("w#2", "v2", 3, 4, key="other"))
    first, second = ("k", "v1"), ("other", "v2")
    assert monotonic_writes(history, MAP, {"a": [first, second], "b": [first], "c": []}).holds
    for entries in ([second], [second, first]):
        found = monotonic_writes(history, MAP, {"a": [first, second], "b": entries})
        assert found.witness == ("w.put#1", "w.put#2")
        assert found.sentence == "b applied w.put#2 without w.put#1, which its session had made before."


def test_writes_of_two_sessions_may_be_applied_in_any_order():
    history = (put("w#1", "v1", 1, 2), put("x#2", "v2", 3, 4))
    assert monotonic_writes(history, MAP, {"a": [("k", "v2"), ("k", "v1")]}).holds


def test_linearizable_is_more_than_both_promises_to_one_session():
    history = (
        put("a#1", "va", 1),
        got("r#1", "va", 2, 3),
        put("b#1", "vb", 4, 5),
        got("r#2", "va", 6, 7),
    )
    assert read_your_writes(history, ALL).holds
    assert monotonic_reads(history, ALL).holds
    assert linearizable(history, MAP).witness == ("a.put#1", "r.get#1", "b.put#1", "r.get#2")


def test_writes_that_returned_one_before_the_other_are_read_in_that_order():
    writes = (put("w#1", "v1", 1, 2), put("x#1", "v2", 3, 4))
    new, old = got("r#1", "v2", 5, 6), got("r#2", "v1", 7, 8)
    assert monotonic_reads((*writes, new, old), MAP).witness == ("w.put#1", "x.put#1", "r.get#1", "r.get#2")
    assert monotonic_reads((*writes, new, got("s#2", "v1", 7, 8)), MAP).holds


ROUND = (
    # z is before x by their calls, x before y and y before z by reads, two of which overlap a third.
    put("y#1", "vy", 1),
    put("z#1", "vz", 2, 3),
    put("x#1", "vx", 4),
    got("a#1", "vx", 1, 9),
    got("b#1", "vy", 4, 5),
    got("c#1", "vz", 6, 12),
    got("d#1", "vy", 10, 11),
)


def test_three_writes_that_go_round_are_refused_though_no_two_of_them_do():
    assert set(monotonic_reads(ROUND, ALL).witness) == {operation.name for operation in ROUND}
    assert all(monotonic_reads(tuple(each for each in ROUND if each != one), ALL).holds for one in ROUND)


def test_of_several_ways_back_one_with_the_fewest_writes_is_shown():
    back = (
        put("v#1", "v1", 20, 21),
        put("w#1", "v2", 22, 23),
        got("e#1", "v2", 24, 25),
        got("f#1", "v1", 26, 27),
    )
    assert monotonic_reads((*ROUND, *back), ALL).witness == tuple(each.name for each in back)


def test_a_read_that_has_not_returned_tells_nothing():
    opened = call("r.get#1", 3, 0, None, ("k",))
    failed = call("r.get#2", 3, 4, None, ("k",), "TimeoutError")
    for check in (read_your_writes, monotonic_reads, linearizable):
        assert check((WRITE, opened, failed), ALL).holds


def test_a_read_cannot_have_seen_a_write_that_was_called_after_it():
    history = (WRITE, got("w#2", "v2", 3, 4), put("x#1", "v2", 5, 6))
    assert not read_your_writes(history, MAP).holds
