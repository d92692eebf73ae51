"""Latencies and sweeps as tables and charts: frozen texts and numbers, ready for any surface."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from sdtutor.engine.lab import Invariant
from sdtutor.engine.measuring import PERCENTS, Distribution, call_times, distributions, has_latencies
from sdtutor.engine.run import Run
from sdtutor.session.sweep_results import Cell, Figure

TELLING = 5
"""Calls from which on a distribution tells more than the calls one by one."""


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of texts under a head.

    Args:
        title: What it shows.
        head: A text for each column.
        rows: The cells of each row.
    """

    title: str
    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Chart:
    """Numbers to draw side by side.

    Args:
        title: What it shows.
        unit: What the numbers count; empty for shares of a histogram.
        bars: (label, number, note) in order.
    """

    title: str
    unit: str
    bars: tuple[tuple[str, float, str], ...]


Shown = Table | Chart


def run_spreads(run: Run) -> tuple[Shown, ...]:
    """Return how the latencies of a run are spread, for operations that were called often enough to tell."""
    if not has_latencies(run.cast):
        return ()
    times = call_times(run.operations, (0, *(step.time_us for step in run.steps)))
    found = [spread for spread in distributions(times) if len(spread.values_us) >= TELLING]
    return tuple(shown for spread in found for shown in _spread(spread))


def _spread(spread: Distribution) -> Iterator[Shown]:
    yield Table(f"{spread.operation}: from call to return", _LATENCY_HEAD, (_latency_row(spread),))
    yield histogram(spread)


def histogram(spread: Distribution) -> Chart:
    """Return the histogram of an operation's latencies."""
    found = spread.histogram()
    highs = [ms(each.high) for each in found]
    lows = [ms(each.low) for each in found]
    size = max(map(len, (*lows, *highs)))
    bars = tuple(
        (f"{low:>{size}} to {high:>{size}} ms", each.count, f"{each.count / len(spread.values_us):>4.0%}")
        for low, high, each in zip(lows, highs, found, strict=True)
    )
    return Chart(f"{spread.operation}: how the calls are spread", "", bars)


_LATENCY_HEAD = ("calls", *(f"p{percent}" for percent in PERCENTS), "longest")


def _latency_row(spread: Distribution) -> tuple[str, ...]:
    return (
        f"{len(spread.values_us):,}",
        *(ms(spread.percentile(percent), " ms") for percent in PERCENTS),
        ms(spread.values_us[-1], " ms"),
    )


def ms(time_us: int | None, unit: str = "") -> str:
    """Return a virtual time in milliseconds with three digits; a dash when it is not known.

    >>> ms(1_234, " ms"), ms(250), ms(None)
    ('1.23 ms', '0.25', '-')
    """
    if time_us is None:
        return "-"
    return f"{time_us / 1000:,.0f}{unit}" if time_us >= 1_000_000 else f"{time_us / 1000:.3g}{unit}"


# Sweeps


def sweep_shown(cells: Sequence[Cell], invariants: Sequence[Invariant] = ()) -> tuple[Shown, ...]:
    """Return what a sweep found: latencies, broken promises, measures; each as a table over the settings.

    Args:
        cells: What it found, setting by setting.
        invariants: Those of the lab, for their order.
    """
    return _Shower(cells).shown([invariant.name for invariant in invariants])


class _Shower:
    def __init__(self, cells: Sequence[Cell]) -> None:
        self._cells = cells
        names = {tuple(name for name, _ in cell.given) for cell in cells}
        (axes,) = names or {()}
        self._axis = axes[0] if len(axes) == 1 else "settings" if axes else ""

    def shown(self, invariants: Sequence[str]) -> tuple[Shown, ...]:
        operations = dict.fromkeys(each.operation for cell in self._cells for each in cell.latencies)
        found = [shown for operation in operations for shown in self._latency(operation)]
        return (*found, self._promises(invariants), *self._calls(), *self._figures())

    def _table(self, title: str, head: Sequence[str], rows: Iterable[Sequence[str]]) -> Table:
        """Return a table with a row for each cell, named by its setting unless there is only one."""
        if not self._axis:
            return Table(title, tuple(head), tuple(map(tuple, rows)))
        named = ((cell.name, *row) for cell, row in zip(self._cells, rows, strict=True))
        return Table(title, (worded(self._axis), *head), tuple(named))

    def _latency(self, operation: str) -> Iterator[Shown]:
        spreads = [
            next((each for each in cell.latencies if each.operation == operation), None)
            for cell in self._cells
        ]
        none = ("0", *("-" for _ in _LATENCY_HEAD[1:]))
        rows = (_latency_row(spread) if spread else none for spread in spreads)
        yield self._table(f"{operation}: from call to return", _LATENCY_HEAD, rows)
        if len(spreads) == 1:
            yield from (histogram(spread) for spread in spreads if spread)
            return
        for percent in reversed(PERCENTS):
            times = [spread.percentile(percent) if spread else None for spread in spreads]
            if all(time is not None for time in times):
                bars = zip(self._cells, times, strict=True)
                found = tuple((cell.name, (time or 0) / 1000, "") for cell, time in bars)
                yield Chart(f"{operation}: p{percent} by {worded(self._axis)}", "ms", found)
                return

    def _promises(self, names: Sequence[str]) -> Table:
        broken = {name for cell in self._cells for name, _ in cell.broken}
        shown = [*(name for name in names if name in broken), *sorted(broken - set(names))]
        rows = (
            [f"{dict(cell.broken).get(name, 0):,} of {cell.runs:,}" for name in shown or [""]]
            for cell in self._cells
        )
        return self._table("runs that break a promise", [worded(name) for name in shown] or ["any"], rows)

    def _calls(self) -> Iterator[Shown]:
        if any(cell.failed or cell.waiting for cell in self._cells):
            rows = ((f"{cell.failed:,}", f"{cell.waiting:,}") for cell in self._cells)
            yield self._table("calls that did not return", ("failed", "not ended"), rows)

    def _figures(self) -> Iterator[Shown]:
        units = {figure.name: figure.unit for cell in self._cells for figure in cell.figures}
        for name, unit in units.items():
            found = [next((each for each in c.figures if each.name == name), None) for c in self._cells]
            title = worded(name) if name.endswith(unit) else f"{worded(name)}, in {unit}"
            vary = any(figure and figure.least != figure.most for figure in found)
            head = ("least", "mean", "most") if vary else ("every run",)
            yield self._table(title, head, (_numbers(figure)[: len(head)] for figure in found))


def _numbers(figure: Figure | None) -> tuple[str, ...]:
    if figure is None:
        return ("-", "-", "-")
    return (say_number(figure.least), say_number(figure.mean), say_number(figure.most))


def say_number(value: float) -> str:
    """Return a number as people read it: three digits after a point at most, thousands separated.

    >>> say_number(1234), say_number(0.5), say_number(2.0), say_number(1 / 3)
    ('1,234', '0.5', '2', '0.333')
    """
    return f"{value:,.0f}" if value == int(value) else f"{value:,.3g}"


def worded(name: str) -> str:
    """Return a slug as words."""
    return name.replace("_", " ")
