"""An outage in one sentence, as an interviewer would say it."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sdtutor.architecture.examination import Outage
from sdtutor.architecture.load.losses import Harm
from sdtutor.core.systems import Flow
from sdtutor.core.units import say_time, to_us

STOPPED = 0.9
"""Share of failed requests from which a flow has stopped."""


@dataclass(frozen=True, slots=True)
class Failing:
    """Which requests fail while an outage lasts.

    Args:
        overall: Share of all requests.
        by_flow: Share of each flow's requests, by its name.
    """

    overall: float
    by_flow: Mapping[str, float]

    @property
    def stopped(self) -> tuple[str, ...]:
        """Names of the flows that do not work."""
        return tuple(name for name, share in self.by_flow.items() if share >= STOPPED)


def say(outage: Outage, harm: Harm, failed: Failing, flows: Sequence[Flow]) -> str:
    """Return what users see, for how long and why, and what is lost.

    Args:
        outage: Its figures.
        harm: Its causes.
        failed: What fails while it lasts.
        flows: For their titles.
    """
    parts = [f"{_what(harm)}: {_seen(outage, harm, failed, flows)}"]
    if harm.then:
        parts.append(f"`{harm.then}` then gets {say_times(harm.times)} what it can do")
    if outage.lost_writes:
        parts.append(_lost(outage, harm))
    if harm.rate:
        parts.append(
            f"that is at {float(f'{harm.rate:.2g}'):,.0f} requests a second, since it cannot bear more"
        )
    return "; ".join(parts) + "."


def _what(harm: Harm) -> str:
    box, loss = harm.loss.box, harm.loss
    if loss.whole:
        return f"`{box.name}` dies"
    if loss.primary:
        return f"The primary of `{box.name}` dies"
    if loss.seconds == math.inf:
        return f"One part of `{box.name}` dies"
    return f"One of {box.copies} copies of `{box.name}` dies"


def _seen(outage: Outage, harm: Harm, failed: Failing, flows: Sequence[Flow]) -> str:
    if not outage.seconds:
        return f"users hardly notice, p99 is {say_time(to_us(outage.latency_s))}"
    failing = _failing(failed, flows)
    if outage.seconds == math.inf:
        return f"{failing.rstrip(',')}, and it does not end by itself"
    until = "a replica takes over" if harm.loss.primary else "health checks take it out"
    return f"{failing} for {say_time(to_us(outage.seconds))}, until {until}"


def _failing(failed: Failing, flows: Sequence[Flow]) -> str:
    """Return which share of which requests fails; flows that fail alike are one."""
    shares = failed.by_flow
    least, most = min(shares.values()), max(shares.values())
    if least >= 0.995:
        return "every request fails"
    if most - least <= 0.1 * most:
        return f"{_percent(most)} of requests fail"
    if failed.stopped:
        stopped = " and ".join(f"“{flow.title}”" for flow in flows if flow.name in failed.stopped)
        rest = max(share for name, share in shares.items() if name not in failed.stopped)
        verb = "stops" if len(failed.stopped) == 1 else "stop"
        return f"{stopped} {verb}" + (f" and {_percent(rest)} of the rest fails" if rest >= 0.01 else "")
    worst = max(flows, key=lambda flow: shares[flow.name])
    return f"{_percent(failed.overall)} of requests fail, of “{worst.title}” {_percent(most)},"


def _percent(share: float) -> str:
    return f"{share:.0%}".replace("%", " %")


def _lost(outage: Outage, harm: Harm) -> str:
    count = f"{outage.lost_writes:,} acknowledged {'write' if outage.lost_writes == 1 else 'writes'}"
    if harm.loss.box.kind == "queue":
        return f"{count} that it held are lost"
    if harm.loss.primary:
        return f"{count} that no replica had yet are lost"
    return f"{count} are lost: half a day since a nightly backup"


def say_times(times: float) -> str:
    """Return a factor as people say it.

    >>> say_times(1.234), say_times(12.3)
    ('1.2 times', '12 times')
    """
    return f"{times:.1f} times" if times < 10 else f"{times:,.0f} times"


def rough(number: float) -> str:
    """Return a number with the digits that a person would say.

    >>> rough(57_714.3), rough(2.5), rough(300)
    ('57,700', '2.5', '300')
    """
    return f"{float(f'{number:.3g}'):,.10g}"
