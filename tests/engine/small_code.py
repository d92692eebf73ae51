"""Code under study for the engine's own tests: small, and strange on purpose."""

import asyncio
from dataclasses import dataclass
from typing import Any


class Counter:
    """Counts; never leaves its process."""

    def __init__(self) -> None:
        self.total = 0

    def add(self, by: int) -> int:
        self.total += by
        return self.total

    def refuse(self, why: str) -> None:
        raise ValueError(why)

    def spin(self) -> None:
        while True:
            self.total += 1

    def leak(self) -> list[int]:
        return [self.total]


class Client:
    """Asks a peer and a store, with a timeout."""

    def __init__(self, peer: Any, store: Any, timeout: float = 1.0) -> None:
        self.peer, self.store, self.timeout = peer, store, timeout
        self.seen: tuple[Any, ...] = ()

    async def ask(self, number: int) -> Any:
        try:
            async with asyncio.timeout(self.timeout):
                answer = await self.peer.call("double", number)
        except TimeoutError:
            return "late"
        self.seen += (answer,)
        return answer

    async def both(self, one: int, other: int) -> tuple[Any, ...]:
        return tuple(await asyncio.gather(self.ask(one), self.ask(other)))

    async def group(self, count: int) -> tuple[int, ...]:
        done: list[int] = []

        async def wait(number: int) -> None:
            try:
                await asyncio.sleep(100)
            finally:
                done.append(number)

        try:
            async with asyncio.TaskGroup() as tasks:
                for number in range(count):
                    tasks.create_task(wait(number))
                await asyncio.sleep(0)
                raise KeyError
        except* KeyError:
            pass
        return tuple(done)

    async def forget(self) -> str:
        async def fail() -> None:
            raise RuntimeError("nobody listens")

        self.lost = asyncio.get_running_loop().create_task(fail())
        return "gone on"

    async def keep(self, key: str, value: Any, ttl: float) -> bool:
        return await self.store.set(key, value, ttl=ttl)

    async def look(self, key: str) -> Any:
        return await self.store.get(key)

    async def send_list(self) -> None:
        await self.store.set("k", [1])


class Doubler:
    """Answers a peer."""

    def __init__(self) -> None:
        self.answered = 0

    async def start(self) -> None:
        self.ready = True

    async def double(self, number: int) -> int:
        self.answered += 1
        await asyncio.sleep(0)
        if number < 0:
            raise ValueError("negative")
        return 2 * number


@dataclass(frozen=True)
class Note:
    text: str


class Chatter:
    """Two tasks that wake each other for ever."""

    async def chat(self) -> None:
        events = asyncio.Event(), asyncio.Event()

        async def answer(mine: asyncio.Event, theirs: asyncio.Event) -> None:
            while True:
                await mine.wait()
                mine.clear()
                theirs.set()

        events[0].set()
        await asyncio.gather(answer(*events), answer(*events[::-1]))
