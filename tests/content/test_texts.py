import os

import pytest

from sdtutor.content.texts import MAX_BYTES, read_text, unsafe


@pytest.mark.parametrize(
    "text", ["plain", "tab\tand\nbreak", "naïve → ✓ 漢字", "&amp; &#233; &copy;", "👩‍💻"]
)
def test_ordinary_text_is_safe(text):
    assert unsafe(text) is None


@pytest.mark.parametrize(
    "text", ["\x1b[31m", "\x9b31m", "\x07", "\x00", "a\rb", "\u2066x", "&#27;[0m", "&#x1B;", "&#7;"]
)
def test_what_a_terminal_obeys_is_not(text):
    assert unsafe(text) is not None


def test_every_bad_line_is_told(tmp_path):
    path = tmp_path / "x.md"
    path.write_bytes(b"a\nb\x07\nc\n\x1b[0m\n")
    assert [problem.line for problem in read_text(path)[1]] == [2, 4]


def test_the_bound_is_exact(tmp_path):
    path = tmp_path / "x.md"
    path.write_bytes(b"x" * MAX_BYTES)
    assert read_text(path)[1] == []
    path.write_bytes(b"x" * (MAX_BYTES + 1))
    assert len(read_text(path)[1]) == 1


def test_what_is_not_a_file_is_said_so_without_waiting(tmp_path):
    os.mkfifo(tmp_path / "pipe.md")
    (tmp_path / "folder.md").mkdir()
    for name in ("pipe.md", "folder.md"):
        assert read_text(tmp_path / name)[1][0].message == "This is not a file."
