"""Everything that can be measured about a drawing."""

from collections.abc import Sequence

from sdtutor.architecture.availability import availability
from sdtutor.architecture.examination import Examination, Load, Outage
from sdtutor.architecture.load.measuring import Cancelled, Told, measure, never
from sdtutor.architecture.load.outages import outages
from sdtutor.architecture.records import Drawing
from sdtutor.architecture.rules import judge
from sdtutor.architecture.single_points import single_points
from sdtutor.architecture.ways import paths
from sdtutor.core.systems import Flow, Query


def examine(
    drawing: Drawing,
    flows: Sequence[Flow],
    queries: Sequence[Query] = (),
    seed: int = 0,
    told: Told = lambda _share: None,
    cancelled: Cancelled = never,
) -> Examination | None:
    """Return everything measured about a drawing; None when it was cancelled.

    The same drawing, flows and seed give the same figures.

    Args:
        drawing: The drawing.
        flows: What it must do, with their rates.
        queries: What is looked up in its tables.
        seed: Of every draw of the simulation.
        told: Is told the share that is done.
        cancelled: Is asked now and then whether to stop.
    """
    flows, queries = tuple(flows), tuple(queries)
    ways = paths(drawing, flows)
    load: Load | None = None
    lost: tuple[Outage, ...] = ()
    if any(way.boxes for way in ways):
        load = measure(drawing, flows, seed)
        told(0.3)
        lost = outages(drawing, flows, seed, lambda share: told(0.3 + 0.7 * share), cancelled)
    if cancelled():
        return None
    told(1.0)
    return Examination(
        paths=ways,
        findings=judge(drawing, flows, queries),
        single_points=single_points(drawing, flows),
        availability=availability(drawing, flows),
        load=load,
        outages=lost,
        weakest=_weakest(drawing, load, lost),
    )


def _weakest(drawing: Drawing, load: Load | None, lost: Sequence[Outage]) -> str:
    """Return the box whose loss hurt most; without any loss that hurt, the bottleneck, else the last box."""
    hurting = next((each.box for each in lost if each.failed > 0 or each.lost_writes), "")
    if hurting:
        return hurting
    if load is not None and load.bottleneck:
        return load.bottleneck
    return next(reversed(tuple(drawing.boxes)), "")
