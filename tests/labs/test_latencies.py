"""Labs whose links can have latencies: off by default, and what they then show."""

import pytest

from sdtutor.engine.measuring import has_latencies
from sdtutor.engine.parameters import OneOf, read_values
from sdtutor.engine.run import Run
from sdtutor.session.labs import LabShelf

SHELF = LabShelf()
TIMED = [name for name in SHELF.names if any(p.name == "latency" for p in SHELF.load(name).parameters)]


def latencies(name, variant, operation, seeds=20, **given):
    """Latencies in milliseconds of the calls of an operation, over some seeds."""
    found = []
    for seed in range(seeds):
        run = Run(SHELF.load(name), variant, given, seed, name)
        run.advance()
        series = dict(run.measures()["latency"][1])
        found += [time for call, time in series.items() if f".{operation}#" in call]
    return sorted(found)


def test_there_are_labs_in_which_latency_is_the_point():
    assert {"caching/cache_aside", "consistency/quorum"} <= set(TIMED)


@pytest.mark.parametrize("name", SHELF.names)
def test_by_default_nothing_takes_time_on_the_way(name):
    lab = SHELF.load(name)
    for variant in lab.variants:
        assert not has_latencies(lab.cast(variant, read_values(lab.parameters, {})))


@pytest.mark.parametrize("name", TIMED)
def test_every_other_value_gives_every_link_a_latency(name):
    lab = SHELF.load(name)
    (parameter,) = (p for p in lab.parameters if p.name == "latency")
    assert isinstance(parameter, OneOf)
    assert parameter.words[0] == parameter.default == "off"
    for word in parameter.words[1:]:
        for variant in lab.variants:
            cast = lab.cast(variant, read_values(lab.parameters, {"latency": word}))
            for link in cast.links:
                low, high = link.latency_us
                assert 0 < low < high < 100_000


def test_a_hit_takes_a_round_trip_to_the_cache_and_a_miss_takes_more_than_one_to_the_database():
    reads = latencies("caching/cache_aside", "textbook", "get", readers=3, latency="zones")
    hits = [time for time in reads if time <= 0.5]
    assert len(hits) == 2 * len(reads) / 3
    assert min(time for time in reads if time > 0.5) >= 0.5 + 2 * 0.1


def test_the_lease_costs_a_miss_one_more_round_trip_to_the_cache():
    slowest = {
        variant: latencies("caching/cache_aside", variant, "get", latency="zones")
        for variant in ("textbook", "reference")
    }
    added = [fixed - flawed for flawed, fixed in zip(slowest["textbook"], slowest["reference"], strict=True)]
    assert 0.1 <= sum(added) / len(added) <= 0.5


@pytest.mark.parametrize(("quorum", "low", "high"), [(1, 0.5, 2), (2, 60, 70), (3, 75, 80)])
def test_a_read_waits_for_the_farthest_replica_of_its_quorum(quorum, low, high):
    reads = latencies(
        "consistency/quorum", "reference", "read", latency="regions", read_quorum=quorum, read_repair="off"
    )
    assert low <= reads[0] <= reads[-1] <= high


def test_a_small_read_quorum_pays_for_its_read_repair():
    def median(quorum):
        reads = latencies("consistency/quorum", "reference", "read", latency="regions", read_quorum=quorum)
        return reads[len(reads) // 2]

    assert median(1) > median(2)
