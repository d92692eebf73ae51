"""The digests of all labs are equal on every Python at hand and under any hash seed."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]

SCRIPT = """
import sys
from importlib import import_module
from pathlib import Path
from sdtutor.engine.digest import digest
from sdtutor.engine.events import parse_event
from sdtutor.engine.run import Run

for path in sorted(Path("sdtutor/labs").glob("*/*/__init__.py")):
    lab = import_module(".".join(path.parent.parts)).LAB
    name = "/".join(path.parent.parts[-2:])
    for scene in lab.scenes:
        run = Run(lab, scene.variant, scene.parameters, 7, name)
        run.apply_all(map(parse_event, scene.events))
        print(name, scene.name, digest(run))
    for variant in lab.variants:
        run = Run(lab, variant, None, 7, name)
        run.advance()
        print(name, variant, digest(run))
"""


def digests(python, hash_seed):
    """Run every lab's scenes and stories in a fresh interpreter; return what it prints."""
    environment = {**os.environ, "PYTHONHASHSEED": str(hash_seed), "PYTHONPATH": str(ROOT)}
    done = subprocess.run(
        [python, "-c", SCRIPT], cwd=ROOT, env=environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def other_pythons():
    """Supported interpreters beside this one, one a minor version."""
    found = {}
    candidates = [shutil.which(f"python3.{minor}") for minor in (11, 12, 13, 14)]
    candidates += sorted(map(str, Path.home().glob(".pyenv/versions/3.1[1-4]*/bin/python3")))
    for python in filter(None, candidates):
        asked = [python, "-c", "import sys; print(*sys.version_info[:2])"]
        answer = subprocess.run(asked, capture_output=True, text=True, check=False).stdout.split()
        if len(answer) == 2 and answer != [str(part) for part in sys.version_info[:2]]:
            found.setdefault(tuple(answer), python)
    return found


@pytest.fixture(scope="module")
def expected():
    return digests(sys.executable, 0)


def test_every_lab_is_there(expected):
    labs = list(ROOT.glob("sdtutor/labs/*/*/__init__.py"))
    assert len({line.split()[0] for line in expected.splitlines()}) == len(labs)


@pytest.mark.parametrize("hash_seed", [1, 4242])
def test_digests_do_not_depend_on_the_hash_seed(expected, hash_seed):
    assert digests(sys.executable, hash_seed) == expected


def test_digests_are_equal_on_every_python_at_hand(expected):
    for version, python in other_pythons().items():
        assert digests(python, 3) == expected, f"Python {'.'.join(version)} differs"
