"""The bar under the lab screen: where the run stands between its start and its last step."""

from sdtutor.drawing.spans import Line, Span, clip, line, width


def timeline(step: int, total: int, columns: int) -> Line:
    """Return one line of exactly that width: ``─ start ──┼──┼──● 3 ──┼── 5 ─────``.

    Steps draw closer when there are many; then those far from the current one give way to ``⋯``.

    Args:
        step: The step that the screen shows, from 0.
        total: How many steps the run has; what lies behind the current one is drawn dim.
        columns: Width.
    """
    step = max(0, step)
    before, after = max(0, step - 1), max(0, total - step - 1)
    last = total if total > step else None
    row = _row(step, last, (before, after), (False, False), 2)
    if width(row) > columns:
        row = _row(step, last, (before, after), (False, False), 1)
    if width(row) > columns:
        row = _around(step, last, (before, after), columns)
    if width(row) > columns:
        row = line((f"● {step} ", "cursor"))
    missing = columns - width(row)
    return clip((*row, Span("─" * missing, "rule")) if missing > 0 else row, columns)


def _row(step: int, last: int | None, ticks: tuple[int, int], hidden: tuple[bool, bool], gap: int) -> Line:
    """Return the bar.

    Args:
        step: The current step.
        last: The number at the end; None when the current step is the last.
        ticks: Steps drawn before and after the current one.
        hidden: Whether others were left out there.
        gap: Dashes between two steps.
    """
    dashes = "─" * gap
    skip = dashes + " ⋯ "
    start = line(("─● start ", "cursor")) if step == 0 else line(("─ start ", "rule"))
    past = (skip if hidden[0] else "") + (dashes + "┼") * ticks[0] + dashes
    here = line((past, "rule"), (f"● {step} ", "cursor")) if step else ()
    if last is None:
        return (*start, *here)
    ahead = (dashes + "┼") * ticks[1] + (skip if hidden[1] else "") + dashes
    return (*start, *here, *line((f"{ahead} {last} ", "dim")))


def _around(step: int, last: int | None, steps: tuple[int, int], columns: int) -> Line:
    """Return the bar with as many steps near the current one as fit, two thirds of them before it."""
    bare = width(_row(step, last, (0, 0), (True, last is not None), 1))
    room = max(0, columns - bare) // 2
    before = min(steps[0], max(room * 2 // 3, room - steps[1]))
    after = min(steps[1], room - before)
    return _row(step, last, (before, after), (before < steps[0], after < steps[1]), 1)
