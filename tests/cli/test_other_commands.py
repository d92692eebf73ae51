import json
from pathlib import Path

import pytest
from calling import REPO, Call

from sdtutor.session.tutor import Tutor


@pytest.mark.usefixtures("content")
def test_the_list_has_lessons_labs_and_quizzes(call: Call) -> None:
    rows = [json.loads(row) for row in call("list", "--json").out.splitlines()]
    assert {row["kind"] for row in rows} == {"lesson", "lab", "quiz"}
    assert rows[0] == {
        "kind": "lesson",
        "id": "caching/cache_aside",
        "topic": "caching",
        "title": "Cache-aside",
        "summary": rows[0]["summary"],
        "minutes": rows[0]["minutes"],
        "state": "new",
    }
    assert "caching/cache_aside  new" in call("list").out


@pytest.mark.usefixtures("content")
def test_the_list_is_narrowed_by_kind_and_topic(call: Call) -> None:
    assert {json.loads(row)["kind"] for row in call("list", "labs", "--json").out.splitlines()} == {"lab"}
    rows = call("list", "--topic", "cach", "--json").out.splitlines()
    assert {json.loads(row)["topic"] for row in rows} == {"caching"}
    assert call("list", "quizzes", "--topic", "messaging").out == "There is nothing of this kind yet.\n"
    assert 'There is no kind "foo".' in call("list", "foo").err
    assert call("list", "--topic", "foo").code == 2


def test_interviews_are_listed_with_their_summaries(call: Call, content: Path) -> None:
    path = content / "interviews" / "pastebin.yaml"
    path.parent.mkdir()
    path.write_text("title: Pastebin\nsummary: Keep a text.\nasks: [broken\n", encoding="utf-8")
    row = {"kind": "interview", "id": "pastebin", "title": "Pastebin", "summary": "Keep a text."}
    assert [json.loads(row) for row in call("list", "interv", "--json").out.splitlines()] == [row]
    assert json.loads(call("list", "--json").out.splitlines()[-1]) == row
    assert call("list").out.endswith("Interviews\n\npastebin: Pastebin\n    Keep a text.\n")
    assert call("list", "interviews", "--topic", "caching").out == "There is nothing of this kind yet.\n"
    assert 'There is no topic "foo".' in call("list", "interviews", "--topic", "foo").err


@pytest.mark.usefixtures("content")
def test_search_finds_all_words(call: Call) -> None:
    said = call("search", "slow", "reader")
    assert "lesson caching/cache_aside: Cache-aside" in said.out
    assert json.loads(call("search", "lease", "--json").out.splitlines()[0])["id"] == "caching/cache_aside"
    nothing = call("search", "xyzzy")
    assert (nothing.code, nothing.out) == (0, "Nothing has all of these words: xyzzy. Try fewer.\n")


@pytest.mark.usefixtures("content")
def test_progress_is_shown_exported_reset_and_imported(call: Call, tmp_path: Path) -> None:
    call("quiz", "caching", "--plain", "--count", "1", "--seed", "3", given="2\n")
    assert "answers 1, " in " ".join(call("progress").out.split())
    assert json.loads(call("progress", "show", "--json").out)["answers"] == 1
    file = tmp_path / "progress.json"
    assert call("progress", "export", str(file)).code == 0
    assert json.loads(call("progress", "export").out) == json.loads(file.read_text(encoding="utf-8"))
    assert "A backup is in" in call("progress", "reset", "--yes").out
    assert json.loads(call("progress", "show", "--json").out)["answers"] == 0
    assert call("progress", "import", str(file)).code == 0
    assert json.loads(call("progress", "show", "--json").out)["answers"] == 1


@pytest.mark.usefixtures("content")
def test_progress_is_reset_only_after_a_yes(call: Call) -> None:
    call("quiz", "caching", "--plain", "--count", "1", "--seed", "3", given="2\n")
    assert call("progress", "reset").code == 2
    assert call("progress", "reset", given="no\n").out.endswith("Nothing was changed.\n")
    assert call("progress", "reset", given="maybe\n").code == 2
    assert json.loads(call("progress", "show", "--json").out)["answers"] == 1
    assert (
        "Forgotten: your progress in caching/cache_aside."
        in call("progress", "reset", "cache", given="yes\n").out
    )
    assert json.loads(call("progress", "show", "--json").out)["answers"] == 0


@pytest.mark.parametrize(
    ("text", "message"),
    [("{]", ":1: This is not JSON"), ("{}", ""), ("[" * 100_000, "This is not JSON")],
)
def test_what_is_no_export_is_refused(text: str, message: str, call: Call, tmp_path: Path) -> None:
    file = tmp_path / "progress.json"
    file.write_text(text, encoding="utf-8")
    said = call("progress", "import", str(file))
    assert said.code == 2
    assert message in said.err
    assert call("progress", "import", "/nosuch").code == 2
    assert call("progress", "export", "/nosuch/file").code == 2


def test_content_is_checked_in_one_run(call: Call, tmp_path: Path) -> None:
    for name in ("one", "two"):
        lesson = tmp_path / f"lessons/caching/{name}.md"
        lesson.parent.mkdir(parents=True, exist_ok=True)
        lesson.write_text("---\ntitle: [\n---\n", encoding="utf-8")
    said = call("content", "check", "--root", str(tmp_path))
    assert (said.code, said.err) == (2, "")
    assert f"{tmp_path}/lessons/caching/one.md:" in said.out
    assert f"{tmp_path}/lessons/caching/two.md:" in said.out
    assert "problems" in said.out.splitlines()[-1]
    *problems, last = [
        json.loads(row)
        for row in call("content", "check", "--root", str(tmp_path), "--json").out.splitlines()
    ]
    assert last["problems"] == len(problems) >= 2
    assert {"file", "line", "message", "hint"} <= set(problems[0])


def test_content_without_a_problem_says_so(call: Call, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sdtutor.session.check.check_content", lambda _root, **_options: ())
    said = call("content", "check", "--root", str(REPO / "tests/samples/good"))
    assert said.code == 0
    assert said.out.startswith("2 lessons, 2 quizzes, ")
    assert said.out.endswith(": no problem\n")


def test_predictions_are_made_and_judged_on_request(call: Call, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sdtutor.session.check.check_content", lambda _root, **_options: ())
    said = call("content", "check", "--predictions", "30")
    assert said.code == 0
    assert "30 predictions: no problem" in said.out
    record = json.loads(call("content", "check", "--predictions", "30", "--json").out)
    assert (record["predictions"], record["problems"]) == (30, 0)


def test_a_new_concept_gets_its_skeletons(call: Call, tmp_path: Path) -> None:
    for folder in ("lessons", "sdtutor"):
        (tmp_path / folder).mkdir()
    said = call("content", "new", "cach", "Refresh-Ahead", "--root", str(tmp_path))
    assert said.code == 0
    assert (tmp_path / "lessons/caching/refresh_ahead.md").is_file()
    assert (tmp_path / "sdtutor/labs/caching/refresh_ahead/story.py").is_file()
    again = call("content", "new", "caching", "refresh_ahead", "--root", str(tmp_path))
    assert again.code == 2
    said = call("content", "new", "interview", "Photo-Sharing", "--root", str(tmp_path))
    assert (tmp_path / "interviews/photo_sharing.yaml").is_file()
    assert said.out.endswith("docs/authoring.md explains each key; sdtutor content check judges.\n")
    assert call("content").code == 2


@pytest.mark.usefixtures("content")
def test_the_doctor_tells_what_it_finds(call: Call, learner: Path) -> None:
    said = call("doctor", "--json")
    found = json.loads(said.out)
    assert said.code == 0
    assert found["versions"]["textual"][0].isdigit()
    assert found["progress"] == {"file": str(learner / "progress.db"), "bytes": 0, "state": "none yet"}
    assert found["content"]["lessons"] == 1
    assert found["timings_ms"]["list"] > 0
    with Tutor.open() as tutor:
        tutor.remember("lab", "caching/cache_aside")
    assert json.loads(call("doctor", "--json").out)["progress"]["state"] == "good"
    assert "unicode   yes" in call("doctor").out


@pytest.mark.usefixtures("content")
def test_the_doctor_reports_a_damaged_progress_file(call: Call, learner: Path) -> None:
    learner.mkdir()
    (learner / "progress.db").write_bytes(b"SQLite format 3\x00 and no more")
    said = call("doctor")
    assert said.code == 0
    assert "damaged" in said.out
