import pytest
from hypothesis import given
from hypothesis import strategies as st

from sdtutor.drawing.spans import plain, width
from sdtutor.drawing.timeline import timeline


@pytest.mark.parametrize(
    ("step", "total", "columns", "expected"),
    [
        (0, 0, 24, "─● start ───────────────"),
        (4, 4, 40, "─ start ──┼──┼──┼──● 4 ─────────────────"),
        (2, 4, 40, "─ start ──┼──● 2 ──┼── 4 ───────────────"),
        (0, 3, 40, "─● start ──┼──┼── 3 ────────────────────"),
        (9, 9, 32, "─ start ─┼─┼─┼─┼─┼─┼─┼─┼─● 9 ───"),
        (60, 200, 40, "─ start ─ ⋯ ─┼─┼─┼─┼─● 60 ─┼─┼─ ⋯ ─ 200 "),
        (7, 9, 12, "● 7 ────────"),
    ],
)
def test_steps_draw_closer_and_then_give_way(step, total, columns, expected):
    assert plain(timeline(step, total, columns)) == expected.rstrip()


@given(st.integers(0, 2000), st.integers(0, 2000), st.integers(0, 160))
def test_the_bar_has_exactly_its_width(step, total, columns):
    assert width(timeline(step, total, columns)) == columns


@given(st.integers(1, 2000), st.integers(0, 2000), st.integers(16, 160))
def test_the_current_step_is_always_named(step, total, columns):
    assert f"● {step} " in "".join(span.text for span in timeline(step, total, columns))
