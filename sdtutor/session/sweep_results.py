"""What a sweep found: its runs brought together, one cell for each setting."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from sdtutor.engine.frozen import to_json
from sdtutor.engine.lab import Lab
from sdtutor.engine.measuring import PERCENTS, Distribution, distributions, mean
from sdtutor.session.sweeps import Given, Sample, Sweep


@dataclass(frozen=True, slots=True)
class Figure:
    """A measure over the runs of a setting.

    Args:
        name: A slug.
        unit: What one of it is.
        least: The smallest.
        mean: The mean.
        most: The largest.
    """

    name: str
    unit: str
    least: float
    mean: float
    most: float


@dataclass(frozen=True, slots=True)
class Cell:
    """The runs of one setting.

    Args:
        given: What it differs in from the others.
        runs: How many there are, one a seed.
        failed: Calls that failed, in all runs.
        waiting: Calls that have not ended, in all runs.
        broken: In how many runs each invariant was broken, of those that were.
        figures: The measures that are numbers.
        latencies: How long calls took, by operation; empty where links have no latencies.
    """

    given: Given
    runs: int
    failed: int
    waiting: int
    broken: tuple[tuple[str, int], ...]
    figures: tuple[Figure, ...]
    latencies: tuple[Distribution, ...]

    @property
    def name(self) -> str:
        """What it differs in: ``3`` when that is one parameter, else as settings are written, or nothing."""
        if len(self.given) == 1:
            return str(self.given[0][1])
        return " ".join(f"{name}={value}" for name, value in self.given)


def cells(sweep: Sweep, samples: Sequence[Sample]) -> tuple[Cell, ...]:
    """Return one cell for each setting, in order.

    Args:
        sweep: What was run.
        samples: What was kept of its runs, in the order of `Sweep.points`.
    """
    return tuple(
        _cell(given, samples[index * sweep.seeds : (index + 1) * sweep.seeds])
        for index, given in enumerate(sweep.settings)
    )


def _cell(given: Given, samples: Sequence[Sample]) -> Cell:
    broken = Counter(name for kept in samples for name in kept.broken)
    times = [time for kept in samples for time in kept.times]
    return Cell(
        given,
        len(samples),
        sum(kept.failed for kept in samples),
        sum(kept.waiting for kept in samples),
        tuple(sorted(broken.items())),
        tuple(_figures(samples)),
        distributions(times),
    )


def _figures(samples: Sequence[Sample]) -> Iterator[Figure]:
    units = {name: unit for kept in samples for name, (unit, _) in kept.measures.items()}
    for name, unit in units.items():
        found = [kept.measures[name][1] for kept in samples if name in kept.measures]
        numbers = [value for value in found if not isinstance(value, tuple)]
        if numbers:
            yield Figure(name, unit, min(numbers), mean(numbers), max(numbers))


Record = dict[str, Any]


def sweep_records(sweep: Sweep, lab: Lab, found: Sequence[Cell]) -> Iterator[Record]:
    """Yield a sweep as JSON objects: what was run, then each of its cells."""
    yield {
        "type": "sweep",
        "lab": sweep.lab,
        "variant": sweep.variant,
        "parameters": to_json({**{each.name: each.default for each in lab.parameters}, **sweep.base}),
        "sweep": {name: to_json(values) for name, values in sweep.axes},
        "seeds": {"first": sweep.first_seed, "count": sweep.seeds},
        "steps": sweep.steps,
        "runs": sweep.runs,
    }
    for cell in found:
        yield {
            "type": "cell",
            "parameters": to_json(dict(cell.given)),
            "runs": cell.runs,
            "calls": {"failed": cell.failed, "waiting": cell.waiting},
            "broken": dict(cell.broken),
            "measures": {
                figure.name: {
                    "unit": figure.unit,
                    "least": to_json(figure.least),
                    "mean": figure.mean,
                    "most": to_json(figure.most),
                }
                for figure in cell.figures
            },
            "latency": {each.operation: distribution_record(each) for each in cell.latencies},
        }


def distribution_record(spread: Distribution) -> Record:
    """Return how latencies are spread, as JSON; a percentile for which there are too few calls is null."""
    return {
        "unit": "us",
        "count": len(spread.values_us),
        "least": spread.values_us[0],
        **{f"p{percent}": spread.percentile(percent) for percent in PERCENTS},
        "most": spread.values_us[-1],
        "histogram": [[each.low, each.high, each.count] for each in spread.histogram()],
    }
