"""What a search may let happen."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Bounds:
    """What a search may let happen besides the deliveries and the calls of the story.

    Args:
        calls: Calls more, of those that are offered, with their example values, on a node that is idle and
            has had its part of the story.
        rounds: How often a story that begins again at its end is told.
        timers: Timers and expiries that fire.
        drops: Messages that are lost.
        duplicates: Messages that arrive twice.
        crashes: Members that go down; each may come back.
        cuts: Links that are cut; each may be healed.
    """

    calls: int = 0
    rounds: int = 1
    timers: int = 0
    drops: int = 0
    duplicates: int = 0
    crashes: int = 0
    cuts: int = 0
