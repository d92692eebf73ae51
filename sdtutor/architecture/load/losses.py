"""What it means to lose a box: how much of it is dead, for how long, and what is left then."""

import math
from collections.abc import Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType

from sdtutor.architecture.load.profiles import FAILOVER_S, HEALTH_S, capacity, is_leaderless, is_store, number
from sdtutor.architecture.records import Box, Drawing


@dataclass(frozen=True, slots=True)
class Loss:
    """One copy of a box dies; all of it when there is only one.

    Args:
        box: What dies.
        whole: Whether nothing of it is left.
        primary: Whether it is the copy that takes changes.
        dead: Share of the requests for that copy's station that come to the dead one.
        seconds: How long that lasts; infinite when nobody takes over.
        drawing: What is left afterwards.
        without: Boxes that are gone afterwards.
    """

    box: Box
    whole: bool
    primary: bool
    dead: float
    seconds: float
    drawing: Drawing
    without: frozenset[str]


@dataclass(frozen=True, slots=True)
class Harm:
    """What a loss does beside the requests that fail.

    Args:
        loss: What dies.
        lost: Acknowledged writes that nobody has any more.
        then: The box that cannot do what arrives afterwards; empty when none.
        times: How many times what it can do arrives there.
        rate: Requests a second that arrived, where it was less than what the drawing is asked for; else 0.
    """

    loss: Loss
    lost: int
    then: str = ""
    times: float = 0.0
    rate: float = 0.0


def lose(drawing: Drawing, box: Box) -> Loss:
    """Return the loss of one copy of a box.

    A primary is replaced after a failover, if it has a replica. An instance is found dead by health checks.
    A part of split data that has no second copy stays away.
    """
    has = capacity(box)
    primary = has.readers > 1 or (box.replicas > 0 and not is_leaderless(box))
    wait = (number(box, "failover") or FAILOVER_S) if primary else HEALTH_S
    whole = has.parts * has.readers == 1
    if whole:
        return Loss(box, True, False, 1.0, wait, drawing, frozenset({box.name}))
    if is_store(box) and not primary and not is_leaderless(box):
        return Loss(box, False, False, 1 / has.parts, math.inf, drawing, frozenset())
    # One part of several loses a copy: the others keep theirs, and the figures of the whole hardly move.
    left = drawing if "shards" in box.settings else _fewer(drawing, box)
    return Loss(box, False, primary, 1 / has.parts, wait, left, frozenset())


def _fewer(drawing: Drawing, box: Box) -> Drawing:
    """Return the drawing with one copy of a box less."""
    if box.replicas:
        smaller = replace(box, replicas=box.replicas - 1)
    else:
        smaller = replace(box, instances=box.instances - 1)
    boxes: Mapping[str, Box] = MappingProxyType({**drawing.boxes, box.name: smaller})
    return replace(drawing, boxes=boxes)
