import io

import pytest

from sdtutor.tui import opening


class Settings:
    def __init__(self, theme):
        self.theme = theme

    def setting(self, name):
        return self.theme


@pytest.mark.parametrize(
    ("environ", "theme", "look"),
    [
        ({}, None, "dark"),
        ({}, "light", "light"),
        ({"NO_COLOR": "1"}, "light", "colourless"),
        ({"NO_COLOR": ""}, None, "dark"),
    ],
)
def test_the_look_comes_from_no_color_and_the_setting(environ, theme, look):
    assert opening.chosen_look(Settings(theme), environ) == look


@pytest.mark.parametrize(
    ("encoding", "speaks"), [("utf-8", True), ("UTF8", True), ("ascii", False), ("latin-1", False)]
)
def test_a_terminal_that_is_not_utf_8_gets_ascii(encoding, speaks, monkeypatch):
    monkeypatch.setattr("sys.stdout", io.TextIOWrapper(io.BytesIO(), encoding=encoding))
    assert opening.speaks_unicode() is speaks
