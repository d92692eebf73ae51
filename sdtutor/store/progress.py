"""What the learner has done, kept in one SQLite file that several terminals may share.

Each method is one transaction: when it returns, its write survives the death of the process. A database
connection belongs to the thread that opened it.
"""

import json
import os
from dataclasses import asdict, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self

from sdtutor.errors import StoreError
from sdtutor.store.database import free_name, open_database, reading
from sdtutor.store.exchange import SHAPES, Tables, checked, document, merge, parse
from sdtutor.store.interviews import InterviewRows
from sdtutor.store.records import (
    ANSWER_COLUMNS,
    Answer,
    Card,
    Draft,
    LastPlace,
    LessonMark,
    MetGoal,
    SavedRun,
    to_answer,
    to_moment,
    to_text,
)
from sdtutor.store.rows import Clock

if TYPE_CHECKING:
    from sqlite3 import Connection

_OWNED = {
    "answers": "concept = :concept",
    "cards": "substr(item, 1, length(:concept) + 1) = :concept || '#'",
    "lessons": "concept = :concept",
    "goals": "lab = :concept",
    "runs": "lab = :concept",
    "drafts": "substr(key, -length(:concept) - 1) = ':' || :concept",
    "last": "concept = :concept",
    "interviews": "0",
}
"""The tables that a reset empties, and which of their rows belong to one concept; an interview to none."""


class Store(InterviewRows):
    """The progress file of one learner. Use :meth:`open`; it is a context manager."""

    def __init__(self, connection: "Connection", path: Path, clock: Clock, notice: str = "") -> None:
        super().__init__(connection, path, clock)
        self.notice = notice
        """What the learner must be told about the opening; empty when all was well."""

    @classmethod
    def open(cls, path: Path, clock: Clock) -> Self:
        """Return the store in a file, which is made if there is none and migrated if it is older.

        A damaged file is set aside under a new name and :attr:`notice` says so.

        Args:
            path: The file; see :func:`sdtutor.store.location.progress_path`.
            clock: Stamps what is written.

        Raises:
            StoreError: The file or its folder cannot be written, or a newer sdtutor wrote the file.
        """
        connection, notice = open_database(path)
        return cls(connection, path, clock, notice)

    def close(self) -> None:
        """Close the file. Nothing waits to be written."""
        self._connection.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def record_answer(self, answer: Answer, card: Card | None = None, draft: Draft | None = None) -> Answer:
        """Write an answer and what follows from it, all or nothing; return it with its uid.

        Args:
            answer: An answer whose uid is already stored is not stored again.
            card: When its question comes back; replaces the card of the question.
            draft: The quiz it belongs to, moved on past this question.

        Raises:
            StoreError: The file cannot be written; nothing of the three was.
        """
        stored = answer if answer.uid else replace(answer, uid=os.urandom(16).hex())
        at = to_text(stored.at)
        row = checked("answers", {**asdict(stored), "at": at})
        with self._writing():
            sql = f"INSERT OR IGNORE INTO answers ({ANSWER_COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?, ?)"
            self._connection.execute(sql, tuple(row.values()))
            if card:
                due = to_text(card.due)
                self._put("cards", {"item": card.item, "state": card.state, "due": due, "updated_at": at})
            if draft:
                self._put_draft(draft)
        return stored

    def withdraw_answer(self, uid: str, draft: Draft) -> None:
        """Forget an answer that its learner took back, and put the quiz where it was before; all or nothing.

        Args:
            uid: Of the answer; one that is not there is no error.
            draft: The quiz, at the question again.

        Raises:
            StoreError: The file cannot be written; nothing changed.
        """
        with self._writing():
            self._connection.execute("DELETE FROM answers WHERE uid = ?", (uid,))
            self._put_draft(draft)

    def answers(self, concept: str | None = None) -> tuple[Answer, ...]:
        """Return the answers to the questions of a concept, or all, oldest first."""
        where, names = ("WHERE concept = ?", (concept,)) if concept is not None else ("", ())
        rows = self._rows(f"SELECT {ANSWER_COLUMNS} FROM answers {where} ORDER BY at, uid", *names)
        return tuple(to_answer(row) for row in rows)

    def cards(self) -> tuple[Card, ...]:
        """Return all cards, the one that is due first first."""
        rows = self._rows("SELECT item, state, due FROM cards ORDER BY due, item")
        return tuple(Card(item, state, to_moment(due)) for item, state, due in rows)

    def card(self, item: str) -> Card | None:
        """Return the card of a question, or None before its first answer."""
        rows = self._rows("SELECT item, state, due FROM cards WHERE item = ?", item)
        return next((Card(name, state, to_moment(due)) for name, state, due in rows), None)

    def save_place(self, concept: str, place: float, done: bool = False) -> None:
        """Keep where the reader of a lesson is, and that it was read now.

        Args:
            concept: The lesson: ``topic/concept``.
            place: Grows down the page from 0.
            done: It was read to its end; a lesson that is done stays so, since the first time.
        """
        now = self._now()
        row = {"concept": concept, "place": place, "opened_at": now, "done_at": now if done else None}
        with self._writing():
            self._connection.execute(
                """INSERT INTO lessons (concept, place, opened_at, done_at)
                VALUES (:concept, :place, :opened_at, :done_at)
                ON CONFLICT (concept) DO UPDATE SET place = excluded.place, opened_at = excluded.opened_at,
                done_at = coalesce(lessons.done_at, excluded.done_at)""",
                checked("lessons", row),
            )

    def lessons(self) -> dict[str, LessonMark]:
        """Return the lessons that were opened, by concept."""
        rows = self._rows("SELECT concept, place, opened_at, done_at FROM lessons ORDER BY concept")
        return {
            concept: LessonMark(concept, place, to_moment(opened), to_moment(done) if done else None)
            for concept, place, opened, done in rows
        }

    def record_goal(self, lab: str, goal: str, steps: int) -> None:
        """Keep that a goal was met; of several times, the one with the fewest steps.

        Args:
            lab: The lab: ``topic/concept``.
            goal: Its name.
            steps: How many steps it took.
        """
        row = checked("goals", {"lab": lab, "goal": goal, "steps": steps, "at": self._now()})
        with self._writing():
            self._connection.execute(
                """INSERT INTO goals (lab, goal, steps, at) VALUES (:lab, :goal, :steps, :at)
                ON CONFLICT (lab, goal) DO UPDATE SET steps = excluded.steps, at = excluded.at
                WHERE excluded.steps < goals.steps""",
                row,
            )

    def goals(self) -> tuple[MetGoal, ...]:
        """Return the goals that were met, by lab and name."""
        rows = self._rows("SELECT lab, goal, steps, at FROM goals ORDER BY lab, goal")
        return tuple(MetGoal(lab, goal, steps, to_moment(at)) for lab, goal, steps, at in rows)

    def save_run(self, lab: str, text: str) -> None:
        """Keep the run that a lab resumes, as the text of its run file."""
        with self._writing():
            self._put("runs", {"lab": lab, "text": text, "updated_at": self._now()})

    def run(self, lab: str) -> SavedRun | None:
        """Return the run that a lab resumes, or None."""
        rows = self._rows("SELECT lab, text, updated_at FROM runs WHERE lab = ?", lab)
        return next((SavedRun(name, text, to_moment(at)) for name, text, at in rows), None)

    def save_draft(self, draft: Draft) -> None:
        """Keep unfinished work; replaces what its key held."""
        with self._writing():
            self._put_draft(draft)

    def draft(self, key: str) -> Draft | None:
        """Return unfinished work, or None."""
        rows = self._rows("SELECT value FROM drafts WHERE key = ?", key)
        return next((Draft(key, json.loads(value)) for (value,) in rows), None)

    def drafts(self) -> tuple[Draft, ...]:
        """Return all unfinished work, newest first."""
        rows = self._rows("SELECT key, value FROM drafts ORDER BY updated_at DESC, key")
        return tuple(Draft(key, json.loads(value)) for key, value in rows)

    def drop_draft(self, key: str) -> None:
        """Forget work that is finished; nothing happens when there is none."""
        with self._writing():
            self._connection.execute("DELETE FROM drafts WHERE key = ?", (key,))

    def setting(self, key: str, default: Any = None) -> Any:
        """Return a setting, or the default when it was never set."""
        rows = self._rows("SELECT value FROM settings WHERE key = ?", key)
        return next((json.loads(value) for (value,) in rows), default)

    def set_setting(self, key: str, value: Any) -> None:
        """Keep a setting: anything that JSON can hold."""
        with self._writing():
            self._put("settings", {"key": key, "value": json.dumps(value), "updated_at": self._now()})

    def last(self) -> LastPlace | None:
        """Return what ``continue`` opens, or None before anything was opened."""
        rows = self._rows("SELECT kind, concept, detail FROM last")
        return next((LastPlace(*row) for row in rows), None)

    def set_last(self, last: LastPlace) -> None:
        """Keep what ``continue`` opens."""
        with self._writing():
            self._put("last", {"slot": 1, **asdict(last), "updated_at": self._now()})

    def export(self) -> dict[str, Any]:
        """Return all progress as JSON: versioned and sorted, so that equal progress gives equal text.

        Unfinished work is left out; see :mod:`sdtutor.store.exchange`.
        """
        with reading(self.path):
            self._connection.execute("BEGIN")
            try:
                return document(self._tables())
            finally:
                self._connection.rollback()

    def import_(self, data: Any) -> int:
        """Merge an export into this progress; return how many rows are new or changed.

        Args:
            data: What the JSON file holds.

        Raises:
            UsageError: It is not an export; the message names the field. Nothing was changed.
        """
        imported = parse(data)
        with self._writing():
            before = self._tables()
            after = merge(before, imported)
            changed = 0
            for table, rows in after.items():
                known = {tuple(row.values()) for row in before[table]}
                for row in rows:
                    if tuple(row.values()) not in known:
                        self._put(table, row)
                        changed += 1
        return changed

    def reset(self, concept: str | None = None) -> Path:
        """Forget the progress in a concept, or all of it; return the backup that was written first.

        The backup is an export beside the progress file, which :meth:`import_` takes back. Settings stay.

        Args:
            concept: ``topic/concept``; None means everything.

        Raises:
            StoreError: The backup or the file cannot be written; nothing was forgotten.
        """
        with self._writing():
            backup = self._write_backup()
            for table, condition in _OWNED.items():
                where = f"WHERE {condition}" if concept is not None else ""
                self._connection.execute(f"DELETE FROM {table} {where}", {"concept": concept})
        return backup

    def _write_backup(self) -> Path:
        text = json.dumps(document(self._tables()), indent=1, ensure_ascii=False) + "\n"
        backup = free_name(self.path, "backup", ".json")
        try:
            backup.touch(mode=0o600, exist_ok=False)
            with backup.open("w", encoding="utf-8") as file:
                file.write(text)
                file.flush()
                os.fsync(file.fileno())
        except OSError as error:
            message = f"The backup {backup} cannot be written: {error.strerror}. Nothing was reset."
            raise StoreError(message, "Free some space or make the folder writable.") from error
        return backup

    def _tables(self) -> Tables:
        return {name: self._table(name, tuple(shape.fields)) for name, shape in SHAPES.items()}

    def _table(self, name: str, columns: tuple[str, ...]) -> list[dict[str, Any]]:
        rows = self._connection.execute(f"SELECT {', '.join(columns)} FROM {name}")
        return [dict(zip(columns, row, strict=True)) for row in rows]

    def _put_draft(self, draft: Draft) -> None:
        sql = "INSERT OR REPLACE INTO drafts (key, value, updated_at) VALUES (?, ?, ?)"
        self._connection.execute(sql, (draft.key, json.dumps(draft.value), self._now()))
