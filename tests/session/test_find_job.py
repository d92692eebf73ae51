"""A search in a process of its own."""

import io
import itertools
import json
import os
import subprocess
import sys
import time

import pytest

from sdtutor.engine.run import Run
from sdtutor.engine.run_file import write_run
from sdtutor.errors import SdtutorError, UsageError
from sdtutor.session import find_job
from sdtutor.session.find_job import FindJob
from sdtutor.session.find_worker import work
from sdtutor.session.finding import Question
from sdtutor.session.labs import LabShelf

LAB = "consistency/quorum"
LARGE = {"replicas": 5, "readers": 2, "write_quorum": 3, "read_quorum": 3}


def question(target="no_stale_read", given=None):
    lab = LabShelf().load(LAB)
    return Question(write_run(Run(lab, "reference", given or {}, 0, LAB)), target, lab.bounds, 60.0)


def until(true):
    end = time.monotonic() + 30
    while not true():
        assert time.monotonic() < end
        time.sleep(0.01)


def done(job):
    until(lambda: not job.running)
    return job


def fake(monkeypatch, code):
    monkeypatch.setattr(find_job, "WORKER", (sys.executable, "-c", code))


def gone(process_id):
    try:
        os.kill(process_id, 0)
    except ProcessLookupError:
        return True
    return False


def test_it_answers_as_a_search_in_this_process_does():
    told = []
    job = done(FindJob(question(), lambda: told.append(1)))
    found = job.found()
    assert found is not None
    assert (found.verdict, found.complete) == ("none", True)
    assert told
    assert gone(job.process_id)


def test_progress_is_seen_and_stopping_leaves_no_process():
    job = FindJob(question(given=LARGE))
    until(lambda: job.states > 1000)
    assert job.depth > 1
    job.stop()
    assert not job.running
    assert gone(job.process_id)
    assert job.found() is None
    job.stop()


def test_a_question_that_cannot_be_answered_says_why():
    with pytest.raises(UsageError, match='no promise or goal "nope"'):
        done(FindJob(question("nope"))).found()


def test_a_process_that_cannot_be_started_is_told(monkeypatch):
    monkeypatch.setattr(find_job, "WORKER", ("/nowhere/python",))
    with pytest.raises(SdtutorError, match="/nowhere/python cannot be started: No such file"):
        FindJob(question())


@pytest.mark.parametrize(
    ("code", "why"),
    [
        ("raise SystemExit(1)", "its process is gone"),
        ("import no_such_module", "No module named 'no_such_module'"),
        ('input(); print(\'{"type": "find"}\')', "what its process wrote cannot be read"),
        ('input(); print(\'{"type": "find", "verd\')', "verd"),
        ("input(); print('[1]')", "[1]"),
        ("input(); print('{\"other\": 1}')", "what its process wrote cannot be read"),
        ("import os; os.kill(os.getpid(), 9)", "its process is gone"),
    ],
)
def test_a_damaged_answer_is_told_and_nothing_else_happens(monkeypatch, code, why):
    fake(monkeypatch, code)
    with pytest.raises(SdtutorError) as told:
        done(FindJob(question())).found()
    assert "The search ended without an answer: " in told.value.message
    assert why in told.value.message


def test_a_process_that_does_not_read_is_ended_all_the_same(monkeypatch):
    fake(monkeypatch, "import time; time.sleep(60)")
    large = Question("x" * 1_000_000, "no_stale_read", question().bounds)
    job = FindJob(large)
    job.stop()
    assert gone(job.process_id)


def test_the_process_ends_when_whoever_asked_is_killed(tmp_path):
    path = tmp_path / "question.json"
    path.write_text(json.dumps(question(given=LARGE).to_json()), encoding="utf-8")
    code = (
        "import json, sys, time; from pathlib import Path;"
        "from sdtutor.session.find_job import FindJob; from sdtutor.session.finding import Question;"
        f"job = FindJob(Question.from_json(json.loads(Path({str(path)!r}).read_text())));"
        "print(job.process_id, flush=True); time.sleep(60)"
    )
    with subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, text=True) as parent:
        worker = int(parent.stdout.readline())
        time.sleep(0.5)
        assert not gone(worker)
        parent.kill()
    until(lambda: gone(worker))


def test_a_module_of_the_learner_does_not_stand_in_for_ours(tmp_path, monkeypatch):
    (tmp_path / "json.py").write_text("raise SystemExit('stolen')", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    assert done(FindJob(question())).found() is not None


def test_the_worker_writes_progress_at_most_ten_times_a_second():
    target, ticks = io.StringIO(), itertools.count()
    work(json.dumps(question().to_json()), target, lambda: next(ticks) * 0.01)
    seconds = next(ticks) * 0.01
    *progress, last = map(json.loads, target.getvalue().splitlines())
    assert last["type"] == "find"
    assert 0 < len(progress) <= seconds / 0.1 + 1
    assert all(record.keys() == {"states", "depth"} for record in progress)
