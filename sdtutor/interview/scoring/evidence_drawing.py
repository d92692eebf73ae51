"""Evidence from the drawing: ways, load, waste, single points, outages. All but reasons is measured."""

from collections.abc import Iterator
from typing import Final

from sdtutor.architecture.examination import Finding, Outage
from sdtutor.architecture.rules import judge
from sdtutor.drawing.charts import number
from sdtutor.interview.matching import phrases
from sdtutor.interview.records import Evidence
from sdtutor.interview.scoring.heard import Heard

WASTE: Final = ("unused", "unexplained", "overbuilt")
"""Rules about boxes that do nothing for this problem at this load."""

_FLOWS_WEIGH: Final = 4.0
_LOAD_WEIGHS: Final = 2.0
_SPARSE_WEIGHS: Final = 2.0
_SERVED: Final = 0.99
_FAILED: Final = 0.05
_SECONDS: Final = 60.0
_EXPLAINED: Final = 2


def design(heard: Heard) -> Iterator[Evidence]:
    """Yield what is measured of the design: a way for each flow, the load carried, nothing superfluous.

    The ways weigh four together, the load two, and that nothing is superfluous two: boxes without ways are
    worth nothing, and their number never counts. Weights and limits are editorial.
    """
    paths = {path.flow: path for path in heard.examination.paths}
    for flow in heard.problem.flows:
        path = paths.get(flow.name)
        way = " → ".join(path.boxes) if path else ""
        missing = path.missing if path and not heard.drawing.is_empty else ""
        yield Evidence(
            id=f"flow.{flow.name}",
            dimension="design",
            checked=True,
            met=bool(way),
            core=True,
            says=f"{flow.title}: {way or missing or 'there is no way'}",
            points=heard.drawn_at if way else (),
            weight=_FLOWS_WEIGH / len(heard.problem.flows),
        )
    yield _load(heard)
    yield _waste(heard)
    yield _reasons(heard)


def failure(heard: Heard) -> Iterator[Evidence]:
    """Yield what is measured about failure: single points, and what users see of any one loss."""
    singles = heard.examination.single_points
    yield Evidence(
        id="no_single_point",
        dimension="failure",
        checked=True,
        met=heard.works and not singles,
        core=True,
        says="no single point of failure"
        + (f": there is {', '.join(f'`{each}`' for each in singles)}" if singles else ""),
        points=heard.drawn_at if heard.works and not singles else (),
    )
    harmful = [each for each in heard.examination.outages if not survives(each)]
    survived = heard.works and bool(heard.examination.outages) and not harmful
    yield Evidence(
        id="outage.survived",
        dimension="failure",
        checked=True,
        met=survived,
        core=True,
        says="the loss of any one box or instance passes within a minute"
        + (f": not that of {', '.join(f'`{each.box}`' for each in harmful)}" if harmful else ""),
        points=heard.drawn_at if survived else (),
    )


def survives(outage: Outage) -> bool:
    """Return whether users get over a loss: one request in twenty fails at most, or it ends in a minute."""
    return outage.failed <= _FAILED or outage.seconds <= _SECONDS


def _load(heard: Heard) -> Evidence:
    load = heard.examination.load
    met = load is not None and load.offered > 0 and load.served >= _SERVED * load.offered
    says = "the drawing carries the load"
    if load is not None:
        says += f": {number(load.served)} of {number(load.offered)} requests a second are answered"
        says += f", `{load.bottleneck}` saturates first" if load.bottleneck else ""
    return Evidence(
        id="load.met",
        dimension="design",
        checked=True,
        met=met,
        core=True,
        says=says,
        points=heard.drawn_at if met else (),
        weight=_LOAD_WEIGHS,
    )


def _waste(heard: Heard) -> Evidence:
    findings = _wasted(heard)
    met = heard.works and not findings
    boxes = ", ".join(f"`{box}`" for each in findings for box in each.boxes)
    return Evidence(
        id="no_waste",
        dimension="design",
        checked=True,
        met=met,
        core=True,
        says="nothing is superfluous at this load" + (f": {boxes} can go" if boxes else ""),
        points=heard.drawn_at if met else (),
        weight=_SPARSE_WEIGHS,
        study=next((each.study for each in findings if each.study), ""),
    )


def _wasted(heard: Heard) -> list[Finding]:
    """Return what is superfluous under the candidate's load and under the problem's own.

    A candidate who worked out one rate of several has not said that the others are nothing.
    """
    known = judge(heard.drawing, heard.problem.flows, heard.problem.queries)
    wasted = {(each.rule, each.boxes) for each in known if each.rule in WASTE}
    return [each for each in heard.examination.findings if (each.rule, each.boxes) in wasted]


def _reasons(heard: Heard) -> Evidence:
    names = {box.name: (box.name, box.kind.replace("_", " ")) for box in heard.drawing.boxes.values()}
    explained = {
        box: match for box, match in phrases.reasons(heard.text, names).items() if heard.claim([match])
    }
    matches = {match.quote: match.point for match in explained.values()}
    return Evidence(
        id="reasons",
        dimension="design",
        checked=False,
        met=len(explained) >= _EXPLAINED,
        core=False,
        says="said what boxes are there for"
        + (f": {', '.join(f'`{box}`' for box in explained)}" if explained else ""),
        quote=" ".join(matches),
        points=tuple(sorted(set(matches.values()))),
    )
