"""Progress as JSON: what an export holds, how an import is checked, how two histories become one.

Merging is a join: whatever the order and however often it is done, the same rows result. Answers are
united by their uid; of two cards, places, runs or settings the newer one stays; of two records of a goal
the one with fewer steps; a lesson that is done on either side is done; an interview that ended on either
side has ended. Unfinished work (drafts) stays out, because an old export must not bring back a quiz that
has been finished since.
"""

import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from sdtutor.errors import UsageError
from sdtutor.store import checks

FORMAT = 1
"""The version of the export; the value of ``sdtutor_progress``."""

Row = dict[str, Any]
Tables = dict[str, list[Row]]


@dataclass(frozen=True, slots=True)
class Shape:
    """One table as an export writes it.

    Args:
        key: The fields that name a row.
        fields: Every field with its check, which returns the value as it is stored.
        join: Returns the row that stays of two with the same key; commutative, associative, idempotent.
    """

    key: tuple[str, ...]
    fields: Mapping[str, Callable[[Any], Any]]
    join: Callable[[Row, Row], Row]


def _newer_by(field: str) -> Callable[[Row, Row], Row]:
    return lambda one, other: max(one, other, key=lambda row: (row[field], _canonical(row)))


def _fewer_steps(one: Row, other: Row) -> Row:
    return min(one, other, key=lambda row: (row["steps"], row["at"]))


def _further_read(one: Row, other: Row) -> Row:
    newer = max(one, other, key=lambda row: (row["opened_at"], row["place"]))
    done = [row["done_at"] for row in (one, other) if row["done_at"] is not None]
    return {**newer, "done_at": min(done, default=None)}


def _finished_or_newer(one: Row, other: Row) -> Row:
    return max(one, other, key=lambda row: (row["ended_at"] is not None, row["updated_at"], _canonical(row)))


def _canonical(row: Row) -> str:
    return json.dumps(row, sort_keys=True)


SHAPES: Mapping[str, Shape] = {
    "answers": Shape(
        ("uid",),
        {
            "uid": checks.uid,
            "item": checks.name,
            "concept": checks.name,
            "correct": checks.share,
            "confidence": checks.confidence,
            "seconds": checks.amount,
            "hints": checks.count,
            "at": checks.moment,
        },
        _newer_by("at"),
    ),
    "cards": Shape(
        ("item",),
        {
            "item": checks.name,
            "state": checks.json_text,
            "due": checks.moment,
            "updated_at": checks.moment,
        },
        _newer_by("updated_at"),
    ),
    "lessons": Shape(
        ("concept",),
        {
            "concept": checks.name,
            "place": checks.amount,
            "opened_at": checks.moment,
            "done_at": checks.moment_or_none,
        },
        _further_read,
    ),
    "goals": Shape(
        ("lab", "goal"),
        {"lab": checks.name, "goal": checks.name, "steps": checks.count, "at": checks.moment},
        _fewer_steps,
    ),
    "runs": Shape(
        ("lab",),
        {"lab": checks.name, "text": checks.text, "updated_at": checks.moment},
        _newer_by("updated_at"),
    ),
    "settings": Shape(
        ("key",),
        {"key": checks.name, "value": checks.json_text, "updated_at": checks.moment},
        _newer_by("updated_at"),
    ),
    "last": Shape(
        ("slot",),
        {
            "slot": checks.one,
            "kind": checks.name,
            "concept": checks.name,
            "detail": checks.text,
            "updated_at": checks.moment,
        },
        _newer_by("updated_at"),
    ),
    "interviews": Shape(
        ("id",),
        {
            "id": checks.uid,
            "problem": checks.name,
            "minutes": checks.count,
            "level": checks.name,
            "text": checks.text,
            "started_at": checks.moment,
            "updated_at": checks.moment,
            "ended_at": checks.moment_or_none,
            "decision": checks.text,
            "percent": checks.amount,
            "scores": checks.json_text,
        },
        _finished_or_newer,
    ),
}
"""Every table that an export holds."""


def document(tables: Tables) -> dict[str, Any]:
    """Return tables as an export: versioned, rows sorted by key, fields sorted by name."""
    rows = {
        name: [dict(sorted(row.items())) for row in _sorted(tables.get(name, ()), SHAPES[name])]
        for name in sorted(SHAPES)
    }
    return {"sdtutor_progress": FORMAT, **rows}


def parse(data: Any) -> Tables:
    """Return the tables of an export, every value checked.

    Args:
        data: What the JSON file holds.

    Raises:
        UsageError: It is not an export of this version; the message names the field.
    """
    if not isinstance(data, dict) or "sdtutor_progress" not in data:
        raise UsageError(
            'This is not an export of sdtutor: it has no field "sdtutor_progress".',
            'Write one with "sdtutor progress export".',
        )
    _check_format(data["sdtutor_progress"])
    _refuse_unknown(data, {"sdtutor_progress", *SHAPES}, "")
    return {name: _rows(name, data.get(name, [])) for name in SHAPES}


def merge(one: Tables, other: Tables) -> Tables:
    """Return the union of two histories; the order of the two does not matter."""
    return {
        name: _joined((*one.get(name, ()), *other.get(name, ())), shape) for name, shape in SHAPES.items()
    }


def checked(table: str, row: Row) -> Row:
    """Return a row of a table with its fields in order, each as it is stored.

    Raises:
        UsageError: A value is not what its field holds; the message names the field.
    """
    return _row(table, row, SHAPES[table])


def _check_format(found: Any) -> None:
    if found == FORMAT and isinstance(found, int) and not isinstance(found, bool):
        return
    hint = "A newer sdtutor wrote it: upgrade." if isinstance(found, int) and found > FORMAT else ""
    raise UsageError(f"sdtutor_progress must be {FORMAT}, not {checks.shown(found)}.", hint)


def _rows(table: str, rows: Any) -> list[Row]:
    if not isinstance(rows, list):
        raise UsageError(f"{table} must be a list, not {checks.shown(rows)}.")
    parsed = [_row(f"{table}[{index}]", row, SHAPES[table]) for index, row in enumerate(rows)]
    return _joined(parsed, SHAPES[table])


def _row(place: str, row: Any, shape: Shape) -> Row:
    if not isinstance(row, dict):
        raise UsageError(f"{place} must be an object, not {checks.shown(row)}.")
    _refuse_unknown(row, set(shape.fields), f"{place}.")
    return {field: _value(f"{place}.{field}", row, field, check) for field, check in shape.fields.items()}


def _value(place: str, row: Row, field: str, check: Callable[[Any], Any]) -> Any:
    if field not in row:
        raise UsageError(f"{place} is missing.")
    try:
        return check(row[field])
    except ValueError as error:
        raise UsageError(f"{place} must be {error}, not {checks.shown(row[field])}.") from error


def _refuse_unknown(found: Mapping[Any, Any], known: set[str], place: str) -> None:
    for field in found:
        if field not in known:
            hint = f"Known are {', '.join(sorted(known))}."
            raise UsageError(f"{place}{field} is not a field of an export.", hint)


def _joined(rows: Iterable[Row], shape: Shape) -> list[Row]:
    by_key: dict[tuple[Any, ...], Row] = {}
    for row in rows:
        key = tuple(row[field] for field in shape.key)
        by_key[key] = shape.join(by_key[key], row) if key in by_key else row
    return _sorted(by_key.values(), shape)


def _sorted(rows: Iterable[Row], shape: Shape) -> list[Row]:
    return sorted(rows, key=lambda row: tuple(row[field] for field in shape.key))
