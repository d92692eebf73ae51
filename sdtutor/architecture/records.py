"""What a drawing says: boxes, links and tables.

Everything here is frozen and made once by :mod:`sdtutor.architecture.language.reading`; the rest of the
package asks questions about it.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from sdtutor.core.systems import Kind

Setting = float | str | bool


@dataclass(frozen=True, slots=True)
class Box:
    """One box of the drawing.

    Args:
        name: As typed first; the identity of the box.
        kind: What it is, by its name or its ``kind=``.
        instances: How many of it run: ``app*3`` has 3.
        replicas: Copies beside the primary: ``db(primary, replicas=2)`` has 2.
        settings: Everything else in its parentheses, by name: ``async`` and ``sync`` are flags, numbers are
            in base units (seconds, requests per second, shares of one).
        line: Where it stands first, from 1.
    """

    name: str
    kind: Kind
    instances: int = 1
    replicas: int = 0
    settings: Mapping[str, Setting] = field(default_factory=lambda: MappingProxyType({}))
    line: int = 0

    @property
    def copies(self) -> int:
        """How many of it can be lost before it is gone."""
        return self.instances + self.replicas


@dataclass(frozen=True, slots=True)
class Link:
    """An arrow: the source calls the target, or hands something to it.

    Args:
        source: Name of a box.
        target: Name of a box.
        label: What goes over it; may be empty.
        waits: Whether the source waits for the answer; ``~>`` does not.
        line: Where it stands first, from 1.
    """

    source: str
    target: str
    label: str = ""
    waits: bool = True
    line: int = 0


@dataclass(frozen=True, slots=True)
class Table:
    """A table or collection, with what finds its rows.

    Args:
        name: As typed.
        columns: All of them, in order.
        key: The columns of the primary key, in order; empty when none is marked.
        indexes: The columns of each secondary index, in order.
        line: Where it stands, from 1.
    """

    name: str
    columns: tuple[str, ...]
    key: tuple[str, ...] = ()
    indexes: tuple[tuple[str, ...], ...] = ()
    line: int = 0


@dataclass(frozen=True, slots=True)
class Mistake:
    """Something in the text of a drawing that cannot be read; the other lines still are.

    Args:
        line: From 1.
        column: Where on the line, from 1.
        message: What is wrong.
        hint: What to write instead.
    """

    line: int
    column: int
    message: str
    hint: str


@dataclass(frozen=True, slots=True)
class Drawing:
    """A drawing: what could be read of a text.

    Args:
        boxes: By name, in the order of the text.
        links: In the order of the text, each pair of ends once.
        tables: In the order of the text.
        mistakes: What could not be read, by line.
    """

    boxes: Mapping[str, Box]
    links: tuple[Link, ...] = ()
    tables: tuple[Table, ...] = ()
    mistakes: tuple[Mistake, ...] = ()

    @property
    def is_empty(self) -> bool:
        """Whether nothing is drawn."""
        return not self.boxes
