"""Breadth-first search: the first state found that breaks the promise is one of the nearest."""

from array import array
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from operator import add

from sdtutor.engine.search.ample import Ample
from sdtutor.engine.search.judge import Judge
from sdtutor.engine.search.space import Position, Space
from sdtutor.engine.search.steps import Step
from sdtutor.engine.search.symmetry import Exchange

TICK = 1_000
"""States between two looks at whether to go on: some 10 ms."""

GoOn = Callable[[int, int], bool]
"""Told how many states were seen and how far away they are; answers whether to go on."""


@dataclass(frozen=True, slots=True)
class Explored:
    """What a search has seen.

    Args:
        states: How many states.
        depth: How many steps away the farthest is.
        path: The steps to the state that breaks the promise; None when none was found.
        complete: Whether no other state is within the bounds.
    """

    states: int
    depth: int
    path: tuple[Step, ...] | None = None
    complete: bool = False


class Breadth:
    """One search.

    Args:
        space: The states.
        judge: Judges them.
        exchanges: Exchanges of names under which states are one.
        ample: Which steps are enough; None takes all.
        most: How many states may be kept: some 250 bytes each, and 1 KB while they are on the edge.
    """

    def __init__(
        self, space: Space, judge: Judge, exchanges: Sequence[Exchange], ample: Ample | None, most: int
    ) -> None:
        self._space = space
        self._judge = judge
        self._judge.exchanges = exchanges
        self._exchanges = exchanges
        self._ample = ample
        self._most = most
        self._seen: set[int] = set()
        self._parents = array("q")
        self._steps: list[Step | None] = []
        self._edge: list[tuple[Position, int]] = []
        self._found: int | None = None
        self._depth = 0

    def search(self, go_on: GoOn) -> Explored:
        """Explore until a state breaks the promise, none is left, or it is told to stop."""
        start = self._space.start
        start = start._replace(images=tuple(exchange.image(start).key for exchange in self._exchanges))
        self._keep(min((start.key, *start.images)), start, -1, None)
        if self._judge.breaks(start):
            self._found = 0
        while self._edge and self._found is None:
            edge, self._edge = self._edge, []
            self._depth += 1
            if not self._level(edge, go_on):
                break
        complete = not self._edge and self._found is None
        path = None if self._found is None else self._path(self._found)
        # The last step of a complete search led nowhere new.
        return Explored(len(self._seen), self._depth - complete, path, complete)

    def _level(self, edge: list[tuple[Position, int]], go_on: GoOn) -> bool:
        """Explore one step further; tell whether to go on."""
        seen, told = self._seen, len(self._seen)
        for at, (position, number) in enumerate(edge):
            self._expand(position, number)
            if self._found is not None:
                return True
            if len(seen) - told >= TICK or len(seen) >= self._most:
                told = len(seen)
                if told >= self._most or not go_on(told, self._depth):
                    self._edge += edge[at + 1 :]
                    return False
        return go_on(len(seen), self._depth)

    def _expand(self, position: Position, number: int) -> None:
        moves = self._space.moves(position)
        if self._judge.breaks_at_end(position, moves):
            self._found = number
            return
        if self._ample:
            chosen = self._ample.chosen(position, moves)
            # A set of which nothing is new could put the other steps off for ever, round a circle.
            if chosen is not moves and self._take(position, number, chosen):
                return
        self._take(position, number, moves)

    def _take(self, position: Position, number: int, moves: list[Step]) -> bool:
        """Take some steps; tell whether any of them leads to a new state."""
        space, seen, key_after, forgets = self._space, self._seen, self._space.key_after, self._space.forgets
        some = False
        for step in moves:
            key = key_after(position, step)
            images = self._images(position, step) if self._exchanges else ()
            dead = space.dead_after(position, step) if forgets and (step.replies or step.given_up) else ()
            if dead:
                key, images = self._without(dead, key, images)
            smallest = min(key, *images) if images else key
            if smallest in seen:
                continue
            some = True
            after = space.apply(position, step, key, images, dead)
            child = self._keep(smallest, after, number, step)
            if step.stuck or (self._judge.looks_at(step) and self._judge.breaks(after)):
                self._found = child
                return True
        return some

    def _without(
        self, dead: tuple[int, ...], key: int, images: tuple[int, ...]
    ) -> tuple[int, tuple[int, ...]]:
        """Return the integers of a state, and of its images, from which letters are taken away."""
        bit = self._space.steps.coding.letter
        fewer = zip(self._exchanges, images, strict=True)
        return key - sum(map(bit, dead)), tuple(
            image - sum(bit(exchange.letter(letter)) for letter in dead) for exchange, image in fewer
        )

    def _images(self, position: Position, step: Step) -> tuple[int, ...]:
        """Return the integers of the images of the state to which a step leads."""
        if step.images is None:
            step.images = tuple(exchange.delta(step, position.mode) for exchange in self._exchanges)
        images = tuple(map(add, position.images, step.images))
        if step.row < 0:
            return images
        before, after = position.history, self._space.history_after(position, step)
        code = self._space.steps.coding.history
        return tuple(
            image + code(exchange.history(after)) - code(exchange.history(before))
            for exchange, image in zip(self._exchanges, images, strict=True)
        )

    def _keep(self, key: int, position: Position, parent: int, step: Step | None) -> int:
        number = len(self._parents)
        self._seen.add(key)
        self._parents.append(parent)
        self._steps.append(step)
        self._edge.append((position, number))
        return number

    def _path(self, number: int) -> tuple[Step, ...]:
        path = []
        while number >= 0:
            step = self._steps[number]
            if step is not None:
                path.append(step)
            number = self._parents[number]
        return tuple(reversed(path))
