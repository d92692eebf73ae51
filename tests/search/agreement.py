"""Compares the search with the enumeration of every schedule: what can be seen, and how soon."""

from collections.abc import Callable
from dataclasses import dataclass, fields, replace
from itertools import permutations, product

from naive import contents, enumerate_all, sight

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


def promise(holds, when="always", over=SEEN, name="planted"):
    return Invariant(name, "It holds.", "It does not.", holds, when, over)


@dataclass(frozen=True)
class Look:
    """How much of a world is looked at.

    Args:
        over: The parts, as a promise declares them.
        at: What is seen of a world and its operations.
        of: What of that is in a whole sight.
    """

    over: tuple
    at: Callable
    of: Callable


def _rows_kept(seen):
    """Return a sight in which the order of rows outlives a sorting of tuples."""
    *held, rows = seen
    return (*held, tuple((number, *row) for number, row in enumerate(rows)))


WHOLE = Look(SEEN, lambda world, operations: _rows_kept(sight(world, operations)), _rows_kept)
PART = Look(("store", "view"), lambda world, _operations: contents(world), lambda seen: seen[1:3])
"""Who does not look at operations leaves the search more that can go first: compared where something can."""


def orbits(cast):
    """Return what maps a sight to one of those that differ from it only in the names of alike nodes."""
    chosen = product(*(permutations(group) for group in cast.interchangeable))
    exchanges = [
        {
            one: other
            for group, order in zip(cast.interchangeable, orders, strict=True)
            for one, other in zip(group, order, strict=True)
        }
        for orders in chosen
    ]
    return lambda seen: min((_renamed(seen, names) for names in exchanges), key=repr)


def _renamed(value, names):
    if isinstance(value, str):
        owner, dot, label = value.partition(".")
        return names.get(owner, owner) + dot + label
    if isinstance(value, tuple):
        items = [_renamed(item, names) for item in value]
        # Rows, and what members hold, stand in the order of names.
        is_row = items and all(isinstance(item, tuple) for item in value)
        return tuple(sorted(items, key=repr)) if is_row else tuple(items)
    return value


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
    can_exchange = bool(run.cast.interchangeable)
    # Where nobody can be exchanged, symmetry is the same search again.
    for chosen in dict.fromkeys(
        replace(each, symmetry=each.symmetry and can_exchange) for each in reductions
    ):
        _same_promises(run, bounds, plain, chosen)
        for look in (WHOLE, PART) if chosen.ample else (WHOLE,):
            orbit = least if chosen.symmetry else lambda seen: seen
            _same_sights(run, bounds, plain, chosen, look, orbit)
            _same_lengths(run, bounds, plain, chosen, look, orbit, samples)
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


def _kinds(plain):
    return (("always", plain.sights), ("at_rest", plain.rests), ("eventually", plain.ends))


def _same_sights(run, bounds, plain, chosen, look, orbit):
    """Compare all that is seen; who does not look at operations need not be shown it all on the way."""
    if TERMINATES.name in plain.shortest:
        return
    for when, shown in _kinds(plain):
        seen = set()

        def note(world, operations, seen=seen):
            seen.add(orbit(look.at(world, operations)))
            return True

        found = find(run, promise(note, when, look.over), bounds, reductions=chosen)
        told = f"{when} over {look.over} with {chosen} within {bounds}"
        assert found.verdict == "none", told
        wanted = {orbit(look.of(each)) for each in shown}
        assert seen <= wanted if (when, look) == ("always", PART) else seen == wanted, told


def _same_lengths(run, bounds, plain, chosen, look, orbit, samples):
    for when, shown in _kinds(plain):
        nearest = {}
        for seen, length in shown.items():
            key = orbit(look.of(seen))
            nearest[key] = min(length, nearest.get(key, length))
        for wanted in shuffled(sorted(nearest, key=repr), 7, when)[:samples]:

            def never(world, operations, wanted=wanted):
                return orbit(look.at(world, operations)) != wanted

            asked = promise(never, when, look.over)
            found = find(run, asked, bounds, reductions=chosen)
            soonest = plain.shortest.get(TERMINATES.name, nearest[wanted])
            told = f"{when} over {look.over} with {chosen} within {bounds}"
            assert found.shortest, told
            assert len(found.events) == min(nearest[wanted], soonest), told
            _really_breaks(run, asked, found)
