"""A row of draws that anyone can repeat."""

from collections.abc import Mapping, Sequence
from typing import TypeVar

from sdtutor.core.draws import uniform

T = TypeVar("T")


class Lots:
    """Draws one after the other, all decided by a seed and names.

    Args:
        seed: The seed.
        names: What is drawn for.
    """

    def __init__(self, seed: int, *names: str) -> None:
        self._seed = seed
        self._names = names
        self._drawn = 0

    def below(self, count: int) -> int:
        """Return a whole number from 0 to count - 1."""
        self._drawn += 1
        return int(uniform(self._seed, *self._names, str(self._drawn)) * count)

    def one_of(self, items: Sequence[T]) -> T:
        """Return one of the items, each with the same chance."""
        return items[self.below(len(items))]

    def weighed(self, weights: Mapping[T, int]) -> T:
        """Return one of the keys; the chance of each is its weight, a positive whole number."""
        return self.one_of([key for key, weight in weights.items() for _ in range(weight)])
