"""Choosing what to run many times: a setting with its values, or other seeds alone."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sdtutor.drawing.spans import Line, cells, line, safe
from sdtutor.errors import UsageError
from sdtutor.session.sweep_job import SweepJob
from sdtutor.session.sweep_request import MANY_SEEDS, read_axis, seeds_matter, suggested
from sdtutor.session.sweeps import Sweep
from sdtutor.tui.lab_dialogs import LabDialog

if TYPE_CHECKING:
    from sdtutor.tui.lab_screen import LabScreen

_SEEDS = "seeds"


@dataclass(frozen=True, slots=True)
class _Choice:
    """What can be swept: a parameter and values to propose; seeds have no name."""

    name: str
    values: str
    help: str


class SweepDialog(LabDialog):
    """The settings that can be swept, each with values to edit.

    Args:
        lab: The lab below.
    """

    def __init__(self, lab: "LabScreen") -> None:
        super().__init__(lab, "run it many times")
        run = lab.session.run
        self._plain = Sweep(run.name, run.variant, dict(run.given), first_seed=run.seed)
        self._choices = [
            _Choice(each.name, suggested(each, run.given.get(each.name, each.default)), each.help)
            for each in run.lab.parameters
        ]
        if seeds_matter(run.lab, self._plain):
            self._choices.insert(0, _Choice("", str(MANY_SEEDS), "The same settings, other latencies."))

    def choices(self) -> Sequence[Line]:
        """Return what can be swept, with values to propose."""
        if not self._choices:
            return [line(("this lab has nothing to sweep", "dim"))]
        widest = max(cells(choice.name or _SEEDS) for choice in self._choices)
        return [
            line(
                ((choice.name or _SEEDS).ljust(widest), "strong"),
                f" = {safe(choice.values)}",
                (f"   {choice.help}", "dim"),
            )
            for choice in self._choices
        ]

    def choose(self) -> None:
        """Ask for the values, then for the number of seeds where they matter."""
        if not self._choices:
            self.app.pop_screen()
            return
        choice = self._choices[self.cursor]
        if choice.name:
            self.type_line(f"{choice.name} =", self._take_values, choice.values)
        else:
            self.type_line("seeds =", lambda text: self._begin(self._plain, text), choice.values)

    def _take_values(self, text: str) -> None:
        choice, lab = self._choices[self.cursor], self.lab.session.lab
        axis = read_axis(lab, f"{choice.name}={text}")
        plain = self._plain
        sweep = Sweep(plain.lab, plain.variant, plain.base, (axis,), plain.first_seed)
        if seeds_matter(lab, sweep):
            self.type_line("seeds =", lambda seeds: self._begin(sweep, seeds), str(MANY_SEEDS))
        else:
            self._begin(sweep, "1")

    def _begin(self, sweep: Sweep, text: str) -> None:
        if not text.strip().isdecimal() or int(text) < 1:
            raise UsageError(f'"{text.strip()}" is not a number of seeds.', "Write a whole number from 1.")
        from sdtutor.tui.sweep_screen import SweepScreen

        asked = Sweep(sweep.lab, sweep.variant, sweep.base, sweep.axes, sweep.first_seed, int(text))
        job = SweepJob(asked, self.lab.session.lab)
        self.app.switch_screen(SweepScreen(self.lab, job))
