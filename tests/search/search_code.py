"""Code under study for the tests of the search: programs as data, and what is strange on purpose."""

import asyncio
from typing import Any


class Worker:
    """Does what a program says, one step after the other; `seen` tells how it went.

    Args:
        store: A key-value store.
        peer: Another node; None without one.
        background: A program that runs from the start.
    """

    def __init__(self, store: Any, peer: Any = None, background: tuple[Any, ...] = ()) -> None:
        self.store, self.peer, self.background = store, peer, background
        self.seen: tuple[Any, ...] = ()
        self.lock, self.queue = asyncio.Lock(), asyncio.Queue()
        self.tasks: list[Any] = []

    async def start(self) -> None:
        await self.do(*self.background)

    async def run(self, *program: Any) -> tuple[Any, ...]:
        await self.do(*program)
        return self.seen

    async def ask(self, *program: Any) -> Any:
        await self.do(*program)
        return self.seen[-1] if self.seen else None

    async def do(self, *program: Any) -> None:
        for kind, *what in program:
            await getattr(self, f"do_{kind}")(*what)

    def note(self, value: Any) -> None:
        self.seen = (*self.seen, value)[-4:]

    async def do_get(self, key: str) -> None:
        self.note(await self.store.get(key))

    async def do_set(self, key: str, value: Any, ttl: float | None = None) -> None:
        await self.store.set(key, value, ttl=ttl)

    async def do_claim(self, key: str, value: Any, ttl: float | None = None) -> None:
        self.note(await self.store.set(key, value, ttl=ttl, only_if_absent=True))

    async def do_delete(self, key: str) -> None:
        self.note(await self.store.delete(key))

    async def do_add(self, key: str) -> None:
        await self.store.set(key, (await self.store.get(key) or 0) + 1)

    async def do_cas(self, key: str) -> None:
        value = await self.store.get(key)
        self.note(await self.store.compare_and_set(key, value, (value or 0) + 1))

    async def do_ask(self, *program: Any) -> None:
        self.note(await self.peer.call("ask", *program))

    async def do_note(self, value: Any) -> None:
        self.note(value)

    async def do_sleep(self, seconds: float) -> None:
        await asyncio.sleep(seconds)

    async def do_gather(self, *programs: Any) -> None:
        await asyncio.gather(*(self.do(*program) for program in programs))

    async def do_first(self, *programs: Any) -> None:
        # Tasks and not coroutines: of these `as_completed` makes a set, in the order of their addresses.
        tasks = [asyncio.create_task(self.do(*program)) for program in programs]
        for first in asyncio.as_completed(tasks):
            await first
            self.note("next")

    async def do_group(self, *programs: Any) -> None:
        try:
            async with asyncio.TaskGroup() as tasks:
                for program in programs:
                    tasks.create_task(self.do(*program))
        except* ValueError:
            self.note("failed")

    async def do_within(self, seconds: float, *program: Any) -> None:
        try:
            async with asyncio.timeout(seconds):
                await self.do(*program)
        except TimeoutError:
            self.note("late")

    async def do_locked(self, *program: Any) -> None:
        async with self.lock:
            await self.do(*program)

    async def do_put(self, value: Any) -> None:
        await self.queue.put(value)

    async def do_take(self) -> None:
        self.note(await self.queue.get())

    async def do_behind(self, *program: Any) -> None:
        self.tasks.append(asyncio.get_running_loop().create_task(self.do(*program)))

    async def do_each(self, *keys: str) -> None:
        for key in keys:
            self.note(await self.store.get(key))

    async def do_fail(self) -> None:
        raise ValueError("on purpose")

    async def do_spin(self) -> None:
        while True:
            self.tasks.clear()

    async def do_if(self, value: Any, *program: Any) -> None:
        if self.seen and self.seen[-1] == value:
            await self.do(*program)


class Deep(Worker):
    """Remembers how often it was asked, where no view shows it."""

    asked = 0

    async def ask(self, *program: Any) -> Any:
        await self.do(*program)
        self.asked += 1
        return self.asked


class Moody(Worker):
    """Writes in the end which of two replies came first, and sends nothing else than others do before."""

    async def do_mood(self, one: str, other: str) -> None:
        order: list[str] = []

        async def read(key: str) -> None:
            await self.store.get(key)
            self.remember(order, key)

        await asyncio.gather(read(one), read(other))
        await self.store.get(one)
        await self.store.set("mood", order[0] if order else one)

    def remember(self, order: list[str], key: str) -> None:
        order.append(key)


class Even(Moody):
    """Never tells which of two replies came first."""

    def remember(self, order: list[str], key: str) -> None:
        order.clear()
