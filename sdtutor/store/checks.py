"""Checks of single values of an import.

Each returns the value as the store keeps it, or raises ValueError with what the value must be.
"""

import json
import re
from datetime import datetime
from typing import Any

from sdtutor.store.records import CONFIDENCES, to_text

LARGEST = 10**9
"""No count, duration or place is larger: far above any real one, far below what SQLite can hold."""

_UID = re.compile(r"[0-9a-f]{32}")


def shown(value: Any) -> str:
    """Return a value for a message: JSON if it can be, cut at 40 characters."""
    try:
        text = json.dumps(value)
    except (TypeError, ValueError):
        text = ascii(value)
    return text if len(text) <= 40 else text[:39] + "…"


def text(value: Any) -> str:
    """Return a text that UTF-8 can hold."""
    if not isinstance(value, str) or not _encodable(value):
        raise ValueError("a text")
    return value


def name(value: Any) -> str:
    """Return a name: a text of printable characters that is not empty."""
    if not isinstance(value, str) or not value or not value.isprintable():
        raise ValueError("a text of printable characters")
    return value


def uid(value: Any) -> str:
    """Return 32 lower-case hexadecimal digits."""
    if not isinstance(value, str) or _UID.fullmatch(value) is None:
        raise ValueError("32 hexadecimal digits")
    return value


def json_text(value: Any) -> str:
    """Return a text that is JSON."""
    try:
        json.loads(text(value))
    except (ValueError, RecursionError) as error:
        raise ValueError("a text that is JSON") from error
    return str(value)


def share(value: Any) -> float:
    """Return a number from 0 to 1."""
    if not _is_number(value) or not 0 <= value <= 1:
        raise ValueError("a number from 0 to 1")
    return float(value)


def amount(value: Any) -> float:
    """Return a number from 0 to LARGEST."""
    if not _is_number(value) or not 0 <= value <= LARGEST:
        raise ValueError(f"a number from 0 to {LARGEST:,}")
    return float(value)


def count(value: Any) -> int:
    """Return a whole number from 0 to LARGEST."""
    if not isinstance(value, int) or isinstance(value, bool) or not 0 <= value <= LARGEST:
        raise ValueError(f"a whole number from 0 to {LARGEST:,}")
    return value


def one(value: Any) -> int:
    """Return 1: the only row of its table."""
    if value != 1 or isinstance(value, bool):
        raise ValueError("1")
    return 1


def confidence(value: Any) -> str:
    """Return one of the three words for confidence."""
    if value not in CONFIDENCES:
        raise ValueError(" or ".join(CONFIDENCES))
    return str(value)


def moment(value: Any) -> str:
    """Return a moment as the store writes it: ISO 8601 in UTC."""
    try:
        return to_text(datetime.fromisoformat(value))
    except (TypeError, ValueError, OverflowError) as error:
        raise ValueError("a date and time with its offset, such as 2026-01-31T09:30:00+00:00") from error


def moment_or_none(value: Any) -> str | None:
    """Return a moment, or None."""
    return None if value is None else moment(value)


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _encodable(value: str) -> bool:
    try:
        value.encode()
    except UnicodeEncodeError:
        return False
    return True
