"""Small labs for the tests of the search: workers with programs, a store, maybe a peer."""

import search_code as code

from sdtutor.engine.lab import Call, Cast, Fidelity, Lab, Link, Node, Offered, Opening, Service
from sdtutor.engine.run import Run

FAULTS = ("drop", "duplicate", "crash", "cut")
BY_HAND = tuple(Offered("run", tuple(f"step_{number}" for number in range(length))) for length in range(1, 6))
"""Programs of any length can be called; without examples no search calls them by itself."""


def lab_of(cast, script, **fields):
    """A lab with one cast and one story."""
    defaults = {
        "sources": {"reference": code},
        "cast": lambda _variant, _values: cast,
        "script": lambda _values: tuple(script),
        "main_code": {"reference": ("Worker.run",)},
        "invariants": (),
        "opening": Opening("reference", (), ""),
        "goals": (),
        "scenes": (),
        "fidelity": Fidelity("", "", ""),
        "faults": FAULTS,
    }
    return Lab(**{**defaults, **fields})


def worker(name, *, peer=None, background=(), serves=(), calls=(), kind=code.Worker, view=True):
    """A node that runs programs over the store."""
    return Node(
        name,
        name,
        name[0].upper(),
        (0, 0),
        lambda ports: kind(ports.key_value("store"), ports.peer(peer) if peer else None, background),
        lambda instance: {"seen": instance.seen} if view else {},
        (*calls, *BY_HAND),
        serves,
    )


def store(initial=None, *, durable=False):
    """The store of all workers."""
    return Service("store", "store", (0, 1), "key_value", durable, initial or {})


def talk(*programs, initial=None, durable=False, server=None, calls=(), background=(), alike=False, **fields):
    """A run in which each worker is called once, with its program.

    Args:
        programs: One for each worker: a, b, c.
        initial: What the store holds.
        durable: Whether it survives a crash.
        server: A node named server that all may ask.
        calls: What a learner may call on each.
        background: What each does from its start.
        alike: Whether the workers are declared interchangeable.
    """
    names = "abc"[: len(programs)]
    workers = [
        worker(name, peer="server" if server else None, calls=calls, background=background) for name in names
    ]
    others = (server, store(initial, durable=durable)) if server else (store(initial, durable=durable),)
    links = tuple(Link(name, other.name) for name in names for other in others)
    if server:
        links = (*links, Link("server", "store"))
    cast = Cast((*workers, *others), links, (tuple(names),) if alike else ())
    script = [Call(name, "run", program) for name, program in zip(names, programs, strict=True) if program]
    return Run(lab_of(cast, script, **fields), "reference", name="tests/search")


def example(*program):
    """What a learner may call: a program."""
    return Offered("run", tuple(f"step_{number}" for number in range(len(program))), program)
