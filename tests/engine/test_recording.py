"""Going back moves an index."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sdtutor.engine.recording import KEYFRAME_EVERY, MISSING, Recording

changes = st.dictionaries(st.integers(0, 6), st.one_of(st.integers(0, 3), st.just(MISSING)), max_size=3)


@given(st.lists(changes, max_size=30), st.integers(0, 30))
def test_any_step_is_what_applying_the_changes_gives(steps, cut):
    recording, facts, seen = Recording({0: 1}), {0: 1}, [{0: 1}]
    for step in steps:
        recording.append(step)
        for fact, value in step.items():
            facts.pop(fact, None)
            if value is not MISSING:
                facts[fact] = value
        seen.append(dict(facts))
    assert [recording.seek(step) for step in range(len(steps) + 1)] == seen
    prefix = recording.prefix(min(cut, len(steps)))
    assert [prefix.seek(step) for step in range(len(prefix) + 1)] == seen[: len(prefix) + 1]


def test_steps_around_a_keyframe_are_right():
    recording = Recording({})
    for step in range(2 * KEYFRAME_EVERY + 2):
        recording.append({"n": step})
    for step in (KEYFRAME_EVERY - 1, KEYFRAME_EVERY, KEYFRAME_EVERY + 1, 2 * KEYFRAME_EVERY, len(recording)):
        assert recording.seek(step) == {"n": step - 1}
    branch = recording.prefix(KEYFRAME_EVERY)
    branch.append({"n": "other"})
    assert branch.seek(KEYFRAME_EVERY + 1) == {"n": "other"}
    assert recording.seek(KEYFRAME_EVERY + 1) == {"n": KEYFRAME_EVERY}


def test_a_change_tells_before_and_after():
    recording = Recording({"a": 1})
    recording.append({"a": MISSING, "b": 2})
    assert recording.changes(1) == [("a", 1, MISSING), ("b", MISSING, 2)]


@pytest.mark.parametrize("step", [-1, 2])
def test_a_step_that_is_not_there_is_refused(step):
    recording = Recording({})
    recording.append({"a": 1})
    with pytest.raises(IndexError):
        recording.seek(step)


def test_equal_facts_are_kept_once_also_in_a_branch():
    recording = Recording({})
    for value in range(3):
        recording.append({("store", "cache", str(7)): value})
    branch = recording.prefix(2)
    branch.append({("store", "cache", str(7)): 9})
    kept = {
        id(fact) for each in (recording, branch) for step in (1, 2, 3) for fact, _, _ in each.changes(step)
    }
    assert len(kept) == 1
