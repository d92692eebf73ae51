"""Find in a real terminal: a process of its own, of which nothing is left."""

import os
import signal
import time
from pathlib import Path

import pytest
from real_terminal import PATIENCE, RealTerminal

pytestmark = [
    pytest.mark.terminal,
    pytest.mark.skipif(not Path("/proc/self/task").exists(), reason="reads /proc, which Linux has"),
]

LARGE = (
    "quorum",
    "--set",
    "replicas=5",
    "--set",
    "readers=2",
    "--set",
    "write_quorum=3",
    "--set",
    "read_quorum=3",
)


def workers(terminal):
    """Return the processes that a program has started."""
    return [
        int(each)
        for path in Path(f"/proc/{terminal.child.pid}/task").glob("*/children")
        for each in path.read_text().split()
    ]


def is_there(process_id):
    """Tell whether a process runs; one that nobody has waited for is gone all the same."""
    try:
        state = Path(f"/proc/{process_id}/stat").read_text().rpartition(")")[2].split()[0]
    except (FileNotFoundError, ProcessLookupError):
        return False
    return state != "Z"


def wait_until_gone(process_ids):
    end = time.monotonic() + PATIENCE
    while any(map(is_there, process_ids)):
        assert time.monotonic() < end, process_ids
        time.sleep(0.02)


def searching(home):
    """Return a terminal in which a long search is under way, and the processes of the search."""
    terminal = RealTerminal(home, ["lab", *LARGE])
    terminal.wait_for("HOLDS", "q quit")
    terminal.press("v")
    terminal.wait_for("REFERENCE (fixed)")
    terminal.press("f")
    terminal.wait_for("states seen", "It gives up after")
    found = workers(terminal)
    assert len(found) == 1
    return terminal, found


def test_find_leads_through_the_shortest_anomaly_and_draws_it(tmp_path):
    terminal = RealTerminal(tmp_path, ["lab", "cache_aside"])
    terminal.wait_for("step 4")
    terminal.press("f")
    terminal.wait_for("Found: 11 events, and no way is shorter")
    assert workers(terminal) == []
    terminal.press("Enter")
    terminal.wait_for("step 4 of 15", "the promise is broken at step 15")
    terminal.press(*["Right"] * 11)
    terminal.wait_for("BROKEN at step 15")
    terminal.press("Left")
    terminal.wait_for("step 14 of 15")
    terminal.press("d")
    terminal.wait_for("reader A", "writer B", "database", "get k")
    terminal.press("Esc", "q")
    assert terminal.end() == 0
    assert terminal.left_behind() == []


def test_keys_work_during_a_search_and_esc_ends_its_process(tmp_path):
    terminal, found = searching(tmp_path)
    terminal.press("?")
    terminal.wait_for(lambda text: "It gives up after" not in text)
    terminal.press("Esc")
    terminal.wait_for("states seen")
    terminal.press("Esc")
    terminal.wait_for("Stopped after")
    assert not any(map(is_there, found))
    terminal.press("Esc", "q")
    assert terminal.end() == 0


@pytest.mark.parametrize(("key", "code"), [("Ctrl-C", 130), ("q", None)])
def test_leaving_ends_its_process(tmp_path, key, code):
    terminal, found = searching(tmp_path)
    terminal.press(key)
    wait_until_gone(found)
    if code is None:
        terminal.wait_for("HOLDS", "what can happen next")
        terminal.press("q")
    assert terminal.end() == (code or 0)
    assert terminal.left_behind() == []


@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGTERM, signal.SIGHUP])
def test_a_program_that_is_killed_leaves_no_search(tmp_path, number):
    terminal, found = searching(tmp_path)
    os.kill(terminal.child.pid, number)
    wait_until_gone([terminal.child.pid, *found])
    terminal.end()


def test_a_terminal_that_is_closed_leaves_no_search(tmp_path):
    terminal, found = searching(tmp_path)
    program = terminal.child.pid
    os.close(terminal.child.child_fd)
    wait_until_gone(found)
    wait_until_gone([program])


@pytest.mark.parametrize("way", ["--inline", "--plain", "--json"])
def test_ctrl_c_ends_a_search_on_the_command_line(tmp_path, way):
    terminal = RealTerminal(tmp_path, ["lab", *LARGE, "--find", "--budget", "60", way])
    terminal.wait_for("searching: ", "Ctrl-C ends it")
    terminal.press("Ctrl-C")
    assert terminal.end() == 130
    assert "Traceback" not in terminal.text


def test_ctrl_c_ends_a_search_in_a_conversation(tmp_path):
    terminal = RealTerminal(tmp_path, ["lab", *LARGE, "--variant", "reference", "--plain"])
    terminal.wait_for("q quit")
    terminal.child.send("f\n\n\n")
    terminal.wait_for("searching: ", "Ctrl-C ends it")
    found = workers(terminal)
    terminal.press("Ctrl-C")
    assert terminal.end() == 130
    wait_until_gone(found)
