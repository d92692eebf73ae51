"""What is known about a drawing once it was judged, loaded and broken."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Path:
    """A way through the drawing for one flow.

    Args:
        flow: Its name.
        boxes: The shortest way, by name; empty when there is none.
        missing: What would be needed, when there is none: one sentence.
    """

    flow: str
    boxes: tuple[str, ...]
    missing: str = ""


@dataclass(frozen=True, slots=True)
class Finding:
    """What a rule found.

    Args:
        rule: Its id: ``single_point``, ``unused``, ``overbuilt``, ``no_index``...
        boxes: The boxes it is about.
        message: What is wrong, one sentence with the figures.
        why: The reason of the rule.
        study: Lesson or lab, ``topic/slug``; may be empty.
        severity: 3 stops users, 2 hurts, 1 is worth a thought.
    """

    rule: str
    boxes: tuple[str, ...]
    message: str
    why: str
    study: str
    severity: int


@dataclass(frozen=True, slots=True)
class Load:
    """What a run under the candidate's numbers measured.

    Args:
        offered: Requests a second that arrived.
        served: Requests a second that were answered in time.
        latency_s: Percentiles of the answered, in seconds, by name: ``p50``, ``p95``, ``p99``.
        utilisation: Share of the time that the servers of a box were busy, by name.
        bottleneck: The box that saturates first as the load grows; empty when none does.
        saturates_at: Requests a second at which it does; infinite when none does.
        arrived: Requests that arrived in the run; ``arrived = answered + dropped + waiting``.
        answered: Requests that were answered.
        dropped: Requests that were turned away or gave up.
        waiting: Requests still under way at the end.
        one_for: How many real requests a simulated one stands for.
    """

    offered: float
    served: float
    latency_s: Mapping[str, float]
    utilisation: Mapping[str, float]
    bottleneck: str
    saturates_at: float
    arrived: int
    answered: int
    dropped: int
    waiting: int
    one_for: float


@dataclass(frozen=True, slots=True)
class Outage:
    """What users saw when one box (one instance of it, where it has several) was killed.

    Args:
        box: Its name.
        whole: Whether all copies went (it had one), or one of several.
        failed: Share of requests that failed from the loss to the end of the run.
        seconds: How long users saw failures above one in a hundred; infinite when it did not end.
        lost_writes: Acknowledged writes that nobody has any more.
        flows: Names of the flows that stopped.
        latency_s: p99 while it lasted, in seconds.
        then: The box that was overloaded because of it; empty when none was.
        says: All of this as one sentence.
    """

    box: str
    whole: bool
    failed: float
    seconds: float
    lost_writes: int
    flows: tuple[str, ...]
    latency_s: float
    then: str
    says: str


@dataclass(frozen=True, slots=True)
class Examination:
    """Everything measured about a drawing.

    Args:
        paths: By flow, in their order.
        findings: Of the rules, the worst first.
        single_points: Boxes whose loss stops a flow, in the order of the drawing.
        availability: Share of the time that every flow works, from the nines of the boxes.
        load: The run under load; None when no flow has a way.
        outages: One for each box that carries a flow, the one that hurt most first.
        weakest: Name of the box that hurt most, or the bottleneck; empty for an empty drawing.
    """

    paths: tuple[Path, ...]
    findings: tuple[Finding, ...]
    single_points: tuple[str, ...]
    availability: float
    load: Load | None
    outages: tuple[Outage, ...]
    weakest: str
