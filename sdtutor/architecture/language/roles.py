"""What a box is by where it stands, when its name does not say it."""

import re
from collections.abc import Mapping, Sequence
from typing import Final

from sdtutor.architecture.kinds import named_kind
from sdtutor.architecture.records import Box, Link
from sdtutor.core.systems import Kind

_FRONT: Final[tuple[Kind, ...]] = ("cdn", "dns", "load_balancer", "gateway")
_STORES: Final[tuple[Kind, ...]] = ("database", "cache", "search_index", "object_store")
_APP: Final = re.compile(r"\b(?:web)?app(?:lication)?\b", re.IGNORECASE)


def kind_by_place(boxes: Mapping[str, Box], links: Sequence[Link], name: str) -> Kind | None:
    """Return what a box turns out to be by its arrows, or None where its name is to decide.

    What nobody calls and what calls the front of the system itself uses it: in ``app -> cdn -> lb -> api``
    the app is a phone's. A "coordinator" that looks into stores is no lock service but coordinates requests.

    Args:
        boxes: By name, each with the kind of its name.
        links: All arrows.
        name: Of the box, whose kind nobody stated.
    """
    kind = boxes[name].kind
    if kind not in ("service", "coordinator"):
        return None
    targets = {boxes[link.target].kind for link in links if link.source == name}
    called = any(link.target == name for link in links)
    if kind == "coordinator":
        return "service" if called and not targets.isdisjoint(_STORES) else None
    unsaid = named_kind(_APP.sub("", name)) is None
    return "client" if unsaid and targets and not called and targets <= set(_FRONT) else None
