"""Goals and their coach: which one is at hand, whether it is met, what to say."""

from collections.abc import Callable, Iterable

from sdtutor.core.units import count
from sdtutor.engine.goals import events_since, start_of
from sdtutor.engine.invariants import TERMINATES
from sdtutor.engine.lab import Goal, Lab
from sdtutor.engine.run import Run
from sdtutor.session.lab_views import GoalView

RecordGoal = Callable[[str, int], None]
"""Keeps that a goal was met: (name, events since where it begins)."""


class Goals:
    """The goals of one lab, one at a time.

    Args:
        lab: The lab.
        met: Names of the goals met on earlier days.
        record: Keeps a goal that is met now.
    """

    def __init__(self, lab: Lab, met: Iterable[str], record: RecordGoal) -> None:
        self._lab = lab
        self._record = record
        self._met_before = set(met)
        self._met_now: dict[str, int] = {}
        self._starts: dict[str, Run] = {}
        self._at = 0
        self._hints = 0
        self._free = not lab.goals

    @property
    def goal(self) -> Goal | None:
        """The goal at hand; None in free play."""
        return None if self._free else self._lab.goals[self._at]

    def is_met(self, run: Run, step: int) -> bool:
        """Tell whether the goal at hand is met at a step."""
        goal = self.goal
        return (
            goal is not None
            and goal.variant == run.variant
            and goal.met(run.at(step), run.operations_at(step))
        )

    def look(self, run: Run, step: int) -> None:
        """Note whether the goal at hand is met; keep it the moment it is."""
        goal = self.goal
        if goal is None or not self.is_met(run, step):
            return
        events = self._events(goal, run, step)
        if events < self._met_now.get(goal.name, events + 1):
            self._met_now[goal.name] = events
            self._record(goal.name, events)

    def _events(self, goal: Goal, run: Run, step: int) -> int:
        """Return how many events the learner has used for a goal."""
        if goal.name not in self._starts:
            self._starts[goal.name] = start_of(self._lab, goal, run.name)
        return events_since(run, step, self._starts[goal.name])

    def go_on(self, variant: str) -> None:
        """Turn to the next goal once the one at hand is met: called when the learner does something else."""
        goal = self.goal
        if goal and goal.name in self._met_now and self._at + 1 < len(self._lab.goals):
            self._take(self._at + 1)
        ahead = [index for index, other in enumerate(self._lab.goals) if other.variant == variant]
        if self._met_now and goal and goal.variant != variant and ahead and ahead[0] > self._at:
            self._take(ahead[0])

    def next_goal(self) -> None:
        """Turn to the next goal, whatever was met; after the last comes the first."""
        self._free = not self._lab.goals
        if self._lab.goals:
            self._take((self._at + 1) % len(self._lab.goals))

    def free_play(self) -> None:
        """Put the goals away."""
        self._free = True

    def hint(self) -> None:
        """Show one more hint."""
        goal = self.goal
        if goal:
            self._hints = min(self._hints + 1, len(goal.hints))

    def _take(self, index: int) -> None:
        self._at, self._hints = index, 0

    def view(self, run: Run, step: int) -> GoalView | None:
        """Return the goal at hand as it stands at a step."""
        goal = self.goal
        if goal is None:
            return None
        return GoalView(
            number=self._at + 1,
            count=len(self._lab.goals),
            title=goal.title,
            done=self.is_met(run, step),
            score=self._score(goal),
            hints=goal.hints[: self._hints],
            more_hints=self._hints < len(goal.hints),
        )

    def _score(self, goal: Goal) -> str:
        """Return how the learner did, or what there is to reach; empty for a goal without a par."""
        if not goal.par:
            return ""
        used = self._met_now.get(goal.name)
        if used is None:
            return f"par {goal.par}"
        over = used - goal.par
        if over < 0:
            return f"{count(used, 'event')}, {-over} under par"
        return f"{count(used, 'event')}, {over} over par" if over else f"{count(used, 'event')}: par"

    def coach(self, run: Run, step: int) -> str:
        """Return what the coach says at a step; empty when there is nothing to say."""
        if not TERMINATES.holds(run.at(step), ()):
            return "Nothing can follow a step that does not end. ← goes back; s sets other values."
        goal = self.goal
        if goal is None:
            return ""
        if goal.variant != run.variant:
            return f"This goal is about the {goal.variant}: v switches to it."
        world, operations = run.at(step), run.operations_at(step)
        return next((said for holds, said in goal.coach if holds(world, operations)), "")

    def story_told(self, run: Run) -> bool:
        """Tell whether the learner has seen what the lab is about.

        They have when every goal is met, or when they met the first and now look at the reference.
        """
        met = self._met_before | self._met_now.keys()
        if not self._lab.goals:
            return False
        first = self._lab.goals[0]
        everything = all(goal.name in met for goal in self._lab.goals)
        return everything or (first.name in self._met_now and run.variant == "reference" != first.variant)
