"""The file survives kill -9, two terminals at once, damage and old age."""

import os
import signal
import sqlite3
import subprocess
import sys
import tempfile
from datetime import UTC, datetime
from pathlib import Path

import pytest

from sdtutor.errors import StoreError
from sdtutor.store import database
from sdtutor.store.progress import Store
from sdtutor.store.records import Answer, Card
from sdtutor.store.schema import MIGRATIONS, migrate, version

NOBODY = 65534

WRITER = """
import sys
from datetime import UTC, datetime
from pathlib import Path
from sdtutor.store.progress import Store
from sdtutor.store.records import Answer, Card, Draft

def clock():
    return datetime.now(UTC)

path, name, count = Path(sys.argv[1]), sys.argv[2], int(sys.argv[3])
print("ready", flush=True)
sys.stdin.readline()
with Store.open(path, clock) as store:
    for number in range(count):
        item = f"{name}/concept#q{number % 7}"
        answer = Answer(item, f"{name}/concept", 1.0, "sure", 1.0, 0, clock())
        stored = store.record_answer(answer, Card(item, "{}", clock()), Draft("quiz:all", number))
        print(stored.uid, flush=True)
"""


def clock():
    return datetime.now(UTC)


def start_writer(path, name, count):
    command = [sys.executable, "-c", WRITER, str(path), name, str(count)]
    writer = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    assert writer.stdout.readline() == "ready\n"
    return writer


def start(*writers):
    for writer in writers:
        writer.stdin.write("go\n")
        writer.stdin.flush()


def one_answer(store):
    return store.record_answer(
        Answer("a/b#q", "a/b", 1.0, "sure", 1.0, 0, clock()), Card("a/b#q", "{}", clock())
    )


@pytest.fixture
def path(tmp_path):
    return tmp_path / "progress.db"


@pytest.fixture
def filled(path):
    with Store.open(path, clock) as store:
        for _ in range(200):
            one_answer(store)
    return path


def test_every_acknowledged_answer_survives_kill_9(path):
    with start_writer(path, "killed", 100_000) as writer:
        start(writer)
        acknowledged = [writer.stdout.readline().strip() for _ in range(150)]
        writer.send_signal(signal.SIGKILL)
        rest, _ = writer.communicate()
    acknowledged += [line for line in rest.splitlines() if len(line) == 32]
    with Store.open(path, clock) as store:
        stored = [answer.uid for answer in store.answers()]
        assert store.notice == ""
        assert store.draft("quiz:all").value == len(stored) - 1
    assert set(acknowledged) <= set(stored)
    assert len(stored) - len(acknowledged) in (0, 1)


def test_two_terminals_answer_at_once_and_nothing_is_lost(path):
    with start_writer(path, "one", 150) as one, start_writer(path, "two", 150) as two:
        start(one, two)
        uids = [*one.communicate()[0].split(), *two.communicate()[0].split()]
    with Store.open(path, clock) as store:
        assert {answer.uid for answer in store.answers()} == set(uids)
        assert len(store.answers()) == 300
        assert len(store.cards()) == 14


def test_writes_reach_the_operating_system_before_they_are_acknowledged(path):
    with Store.open(path, clock) as store:
        assert store._connection.execute("PRAGMA synchronous").fetchone() == (1,)
        assert store._connection.execute("PRAGMA journal_mode").fetchone() == ("wal",)


def test_a_terminal_sees_what_another_one_wrote(path):
    with Store.open(path, clock) as one, Store.open(path, clock) as two:
        stored = one_answer(one)
        assert two.answers() == (stored,)


def test_a_locked_file_is_told_after_a_while(filled, monkeypatch):
    monkeypatch.setattr(database, "BUSY_SECONDS", 0.05)
    holder = sqlite3.connect(filled, isolation_level=None)
    holder.execute("BEGIN IMMEDIATE")
    with Store.open(filled, clock) as store, pytest.raises(StoreError, match="locked"):
        one_answer(store)
    holder.close()


def damage_half(path):
    os.truncate(path, path.stat().st_size // 2)


def damage_all(path):
    os.truncate(path, 0)


def damage_header(path):
    path.write_bytes(b"This is not a database." * 500)


def damage_page(path):
    content = bytearray(path.read_bytes())
    content[4096:20480] = b"\xff" * 16384
    path.write_bytes(content)


@pytest.mark.parametrize("damage", [damage_half, damage_all, damage_header, damage_page])
def test_a_damaged_file_is_set_aside_and_said_so(filled, damage):
    damage(filled)
    broken = filled.read_bytes()
    with Store.open(filled, clock) as store:
        kept = filled.with_name("progress.damaged-1.db")
        assert str(kept) in store.notice
        assert str(filled) in store.notice
        assert store.answers() == ()
        one_answer(store)
    assert kept.read_bytes() == broken
    with Store.open(filled, clock) as store:
        assert store.notice == ""
        assert len(store.answers()) == 1


def test_terminals_that_open_a_damaged_file_at_once_set_it_aside_once(filled):
    damage_header(filled)
    with (
        start_writer(filled, "a", 5) as a,
        start_writer(filled, "b", 5) as b,
        start_writer(filled, "c", 5) as c,
    ):
        start(a, b, c)
        for writer in (a, b, c):
            writer.communicate()
    with Store.open(filled, clock) as store:
        assert len(store.answers()) == 15
    assert len(list(filled.parent.glob("progress.damaged-*"))) == 1


def test_an_older_damaged_file_is_never_overwritten(filled):
    older = filled.with_name("progress.damaged-1.db")
    older.write_text("older")
    damage_header(filled)
    with Store.open(filled, clock) as store:
        assert "progress.damaged-2.db" in store.notice
    assert older.read_text() == "older"


def test_the_log_of_a_damaged_file_goes_with_it(filled):
    damage_all(filled)
    Path(f"{filled}-wal").write_bytes(b"log")
    Store.open(filled, clock).close()
    assert filled.with_name("progress.damaged-1.db-wal").read_bytes() == b"log"


def test_damage_found_while_working_is_an_error_that_says_so(filled):
    with Store.open(filled, clock) as store:
        damage_page(filled)
        store._connection.execute("PRAGMA shrink_memory")
        with pytest.raises(StoreError, match="damaged"):
            store.answers()


def test_a_newer_file_is_refused_and_not_touched(filled):
    newer = sqlite3.connect(filled)
    newer.execute(f"PRAGMA user_version = {len(MIGRATIONS) + 1}")
    newer.execute("PRAGMA journal_mode = DELETE")
    newer.close()
    before = filled.read_bytes()
    with pytest.raises(StoreError, match="newer sdtutor") as caught:
        Store.open(filled, clock)
    assert "Upgrade" in caught.value.hint
    assert filled.read_bytes() == before
    assert sorted(file.name for file in filled.parent.iterdir()) == ["progress.db", "progress.lock"]


def test_an_older_file_is_migrated_with_its_rows(filled):
    added = ("ALTER TABLE answers ADD COLUMN surface TEXT NOT NULL DEFAULT 'screen'", "DROP TABLE runs")
    connection = sqlite3.connect(filled, isolation_level=None)
    migrate(connection, (*MIGRATIONS, added))
    assert version(connection) == len(MIGRATIONS) + 1
    assert connection.execute("SELECT count(*), min(surface) FROM answers").fetchone() == (200, "screen")
    connection.close()


def test_a_migration_that_fails_half_way_leaves_the_file_as_it_was(filled):
    connection = sqlite3.connect(filled, isolation_level=None)
    with pytest.raises(sqlite3.OperationalError):
        migrate(connection, (*MIGRATIONS, ("DROP TABLE runs", "DROP TABLE nosuch")))
    assert version(connection) == len(MIGRATIONS)
    assert connection.execute("SELECT count(*) FROM runs").fetchone() == (0,)
    connection.close()


def test_the_folder_and_the_file_are_private(tmp_path):
    path = tmp_path / "home" / "progress.db"
    with Store.open(path, clock) as store:
        one_answer(store)
        files = list(path.parent.iterdir())
        assert path.parent.stat().st_mode & 0o777 == 0o700
        assert {file.name for file in files} >= {"progress.db", "progress.db-wal", "progress.db-shm"}
        assert {file.stat().st_mode & 0o777 for file in files} == {0o600}


def test_a_folder_that_cannot_be_made_is_a_clear_error(tmp_path):
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(StoreError, match="cannot be opened") as caught:
        Store.open(tmp_path / "file" / "progress.db", clock)
    assert "SDTUTOR_HOME" in caught.value.hint


def test_a_folder_in_place_of_the_file_is_a_clear_error(path):
    path.mkdir()
    with pytest.raises(StoreError, match=r"progress\.db"):
        Store.open(path, clock)


@pytest.fixture
def open_folder():
    """A folder for everybody; root, whom no permission stops, becomes nobody meanwhile."""
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as name:
        folder, root = Path(name), os.geteuid() == 0
        if root:
            os.chown(folder, NOBODY, NOBODY)
            os.seteuid(NOBODY)
        try:
            yield folder
        finally:
            folder.chmod(0o700)
            if root:
                os.seteuid(0)


def test_a_read_only_file_is_a_clear_error(open_folder):
    path = open_folder / "progress.db"
    Store.open(path, clock).close()
    path.chmod(0o400)
    with pytest.raises(StoreError, match="may not be written"):
        Store.open(path, clock)


def test_a_read_only_folder_is_a_clear_error(open_folder):
    open_folder.chmod(0o500)
    with pytest.raises(StoreError, match="cannot be opened") as caught:
        Store.open(open_folder / "progress.db", clock)
    assert "SDTUTOR_HOME" in caught.value.hint
