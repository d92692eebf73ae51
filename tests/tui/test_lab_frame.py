"""The sheet of the lab as text, at the two sizes of the design's mocks and where only one pane fits."""

from dataclasses import replace
from pathlib import Path

import lab_samples
import pytest

from sdtutor.drawing.spans import line, plain, plain_text, width
from sdtutor.tui.lab_frame import PANES, Look, Panel, draw, left_columns

OFFERS = {"calls": ("get", "set"), "faults": ("drop", "duplicate", "crash", "cut")}

SHEETS = Path(__file__).parent / "lab_sheets"


def sheet(name):
    return (SHEETS / f"{name}.txt").read_text(encoding="utf-8").rstrip("\n")


def shown(view, columns, rows, alone=None, **others):
    return plain_text(draw(view, Look(columns, rows, alone, **OFFERS, **others)))


def test_the_sheet_at_80_columns_is_the_mock():
    assert shown(lab_samples.STEP_4, 80, 23) == sheet("step_4_at_80")


def test_the_sheet_at_120_columns_is_the_mock():
    assert shown(lab_samples.STEP_7, 120, 38) == sheet("step_7_at_120")


def test_a_broken_promise_takes_two_rows_and_the_coach_its_own():
    assert shown(lab_samples.TOLD, 80, 23) == sheet("told_at_80")


def test_where_one_pane_fits_promise_and_coach_stay():
    assert shown(lab_samples.STEP_4, 50, 17, "next") == sheet("step_4_at_50")


@pytest.mark.parametrize(
    "size", [(40, 9), (59, 17), (60, 17), (61, 18), (80, 23), (99, 33), (120, 38), (201, 60)]
)
@pytest.mark.parametrize("view", ["STEP_4", "STEP_7", "ASKED", "GUESSED", "TOLD"])
def test_no_row_is_too_wide_and_there_are_exactly_as_many_as_fit(view, size):
    columns, rows = size
    for alone in [None, *PANES] if columns >= 60 else PANES:
        rows_drawn = draw(getattr(lab_samples, view), Look(columns, rows, alone, **OFFERS))
        assert max(map(width, rows_drawn)) <= columns
        assert len(rows_drawn) == rows


def test_no_row_of_code_or_label_is_cut_without_a_mark():
    text = shown(lab_samples.STEP_4, 80, 23)
    assert "await self.cache.set(key, va›│" in text


def test_code_of_55_columns_is_whole_from_104_columns_on():
    assert left_columns(104) == left_columns(120) == 61
    assert left_columns(80) == 47


def test_an_open_question_stands_where_the_events_were():
    text = shown(lab_samples.ASKED, 80, 23)
    assert "─ your guess ─" in text
    assert "   2 v2" in text
    assert "what can happen next" not in text


def test_a_panel_lies_over_the_lower_panes_and_leaves_the_system_in_sight():
    panel = Panel("break something", tuple(line(f"choice {number}") for number in range(30)), 20)
    text = shown(lab_samples.STEP_4, 80, 23, panel=panel)
    assert "─ break something ───" in text
    assert "database" in text
    assert "choice 20" in text
    assert "choice 1\n" not in text
    assert "what can happen next" not in text


def test_variables_have_a_pane_on_a_tall_sheet_and_on_request_on_a_small_one():
    assert "─ running ─" in shown(lab_samples.STEP_7, 120, 38)
    assert "─ running ─" not in shown(lab_samples.STEP_7, 80, 23)
    text = shown(lab_samples.STEP_7, 80, 23, variables=True)
    assert "─ variables ─" in text
    assert 'B  set("k", "v2")' in text


def test_the_variables_never_hide_the_running_line():
    text = shown(lab_samples.STEP_7, 80, 20, variables=True)
    assert "B▸ 19" in text


def test_a_scrolled_pane_moves_and_stops_at_its_ends():
    rows = [plain(row) for row in draw(lab_samples.STEP_7, Look(60, 12, "code", zoomed=True, scroll=-99))]
    assert rows[4].startswith("    9 async def get")
    rows = [plain(row) for row in draw(lab_samples.STEP_7, Look(60, 12, "code", zoomed=True, scroll=99))]
    assert any(row.startswith("B▸ 19") for row in rows)


def test_playing_is_said_where_the_events_are():
    assert " playing ─┼" in shown(lab_samples.STEP_4, 80, 23, playing=True)


def test_nothing_left_to_happen_is_said():
    view = replace(lab_samples.STEP_4, events=(), finished=True)
    assert "nothing is on its way" in shown(view, 80, 23)
