"""Find: the shortest way to break a promise, searched in a process of its own while the screen goes on."""

from collections.abc import Collection, Sequence
from dataclasses import replace
from time import monotonic
from typing import TYPE_CHECKING

from textual.timer import Timer

from sdtutor.core.units import count
from sdtutor.drawing.spans import Line, cells, line, safe
from sdtutor.drawing.wrap import wrap
from sdtutor.errors import SdtutorError
from sdtutor.session.find_job import FindJob
from sdtutor.session.finding import bound_names, bounds_words, target_of, verdict_words
from sdtutor.tui.base_screen import BaseScreen
from sdtutor.tui.lab_frame import Panel
from sdtutor.tui.lab_panes import band

if TYPE_CHECKING:
    from sdtutor.engine.search.find import Found
    from sdtutor.tui.lab_screen import LabScreen

SECONDS = 60.0
"""When a search on the screen gives up: Esc ends it before."""

_LOOK_SECONDS = 0.1
_MOST = 9

_ALLOWED = {
    "calls": "calls more, with the values of the example",
    "rounds": "rounds of the story",
    "timers": "timers and expiries that fire",
    "drops": "messages that are lost",
    "duplicates": "messages that arrive twice",
    "crashes": "crashes; each may come back",
    "cuts": "links that are cut; each may be healed",
}


class FindScreen(BaseScreen):
    """A search over the lower panes of a lab: it begins at once, for the promise on top.

    Args:
        lab: The lab below.
    """

    KEYS = "find"

    def __init__(self, lab: "LabScreen") -> None:
        super().__init__()
        self.lab = lab
        declared = lab.session.lab
        goals = [goal.name for goal in declared.goals if goal.variant == lab.session.run.variant]
        self._targets = [*(invariant.name for invariant in declared.invariants), *goals]
        self._bounds = declared.bounds
        self._names = bound_names(declared)
        self._cursor = 0
        self._target = self._targets[0]
        self._job: FindJob | None = None
        self._found: Found | None = None
        self._said: tuple[str, ...] = ()
        self._begun = 0.0
        self._timer: Timer | None = None

    def on_mount(self) -> None:
        """Begin, and look at what was found ten times a second."""
        self._timer = self.set_interval(_LOOK_SECONDS, self._look)
        self._begin()

    def on_unmount(self) -> None:
        """End the search, whatever takes the screen away."""
        self._end()

    # What is seen

    @property
    def _is_choosing(self) -> bool:
        return self._job is None and self._found is None and not self._said

    def body(self, columns: int, rows: int) -> Sequence[Line]:
        """Return the lab with the search over it."""
        return self.lab.sheet(columns, rows, self._panel(columns))

    def _panel(self, columns: int) -> Panel:
        if self._is_choosing:
            chosen = self._rows(columns)
            return Panel("search from here", tuple(chosen), self._cursor, "Enter searches, Esc goes back")
        promise = target_of(self.lab.session.lab, self._target).promise
        text = [f"To break: {promise}", ""]
        if self._job:
            note = "Esc stops"
            text += [self._progress(), *bounds_words(self._bounds)]
        else:
            note = "Enter shows it, Esc goes back" if self._way else "Esc goes back"
            text += self._said
        shown = [row for each in text for row in _wrapped(each, columns)]
        return Panel("find", tuple(shown), 0, note)

    def _progress(self) -> str:
        job, seconds = self._job, int(monotonic() - self._begun)
        if job is None or not job.states:
            return "Searching every order of what can happen from here."
        seen = f"{count(job.states, 'state')} seen, up to {count(job.depth, 'event')} away"
        return f"Searching: {seen}; {count(seconds, 'second')}."

    @property
    def _way(self) -> bool:
        return self._found is not None and bool(self._found.events)

    def _rows(self, columns: int) -> list[Line]:
        """Return what can be searched for, and what may happen on the way."""
        lab = self.lab.session.lab
        widest = max(cells(name) for name in (*self._targets, *self._names))
        rows = [
            line((name.ljust(widest), "strong"), f"   {safe(target_of(lab, name).promise)}")
            for name in self._targets
        ]
        rows += [
            line(
                (name.ljust(widest), "strong"),
                f" {getattr(self._bounds, name):>2}  ",
                (_ALLOWED[name], "dim"),
            )
            for name in self._names
        ]
        return [
            band(line(" ▸ ", *row), "cursor", columns) if index == self._cursor else line("   ", *row)
            for index, row in enumerate(rows)
        ]

    def has_rule(self) -> bool:
        """Tell whether a rule stands above the footer, as in the lab."""
        return self.lab.has_rule()

    def working_keys(self) -> Collection[str]:
        """Return what can be done now."""
        if self._job:
            return ()
        if self._is_choosing:
            return {"open", "up", "down"} | ({"more", "less"} if self._bound else set())
        return {"others"} | ({"open"} if self._way else set())

    # What the learner does

    def do_open(self) -> None:
        """Search; once something was found, go back to the lab with it."""
        if self._is_choosing:
            self._begin()
        else:
            self._show()

    def _begin(self) -> None:
        if self._cursor < len(self._targets):
            self._target = self._targets[self._cursor]
        self._begun = monotonic()
        question = self.lab.session.question(self._target, self._bounds, SECONDS)
        self._job = FindJob(question)

    def do_up_level(self) -> None:
        """Stop the search; go back once there is none."""
        job = self._job
        if job is None:
            super().do_up_level()
            return
        self._end()
        states = count(job.states, "state")
        self._said = (f"Stopped after {states}: nothing was found in them, and nothing is proved.",)

    def _show(self) -> None:
        found = self._found
        if found is None:
            return
        self.lab.session.show_found(found.events)
        last = self.lab.session.view().last_step
        self.lab.tell(f"→ goes through it, to step {last}; ← goes back; d draws it.")
        self.close()

    def do_others(self) -> None:
        """Choose another promise, or other bounds."""
        self._found, self._said = None, ()

    def do_up(self) -> None:
        """Choose the row above."""
        self._move(-1)

    def do_down(self) -> None:
        """Choose the row below."""
        self._move(1)

    def _move(self, by: int) -> None:
        self._cursor = (self._cursor + by) % (len(self._targets) + len(self._names))

    def do_more(self) -> None:
        """Allow one more of what is at the cursor."""
        self._change(1)

    def do_less(self) -> None:
        """Allow one less of what is at the cursor."""
        self._change(-1)

    @property
    def _bound(self) -> str:
        """The bound at the cursor; empty on a promise."""
        at = self._cursor - len(self._targets)
        return self._names[at] if at >= 0 else ""

    def _change(self, by: int) -> None:
        least = 1 if self._bound == "rounds" else 0
        number = max(least, min(_MOST, getattr(self._bounds, self._bound) + by))
        self._bounds = replace(self._bounds, **{self._bound: number})

    # The search

    def _look(self) -> None:
        """Take the answer once there is one, and draw how far the search is."""
        job = self._job
        if job is None:
            return
        if not job.running:
            self._job = None
            self._take(job)
        if self.is_current:
            self.draw()

    def _take(self, job: FindJob) -> None:
        try:
            self._found = job.found()
        except SdtutorError as error:
            self._said = (error.message, error.hint)
            return
        if self._found is None:
            self._said = ("The search ended before it had an answer: its process is gone.", "f begins again.")
            return
        told = target_of(self.lab.session.lab, self._found.promise).told
        self._said = (*verdict_words(self._found), *((f"At its end: {told}",) if self._way else ()))

    def _end(self) -> None:
        if self._job is not None:
            self._job.stop()
            self._job = None

    def leave(self) -> None:
        """End the search."""
        self._end()


def _wrapped(text: str, columns: int) -> Sequence[Line]:
    return wrap(line(safe(text)), columns - 2, " ", " ") if text else ((),)
