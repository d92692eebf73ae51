"""Evidence of the interface: an endpoint for each operation, a key or an index for each look-up."""

from collections.abc import Iterator, Mapping

from sdtutor.architecture.access import serves as finds
from sdtutor.interview.matching.interfaces import Endpoint, endpoints, serves
from sdtutor.interview.records import Evidence
from sdtutor.interview.scoring.heard import Heard, seen

_OPERATIONS_WEIGH = 3.0
_QUERIES_WEIGH = 2.0


def interface(heard: Heard) -> Iterator[Evidence]:
    """Yield an endpoint for each operation and a key for each query; all weigh 3 to 2 (editorial)."""
    calls = _assigned(heard)
    for operation in heard.problem.operations:
        call = calls.get(operation.id)
        yield seen(
            Evidence(
                id=f"operation.{operation.id}",
                dimension="interface",
                checked=True,
                met=False,
                core=True,
                says=f"an endpoint to {operation.title}",
                weight=_OPERATIONS_WEIGH / len(heard.problem.operations),
            ),
            call.match if call else None,
        )
    for query in heard.problem.queries:
        table, number = next(((one, at) for one, at in heard.tables if finds(one, query)), (None, 0))
        yield Evidence(
            id=f"query.{query.name}",
            dimension="interface",
            checked=True,
            met=table is not None,
            core=True,
            says=f"a key or an index finds {query.title}" + (f": table {table.name}" if table else ""),
            points=(number,) if table else (),
            weight=_QUERIES_WEIGH / len(heard.problem.queries),
        )


def _assigned(heard: Heard) -> Mapping[str, Endpoint]:
    """Return an endpoint for as many operations as possible, none for two (augmenting paths: Kuhn 1955)."""
    calls = endpoints(heard.text)
    fitting = {
        operation.id: [n for n, call in enumerate(calls) if serves(call, operation.words)]
        for operation in heard.problem.operations
    }
    taken: dict[int, str] = {}
    for name in fitting:
        _assign(name, fitting, taken, set())
    return {name: calls[number] for number, name in taken.items()}


def _assign(name: str, fitting: Mapping[str, list[int]], taken: dict[int, str], tried: set[int]) -> bool:
    for number in fitting[name]:
        if number in tried:
            continue
        tried.add(number)
        if number not in taken or _assign(taken[number], fitting, taken, tried):
            taken[number] = name
            return True
    return False
