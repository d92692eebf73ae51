"""What goes on when the budget of a search ends: one random run after the other."""

from sdtutor.core.draws import uniform
from sdtutor.engine.search.breadth import GoOn
from sdtutor.engine.search.judge import Judge
from sdtutor.engine.search.space import Space
from sdtutor.engine.search.steps import Step

LONGEST = 200
"""Steps of one walk: several times what the story of a lab takes."""


def walk(space: Space, judge: Judge, seed: int, go_on: GoOn) -> tuple[tuple[Step, ...] | None, int]:
    """Return the steps of a run that breaks the promise, if one was met, and how many steps were taken.

    Args:
        space: The states.
        judge: Judges them.
        seed: From which the steps are drawn.
        go_on: Asked before each run: told how many steps were taken, and 0.
    """
    taken = number = 0
    while go_on(taken, 0):
        path, broke = _one_walk(space, judge, seed, str(number))
        number += 1
        taken += len(path)
        if broke:
            return path, taken
        if not path:
            break
    return None, taken


def _one_walk(space: Space, judge: Judge, seed: int, name: str) -> tuple[tuple[Step, ...], bool]:
    """Return the steps of one run, and whether it broke the promise."""
    position = space.start
    path: list[Step] = []
    for at in range(LONGEST):
        moves = space.moves(position)
        if judge.breaks_at_end(position, moves):
            return tuple(path), True
        if not moves:
            break
        step = moves[int(uniform(seed, name, str(at)) * len(moves))]
        position = space.apply(position, step)
        path.append(step)
        if step.stuck or (judge.looks_at(step) and judge.breaks(position)):
            return tuple(path), True
    return tuple(path), False
