"""On which track of a channel each strand turns, so that few of them cross and none run into another."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

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
    """Return the track of each bus, from 0 at the earlier layer; straight ones get 0 and need none."""
    left = [number for number, bus in enumerate(channel) if not bus.is_straight]
    found = [0] * len(channel)
    done: list[int] = []
    while left:
        chosen = min(left, key=lambda number: (_regret(channel, number, left), number))
        left.remove(chosen)
        bus = channel[chosen]
        found[chosen] = max((found[other] + 1 for other in done if _apart(channel[other], bus)), default=0)
        done.append(chosen)
    return tuple(found)


def tangled(channel: Sequence[Bus], found: Sequence[int]) -> tuple[int, ...]:
    """Return the buses that share cells of a row with another one, on these tracks.

    Two that change places exactly do so in any order; one of them has to be moved.
    """
    return tuple(
        number
        for number, bus in enumerate(channel)
        if any(
            _runs_into(bus, one, found[number], other) or _runs_into(one, bus, other, found[number])
            for one, other in zip(channel, found, strict=True)
            if one is not bus
        )
    )


def _runs_into(first: Bus, second: Bus, track: int, other: int) -> bool:
    return track <= other and not set(first.after).isdisjoint(second.before)


def _regret(channel: Sequence[Bus], number: int, left: Sequence[int]) -> int:
    """Return how much worse it is to place a bus before the others that are left than behind them."""
    bus = channel[number]
    return sum(_cost(bus, channel[other]) - _cost(channel[other], bus) for other in left if other != number)


def _cost(first: Bus, second: Bus) -> int:
    """Return what it costs when one bus turns before another."""
    crossings = sum(first.low < place < first.high for place in second.before)
    crossings += sum(second.low < place < second.high for place in first.after)
    return crossings + _OVERLAP * len(set(first.after) & set(second.before))


def _apart(one: Bus, other: Bus) -> bool:
    """Tell whether two buses need tracks of their own, in this order."""
    return one.low <= other.high + 1 and other.low <= one.high + 1
