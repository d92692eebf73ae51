import json
from pathlib import Path
from typing import Any

import pytest
from calling import Call

from sdtutor.cli.flows.quiz import Tally
from sdtutor.session.tutor import Tutor

RIGHT = {
    "who_loads": "The reader",
    "which_costs": ["Memory", "Disagreement with the table"],
    "order_of_calls": ["get from the cache", "get from the table", "set in the cache"],
    "hit_ratio": "50",
    "word": "TTL",
    "faulty_line": "3",
    "predict_value": "v1",
}
SEED = 5
pytestmark = pytest.mark.usefixtures("content")


def typed(question: dict[str, Any]) -> str:
    """Return the right answer to a question as a learner types it."""
    name = question["item"].partition("#")[2]
    right = RIGHT.get(name)
    if right is None:
        right = next(text for text in question["choices"] if text not in ("holds", "nobody can tell"))
    if not question["choices"]:
        return str(right)
    return " ".join(
        str(question["choices"].index(text) + 1) for text in ([right] if isinstance(right, str) else right)
    )


def records(out: str) -> list[dict[str, Any]]:
    return [json.loads(row) for row in out.splitlines()]


def all_right(call: Call) -> list[str]:
    """Return the right answers to all questions, in the order in which they are asked."""
    lines: list[str] = []
    while True:
        asked = [each for each in records(ask_json(call, lines)) if each["type"] == "question"]
        if len(asked) == len(lines):
            return lines
        lines.append(typed(asked[-1]))
        forget()


def ask_json(call: Call, lines: list[str]) -> str:
    forget()
    return call(
        "quiz", "caching", "--seed", str(SEED), "--json", given="".join(f"{line}\n" for line in lines)
    ).out


def forget() -> None:
    with Tutor.open() as tutor:
        tutor.reset_progress()


def test_the_second_option_is_taken_from_a_pipe(call: Call) -> None:
    said = call("quiz", "caching", "--plain", "--count", "1", "--seed", "4", given="2\n")
    assert (said.code, said.err) == (0, "")
    assert "Question 1 of 1: Cache-aside, mid" in said.out
    assert "q leaves): 2\n" in said.out
    assert "The answer is: The reader" in said.out
    assert "That is cache-aside" not in said.out
    assert "In cache-aside the application loads." in said.out
    with Tutor.open() as tutor:
        assert tutor.progress().answers == 1


def test_every_kind_of_question_can_be_answered_in_a_line(call: Call) -> None:
    lines = all_right(call)
    assert len(lines) == 8
    *_, summary = records(ask_json(call, lines))
    assert (summary["right"], summary["count"], summary["passed"]) == (8, 8, True)


def test_each_answer_is_an_object_that_says_why(call: Call) -> None:
    said = call("quiz", "caching", "--json", "--count", "1", "--seed", "4", given="2\n")
    question, answer, summary = records(said.out)
    assert question["type"] == "question"
    assert answer["given"] == [2]
    assert question["choices"][answer["right_choices"][0] - 1] == "The reader"
    assert answer["correct"] is (answer["right_choices"] == [2])
    assert summary["type"] == "summary"
    assert said.code == 0


@pytest.mark.parametrize(("wrong", "code"), [(0, 0), (2, 0), (3, 1), (8, 1)])
def test_a_file_of_answers_passes_from_70_per_cent_on(
    wrong: int, code: int, call: Call, tmp_path: Path
) -> None:
    lines = all_right(call)
    forget()
    lines = [_spoiled(line) if index < wrong else line for index, line in enumerate(lines)]
    file = tmp_path / "answers.yaml"
    file.write_text("# caching\n" + "".join(f"- [{line}]\n" for line in lines), encoding="utf-8")
    said = call("quiz", "caching", "--seed", str(SEED), "--answers", str(file))
    assert f"{8 - wrong} of 8 right" in said.out
    assert said.code == code


def _spoiled(line: str) -> str:
    """Return another answer of the same form, which is wrong."""
    if line.isalpha():
        return "nothing"
    if " " in line:
        return " ".join(reversed(line.split())) if len(line.split()) == 3 else line.split()[0]
    return {"50": "500"}.get(line, "1" if line != "1" else "2")


def test_a_bad_line_of_a_file_is_told_and_the_corrected_file_goes_on(call: Call, tmp_path: Path) -> None:
    lines = all_right(call)
    forget()
    file = tmp_path / "answers"
    file.write_text("\n".join([*lines[:3], "?", *lines[4:]]), encoding="utf-8")
    said = call("quiz", "caching", "--seed", str(SEED), "--answers", str(file))
    assert said.code == 2
    assert said.err.startswith(f"sdtutor: {file}:4: ") or lines[3].isalpha()
    file.write_text("\n".join(lines), encoding="utf-8")
    said = call("quiz", "caching", "--seed", str(SEED), "--answers", str(file))
    assert said.code == 0
    assert "8 of 8 right" in said.out


def test_a_bad_line_of_a_pipe_is_told_with_its_number(call: Call) -> None:
    said = call("quiz", "caching", "--plain", "--count", "1", "--seed", "4", given="9\n")
    assert said.code == 2
    assert said.err.startswith('sdtutor: standard input:1: "9" is not one of the numbers.')
    assert "One option is right here." in call("quiz", "caching", "--plain", "--seed", "3", given="1 2\n").err


def test_the_end_of_the_input_keeps_what_was_answered(call: Call) -> None:
    lines = all_right(call)
    forget()
    command = ["quiz", "caching", "--plain", "--seed", str(SEED)]
    said = call(*command, given=f"{lines[0]}\n{lines[1]}\n")
    assert said.code == 0
    assert "The input ended: 2 of 2 right." in said.out
    assert "Question 3 of 8" in call(*command, given="q\n").out


def test_confidence_is_said_behind_the_answer(call: Call) -> None:
    call("quiz", "caching", "--json", "--count", "1", "--seed", "4", given="2+\n")
    call("quiz", "caching", "--json", "--count", "1", "--seed", "4", given="1 -\n")
    with Tutor.open() as tutor:
        kept = {row["confidence"] for row in tutor.export_progress()["answers"]}
    assert kept == {"sure", "guess"}


def test_only_questions_of_a_level_are_asked(call: Call) -> None:
    asked = records(call("quiz", "caching", "--level", "senior", "--json").out)
    assert (asked[0]["count"], asked[0]["level"]) == (1, "senior")
    assert 'There is no level "junior".' in call("quiz", "caching", "--level", "junior").err


def test_reviews_are_due_or_not(call: Call) -> None:
    said = call("review")
    assert (said.code, said.out) == (0, "Nothing is due now; by tomorrow evening: 0.\n")
    assert records(call("review", "--json").out)[0]["due"] == 0


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["nosuch"], "nosuch"),
        (["caching", "--count", "0"], "--count"),
        (["caching", "--answers", "/nosuch"], "/nosuch cannot be read"),
        (["databases"], "no quizzes"),
    ],
)
def test_wrong_usage_is_exit_code_2(arguments: list[str], message: str, call: Call) -> None:
    said = call("quiz", *arguments)
    assert said.code == 2
    assert message in said.err


@pytest.mark.parametrize(
    ("right", "count", "passed"), [(7, 10, True), (6, 10, False), (0, 0, False), (1, 1, True)]
)
def test_the_pass_mark_is_70_per_cent(right: int, count: int, passed: bool) -> None:
    tally = Tally()
    for index in range(count):
        tally.add(index < right)
    assert tally.passed is passed
