"""What a search answers is the same on every Python at hand and under any hash seed."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
MOST_STATES = 300
"""Enough for many planted verdicts, and to compare how far the others get."""

SCRIPT = f"""
from importlib import import_module
from pathlib import Path
from sdtutor.engine.events import parse_event
from sdtutor.engine.run import Run
from sdtutor.engine.search.find import Budget, Reductions, find

for path in sorted(Path("sdtutor/labs").glob("*/*/__init__.py")):
    lab = import_module(".".join(path.parent.parts)).LAB
    name = "/".join(path.parent.parts[-2:])
    promises = {{promise.name: promise for promise in lab.invariants}}
    for planted in lab.findings:
        if planted.promise in promises:
            run = Run(lab, planted.variant, planted.parameters, 0, name)
            run.apply_all(map(parse_event, planted.after))
            found = find(run, promises[planted.promise], planted.bounds, Budget(states={MOST_STATES}))
            print(name, planted.name, found.verdict, found.states, found.depth, *found.events, sep="; ")
"""


def answers(python, hash_seed):
    """Search for every planted verdict in a fresh interpreter; return what it prints."""
    environment = {**os.environ, "PYTHONHASHSEED": str(hash_seed), "PYTHONPATH": str(ROOT)}
    done = subprocess.run(
        [python, "-c", SCRIPT], cwd=ROOT, env=environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    return done.stdout.splitlines()


def other_pythons():
    """Supported interpreters beside this one, one a minor version."""
    found = {}
    candidates = [shutil.which(f"python3.{minor}") for minor in (11, 12, 13, 14)]
    candidates += sorted(map(str, Path.home().glob(".pyenv/versions/3.1[1-4]*/bin/python3")))
    for python in filter(None, candidates):
        asked = [python, "-c", "import sys; print(*sys.version_info[:2])"]
        version = subprocess.run(asked, capture_output=True, text=True, check=False).stdout.split()
        if len(version) == 2 and version != [str(part) for part in sys.version_info[:2]]:
            found.setdefault(tuple(version), python)
    return found


@pytest.fixture(scope="module")
def expected():
    return answers(sys.executable, 0)


def test_there_are_answers_of_every_kind(expected):
    assert {line.split("; ")[2] for line in expected} == {"anomaly", "none", "budget"}
    assert len(expected) > 50


def test_answers_do_not_depend_on_the_hash_seed(expected):
    assert answers(sys.executable, 4242) == expected


def test_answers_are_equal_on_every_python_at_hand(expected):
    """Each with a hash seed of its own."""
    for seed, (version, python) in enumerate(other_pythons().items(), 1):
        assert answers(python, seed) == expected, f"Python {'.'.join(version)} differs"
