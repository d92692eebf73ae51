import pytest
from calling import loaded_after

HEAVY = {"textual", "rich", "questionary", "prompt_toolkit", "pydantic", "asyncio", "sqlite3"}


def main_with(*arguments: str) -> str:
    return f"from sdtutor.__main__ import main\nmain({list(arguments)!r})"


def labs(modules: set[str]) -> set[str]:
    return {name for name in modules if name.startswith("sdtutor.labs")}


@pytest.mark.parametrize("arguments", [["--help"], ["lab", "--help"], ["quiz", "--help"]])
def test_help_loads_nothing_heavy(arguments: list[str]) -> None:
    modules = loaded_after(main_with(*arguments))
    assert not modules & (HEAVY | {"yaml"})
    assert not labs(modules)


def test_help_of_all_loads_no_command() -> None:
    assert not {name for name in loaded_after(main_with("--help")) if name.startswith("sdtutor.cli.commands")}


def test_the_version_loads_no_command_line_library() -> None:
    assert "typer" not in loaded_after(main_with("--version"))


@pytest.mark.parametrize(
    "arguments",
    [["list"], ["list", "labs", "--json"], ["lab", "nosuch"], ["lab", "cach"], ["lab", "--set", "x"]],
)
def test_lists_and_wrong_names_load_no_lab_and_nothing_heavy(arguments: list[str]) -> None:
    modules = loaded_after(main_with(*arguments))
    assert not modules & HEAVY
    assert not labs(modules)


def test_a_lab_as_json_loads_no_screen() -> None:
    modules = loaded_after(main_with("lab", "cache_aside", "--json"))
    assert "sdtutor.labs.caching.cache_aside" in modules
    assert not modules & {"textual", "rich", "questionary", "sdtutor.tui"}
