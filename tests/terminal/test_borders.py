"""What happens at the edges: a killed process, two terminals, a tiny window, no colour."""

import json
import re
import subprocess
import sys

import pytest
from real_terminal import RealTerminal

pytestmark = pytest.mark.terminal


def answers_kept(home):
    """How many answers the progress file holds, as another process sees it."""
    done = subprocess.run(
        [sys.executable, "-m", "sdtutor", "progress", "export"],
        env={"SDTUTOR_HOME": str(home), "PATH": "/usr/bin:/bin"},
        capture_output=True,
        text=True,
        check=True,
    )
    return len(json.loads(done.stdout)["answers"])


def answer_one(terminal, number):
    terminal.wait_for(f"question {number} of")
    terminal.press("1", "Enter")
    terminal.wait_for("The answer")


def test_a_quiz_killed_in_the_middle_keeps_every_answer_and_goes_on(tmp_path):
    first = RealTerminal(tmp_path, ["quiz", "cache_aside", "--count", "3"])
    answer_one(first, 1)
    first.press("Enter")
    answer_one(first, 2)
    first.child.kill(9)
    first.end()
    assert answers_kept(tmp_path) == 2
    second = RealTerminal(tmp_path, ["continue"])
    second.wait_for("question 3 of 3")
    second.press("q")
    assert second.end() == 0


def test_two_terminals_that_answer_at_once_lose_nothing(tmp_path):
    terminals = [
        RealTerminal(tmp_path, ["quiz", name, "--count", "2"])
        for name in ("cache_aside", "weighted_round_robin")
    ]
    for number in (1, 2):
        for terminal in terminals:
            terminal.wait_for(f"question {number} of 2")
            terminal.press("1", "Enter")
        for terminal in terminals:
            terminal.wait_for("The answer")
            terminal.press("Enter")
    for terminal in terminals:
        terminal.press("q", "q")
        assert terminal.end() == 0
    assert answers_kept(tmp_path) == 4


def test_a_damaged_progress_file_is_set_aside_and_said_so(tmp_path):
    (tmp_path / "progress.db").write_bytes(b"SQLite format 3\x00" + b"\xff" * 500)
    terminal = RealTerminal(tmp_path)
    terminal.wait_for("Break a cache", "damaged")
    terminal.press("q")
    assert terminal.end() == 0
    assert list(tmp_path.glob("progress.damaged*"))


def test_a_window_of_20x5_says_what_to_do(tmp_path):
    terminal = RealTerminal(tmp_path, columns=20, rows=5)
    terminal.wait_for("--plain")
    terminal.press("q")
    assert terminal.end() == 0
    assert terminal.left_behind() == []


def test_no_color_draws_without_colours(tmp_path):
    terminal = RealTerminal(tmp_path, ["lab", "cache_aside"], NO_COLOR="1")
    terminal.wait_for("HOLDS", "step 4")
    colours = re.findall(rb"\x1b\[(?:[0-9;]*;)?(?:3[0-7]|38;[25]|48;[25])[0-9;]*m", terminal.raw)
    terminal.press("q")
    assert terminal.end() == 0
    assert colours == []


def test_a_dumb_terminal_gets_plain_lines(tmp_path):
    terminal = RealTerminal(tmp_path, ["lab", "cache_aside"], TERM="dumb")
    terminal.wait_for("What can happen next:")
    terminal.press("q\r")
    assert terminal.end() == 0
    assert b"\x1b" not in terminal.raw
