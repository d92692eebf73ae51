"""Laws that every run keeps, whatever happens in it."""

from collections import Counter as Tally

from hypothesis import given, settings
from hypothesis import strategies as st
from small_labs import COUNTER, TALK

from sdtutor.engine.digest import digest
from sdtutor.engine.follow import follow
from sdtutor.engine.run import Run
from sdtutor.engine.run_file import parse_run, write_run

choices = st.lists(st.integers(0, 1_000), max_size=25)
labs = st.sampled_from([COUNTER, TALK])


def wander(lab, picks, seed=0):
    """A run in which each number picks one of the possible events."""
    run = Run(lab, "reference", name="tests/small", seed=seed)
    for pick in picks:
        possible = run.possible()
        if not possible:
            break
        run.apply(possible[pick % len(possible)])
    return run


@settings(max_examples=60, deadline=None)
@given(labs, choices, st.integers(0, 9))
def test_the_same_inputs_give_the_same_digest(lab, picks, seed):
    assert digest(wander(lab, picks, seed)) == digest(wander(lab, picks, seed))


@settings(max_examples=60, deadline=None)
@given(choices)
def test_every_message_is_somewhere(picks):
    run, moved, copied = wander(TALK, picks), Tally(), 0
    for step in run.steps:
        moved.update(m.status for m in step.moved)
        copied = moved["duplicated"]
        in_flight = len(run.at(step.index).in_flight)
        assert moved["sent"] + copied == moved["delivered"] + moved["dropped"] + moved["lost"] + in_flight


@settings(max_examples=60, deadline=None)
@given(choices)
def test_forward_then_back_is_where_one_was(picks):
    run = wander(TALK, picks)
    seen = [run.at(step).facts for step in range(len(run.steps) + 1)]
    again = Run(TALK, "reference")
    assert _plain(again.world.facts) == _plain(seen[0])
    for step in run.steps:
        again.apply(step.event)
        assert _plain(again.world.facts) == _plain(seen[step.index])


def _plain(facts):
    """Facts without histories, which are equal only as objects."""
    return {fact: value for fact, value in facts.items() if fact[0] != "member"}


@settings(max_examples=40, deadline=None)
@given(choices, st.integers(0, 25), choices)
def test_a_branch_shares_its_prefix_and_replays_like_a_run_of_its_own(picks, at, others):
    run = wander(TALK, picks)
    before = digest(run)
    branch = run.branch(min(at, len(run.steps)))
    assert branch.steps == run.steps[: len(branch.steps)]
    for pick in others:
        possible = branch.possible()
        branch.apply(possible[pick % len(possible)])
    fresh = Run(TALK, "reference", name="tests/small")
    fresh.apply_all(step.event for step in branch.steps)
    assert digest(fresh) == digest(branch)
    assert digest(run) == before


@settings(max_examples=40, deadline=None)
@given(choices)
def test_a_run_file_gives_the_run_back(picks):
    run = wander(TALK, picks, seed=3)
    saved = parse_run(write_run(run), "run.yaml")
    assert digest(saved.replay(TALK)) == digest(run)


@settings(max_examples=40, deadline=None)
@given(choices)
def test_following_a_run_under_the_same_code_leaves_nothing_out(picks):
    run = wander(TALK, picks)
    other = Run(TALK, "reference", name="tests/small")
    assert follow(other, [step.event for step in run.steps]) == ()
    assert digest(other) == digest(run)
