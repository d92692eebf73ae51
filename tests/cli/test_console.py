import sys

import pytest
from calling import Call, Terminal

from sdtutor.cli.console import Console, chosen_way
from sdtutor.cli.options import Asked
from sdtutor.errors import UsageError


@pytest.mark.parametrize(
    ("asked", "environ", "terminal", "way"),
    [
        (Asked(), {"TERM": "xterm"}, True, "screen"),
        (Asked(), {"TERM": "xterm"}, False, "plain"),
        (Asked(), {"TERM": "dumb"}, True, "plain"),
        (Asked(), {}, True, "plain"),
        (Asked(), {"TERM": "xterm", "SDTUTOR_PLAIN": "1"}, True, "plain"),
        (Asked(), {"TERM": "xterm", "SDTUTOR_PLAIN": "0"}, True, "screen"),
        (Asked(plain=True), {"TERM": "xterm"}, True, "plain"),
        (Asked(inline=True), {"TERM": "xterm"}, True, "inline"),
        (Asked(inline=True), {"TERM": "xterm", "SDTUTOR_PLAIN": "1"}, True, "inline"),
        (Asked(inline=True), {"TERM": "xterm"}, False, "plain"),
        (Asked(json=True), {"TERM": "xterm", "SDTUTOR_PLAIN": "1"}, True, "json"),
        (Asked(json=True), {}, False, "json"),
    ],
)
def test_the_surface_follows_options_environment_and_terminal(
    asked: Asked, environ: dict[str, str], terminal: bool, way: str
) -> None:
    assert chosen_way(asked, environ, terminal) == way


def test_two_surfaces_exclude_each_other() -> None:
    with pytest.raises(UsageError, match="--json and --plain exclude each other"):
        chosen_way(Asked(json=True, plain=True), {}, True)


def test_the_common_options_may_stand_before_or_after_the_command(call: Call) -> None:
    before, after = call("--json", "list"), call("list", "--json")
    assert before.out == after.out
    assert before.out.startswith("{")


def test_a_screen_opens_only_on_a_terminal_at_both_ends(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", Terminal())
    monkeypatch.setattr(sys, "stdout", Terminal())
    assert Console(Asked(), {"TERM": "xterm"}).way == "screen"


def test_json_is_ascii_only_where_it_has_to_be(call: Call) -> None:
    assert "→" not in call("lab", "cache_aside", "--json", "--ascii").out


@pytest.mark.parametrize(
    ("command", "opener"),
    [
        (["learn", "cache_aside"], "run_lesson"),
        (["lab", "cache_aside"], "run_lab"),
        (["quiz", "cache_aside"], "run_quiz"),
        ([], "run_home"),
    ],
)
def test_on_a_terminal_the_whole_screen_opens(
    command: list[str], opener: str, content: object, call: Call, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened = []

    def open_screen(_tutor: object, *what: object, ascii_only: bool | None = None) -> int:
        opened.append((what, ascii_only))
        return 7

    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.setattr("sdtutor.cli.console.on_terminal", lambda: True)
    monkeypatch.setattr(f"sdtutor.tui.opening.{opener}", open_screen)
    assert call(*command).code == 7
    assert call(*command, "--ascii").code == 7
    assert [ascii_only for _, ascii_only in opened] == [None, True]
