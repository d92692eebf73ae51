"""What a run measured, as pictures."""

import math
from collections.abc import Sequence

from sdtutor.architecture.examination import Load, Outage
from sdtutor.architecture.load.outages import WATCHED_S
from sdtutor.architecture.load.saying import rough
from sdtutor.core.units import say_time, to_us
from sdtutor.drawing.charts import Bar, bar_chart
from sdtutor.drawing.spans import Line, cells, clip, clip_text, line, safe

_BUSY = 0.7
"""Share of busy time from which waits grow fast: at 0.7 a request of M/M/1 waits longer than two services."""


def bars(load: Load, columns: int) -> tuple[Line, ...]:
    """Return how busy each box was, the busiest first, and how long users waited.

    Args:
        load: What was measured.
        columns: Greatest width.
    """
    ordered = sorted(load.utilisation.items(), key=lambda pair: -pair[1])
    rows = [Bar(name, 100 * share, _note(load, name, share)) for name, share in ordered]
    return (*bar_chart(rows, columns, "%", 100.0), clip(percentiles(load), columns))


def _note(load: Load, name: str, share: float) -> str:
    if name == load.bottleneck:
        return f"full at {rough(load.saturates_at)}/s"
    return "busy" if share >= _BUSY else ""


def percentiles(load: Load) -> Line:
    """Return the latencies of a run in one line."""
    if not load.answered:
        return line(("nobody was answered", "bad"))
    parts = [f"{name} {say_time(to_us(seconds))}" for name, seconds in load.latency_s.items()]
    return line("latency  ", " · ".join(parts))


def timelines(outages: Sequence[Outage], columns: int) -> tuple[Line, ...]:
    """Return what users saw from each loss on: a bar for the time with errors, then the time without.

    Args:
        outages: The losses, from top to bottom.
        columns: Greatest width.
    """
    labels = [_errors(outage) for outage in outages]
    names = [clip_text(safe(outage.box), columns // 3) for outage in outages]
    before, behind = max(map(cells, names), default=0), max(map(len, labels), default=0)
    room = max(0, columns - before - behind - 4)
    rows = []
    for name, label, outage in zip(names, labels, outages, strict=True):
        bad = min(room, math.ceil(room * min(outage.seconds / WATCHED_S, 1.0)))
        gap = " " * (before - cells(name) + 2)
        rows.append(
            clip(line(name, gap, ("█" * bad, "warn"), ("─" * (room - bad), "good"), "  ", label), columns)
        )
    return tuple(rows)


def _errors(outage: Outage) -> str:
    if outage.seconds == math.inf:
        return "no end of errors"
    return f"errors for {say_time(to_us(outage.seconds))}" if outage.seconds else "hardly any errors"
