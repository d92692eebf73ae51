"""Availability, against every combination of boxes that are up."""

import itertools
import math
import time

import pytest

from sdtutor.architecture.availability import MOST_CASES, availability, availability_of
from sdtutor.architecture.language.reading import read_drawing
from sdtutor.core.systems import Flow

STORED = Flow("write", "a write is stored", (("client",), ("database",)))
READ = Flow("read", "a read is answered", (("client",), ("cache", "database")))


def by_enumeration(drawing, flows, by_networkx):
    """The sum over all 2^n states of the boxes in which every flow has a way."""
    up = {
        box.name: 1 - (1 - box.settings["availability"]) ** (box.instances + box.replicas)
        for box in drawing.boxes.values()
    }
    shares = []
    for state in itertools.product((True, False), repeat=len(up)):
        gone = [name for name, here in zip(up, state, strict=True) if not here]
        if all(by_networkx(drawing, flow, gone) for flow in flows):
            shares.append(math.prod(p if here else 1 - p for p, here in zip(up.values(), state, strict=True)))
    return math.fsum(shares)


def test_availability_equals_exact_enumeration_on_small_random_drawings(random_case, by_networkx):
    between = 0
    for seed in range(60):
        drawing, flows = random_case(seed, 7)
        found = availability(drawing, flows)
        assert found == pytest.approx(by_enumeration(drawing, flows, by_networkx), abs=1e-12), seed
        between += 0 < found < 1
    assert between > 30


@pytest.mark.parametrize(
    ("text", "flows", "share"),
    [
        ("client -> a(availability=90%) -> db(availability=80%)", [STORED], 0.9 * 0.8),
        ("client -> a(availability=90%)*2 -> db(availability=80%)", [STORED], 0.99 * 0.8),
        ("client -> a(availability=90%) -> db(availability=80%, replicas=1)", [STORED], 0.9 * 0.96),
        ("client -> a(availability=90%), b(availability=90%) -> db(availability=80%)", [STORED], 0.99 * 0.8),
        ("client -> app -> db", [STORED], 0.995**2),
        ("client -> app -> dynamodb", [STORED], 0.995 * 0.9999),
        ("client -> app -> cache(availability=90%), db(availability=80%)", [STORED, READ], 0.995 * 0.8),
        ("client -> app -> cache(availability=90%), db(availability=80%)", [READ], 0.995 * 0.98),
        ("client -> app", [STORED], 0.0),
        ("client -> app -> db", [], 0.0),
    ],
)
def test_nines_multiply_in_series_and_failures_multiply_in_parallel(text, flows, share):
    assert availability(read_drawing(text), flows) == pytest.approx(share, abs=1e-12)


def test_a_stated_availability_replaces_the_one_of_the_kind():
    boxes = read_drawing("app, db(availability=99.9%)").boxes
    assert availability_of(boxes["app"]) == 0.995
    assert availability_of(boxes["db"]) == 0.999


def test_a_dense_drawing_stays_a_lower_bound_within_a_second():
    text = "client -> " + "\n".join(
        " -> ".join(f"s{layer}{a}(availability=60%), s{layer}{b}(availability=60%)" for layer in range(12))
        for a, b in ("ab", "cd")
    )
    drawing = read_drawing(text + "\n" + "\n".join(f"s11{x} -> db(availability=100%)" for x in "abcd"))
    begin = time.process_time()
    found = availability(drawing, [STORED])
    assert time.process_time() - begin < 2.0
    assert 0.0 < found < (1 - 0.4**4) ** 12
    assert MOST_CASES == 5_000
