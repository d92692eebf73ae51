import math
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st
from small_labs import COUNTER, TALK, played

from sdtutor.engine.measuring import (
    PERCENTS,
    Distribution,
    bins,
    call_times,
    distributions,
    mean,
    nearest_rank,
)
from sdtutor.engine.run import Run

whole = st.lists(st.integers(0, 10**7), min_size=1, max_size=200)


def asked(seed):
    run = Run(TALK, "reference", {}, seed, "tests/small")
    run.advance()
    return run


def test_a_latency_is_the_way_there_and_back_as_drawn_for_its_messages():
    run = asked(3)
    sent = {m.message.name: m.message for step in run.steps for m in step.moved if m.status == "sent"}
    asked_first = "client_1>doubler.double#1"
    answered = sent["doubler>client_1.double.reply#1"].due_us
    assert 2_000 <= answered <= 18_000
    assert sent[asked_first].due_us >= 1_000
    assert run.measures()["latency"] == (
        "ms",
        (
            ("client_1.ask#1", answered / 1000),
            ("client_2.ask#1", run.measures()["latency"][1][1][1]),
        ),
    )


def test_other_seeds_draw_other_latencies_and_the_same_seed_the_same():
    assert asked(1).measures()["latency"] == asked(1).measures()["latency"] != asked(2).measures()["latency"]


def test_without_declared_latencies_nothing_is_measured_for_free():
    assert set(played(COUNTER, "call counter add 1").measures()) == {"total"}


def test_calls_that_failed_or_are_open_have_no_latency():
    run = played(COUNTER, "call counter add 1", "call counter refuse no")
    assert [time.call for time in call_times(run.operations, (0, 5, 9))] == ["counter.add#1"]
    waiting = played(TALK, "call client_1 ask 3")
    assert call_times(waiting.operations, (0, 0)) == ()


@given(whole, st.integers(1, 100))
def test_the_nearest_rank_is_the_least_value_that_so_many_do_not_exceed(values, percent):
    ordered = sorted(values)
    found = nearest_rank(ordered, percent)
    share = Fraction(percent, 100) * len(values)
    assert found in values
    assert sum(value <= found for value in values) >= share
    assert sum(value < found for value in values) < share


def test_a_tail_is_told_only_when_a_call_may_lie_beyond_it():
    def known(count):
        spread = Distribution("get", tuple(range(count)))
        return [percent for percent in PERCENTS if spread.percentile(percent) is not None]

    assert [known(count) for count in (1, 2, 19, 20, 99, 100)] == [
        [],
        [50],
        [50],
        [50, 95],
        [50, 95],
        [50, 95, 99],
    ]


@given(whole, st.integers(1, 20))
def test_a_histogram_holds_every_value_once_in_round_ranges(values, most):
    found = bins(values, most)
    assert 1 <= len(found) <= most + 1
    assert [each.count for each in found] == [sum(b.low <= v < b.high for v in values) for b in found]
    assert sum(each.count for each in found) == len(values)
    (width,) = {each.high - each.low for each in found}
    assert str(width).rstrip("0") in ("1", "2", "5")
    assert all(each.low % width == 0 for each in found)
    assert found[0].count
    assert found[-1].count
    assert bins([], most) == ()


def test_distributions_are_by_operation_and_in_order():
    run = asked(1)
    times = (0, *(step.time_us for step in run.steps))
    (spread,) = distributions(call_times(run.operations, times))
    assert spread.operation == "ask"
    assert list(spread.values_us) == sorted(value * 1000 for _, value in run.measures()["latency"][1])


@given(st.lists(st.floats(-1e6, 1e6), min_size=1, max_size=30), st.randoms())
def test_a_mean_does_not_depend_on_the_order(values, random):
    other = random.sample(values, len(values))
    assert mean(values) == mean(other)
    assert math.isclose(mean(values), sum(values) / len(values), abs_tol=1e-3)
