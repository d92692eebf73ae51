"""Whatever a file holds, checking it ends with reports, never with a traceback."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sdtutor.content.checking import check_file
from sdtutor.errors import ContentError

SAMPLES = Path(__file__).parents[1] / "samples"
FILES = ("lessons/caching/read_through.md", "quizzes/caching/read_through.yaml")
YAML = (
    "",
    "\n",
    "\t",
    ":",
    "- ",
    "  ",
    "{",
    "}",
    "[",
    "]",
    "#",
    "|",
    ">",
    '"',
    "'",
    "&a",
    "*a",
    "!!int ",
    "---\n",
)
MARKDOWN = ("```", "~~~\n", "## ", "{include: x}", "[@x]", "(lab:)", "____")
VALUES = ("null", "7", "true", "1e400", "\x1b", "é")
PIECES = st.sampled_from([*YAML, *MARKDOWN, *VALUES])


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return tmp_path_factory.mktemp("caching")


@pytest.mark.parametrize("name", FILES)
@settings(max_examples=120, deadline=None, derandomize=True)
@given(data=st.data())
def test_a_mutilated_file_is_reported_or_accepted(folder, name, data):
    text = (SAMPLES / "good" / name).read_text(encoding="utf-8")
    for _ in range(data.draw(st.integers(1, 3))):
        start = data.draw(st.integers(0, len(text)))
        text = text[:start] + data.draw(PIECES) + text[start + data.draw(st.integers(0, 30)) :]
    path = folder / Path(name).name
    path.write_text(text, encoding="utf-8")
    problems = check_file(path, SAMPLES / "package")
    assert all(isinstance(problem, ContentError) and problem.message for problem in problems)
    assert all(0 <= problem.line <= text.count("\n") + 1 for problem in problems)
