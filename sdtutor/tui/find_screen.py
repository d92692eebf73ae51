"""Find: the shortest way to break a promise, searched in a process of its own while the screen goes on."""

from collections.abc import Collection, Sequence
from dataclasses import replace
from time import monotonic
from typing import TYPE_CHECKING

from textual.timer import Timer

from sdtutor.core.units import count
from sdtutor.drawing.spans import Line, Role, cells, line, safe
from sdtutor.drawing.wrap import wrap
from sdtutor.errors import SdtutorError
from sdtutor.session.find_job import FindJob
from sdtutor.session.finding import (
    bound_names,
    bounds_words,
    limit_words,
    question_at,
    sought_words,
    target_of,
    verdict_words,
)
from sdtutor.tui.base_screen import BaseScreen
from sdtutor.tui.lab_frame import Panel
from sdtutor.tui.lab_panes import band

if TYPE_CHECKING:
    from sdtutor.engine.search.find import Found
    from sdtutor.tui.lab_screen import LabScreen

SECONDS = 60.0
"""When a search on the screen gives up: Esc ends it before."""

_ROOMY_ROWS = 24
_LOOK_SECONDS = 0.1
_DRAW_SECONDS = 0.3
"""Between two drawings of how far it is: a key that meets one waits until it is done."""
_AGAIN = "o chooses another search, or this one again."
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
        self._goals = [goal.name for goal in declared.goals if goal.variant == lab.session.run.variant]
        self._targets = [*(invariant.name for invariant in declared.invariants), *self._goals]
        self._bounds = declared.bounds
        self._names = bound_names(declared)
        self._cursor = 0
        self._target = self._targets[0]
        self._job: FindJob | None = None
        self._found: Found | None = None
        self._said: tuple[str, ...] = ()
        self._step = lab.session.view().step
        self._begun = self._drawn = 0.0
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
    def is_searching(self) -> bool:
        """Whether the answer is not there yet."""
        return self._job is not None

    @property
    def _is_choosing(self) -> bool:
        return self._job is None and self._found is None and not self._said

    def body(self, columns: int, rows: int) -> Sequence[Line]:
        """Return the lab with the search over it."""
        return self.lab.sheet(columns, rows, self._panel(columns))

    def _panel(self, columns: int) -> Panel:
        if self._is_choosing:
            chosen = self._rows(columns)
            return Panel(f"search from step {self._step}", tuple(chosen), self._cursor)
        text = [sought_words(self.lab.session.lab, self._target)]
        if self.size.height >= _ROOMY_ROWS:
            text.append("")
        if self._job:
            note = "Esc stops it"
            text += [self._progress(self._job), *bounds_words(self._bounds), limit_words(self._job.question)]
        else:
            note = "Enter walks through it, Esc goes back" if self._way else "Esc goes back"
            text += self._said
        # What was found stands out; while it is searched, nothing does.
        loud = self._said[0] if self._said else ""
        shown = [row for each in text for row in _wrapped(each, columns, strong=each == loud)]
        return Panel(f"find, from step {self._step}", tuple(shown), 0, note)

    def _progress(self, job: FindJob) -> str:
        if not job.states:
            return "Searching every order of what can happen from here."
        seconds = count(int(monotonic() - self._begun), "second")
        if not job.depth:
            return f"Trying runs at random: {count(job.states, 'event')}; {seconds}."
        return f"Searching {count(job.depth, 'event')} away: {count(job.states, 'state')} seen; {seconds}."

    @property
    def _way(self) -> bool:
        return self._found is not None and bool(self._found.events)

    def _rows(self, columns: int) -> list[Line]:
        """Return what can be searched for, and what may happen on the way."""
        widest = max(cells(name) for name in (*self._targets, *self._names))
        said: list[tuple[str, str, Role]] = [(name, self._sentence(name), "plain") for name in self._targets]
        said += [(name, f"{getattr(self._bounds, name)}  {_ALLOWED[name]}", "dim") for name in self._names]
        rows = []
        for index, (name, sentence, role) in enumerate(said):
            sign = " ▸ " if index == self._cursor else " • " if name == self._target else "   "
            row = line(sign, (name.ljust(widest), "strong"), "   ", (safe(sentence), role))
            rows.append(band(row, "cursor", columns) if index == self._cursor else row)
        return rows

    def _sentence(self, name: str) -> str:
        for goal in self.lab.session.lab.goals:
            if goal.name == name:
                return f"goal{f', par {goal.par}' if goal.par else ''}: {goal.title}"
        return target_of(self.lab.session.lab, name).promise

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
        self._begun = monotonic()
        session = self.lab.session
        question = question_at(session.run, session.view().step, self._target, self._bounds, SECONDS)
        try:
            self._job = FindJob(question)
        except SdtutorError as error:
            self._said = (error.message, error.hint)

    def do_up_level(self) -> None:
        """Stop the search; go back once there is none."""
        job = self._job
        if job is None:
            super().do_up_level()
            return
        self._end()
        states = count(job.states, "state")
        self._said = (f"Stopped after {states}: nothing was found in them, and nothing is proved.", _AGAIN)

    def _show(self) -> None:
        found = self._found
        if found is None:
            return
        self.lab.session.show_found(found.events)
        last = self.lab.session.view().last_step
        what = "the goal is met" if self._target in self._goals else "the promise is broken"
        self.lab.tell(f"→ goes on: {what} at step {last}. ← goes back, d draws it.")
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
        if self._cursor < len(self._targets):
            self._target = self._targets[self._cursor]

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
        elif monotonic() - self._drawn < _DRAW_SECONDS:
            return
        if self.is_current:
            self._drawn = monotonic()
            self.draw()

    def _take(self, job: FindJob) -> None:
        try:
            self._found = job.found()
        except SdtutorError as error:
            self._said = (error.message, error.hint)
            return
        if self._found is None:
            return
        *said, bounds = verdict_words(self._found)
        if self._way and self._found.promise not in self._goals:
            said.append(f"At its end: {target_of(self.lab.session.lab, self._found.promise).told}")
        self._said = (*said, bounds)

    def _end(self) -> None:
        if self._job is not None:
            self._job.stop()
            self._job = None

    def leave(self) -> None:
        """End the search."""
        self._end()


def _wrapped(text: str, columns: int, *, strong: bool) -> Sequence[Line]:
    said = line((safe(text), "strong")) if strong else line(safe(text))
    return wrap(said, columns - 2, " ", " ") if text else ((),)
