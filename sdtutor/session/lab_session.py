"""A lab being played: the learner's intents, and the view after each."""

from collections.abc import Callable, Sequence
from itertools import count
from typing import TYPE_CHECKING

from sdtutor.core.units import say_time
from sdtutor.engine.events import Event, parse_event, read_value
from sdtutor.engine.follow import follow
from sdtutor.engine.lab import Lab
from sdtutor.engine.run import Run
from sdtutor.engine.run_file import write_run
from sdtutor.session import lab_board
from sdtutor.session.branch_views import BranchRow, BranchView, FateRow
from sdtutor.session.lab_about import command, fidelity, measures
from sdtutor.session.lab_branches import Branches
from sdtutor.session.lab_code import code_rows, with_marks
from sdtutor.session.lab_goals import Goals
from sdtutor.session.lab_guess import Guess, guess_ahead, open_guess
from sdtutor.session.lab_offers import offered_calls, settings
from sdtutor.session.lab_picture import picture
from sdtutor.session.lab_tree import branch_rows, branch_view, marked
from sdtutor.session.lab_views import (
    EventRow,
    LabView,
    MeasureView,
    OfferedCall,
    Setting,
)
from sdtutor.session.lab_words import Words, in_words

if TYPE_CHECKING:
    from sdtutor.session.lab_forecast import Forecast

Save = Callable[[str], None]
"""Keeps the text of a run file."""

NEXT_UP = "Say this in an interview"


class LabSession:
    """One lab on the screen.

    Args:
        run: The run to begin with.
        titles: (topic, concept) as people read them.
        goals: The goals of the lab.
        save: Keeps the run after every change.
        step: Where to look first; None is the end.
    """

    def __init__(
        self, run: Run, titles: tuple[str, str], goals: Goals, save: Save, step: int | None = None
    ) -> None:
        self._titles = titles
        self._goals = goals
        self._save = save
        self._guess: Guess | Forecast | None = None
        self._forecasts = count(1)
        self._with_variables = False
        self._branches = Branches(run)
        self._step = len(run.steps) if step is None else step
        self._line = 0
        self._cursor: int | None = None

    @property
    def run(self) -> Run:
        """The run of the branch on the screen."""
        return self._branches.current.run

    @property
    def lab(self) -> Lab:
        """The lab."""
        return self.run.lab

    @property
    def _words(self) -> Words:
        return self._branches.current.words

    # What is seen

    def view(self) -> LabView:
        """Return the lab as it stands."""
        run, step = self.run, self._step
        moves = lab_board.moves_at(run, step)
        world = run.at(step)
        code, focus = with_marks(code_rows(run.lab, run.variant), run, step, self._line)
        here = run.steps[step - 1] if step else None
        return LabView(
            lab=run.name,
            topic=self._titles[0],
            title=self._titles[1],
            badge=lab_board.badge(run.variant, run.lab.defects, short=False),
            short_badge=lab_board.badge(run.variant, run.lab.defects, short=True),
            variant=run.variant,
            step=step,
            last_step=len(run.steps),
            time=say_time(world.now_us),
            seed=run.seed,
            branch=self._branches.current.number,
            branches=len(self._branches),
            waiting=self._branches.waiting(self._branches.current),
            promises=lab_board.promises(run, step),
            file=next(iter(run.files.values()), ""),
            code=code,
            focus=focus,
            line=self._line,
            lines=len(here.ran) if here else 0,
            picture=picture(run, step, moves, self._words),
            events=marked((self._words.event_row(event, world) for event in moves), self._branches, step),
            cursor=self._cursor_in(moves),
            changes=tuple(self._words.change_rows(here)) if here else (),
            past=tuple(self._words.past_row(past) for past in run.steps[max(0, step - 40) : step]),
            tasks=lab_board.tasks(run, step, self._with_variables, self._line),
            goal=self._goals.view(run, step),
            coach=self._goals.coach(run, step),
            question=self._guess.view if self._guess else None,
            finished=not moves,
            next_up=NEXT_UP if self._goals.story_told(run) else "",
        )

    def _cursor_in(self, moves: Sequence[Event]) -> int:
        if self._cursor is not None:
            return max(0, min(self._cursor, len(moves) - 1))
        return lab_board.cursor_at(self.run, self._step, moves)

    def in_words(self) -> tuple[str, ...]:
        """Return the lab as sentences."""
        view = self.view()
        told = [f"{promise.word}: {promise.sentence}" for promise in view.promises]
        return (*told, *in_words(self.run, self._step, view.events))

    def fidelity(self) -> tuple[tuple[str, str], ...]:
        """Return (heading, text) of what is real in this lab and what is not."""
        return fidelity(self.lab)

    def measures(self) -> tuple[MeasureView, ...]:
        """Return the measures of the run."""
        return measures(self.run)

    def command(self) -> str:
        """Return the command that shows this lab with these settings."""
        return command(self.run)

    def run_file(self) -> str:
        """Return the run as the text of a run file."""
        return write_run(self.run)

    # What the learner does

    def run_event(self, index: int | None = None) -> None:
        """Let an event happen.

        Args:
            index: Its row, from 0; None takes the one at the cursor. A row that is not there does nothing.
        """
        moves = lab_board.moves_at(self.run, self._step)
        chosen = self._cursor_in(moves) if index is None else index
        if 0 <= chosen < len(moves):
            self._happen(moves[chosen])

    def run_text(self, text: str) -> None:
        """Let an event happen that is written as in a run file.

        Raises:
            UsageError: It cannot be read, or cannot happen here.
        """
        self._happen(parse_event(text))

    def _happen(self, event: Event) -> None:
        run = self.run
        self._goals.go_on(run.variant)
        if self._step < len(run.steps) and run.steps[self._step].event == event:
            self._look_at(self._step + 1)
            return
        if self._step == len(run.steps):
            run.apply(event)
        elif not self._branches.look_at_same(run, [*(s.event for s in run.steps[: self._step]), event]):
            branch = run.branch(self._step)
            branch.apply(event)
            self._branches.part(branch, self._step)
        self._turn_to(self._step + 1)

    def _turn_to(self, step: int) -> None:
        self._look_at(step)
        self._save(self.run_file())

    def _look_at(self, step: int) -> None:
        self._step, self._line, self._cursor = step, 0, None
        self._goals.look(self.run, step)
        if self._guess:
            if not self._guess.is_open:
                self._guess = None
            else:
                self._guess.look(self.run, step)

    def move_cursor(self, by: int) -> None:
        """Choose another event: that many rows down."""
        moves = lab_board.moves_at(self.run, self._step)
        if moves:
            self._cursor = (self._cursor_in(moves) + by) % len(moves)

    def back(self) -> bool:
        """Look one step back; tell whether there was one."""
        return self.go_to(self._step - 1)

    def forward(self) -> bool:
        """Look one recorded step forward; tell whether there was one."""
        return self.go_to(self._step + 1)

    def go_to(self, step: int) -> bool:
        """Look at a recorded step; tell whether there is such a one."""
        if not 0 <= step <= len(self.run.steps):
            return False
        self._goals.go_on(self.run.variant)
        self._guess = None
        self._look_at(step)
        return True

    def next_line(self, by: int) -> bool:
        """Look one line forward or back inside the step; past its ends, at the neighbouring step.

        Args:
            by: 1 or -1.
        """
        lines = len(self.run.steps[self._step - 1].ran) if self._step else 0
        at = (self._line or lines) + by
        if 1 <= at <= lines:
            self._line = 0 if at == lines else at
            return True
        if not self.go_to(self._step + (1 if by > 0 else -1)):
            return False
        ran = len(self.run.steps[self._step - 1].ran) if self._step else 0
        self._line = 1 if by > 0 and ran > 1 else 0
        return True

    def switch_variant(self) -> None:
        """Run the other variant: the same order of events, as far as it has them."""
        run = self.run
        others = [variant for variant in run.lab.variants if variant != run.variant]
        if not others:
            return
        is_at_tip = self._step == len(run.steps)
        followed = self._branches.back_to_followed() if is_at_tip else None
        if followed is not None:
            self._arrive(followed)
            return
        other = Run(run.lab, others[0], run.given, run.seed, run.name)
        follow(other, [step.event for step in run.steps[: self._step]])
        self._branches.follow(other, self._step)
        self._arrive(len(other.steps))

    def _arrive(self, step: int) -> None:
        self._guess = None
        self._goals.go_on(self.run.variant)
        self._turn_to(step)

    def settings(self) -> tuple[Setting, ...]:
        """Return what can be set, and how it is."""
        return settings(self.run)

    def set(self, name: str, value: str) -> None:
        """Begin again with another value of a parameter.

        Raises:
            UsageError: There is no such parameter, or it cannot have that value; says what it can.
        """
        run = self.run
        self._branches.begin(Run(run.lab, run.variant, {**run.given, name: value}, run.seed, run.name))
        self._arrive(0)

    def offered_calls(self) -> tuple[OfferedCall, ...]:
        """Return the operations that the learner can call, the node that moved last first."""
        return offered_calls(self.run, self._step)

    def call(self, node: str, operation: str, values: Sequence[str]) -> None:
        """Call an operation with values as an event writes them; ask for a prediction if the lab has one.

        Raises:
            UsageError: The node does not offer that, or not with so many values.
        """
        self._happen(Event("call", node, operation, tuple(map(read_value, values))))
        self._guess = open_guess(self.run, self.run.operations[-1])

    def faults(self) -> tuple[EventRow, ...]:
        """Return the faults that can be injected here, and what ends those that were."""
        run, step = self.run, self._step
        world = run.at(step)
        breaks = [] if run.stopped and step == len(run.steps) else run.rules.breaks(world)
        return tuple(self._words.event_row(event, world) for event in breaks)

    def ask(self) -> bool:
        """Open a prediction; tell whether there was one to ask about.

        It is about an open call, else about the call at the cursor, else made from where the run ends.
        """
        is_tip = self._step == len(self.run.steps)
        run = self.run if is_tip else self.run.branch(self._step)
        moves = lab_board.moves_at(self.run, self._step)
        asked: Guess | Forecast | None = open_guess(run)
        if asked is None and moves:
            asked = guess_ahead(run, moves[self._cursor_in(moves)])
        if asked is None and is_tip:
            from sdtutor.session.lab_forecast import forecast

            asked = forecast(run, run.seed + next(self._forecasts))
        self._guess = asked or self._guess
        return self._guess is not None and self._guess.is_open

    def guess(self, index: int) -> None:
        """Commit to an answer, from 0; go on to the brink of the event that tells."""
        guess = self._guess
        if guess is None or not guess.is_open:
            return
        guess.choose(index)
        while guess.is_open and (event := self._next_towards(guess)):
            self._happen(event)
        last = guess.proposes(self.run) if guess.is_open else None
        if last:
            self._cursor = lab_board.moves_at(self.run, self._step).index(last)

    def _next_towards(self, guess: "Guess | Forecast") -> Event | None:
        """Return the next event towards an answer, recorded or not; None at the brink of it."""
        if self._step == len(self.run.steps):
            return guess.next_event(self.run)
        step = self.run.steps[self._step]
        return None if not isinstance(guess, Guess) or guess.is_told_by(step) else step.event

    def hint(self) -> None:
        """Show one more hint."""
        self._goals.hint()

    def next_goal(self) -> None:
        """Turn to the next goal."""
        self._goals.next_goal()

    def free_play(self) -> None:
        """Put the goals away."""
        self._goals.free_play()

    def show_variables(self, on: bool) -> None:
        """Show what the variables hold, or not."""
        self._with_variables = on

    def branches(self) -> tuple[BranchRow, ...]:
        """Return the branches tried so far, in order of their numbers."""
        return branch_rows(self._branches)

    def branch(self, number: int) -> BranchView:
        """Return a branch beside the one from which it parts.

        Raises:
            UsageError: There is none of that number.
        """
        return branch_view(self._branches, self._branches.branch(number))

    def switch_branch(self, number: int) -> None:
        """Look at another branch, at its end.

        Raises:
            UsageError: There is none of that number.
        """
        self._branches.current = self._branches.branch(number)
        self._guess = None
        self._turn_to(len(self.run.steps))

    def keep_rest(self, number: int | None = None) -> tuple[FateRow, ...]:
        """Let the rest of the branch that was left happen on another one too; the step in view stays.

        Returns what became of each of its events; nothing when there is no such rest, or it was kept before.

        Args:
            number: Of the branch that takes it over; None is the one on the screen.

        Raises:
            UsageError: There is no branch of that number.
        """
        branch = self._branches.current if number is None else self._branches.branch(number)
        if not self._branches.keep_rest(branch):
            return ()
        if branch is self._branches.current:
            self._turn_to(self._step)
        return branch_view(self._branches, branch).rest

    def show_found(self, events: Sequence[Event]) -> None:
        """Put events that a search has found on a branch of their own, and look at its beginning."""
        run, step = self.run, self._step
        branch = run.branch(step)
        branch.apply_all(events)
        if not self._branches.look_at_same(run, [each.event for each in branch.steps]):
            self._branches.part(branch, step)
        self._arrive(step)
