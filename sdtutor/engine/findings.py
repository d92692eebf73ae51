"""What a search may do in a lab, and what it must find there."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from sdtutor.engine.lab import Variant


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


@dataclass(frozen=True, slots=True)
class Finding:
    """A planted verdict of the search: what it must find, or prove.

    Args:
        name: A slug.
        variant: Which code runs.
        promise: The invariant that is searched for a way to break it.
        shortest: The length of the shortest way, in events; None when there must be none.
        parameters: Values that differ from the defaults.
        bounds: What may happen; None takes those of the lab.
        after: Events that have already happened.
    """

    name: str
    variant: "Variant"
    promise: str
    shortest: int | None
    parameters: Mapping[str, Any] = field(default_factory=dict)
    bounds: Bounds | None = None
    after: tuple[str, ...] = ()
