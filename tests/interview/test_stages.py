"""The presets are what they promise: their minutes sum up, their order is that of the longest one."""

import pytest

from sdtutor.interview.stages import STAGES, neighbour, stage


@pytest.mark.parametrize("minutes", STAGES)
def test_the_stages_of_a_preset_fill_its_time(minutes):
    assert sum(each.planned_s for each in STAGES[minutes]) == 60 * minutes


def test_shorter_presets_leave_stages_out_and_keep_the_order():
    longest = [each.name for each in STAGES[45]]
    assert [each.name for each in STAGES[25]] == longest
    assert [each.name for each in STAGES[10]] == [
        name for name in longest if name not in ("interface", "deep_dive")
    ]


def test_a_stage_overruns_at_thirty_per_cent():
    assert stage(45, "requirements").overrun_s == pytest.approx(390)


def test_neighbours_end_at_both_ends():
    assert neighbour(10, "estimation", 1).name == "design"
    assert neighbour(10, "requirements", -1) is None
    assert neighbour(45, "close", 1) is None
