"""Compares the search with the enumeration of every schedule: what can be seen, and how soon."""

from dataclasses import fields
from itertools import permutations, product

from naive import enumerate_all, sight

from sdtutor.core.draws import shuffled
from sdtutor.engine.bounds import Bounds
from sdtutor.engine.invariants import TERMINATES, broken
from sdtutor.engine.lab import Invariant
from sdtutor.engine.run import Run
from sdtutor.engine.search import nodes
from sdtutor.engine.search.find import Reductions, find

NOTHING = Bounds()
SEEN = ("operations", "store", "view", "member")
ALL = tuple(Reductions(*chosen) for chosen in product((False, True), repeat=len(fields(Reductions))))
"""Every combination of what there is."""

PLAIN, EVERY = ALL[0], ALL[-1]
FOUR = tuple(Reductions(symmetry, ample) for symmetry, ample in product((False, True), repeat=2))
"""With and without symmetry and ample sets; the rest as it is by default."""

TWO = (PLAIN, EVERY)


def promise(holds, when="always", over=SEEN, name="planted"):
    return Invariant(name, "It holds.", "It does not.", holds, when, over)


def spy(when, orbit):
    """A promise that always holds, and what was seen when it was asked."""
    seen = set()

    def holds(world, operations):
        seen.add(orbit(sight(world, operations)))
        return True

    return promise(holds, when), seen


def orbits(cast):
    """Return what maps a sight to one of those that differ from it only in the names of alike nodes."""
    chosen = product(*(permutations(group) for group in cast.interchangeable))
    exchanges = [
        {one: other for group, order in zip(cast.interchangeable, orders, strict=True)
         for one, other in zip(group, order, strict=True)}
        for orders in chosen
    ]  # fmt: skip
    return lambda seen: min((_renamed(seen, names) for names in exchanges), key=repr)


def _renamed(value, names):
    if isinstance(value, str):
        owner, dot, label = value.partition(".")
        return names.get(owner, owner) + dot + label
    if isinstance(value, tuple):
        items = [_renamed(item, names) for item in value]
        # Rows, and what members hold, stand in the order of names.
        return (
            tuple(sorted(items, key=repr))
            if items and all(isinstance(i, tuple) for i in value)
            else tuple(items)
        )
    return value


def rows_kept(seen):
    """Return a sight in which the order of rows outlives a sorting of tuples."""
    *held, rows = seen
    return (*held, tuple((number, *row) for number, row in enumerate(rows)))


def agree(run, bounds=NOTHING, *, merged=True, most=20_000, reductions=ALL, samples=1):
    """Compare every way to search with the enumeration; return the latter.

    Args:
        run: Where they start.
        bounds: What may happen.
        merged: As for `enumerate_all`.
        most: Likewise.
        reductions: With which the search is tried.
        samples: How many sights of each kind are searched for by themselves.
    """
    plain = enumerate_all(run, bounds, merged=merged, most=most)
    least = orbits(run.cast)
    for chosen in reductions:
        orbit = (lambda seen: least(rows_kept(seen))) if chosen.symmetry else rows_kept
        _same_promises(run, bounds, plain, chosen)
        _same_sights(run, bounds, plain, chosen, orbit)
        _same_lengths(run, bounds, plain, chosen, orbit, samples)
    return plain


def without_merging(monkeypatch):
    """Let every history of a node be a state of its own."""
    monkeypatch.setattr(nodes, "_left_behind", lambda *_: None)


def expected(shortest, name):
    """Return how soon a promise is broken, or a step does not end: a search stops at either."""
    return min((shortest[n] for n in (name, TERMINATES.name) if n in shortest), default=None)


def _same_promises(run, bounds, plain, chosen):
    for invariant in run.invariants:
        found = find(run, invariant, bounds, reductions=chosen)
        length = expected(plain.shortest, invariant.name)
        told = f"{invariant.name} with {chosen} within {bounds}"
        assert found.complete, told
        assert (len(found.events) if found.verdict == "anomaly" else None) == length, told
        if found.verdict == "anomaly":
            _really_breaks(run, invariant, found)


def _really_breaks(run, invariant, found):
    """Replay the way in a fresh run: it breaks the promise at its last step and not before."""
    fresh = Run(run.lab, run.variant, run.given, run.seed, run.name)
    fresh.apply_all(step.event for step in run.steps)
    asked = (invariant, TERMINATES)
    for event in found.events:
        assert found.promise not in broken(asked, fresh.world, fresh.operations)
        fresh.apply(event)
    if invariant.when == "eventually" and not fresh.stopped:
        assert not invariant.holds(fresh.world, fresh.operations)
    else:
        assert found.promise in broken(asked, fresh.world, fresh.operations)
    fresh.close()


def _same_sights(run, bounds, plain, chosen, orbit):
    if TERMINATES.name in plain.shortest:
        return
    for when, shown in (("always", plain.sights), ("at_rest", plain.rests), ("eventually", plain.ends)):
        invariant, seen = spy(when, orbit)
        found = find(run, invariant, bounds, reductions=chosen)
        assert found.verdict == "none"
        assert seen == set(map(orbit, shown)), f"{when} with {chosen} within {bounds}"


def _same_lengths(run, bounds, plain, chosen, orbit, samples):
    for when, shown in (("always", plain.sights), ("at_rest", plain.rests), ("eventually", plain.ends)):
        nearest = {}
        for seen, length in shown.items():
            nearest[orbit(seen)] = min(length, nearest.get(orbit(seen), length))
        for wanted in shuffled(sorted(nearest, key=repr), 7, when)[:samples]:
            never = promise(lambda w, o, wanted=wanted: orbit(sight(w, o)) != wanted, when)
            found = find(run, never, bounds, reductions=chosen)
            soonest = plain.shortest.get(TERMINATES.name, nearest[wanted])
            assert found.shortest
            assert len(found.events) == min(nearest[wanted], soonest), f"{when} with {chosen} within {bounds}"
            _really_breaks(run, never, found)
