import pytest
from calling import REPO

from sdtutor.cli import menu, reference
from sdtutor.tui.keys import keys_markdown

STALE = "Make it again: python -m sdtutor.cli.reference docs"


def test_the_page_about_commands_is_current() -> None:
    assert (REPO / "docs/cli.md").read_text(encoding="utf-8") == reference.reference(), STALE


def test_the_page_about_keys_is_current() -> None:
    assert (REPO / "docs/keys.md").read_text(encoding="utf-8") == keys_markdown(), STALE


def test_every_command_and_its_commands_are_on_the_page() -> None:
    page = reference.reference()
    for name in (*(row.name for row in menu.ROWS), "progress export", "content new"):
        assert f"## sdtutor {name}\n" in page


def test_the_page_does_not_depend_on_the_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    page = reference.reference()
    monkeypatch.setenv("COLUMNS", "200")
    assert reference.reference() == page
