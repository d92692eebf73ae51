"""Linearizability: against brute force, on histories known from the literature, and in its cost."""

import pytest
from histories import MAP, every_history, got, put, shapes
from hypothesis import given, settings
from hypothesis import strategies as st

from sdtutor.engine.checks import linearizable as module
from sdtutor.engine.checks.accesses import Register
from sdtutor.engine.checks.linearizable import linearizable, search


def test_there_are_as_many_shapes_as_interval_orders():
    # Fishburn numbers, OEIS A022493: unlabelled interval orders on n points.
    assert [len(list(shapes(size))) for size in range(1, 7)] == [1, 2, 5, 15, 53, 217]


@pytest.mark.parametrize(("size", "histories"), [(1, 3), (2, 22), (3, 263), (4, 4_614), (5, 111_537)])
def test_it_agrees_with_brute_force_on_every_history_of_up_to_five_calls(size, histories):
    number = 0
    for history, legal in every_history(size, with_open=True, distinct=False):
        number += 1
        assert (search(history, 0).order is not None) is legal, history
    assert number == histories


@pytest.mark.parametrize("fault", ["ignores real time", "open writes never happen", "never goes back"])
def test_brute_force_catches_a_checker_that_is_wrong(fault, monkeypatch):
    plant(fault, monkeypatch)
    wrong = [
        history
        for history, legal in every_history(4, with_open=True, distinct=False)
        if (search(history, 0).order is not None) is not legal
    ]
    assert wrong


def plant(fault, monkeypatch):
    history = module._History
    init, choices = history.__init__, history.choices

    def timeless(self, accesses):
        init(self, accesses)
        self._reached = [len(self.calls)] * self.length

    def without_open(self, accesses):
        init(self, tuple(access for access in accesses if access.operation.done))

    def first_only(self, position):
        yield from list(choices(self, position))[:1]

    if fault == "never goes back":
        monkeypatch.setattr(history, "choices", first_only)
    else:
        planted = {"ignores real time": timeless, "open writes never happen": without_open}
        monkeypatch.setattr(history, "__init__", planted[fault])


def sequential(size):
    """A history without overlaps: writes and reads take turns."""
    calls = []
    for number in range(size):
        kind = got if number % 2 else put
        calls.append(kind(f"client#{number}", number // 2, 2 * number + 1, 2 * number + 2))
    return tuple(calls)


@pytest.mark.parametrize("size", [10, 100, 1_000, 10_000])
def test_a_sequential_history_is_gone_through_once(size):
    found = search(MAP.accesses(sequential(size)), None)
    assert found.visited == size + 1
    assert found.order == tuple(operation.name for operation in sequential(size))


@pytest.mark.parametrize("size", [10, 100, 1_000, 10_000])
def test_a_write_that_never_returns_does_not_make_a_long_history_costly(size):
    lost = put("other#0", "lost", 1)
    found = search(MAP.accesses((lost, *sequential(size))), None)
    assert size < found.visited <= 3 * size


def test_writes_that_overlap_cost_no_more_than_the_sets_of_them():
    writers = tuple(put(f"w{number}#1", number, 1, 3) for number in range(8))
    read = got("r#1", "never", 4, 5)
    accesses = MAP.accesses((*writers, read))
    # Which writes are done, and which was last: far fewer than the 8! orders.
    assert search(accesses, None).visited == 1 + 8 * 2**7


def test_a_new_value_and_then_the_old_one_is_refused_with_the_calls_that_show_it():
    history = (
        put("w#1", "v1", 1, 2),
        got("r#1", "v1", 3, 4),
        put("w#2", "v2", 5),
        got("r#2", "v2", 6, 7),
        got("s#1", "v1", 8, 9),
        got("s#2", "v2", 10, 11),
    )
    found = linearizable(history, MAP)
    assert not found.holds
    assert found.witness == ("w.put#1", "w.put#2", "r.get#2", "s.get#1")
    assert found.sentence == "r.get#2 returned v2, s.get#1 returned v1: no order of the calls explains that."


def test_a_write_that_failed_may_have_taken_effect_at_any_later_time_or_never():
    failed = put("w#1", "v1", 1, 2, error="QuorumError")
    assert linearizable((failed, got("r#1", "v0", 3, 4), got("r#2", "v1", 5, 6)), MAP).holds
    assert linearizable((failed, got("r#1", "v0", 3, 4)), MAP).holds
    assert not linearizable((failed, got("r#1", "v1", 3, 4), got("r#2", "v0", 5, 6)), MAP).holds


def test_keys_are_judged_each_by_itself():
    history = (
        put("w#1", "v1", 1, 2),
        put("w#2", "v2", 1, 2, key="other"),
        got("r#1", None, 3, 4, key="other"),
        got("r#2", "v1", 3, 4),
    )
    assert linearizable(history, MAP).witness == ("w.put#2", "r.get#1")


def test_a_value_that_nobody_wrote_is_refused():
    assert linearizable((got("r#1", "v9", 1, 2),), MAP).witness == ("r.get#1",)


histories = st.lists(
    st.tuples(st.booleans(), st.integers(0, 3), st.integers(1, 12), st.integers(1, 4)), max_size=9
)


@given(histories)
@settings(max_examples=150, deadline=None, derandomize=True)
def test_what_is_shown_cannot_be_explained_and_needs_each_of_its_reads(drawn):
    history = tuple(
        (put if writes else got)(f"n{number}#1", value, called, called + length)
        for number, (writes, value, called, length) in enumerate(drawn)
    )
    register = Register("get", "put", {"k": 0})
    found = linearizable(history, register)
    if found.holds:
        return
    shown = [operation for operation in history if operation.name in found.witness]
    assert not linearizable(tuple(shown), register).holds
    for read in shown:
        if read.operation == "get":
            assert linearizable(tuple(each for each in shown if each != read), register).holds
