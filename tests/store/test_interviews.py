"""An interview is kept whole at every entry, ends once, travels in an export, and survives kill -9."""

import os
import signal
import subprocess
import sys
from datetime import UTC, datetime, timedelta

import pytest

from sdtutor.store.progress import Store
from sdtutor.store.schema import FIRST, migrate, version

START = datetime(2026, 3, 1, 9, 0, tzinfo=UTC)


class Ticking:
    def __init__(self):
        self.now = START

    def __call__(self):
        self.now += timedelta(seconds=1)
        return self.now


@pytest.fixture
def store(tmp_path):
    with Store.open(tmp_path / "progress.db", Ticking()) as opened:
        yield opened


def test_an_interview_is_read_back_as_it_was_kept_last(store):
    kept = store.begin_interview("url_shortener", 10, "mid", "one")
    store.keep_interview(kept, "two")
    (found,) = store.interviews()
    assert (found.id, found.problem, found.minutes, found.level, found.text) == (
        kept,
        "url_shortener",
        10,
        "mid",
        "two",
    )
    assert found.ended_at is None
    assert found.updated_at - found.started_at == timedelta(seconds=1)


def test_the_result_is_kept_and_the_end_does_not_move_when_it_is_kept_again(store):
    kept = store.begin_interview("chat", 45, "senior", "text")
    store.end_interview(kept, "lean", 61.5, {"design": 2.5})
    ended = store.interviews()[0].ended_at
    store.end_interview(kept, "no", 50.0, {"design": 2.0})
    (found,) = store.interviews()
    assert (found.ended_at, found.decision, found.percent, found.scores) == (
        ended,
        "no",
        50.0,
        {"design": 2.0},
    )


def test_the_interview_that_was_begun_last_comes_first(store):
    first, second = (store.begin_interview(name, 10, "mid", "") for name in ("chat", "news_feed"))
    assert [each.id for each in store.interviews()] == [second, first]


def test_finished_and_paused_interviews_travel_in_an_export_and_the_finished_one_stays(store, tmp_path):
    paused = store.begin_interview("chat", 10, "mid", "paused")
    ended = store.begin_interview("news_feed", 10, "mid", "not yet")
    early = store.export()
    store.end_interview(ended, "hire", 75.0, {})
    clock = Ticking()
    with Store.open(tmp_path / "other.db", clock) as other:
        other.import_(early)
        clock.now += timedelta(days=1)
        other.keep_interview(ended, "went on elsewhere, much later")
        other.import_(store.export())
        other.import_(early)
        found = {each.id: each for each in other.interviews()}
    assert found[paused].text == "paused"
    assert (found[ended].decision, found[ended].text) == ("hire", "not yet")


def test_a_reset_of_a_concept_leaves_interviews_alone_and_a_reset_of_all_forgets_them(store):
    store.begin_interview("chat", 10, "mid", "")
    store.reset("caching/cache_aside")
    assert store.interviews()
    store.reset()
    assert not store.interviews()


def test_a_file_of_the_first_version_is_migrated(tmp_path):
    import sqlite3

    path = tmp_path / "progress.db"
    connection = sqlite3.connect(path, isolation_level=None)
    migrate(connection, (FIRST,))
    assert version(connection) == 1
    connection.close()
    with Store.open(path, Ticking()) as store:
        store.begin_interview("chat", 10, "mid", "")
        assert len(store.interviews()) == 1


KILLED = """
import sys
from datetime import UTC, datetime
from pathlib import Path
from sdtutor.store.progress import Store
store = Store.open(Path(sys.argv[1]), lambda: datetime(2026, 3, 1, tzinfo=UTC))
kept = store.begin_interview("chat", 10, "mid", "")
for number in range(5):
    store.keep_interview(kept, f"entry {number}")
print("said", flush=True)
sys.stdin.read()
"""


@pytest.mark.skipif(os.name == "nt", reason="there is no SIGKILL")
def test_what_was_kept_survives_kill_9(tmp_path):
    path = tmp_path / "progress.db"
    with subprocess.Popen(
        [sys.executable, "-c", KILLED, str(path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as process:
        assert process.stdout.readline().strip() == b"said"
        process.send_signal(signal.SIGKILL)
        process.wait(20)
    with Store.open(path, Ticking()) as store:
        assert store.interviews()[0].text == "entry 4"
