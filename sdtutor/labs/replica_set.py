"""A writer, readers and the replicas that they use by quorum."""

from collections.abc import Mapping
from functools import partial
from typing import Any

from sdtutor.engine.lab import Call, Cast, Link, Node, Offered, Variant
from sdtutor.engine.parameters import Values
from sdtutor.engine.simulated import Ports
from sdtutor.engine.world import World
from sdtutor.reference.consistency import quorum as reference
from sdtutor.textbook.consistency import quorum as textbook

Replica = textbook.Replica | reference.Replica

REPLICAS = "abcde"
CELLS = ((0, 1), (1, 1), (2, 1), (0, 2), (1, 2))
CLIENTS = ("writer>", "reader>", "reader_2>")
"""How the names of all requests begin that the clients send."""
FIRST = "v1"
"""What all replicas hold under k at step 0."""

_ZONE = (250, 1_000)
_COAST = (30_000, 35_000)
_OCEAN = (37_500, 40_000)
LATENCIES: Mapping[str, tuple[tuple[int, int] | None, ...]] = {
    "off": (None,) * len(REPLICAS),
    "zones": (_ZONE,) * len(REPLICAS),
    "regions": (_ZONE, _COAST, _OCEAN, _COAST, _OCEAN),
}
"""One-way latency in microseconds from the clients to each replica, half of the round trip. Between zones of
a region 0.5 to 2 ms (Hamilton, AWS re:Invent 2014, SPOT301: usually below 1, at most 2). From the east coast
of the US, 60 to 70 ms to the west coast and 75 to 80 ms to western Europe (sirupsen/napkin-math, 2026: 60 and
80; light in fibre alone takes 35 and 55)."""


WRITE = Offered("write", ("key", "value"), ("k", "v2"))
READ = Offered("read", ("key",), ("k",))


class TextbookClient:
    """Writes by the textbook's quorum, and reads from the replica that is near.

    Args:
        ports: The world.
        values: The parameters.
    """

    def __init__(self, ports: Ports, values: Values) -> None:
        self.register = textbook.QuorumRegister([ports.peer(name) for name in names(values)])
        self.nearest: int = min(values["nearest"], values["replicas"]) - 1

    async def write(self, key: str, value: Any) -> None:
        """Write to a majority."""
        await self.register.write_quorum(key, value)

    async def read(self, key: str) -> Any:
        """Return what the near replica holds."""
        return await self.register.read(key, self.nearest)


class Client:
    """Writes and reads by quorum.

    Args:
        ports: The world.
        values: The parameters.
        name: Names the client's versions, with the number of its start.
    """

    def __init__(self, ports: Ports, values: Values, name: str) -> None:
        self.register = reference.QuorumRegister(
            [ports.peer(replica) for replica in names(values)],
            values["write_quorum"],
            values["read_quorum"],
            f"{name}{ports.incarnation}",
        )
        self.read_repair: bool = values["read_repair"] == "on"

    async def write(self, key: str, value: Any) -> None:
        """Write to W replicas."""
        await self.register.write(key, value)

    async def read(self, key: str) -> Any:
        """Return the newest value of R replicas."""
        return await self.register.read(key, self.read_repair)


def names(values: Values) -> str:
    """Return the names of the replicas, a letter each."""
    return REPLICAS[: values["replicas"]]


def cast(variant: Variant, values: Values) -> Cast:
    """Return a writer, one reader or two, and the replicas."""
    clients = (client("writer", (0, 0), variant, values, WRITE), *readers(variant, values))
    replicas = tuple(
        Node(
            name=name,
            label=f"replica {name.upper()}",
            mark=name.upper(),
            cell=cell,
            build=partial(build_replica, variant),
            observe=observe_replica,
            serves=("read", "write"),
            safe=("read",),
        )
        for name, cell in zip(names(values), CELLS, strict=False)
    )
    # The textbook writes to the first of the replicas, and reads from one; distances make them differ.
    alike = variant == "reference" and values["latency"] == "off"
    links = tuple(
        Link(one.name, other.name, latency)
        for one in clients
        for other, latency in zip(replicas, LATENCIES[values["latency"]], strict=False)
    )
    groups = (tuple(node.name for node in clients[1:]), tuple(names(values)) if alike else ())
    return Cast((*clients, *replicas), links, tuple(group for group in groups if len(group) > 1))


def readers(variant: Variant, values: Values) -> tuple[Node, ...]:
    """Return the processes that read."""
    if values["readers"] == 1:
        return (client("reader", (2, 0), variant, values, READ),)
    return (
        client("reader", (1, 0), variant, values, READ),
        client("reader_2", (2, 0), variant, values, READ),
    )


def client(name: str, cell: tuple[int, int], variant: Variant, values: Values, call: Offered) -> Node:
    """Return a process that uses the register."""
    mark = {"writer": "W", "reader": "R", "reader_2": "S"}[name]

    def build(ports: Ports) -> TextbookClient | Client:
        return TextbookClient(ports, values) if variant == "textbook" else Client(ports, values, mark)

    return Node(name, name.replace("_", " "), mark, cell, build, partial(observe_client, mark), (call,))


def observe_client(mark: str, of: TextbookClient | Client) -> Mapping[str, int]:
    """Return W of the writer and R of a reader; the textbook has neither."""
    if isinstance(of, TextbookClient):
        return {}
    return {"W": of.register.write_quorum} if mark == "W" else {"R": of.register.read_quorum}


def build_replica(variant: Variant, _ports: Ports) -> Replica:
    """Return a replica that holds the first value."""
    if variant == "textbook":
        flat = textbook.Replica()
        flat.rows["k"] = FIRST
        return flat
    replica = reference.Replica()
    replica.rows["k"] = reference.Versioned(reference.Version(1, "W0"), FIRST)
    return replica


def observe_replica(replica: Replica) -> Mapping[str, Any]:
    """Return the value under each key; of the reference, also how often it was written."""
    view: dict[str, Any] = {}
    for key, row in replica.rows.items():
        if isinstance(row, reference.Versioned):
            view |= {key: row.value, f"{key} version": row.version.counter}
        else:
            view[key] = row
    return view


def replicas(world: World) -> list[str]:
    """Return the names of the replicas."""
    return [name for name in REPLICAS if ("member", name, "") in world.facts]


def spread(world: World) -> int:
    """Return how many replicas hold another value than the first."""
    return sum(world.view(name).get("k", FIRST) != FIRST for name in replicas(world))


def script(values: Values) -> tuple[Call, ...]:
    """Return one write, then two reads, each by a reader of its own if there are two."""
    second = "reader" if values["readers"] == 1 else "reader_2"
    return (
        Call("writer", "write", ("k", "v2")),
        Call("reader", "read", ("k",)),
        Call(second, "read", ("k",)),
    )
