"""How long calls take in virtual time, and how those times are spread."""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby

from sdtutor.engine.lab import Cast, Finished, Lab, Measure
from sdtutor.engine.operations import Operation

PERCENTS = (50, 95, 99)
"""The median, and the two tails that service levels are stated in."""

_BINS = 10


@dataclass(frozen=True, slots=True)
class CallTime:
    """How long one call took.

    Args:
        call: Its name.
        operation: Which method.
        latency_us: From call to return, in microseconds of virtual time.
    """

    call: str
    operation: str
    latency_us: int


@dataclass(frozen=True, slots=True)
class Bin:
    """One range of a histogram: from `low` (included) to `high` (not included), and how many lie in it."""

    low: int
    high: int
    count: int


@dataclass(frozen=True, slots=True)
class Distribution:
    """How the latencies of one operation are spread.

    Args:
        operation: Which method.
        values_us: Every latency in microseconds, from the shortest to the longest; at least one.
    """

    operation: str
    values_us: tuple[int, ...]

    def percentile(self, percent: int) -> int | None:
        """Return the latency within which that share of the calls returned; None for too few calls.

        Fewer than 100 / (100 - percent) calls have no call beyond it, and the longest one says nothing about
        a tail: p99 needs 100 calls.

        Args:
            percent: From 1 to 99.
        """
        enough = len(self.values_us) * (100 - percent) >= 100
        return nearest_rank(self.values_us, percent) if enough else None

    def histogram(self) -> tuple[Bin, ...]:
        """Return the latencies in ranges with round bounds, at most eleven of them."""
        return bins(self.values_us, _BINS)


def has_latencies(cast: Cast) -> bool:
    """Tell whether arrival takes virtual time on some link."""
    return any(link.latency_us for link in cast.links)


def call_times(operations: Iterable[Operation], times_us: Sequence[int]) -> tuple[CallTime, ...]:
    """Return how long each call took that returned, in the order of the calls.

    Calls that failed are left out: a quick error would make the distribution look better (Beyer et al., Site
    Reliability Engineering, 2016, chapter 6, "The Four Golden Signals").

    Args:
        operations: The calls of a run.
        times_us: Virtual time after each step in microseconds, that of step 0 first.
    """
    return tuple(
        CallTime(o.name, o.operation, times_us[o.returned] - times_us[o.called]) for o in operations if o.done
    )


def distributions(times: Iterable[CallTime]) -> tuple[Distribution, ...]:
    """Return the distribution of each operation, by the name of the operation."""
    ordered = sorted(times, key=lambda time: (time.operation, time.latency_us))
    return tuple(
        Distribution(operation, tuple(time.latency_us for time in group))
        for operation, group in groupby(ordered, key=lambda time: time.operation)
    )


def nearest_rank(ordered: Sequence[int], percent: int) -> int:
    """Return the smallest value such that this share of all values is not larger.

    It is always a value that was measured. Definition 1 of Hyndman and Fan, "Sample Quantiles in Statistical
    Packages", The American Statistician 50(4), 1996.

    Args:
        ordered: From the smallest to the largest, at least one.
        percent: From 1 to 100.

    >>> [nearest_rank([15, 20, 35, 40, 50], percent) for percent in (30, 40, 50, 100)]
    [20, 20, 35, 50]
    """
    return ordered[-(-len(ordered) * percent // 100) - 1]


def bins(values: Sequence[int], most: int) -> tuple[Bin, ...]:
    """Return values in ranges of one round width (1, 2 or 5 times a power of ten) that leave none out.

    Widths after Heckbert, "Nice Numbers for Graph Labels", Graphics Gems, 1990.

    Args:
        values: Whole numbers.
        most: How many ranges at most; one more where bounds are not multiples of the width.

    >>> [(each.low, each.high, each.count) for each in bins([3, 4, 11], 3)]
    [(0, 5, 2), (5, 10, 0), (10, 15, 1)]
    """
    if not values:
        return ()
    step = _round_width(max(values) - min(values) + 1, most)
    first, last = min(values) // step, max(values) // step
    held = [0] * (last - first + 1)
    for value in values:
        held[value // step - first] += 1
    return tuple(Bin((first + i) * step, (first + i + 1) * step, count) for i, count in enumerate(held))


def _round_width(span: int, most: int) -> int:
    power = 1
    while True:
        for factor in (1, 2, 5):
            if factor * power * most >= span:
                return factor * power
        power *= 10


def mean(values: Sequence[float]) -> float:
    """Return the mean of at least one number, to 12 significant digits, the same in any order."""
    return float(f"{math.fsum(values) / len(values):.12g}")


def _latencies(finished: Finished) -> tuple[tuple[str, float], ...]:
    times = call_times(finished.operations, finished.times_us)
    return tuple((time.call, time.latency_us / 1000) for time in times)


LATENCY = Measure("latency", "ms", "From call to return, of each call that returned.", _latencies)


def measures_of(lab: Lab, cast: Cast) -> tuple[Measure, ...]:
    """Return the measures of a lab; where its links have latencies, those of the calls are among them."""
    return (*lab.measures, LATENCY) if has_latencies(cast) else lab.measures
