"""Each box dies: what users see, for how long, and what is lost."""

import math

import pytest

from sdtutor.architecture.examine import examine
from sdtutor.architecture.language.reading import read_drawing
from sdtutor.architecture.load.charts import bars, timelines
from sdtutor.architecture.load.losses import lose
from sdtutor.architecture.load.measuring import measure, start
from sdtutor.architecture.load.network import network
from sdtutor.architecture.load.outages import outages
from sdtutor.architecture.predictions import predict
from sdtutor.core.systems import Flow
from sdtutor.drawing.spans import plain, width

READ = Flow("read", "a page is read", (("client",), ("database", "cache")), 1000)
WRITE = Flow("write", "a page is saved", (("client",), ("database",)), 100, writes=True)
BOTH = (READ, WRITE)


def lost(text, flows=BOTH):
    found = outages(read_drawing(text), flows, 1, lambda _share: None)
    return {outage.box: outage for outage in found}


def test_the_only_one_of_its_kind_stops_everything_for_good():
    outage = lost("client -> lb -> app*4 -> db(replicas=2)")["lb"]
    assert (outage.whole, outage.failed, outage.seconds) == (True, 1.0, math.inf)
    assert outage.flows == ("read", "write")
    assert outage.says == "`lb` dies: every request fails, and it does not end by itself."


def test_one_instance_of_several_fails_its_share_until_health_checks_see_it():
    outage = lost("client -> lb*2 -> app*4 -> db(replicas=2)")["app"]
    assert (outage.whole, outage.seconds, outage.flows) == (False, 10, ())
    assert outage.failed == pytest.approx(10 / 90 / 4, rel=0.1)


def test_another_try_reaches_another_instance():
    patient = lost("client -> lb*2 -> app*4 -> db(replicas=2)")["app"].failed
    text = "client -> lb*2(timeout=200ms, retries=2) -> app*4 -> db(replicas=2)"
    assert lost(text)["app"].failed < patient / 5


def test_a_primary_takes_along_changes_until_a_replica_takes_over():
    outage = lost("client -> app*4 -> db(primary, replicas=2, async, failover=20s)")["db"]
    assert (outage.seconds, outage.flows, outage.lost_writes) == (20, ("write",), 100)
    assert "for 20 s, until a replica takes over" in outage.says
    assert "100 acknowledged writes that no replica had yet are lost" in outage.says


def test_synchronous_replicas_lose_nothing():
    assert lost("client -> app*4 -> db(replicas=2, sync)")["db"].lost_writes == 0


def test_a_store_without_a_copy_loses_half_a_day():
    assert lost("client -> app*4 -> db")["db"].lost_writes == 100 * 43_200


def test_reads_that_the_cache_answers_go_on_without_the_store():
    outage = lost("client -> app*4\napp -> cache(hit=95%)\napp -> db")["db"]
    assert outage.failed < 0.3
    assert outage.flows == ("write",)


def test_a_store_that_is_too_small_without_its_cache_is_overloaded():
    text = "client -> app*4\napp -> cache(hit=90%)\napp -> db(rps=400, replicas=1)"
    outage = lost(text)["cache"]
    assert (outage.then, outage.seconds) == ("db", math.inf)
    assert outage.failed > 0.2
    assert "`db` then gets 1.5 times what it can do" in outage.says


def test_a_store_that_is_large_enough_bears_the_loss_of_its_cache():
    outage = lost("client -> app*4\napp -> cache(hit=90%)\napp -> db(replicas=1)")["cache"]
    assert (outage.then, outage.seconds) == ("", 0)


def test_one_of_two_equal_boxes_fails_half_and_then_the_other_does_all():
    text = "client -> lb*2 -> one(rps=3k), two(rps=3k)\none -> db(replicas=1)\ntwo -> db"
    outage = lost(text)["one"]
    assert (outage.whole, outage.seconds, outage.then) == (True, 10, "")
    assert outage.failed == pytest.approx(10 / 90 / 2, rel=0.1)


def test_a_cache_in_line_without_a_way_around_stops_reads():
    flows = (Flow("read", "a page is read", (("client",), ("cache",), ("database",)), 1000), WRITE)
    assert lost("client -> app*4 -> cache -> db(replicas=1)", flows)["cache"].flows == ("read", "write")


def test_what_is_left_of_too_few_instances_drowns():
    outage = lost("client -> lb*2 -> app*2(rps=600) -> db(replicas=2)")["app"]
    assert (outage.then, outage.seconds) == ("app", math.inf)


def test_a_lost_queue_takes_along_what_it_held():
    text = "client -> app*4 -> queue{} -> worker*2(ms=500, rps=60) -> db(replicas=1)"
    alone, copied = lost(text.format(""), [WRITE]), lost(text.format("(replicas=1)"), [WRITE])
    # Little's law (1961): 100 a second that take about 0.7 s behind the answer.
    assert alone["queue"].lost_writes == pytest.approx(100 * 0.7, rel=0.5)
    assert copied["queue"].lost_writes == 0


def test_a_part_without_a_copy_stays_away():
    outage = lost("client -> app*4 -> db(shards=4)")["db"]
    assert (outage.whole, outage.seconds) == (False, math.inf)
    assert outage.failed == pytest.approx(0.25, rel=0.15)


def test_what_providers_run_in_several_places_is_left_out():
    assert set(lost("client -> cdn -> app*4 -> dynamodb")) == {"app"}


def test_more_load_than_it_can_bear_is_not_blamed_on_the_loss():
    outage = lost("client -> lb*2 -> app*8(rps=50) -> db(replicas=2)")["lb"]
    assert outage.seconds == 10
    assert outage.says.endswith("that is at 280 requests a second, since it cannot bear more.")


def test_a_rare_flow_that_stops_is_seen():
    flows = (READ, Flow("pay", "somebody pays", WRITE.stops, 0.01, writes=True))
    assert lost("client -> app*4 -> db(replicas=1)", flows)["db"].flows == ("pay",)


def test_the_worst_loss_comes_first():
    found = examine(read_drawing("client -> lb*2 -> app*8 -> db(replicas=2)"), BOTH, seed=1)
    assert found.outages[0].box == found.weakest == "db"


def test_without_a_way_nothing_runs_and_the_last_box_is_asked_about():
    found = examine(read_drawing("client -> app"), BOTH)
    assert (found.load, found.outages, found.weakest) == (None, (), "app")
    assert examine(read_drawing(""), BOTH).weakest == ""


def test_an_examination_stops_when_asked():
    told = []
    stopped = examine(read_drawing("client -> app -> db"), BOTH, told=told.append, cancelled=lambda: True)
    assert stopped is None
    assert 1.0 not in told


TEXT = "client -> lb -> app*3 -> cache\napp -> db(replicas=2)\napp ~> queue -> worker*4 -> db"


@pytest.mark.parametrize("box", ["lb", "app", "cache", "db", "queue", "worker"])
def test_killing_a_box_loses_no_request_of_the_count(box):
    drawing = read_drawing(TEXT)
    later = Flow("later", "later", (("client",), ("worker",), ("database",)), 300, writes=True)
    flows = (*BOTH, later)
    net, loss = network(drawing, flows), lose(drawing, drawing.boxes[box])
    simulation = start(net, 1)
    tallies = list(simulation.tallies)
    simulation.run_until(1.0)
    net.stations.entry(box).dead = loss.dead
    simulation.run_until(3.0)
    left = network(loss.drawing, flows, 1, loss.without, net.stations)
    tallies += simulation.begin_part(left.mix)
    net.stations.settle(simulation)
    simulation.run_until(9.0)
    answered = sum(len(tally.latencies) for tally in tallies)
    dropped = sum(tally.dropped for tally in tallies)
    assert dropped > 0 or box in ("worker", "cache")
    assert sum(tally.arrived for tally in tallies) == answered + dropped + simulation.waiting()


def test_predictions_have_the_measured_answers():
    text = "client -> app*4(rps=400)\napp -> cache(hit=90%)\napp -> db(replicas=1, failover=40s)"
    drawing = read_drawing(text)
    found = {p.id: p for p in predict(drawing, BOTH, examine(drawing, BOTH))}
    assert list(found) == ["saturates_first", "saturates_at", "without_cache", "errors_for", "writes_lost"]
    assert found["saturates_first"].box == "app"
    assert found["saturates_at"].value == pytest.approx(1600)
    assert (found["without_cache"].box, found["without_cache"].value) == ("db", pytest.approx(1100))
    assert found["without_cache"].why == "200 requests a second become 1,100."
    assert (found["errors_for"].low, found["errors_for"].value, found["errors_for"].high) == (20, 40, 80)
    assert found["writes_lost"].value == 100


def test_charts_name_the_bottleneck_and_fit():
    drawing = read_drawing(TEXT.replace("app*3", "app*3(rps=1000)"))
    rows = bars(measure(drawing, BOTH, 1), 60)
    assert plain(rows[0]).startswith("app ")
    assert "full at 3,000/s" in plain(rows[0])
    assert plain(rows[-1]).startswith("latency  p50 ")
    assert all(width(row) <= 60 for row in rows)


def test_time_with_errors_is_drawn_to_scale():
    found = outages(read_drawing("client -> lb -> app*4 -> db(replicas=2)"), BOTH, 1, lambda _share: None)
    rows = {plain(row).split()[0]: plain(row) for row in timelines(found, 60)}
    assert "─" not in rows["lb"]
    assert rows["db"].count("█") == pytest.approx(3 * rows["app"].count("█"), abs=2)
    assert rows["lb"].endswith("no end of errors")
