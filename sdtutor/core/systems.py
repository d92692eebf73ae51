"""What a system is made of and what it must be able to do: the words that a problem and a drawing share."""

from dataclasses import dataclass
from typing import Literal

Kind = Literal[
    "client",
    "dns",
    "cdn",
    "load_balancer",
    "gateway",
    "service",
    "worker",
    "cache",
    "database",
    "search_index",
    "queue",
    "object_store",
    "coordinator",
    "external",
    "monitor",
]
"""What a box is. ``gateway`` holds connections or checks requests at the edge; ``queue`` is any broker,
log or stream; ``coordinator`` is a lock service or a registry; ``external`` is somebody else's service."""


@dataclass(frozen=True, slots=True)
class Flow:
    """Something that users must be able to do, as a way through the drawing.

    It works when a box of a source kind reaches a box of each stop, in their order.

    Args:
        name: Slug.
        title: For people: "a click is redirected".
        stops: Kinds to pass, in order, each a choice: ``(("client",), ("database", "cache"))``; the first is
            where it begins, the last where it ends.
        per_second: How many there are at the peak.
        writes: Whether it changes what is stored.
        durable: Whether what it writes must survive the loss of a box.
    """

    name: str
    title: str
    stops: tuple[tuple[Kind, ...], ...]
    per_second: float = 0.0
    writes: bool = False
    durable: bool = True


@dataclass(frozen=True, slots=True)
class Query:
    """Something that is looked up, and the columns that find it.

    Args:
        name: Slug.
        title: For people: "a link by its code".
        by: Words for the columns that it is found by, in order; each a choice: ``(("code", "slug"),)``.
    """

    name: str
    title: str
    by: tuple[tuple[str, ...], ...]
