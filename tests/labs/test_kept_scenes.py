"""Keeping the rest of a run, over the scenes of every lab: whatever comes between, the laws hold."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sdtutor.engine.digest import digest
from sdtutor.engine.events import parse_event
from sdtutor.engine.keeping import keep
from sdtutor.engine.run import Run
from sdtutor.session.labs import LabShelf

SHELF = LabShelf()
SCENES = [
    pytest.param(name, scene, id=f"{name} {scene.name}")
    for name in SHELF.names
    for scene in SHELF.load(name).scenes
]


@pytest.mark.parametrize(("name", "scene"), SCENES)
def test_the_rest_of_a_scene_is_kept_changed_done_or_not_possible(name, scene):
    parent = Run(SHELF.load(name), scene.variant, scene.parameters, name=name)
    parent.apply_all(map(parse_event, scene.events))

    @settings(
        max_examples=5,
        deadline=None,
        derandomize=True,
        suppress_health_check=list(HealthCheck),
        database=None,
    )
    @given(st.integers(0, len(scene.events)), st.lists(st.integers(0, 99), max_size=2))
    def holds(shared, chosen):
        branch = parent.branch(shared)
        for number in chosen:
            possible = branch.possible()
            if possible:
                branch.apply(possible[number % len(possible)])
        longer, rest = keep(branch, parent, shared)
        assert [kept.event for kept in rest] == [step.event for step in parent.steps[shared:]]
        if len(branch.steps) == shared:
            assert digest(longer) == digest(parent)
        for kept in rest:
            there = longer.branch(kept.at)
            if kept.fate == "dropped":
                assert there.stopped or not there.rules.allows(there.world, kept.event)
            elif kept.fate != "already":
                assert there.steps[-1].event == kept.event
                assert (kept.before == kept.after) == (kept.fate == "kept")
        longer.close()

    holds()
    parent.close()
