import io
from pathlib import Path

import pytest
from calling import Call, Terminal

from sdtutor.cli.answers import Answers
from sdtutor.cli.flows.lab import KEYS, play_lab
from sdtutor.cli.plain import Plain
from sdtutor.session.tutor import Tutor


def played(*lines: str) -> str:
    """Return what a person sees who types these lines at a terminal."""
    seen = Terminal()
    surface = Plain(Answers(Terminal("\n".join(lines) + "\n"), "terminal"), seen)
    with Tutor.open() as tutor:
        play_lab(tutor.start_lab("cache_aside"), surface)
    return " ".join(seen.getvalue().split())


def test_it_opens_in_the_middle_of_the_story_with_the_goal() -> None:
    seen = played("q")
    assert "TEXTBOOK (flawed: 4 known defects)" in seen
    assert "Make a read return v1 after the write of v2 was acknowledged." in seen
    assert "1 database → reader A: reply k = v1" in seen
    assert seen.count("HOLDS: Once a write is acknowledged") == 1


def test_the_cache_lies_when_the_reply_waits() -> None:
    write_first = ["2", "", "", "", "", "", ""]
    read_again = ["a", "", "", "1", "1", "1"]
    seen = played(*write_first, *read_again, "q")
    assert "writer B: set k = v2: done" in seen
    assert "What will the read return?" in seen
    assert "BROKEN at step 15: The write was acknowledged" in seen
    assert "You said v1: right." in seen


def test_back_forward_and_a_step_number_look_at_recorded_steps() -> None:
    seen = played("b", ">", "t 0", "t 2", "t 99", "q")
    assert "Step 3, t 0 ms" in seen
    assert "Step 0, TEXTBOOK" in seen
    assert 'There is no step "99". Steps go from 0 to 4.' in seen


def test_the_other_variant_runs_the_same_events() -> None:
    seen = played("v", "v", "q")
    assert "REFERENCE (fixed)" in seen
    assert seen.count("TEXTBOOK (flawed: 4 known defects)") == 2


def test_the_code_is_told_with_the_lines_that_ran() -> None:
    assert "35 waits value = await self.database.get(key)" in played("c", "q")


def test_a_fault_is_chosen_from_a_list() -> None:
    assert "dropped: k = v1" in played("x", "1", "q")
    assert "Step 5" not in played("x", "", "q")


def test_an_event_can_be_typed_as_a_run_file_writes_it() -> None:
    assert "Step 5, t 0 ms: crash cache" in played("crash cache", "q")
    assert "is not possible after step 4" in played("deliver a>b.get#1", "q")


def test_a_call_of_ones_own_asks_for_values_and_for_a_guess() -> None:
    seen = played("a", "1", "", "1", "q")
    assert "Call what?" in seen
    assert "What will the read return?" in seen


def test_settings_measures_branches_fidelity_and_the_command_are_told() -> None:
    seen = played("s", "readers=2", "m", "r", "i", "y", "n", "h", "q")
    assert "readers=1 How many processes read." in seen
    assert "database_reads: " in seen
    assert "1: 4 steps, HOLDS, textbook" in seen
    assert "2: 0 steps, HOLDS, textbook, readers=2, this one" in seen
    assert "Simulated: " in seen
    assert "sdtutor lab caching/cache_aside --variant textbook --set readers=2" in seen


def test_a_setting_that_cannot_be_is_asked_again() -> None:
    assert "from 1 to 3" in played("s", "readers=9", "q")


@pytest.mark.parametrize("wrong", ["zz", "7", "0", "t x"])
def test_what_means_nothing_is_told_and_asked_again(wrong: str) -> None:
    assert played(wrong, "q").count("b back, ? keys, q quit:") == 2


def test_every_key_of_the_table_does_something() -> None:
    for key, _ in KEYS:
        typed = {"1, 2 ...": "1", "Enter": "", "t N": "t 1"}.get(key, key)
        assert f'There is no key "{typed}"' not in played(typed, "", "", "q")


def test_a_person_who_ends_the_input_leaves() -> None:
    assert "Invariants" not in played("1")


def test_the_end_of_a_pipe_runs_on_to_rest(call: Call) -> None:
    said = call("lab", "cache_aside", "--plain", given="2\n")
    assert said.code == 0
    assert "Step 5, t 0 ms: writer B starts" in said.out
    assert "Nothing can happen any more." in said.out
    assert "Invariants" in said.out


def test_a_bad_line_of_a_pipe_is_told_with_its_number(call: Call) -> None:
    said = call("lab", "cache_aside", "--plain", given="1\n99\n")
    assert said.code == 2
    assert said.err.startswith("sdtutor: standard input:2: There is no event 99 here.")
    assert "standard input:3" in call("lab", "cache_aside", "--plain", given="1\nx\n99\n").err


def test_the_run_that_was_played_is_recorded(call: Call, tmp_path: Path) -> None:
    file = tmp_path / "run.yaml"
    call("lab", "cache_aside", "--plain", "--record", str(file), given="2\nq\n")
    assert "variant: textbook" in file.read_text(encoding="utf-8")
    assert file.read_text(encoding="utf-8").rstrip().endswith("call writer_1 set k v2")


def test_the_run_is_recorded_when_the_play_is_interrupted(
    call: Call, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupt(*_: object) -> int:
        raise KeyboardInterrupt

    monkeypatch.setattr("sdtutor.cli.flows.lab.play_lab", interrupt)
    file = tmp_path / "run.yaml"
    assert call("lab", "cache_aside", "--plain", "--record", str(file), given="2\n").code == 130
    assert file.is_file()


def test_a_terminal_without_input_prints_the_run() -> None:
    surface = Plain(Answers(Terminal(), "terminal"), io.StringIO())
    assert not surface.answers
