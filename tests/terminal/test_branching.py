"""Branches in a real terminal: choose differently, keep the rest, look at the tree."""

import pytest
from real_terminal import RealTerminal

pytestmark = pytest.mark.terminal


@pytest.mark.parametrize(("columns", "rows"), [(80, 24), (120, 40)])
def test_the_rest_of_a_branch_is_kept_and_the_tree_shows_what_became_of_it(tmp_path, columns, rows):
    terminal = RealTerminal(tmp_path, ["lab", "cache_aside"], columns=columns, rows=rows)
    terminal.wait_for("step 4")
    terminal.press("Down", "Right", "Right", "Right")
    terminal.wait_for("step 7")
    terminal.press("Left", "Left", "Left", "1")
    terminal.wait_for("step 5", "branch 2 of 2", "r keep")
    terminal.press("r")
    terminal.wait_for("3 kept. → goes through them", "step 5 of 8")
    terminal.press("Right", "Right", "Right")
    terminal.wait_for("step 8", "branch 2 of 2")
    terminal.press("b")
    terminal.wait_for("the orders that you have tried", "└─ 2 ●", "the rest of branch 1: 3 kept")
    terminal.press("Up", "Enter")
    terminal.wait_for("branch 1 of 2", "step 7")
    terminal.press("q")
    assert terminal.end() == 0
    assert terminal.left_behind() == []
