"""The tables of the progress file and how an older file becomes a new one.

``PRAGMA user_version`` counts the migrations that a file has seen (SQLite documentation, "PRAGMA
user_version"). A migration is only ever appended: files of every earlier version are on learners' disks.
"""

from typing import TYPE_CHECKING

from sdtutor.errors import StoreError

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path
    from sqlite3 import Connection

Migration = tuple[str, ...]
"""The statements that lead from one version to the next."""

FIRST: Migration = (
    """CREATE TABLE answers (
        uid TEXT PRIMARY KEY, item TEXT NOT NULL, concept TEXT NOT NULL, correct REAL NOT NULL,
        confidence TEXT NOT NULL, seconds REAL NOT NULL, hints INTEGER NOT NULL, at TEXT NOT NULL)""",
    "CREATE INDEX answers_by_concept ON answers (concept, at)",
    """CREATE TABLE cards (
        item TEXT PRIMARY KEY, state TEXT NOT NULL, due TEXT NOT NULL, updated_at TEXT NOT NULL)""",
    "CREATE INDEX cards_by_due ON cards (due)",
    """CREATE TABLE lessons (
        concept TEXT PRIMARY KEY, place REAL NOT NULL, opened_at TEXT NOT NULL, done_at TEXT)""",
    """CREATE TABLE goals (
        lab TEXT NOT NULL, goal TEXT NOT NULL, steps INTEGER NOT NULL, at TEXT NOT NULL,
        PRIMARY KEY (lab, goal))""",
    "CREATE TABLE runs (lab TEXT PRIMARY KEY, text TEXT NOT NULL, updated_at TEXT NOT NULL)",
    "CREATE TABLE drafts (key TEXT PRIMARY KEY, value TEXT NOT NULL, updated_at TEXT NOT NULL)",
    "CREATE TABLE settings (key TEXT PRIMARY KEY, value TEXT NOT NULL, updated_at TEXT NOT NULL)",
    """CREATE TABLE last (
        slot INTEGER PRIMARY KEY CHECK (slot = 1), kind TEXT NOT NULL, concept TEXT NOT NULL,
        detail TEXT NOT NULL, updated_at TEXT NOT NULL)""",
)

SECOND: Migration = (
    """CREATE TABLE interviews (
        id TEXT PRIMARY KEY, problem TEXT NOT NULL, minutes INTEGER NOT NULL, level TEXT NOT NULL,
        text TEXT NOT NULL, started_at TEXT NOT NULL, updated_at TEXT NOT NULL, ended_at TEXT,
        decision TEXT NOT NULL, percent REAL NOT NULL, scores TEXT NOT NULL)""",
)

MIGRATIONS: tuple[Migration, ...] = (FIRST, SECOND)


def version(connection: "Connection") -> int:
    """Return how many migrations this file has seen; 0 for a new one."""
    row: tuple[int] = connection.execute("PRAGMA user_version").fetchone()
    return row[0]


def refuse_newer(connection: "Connection", path: "Path", newest: int = len(MIGRATIONS)) -> None:
    """Let a file pass that this version of sdtutor can read; nothing is written.

    Raises:
        StoreError: A newer sdtutor wrote it.
    """
    found = version(connection)
    if found > newest:
        raise StoreError(
            f"The progress file {path} was written by a newer sdtutor "
            f"(its format is {found}, this sdtutor knows {newest}). It was not changed.",
            "Upgrade sdtutor, or set SDTUTOR_HOME to another folder.",
        )


def migrate(connection: "Connection", migrations: "Sequence[Migration]" = MIGRATIONS) -> None:
    """Bring a file to the newest version, in one transaction: all of it or nothing.

    The version is read again inside the transaction, because another terminal may have migrated
    between the first look and the lock.
    """
    if version(connection) >= len(migrations):
        return
    connection.execute("BEGIN IMMEDIATE")
    try:
        for statements in migrations[version(connection) :]:
            for statement in statements:
                connection.execute(statement)
        connection.execute(f"PRAGMA user_version = {len(migrations)}")
        connection.commit()
    except BaseException:
        connection.rollback()
        raise
