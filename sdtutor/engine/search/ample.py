"""What may go first because no promise can tell: ample sets.

A client to which nothing but the replies in flight can come is on its own: whatever the others do, it can
still take the same steps, and they can still take theirs. If none of these steps changes anything that the
promise looks at, it is enough to explore them first; every other order leads to the same states, later.
(Peled, "All from one, one for all: on model checking using representatives", CAV 1993; Clarke, Grumberg
and Peled, "Model Checking", 1999, chapter 10.) It needs a world in which nothing breaks (`Space.calm`): a
letter that can be lost does not have to arrive, and one that was copied can come again with another answer.
And it needs time to stand still: a timer anywhere moves the clock, by which the client sets its own.

What that loses: the shortest way to a state in which a client has *not* yet taken a step. For a promise that
is judged at rest nothing is lost, since at rest nothing is in flight. For others it still tells whether there
is a way, and so proves that there is none.
"""

from collections.abc import Sequence

from sdtutor.engine.lab import Node
from sdtutor.engine.search.judge import Judge
from sdtutor.engine.search.nodes import NodeState
from sdtutor.engine.search.space import Position, Space
from sdtutor.engine.search.steps import Step


class Ample:
    """Chooses which of the steps from a state are enough.

    Args:
        space: The states.
        judge: Knows what the promise looks at.
    """

    def __init__(self, space: Space, judge: Judge) -> None:
        self._space = space
        self._judge = judge
        self._known = space.steps.letters.known
        self._receivers = space.steps.letters.receivers
        self._clients = [
            place
            for place, member in enumerate(space.run.cast.members)
            if isinstance(member, Node) and not member.serves
        ]

    def chosen(self, position: Position, moves: list[Step]) -> list[Step]:
        """Return the steps that are enough: those of one client that is on its own, else all."""
        for place in self._clients:
            state = position.members[place]
            if isinstance(state, NodeState) and self._is_alone(state, position):
                own = [step for step in moves if step.source is state]
                if own and not self._can_tell(own):
                    return own
        return moves

    def _is_alone(self, state: NodeState, position: Position) -> bool:
        """Tell whether all that can still reach a client is in flight, and it takes no step by itself."""
        left = self._space.steps.modes[position.mode].left
        if left.timers:
            return False
        if not state.busy and (left.calls or (self._judge.at_the_end and self._space.next_call(state))):
            return False
        coming = sum(
            self._receivers[letter] == state.member and self._known[letter].request in state.facts.awaited
            for letter in position.letters
        )
        return coming == len(state.facts.awaited)

    def _can_tell(self, steps: Sequence[Step]) -> bool:
        return any(self._judge.can_tell_order(step) for step in steps)
