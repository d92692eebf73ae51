"""Mock interviews: one row each, rewritten at every entry, so that each is whole wherever it was left."""

import json
import os
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sdtutor.store.records import to_moment
from sdtutor.store.rows import Rows


@dataclass(frozen=True, slots=True)
class KeptInterview:
    """A mock interview that was begun.

    Args:
        id: 32 hexadecimal digits.
        problem: Slug.
        minutes: The preset.
        level: The level that is aimed at.
        text: The stored interview, as its file has it.
        started_at: When it was begun.
        updated_at: When something was last said.
        ended_at: When it ended; None while it goes on.
        decision: What came out; empty before.
        percent: The weighted result, 0 to 100.
        scores: Level by dimension.
    """

    id: str
    problem: str
    minutes: int
    level: str
    text: str
    started_at: datetime
    updated_at: datetime
    ended_at: datetime | None
    decision: str
    percent: float
    scores: Mapping[str, float]


_COLUMNS = "id, problem, minutes, level, text, started_at, updated_at, ended_at, decision, percent, scores"


class InterviewRows(Rows):
    """The part of the store that keeps mock interviews. Each method is one transaction."""

    def begin_interview(self, problem: str, minutes: int, level: str, text: str) -> str:
        """Keep a new interview; return its id.

        Args:
            problem: Slug.
            minutes: The preset.
            level: The level that is aimed at.
            text: The stored interview, as its file has it.

        Raises:
            StoreError: The file cannot be written.
        """
        name, now = os.urandom(16).hex(), self._now()
        row = dict(zip(_COLUMNS.split(", "), (name, problem, minutes, level, text, now, now), strict=False))
        with self._writing():
            self._put("interviews", {**row, "ended_at": None, "decision": "", "percent": 0.0, "scores": "{}"})
        return name

    def keep_interview(self, interview: str, text: str) -> None:
        """Keep what an interview has come to.

        Args:
            interview: Its id.
            text: The stored interview, as its file has it.

        Raises:
            StoreError: The file cannot be written; what was kept before is still there.
        """
        with self._writing():
            sql = "UPDATE interviews SET text = ?, updated_at = ? WHERE id = ?"
            self._connection.execute(sql, (text, self._now(), interview))

    def end_interview(
        self, interview: str, decision: str, percent: float, scores: Mapping[str, float]
    ) -> None:
        """Keep the result of an interview; when it ended is kept once.

        Args:
            interview: Its id.
            decision: What came out.
            percent: The weighted result, 0 to 100.
            scores: Level by dimension.

        Raises:
            StoreError: The file cannot be written.
        """
        now, levels = self._now(), json.dumps(dict(scores))
        with self._writing():
            self._connection.execute(
                """UPDATE interviews SET decision = ?, percent = ?, scores = ?, updated_at = ?,
                ended_at = coalesce(ended_at, ?) WHERE id = ?""",
                (decision, percent, levels, now, now, interview),
            )

    def interviews(self) -> tuple[KeptInterview, ...]:
        """Return all interviews, the one that was begun last first."""
        rows = self._rows(f"SELECT {_COLUMNS} FROM interviews ORDER BY started_at DESC, id")
        return tuple(_kept(row) for row in rows)


def _kept(row: tuple[Any, ...]) -> KeptInterview:
    name, problem, minutes, level, text, started, updated, ended, decision, percent, scores = row
    moments = (to_moment(started), to_moment(updated), to_moment(ended) if ended else None)
    return KeptInterview(name, problem, minutes, level, text, *moments, decision, percent, json.loads(scores))
