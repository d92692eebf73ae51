"""What was measured in a run; from here many runs, and two side by side."""

from collections.abc import Collection, Sequence
from typing import TYPE_CHECKING

from sdtutor.drawing.spans import Line
from sdtutor.session.measure_views import run_spreads
from sdtutor.tui.measure_rows import measure_lines, sentence_lines, shown_lines
from sdtutor.tui.reading_screen import ReadingScreen

if TYPE_CHECKING:
    from sdtutor.tui.lab_screen import LabScreen

_SWEEP = "s runs the story many times, with other values of a setting or under other seeds."
_COMPARE = "c tells where this run parts from the other version of the code."


class MeasuresScreen(ReadingScreen):
    """The measures of the run on the screen.

    Args:
        lab: The lab below.
    """

    KEYS = "measures"

    def __init__(self, lab: "LabScreen") -> None:
        super().__init__()
        self.lab = lab

    def heading(self) -> tuple[str, str, str]:
        """Return the concept, the version, and what is below."""
        view = self.lab.view
        return view.title, view.badge, f"measures after step {view.last_step}"

    def lines(self, columns: int) -> Sequence[Line]:
        """Return measures, how latencies are spread, and what else can be measured."""
        session = self.lab.session
        spreads = shown_lines(run_spreads(session.run), columns)
        more = [_SWEEP, *([_COMPARE] if self._has_other() else [])]
        return (
            *measure_lines(session.measures(), columns),
            *([(), *spreads] if spreads else []),
            (),
            *sentence_lines(more, columns),
        )

    def _has_other(self) -> bool:
        return len(self.lab.session.lab.variants) > 1

    def working_keys(self) -> Collection[str]:
        """Return what can be done now."""
        return {*super().working_keys(), "sweep", *(["compare"] if self._has_other() else [])}

    def do_sweep(self) -> None:
        """Choose what to run many times."""
        from sdtutor.tui.sweep_dialog import SweepDialog

        self.app.push_screen(SweepDialog(self.lab))

    def do_compare(self) -> None:
        """Show this run beside the other version of the code."""
        self.app.push_screen(ComparisonScreen(self.lab))


class ComparisonScreen(ReadingScreen):
    """The run beside the same order of events under the other version of the code.

    Args:
        lab: The lab below.
    """

    KEYS = "measures"

    def __init__(self, lab: "LabScreen") -> None:
        super().__init__()
        from sdtutor.engine.comparison import compare, other_variant
        from sdtutor.session.comparison_views import comparison_shown, comparison_summary

        self._title = lab.view.title
        run = lab.session.run
        other, left_out = other_variant(run)
        found = compare(run, other)
        other.close()
        self._said = comparison_summary(found, left_out)
        self._shown = comparison_shown(found)

    def heading(self) -> tuple[str, str, str]:
        """Return the concept, and what is below."""
        return self._title, "both versions, the same order", "two runs side by side"

    def lines(self, columns: int) -> Sequence[Line]:
        """Return where the runs part, and what came of each."""
        return (*sentence_lines(self._said, columns), (), *shown_lines(self._shown, columns))
