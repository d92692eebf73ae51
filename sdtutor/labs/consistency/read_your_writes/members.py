"""Who is in the world of sessions: browsers, servers that are watched, and copies that hold the first row."""

from collections.abc import Mapping
from typing import Any

from sdtutor.core.ports import Peer
from sdtutor.engine.lab import Call, Cast, Link, Node, Offered, Variant
from sdtutor.engine.parameters import Values
from sdtutor.engine.simulated import Ports
from sdtutor.reference.consistency import read_your_writes as reference
from sdtutor.textbook.consistency import read_your_writes as textbook

Server = textbook.ReadYourWritesConsistency | reference.ReadYourWritesConsistency
Copy = textbook.Primary | textbook.Replica | reference.Replica

FIRST, SECOND = "v1", "v2"
"""What all copies hold under k at first, and what Ada stores."""

SERVERS = ("server_1", "server_2")
REPLICAS = ("replica_1", "replica_2")
NEEDLESS = "needless reads"
"""How the view of a server calls the reads that it has sent to the primary though it knew better."""

WRITE = Offered("write", ("key", "value", "server"), ("k", SECOND, 1))
READ = Offered("read", ("key", "server"), ("k", 2))


class NamedBrowser:
    """A browser that says who its user is.

    Args:
        user: The user.
        servers: The servers, by the number that a call names.
    """

    def __init__(self, user: str, servers: Mapping[int, Peer]) -> None:
        self.user = user
        self.servers = servers

    async def write(self, key: str, value: Any, server: int) -> None:
        """Store a value through a server."""
        await self.servers[server].call("write", self.user, key, value)

    async def read(self, key: str, server: int) -> Any:
        """Return a value from a server."""
        return await self.servers[server].call("read", self.user, key)


class Browser:
    """A browser that carries a session.

    Args:
        servers: The servers, by the number that a call names.
    """

    def __init__(self, servers: Mapping[int, Peer]) -> None:
        self.session = reference.Session()
        self.servers = servers

    async def write(self, key: str, value: Any, server: int) -> None:
        """Store a value through a server."""
        await self.session.write(self.servers[server], key, value)

    async def read(self, key: str, server: int) -> Any:
        """Return a value from a server."""
        return await self.session.read(self.servers[server], key)


class Watch:
    """What a server knows of its replicas, by what they have answered.

    Attributes:
        unanswered: Writes and reads, each as often as it was sent to a replica that has not done it.
        needless: Reads sent to the primary while every replica was known to have every write.
    """

    def __init__(self) -> None:
        self.unanswered = {"write": 0, "read": 0}
        self.needless = 0


class WatchedReplica:
    """A replica as a server sees it.

    Args:
        replica: The replica.
        watch: Is told what happens.
    """

    def __init__(self, replica: Peer, watch: Watch) -> None:
        self.name = replica.name
        self._replica = replica
        self._watch = watch

    async def call(self, operation: str, *arguments: Any) -> Any:
        """Ask the replica."""
        self._watch.unanswered[operation] += 1
        answer = await self._replica.call(operation, *arguments)
        # Not so after a refusal, or when nobody waits any more.
        self._watch.unanswered[operation] -= 1
        return answer


class WatchedPrimary:
    """The primary as a server sees it.

    Args:
        primary: The primary.
        watch: Is told what happens.
    """

    def __init__(self, primary: Peer, watch: Watch) -> None:
        self.name = primary.name
        self.watch = watch
        self._primary = primary

    async def call(self, operation: str, *arguments: Any) -> Any:
        """Ask the primary."""
        if operation == "read":
            if not any(self.watch.unanswered.values()):
                self.watch.needless += 1
            self.watch.unanswered["read"] = 0
        return await self._primary.call(operation, *arguments)


def cast(variant: Variant, values: Values) -> Cast:
    """Return one browser or two, two servers, the primary and its replicas."""
    replicas = REPLICAS[: values["replicas"]]
    browsers = [_browser(variant, "ada", (0, 0), (WRITE, READ))]
    browsers += [_browser(variant, "bob", (3, 0), (READ, WRITE))] * values["readers"]
    servers = [_server(variant, number, replicas) for number in (1, 2)]
    copies = [_primary(variant, replicas), *(_replica(variant, name) for name in replicas)]
    links = [Link(browser.name, server.name) for browser in browsers for server in servers]
    links += [Link(server.name, copy.name) for server in servers for copy in copies]
    if variant == "reference":
        links += [Link("primary", name) for name in replicas]
    return Cast((*browsers, *servers, *copies), tuple(links))


def script(values: Values) -> tuple[Call, ...]:
    """Return Ada's write or writes and her read, and two reads of Bob, as the balancer spreads them."""
    keys = [("k", SECOND), ("m", "n2")][: values["keys"]]
    turns = (1, 1, 1) if values["balancer"] == "sticky" else (1, 2, 1)
    calls = [Call("ada", "write", (*row, turn)) for row, turn in zip(keys, turns, strict=False)]
    calls.append(Call("ada", "read", ("k", turns[len(keys)])))
    return (*calls, *(Call("bob", "read", ("k", turn)) for turn in turns[: 2 * values["readers"]]))


def _browser(variant: Variant, name: str, cell: tuple[int, int], calls: tuple[Offered, ...]) -> Node:
    def build(ports: Ports) -> NamedBrowser | Browser:
        servers = {number: ports.peer(server) for number, server in enumerate(SERVERS, 1)}
        return NamedBrowser(name, servers) if variant == "textbook" else Browser(servers)

    def observe(browser: NamedBrowser | Browser) -> Mapping[str, int]:
        return {"token": browser.session.token} if isinstance(browser, Browser) else {}

    return Node(name, name.title(), name[0].upper(), cell, build, observe, calls)


def _server(variant: Variant, number: int, replicas: tuple[str, ...]) -> Node:
    """Return a server; each has its own near replica if there are two."""
    near_first = replicas[:: -1 if number == 2 else 1]

    def build(ports: Ports) -> Server:
        watch = Watch()
        primary = WatchedPrimary(ports.peer("primary"), watch)
        near = [WatchedReplica(ports.peer(name), watch) for name in near_first]
        if variant == "reference":
            return reference.ReadYourWritesConsistency(primary, near)
        return textbook.ReadYourWritesConsistency(primary, near, lambda: near[0])

    return Node(
        name=SERVERS[number - 1],
        label=f"server {number}",
        mark="ST"[number - 1],
        cell=(number, 0),
        build=build,
        observe=_observe_server,
        serves=("write", "read"),
    )


def _observe_server(server: Server) -> Mapping[str, Any]:
    """Return what the server remembers of each user, and how often it asked the primary for nothing."""
    view: dict[str, Any] = {}
    if isinstance(server, textbook.ReadYourWritesConsistency):
        view |= {user: last.key for user, last in server.user_versions.items()}
    if isinstance(server.primary, WatchedPrimary) and server.primary.watch.needless:
        view[NEEDLESS] = server.primary.watch.needless
    return view


def _primary(variant: Variant, replicas: tuple[str, ...]) -> Node:
    def build(ports: Ports) -> Copy:
        if variant == "textbook":
            flat = textbook.Primary()
            flat.rows, flat.version = {"k": FIRST}, 1
            return flat
        primary = reference.Primary([ports.peer(name) for name in replicas])
        primary.log = [_first_row(primary)]
        primary.known = dict.fromkeys(replicas, 1)
        return primary

    return Node("primary", "primary", "P", (1, 1), build, _observe_copy, serves=("write", "read"))


def _replica(variant: Variant, name: str) -> Node:
    def build(_ports: Ports) -> Copy:
        if variant == "textbook":
            flat = textbook.Replica()
            flat.rows = {"k": FIRST}
            return flat
        replica = reference.Replica()
        _first_row(replica)
        return replica

    number = REPLICAS.index(name)
    written = "write" if variant == "textbook" else "append"
    return Node(
        name=name,
        label=f"replica {number + 1}",
        mark="QR"[number],
        cell=(2 * number, 1),
        build=build,
        observe=_observe_copy,
        serves=("read", written),
    )


def _first_row(copy: reference.Replica) -> reference.Entry:
    entry = reference.Entry(1, "k", FIRST)
    copy.rows, copy.position = {"k": entry}, 1
    return entry


def _observe_copy(copy: Copy) -> Mapping[str, Any]:
    """Return the value under each key; of the reference, also how far the copy is."""
    if isinstance(copy, reference.Replica):
        return {key: entry.value for key, entry in copy.rows.items()} | {"position": copy.position}
    return dict(copy.rows)
