"""How much of the time everything works: nines in series and in parallel, over all ways at once."""

import heapq
import math
from collections.abc import Mapping, Sequence

from sdtutor.architecture.kinds import is_many
from sdtutor.architecture.records import Box, Drawing
from sdtutor.architecture.ways import find_path
from sdtutor.core.systems import Flow, Kind

INSTANCE = 0.995
"""Share of the time that one machine is up: the promise for a single instance in the Amazon Compute Service
Level Agreement of 5 May 2022. It is used for whatever runs on one machine."""
MANAGED = 0.9999
"""What the same agreement promises for a service in two zones, and Amazon for DynamoDB and its load balancers
(list of AWS agreements, cloudonaut.io, January 2019)."""

OF_KIND: Mapping[Kind, float] = {
    "client": 1.0,
    "dns": 1.0,
    "cdn": 0.999,
    "object_store": 0.999,
    "external": 0.999,
}
"""What differs: Route 53 promises 100 %, CloudFront and S3 99.9 % (same list). Users are not part of the
system; 99.9 % for somebody else's service is editorial."""

MOST_CASES = 5_000
"""Cases that are told apart. Editorial: drawings of an interview need some dozens."""
_NOTHING = 1e-15
"""A case that is rarer is not opened: a double near one cannot hold it."""


def availability_of(box: Box) -> float:
    """Return the share of the time that at least one copy of a box is up.

    Copies fail independently and take over at once, so this is an upper bound: zones, deployments and
    failovers fail several copies together. ``availability=99.95%`` replaces the figure of one copy.
    """
    stated = box.settings.get("availability")
    of_kind = OF_KIND.get(box.kind, MANAGED if is_many(box) else INSTANCE)
    one = of_kind if isinstance(stated, bool | str | None) else float(stated)
    return 1.0 - (1.0 - one) ** box.copies


def availability(drawing: Drawing, flows: Sequence[Flow]) -> float:
    """Return the share of the time that every flow has a way through boxes that are up.

    The shortest ways either hold, or the first box of them that is down is the first, the second, ...: cases
    that exclude each other, of which all but the first are searched again without that box. This is the
    method of Dotson and Gobien (A new analysis technique for probabilistic graphs, IEEE Transactions on
    Circuits and Systems 26(10), 1979), with boxes that fail instead of links and several flows at once. The
    likeliest case is opened first. The result is exact unless 5,000 cases do not suffice; then it is a lower
    bound, too low by what the unopened cases weigh.

    Args:
        drawing: What to examine.
        flows: What must work at the same time; without any, all of the time is lost.
    """
    up = {name: availability_of(box) for name, box in drawing.boxes.items()}
    shares: list[float] = []
    open_cases: list[tuple[float, int, frozenset[str], frozenset[str]]] = [
        (-1.0, 0, frozenset(), frozenset())
    ]
    opened = 0
    while open_cases and flows and opened < MOST_CASES:
        minus_share, _, down, known = heapq.heappop(open_cases)
        opened += 1
        needed = _needed(drawing, flows, down)
        share = -minus_share
        for name in (name for name in needed if name not in known):
            if (lost := share * (1.0 - up[name])) > _NOTHING:
                heapq.heappush(open_cases, (-lost, opened * 1000 + len(known), down | {name}, known))
            share *= up[name]
            known |= {name}
        shares += [share] if needed else []
    return min(1.0, math.fsum(shares))


def _needed(drawing: Drawing, flows: Sequence[Flow], down: frozenset[str]) -> tuple[str, ...]:
    """Return the boxes of the shortest ways of all flows, or none when a flow has no way."""
    ways = [find_path(drawing, flow, down) for flow in flows]
    return tuple(dict.fromkeys(name for way in ways for name in way)) if all(ways) else ()
