"""A whole interview from lines: the same bytes each time, and nothing lost on the way."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest
from calling import SHELL, Call, program
from scripted import HELD, STRONG, lines_of, records, text_of

from sdtutor.interview.transcript import load

DESIGN = lines_of().index("@1000")
"""The first line of the fourth stage."""


@pytest.fixture(scope="module")
def scored() -> str:
    """The report on the stored interview, as JSON."""
    return program("interview", "--transcript", str(STRONG), "--json", env=SHELL).stdout


def test_a_whole_round_from_a_script_is_scored_like_its_transcript(
    call: Call, scored: str, tmp_path: Path
) -> None:
    record, report = tmp_path / "talk.yaml", tmp_path / "report.json"
    said = call(
        *("interview", *HELD, "--plain", "--record", str(record), "--report", str(report)),
        given=text_of(lines_of()),
    )
    assert (said.code, said.err) == (0, "")
    assert report.read_text(encoding="utf-8") == scored
    assert load(record).entries == load(STRONG).entries
    assert call("interview", "--transcript", str(record), "--json").out == scored


def test_the_same_script_gives_the_same_bytes_whatever_the_hash_seed(scored: str) -> None:
    outs = [
        program(
            "interview",
            *HELD,
            "--json",
            input=text_of(lines_of()),
            env={**SHELL, "PYTHONHASHSEED": seed},
        ).stdout
        for seed in ("1", "2")
    ]
    assert outs[0] == outs[1]
    assert outs[0].splitlines()[-1] + "\n" == scored


def test_the_objects_tell_the_interview_in_order(call: Call) -> None:
    told = records(call("interview", *HELD, "--json", given=text_of(lines_of())).out)
    assert told[0]["type"] == "interview"
    assert [row["stage"] for row in told if row["type"] == "stage"] == [
        row["stage"] for row in told[0]["stages"]
    ]
    numbers = [row["number"] for row in told if row["type"] == "said"]
    assert numbers == list(range(1, len(numbers) + 1))
    at = [row["at_s"] for row in told if row["type"] in ("said", "reply")]
    assert at == sorted(at)
    assert [row["type"] for row in told].count("report") == 1
    assert told[-1]["type"] == "report"


@pytest.mark.skipif(os.name == "nt", reason="there is no SIGKILL")
def test_kill_9_in_the_fourth_stage_is_resumed_exactly_there(call: Call, scored: str, tmp_path: Path) -> None:
    lines, record = lines_of(), tmp_path / "talk.yaml"
    cut = lines.index("@1240")
    command = [sys.executable, "-m", "sdtutor", "interview", *HELD, "--plain", "--record", str(record)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, text=True) as process:
        assert process.stdin
        process.stdin.write(text_of(lines[:cut]))
        process.stdin.flush()
        while not (record.exists() and "hit 90%" in record.read_text(encoding="utf-8")):
            assert process.poll() is None
            time.sleep(0.02)
        process.send_signal(signal.SIGKILL)
        process.wait(20)
    before = load(record).entries
    assert before == load(STRONG).entries[: len(before)]
    assert "hit 90%" in before[-1].text
    said = call("interview", "--resume", "--json", given=text_of(lines[cut:]))
    told = records(said.out)
    assert [row["stage"] for row in told if row["type"] == "stage"][:4][-1] == "design"
    assert said.out.splitlines()[-1] + "\n" == scored


def test_where_the_input_ends_the_interview_is_paused_and_goes_on(call: Call, scored: str) -> None:
    lines = lines_of()
    said = call("interview", *HELD, given=text_of(lines[:DESIGN]))
    assert said.code == 0
    assert "sdtutor interview url_shortener --resume goes on exactly here." in said.text
    told = records(call("interview", "url", "--resume", "--json").out)
    assert told[-1] == {
        "type": "paused",
        "stage": "design",
        "left_s": 45 * 60.0 - 860,
        "resume": "sdtutor interview url_shortener --resume",
    }
    said = call("continue", "--plain", given=text_of(lines[DESIGN:]))
    assert "Stage 4 of 7: High-level design" in said.out
    assert records(scored)[0]["why"] in said.text
    assert "There is no interview" in call("interview", "--resume").err


class Interrupted:
    """Standard input of somebody who presses Ctrl-C after some lines."""

    def __init__(self, lines: list[str]) -> None:
        self._lines = [f"{line}\n" for line in lines]

    def isatty(self) -> bool:
        return False

    def readline(self) -> str:
        if not self._lines:
            raise KeyboardInterrupt
        return self._lines.pop(0)


@pytest.mark.parametrize("way", ["--plain", "--json"])
def test_ctrl_c_pauses_and_keeps(
    way: str, call: Call, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    from sdtutor.__main__ import main

    monkeypatch.setattr(sys, "stdin", Interrupted(["@7", "How many users?"]))
    assert main(["interview", "url", way]) == 130
    assert "--resume" in capsys.readouterr().out
    told = records(call("interview", "--resume", "--json").out)
    assert next(row for row in told if row["type"] == "said")["at_s"] == 7
    assert any("We go on." in row["text"] for row in told if row["type"] == "reply")


def test_an_interview_in_which_nothing_was_said_is_not_kept(call: Call) -> None:
    assert "nothing is kept" in call("interview", "url").out
    assert call("interview", "--resume").code == 2


@pytest.mark.parametrize(
    ("lines", "number", "message"),
    [
        (["Hello.", "/nxt"], 2, "Did you mean /next"),
        (["/edit 3"], 1, "/edit takes the number of a point"),
        (["/pad"], 1, "/pad takes a calculation"),
        (["/tick"], 1, "/tick takes numbers"),
        (["@ten"], 1, "is no moment"),
        (["@20", "@19"], 2, "@19 is over: it is @20."),
        (["/pause", "@5"], 2, "The clock stands."),
        (["one \\", "/two"], 0, ""),
        (["/nxt \\", "two"], 2, "Did you mean /next"),
    ],
)
@pytest.mark.parametrize("way", ["--plain", "--json"])
def test_a_line_that_cannot_be_taken_is_told_with_its_number(
    lines: list[str], number: int, message: str, way: str, call: Call
) -> None:
    said = call("interview", "url", "--minutes", "10", way, given=text_of(lines))
    assert said.code == (2 if number else 0)
    assert said.err.startswith(f"sdtutor: standard input:{number}: ") or not number
    assert message in said.err


def replies(call: Call, *lines: str) -> list[dict[str, Any]]:
    """Return what is told after some lines, up to the end of the input."""
    said = call("interview", "url", "--minutes", "10", "--seed", "1", "--json", given=text_of([*lines]))
    assert said.err == ""
    told = records(said.out)
    assert told[-1]["type"] == "paused"
    begun = 4  # the interview, its prompt, the first stage and its question
    return told[begun:-1]


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("", "There is nothing to send."),
        ("/draw client -> -> db", "Line 1:"),
        ("/pad 100M links / month + 500 B", "add"),
        ("/draw", "There is nothing to draw."),
        ("/edit 9 better", "There is no point 9"),
        ("/tick 1", "/aloud begins"),
    ],
)
def test_what_says_nothing_gets_a_sentence_and_the_interview_goes_on(
    line: str, told: str, call: Call
) -> None:
    answers = replies(call, *([line, "."] if line == "/draw" else [line]), "How many users?")
    assert any(told in row["text"] for row in answers if row["type"] == "reply")
    assert any("hundred million" in row["text"] for row in answers)


def test_a_megabyte_in_one_line_becomes_some_points(call: Call) -> None:
    answers = replies(call, "The cache is in front of the database. " * 26_000)
    points = [row for row in answers if row["type"] == "said"]
    assert 10 <= len(points) <= 40
    assert "the first 20,000 were kept" in answers[-1]["text"]


def test_a_point_goes_on_behind_a_backslash_and_a_drawing_up_to_a_dot(call: Call) -> None:
    answers = replies(
        call,
        *("One.\\", "Two.", "//three", "/draw", "client -> app", "app -> db", "."),
        *("/draw + app -> cache; app ~> queue", "/draw +", "queue -> worker"),
    )
    assert [(row["does"], row["text"]) for row in answers if row["type"] == "said"] == [
        ("say", "One.\nTwo."),
        ("say", "/three"),
        ("draw", "client -> app\napp -> db"),
        ("draw", "+ app -> cache\napp ~> queue"),
        ("draw", "+\nqueue -> worker"),
    ]


def test_the_clock_moves_only_where_a_line_says_so(call: Call) -> None:
    answers = replies(call, "@157", "So many questions.", "@540.5", "/time")
    kinds = [(row["kind"], row["at_s"]) for row in answers if row["type"] == "reply"]
    assert kinds[0][0] == "interrupt"
    assert ("notice", 540.5) in kinds
    slow = call("interview", "url", "--minutes", "10", "--clock", "1.5", given="@157\n@300\n")
    assert "Let me stop you" in slow.out
    assert "Let me stop you" not in slow.out.partition("@300")[0]
    assert "Let me stop you" not in call("interview", "url", "--clock", "off", given="@9000\n").out


def test_a_minute_aloud_ends_with_statements_to_tick(call: Call) -> None:
    answers = replies(call, *["/next"] * 3, "@100", "/aloud", "@159", "@160", "/tick 1 2", "/tick 99")
    spoken = [row for row in answers if row.get("kind") in ("aloud", "notice")]
    told = [(row["at_s"], row["text"].splitlines()[0]) for row in spoken]
    assert [at for at, _ in told] == [100, 160, 160, 160]
    assert told[1][1].startswith("What did you say?")
    assert told[2][1] == "2 statements ticked: a claim without a quote."
    assert told[3][1].startswith('There is no statement "99"')


def test_words_that_are_taken_back_count_no_more(call: Call, scored: str, tmp_path: Path) -> None:
    claims = records(scored)[0]["to_confirm"]
    record = tmp_path / "talk.yaml"
    answers = ["n", "quote", "y", *["" for _ in claims[2:]], "y"]
    said = call("interview", *HELD, "--record", str(record), given=text_of([*lines_of(), *answers]))
    assert (said.code, said.err) == (0, "")
    disputes = [entry.text for entry in load(record).entries if entry.does == "dispute"]
    assert disputes == claims[:1]
    assert "Without what you took back:" in said.text
    assert "codes made from leased blocks" in said.out
    given = text_of([*lines_of(), f"/dispute {claims[0]}"])
    told = records(call("interview", *HELD, "--json", given=given).out)
    first, last = [row for row in told if row["type"] == "report"]
    assert first == records(scored)[0]
    assert any(each.get("disputed") for row in last["dimensions"].values() for each in row["claimed"])


def test_nothing_but_a_dispute_may_follow_the_end(call: Call) -> None:
    lines = ["Hello.", "/end", "And one more thing."]
    said = call("interview", "url", "--json", given=text_of(lines))
    assert (said.code, records(said.out)[-1]["type"]) == (2, "report")
    assert said.err.startswith("sdtutor: standard input:3: The interview is over.")
