"""Histories for the checks: written by hand, or all there are of some size."""

from itertools import combinations, combinations_with_replacement, permutations, product

from sdtutor.engine.checks.accesses import Access, Register
from sdtutor.engine.message import Outcome
from sdtutor.engine.operations import Operation

MAP = Register("get", "put", {"k": "v0"})


def call(name, called, returned=0, value=None, arguments=(), error=""):
    """An operation ``node.method#n``, with the steps of its call and its return; open without the second."""
    node, method = name.split("#")[0].split(".")
    return Operation(
        name, node, method, arguments, called, returned, Outcome(value, error) if returned else None
    )


def put(name, value, called, returned=0, key="k", error=""):
    """A write, named ``node#n``."""
    return call(name.replace("#", ".put#"), called, returned, None, (key, value), error)


def got(name, value, called, returned, key="k"):
    """A read that returned a value, named ``node#n``."""
    return call(name.replace("#", ".get#"), called, returned, value, (key,))


def shapes(size):
    """Every way in which calls can overlap, once.

    A call and its return lie in rows that are numbered, and each row has a call and a return: from outside
    no more can be told (Fishburn's representation of interval orders).
    """
    for rows in range(1, size + 1):
        spans = [(row, other) for row in range(rows) for other in range(row, rows)]
        for shape in combinations_with_replacement(spans, size):
            if {one for one, _ in shape} == {other for _, other in shape} == set(range(rows)):
                yield shape


def orders(shape):
    """Every order of the calls that is true to what returned before what was called."""
    for order in permutations(range(len(shape))):
        if not any(shape[later][1] < shape[earlier][0] for earlier, later in combinations(order, 2)):
            yield order


def kinds(shape, *, with_open):
    """Every choice of reads and writes, and of writes that never return, once among calls alike."""
    last = max(row for _, row in shape)
    choices = [
        ("read", "write", "open") if with_open and row == last else ("read", "write") for _, row in shape
    ]
    for chosen in product(*choices):
        alike = zip(shape, shape[1:], chosen, chosen[1:], strict=False)
        if all(one != other or kind <= next_kind for one, other, kind, next_kind in alike):
            yield chosen


def written(number, *, distinct):
    """Every choice of values for some writes, up to their names; 0 is what is there at first."""
    found = [(1,)] if number else [()]
    for place in range(1, number):
        found = [
            (*values, value)
            for values in found
            for value in ([place + 1] if distinct else range(1, max(values) + 2))
        ]
    return found


def legal_reads(shape, chosen, values):
    """What the reads can return: every order is tried, without each choice of the open writes."""
    reads = [call for call, kind in enumerate(chosen) if kind == "read"]
    opened = [call for call, kind in enumerate(chosen) if kind == "open"]
    found = set()
    for order, size in product(orders(shape), range(len(opened) + 1)):
        for never in combinations(opened, size):
            value, seen = 0, {}
            for each in order:
                if chosen[each] == "read":
                    seen[each] = value
                elif each not in never:
                    value = values[each]
            found.add(tuple(seen[each] for each in reads))
    return found


def every_history(size, *, with_open, distinct):
    """Yield every history of a register with that many calls, and whether brute force finds an order.

    Values are equal in any pattern unless they are to be distinct; reads return any value that is written, or
    the first. Histories that differ only in names, or in the order of calls that overlap alike, come once.
    """
    made = {}
    for shape in shapes(size):
        for chosen in kinds(shape, with_open=with_open):
            writes = [each for each, kind in enumerate(chosen) if kind != "read"]
            reads = [each for each, kind in enumerate(chosen) if kind == "read"]
            for labels in written(len(writes), distinct=distinct):
                values = dict(zip(writes, labels, strict=True))
                legal = legal_reads(shape, chosen, values)
                for seen in product(range(max(labels, default=0) + 1), repeat=len(reads)):
                    values.update(zip(reads, seen, strict=True))
                    if _is_first(shape, reads, seen):
                        keys = [(each, shape[each], chosen[each], values[each]) for each in range(size)]
                        history = tuple(made.get(key) or made.setdefault(key, access(*key)) for key in keys)
                        yield history, seen in legal


def _is_first(shape, reads, seen):
    pairs = zip(reads, reads[1:], seen, seen[1:], strict=False)
    return all(shape[one] != shape[other] or value <= later for one, other, value, later in pairs)


def access(number, span, kind, value):
    """One call of a history, as the checker sees it."""
    returned = 0 if kind == "open" else 2 * span[1] + 1
    operation = call(f"node.{kind}#{number}", 2 * span[0], returned)
    return Access(operation, "read" if kind == "read" else "write", "k", value, "")
