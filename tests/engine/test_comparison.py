import pytest
import small_code
from small_labs import COUNTER, TALK, counter_cast, make_lab, played

from sdtutor.engine.comparison import compare, other_variant, parting
from sdtutor.engine.lab import Call
from sdtutor.engine.message import Outcome
from sdtutor.errors import UsageError

ADD = "call counter add 1"


def test_equal_runs_never_part():
    found = compare(played(COUNTER, ADD, ADD), played(COUNTER, ADD, ADD))
    assert found.parting is None
    assert not any(pair.differs for pair in (*found.results, *found.verdicts, *found.measures))


def test_the_first_step_that_differs_is_told_with_what_differs():
    found = compare(played(COUNTER, ADD, ADD, ADD), played(COUNTER, ADD, "call counter add 7", ADD))
    assert found.parting.step == 2
    assert found.parting.aspects == ("event", "results", "changes", "broken")
    assert (str(found.parting.one.event), str(found.parting.other.event)) == (ADD, "call counter add 7")


def test_a_shorter_run_parts_where_it_ends():
    found = compare(played(COUNTER, ADD), played(COUNTER, ADD, ADD))
    assert (found.parting.step, found.parting.one, found.parting.aspects) == (2, None, ())
    assert found.parting.other.index == 2


def test_only_the_time_differs_when_only_latencies_do():
    def asked(seed):
        return played(TALK, "call client_1 ask 3", "deliver client_1>doubler.double#1", seed=seed)

    one, other = asked(1), asked(2)
    assert parting(one.steps, other.steps).aspects == ("time_us",)
    assert parting(one.steps, asked(1).steps) is None


def test_results_verdicts_and_measures_stand_side_by_side():
    one, other = played(COUNTER, ADD), played(COUNTER, "call counter add 9", ADD)
    found = compare(one, other)
    assert [(p.name, p.one, p.other) for p in found.results] == [
        ("counter.add#1", Outcome(1), Outcome(9)),
        ("counter.add#2", None, Outcome(10)),
    ]
    assert [(p.name, p.one, p.other) for p in found.verdicts] == [
        ("small", None, 1),
        ("even", 1, None),
        ("terminates", None, None),
    ]
    assert [(p.name, p.one, p.other, p.unit) for p in found.measures] == [("total", 1, 10, "units")]


def test_a_measure_that_only_one_run_has_is_shown_for_it():
    one = played(TALK, "call client_1 ask 3")
    assert [(p.name, p.one, p.other) for p in compare(one, one).measures] == [("latency", (), ())]


def test_runs_of_two_labs_are_not_compared():
    other = played(COUNTER, ADD)
    other.name = "tests/other"
    with pytest.raises(UsageError, match="tests/small cannot be compared with one of tests/other"):
        compare(played(COUNTER, ADD), other)


def test_the_other_version_follows_the_same_events_as_far_as_it_is_asked():
    lab = make_lab(
        counter_cast,
        [Call("counter", "add", (1,))],
        sources={"reference": small_code, "textbook": small_code},
    )
    run = played(lab, ADD, ADD, ADD)
    other, left_out = other_variant(run, 2)
    assert (other.variant, len(other.steps), left_out) == ("textbook", 2, ())
    with pytest.raises(UsageError, match="has only its reference version"):
        other_variant(played(COUNTER, ADD))
