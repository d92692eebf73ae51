"""The options of ``sdtutor interview``: stored interviews, reports in files, choosing one."""

import sys
from pathlib import Path

import pytest
from calling import Call, Terminal, loaded_after
from scripted import STRONG, TRANSCRIPTS, lines_of, records, text_of

from sdtutor.__main__ import main
from sdtutor.cli.interview_files import write_whole
from sdtutor.errors import UsageError
from sdtutor.interview.transcript import load


def test_a_hire_is_exit_code_0_and_less_is_1(call: Call) -> None:
    assert call("interview", "url", "--transcript", str(STRONG)).code == 0
    for name in ("weak", "stuffed"):
        assert call("interview", "--transcript", str(STRONG.with_stem(name)), "--json").code == 1


def test_a_stored_interview_is_told_in_words_or_as_one_object(call: Call) -> None:
    told = call("interview", "--transcript", str(STRONG))
    assert told.out.startswith("\nURL shortener, 45 minutes, senior\n")
    assert "yes: " in told.out
    assert "✓" not in told.out
    (report,) = records(call("interview", "--transcript", str(STRONG), "--json").out)
    assert report["type"] == "report"
    assert report["why"] in told.text


@pytest.mark.parametrize(
    ("text", "place", "message"),
    [
        ("sdtutor_interview: 1\nproblem: url_shortner\n", "", 'There is no interview "url_shortner".'),
        (
            "sdtutor_interview: 1\nproblem: url_shortener\nentries:\n  - {at_s: 9, say: x, pad: y}\n",
            ":4",
            "An entry does exactly one thing.",
        ),
        ("steps: []\n", ":1", "This is not a stored interview."),
    ],
)
def test_a_bad_file_is_told_with_its_line(
    text: str, place: str, message: str, call: Call, tmp_path: Path
) -> None:
    path = tmp_path / "talk.yaml"
    path.write_text(text, encoding="utf-8")
    said = call("interview", "--transcript", str(path), "--json")
    assert (said.code, said.out) == (2, "")
    assert said.err.startswith(f"sdtutor: {path}{place}: {message}")


def test_a_name_beside_a_transcript_must_be_its_own(call: Call) -> None:
    said = call("interview", "chat", "--transcript", str(STRONG))
    assert said.code == 2
    assert "is an interview on url_shortener, not on chat" in said.err


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("--transcript", "x", "--resume"), "--resume is for an interview that is held"),
        (("--transcript", "x", "--record", "y"), "--record is for an interview that is held"),
        (("--transcript", "x", "--seed", "0"), "--seed cannot change"),
        (("--past", "--resume"), "--past and --resume name different interviews"),
        (("--past", "--transcript", "x"), "--past and --transcript name different interviews"),
        (("--past", "--seed", "0"), "--seed cannot change"),
        (("--past",), "No interview has ended yet.\nsdtutor interview begins one."),
        (("chat", "--past"), "No interview on chat has ended yet.\nsdtutor interview chat begins one."),
        (("--resume", "--minutes", "10"), "--minutes cannot change"),
        (("--resume", "--clock", "off"), "--clock cannot change"),
        (("url", "--clock", "fast"), '"fast" is no clock'),
        (("url", "--clock", "nan"), '"nan" is no clock'),
        (("url", "--minutes", "30"), "There is no interview of 30 minutes"),
        (("url", "--level", "staff"), "no level"),
        (("url", "--report", "r.pdf"), "r.pdf does not say what the report should be"),
        (("url", "--record", "/nowhere/r.yaml"), "/nowhere/r.yaml cannot be written"),
        (("url_longener",), 'There is no interview "url_longener"'),
        (("chat", "--resume"), "There is no interview on chat to go on with"),
    ],
)
def test_options_that_cannot_be_meant_are_refused(
    arguments: tuple[str, ...], message: str, call: Call
) -> None:
    said = call("interview", *arguments, given="Hello.\n")
    assert (said.code, said.out) == (2, "")
    assert message in said.err


@pytest.mark.parametrize(("ending", "first"), [("md", "# URL"), ("html", "<!doctype"), ("json", "{")])
def test_the_report_is_written_in_the_form_of_its_name(
    ending: str, first: str, call: Call, tmp_path: Path
) -> None:
    path = tmp_path / f"report.{ending}"
    call("interview", "--transcript", str(STRONG), "--report", str(path))
    text = path.read_text(encoding="utf-8")
    assert text.startswith(first)
    assert "strong" in text


def test_an_interview_on_any_problem_can_be_left_and_named_again(call: Call) -> None:
    call("interview", "chat", given="How many users?\n")
    call("interview", "url", given="How many links?\n")
    told = records(call("interview", "chat", "--resume", "--json").out)
    assert told[0]["problem"] == "chat"


@pytest.fixture
def two_ended(call: Call) -> None:
    """An interview on links that ended, then one on chat, then one on links that was left."""
    call("interview", "url", "--seed", "3", given="How many links a day?\n/end\n")
    call("interview", "chat", "--seed", "3", given="How many users write?\n/end\n")
    call("interview", "url", given="This one goes on.\n")


@pytest.mark.usefixtures("two_ended")
def test_the_report_on_a_past_interview_is_told_on_every_surface(call: Call) -> None:
    (latest,) = records(call("interview", "--past", "--json").out)
    (named,) = records(call("interview", "url", "--past", "--json").out)
    assert (latest["problem"], named["problem"]) == ("chat", "url_shortener")
    for way in ("--plain", "--inline"):
        said = call("interview", "url", "--past", way)
        assert said.code == 0
        assert " ".join(named["why"].split()) in " ".join(said.out.split())
    assert "This one goes on." in call("interview", "url", "--resume").out


@pytest.mark.usefixtures("two_ended")
def test_a_past_interview_is_written_as_a_report_and_as_a_transcript(call: Call, tmp_path: Path) -> None:
    report, transcript = tmp_path / "r.json", tmp_path / "t.yaml"
    told = call("interview", "url", "--past", "--json", "--report", str(report), "--record", str(transcript))
    assert report.read_text(encoding="utf-8") == told.out
    assert [each.text for each in load(transcript).entries] == ["How many links a day?", "end"]
    assert call("interview", "--transcript", str(transcript), "--json").out == told.out


def test_continue_is_the_next_lesson_once_the_interview_is_over(call: Call) -> None:
    call("interview", "url", given="Hello.\n/end\n")
    assert "Weighted round robin" in call("continue", "--plain").out


def offer(out: str) -> str:
    """Return the number under which home offers an interview."""
    return next(row.split()[0] for row in out.splitlines() if "nterview: " in row and row[2].isdigit())


def test_home_offers_the_first_interview_and_then_the_one_that_was_left(call: Call) -> None:
    first = offer(call("--plain", given="\n").out)
    assert "10 minutes, mid" in call("--plain", given=f"{first}\nHow many links?\n").out
    left = offer(call("--plain", given="\n").out)
    assert "We go on." in call("--plain", given=f"{left}\n").out


def test_a_file_is_the_old_one_until_it_is_the_new_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "talk.yaml"
    write_whole(path, "old")

    def full(_self: Path, _target: Path) -> Path:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "replace", full)
    with pytest.raises(UsageError, match="No space left"):
        write_whole(path, "new")
    assert [each.read_text(encoding="utf-8") for each in tmp_path.iterdir()] == ["old"]


def typed(monkeypatch: pytest.MonkeyPatch, *lines: str, arguments: tuple[str, ...] = ()) -> str:
    """Return what a terminal shows where a person types these lines, then Ctrl-D."""
    shown = Terminal()
    monkeypatch.setenv("TERM", "dumb")
    monkeypatch.setattr(sys, "stdin", Terminal(text_of([*lines])))
    monkeypatch.setattr(sys, "stdout", shown)
    assert main(["interview", "--plain", *arguments]) == 0
    return shown.getvalue()


def test_a_person_chooses_and_the_first_proposal_is_the_short_one(monkeypatch: pytest.MonkeyPatch) -> None:
    shown = typed(monkeypatch, "", "", "How many users?")
    assert "URL shortener: a mock interview, 10 minutes, mid" in shown
    again = typed(monkeypatch, "")
    assert "  1  Go on: URL shortener, 10 minutes, Requirements, 10 min left" in again
    assert "(left in the middle)" in again
    assert "1. How many users?" in again
    assert "We go on." in again


def test_a_person_who_mistypes_is_asked_again(monkeypatch: pytest.MonkeyPatch) -> None:
    shown = typed(monkeypatch, "/nxt", "Hello.", arguments=("url", "--minutes", "10"))
    assert "Did you mean /next" in shown
    assert "2. [Requirements, 10 min left]" in shown


@pytest.mark.parametrize("arguments", [["interview", "--help"], ["interview", "nosuch", "--plain"]])
def test_help_and_wrong_names_load_nothing_heavy(arguments: list[str]) -> None:
    modules = loaded_after(f"from sdtutor.__main__ import main\nmain({arguments!r})")
    assert not modules & {"textual", "rich", "questionary", "pydantic", "pint", "snowballstemmer", "networkx"}


def test_scoring_loads_no_screen() -> None:
    given = ["interview", "--transcript", str(STRONG), "--json"]
    modules = loaded_after(f"from sdtutor.__main__ import main\nmain({given!r})")
    assert not modules & {"textual", "rich", "questionary", "sdtutor.tui", "simpy", "networkx"}


@pytest.mark.parametrize("problem", ["chat", "news_feed"])
def test_lines_and_their_transcript_are_one_interview(problem: str, call: Call) -> None:
    path = TRANSCRIPTS / problem / "weak.yaml"
    stored = records(call("interview", "--transcript", str(path), "--json").out)[0]
    held = (stored["problem"], "--minutes", str(stored["minutes"]), "--level", stored["level"])
    lines = text_of([*lines_of(path), "/end"])
    told = records(call("interview", *held, "--seed", str(stored["seed"]), "--json", given=lines).out)
    assert told[-1]["decision"] == stored["decision"]
    assert told[-1]["percent"] == stored["percent"]
