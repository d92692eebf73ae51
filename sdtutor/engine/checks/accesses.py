"""Histories as reads and writes: what checks of registers and sessions look at."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from sdtutor.engine.checks.checked import Operations, precedes
from sdtutor.engine.operations import Operation


@dataclass(frozen=True, slots=True)
class Access:
    """A read or a write of one key.

    Args:
        operation: The call that made it.
        kind: read or write.
        key: Of what.
        value: What was written, or what the read returned.
        session: To whose view it belongs.
    """

    operation: Operation
    kind: Literal["read", "write"]
    key: Any
    value: Any
    session: str

    @property
    def name(self) -> str:
        """The name of the operation."""
        return self.operation.name

    def precedes(self, other: "Access") -> bool:
        """Tell whether it had returned before another was called."""
        return precedes(self.operation, other.operation)


def by_node(operation: Operation) -> str:
    """Return the session of an operation where each node is a session."""
    return operation.node


def everyone(_operation: Operation) -> str:
    """Return the session of an operation where all who call are one session.

    What a session is promised then holds for anybody who knows of what others have seen: for two people, one
    of whom tells the other.
    """
    return ""


@dataclass(frozen=True, slots=True)
class Register:
    """How operations read and write keys. The first argument is the key, the second of a write its value.

    Args:
        read: The operation that reads.
        write: The operation that writes.
        initial: What is there before the first write, by key; None under any other.
        session: To which session an operation belongs.
        returned: The value in what a read returned.
    """

    read: str
    write: str
    initial: Mapping[Any, Any] = field(default_factory=dict)
    session: Callable[[Operation], str] = by_node
    returned: Callable[[Any], Any] = lambda value: value

    def accesses(self, operations: Operations) -> tuple[Access, ...]:
        """Return the writes, and the reads that returned, in the order of their calls."""
        return tuple(self._accesses(operations))

    def _accesses(self, operations: Operations) -> Iterator[Access]:
        for operation in operations:
            if operation.operation == self.write:
                key, value = operation.arguments[:2]
                yield Access(operation, "write", key, value, self.session(operation))
            elif operation.operation == self.read and operation.done:
                key, value = operation.arguments[0], self.returned(operation.value)
                yield Access(operation, "read", key, value, self.session(operation))


def reads(accesses: tuple[Access, ...]) -> tuple[Access, ...]:
    """Return the reads."""
    return tuple(access for access in accesses if access.kind == "read")


def writes(accesses: tuple[Access, ...]) -> tuple[Access, ...]:
    """Return the writes, also those that failed or are open."""
    return tuple(access for access in accesses if access.kind == "write")


def sources(read: Access, accesses: tuple[Access, ...]) -> tuple[Access, ...]:
    """Return the writes that a read can have seen: of its key and value, called before the read returned."""
    seen = read.operation.returned
    return tuple(
        write
        for write in writes(accesses)
        if write.key == read.key and write.value == read.value and not seen < write.operation.called
    )
