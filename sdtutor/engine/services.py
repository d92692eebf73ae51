"""Services: a cache and a table as pure machines.

(entries, operation, arguments) -> (changes, reply). A service has no code that a learner steps through, so it
is only its state: the world keeps the entries, and the machine says which of them change.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from sdtutor.core.units import to_us

ServiceKind = Literal["key_value", "table"]
Entries = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Write:
    """A change of one entry.

    Args:
        key: Which entry.
        value: Its new value; None removes it.
        ttl_us: Microseconds until it expires; None is never.
    """

    key: str
    value: Any
    ttl_us: int | None = None


@dataclass(frozen=True, slots=True)
class Answer:
    """What an operation does to a service, and what it replies."""

    reply: Any
    write: Write | None = None


def _ttl_us(ttl: float | None) -> int | None:
    return None if ttl is None else to_us(ttl)


def _get(entries: Entries, key: str) -> Answer:
    return Answer(entries.get(key))


def _set(entries: Entries, key: str, value: Any, ttl: float | None, only_if_absent: bool) -> Answer:
    if only_if_absent and key in entries:
        return Answer(False)
    return Answer(True, Write(key, value, _ttl_us(ttl)))


def _delete(entries: Entries, key: str) -> Answer:
    return Answer(key in entries, Write(key, None))


def _compare_and_set(entries: Entries, key: str, expected: Any, value: Any, ttl: float | None) -> Answer:
    if entries.get(key) != expected:
        return Answer(False)
    return Answer(True, Write(key, value, _ttl_us(ttl)))


def _put(_entries: Entries, key: str, row: Any) -> Answer:
    return Answer(None, Write(key, row))


def _replace_row(entries: Entries, key: str, expected: Any, row: Any) -> Answer:
    return _compare_and_set(entries, key, expected, row, None)


OPERATIONS: Mapping[ServiceKind, Mapping[str, Callable[..., Answer]]] = {
    "key_value": {"get": _get, "set": _set, "delete": _delete, "compare_and_set": _compare_and_set},
    "table": {"get": _get, "put": _put, "compare_and_set": _replace_row},
}
"""What each kind of service answers; the arguments are those of the port, in its order."""


def answer(kind: ServiceKind, entries: Entries, operation: str, arguments: tuple[Any, ...]) -> Answer:
    """Return what a service does and replies when a request arrives.

    Args:
        kind: Which machine.
        entries: What it holds now.
        operation: One of `OPERATIONS[kind]`.
        arguments: Those of the port's method, in its order, none left out.
    """
    return OPERATIONS[kind][operation](entries, *arguments)
