"""What a promise sees of one member."""

from collections.abc import Hashable

from sdtutor.engine.lab import Part
from sdtutor.engine.search.identity import key_of
from sdtutor.engine.search.members import State

MEMBER_PARTS: tuple[Part, ...] = ("store", "view", "member")
"""The parts of the world that consist of what members are."""


def sight(state: State, part: Part) -> Hashable:
    """Return what identifies a member as far as one part of the world shows it."""
    if part == "store":
        return tuple(sorted((key, key_of(value)) for key, value in state.entries.items()))
    if part == "view":
        return tuple(sorted((key, key_of(value)) for key, value in state.view.items()))
    return (state.up, state.incarnation, state.stuck, state.timer, state.waiting)
