"""A small, sound content folder that each test may spoil in one place."""

import shutil
from pathlib import Path

import pytest

from sdtutor.content.checking import check_content

SAMPLES = Path(__file__).parents[1] / "samples"
PACKAGE = SAMPLES / "package"


class Workshop:
    """A copy of the good samples, to spoil."""

    lesson = "lessons/caching/read_through.md"
    quiz = "quizzes/caching/read_through.yaml"

    def __init__(self, root):
        self.root = root
        self.package = PACKAGE

    def replace(self, name, old, new):
        """Replace a text that must be there once; return its line."""
        path = self.root / name
        text = path.read_text(encoding="utf-8")
        assert text.count(old) == 1, f"{old!r} is there {text.count(old)} times"
        path.write_text(text.replace(old, new), encoding="utf-8")
        return text[: text.index(old)].count("\n") + 1

    def write(self, name, data):
        """Write a file, bytes or text."""
        path = self.root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data if isinstance(data, bytes) else data.encode())
        return path

    def problems(self):
        """All problems as (path below the root, line, message, hint)."""
        return [
            (each.path.relative_to(self.root).as_posix(), each.line, each.message, each.hint)
            for each in check_content(self.root, self.package)
        ]

    def the_problem(self):
        """The only problem."""
        problems = self.problems()
        assert len(problems) == 1, problems
        return problems[0]


@pytest.fixture
def workshop(tmp_path):
    shutil.copytree(SAMPLES / "good", tmp_path / "content")
    return Workshop(tmp_path / "content")
