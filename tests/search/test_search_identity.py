"""What makes two values the same, and two idle objects."""

import array
import asyncio
import collections
import functools
import hashlib
import pickle
import queue
import random
import re
import threading
from contextvars import ContextVar, copy_context
from dataclasses import dataclass

import pytest
from search_code import Worker

from sdtutor.engine.loop import SteppedLoop
from sdtutor.engine.search.identity import Opaque, key_of, snapshot
from sdtutor.engine.simulated import Ports
from sdtutor.engine.trace import label_of_task


@dataclass(frozen=True)
class Left:
    value: object


@dataclass(frozen=True)
class Right:
    value: object


DIFFERENT = [
    None, False, True, 0, 1, 0.0, -0.0, 1.0, float("nan"), "", "1", "None", b"", b"1", (), (1,), ((1,),),
    (1, ()), ((), 1), ("tuple",), (True,), (1.0,), (None,), Left(1), Left(True), Left((1,)), Right(1),
    Left(Left(1)), (Left(1),), Left(None),
]  # fmt: skip


def test_values_that_some_code_can_tell_apart_have_different_keys():
    assert len({key_of(value) for value in DIFFERENT}) == len(DIFFERENT)


def test_equal_values_have_equal_keys_whichever_objects_they_are():
    for value in (10**20, ("a" * 50, 1), (1, ("x", 2.5)), Left((1, None))):
        again = pickle.loads(pickle.dumps(value))
        assert again is not value
        assert key_of(again) == key_of(value)
        assert snapshot([again]) == snapshot([value])


class Plain:
    def __init__(self, **fields):
        self.__dict__.update(fields)


class Slotted:
    __slots__ = ("__hidden", "shown")

    def __init__(self, hidden, shown):
        self.__hidden, self.shown = hidden, shown


class Both(Slotted):
    def __init__(self, hidden, shown, more):
        super().__init__(hidden, shown)
        self.more = more


def counter():
    """Two functions that share a variable."""
    count = 0

    def more():
        nonlocal count
        count += 1

    return more, lambda: count


def after(calls, make):
    made = make()
    for _ in range(calls):
        made[0]()
    return list(made)


def remembering():
    def remember(value=None, *, seen=[]):  # noqa: B006 - that it is shared is what is tested
        seen.append(value)

    return remember


def remembered(count):
    remember = remembering()
    for _ in range(count):
        remember()
    return remember


def lambdas(which):
    return (lambda: 1) if which else (lambda: 2)


def advanced(iterator, count):
    for _ in range(count):
        next(iterator)
    return iterator


def stopped(loop, value, *, fails):
    future = loop.create_future()
    (future.set_exception if fails else future.set_result)(value)
    if fails:
        future.exception()
    return future


ONE, OTHER = [1, 2, 3], [1, 2, 3]
MAPPING, COPY = {1: 1, 2: 2}, {1: 1, 2: 2}
LOOP = SteppedLoop()

TOLD_APART = {
    "attributes": (Plain(a=1), Plain(a=True)),
    "names of attributes": (Plain(a=1), Plain(b=1)),
    "private slots": (Slotted(1, 0), Slotted(2, 0)),
    "slots of a base": (Both(1, 0, 0), Both(1, 1, 0)),
    "one list that is shared, and two": ([ONE, ONE], [ONE, OTHER]),
    "which of two equal lists": ([ONE, OTHER, ONE], [ONE, OTHER, OTHER]),
    "order in a dict": ({1: 1, 2: 2}, {2: 2, 1: 1}),
    "order in a deque": (collections.deque([1, 2]), collections.deque([2, 1])),
    "room in a deque": (collections.deque([1], 1), collections.deque([1], 2)),
    "place in a list": (advanced(iter(ONE), 1), advanced(iter(ONE), 2)),
    "place in a range": (advanced(iter(range(5)), 1), advanced(iter(range(5)), 2)),
    "place in a dict": (advanced(iter(MAPPING), 0), advanced(iter(MAPPING), 1)),
    "which of two dicts": ([MAPPING, COPY, iter(MAPPING)], [MAPPING, COPY, iter(COPY)]),
    "place in an enumeration": (advanced(enumerate("abc"), 1), advanced(enumerate("abc"), 2)),
    "place in a zip": (advanced(zip(ONE, OTHER, strict=False), 1), zip(ONE, OTHER, strict=False)),
    "a range": (range(3), range(4)),
    "variables that functions share": (after(1, counter), after(2, counter)),
    "whose variable it is": (list(counter()), [counter()[0], counter()[1]]),
    "defaults": (functools.partial(max, 1), functools.partial(max, 2)),
    "defaults by name": (remembered(1), remembered(2)),
    "two functions in one line": (lambdas(True), lambdas(False)),
    "whose method it is": (Plain(a=1, f=ONE.append), Plain(a=1, f=[4].append)),
    "arguments of an error": (ValueError(1), ValueError(2)),
    "result or failure": (stopped(LOOP, 1, fails=False), stopped(LOOP, ValueError(1), fails=True)),
    "an error that is a result": (
        stopped(LOOP, error := ValueError(1), fails=False),
        stopped(LOOP, error, fails=True),
    ),
}


@pytest.mark.parametrize("name", TOLD_APART)
def test_objects_that_do_different_things_next_are_told_apart(name):
    one, other = TOLD_APART[name]
    assert snapshot(one) == snapshot(one)
    assert snapshot(one) != snapshot(other)


SAME = {
    "instances": (lambda: Plain(a=[1], b={"k": (1,)})),
    "instances with slots": (lambda: Both(1, [2], 3)),
    "functions that share": (lambda: after(2, counter)),
    "iterators": (lambda: [advanced(iter([1, 2, 3]), 1), advanced(iter(range(9)), 3)]),
    "locks and queues": (lambda: [asyncio.Lock(), asyncio.Queue(3), asyncio.Event(), asyncio.Semaphore(2)]),
    "workers": (lambda: Worker(None)),
}


@pytest.mark.parametrize("name", SAME)
def test_the_same_made_twice_is_the_same(name):
    assert snapshot(SAME[name]()) == snapshot(SAME[name]())


def test_a_variable_that_is_not_yet_assigned_can_be_held():
    def uses():
        return later

    before = snapshot(uses)
    later = 1
    assert uses() == later
    assert snapshot(uses) != before


def asynchronous():
    async def generate():
        yield 1

    return generate()


SECRET = ContextVar("SECRET")


def with_secret(value):
    context = copy_context()
    context.run(SECRET.set, value)
    return context


OPAQUE = {
    "a random generator": random.Random(1),
    "a hash": hashlib.sha256(b"x"),
    "a cache of calls": functools.lru_cache(lambda value: value),
    "an array": array.array("i", [1]),
    "a queue of threads": queue.SimpleQueue(),
    "a lock of threads": threading.Lock(),
    "matches": re.finditer("a", "aa"),
    "a mapping with a default": collections.defaultdict(int),
    "a counting mapping": collections.Counter("aa"),
    "bytes that change": bytearray(b"1"),
    "an asynchronous generator": asynchronous(),
    "a variable of a context": with_secret(1),
}


@pytest.mark.parametrize("name", OPAQUE)
def test_what_cannot_be_seen_is_the_same_as_no_other(name):
    with pytest.raises(Opaque):
        snapshot(Plain(held=OPAQUE[name]))


def test_what_the_engine_keeps_in_a_context_makes_no_difference():
    one, other = copy_context(), copy_context()
    one.run(label_of_task.set, "get#1")
    other.run(label_of_task.set, "get#2")
    assert snapshot(one) == snapshot(other)


# Programs that wait


class Still:
    """Waits once, without a loop."""

    def __await__(self):
        yield


async def looping(items):
    for item in items:
        await Still()
        if item < 0:
            break


async def adding(one, other):
    return [one, await waited(), other]


async def waited():
    await Still()


async def handling():
    try:
        raise KeyError("first")
    except KeyError as error:
        await Still()
        raise error


async def twice():
    await Still()
    await Still()


def suspended(make, times=1):
    coroutine = make()
    for _ in range(times):
        coroutine.send(None)
    return coroutine


def in_loop(items, times=1):
    return suspended(lambda: looping(items), times)


PROGRAMS = {
    "place in a loop": (lambda: in_loop([1, 1, 1]), lambda: in_loop([1, 1, 1], 2)),
    "over what it loops": (lambda: in_loop([1, 1]), lambda: in_loop([1, 2])),
    "what an expression has so far": (
        lambda: suspended(lambda: adding(1, 3)),
        lambda: suspended(lambda: adding(2, 3)),
    ),
    "place in the code": (lambda: suspended(twice), lambda: suspended(twice, 2)),
    "before the first line": (twice, lambda: suspended(twice)),
    "in a handler": (lambda: suspended(handling), lambda: suspended(twice)),
}


@pytest.mark.parametrize("name", PROGRAMS)
def test_programs_that_wait_are_told_apart_by_where_and_with_what(name):
    first, same, other = PROGRAMS[name][0](), PROGRAMS[name][0](), PROGRAMS[name][1]()
    assert snapshot(first) == snapshot(same)
    assert snapshot(first) != snapshot(other)
    for coroutine in (first, same, other):
        coroutine.close()


def test_generators_are_told_apart_by_where_they_are():
    def generate():
        yield from (1, 2, 3)

    assert snapshot(advanced(generate(), 1)) == snapshot(advanced(generate(), 1))
    assert snapshot(advanced(generate(), 1)) != snapshot(advanced(generate(), 2))


def test_tasks_are_told_apart_by_their_number():
    """The number decides the order in a set of tasks."""

    def task(number):
        loop = SteppedLoop()
        loop._last_serial = number
        made = loop.create_task(waited(), name="same")
        key = snapshot([made])
        loop.tasks.append(made)
        loop.discard()
        return key

    assert task(1) == task(1) != task(2)


def test_a_port_is_known_by_its_name():
    ports = Ports(lambda *_: None, 1)
    one, same, other = ports.key_value("one"), ports.key_value("one"), ports.key_value("other")
    assert snapshot(one) == snapshot(same) != snapshot(other)
    assert snapshot(one) != snapshot(ports.table("one"))
