"""The network of a drawing: who is how busy, who saturates, and that the run agrees with the balance."""

import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sdtutor.architecture.examine import examine
from sdtutor.architecture.language.reading import read_drawing
from sdtutor.architecture.load.measuring import measure, percentile, run
from sdtutor.architecture.load.network import busy, network
from sdtutor.architecture.load.profiles import capacity
from sdtutor.architecture.load.routes import routes
from sdtutor.core.systems import Flow

READ = Flow("read", "a page is read", (("client",), ("database", "cache")), 1000)
WRITE = Flow("write", "a page is saved", (("client",), ("database",)), 100, writes=True)
BOTH = (READ, WRITE)


def shares(text, *flows):
    return busy(network(read_drawing(text), flows))


def test_a_box_is_as_busy_as_its_numbers_say():
    assert shares("client -> app*2(rps=1000) -> db(rps=4000)", READ) == pytest.approx(
        {"app": 0.5, "db": 0.25}
    )


def test_a_cache_beside_the_store_takes_its_share_of_reads():
    text = "client -> app*4\napp -> cache(hit=80%, rps=100k)\napp -> db(rps=1000)"
    assert shares(text, READ)["db"] == pytest.approx(0.2)
    assert shares(text, READ)["cache"] == pytest.approx(0.01)


def test_a_cache_beside_a_way_that_ends_at_the_store_takes_the_same_share():
    flow = Flow("read", "a page is read", (("client",), ("database",)), 1000)
    assert shares("client -> app*4\napp -> cache(hit=80%)\napp -> db(rps=1000)", flow)["db"] == pytest.approx(
        0.2
    )


def test_a_cache_in_line_takes_the_same_share():
    assert shares("client -> app*4 -> cache(hit=80%) -> db(rps=1000)", READ)["db"] == pytest.approx(0.2)


def test_changes_go_past_the_cache_to_the_primary():
    text = "client -> app*4(rps=1000)\napp -> cache\napp -> db(rps=1000, replicas=3)"
    assert shares(text, WRITE) == pytest.approx({"app": 0.025, "db": 0.1}, rel=1e-6)


def test_reads_are_spread_over_all_copies():
    assert shares("client -> app*4 -> db(rps=1000, replicas=3)", READ)["db"] == pytest.approx(0.25)


def test_shards_share_changes():
    assert shares("client -> app*4 -> db(rps=100, shards=5)", WRITE)["db"] == pytest.approx(0.2)


def test_a_cdn_answers_reads_before_they_arrive():
    text = "client -> cdn(hit=0.95) -> app(rps=1000) -> db"
    assert shares(text, READ)["app"] == pytest.approx(0.05)


def test_equal_boxes_in_one_place_share_the_requests():
    text = "client -> lb -> one(rps=1000), two(rps=1000)\none -> db\ntwo -> db"
    assert shares(text, READ)["two"] == pytest.approx(0.5)


def test_threads_saturate_where_a_slow_store_holds_them():
    # 10 threads for 10 ms of work and 90 ms of waiting: 100 requests a second.
    text = "client -> app(servers=10, ms=10, rps=1000) -> db(ms=90, servers=1000)"
    load = measure(read_drawing(text), [READ], seed=1)
    assert (load.bottleneck, load.saturates_at) == ("app", pytest.approx(100))


def test_the_users_answer_does_not_wait_for_work_behind_a_queue():
    text = "client -> app*2 -> queue -> worker*2(ms=500, rps=100) -> db"
    load = measure(read_drawing(text), [WRITE], seed=1)
    assert load.latency_s["p99"] < 0.2
    assert load.utilisation["worker"] == pytest.approx(0.5, rel=0.1)


def test_a_link_that_does_not_wait_hides_a_slow_box():
    waited = measure(read_drawing("client -> app*2 -> db(ms=300, rps=1000)"), [WRITE], seed=1)
    hidden = measure(read_drawing("client -> app*2 ~> db(ms=300, rps=1000)"), [WRITE], seed=1)
    assert hidden.latency_s["p50"] < 0.05 < waited.latency_s["p50"]


def test_a_slow_store_fills_the_threads_of_its_callers():
    load = measure(read_drawing("client -> app*2 -> db(rps=900)"), BOTH, seed=1)
    assert load.bottleneck == "db"
    assert load.utilisation["app"] > 0.9


TEXTS = (
    "client -> lb -> app*3 -> cache\napp -> db(primary, replicas=2, async)",
    "client -> app*2(rps=1k) -> db(rps=2k)",
    "client -> lb*2 -> app*8(servers=20) -> db(replicas=1)\napp ~> queue -> worker*4 -> db",
)


@pytest.mark.parametrize("text", TEXTS)
def test_the_run_is_as_busy_as_flow_balance_says(text):
    drawing = read_drawing(text)
    load = measure(drawing, BOTH, seed=5)
    for box, share in busy(network(drawing, BOTH)).items():
        assert load.utilisation[box] == pytest.approx(min(share, 1.0), rel=0.08, abs=0.02)


@pytest.mark.parametrize(("text", "factor", "met"), [(t, f, f < 1) for t in TEXTS for f in (0.85, 1.15)])
def test_the_run_saturates_where_flow_balance_says(text, factor, met):
    drawing = read_drawing(text)
    at = measure(drawing, BOTH, seed=1).saturates_at
    flows = [Flow(f.name, f.title, f.stops, f.per_second * at * factor / 1100, f.writes) for f in BOTH]
    load = measure(drawing, flows, seed=2)
    behind = max(load.utilisation, key=load.utilisation.get) == "worker"
    # What waits behind an answer does not keep users waiting: only the workers fall behind.
    assert (load.served >= 0.99 * load.offered) is (met or behind)
    assert max(load.utilisation.values()) == pytest.approx(min(1.0, factor), rel=0.08)


@pytest.mark.parametrize("rate", [20_000, 2_000_000])
def test_a_scale_model_is_as_busy_as_the_real_thing(rate):
    instances = rate // 600
    text = f"client -> lb*20(rps=1M) -> app*{instances}(rps=1000) -> db(rps={rate * 2})"
    load = measure(read_drawing(text), [Flow("read", "", READ.stops, rate)], seed=1)
    assert load.one_for == pytest.approx(rate / 10_000)
    assert load.utilisation["app"] == pytest.approx(0.6, rel=0.05)
    assert load.utilisation["db"] == pytest.approx(0.5, rel=0.05)
    assert load.served >= 0.99 * load.offered


def test_a_flow_without_a_way_is_not_served():
    load = measure(read_drawing("client -> app -> cache"), BOTH, seed=1)
    assert load.served == pytest.approx(1000, rel=0.02)


def test_every_request_is_accounted_for():
    load = measure(
        read_drawing("client -> app*2(rps=300, timeout=50ms) -> db(rps=500, queue=3)"), BOTH, seed=1
    )
    assert load.dropped > 0
    assert load.arrived == load.answered + load.dropped + load.waiting


def test_a_run_tells_how_far_it_is_and_stops_when_asked():
    drawing, told = read_drawing(TEXTS[0]), []
    assert run(drawing, BOTH, 1.0, 3, told.append, lambda: len(told) == 7) is None
    assert len(told) == 7
    assert run(drawing, BOTH, 1.0, 3, told.append) is not None
    assert told[-1] == 1.0


def test_dynamo_scales_and_one_that_was_managed_by_hand_does_not():
    boxes = read_drawing("dynamodb\npostgres(managed)").boxes
    assert capacity(boxes["dynamodb"]).cores == math.inf
    assert capacity(boxes["postgres"]).cores < 100


def test_every_node_of_cassandra_takes_writes_three_times():
    assert shares("client -> app*2 -> cassandra*6(rps=1000)", WRITE)["cassandra"] == pytest.approx(0.05)


def test_a_way_around_a_dead_box_is_found():
    drawing = read_drawing("client -> app\napp -> cache -> db\napp -> db")
    assert routes(drawing, WRITE, frozenset({"cache"})) == (("client", "app", "db"),)
    assert routes(drawing, WRITE, frozenset({"db"})) == ()


BOX = st.sampled_from(
    [
        *("client", "lb*2", "app*3(servers=2)", "cache", "redis(replicas=1, hit=0.5)", "cdn", "dns", "s3"),
        *("db", "db(replicas=2, async)", "db(shards=3)", "cassandra*4", "search", "zookeeper", "worker*2"),
        *("queue", "kafka(queue=5)", "stripe(timeout=1s, retries=2)"),
    ]
)


@settings(max_examples=10, deadline=None)
@given(
    links=st.lists(st.tuples(BOX, st.sampled_from(["->", "~>"]), BOX), max_size=9),
    rates=st.sampled_from([(0, 0), (1, 5000), (50_000, 10)]),
)
def test_any_drawing_is_examined_and_each_time_the_same(links, rates):
    drawing = read_drawing("client -> app -> db\n" + "\n".join(" ".join(link) for link in links))
    flows = [
        Flow("read", "read", READ.stops, rates[0]),
        Flow("write", "write", WRITE.stops, rates[1], writes=True),
        Flow("pay", "pay", (("client",), ("worker", "external")), rates[1], writes=True),
    ]
    first = examine(drawing, flows, seed=1)
    assert first.load.arrived == first.load.answered + first.load.dropped + first.load.waiting
    assert all(0 <= outage.failed <= 1 and outage.says.endswith(".") for outage in first.outages)
    assert first == examine(drawing, flows, seed=1)


def test_boxes_that_call_the_same_share_a_way_and_one_that_does_more_does_not():
    twins = read_drawing("client -> gateway -> a, b\na -> db\nb -> db\na -> prometheus")
    assert routes(twins, WRITE) == (("client", "gateway", "a", "db"), ("client", "gateway", "b", "db"))
    other = read_drawing("client -> gateway -> a, b\na -> db\nb -> db, stripe")
    assert routes(other, WRITE) == (("client", "gateway", "a", "db"),)


@given(st.lists(st.sampled_from([0.0, 0.5, 1.0, 2.5]) | st.floats(0, 100), min_size=1), st.floats(0.001, 1))
def test_a_percentile_is_the_value_at_its_place_in_the_order_however_the_values_lie(values, part):
    assert percentile(values, part) == sorted(values)[math.ceil(part * len(values)) - 1]


def test_there_is_a_percentile_of_nothing():
    assert percentile((), 0.99) == 0.0
