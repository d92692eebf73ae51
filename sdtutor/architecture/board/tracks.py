"""On which track of a channel each strand turns, so that few of them cross and none run into another."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import combinations

_OVERLAP = 100
"""What it costs when two strands would share cells of a row; crossings cost one each."""


@dataclass(frozen=True)
class Bus:
    """A strand with its places.

    Args:
        bundle: The index of its bundle.
        before: Where it touches the nodes of the earlier layer, across.
        after: Where it touches those of the later one.
    """

    bundle: int
    before: tuple[int, ...]
    after: tuple[int, ...]

    @cached_property
    def low(self) -> int:
        """The first cell of its turn."""
        return min(*self.before, *self.after)

    @cached_property
    def high(self) -> int:
        """The last cell of its turn."""
        return max(*self.before, *self.after)

    @property
    def is_straight(self) -> bool:
        """Whether it needs no turn."""
        return self.low == self.high


def tracks(channel: Sequence[Bus]) -> tuple[int, ...]:
    """Return the track of each bus, from 0 at the earlier layer; straight ones get 0 and need none.

    The next track goes to the bus whose place before all that are left costs least, against behind them.
    """
    left = {number: 0 for number, bus in enumerate(channel) if not bus.is_straight}
    regrets = _regrets(channel, tuple(left))
    for (number, _), regret in regrets.items():
        left[number] += regret
    found = [0] * len(channel)
    done: list[int] = []
    while left:
        chosen = min(left, key=lambda number: (left[number], number))
        del left[chosen]
        for number in left:
            left[number] -= regrets.get((number, chosen), 0)
        bus = channel[chosen]
        found[chosen] = max((found[other] + 1 for other in done if _apart(channel[other], bus)), default=0)
        done.append(chosen)
    return tuple(found)


def tangled(channel: Sequence[Bus], found: Sequence[int]) -> tuple[int, ...]:
    """Return the buses that share cells of a row with another one, on these tracks.

    Two that change places exactly do so in any order; one of them has to be moved.
    """
    arriving = {place: number for number, bus in enumerate(channel) for place in bus.after}
    meeting = set()
    for number, bus in enumerate(channel):
        for place in bus.before:
            other = arriving.get(place, number)
            if other != number and found[other] <= found[number]:
                meeting |= {number, other}
    return tuple(sorted(meeting))


def _regrets(channel: Sequence[Bus], numbers: Sequence[int]) -> dict[tuple[int, int], int]:
    """Return how much worse it is to place one bus before another than behind it, where it matters."""
    found: dict[tuple[int, int], int] = {}
    for one, other in combinations(numbers, 2):
        first, second = channel[one], channel[other]
        if first.low <= second.high and second.low <= first.high:
            regret = _cost(first, second) - _cost(second, first)
            found[one, other], found[other, one] = regret, -regret
    return found


def _cost(first: Bus, second: Bus) -> int:
    """Return what it costs when one bus turns before another."""
    crossings = sum(first.low < place < first.high for place in second.before)
    crossings += sum(second.low < place < second.high for place in first.after)
    return crossings + _OVERLAP * len(set(first.after) & set(second.before))


def _apart(one: Bus, other: Bus) -> bool:
    """Tell whether two buses need tracks of their own, in this order."""
    return one.low <= other.high + 1 and other.low <= one.high + 1
