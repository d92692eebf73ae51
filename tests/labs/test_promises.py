"""A promise looks at the parts over which it is declared and at no other, and shows who broke it."""

from collections.abc import Mapping

import pytest

from sdtutor.engine.events import parse_event
from sdtutor.engine.lab import EVERYTHING, Invariant
from sdtutor.engine.run import Run
from sdtutor.engine.world import World
from sdtutor.session.labs import LabShelf

SHELF = LabShelf()
LABS = {name: SHELF.load(name) for name in SHELF.names}
SECTIONS = {"store": "store", "view": "view", "member": "member"}
"""Whatever is in no other part is about what moves."""


class Hidden(Exception):
    """A promise looked at a part over which it is not declared."""


class Seen(Mapping):
    """The facts of a world, of which some parts are hidden."""

    def __init__(self, facts, over):
        self._facts, self._over = facts, over

    def _look(self, section):
        part = SECTIONS.get(section, "flight")
        if part not in self._over:
            raise Hidden(part)

    def __getitem__(self, fact):
        self._look(fact[0])
        return self._facts[fact]

    def __iter__(self):
        for section in ("store", "view", "member", "message"):
            self._look(section)
        return iter(self._facts)

    def __len__(self):
        return sum(1 for _ in self)


class Seeing(World):
    """A world of which some parts are hidden."""

    def section(self, section, owner=None):
        self.facts._look(section)
        return ((f, v) for f, v in self.facts._facts.items() if f[0] == section and owner in (None, f[1]))


class NoOperations(tuple):
    """Operations at which nobody may look."""

    __slots__ = ()

    def _look(self, *_):
        raise Hidden("operations")

    __iter__ = __len__ = __getitem__ = __contains__ = __bool__ = __reversed__ = _look


def judged(invariant, world, operations, over):
    """What a promise says of a world of which it sees some parts."""
    shown = operations if "operations" in over else NoOperations()
    return invariant.holds(Seeing(Seen(world.facts, over)), shown)


def runs(name):
    """Every recorded run of a lab, and its story in each variant."""
    lab = LABS[name]
    for scene in lab.scenes:
        run = Run(lab, scene.variant, scene.parameters, 7, name)
        run.apply_all(map(parse_event, scene.events))
        yield run
    for variant in lab.variants:
        run = Run(lab, variant, None, 7, name)
        run.advance(60)
        yield run


@pytest.fixture(scope="module")
def moments():
    """World and operations after each step of every run, by lab."""
    found = {}
    for name in LABS:
        found[name] = []
        for run in runs(name):
            found[name] += [(run.at(step), operations_at(run, step)) for step in range(len(run.steps) + 1)]
            run.close()
    return found


def operations_at(run, step):
    """The operations as they stood after a step."""
    from dataclasses import replace

    return tuple(
        o if o.returned <= step else replace(o, returned=0, outcome=None)
        for o in run.operations
        if o.called <= step
    )


def looks_at(invariant, worlds):
    """The parts without which a promise cannot be judged in some world; Hidden when it looks at others."""
    needed = set()
    for world, operations in worlds:
        if invariant.when == "at_rest" and not world.at_rest:
            continue
        assert judged(invariant, world, operations, invariant.over) == invariant.holds(world, operations)
        for part in set(invariant.over) - needed:
            try:
                judged(invariant, world, operations, set(invariant.over) - {part})
            except Hidden:
                needed.add(part)
    return needed


promises = pytest.mark.parametrize(
    ("name", "invariant"),
    [
        pytest.param(name, each, id=f"{name} {each.name}")
        for name, lab in LABS.items()
        for each in lab.invariants
    ],
)


@promises
def test_a_promise_looks_at_all_parts_that_it_declares_and_at_no_other(name, invariant, moments):
    assert looks_at(invariant, moments[name]) == set(invariant.over)


@promises
def test_a_promise_about_operations_has_a_witness_exactly_when_it_is_broken(name, invariant, moments):
    for world, operations in moments[name]:
        if invariant.witness is None:
            continue
        shown = invariant.witness(world, operations)
        assert set(shown) <= {operation.name for operation in operations}
        assert len(set(shown)) == len(shown)
        if not (invariant.when == "at_rest" and not world.at_rest):
            assert bool(shown) is not invariant.holds(world, operations), invariant.name


@promises
def test_a_promise_that_does_not_look_at_operations_alone_may_go_without_a_witness(name, invariant):
    assert invariant.witness or invariant.over != ("operations",)


@pytest.mark.parametrize(
    ("part", "peeks"),
    [
        ("store", lambda world, _operations: bool(world.store("cache"))),
        ("view", lambda world, _operations: bool(world.view("a"))),
        ("member", lambda world, _operations: world.member("reader_1").up),
        ("member", lambda world, _operations: ("member", "reader_1", "") in world.facts),
        ("flight", lambda world, _operations: bool(world.in_flight)),
        ("flight", lambda world, _operations: world.is_cut("a", "b")),
        ("operations", lambda _world, operations: len(operations) > 1),
        ("operations", lambda _world, operations: any(o.done for o in operations)),
    ],
)
def test_a_promise_that_peeks_is_caught(part, peeks, moments):
    world, operations = moments["caching/cache_aside"][-1]
    over = tuple(each for each in EVERYTHING if each != part)
    peeking = Invariant("peeks", "It peeks.", "It peeked.", peeks, over=over)
    with pytest.raises(Hidden, match=part):
        looks_at(peeking, [(world, operations)])


def test_a_promise_that_declares_more_than_it_looks_at_is_caught(moments):
    wide = Invariant("wide", "It is wide.", "It was wide.", lambda world, _o: bool(world.store("cache")))
    assert looks_at(wide, moments["caching/cache_aside"]) == {"store"}
