"""Opening the progress file so that nothing a learner did is lost.

Write-ahead logging with ``synchronous=NORMAL``: a transaction that was committed survives the death of
the process, ``kill -9`` included, because its pages have been handed to the operating system
("Transactions are durable across application crashes regardless of the synchronous setting or journal
mode", SQLite documentation, "PRAGMA synchronous"). A power cut may take the last transactions, but
leaves the file whole.
"""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from sdtutor.errors import StoreError
from sdtutor.store.schema import migrate, refuse_newer

if TYPE_CHECKING:
    from sqlite3 import Connection
    from sqlite3 import Error as SQLiteError

BUSY_SECONDS = 10.0
"""How long a terminal waits for another one's write. Editorial: a write takes about a millisecond."""

_REMEDY = "Check that its folder is writable and the disk has space, or set SDTUTOR_HOME to another folder."


class DamagedFile(Exception):
    """The progress file is not a whole database."""


def open_database(path: Path) -> "tuple[Connection, str]":
    """Return a connection to the progress file, made if there is none, and a notice for the learner.

    The notice is empty unless the file was damaged and has been set aside. One opener works at a time
    (a lock file beside the database), so two terminals cannot both set the same file aside.

    Raises:
        StoreError: The folder or the file cannot be written, or a newer sdtutor wrote the file.
    """
    with _reporting(path):
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        with _one_opener(path.with_suffix(".lock")):
            try:
                return _connect(path), ""
            except DamagedFile:
                kept = _set_aside(path)
            notice = f"The progress file was damaged. It is kept as {kept}; a new one was started: {path}."
            return _connect(path), notice


@contextmanager
def writing(connection: "Connection", path: Path) -> Iterator[None]:
    """Run the body as one transaction: committed when it ends, rolled back when it fails.

    ``BEGIN IMMEDIATE`` takes the write lock first, so that a body that reads and then writes is never
    refused half-way because another terminal wrote in between.

    Raises:
        StoreError: The file cannot be written.
    """
    with reading(path):
        connection.execute("BEGIN IMMEDIATE")
        try:
            yield
            connection.commit()
        except BaseException:
            connection.rollback()
            raise


@contextmanager
def reading(path: Path) -> Iterator[None]:
    """Run the body with errors of SQLite told as errors of the progress file.

    Raises:
        StoreError: SQLite refused; the message says what and what to do.
    """
    import sqlite3

    try:
        yield
    except sqlite3.Error as error:
        if _is_damage(error):
            message = f"The progress file {path} is damaged ({error})."
            raise StoreError(message, "Start sdtutor again: it sets the file aside.") from error
        if isinstance(error, sqlite3.OperationalError):
            raise StoreError(f"The progress file {path} cannot be used: {error}.", _REMEDY) from error
        raise


@contextmanager
def _reporting(path: Path) -> Iterator[None]:
    try:
        with reading(path):
            yield
    except OSError as error:
        reason = error.strerror or str(error)
        raise StoreError(f"The progress file {path} cannot be opened: {reason}.", _REMEDY) from error


@contextmanager
def _one_opener(lock: Path) -> Iterator[None]:
    if os.name == "nt":
        # Windows has no flock. SQLite's own locks still keep writers apart; only two terminals that meet a
        # damaged file at the same moment are not.
        yield
        return
    import fcntl

    handle = os.open(lock, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield
    finally:
        os.close(handle)


def _connect(path: Path) -> "Connection":
    import sqlite3

    _make_or_check(path)
    connection = sqlite3.connect(path, timeout=BUSY_SECONDS, isolation_level=None)
    try:
        _prepare(connection, path)
    except sqlite3.DatabaseError as error:
        connection.close()
        if _is_damage(error):
            raise DamagedFile from error
        raise
    except BaseException:
        connection.close()
        raise
    return connection


def _make_or_check(path: Path) -> None:
    if not path.exists():
        # SQLite gives its -wal and -shm files the permissions of the database.
        path.touch(mode=0o600)
    elif path.stat().st_size == 0:
        raise DamagedFile
    elif not os.access(path, os.W_OK, effective_ids=True):
        raise PermissionError(None, "it may not be written")


def _prepare(connection: "Connection", path: Path) -> None:
    refuse_newer(connection, path)
    if connection.execute("PRAGMA quick_check(1)").fetchone() != ("ok",):
        raise DamagedFile
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA synchronous = NORMAL")
    migrate(connection)


def _is_damage(error: "SQLiteError") -> bool:
    import sqlite3

    # The low byte is the primary result code (SQLite documentation, "Result and Error Codes").
    code = getattr(error, "sqlite_errorcode", 0) & 0xFF
    return code in (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB)


def _set_aside(path: Path) -> Path:
    kept = free_name(path, "damaged", path.suffix)
    path.rename(kept)
    for suffix in ("-wal", "-shm"):
        side = Path(f"{path}{suffix}")
        if side.exists():
            side.rename(f"{kept}{suffix}")
    return kept


def free_name(path: Path, word: str, suffix: str) -> Path:
    """Return the first path ``<stem>.<word>-<n><suffix>`` beside a file that nothing has, n from 1."""
    number = 1
    while (candidate := path.with_name(f"{path.stem}.{word}-{number}{suffix}")).exists():
        number += 1
    return candidate
