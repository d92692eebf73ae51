"""A learner of their own for each test, and the program called in process."""

import io
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from sdtutor.__main__ import main

REPO = Path(__file__).parents[2]

QUIZ = """
format: 1
questions:
  - id: who_loads
    kind: choice
    skill: Say who loads a missing row
    prompt: A reader misses. Who asks the table?
    why: In cache-aside the application loads.
    lab: stale_read@4
    choices:
      - {text: The reader, correct: true, why: It does.}
      - {text: The cache, why: That is read-through.}
      - {text: A job that runs every minute, why: That is refresh-ahead.}
  - id: which_costs
    kind: multi
    level: senior
    skill: Name what a second copy costs
    prompt: What does the cache cost?
    why: Memory and disagreement.
    choices:
      - {text: Memory, correct: true, why: Every entry takes some.}
      - {text: Disagreement with the table, correct: true, why: Until an entry expires.}
      - {text: More reads of the table, why: There are fewer.}
  - id: order_of_calls
    kind: order
    skill: Order the calls of a miss
    prompt: Put the calls of a miss in order.
    why: The entry is set last.
    items: [get from the cache, get from the table, set in the cache]
  - id: hit_ratio
    kind: number
    skill: Work out reads of the table
    prompt: 1,000 reads a second, 95 % hits. How many reach the table each second?
    why: Five per cent of 1,000.
    answer: 50
    unit: reads/s
  - id: word
    kind: gap
    skill: Name the life of an entry
    prompt: An entry lives for its ____.
    why: Time to live.
    accept: [ttl, time to live]
  - id: faulty_line
    kind: line
    skill: Find where an old row enters the cache
    prompt: Which line asks the cache?
    why: The first call.
    include: textbook/caching/cache_aside.py#CacheAside.get
    answer: [3]
  - id: predict_value
    kind: predict
    skill: Predict what a reader gets
    prompt: What does the last read return?
    why: The reply had left.
    run: {lab: caching/cache_aside, variant: textbook, scene: stale_read}
    ask: {result: -1}
    others: [v2, v3]
  - id: predict_holds
    kind: predict
    skill: Predict whether reads stay fresh
    prompt: Does the invariant hold at the end?
    why: It breaks at the last read.
    run: {lab: caching/cache_aside, variant: textbook, scene: stale_read}
    ask: {invariant: no_stale_read}
    others: [holds, nobody can tell]
"""


@dataclass(frozen=True)
class Said:
    code: int
    out: str
    err: str

    @property
    def text(self) -> str:
        """The output with its line breaks as spaces."""
        return " ".join(self.out.split())


Call = Callable[..., Said]


@pytest.fixture(autouse=True)
def learner(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A progress folder that is the test's own."""
    home = tmp_path / "home"
    monkeypatch.setenv("SDTUTOR_HOME", str(home))
    monkeypatch.setenv("COLUMNS", "80")
    for name in ("SDTUTOR_PLAIN", "SDTUTOR_DEBUG", "NO_COLOR"):
        monkeypatch.delenv(name, raising=False)
    return home


@pytest.fixture
def content(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A content root with one lesson, and a quiz that has all kinds of questions."""
    root = tmp_path / "content"
    for file in ("lessons/topics.yaml", "lessons/caching/cache_aside.md"):
        (root / file).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(REPO / file, root / file)
    quiz = root / "quizzes/caching/cache_aside.yaml"
    quiz.parent.mkdir(parents=True)
    quiz.write_text(QUIZ.lstrip(), encoding="utf-8")
    monkeypatch.setattr("sdtutor.session.desk.content_root", lambda: root)
    return root


@pytest.fixture
def call(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Call:
    """The program, called in this process; `given` is what standard input holds."""

    def called(*arguments: str, given: str = "") -> Said:
        source = tmp_path / "input"
        source.write_text(given, encoding="utf-8")
        with source.open(encoding="utf-8") as stdin:
            monkeypatch.setattr(sys, "stdin", stdin)
            code = main(arguments)
        said = capsys.readouterr()
        return Said(code, said.out, said.err)

    return called


class Terminal(io.StringIO):
    """A stream that says that it is a terminal."""

    def isatty(self) -> bool:
        return True


def program(*arguments: str, **options: object) -> subprocess.CompletedProcess[str]:
    """Run the program in a process of its own."""
    command = [sys.executable, "-m", "sdtutor", *arguments]
    return subprocess.run(command, capture_output=True, text=True, timeout=60, check=False, **options)  # type: ignore[call-overload,no-any-return]


def loaded_after(code: str) -> set[str]:
    """Return the modules that are loaded after some code ran in a process of its own."""
    script = f"import sys\n{code}\nprint('MODULES', *sorted(sys.modules))"
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, timeout=60, check=True
    )
    return set(done.stdout.rpartition("MODULES")[2].split())


SHELL = {**os.environ, "PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}"}
