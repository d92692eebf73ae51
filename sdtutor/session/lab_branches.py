"""The tree of the runs that were tried: which branch parts from which, and where."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from sdtutor.engine.events import Event
from sdtutor.engine.keeping import Kept, keep
from sdtutor.engine.run import Run
from sdtutor.errors import UsageError
from sdtutor.session.lab_words import Words


@dataclass(slots=True)
class Branch:
    """One run of the tree.

    Args:
        number: From 1, in order of their beginning.
        run: The run.
        parent: Number of the branch from which it parts; 0 for one that begins by itself.
        parted_at: The step after which it goes its own way.
        left: Number of the branch that the learner left for it; 0 when none was left.
        rest: What became of the events that were kept from there; empty before they are.
        follows: (branch, step) whose order it follows under other code; (0, 0) for none.
    """

    number: int
    run: Run
    parent: int = 0
    parted_at: int = 0
    left: int = 0
    rest: tuple[Kept, ...] = ()
    follows: tuple[int, int] = (0, 0)
    words: Words = field(init=False)
    """Says what happens in the run."""
    begun: int = field(init=False)
    """How many steps it had when it began."""

    def __post_init__(self) -> None:
        self.words = Words(self.run)
        self.begun = len(self.run.steps)


class Branches:
    """The branches of one lab, one of them on the screen.

    Args:
        run: The first.
    """

    def __init__(self, run: Run) -> None:
        self._all = [Branch(1, run)]
        self.current = self._all[0]

    def __len__(self) -> int:
        """Return how many there are."""
        return len(self._all)

    @property
    def all(self) -> tuple[Branch, ...]:
        """Every branch, in order of their numbers."""
        return tuple(self._all)

    def branch(self, number: int) -> Branch:
        """Return a branch by its number.

        Raises:
            UsageError: There is none of that number.
        """
        if not 1 <= number <= len(self._all):
            raise UsageError(f"There is no branch {number}.", f"Branches go from 1 to {len(self._all)}.")
        return self._all[number - 1]

    def begin(self, run: Run) -> None:
        """Look at a run that begins by itself."""
        self._add(Branch(len(self._all) + 1, run))

    def follow(self, run: Run, step: int) -> None:
        """Look at a run under other code that follows the order of the one on the screen up to a step.

        A branch that has the same events already is looked at instead.
        """
        here = self.current
        if not self.look_at_same(run, [each.event for each in run.steps]):
            self._add(Branch(len(self._all) + 1, run, follows=(here.number, step)))

    def back_to_followed(self) -> int | None:
        """Look at the branch whose order this one follows; return the step up to which it does.

        None when it follows none, or went on since.
        """
        here, (number, step) = self.current, self.current.follows
        if not number or len(here.run.steps) != here.begun:
            return None
        self.current = self.branch(number)
        return step

    def part(self, run: Run, step: int) -> None:
        """Look at a run that goes its own way from the one on the screen.

        Its parent is the branch to which that step belongs: a branch that parted there, or later, shares the
        step with its own parent.

        Args:
            run: The run.
            step: The last step that both have in common.
        """
        left = parent = self.current
        while parent.parent and step <= parent.parted_at:
            parent = self.branch(parent.parent)
        self._add(Branch(len(self._all) + 1, run, parent.number, step, left.number))

    def _add(self, branch: Branch) -> None:
        self._all.append(branch)
        self.current = branch

    def look_at_same(self, like: Run, events: Sequence[Event]) -> bool:
        """Look at a branch that begins with these events; tell whether there is one.

        Args:
            like: A run of the same code with the same settings.
            events: The first events.
        """
        for branch in self._all:
            run = branch.run
            same = (run.variant, run.values, run.seed) == (like.variant, like.values, like.seed)
            if same and [step.event for step in run.steps[: len(events)]] == list(events):
                self.current = branch
                return True
        return False

    def waiting(self, branch: Branch) -> int:
        """Return how many events of the branch that was left can be tried on a branch; 0 once they were."""
        if not branch.left or branch.rest:
            return 0
        return len(self.branch(branch.left).run.steps) - branch.parted_at

    def keep_rest(self, branch: Branch) -> tuple[Kept, ...]:
        """Let the rest of the branch that was left for this one happen here too, as far as it is possible.

        Returns what became of each of its events; nothing when there is no such rest, or it was kept before.
        """
        if not self.waiting(branch):
            return ()
        branch.run, branch.rest = keep(branch.run, self.branch(branch.left).run, branch.parted_at)
        branch.words = Words(branch.run)
        return branch.rest
