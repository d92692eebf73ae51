import subprocess
from pathlib import Path

import pytest
from calling import SHELL, Call, program

from sdtutor import __version__
from sdtutor.errors import SdtutorError, StoreError


def test_an_error_is_a_message_and_a_hint_on_standard_error(call: Call) -> None:
    said = call("lab", "nosuch")
    assert (said.code, said.out) == (2, "")
    assert said.err.startswith('sdtutor: There is no topic or lab "nosuch".\nThere are: ')


def test_an_unknown_command_names_the_nearest(call: Call) -> None:
    said = call("lerning")
    assert said.code == 2
    assert said.err.splitlines()[0] == 'sdtutor: There is no command "lerning". Did you mean learn?'


def test_an_unknown_option_names_the_nearest(call: Call) -> None:
    said = call("lab", "--stpes", "3")
    assert said.code == 2
    assert said.err.splitlines()[0].startswith("sdtutor: No such option: --stpes")
    assert "--steps" in said.err


@pytest.mark.parametrize("error", [SdtutorError("It is broken."), StoreError("It is broken.")])
def test_a_fault_of_ours_is_exit_code_3(
    error: SdtutorError, call: Call, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(_arguments: object) -> int:
        raise error

    monkeypatch.setattr("sdtutor.cli.app.run", fail)
    said = call("list")
    assert (said.code, said.err) == (3, "sdtutor: It is broken.\n")


def test_an_unexpected_exception_keeps_its_traceback_in_a_file(
    call: Call, learner: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(_arguments: object) -> int:
        return 1 // 0

    monkeypatch.setattr("sdtutor.cli.app.run", fail)
    said = call("list")
    assert said.code == 3
    assert said.err.startswith("sdtutor: a fault of sdtutor: ZeroDivisionError")
    assert "Traceback" not in said.err
    assert str(learner / "last_fault.txt") in said.err
    assert "return 1 // 0" in (learner / "last_fault.txt").read_text(encoding="utf-8")
    monkeypatch.setenv("SDTUTOR_DEBUG", "1")
    assert "return 1 // 0" in call("list").err


def test_a_traceback_that_cannot_be_kept_is_shown(
    call: Call, learner: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(_arguments: object) -> int:
        return 1 // 0

    monkeypatch.setattr("sdtutor.cli.app.run", fail)
    learner.write_text("a file where the folder should be", encoding="utf-8")
    assert "return 1 // 0" in call("list").err


def test_an_interrupt_is_exit_code_130(call: Call, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupt(_arguments: object) -> int:
        raise KeyboardInterrupt

    monkeypatch.setattr("sdtutor.cli.app.run", interrupt)
    said = call("list")
    assert (said.code, said.out, said.err) == (130, "", "\n")


def test_an_escape_sequence_in_a_name_does_not_reach_the_terminal(call: Call) -> None:
    said = call("lab", "\x1b[31mred")
    assert said.code == 2
    assert "\x1b" not in said.err


@pytest.mark.parametrize("line", ["sdtutor lab cache_aside --json | head -c 1", "sdtutor --help | true"])
def test_a_reader_that_leaves_is_no_error(line: str) -> None:
    script = f"{line} >/dev/null; echo ${{PIPESTATUS[0]}}"
    done = subprocess.run(
        ["bash", "-c", script], env=SHELL, capture_output=True, text=True, timeout=60, check=False
    )
    assert (done.stdout, done.stderr) == ("0\n", "")


@pytest.mark.parametrize("closed", [">&-", "<&-", "2>&-"])
def test_closed_streams_are_no_error(closed: str) -> None:
    done = subprocess.run(
        ["bash", "-c", f"sdtutor list {closed}"],
        env=SHELL,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, "")


def test_output_that_is_not_utf_8_is_ascii() -> None:
    done = program(
        "lab", "cache_aside", "--plain", env={**SHELL, "PYTHONIOENCODING": "ascii"}, stdin=subprocess.DEVNULL
    )
    assert done.returncode == 0
    assert done.stdout.isascii()
    assert "reader A > cache: get k" in done.stdout


def test_the_version_is_told_wherever_the_option_stands(call: Call) -> None:
    assert call("--version").out == call("--plain", "--version").out == f"sdtutor {__version__}\n"
