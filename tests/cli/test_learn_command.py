import json
import sys
from pathlib import Path

import pytest
from calling import Call, Terminal

from sdtutor.cli.answers import Answers
from sdtutor.cli.flows.lesson import read_lesson
from sdtutor.cli.plain import Plain
from sdtutor.session.tutor import Tutor

pytestmark = pytest.mark.usefixtures("content")


def read(*lines: str) -> str:
    """Return what a person sees who reads the lesson and types these lines."""
    seen = Terminal()
    with Tutor.open() as tutor:
        surface = Plain(Answers(Terminal("".join(f"{line}\n" for line in lines)), "terminal"), seen)
        read_lesson(tutor, tutor.open_lesson("cache_aside"), surface)
    return seen.getvalue()


def test_through_a_pipe_the_whole_lesson_is_text(call: Call) -> None:
    said = call("learn")
    assert (said.code, said.err) == (0, "")
    assert said.out.startswith("\nCaching: Cache-aside\n")
    assert "- reader to cache: get k" in said.out
    assert "Sources" in said.out
    assert "sdtutor lab cache_aside" in said.out
    assert not set("┌│─╌▸•") & set(said.out)
    assert max(map(len, said.out.splitlines())) <= 76


def test_a_lesson_that_nobody_reads_is_not_done(call: Call) -> None:
    call("learn")
    with Tutor.open() as tutor:
        assert not tutor.open_lesson("cache_aside").done


def test_a_person_commits_to_a_guess_first() -> None:
    seen = read("2", "q")
    assert "A guess" in seen
    assert "Right." in seen or "Not so. It is: " in seen
    with Tutor.open() as tutor:
        assert tutor.open_lesson("cache_aside").guessed == 1
    assert "A guess" not in read("q")


def test_reading_goes_on_where_it_stopped_and_ends_done() -> None:
    assert "Your place is kept" in read("", "", "q")
    seen = read(*[""] * 9)
    assert "\nThe problem\n" not in seen
    assert "Sources" in seen
    with Tutor.open() as tutor:
        assert tutor.open_lesson("cache_aside").done
    assert "\nThe problem\n" in read(*[""] * 9)


def test_as_json_a_lesson_is_one_object(call: Call) -> None:
    lesson = json.loads(call("learn", "caching", "--json").out)
    assert (lesson["type"], lesson["concept"]) == ("lesson", "caching/cache_aside")


def test_an_unknown_lesson_names_what_there_is(call: Call) -> None:
    said = call("learn", "nosuch")
    assert said.code == 2
    assert 'There is no lesson "nosuch".' in said.err


def test_continue_opens_what_was_open_last(call: Call) -> None:
    assert "Topics" in call("continue").out
    call("learn", "cache_aside")
    assert "Caching: Cache-aside" in call("continue").out
    call("quiz", "caching", "--plain", "--seed", "3")
    assert "Question 1 of 8" in call("continue", given="q\n").out
    call("lab", "cache_aside", "--plain", given="2\nq\n")
    assert "Step 5, t 0 ms: writer B starts" in call("continue").out
    assert '"event": "call writer_1 set k v2"' in call("continue", "--json").out


def test_home_is_told_and_opens_what_is_chosen(call: Call, monkeypatch: pytest.MonkeyPatch) -> None:
    said = call()
    assert (said.code, said.err) == (0, "")
    assert "Break a cache: 90 seconds" in said.text
    assert "0 of 1 done" in said.out
    assert json.loads(call("--json").out)["type"] == "home"
    assert "Cache-aside. TEXTBOOK (flawed" in call(given="1\nq\n").out
    assert call(given="\n").code == 0
    assert "is not one of the numbers" in call(given="99\n").err


def test_home_opens_a_topic(call: Call) -> None:
    with Tutor.open() as tutor:
        topics = [topic.slug for topic in tutor.home().topics]
    assert "The problem" in call(given=f"{topics.index('caching') + 2}\n").out


def test_a_lesson_on_a_closed_standard_input_is_text(capsys: pytest.CaptureFixture[str]) -> None:
    with Tutor.open() as tutor:
        read_lesson(tutor, tutor.open_lesson(""), Plain(Answers(None, "standard input"), sys.stdout))
    assert "Sources" in capsys.readouterr().out


def test_a_damaged_progress_file_is_told_and_the_command_runs(call: Call, learner: Path) -> None:
    learner.mkdir()
    (learner / "progress.db").write_bytes(b"SQLite format 3\x00 and no more")
    said = call("learn")
    assert said.code == 0
    assert said.err.startswith("sdtutor: ")
