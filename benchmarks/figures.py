"""One row of the table: a figure, what it is compared with, and what it may be."""

from collections.abc import Iterable
from dataclasses import dataclass

HEAD = ("what", "sdtutor", "compared with", "ratio", "at most")


@dataclass(frozen=True)
class Figure:
    """One measured figure.

    Args:
        what: What was measured.
        ours: The figure, with its unit.
        other: What it is compared with, with that figure and its unit; empty when with nothing.
        ratio: Ours divided by the other; None when the budget is absolute.
        budget: The greatest ratio, or the greatest figure as text; empty when there is none.
    """

    what: str
    ours: str
    other: str = ""
    ratio: float | None = None
    budget: float | str = ""

    def cells(self) -> tuple[str, ...]:
        """The figure as the cells of a row."""
        ratio = "" if self.ratio is None else say_ratio(self.ratio)
        budget = say_ratio(self.budget) if isinstance(self.budget, float) else self.budget
        return self.what, self.ours, self.other, ratio, budget


def say_ratio(ratio: float) -> str:
    """A ratio with two digits; a small one as a fraction.

    >>> say_ratio(1.234), say_ratio(0.001), say_ratio(0.9)
    ('1.2', '1/1,000', '0.90')
    """
    if ratio < 0.1:
        return f"1/{1 / ratio:,.0f}"
    return f"{ratio:.2f}" if ratio < 1 else f"{ratio:.1f}"


def table(figures: Iterable[Figure]) -> str:
    """The figures as a table in Markdown."""
    rows = [HEAD, ("---",) * len(HEAD), *(figure.cells() for figure in figures)]
    return "\n".join("| " + " | ".join(row) + " |" for row in rows)
