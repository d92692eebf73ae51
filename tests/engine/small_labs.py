"""Labs for the engine's own tests."""

import small_code as code

from sdtutor.engine.events import parse_event
from sdtutor.engine.lab import (
    Call,
    Cast,
    Fidelity,
    Invariant,
    Lab,
    Link,
    Measure,
    Node,
    Offered,
    Opening,
    Service,
)
from sdtutor.engine.parameters import Whole
from sdtutor.engine.run import Run


def make_lab(cast, script=(), **fields):
    defaults = {
        "sources": {"reference": code},
        "cast": lambda _variant, values: cast(values),
        "script": lambda values: tuple(script)[: values.get("clients")],
        "main_code": {"reference": ("Counter.add",)},
        "invariants": (),
        "opening": Opening("reference", (), ""),
        "goals": (),
        "scenes": (),
        "fidelity": Fidelity("", "", ""),
    }
    return Lab(**{**defaults, **fields})


def counter_cast(_values):
    calls = (Offered("add", ("by",), (1,)), Offered("refuse", ("why",)), Offered("spin"), Offered("leak"))
    node = Node(
        "counter", "counter", "C", (0, 0), lambda _ports: code.Counter(), lambda c: {"total": c.total}, calls
    )
    return Cast((node,))


COUNTER = make_lab(
    counter_cast,
    [Call("counter", "add", (1,)), Call("counter", "add", (2,))],
    invariants=(
        Invariant(
            "small", "At most 5.", "More than 5.", lambda world, _: world.view("counter")["total"] <= 5
        ),
        Invariant(
            "even", "Ends even.", "Ended odd.", lambda w, _: w.view("counter")["total"] % 2 == 0, "eventually"
        ),
    ),
    measures=(Measure("total", "units", "The total.", lambda run: run.world.view("counter")["total"]),),
    repeats=True,
)


def talk_cast(values):
    offers = (
        Offered("ask", ("number",), (3,)),
        Offered("both", ("one", "other"), (1, 2)),
        Offered("group", ("count",), (8,)),
        Offered("forget"),
        Offered("keep", ("key", "value", "ttl"), ("k", "v", 10)),
        Offered("look", ("key",), ("k",)),
        Offered("send_list"),
    )
    clients = [
        Node(
            f"client_{n + 1}",
            f"client {n + 1}",
            "AB"[n],
            (n, 0),
            lambda ports: code.Client(ports.peer("doubler"), ports.key_value("store")),
            lambda c: {"seen": c.seen},
            offers,
        )
        for n in range(values["clients"])
    ]
    doubler = Node(
        "doubler",
        "doubler",
        "D",
        (0, 1),
        lambda _ports: code.Doubler(),
        lambda d: {"answered": d.answered},
        serves=("double",),
    )
    links = tuple(
        link
        for client in clients
        for link in (Link(client.name, "doubler", (1_000, 9_000)), Link(client.name, "store"))
    )
    return Cast((*clients, doubler, Service("store", "store", (1, 1), "key_value")), links)


TALK = make_lab(
    talk_cast,
    [Call("client_1", "ask", (3,)), Call("client_2", "ask", (4,))],
    parameters=(Whole("clients", 2, 1, 2, "clients", "How many ask."),),
    faults=("drop", "duplicate", "crash", "cut"),
)


def played(lab, *events, **options):
    """A run of a lab in which these events happened."""
    run = Run(lab, "reference", name="tests/small", **options)
    for text in events:
        run.apply(parse_event(text))
    return run


def values(run):
    """What the calls returned, in the order in which they ended."""
    return [result.outcome.text for step in run.steps for result in step.results]


def chatter_cast(_values):
    node = Node("chatter", "chatter", "C", (0, 0), lambda _ports: code.Chatter(), calls=(Offered("chat"),))
    return Cast((node,))


CHATTER = make_lab(chatter_cast)
