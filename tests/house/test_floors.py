"""The floors hold, and each contract breaks when somebody builds through a ceiling."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


def lint(folder):
    """Run import-linter over the package in a folder; return its exit code and report."""
    done = subprocess.run(
        [sys.executable, "-c", "from importlinter.cli import lint_imports_command as c; c()", "--no-cache"],
        cwd=folder,
        capture_output=True,
        text=True,
        env={"PYTHONPATH": str(folder), "PATH": "/usr/bin:/bin", "COLUMNS": "200"},
        check=False,
    )
    return done.returncode, done.stdout + done.stderr


@pytest.fixture(scope="module")
def copy(tmp_path_factory):
    folder = tmp_path_factory.mktemp("house")
    shutil.copy(ROOT / "pyproject.toml", folder)
    shutil.copytree(ROOT / "sdtutor", folder / "sdtutor", ignore=shutil.ignore_patterns("__pycache__"))
    return folder


def test_every_import_goes_down(copy):
    code, report = lint(copy)
    assert code == 0, report


@pytest.mark.parametrize(
    ("module", "planted", "contract"),
    [
        ("engine/loop.py", "import sdtutor.tui", "A floor imports only lower ones"),
        ("content/roots.py", "import sdtutor.engine", "A floor imports only lower ones"),
        ("session/tutor.py", "import textual", "No user-interface library below floor 7"),
        (
            "labs/caching/cache_aside/story.py",
            "import sdtutor.labs.consistency.quorum",
            "No lab leans on another",
        ),
        (
            "reference/caching/cache_aside.py",
            "import sdtutor.reference.consistency.quorum",
            "No reference module leans on another",
        ),
        ("utilities/__init__.py", "", "A floor imports only lower ones"),
    ],
)
def test_a_planted_violation_breaks_its_contract(copy, module, planted, contract):
    path = copy / "sdtutor" / module
    before = path.read_text(encoding="utf-8") if path.exists() else None
    path.parent.mkdir(exist_ok=True)
    path.write_text(f"{before or ''}\n{planted}\n", encoding="utf-8")
    try:
        code, report = lint(copy)
    finally:
        if before is None:
            shutil.rmtree(path.parent)
        else:
            path.write_text(before, encoding="utf-8")
    assert code == 1
    assert contract in report.split("Broken contracts")[-1]
