"""What makes two values the same, and two waiting programs.

A search that takes two different states for one finds wrong answers in silence; one that takes the same
state for two only loses time. So everything here errs on that side: numbers differ by type and by digits
(``1``, ``1.0`` and ``True`` are equal in Python and not here), and an object with state that cannot be seen
from Python is the same as no other.
"""

import asyncio
import dataclasses
import gc
import itertools
from collections import deque
from collections.abc import Callable, Hashable, Iterable, Mapping
from contextvars import Context
from enum import Enum
from functools import partial
from types import (
    BuiltinFunctionType,
    CodeType,
    CoroutineType,
    FrameType,
    FunctionType,
    GeneratorType,
    MethodDescriptorType,
    MethodType,
    ModuleType,
)
from typing import Any

from sdtutor.engine.host import Host
from sdtutor.engine.loop import SteppedLoop
from sdtutor.engine.simulated import Ports, Remote

_HEAP_TYPE = 1 << 9
"""Py_TPFLAGS_HEAPTYPE: a class made by Python code, not by the interpreter."""


class Opaque(Exception):
    """An object holds something whose state cannot be seen."""


def key_of(value: Any) -> Hashable:
    """Return what identifies a frozen value: equal keys are values that no code can tell apart."""
    if value is None or isinstance(value, (str, bytes)):
        return value
    if isinstance(value, (bool, int, float)):
        return (type(value).__name__, repr(value))
    if isinstance(value, tuple):
        return ("tuple", *map(key_of, value))
    fields = (key_of(getattr(value, field.name)) for field in dataclasses.fields(value))
    return (_name(type(value)), *fields)


def snapshot(roots: Any) -> Hashable:
    """Return what identifies objects by all that can be reached from them: instances, tasks, their frames.

    Containers count in the order in which they iterate, and an object met twice counts as that, so that two
    equal lists are not taken for one list that is shared. Of a frame that waits count its place in the code,
    its variables, and what it has on its stack, such as the iterator of a loop.

    Raises:
        Opaque: Something in it has state that cannot be seen: a file, a random generator.
    """
    return _Walk().key(roots)


def _name(of: Any) -> str:
    return f"{of.__module__}.{of.__qualname__}"


class _Walk:
    """One walk over objects and everything that they hold."""

    def __init__(self) -> None:
        self._met: dict[int, int] = {}
        self._kept: list[Any] = []

    def key(self, value: Any) -> Hashable:
        kind = type(value)
        if value is None or kind in (str, bytes, bool, int, float):
            return key_of(value)
        if kind is tuple:
            return ("tuple", *map(self.key, value))
        if isinstance(value, Remote):
            return ("port", kind.__name__, value.name)
        if isinstance(value, _ATOMS):
            return kind.__name__
        if isinstance(value, (Enum, ModuleType, type)):
            return (kind.__name__, str(value))
        number = self._met.get(id(value))
        if number is not None:
            return ("again", number)
        self._met[id(value)] = len(self._met)
        # Kept, so that no other object can get its address while the walk goes on.
        self._kept.append(value)
        return (_name(kind), *map(self.key, _reader(value)(value)))


_ATOMS = (SteppedLoop, Host, Ports, Context)
"""What belongs to the engine and is the same for a node in every state."""


def _reader(value: Any) -> Callable[[Any], Iterable[Any]]:
    for kind, read in _BASES:
        if isinstance(value, kind):
            return read
    return _CONTENTS.get(type(value), _attributes)


def _pairs(mapping: Mapping[Any, Any]) -> list[Any]:
    return [item for pair in mapping.items() for item in pair]


def _attributes(value: Any) -> list[Any]:
    """Return the attributes of an object of a class written in Python, each after its name."""
    found: list[Any] = []
    for kind in type(value).__mro__[:-1]:
        if not kind.__flags__ & _HEAP_TYPE:
            raise Opaque(_name(type(value)))
        slots = kind.__dict__.get("__slots__", ())
        names = (slots,) if isinstance(slots, str) else slots
        found += [(name, getattr(value, name, None)) for name in names if name != "__weakref__"]
    return [*found, *_pairs(getattr(value, "__dict__", {}))]


def _function(value: FunctionType) -> list[Any]:
    cells = [cell.cell_contents for cell in value.__closure__ or ()]
    return [_name(value), value.__code__.co_firstlineno, value.__defaults__, *cells]


def _builtin(value: BuiltinFunctionType) -> list[Any]:
    return [value.__name__, value.__self__]


def _frame(value: Any) -> list[Any]:
    """Return all that a suspended coroutine or generator holds, also on its stack."""
    frame = value.cr_frame if isinstance(value, CoroutineType) else value.gi_frame
    if frame is None:
        return ["finished"]
    variables = frame.f_locals
    held = [
        each
        for each in gc.get_referents(value)
        if each is not variables and not isinstance(each, (FrameType, CodeType))
    ]
    return [value.__qualname__, frame.f_lasti, tuple(sorted(variables)), *held]


def _future(value: Any) -> list[Any]:
    callbacks = [callback for callback, _context in value._callbacks or ()]
    outcome: list[Any] = []
    if value.done() and not value.cancelled():
        outcome = [value.exception() or value.result()]
    return [value._state, *outcome, *callbacks]


def _task(value: Any) -> list[Any]:
    if value.done():
        return _future(value)
    return [value._must_cancel, value.cancelling(), value.get_coro(), value._fut_waiter, *_future(value)]


def _iterator(value: Any) -> list[Any]:
    return list(value.__reduce__()[1:])


def _exception(value: BaseException) -> list[Any]:
    return [value.args, *_pairs(value.__dict__)]


_BASES: tuple[tuple[type, Callable[[Any], Iterable[Any]]], ...] = (
    (asyncio.Task, _task),
    (asyncio.Future, _future),
    (BaseException, _exception),
)
"""Classes whose subclasses are read in one way."""

_ANY_LOOP = SteppedLoop()  # type: ignore[abstract]

_CONTENTS: Mapping[type, Callable[[Any], Iterable[Any]]] = {
    dict: _pairs,
    list: list,
    set: list,
    frozenset: list,
    deque: lambda value: [value.maxlen, *value],
    itertools.count: lambda value: [repr(value)],
    partial: lambda value: [value.func, value.args, value.keywords],
    MethodType: lambda value: [value.__self__, value.__func__],
    MethodDescriptorType: lambda value: [value.__qualname__],
    FunctionType: _function,
    BuiltinFunctionType: _builtin,
    CoroutineType: _frame,
    GeneratorType: _frame,
    type(iter([])): _iterator,
    type(iter(())): _iterator,
    type(iter("")): _iterator,
    type(iter({})): _iterator,
    type(iter({}.values())): _iterator,
    type(iter({}.items())): _iterator,
    type(iter(set())): _iterator,
    type(iter(range(0))): _iterator,
    enumerate: _iterator,
    zip: _iterator,
    type(asyncio.Future(loop=_ANY_LOOP).__await__()): gc.get_referents,
}
"""How an object of a class is read; one of any other class, if that is written in Python, by attribute."""
