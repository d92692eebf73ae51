"""The first five minutes, key by key, on a new learner's home."""

import re

import pytest
from real_terminal import RealTerminal

pytestmark = pytest.mark.terminal


def shows(pattern):
    """A wish for `RealTerminal.wait_for`: the screen has a text of this pattern."""
    return lambda text: re.search(pattern, " ".join(text.split())) is not None


@pytest.mark.parametrize(("columns", "rows"), [(80, 24), (120, 40)])
def test_a_new_learner_makes_the_cache_lie_then_tell_the_truth_then_meets_the_reference(
    tmp_path, columns, rows
):
    terminal = RealTerminal(tmp_path, columns=columns, rows=rows)
    terminal.wait_for("Break a cache")
    terminal.press("Enter")
    goal = "Make a read return v1 after the write of v2 was acknowledged."
    terminal.wait_for("TEXTBOOK (flawed", "HOLDS", "step 4", goal)

    terminal.press("Down", "Right")
    terminal.wait_for("step 5")
    terminal.press(*["Right"] * 4)
    terminal.wait_for("step 9")
    terminal.wait_for(shows("acknowledged: from here on"))
    terminal.press("Right", "Right")
    terminal.wait_for("Who will notice?")

    terminal.press("a")
    terminal.wait_for("get")
    terminal.press("Enter")
    terminal.wait_for("What will the read return?", shows(r"1\s+v1"), shows(r"2\s+v2"))
    terminal.press("1", "Right")
    terminal.wait_for("BROKEN at step 14", "You said v1: right.")

    terminal.press(*["Left"] * 10)
    terminal.wait_for(lambda text: "HOLDS" in text and "step 4" in text)
    terminal.press("1")
    terminal.wait_for("branch 2", "HOLDS")

    terminal.press("v")
    terminal.wait_for("REFERENCE (fixed)", "HOLDS")

    terminal.press("Enter")
    terminal.wait_for("Say this in an interview")
    terminal.press("Enter")
    terminal.wait_for(shows(r"\b1 of 3\b|\b1/3\b"))
    for _ in range(3):
        terminal.press("1", "Enter", "Enter")
    terminal.wait_for("Back tomorrow")
    terminal.press("Esc", "q", "q", "q")
    assert terminal.end() == 0
    assert terminal.left_behind() == []


@pytest.mark.parametrize("key", ["q", "Ctrl-C"])
def test_the_lab_leaves_the_terminal_as_it_found_it(tmp_path, key):
    terminal = RealTerminal(tmp_path, ["lab", "weighted_round_robin"])
    terminal.wait_for("Weighted round robin")
    terminal.press("Right", key)
    assert terminal.end() == (130 if key == "Ctrl-C" else 0)
    assert terminal.left_behind() == []


def test_a_resize_keeps_the_state_and_a_tiny_window_says_what_to_do(tmp_path):
    terminal = RealTerminal(tmp_path, ["lab", "cache_aside"])
    terminal.wait_for("step 4")
    terminal.press("Right")
    terminal.wait_for("step 5")
    terminal.resize(39, 9)
    terminal.wait_for("--plain")
    terminal.resize(40, 10)
    terminal.wait_for(lambda text: "--plain" not in text and "step 5" in text)
    terminal.resize(120, 40)
    terminal.wait_for(lambda text: "step 5" in text and "so far" in text)
    terminal.resize(20, 5)
    terminal.wait_for("--plain")
    terminal.resize(80, 24)
    terminal.wait_for(lambda text: "step 5" in text and "BROKEN" not in text and "HOLDS" in text)
    terminal.press("q")
    assert terminal.end() == 0


def test_the_run_is_kept_when_the_learner_comes_back(tmp_path):
    first = RealTerminal(tmp_path, ["lab", "cache_aside"])
    first.wait_for("step 4")
    first.press("Down", "Right")
    first.wait_for("step 5")
    first.press("q")
    assert first.end() == 0
    second = RealTerminal(tmp_path, ["continue"])
    second.wait_for("step 5")
    second.press("q")
    assert second.end() == 0
