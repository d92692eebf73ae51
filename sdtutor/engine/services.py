"""Services: a cache, a table and a queue as pure machines.

(entries, operation, arguments) -> (changes, reply). A service has no code that a learner steps through, so it
is only its state: the world keeps the entries, and the machine says which of them change.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from sdtutor.core.ports import Delivery
from sdtutor.core.units import to_us

ServiceKind = Literal["key_value", "table", "queue"]
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
    writes: tuple[Write, ...] = ()


@dataclass(frozen=True, slots=True)
class Waiting:
    """A message in a queue that the next pull may take.

    Args:
        message: What was published.
        receipt: Of its latest delivery; empty before the first.
    """

    message: Any
    receipt: str = ""


@dataclass(frozen=True, slots=True)
class Held:
    """A message in a queue that a consumer was given and has not acknowledged.

    Args:
        message: What was published.
        receipt: Of that delivery.
    """

    message: Any
    receipt: str


PUBLISHED = "sent"
"""The entry of a queue that counts its messages.

The n-th message lies under ``m<n>``; the receipt of its k-th delivery is ``m<n>.<k>``.
"""


def _ttl_us(ttl: float | None) -> int | None:
    return None if ttl is None else to_us(ttl)


def _get(entries: Entries, key: str) -> Answer:
    return Answer(entries.get(key))


def _set(entries: Entries, key: str, value: Any, ttl: float | None, only_if_absent: bool) -> Answer:
    if only_if_absent and key in entries:
        return Answer(False)
    return Answer(True, (Write(key, value, _ttl_us(ttl)),))


def _delete(entries: Entries, key: str) -> Answer:
    return Answer(key in entries, (Write(key, None),))


def _compare_and_set(entries: Entries, key: str, expected: Any, value: Any, ttl: float | None) -> Answer:
    if entries.get(key) != expected:
        return Answer(False)
    return Answer(True, (Write(key, value, _ttl_us(ttl)),))


def _put(_entries: Entries, key: str, row: Any) -> Answer:
    return Answer(None, (Write(key, row),))


def _replace_row(entries: Entries, key: str, expected: Any, row: Any) -> Answer:
    return _compare_and_set(entries, key, expected, row, None)


def _publish(entries: Entries, message: Any) -> Answer:
    number = entries.get(PUBLISHED, 0) + 1
    return Answer(None, (Write(PUBLISHED, number), Write(f"m{number}", Waiting(message))))


def _pull(entries: Entries, hold: float) -> Answer:
    waiting = [key for key, entry in entries.items() if isinstance(entry, Waiting)]
    if not waiting:
        return Answer(None)
    first = min(waiting, key=_place)
    entry = entries[first]
    attempt = int(entry.receipt.partition(".")[2] or 0) + 1
    held = Held(entry.message, f"{first}.{attempt}")
    return Answer(Delivery(held.receipt, held.message, attempt), (Write(first, held, to_us(hold)),))


def _place(key: str) -> int:
    """Return the place of a message: one that comes back keeps its own.

    So does RabbitMQ where it can (Consumer Acknowledgements and Publisher Confirms, "Automatic Requeueing").
    """
    return int(key[1:])


def _ack(entries: Entries, receipt: str) -> Answer:
    """Remove a message by its latest receipt, even if it waits again; an older one does nothing.

    Amazon SQS promises no more for its standard queues (API Reference, DeleteMessage).
    """
    key = receipt.partition(".")[0]
    entry = entries.get(key)
    if not isinstance(entry, (Held, Waiting)) or entry.receipt != receipt:
        return Answer(False)
    return Answer(True, (Write(key, None),))


def _nack(entries: Entries, receipt: str) -> Answer:
    key = receipt.partition(".")[0]
    entry = entries.get(key)
    if not isinstance(entry, Held) or entry.receipt != receipt:
        return Answer(False)
    return Answer(True, (Write(key, when_expired(entry)),))


OPERATIONS: Mapping[ServiceKind, Mapping[str, Callable[..., Answer]]] = {
    "key_value": {"get": _get, "set": _set, "delete": _delete, "compare_and_set": _compare_and_set},
    "table": {"get": _get, "put": _put, "compare_and_set": _replace_row},
    "queue": {"publish": _publish, "pull": _pull, "ack": _ack, "nack": _nack},
}
"""What each kind of service answers; the arguments are those of the port, in its order."""

SAFE = frozenset({"get"})
"""The operations of services that change nothing (RFC 9110, section 9.2.1)."""


def answer(kind: ServiceKind, entries: Entries, operation: str, arguments: tuple[Any, ...]) -> Answer:
    """Return what a service does and replies when a request arrives.

    Args:
        kind: Which machine.
        entries: What it holds now.
        operation: One of `OPERATIONS[kind]`.
        arguments: Those of the port's method, in its order, none left out.
    """
    return OPERATIONS[kind][operation](entries, *arguments)


def when_expired(value: Any) -> Any:
    """Return what becomes of an entry when its time is up: a message in hand waits again, all else goes."""
    return Waiting(value.message, value.receipt) if isinstance(value, Held) else None


def queue_of(*messages: Any) -> dict[str, Any]:
    """Return the entries of a queue in which these messages were published."""
    waiting = {f"m{number}": Waiting(message) for number, message in enumerate(messages, 1)}
    return {**waiting, PUBLISHED: len(messages)}
