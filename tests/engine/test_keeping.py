"""Keeping the rest of a run on a branch: laws over random runs, and one case of each fate."""

from dataclasses import replace

from hypothesis import assume, given, settings
from hypothesis import strategies as st
from small_labs import COUNTER, TALK, make_lab, played

from sdtutor.engine.digest import digest
from sdtutor.engine.events import parse_event
from sdtutor.engine.keeping import keep
from sdtutor.engine.lab import Cast
from sdtutor.engine.run import Run

picks = st.lists(st.integers(0, 1_000), max_size=20)


def wander(run, chosen):
    for number in chosen:
        possible = run.possible()
        if not possible:
            break
        run.apply(possible[number % len(possible)])
    return run


def parted(chosen, at, others):
    """A run, how much of it a branch shares, and the branch."""
    parent = wander(Run(TALK, "reference", name="tests/small"), chosen)
    shared = min(at, len(parent.steps))
    return parent, shared, wander(parent.branch(shared), others)


def fates(rest):
    return [(str(kept.event), kept.fate) for kept in rest]


@settings(max_examples=40, deadline=None)
@given(picks, st.integers(0, 20))
def test_the_rest_of_a_run_on_a_branch_without_events_of_its_own_is_the_run(chosen, at):
    parent, shared, branch = parted(chosen, at, [])
    longer, rest = keep(branch, parent, shared)
    assert {kept.fate for kept in rest} <= {"kept"}
    assert digest(longer) == digest(parent)


@settings(max_examples=60, deadline=None)
@given(picks, st.integers(0, 20), st.lists(st.integers(0, 1_000), min_size=1, max_size=4))
def test_every_event_of_the_rest_has_one_fate_and_the_branch_proves_it(chosen, at, others):
    parent, shared, branch = parted(chosen, at, others)
    assume(shared < len(parent.steps))
    before = digest(parent), digest(branch)
    longer, rest = keep(branch, parent, shared)
    assert (digest(parent), digest(branch)) == before
    assert [kept.event for kept in rest] == [step.event for step in parent.steps[shared:]]
    happened = [kept for kept in rest if kept.fate in ("kept", "changed")]
    assert [kept.event for kept in happened] == [step.event for step in longer.steps[len(branch.steps) :]]
    assert [kept.at for kept in happened] == list(range(len(branch.steps) + 1, len(longer.steps) + 1))
    for kept in rest:
        if kept.fate == "dropped":
            there = longer.branch(kept.at)
            assert not there.rules.allows(there.world, kept.event)
        elif kept.fate == "already":
            assert kept.event in [step.event for step in branch.steps[shared:]]
        else:
            assert (kept.before == kept.after) == (kept.fate == "kept")


def test_two_events_in_the_other_order_lose_nothing():
    parent = played(TALK, "call client_1 ask 3", "call client_2 ask 4", "deliver client_1>doubler.double#1")
    branch = parent.branch(1)
    branch.apply(parse_event("deliver client_1>doubler.double#1"))
    longer, rest = keep(branch, parent, 1)
    assert fates(rest) == [("call client_2 ask 4", "kept"), ("deliver client_1>doubler.double#1", "already")]
    assert len(longer.steps) == 3


def test_a_call_that_the_branch_made_itself_is_not_made_twice():
    parent = played(TALK, "call client_1 ask 3", "call client_2 ask 4", "call client_2 ask 4")
    branch = parent.branch(0)
    branch.apply(parse_event("call client_2 ask 4"))
    _, rest = keep(branch, parent, 0)
    assert [kept.fate for kept in rest] == ["kept", "already", "kept"]


def test_what_follows_a_lost_message_is_dropped():
    asked, answered = "client_1>doubler.double#1", "doubler>client_1.double.reply#1"
    parent = played(TALK, "call client_1 ask 3", f"deliver {asked}", f"deliver {answered}")
    branch = parent.branch(1)
    branch.apply(parse_event(f"drop {asked}"))
    longer, rest = keep(branch, parent, 1)
    assert fates(rest) == [(f"deliver {asked}", "dropped"), (f"deliver {answered}", "dropped")]
    assert [kept.at for kept in rest] == [2, 2]
    assert digest(longer) == digest(branch)


def test_a_kept_message_that_carries_something_else_is_marked_with_both():
    reply = "store>client_2.get.reply#1"
    stored, looked = "client_1>store.set#1", "client_2>store.get#1"
    parent = played(
        TALK,
        "call client_1 keep k v 10",
        "call client_2 look k",
        f"deliver {stored}",
        f"deliver {looked}",
        f"deliver {reply}",
    )
    branch = parent.branch(2)
    branch.apply(parse_event(f"deliver {looked}"))
    _, rest = keep(branch, parent, 2)
    assert [kept.fate for kept in rest] == ["kept", "already", "changed"]
    changed = rest[-1]
    assert [payload[0].value for payload in (changed.before, changed.after)] == ["v", None]
    assert (changed.was, changed.at) == (5, 5)


def test_nothing_is_kept_after_a_step_that_does_not_end():
    def two(_values):
        (one,) = COUNTER.cast("reference", {}).nodes
        return Cast((one, replace(one, name="other", mark="O")))

    parent = played(make_lab(two), "call other add 1", "call other add 2")
    branch = parent.branch(1)
    branch.apply(parse_event("call counter spin"))
    longer, rest = keep(branch, parent, 1)
    assert [kept.fate for kept in rest] == ["dropped"]
    assert len(longer.steps) == 2


def test_an_expiry_that_ends_another_entry_is_marked():
    parent = played(TALK, "call client_1 keep k v 10", "call client_2 keep j w 10")
    for sender in (1, 2):
        parent.apply(parse_event(f"deliver client_{sender}>store.set#1"))
    parent.apply(parse_event("fire store.timer#1"))
    branch = parent.branch(2)
    branch.apply(parse_event("deliver client_2>store.set#1"))
    _, rest = keep(branch, parent, 2)
    assert [kept.fate for kept in rest] == ["kept", "already", "changed"]
    assert (rest[-1].before, rest[-1].after) == (("k", "v"), ("j", "w"))
