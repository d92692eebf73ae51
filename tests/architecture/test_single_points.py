"""Single points of failure, against removal of each box and reachability by networkx."""

import pytest

from sdtutor.architecture.language.reading import read_drawing
from sdtutor.architecture.single_points import single_points
from sdtutor.architecture.ways import find_path
from sdtutor.core.systems import Flow

MANY = {"cdn", "dns", "object_store", "external", "client", "monitor"}
STORED = Flow("write", "a write is stored", (("client",), ("database",)))


def by_removal(drawing, flows, by_networkx):
    """Every box that runs once and whose removal stops a flow that works."""
    working = [flow for flow in flows if by_networkx(drawing, flow)]
    alone = [
        box.name
        for box in drawing.boxes.values()
        if box.instances + box.replicas == 1
        and box.kind != "client"
        and (box.settings.get("single") or not (box.kind in MANY or box.settings.get("managed")))
    ]
    return tuple(n for n in alone if any(not by_networkx(drawing, flow, (n,)) for flow in working))


@pytest.mark.parametrize("block", range(4))
def test_single_points_equal_removal_and_reachability_on_a_thousand_random_drawings(
    block, random_case, by_networkx
):
    found = 0
    for seed in range(block * 250, block * 250 + 250):
        drawing, flows = random_case(seed, 12)
        assert not drawing.mistakes
        points = single_points(drawing, flows)
        assert points == by_removal(drawing, flows, by_networkx), seed
        assert [bool(find_path(drawing, f)) for f in flows] == [by_networkx(drawing, f) for f in flows]
        found += len(points)
    assert found > 150


@pytest.mark.parametrize(
    ("text", "points"),
    [
        ("client -> app -> db", ("app", "db")),
        ("client -> app*2 -> db", ("db",)),
        ("client -> app*2 -> db(replicas=1)", ()),
        ("client -> one, two -> db(primary, replicas=2)", ()),
        ("client -> lb -> app*2 -> db, db2", ("lb",)),
        ("client -> app*2 -> dynamodb", ()),
        ("client -> app*2 -> dynamodb*1", ("dynamodb",)),
        ("client -> alb -> app*2 -> db(managed)", ()),
        ("client -> app", ()),
        ("", ()),
    ],
)
def test_copies_count_together_and_a_lone_database_at_the_end_counts(text, points):
    assert single_points(read_drawing(text), [STORED]) == points


def test_a_worker_that_points_to_a_queue_pulls_from_it():
    flow = Flow("later", "done later", (("client",), ("queue",), ("worker",), ("database",)))
    drawing = read_drawing("client -> app*2 ~> queue(replicas=2)\nworker -> queue\nworker -> db(replicas=2)")
    assert single_points(drawing, [flow]) == ("worker",)
