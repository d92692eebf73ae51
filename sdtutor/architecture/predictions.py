"""Questions about a drawing that its simulation can answer: for the interviewer to ask, and to score."""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from sdtutor.architecture.examination import Examination, Outage
from sdtutor.architecture.load.network import Network, needs, network
from sdtutor.architecture.load.saying import rough
from sdtutor.architecture.records import Drawing
from sdtutor.core.systems import Flow, Kind

_STORES: tuple[Kind, ...] = ("database", "search_index", "object_store")


@dataclass(frozen=True, slots=True)
class Prediction:
    """A question with its measured answer.

    Args:
        id: ``saturates_first``, ``saturates_at``, ``without_cache``, ``errors_for`` or ``writes_lost``.
        ask: The question.
        box: The box that it is about; for ``saturates_first`` it is the answer.
        unit: Of the value: ``1/s``, ``s`` or ``writes``; empty when the answer is a box.
        value: The measured answer; 0 when it is a box.
        low: The smallest answer that counts as right.
        high: The largest.
        why: The answer in a sentence.
    """

    id: str
    ask: str
    box: str
    unit: str
    value: float
    low: float
    high: float
    why: str


def predict(drawing: Drawing, flows: Sequence[Flow], examination: Examination) -> tuple[Prediction, ...]:
    """Return the questions that a drawing allows, those about its worst loss before those about others.

    An answer counts within a factor of two, that of lost writes within a factor of three: editorial, the
    width that a mental estimate has.

    Args:
        drawing: The drawing.
        flows: What it must do, with their rates.
        examination: What was measured about it.
    """
    return (
        *_saturation(examination),
        *_without_cache(drawing, flows, examination.outages),
        *_primaries(drawing, examination.outages),
    )


def _saturation(examination: Examination) -> Iterator[Prediction]:
    load = examination.load
    if load is None or not load.bottleneck:
        return
    box, rate = load.bottleneck, load.saturates_at
    why = f"`{box}` is full at {rough(rate)} requests a second; {rough(load.offered)} are offered."
    ask = "The load grows. Which box of your drawing saturates first?"
    yield Prediction("saturates_first", ask, box, "", 0.0, 0.0, 0.0, why)
    ask = f"At how many requests a second in all is `{box}` full?"
    yield _within(2, Prediction("saturates_at", ask, box, "1/s", rate, 0.0, 0.0, why))


def _without_cache(
    drawing: Drawing, flows: Sequence[Flow], outages: Sequence[Outage]
) -> Iterator[Prediction]:
    then = _reaching(network(drawing, flows))
    for outage in outages:
        if drawing.boxes[outage.box].kind != "cache":
            continue
        now = _reaching(network(drawing, flows, without=frozenset({outage.box})))
        stores = (name for name in now if drawing.boxes[name].kind in _STORES)
        store = next((name for name in stores if now[name] > then.get(name, 0.0)), "")
        if store:
            ask = f"`{outage.box}` is gone. How many requests a second reach `{store}`?"
            why = f"{rough(then.get(store, 0.0))} requests a second become {rough(now[store])}."
            yield _within(2, Prediction("without_cache", ask, store, "1/s", now[store], 0.0, 0.0, why))


def _reaching(net: Network) -> dict[str, float]:
    """Return the requests a second that come to each box."""
    boxes = {station: box for (box, part), station in net.stations.all.items() if part != "threads"}
    rates: dict[str, float] = {}
    for stream in net.streams:
        for station, often in needs(stream.program or ()).items():
            if station in boxes:
                rates[boxes[station]] = rates.get(boxes[station], 0.0) + stream.rate * often
    return rates


def _primaries(drawing: Drawing, outages: Sequence[Outage]) -> Iterator[Prediction]:
    for outage in outages:
        box, why = outage.box, outage.says
        if drawing.boxes[box].kind != "database" or outage.whole:
            continue
        if 0 < outage.seconds < math.inf:
            ask = f"The primary of `{box}` dies. For how many seconds do users see errors?"
            yield _within(2, Prediction("errors_for", ask, box, "s", outage.seconds, 0.0, 0.0, why))
        if outage.lost_writes:
            ask = f"The primary of `{box}` dies. How many acknowledged writes are lost?"
            lost = float(outage.lost_writes)
            yield _within(3, Prediction("writes_lost", ask, box, "writes", lost, 0.0, 0.0, why))


def _within(factor: float, question: Prediction) -> Prediction:
    """Return a question whose answers count that are wrong by at most a factor."""
    return replace(question, low=question.value / factor, high=question.value * factor)
