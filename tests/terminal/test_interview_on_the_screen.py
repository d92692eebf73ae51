"""A mock interview on the whole screen of a real terminal: killed, gone on with, resized, interrupted."""

import signal

import pytest
from real_terminal import RealTerminal

from sdtutor.session.tutor import Tutor

pytestmark = pytest.mark.terminal

POINTS = ("How many new links a day?", "Redirects matter most.", "I cache the hot links.")


def say(terminal, *texts):
    """Type lines and send each."""
    for text in texts:
        terminal.press(*text, "Enter")
        terminal.wait_for(lambda shown: "looks at your drawing" not in shown)


def to_the_change(terminal):
    """Hold an interview of 10 minutes up to stage four, with three points and a drawing of two lines."""
    terminal.wait_for("1 of 5 Requirements", "10 min left")
    say(terminal, POINTS[0])
    terminal.wait_for(f"1  {POINTS[0]}", "A hundred million")
    say(terminal, POINTS[1], "/next")
    terminal.wait_for("2 of 5 Estimation")
    say(terminal, "/next")
    terminal.wait_for("3 of 5")
    terminal.press(*"/draw", "Enter")
    terminal.wait_for("Each line is drawn as you type it")
    terminal.press(*"client -> app*3", "Enter", *"app -> db", "Esc")
    terminal.wait_for("I see 3 boxes.")
    say(terminal, POINTS[2], "/next")
    terminal.wait_for("4 of 5 Change and failure")


def test_a_kill_loses_nothing_and_ctrl_c_leaves_a_clean_terminal_and_a_paused_interview(tmp_path):
    first = RealTerminal(tmp_path, ["interview", "url", "--minutes", "10", "--seed", "3"], 120, 40)
    to_the_change(first)
    first.child.kill(signal.SIGKILL)
    first.end()
    assert first.child.signalstatus == signal.SIGKILL

    again = RealTerminal(tmp_path, ["continue"], 120, 40)
    again.wait_for("4 of 5 Change and failure", "4  I cache the hot links.", "client", "app")
    again.resize(60, 18)
    again.wait_for("4 of 5 Change and failure", lambda text: "▸ 4 Change" not in text)
    again.resize(80, 24)
    again.wait_for("URL shortener", "4 of 5 Change and failure")
    say(again, "The cache dies first.")
    again.wait_for("5  The cache dies first.")
    again.press("Ctrl-C")
    assert again.end() == 130
    assert again.left_behind() == []

    with Tutor.open(None, {"SDTUTOR_HOME": str(tmp_path)}) as tutor:
        session = tutor.resume_interview()
    assert session.view.is_paused
    assert session.view.stage == "Change and failure"
    assert session.view.drawing == "client -> app*3\napp -> db"
    said = [each.text for each in session.conversation.said if each.does == "say"]
    assert said == [*POINTS, "The cache dies first."]
