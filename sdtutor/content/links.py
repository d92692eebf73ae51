"""Links from a text to a place in a lab: ``stale_read@14``, ``caching/cache_aside:stale_read``."""

import re

from sdtutor.content.records import LabLink

_LINK = re.compile(
    r"(?:(?P<concept>[a-z][a-z0-9_]*/[a-z][a-z0-9_]*):)?(?P<scene>[a-z][a-z0-9_]*)(?:@(?P<step>[0-9]{1,6}))?"
)
FORM = "scene@step, scene, or topic/concept:scene@step"
"""How a lab link is written, for messages."""


def lab_link(target: str, concept: str, line: int = 0) -> LabLink | None:
    """Return the place in a lab that a target names, or None when it is not written as one.

    Args:
        target: With or without the scheme ``lab:``.
        concept: The concept in whose text it stands: a target without one means its lab.
        line: Of the link in its file.

    >>> lab_link("lab:stale_read@14", "caching/cache_aside")
    LabLink(concept='caching/cache_aside', scene='stale_read', step=14, line=0)
    >>> lab_link("consistency/quorum:lost", "caching/cache_aside")
    LabLink(concept='consistency/quorum', scene='lost', step=None, line=0)
    """
    found = _LINK.fullmatch(target.removeprefix("lab:"))
    if found is None:
        return None
    step = int(found["step"]) if found["step"] else None
    return LabLink(found["concept"] or concept, found["scene"], step, line)
