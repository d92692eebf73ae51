"""The rows at the foot of every screen: keys, a line being typed, or something to tell."""

from collections.abc import Collection

from sdtutor.drawing.spans import Line, Span, line
from sdtutor.drawing.wrap import wrap
from sdtutor.tui.entry import Entry
from sdtutor.tui.keys import footer

MOST_TOLD = 4
"""Rows that a message may take; an error is two sentences and its hint."""


def foot(
    screen: str, working: Collection[str], columns: int, *, outermost: bool, entry: Entry | None, told: str
) -> tuple[Line, ...]:
    """Return the rows below the rule.

    Args:
        screen: Name of the screen.
        working: Actions that can run now.
        columns: Width.
        outermost: Whether ``q`` leaves the program.
        entry: The line being typed; it takes the place of the keys.
        told: A message; it stands above the keys until the next one is pressed.
    """
    if entry is not None:
        row = (Span(" "), *entry.row(columns - 2))
    else:
        row = footer(screen, working, columns, outermost=outermost)
    message = wrap([Span(told, "warn")], columns - 1, " ", " ")[:MOST_TOLD] if told else ()
    return (*message, row)


def rule(columns: int) -> Line:
    """Return a rule over the whole width."""
    return line(("─" * columns, "rule"))


def divider(title: str, columns: int, after: str = "") -> Line:
    """Return a rule with a title near its left end: ``─ TOPICS ──────``.

    Args:
        title: What follows it.
        columns: Width.
        after: What stands at its right end.
    """
    end = f" {after} " if after else ""
    dashes = "─" * max(0, columns - len(title) - len(end) - 3)
    return line(("─ ", "rule"), (title, "title"), (f" {dashes}", "rule"), (end, "dim"))
