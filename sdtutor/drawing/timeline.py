"""The bar under the lab screen: where the run stands between its start and its last step."""

from collections.abc import Iterator

from sdtutor.drawing.spans import Line, Span, cells, clip, line

_START = "─ start "
_GAPS = (2, 1, 0)
"""Dashes between two steps, the most generous first."""


def timeline(step: int, total: int, columns: int) -> Line:
    """Return one line of exactly that width: ``─ start ──┼──┼──● 3 ──┼── 4 ─────``.

    Steps draw closer when there are many; then those far from the current one give way to ``⋯``.

    Args:
        step: The step that the screen shows, from 0.
        total: How many steps the run has; what lies behind the current one is drawn dim.
        columns: Width.
    """
    step, total = max(0, step), max(step, total, 0)
    row = next((row for row in _forms(step, total) if _width(row) <= columns), None)
    row = row if row is not None else _around(step, total, columns)
    missing = columns - _width(row)
    return clip((*row, Span("─" * missing, "rule")) if missing > 0 else row, max(0, columns))


def _width(row: Line) -> int:
    return sum(cells(span.text) for span in row)


def _forms(step: int, total: int) -> Iterator[Line]:
    for gap in _GAPS:
        dashes = "─" * gap
        past = (dashes + "┼") * (step - 1) + dashes if step else ""
        yield _row(past, step, (dashes + "┼") * (total - step - 1) + dashes, total)


def _row(past: str, step: int, future: str, total: int) -> Line:
    """Return start, the steps before, the current one, those after it, and the number of the last."""
    here = (f"● {step} ", "cursor") if step else ("● ", "cursor")
    ahead = ((future, "dim"), (f" {total} ", "dim")) if total > step else ()
    return line((_START, "rule"), (past, "rule"), here, *ahead)


def _around(step: int, total: int, columns: int) -> Line:
    """Return the current step with as many neighbours as fit, ``⋯`` for the others."""
    room = columns - _width(_row("", step, "", total)) - 4
    behind = min(step - 1, max(0, room) * 2 // 3) if step else 0
    ahead = min(max(0, total - step - 1), max(0, room - behind))
    behind = min(max(0, step - 1), max(0, room - ahead))
    past = ("⋯ " if behind < step - 1 else "") + "┼" * behind
    return _row(past, step, "┼" * ahead + (" ⋯" if ahead < total - step - 1 else ""), total)
