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
from contextvars import Context, copy_context
from enum import Enum
from functools import partial
from types import (
    BuiltinFunctionType,
    CellType,
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

from sdtutor.engine.host import Host, conversation_of_task
from sdtutor.engine.loop import SteppedLoop
from sdtutor.engine.simulated import Ports, Remote
from sdtutor.engine.trace import label_of_task

_HEAP_TYPE = 1 << 9
"""Py_TPFLAGS_HEAPTYPE: a class made while the program runs, by Python code or by an extension."""

_POINTER = 8
"""Bytes that a slot takes, and what `__dict__` and `__weakref__` take where they lie inside an object."""


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


_ATOMS = (SteppedLoop, Host, Ports)
"""What belongs to the engine and is the same for a node in every state."""


def _reader(value: Any) -> Callable[[Any], Iterable[Any]]:
    for kind, read in _BASES:
        if isinstance(value, kind):
            return read
    return _CONTENTS.get(type(value), _attributes)


_OUR_VARIABLES = (label_of_task, conversation_of_task)


def _pairs(mapping: Mapping[Any, Any]) -> list[Any]:
    return [item for pair in mapping.items() for item in pair]


def _attributes(value: Any) -> list[Any]:
    """Return the attributes of an object of a class written in Python, each after its name."""
    found: list[Any] = []
    for kind in type(value).__mro__[:-1]:
        names = _slots(kind)
        if not _is_written_in_python(kind, len(names)):
            raise Opaque(_name(type(value)))
        found += [(name, getattr(value, name, None)) for name in names]
    return [*found, *_pairs(getattr(value, "__dict__", {}))]


def _slots(kind: type) -> list[str]:
    """Return the names under which the slots of a class are reached: private ones have its name in theirs."""
    slots = kind.__dict__.get("__slots__", ())
    names = (slots,) if isinstance(slots, str) else slots
    prefix = "_" + kind.__name__.lstrip("_")
    return [
        prefix + name if name.startswith("__") and not name.endswith("__") and prefix != "_" else name
        for name in names
        if name not in ("__dict__", "__weakref__")
    ]


def _is_written_in_python(kind: type, slots: int) -> bool:
    """Tell whether all that an object of a class holds are attributes.

    Extensions make classes at run time too, such as that of `random.Random`; what their objects hold takes
    room that no attribute explains.
    """
    base = kind.__base__ or object
    explained = _POINTER * (slots + ("__dict__" in kind.__dict__) + ("__weakref__" in kind.__dict__))
    return bool(
        kind.__flags__ & _HEAP_TYPE
        and kind.__itemsize__ == 0
        and kind.__basicsize__ - base.__basicsize__ <= explained
    )


def _function(value: FunctionType) -> list[Any]:
    defaults = (value.__defaults__, value.__kwdefaults__)
    return [_name(value), value.__code__, *defaults, *(value.__closure__ or ()), *_pairs(value.__dict__)]


def _code(value: CodeType) -> list[Any]:
    """Return what a piece of code does, and where it stands: two lambdas in one line have one name."""
    return [value.co_firstlineno, value.co_code, value.co_consts, value.co_names]


def _cell(value: CellType) -> list[Any]:
    """Return what a variable that functions share holds; nothing before it has been assigned."""
    try:
        return [value.cell_contents]
    except ValueError:
        return []


def _context(value: Context) -> list[Any]:
    """Return nothing: what the engine keeps in a context decides nothing that the code does.

    Raises:
        Opaque: The code keeps something there, too; what was there before it ran is the same for all.
    """
    around = copy_context()
    for variable, held in value.items():
        if variable not in _OUR_VARIABLES and around.get(variable, value) is not held:
            raise Opaque("Context")
    return []


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
    return [value.__qualname__, frame.f_code, frame.f_lasti, tuple(sorted(variables)), *held]


def _future(value: Any) -> list[Any]:
    callbacks = [callback for callback, _context in value._callbacks or ()]
    outcome: list[Any] = []
    if value.done() and not value.cancelled():
        failure = value.exception()
        outcome = ["failed", failure] if failure is not None else ["returned", value.result()]
    return [value._state, *outcome, *callbacks]


def _task(value: Any) -> list[Any]:
    """Return what a task holds; its number decides its place in a set of tasks."""
    held = [hash(value), *_future(value)]
    if not value.done():
        held += [value._must_cancel, value.cancelling(), value.get_coro(), value._fut_waiter]
    return held


def _iterator(value: Any) -> list[Any]:
    """Return what is left to iterate, and over what: it may still change."""
    return [*value.__reduce__()[1:], *gc.get_referents(value)]


def _exception(value: BaseException) -> list[Any]:
    return [value.args, value.__cause__, value.__context__, *_pairs(value.__dict__)]


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
    range: lambda value: [value.start, value.stop, value.step],
    Context: _context,
    CellType: _cell,
    CodeType: _code,
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
