"""Ways of flows, and what is said when there is none."""

import pytest

from sdtutor.architecture.language.reading import read_drawing
from sdtutor.architecture.ways import find_path, onward, paths, works
from sdtutor.core.systems import Flow

STORED = Flow("write", "a write is stored", (("client",), ("database", "object_store")))


def flow(*stops):
    return Flow("f", "f", tuple(tuple(stop.split("|")) for stop in stops))


@pytest.mark.parametrize(
    ("text", "stops", "way"),
    [
        ("client -> lb -> app -> db", ["client", "database"], "client lb app db"),
        ("client -> a -> b -> db\nclient -> c -> db", ["client", "database"], "client c db"),
        ("client -> b, a -> db", ["client", "database"], "client b db"),
        (
            "client -> app ~> queue -> worker -> db",
            ["client", "queue", "database"],
            "client app queue worker db",
        ),
        (
            "worker -> queue\nclient -> app -> queue\nworker -> db",
            ["client", "database"],
            "client app queue worker db",
        ),
        ("client -> gateway <-> chat", ["client", "service", "gateway"], "client gateway chat gateway"),
        ("client -> db -> app", ["client", "service", "database"], ""),
        ("client -> store(kind=database)", ["client", "service|database", "database"], "client store"),
        ("a client -> app\nb client -> app2 -> db", ["client", "database"], "b client app2 db"),
        ("client -> app -> db -> app", ["client", "database"], "client app db"),
        (
            "client -> lb -> app -> db\nadmin -> rules api -> db",
            ["client", "service", "database"],
            "client lb app db",
        ),
        ("admin -> rules api -> db", ["client", "service", "database"], "admin rules api db"),
        (
            "client -> api ~> queue -> sender -> twilio",
            ["client", "service", "queue", "worker", "external"],
            "client api queue sender twilio",
        ),
        ("client -> api -> sender -> twilio", ["client", "service", "worker", "external"], ""),
    ],
)
def test_the_shortest_way_makes_the_stops_in_order(text, stops, way):
    drawing = read_drawing(text.replace("a client", "user").replace("b client", "browser"))
    way = way.replace("b client", "browser")
    assert " ".join(find_path(drawing, flow(*stops))) == way


def test_a_box_that_is_gone_cannot_be_passed():
    drawing = read_drawing("client -> a, b -> db")
    assert find_path(drawing, STORED, {"a"}) == ("client", "b", "db")
    assert not works(drawing, STORED, {"a", "b"})
    assert not works(drawing, STORED, {"client"})


def test_only_workers_pull():
    assert onward(read_drawing("worker -> queue"))["queue"] == ("worker",)
    assert onward(read_drawing("app -> queue"))["queue"] == ()


@pytest.mark.parametrize(
    ("text", "missing"),
    [
        ("client -> lb -> app", "Nothing leads from `app` to a database or an object store."),
        ("client -> app -> cache", "Nothing leads from `app` to a database or an object store."),
        ("client -> app\nother -> db", "Nothing leads from `app` to a database or an object store."),
        ("app -> db", "There is no client to begin at."),
        ("", "There is no client to begin at."),
        ("client -> app -> db", ""),
    ],
)
def test_a_missing_way_says_what_it_misses(text, missing):
    (path,) = paths(read_drawing(text), [STORED])
    assert path.missing == missing
    assert bool(path.boxes) == (not missing)
