"""How a state of the world is one integer.

Each member's state number has its own 20 bits, the mode and the history of operations have theirs, and each
letter has a bit (more, where a letter can be in flight twice) that tells whether it is in flight. So a step
adds the same number to whatever state it is taken in: the new state costs one addition, and two states are
the same exactly when their integers are.
"""

from sdtutor.engine.search.members import State

MEMBER_BITS, MODE_BITS, HISTORY_BITS = 20, 20, 28
"""A search that fits into memory meets a few thousand states of a member, a few dozen modes, and at most as
many histories as states."""


class Coding:
    """Where in the integer each part of a state lies.

    Args:
        members: How many members there are.
        copies: How often a letter can be in flight besides itself.
    """

    def __init__(self, members: int, copies: int) -> None:
        self._width = (copies + 1).bit_length()
        self._mode_at = MEMBER_BITS * members
        self._history_at = self._mode_at + MODE_BITS
        self._letters_at = self._history_at + HISTORY_BITS

    def member(self, state: State) -> int:
        """Return what a member's state adds to the integer.

        Raises:
            OverflowError: It has more states than there are numbers.
        """
        if state.number >> MEMBER_BITS:
            raise OverflowError("too many states of one member")
        return state.number << (MEMBER_BITS * state.member)

    def mode(self, mode: int) -> int:
        """Return what a mode adds to the integer.

        Raises:
            OverflowError: There are more modes than numbers.
        """
        if mode >> MODE_BITS:
            raise OverflowError("too many modes")
        return mode << self._mode_at

    def history(self, history: int) -> int:
        """Return what a history of operations adds to the integer."""
        return history << self._history_at

    def letter(self, letter: int) -> int:
        """Return what a letter in flight adds to the integer."""
        return 1 << (self._letters_at + self._width * letter)
