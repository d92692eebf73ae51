"""The history of operations as far as anybody outside can tell: which returned before which was called.

Two orders that differ only within a row of calls, or within a row of returns, are the same history: from
outside no one can tell them apart (Herlihy and Wing, "Linearizability", TOPLAS 12(3), 1990, section 2.2).
"""

from collections.abc import Iterable, Mapping
from dataclasses import replace

from sdtutor.engine.operations import Operation
from sdtutor.engine.search.coding import HISTORY_BITS
from sdtutor.engine.search.identity import key_of
from sdtutor.engine.search.members import Happening

Row = tuple[Happening, ...]


class Chronicle:
    """Every history met so far, numbered; 0 is the empty one."""

    def __init__(self) -> None:
        self._histories: list[tuple[Row, ...]] = []
        self._numbers: dict[object, int] = {}
        self._rows: list[Row] = []
        self._row_numbers: dict[object, int] = {}
        self._longer: dict[tuple[int, int], int] = {}
        self._operations: dict[int, tuple[Operation, ...]] = {}
        self._number(())

    def row(self, happened: Row) -> int:
        """Return the number of what one step adds to a history."""
        key = tuple(map(_key, happened))
        if key not in self._row_numbers:
            self._row_numbers[key] = len(self._rows)
            self._rows.append(happened)
        return self._row_numbers[key]

    def happened(self, row: int) -> Row:
        """Return what a row has; nothing for -1."""
        return self._rows[row] if row >= 0 else ()

    def renamed_row(self, row: int, names: Mapping[str, str]) -> int:
        """Return the number of a row in which nodes have other names."""
        return self.row(tuple(_renamed(one, names) for one in self._rows[row]))

    def after(self, number: int, row: int) -> int:
        """Return the number of a history to which a step has added a row."""
        found = self._longer.get((number, row))
        if found is None:
            history = self._histories[number]
            for happening in self._rows[row]:
                history = _added(history, happening)
            found = self._longer[number, row] = self._number(history)
        return found

    def renamed(self, number: int, names: Mapping[str, str]) -> int:
        """Return the number of a history in which nodes have other names."""
        rows = (tuple(_renamed(one, names) for one in row) for row in self._histories[number])
        return self._number(tuple(tuple(sorted(row, key=_name)) for row in rows))

    def operations(self, number: int) -> tuple[Operation, ...]:
        """Return a history as promises see it: the steps are numbers of rows."""
        if number not in self._operations:
            self._operations[number] = _operations(self._histories[number])
        return self._operations[number]

    def _number(self, history: tuple[Row, ...]) -> int:
        key = tuple(tuple(map(_key, row)) for row in history)
        if key not in self._numbers:
            if len(self._histories) >> HISTORY_BITS:
                raise OverflowError("too many histories of operations")
            self._numbers[key] = len(self._histories)
            self._histories.append(history)
        return self._numbers[key]


def _name(happening: Happening) -> str:
    name: str = happening[1]
    return name


def _key(happening: Happening) -> object:
    return (happening[0], happening[1], *map(key_of, happening[2:]))


def _added(history: tuple[Row, ...], happening: Happening) -> tuple[Row, ...]:
    if history and history[-1][0][0] == happening[0]:
        return (*history[:-1], tuple(sorted((*history[-1], happening), key=_name)))
    return (*history, (happening,))


def _renamed(happening: Happening, names: Mapping[str, str]) -> Happening:
    kind, name, *rest = happening
    node, _, label = name.partition(".")
    if kind == "call":
        rest[0] = names[rest[0]]
    return (kind, f"{names[node]}.{label}", *rest)


def _operations(history: Iterable[Row]) -> tuple[Operation, ...]:
    found: dict[str, Operation] = {}
    for number, row in enumerate(history, 1):
        for kind, name, *rest in row:
            if kind == "call":
                node, operation, arguments = rest
                found[name] = Operation(name, node, operation, arguments, number)
            elif name in found:
                found[name] = replace(found[name], returned=number, outcome=rest[0])
    return tuple(found.values())
