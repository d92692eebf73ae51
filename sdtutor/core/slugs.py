"""Names of topics and concepts: how they are written, and how forgiving we are in reading them."""

import difflib
import re
from collections.abc import Iterable

from sdtutor.errors import AmbiguousName, UnknownName

TOPICS = (
    "scalability",
    "load_balancing",
    "caching",
    "databases",
    "messaging",
    "microservices",
    "api_design",
    "security",
    "observability",
    "consistency",
)
"""The ten topics, in teaching order."""

MAX_SLUG_LENGTH = 40
_SLUG = re.compile(r"[a-z][a-z0-9]*(_[a-z0-9]+)*")


def is_slug(text: str) -> bool:
    """Tell whether a text is a slug: snake_case, a legal module name, at most 40 characters.

    >>> is_slug("cache_aside"), is_slug("Cache-Aside")
    (True, False)
    """
    return len(text) <= MAX_SLUG_LENGTH and _SLUG.fullmatch(text) is not None


def normalise(text: str) -> str:
    """Return what a person typed in the spelling of slugs; ``topic/concept`` keeps its slash.

    >>> normalise(" Cache-Aside "), normalise("Caching / cache aside")
    ('cache_aside', 'caching/cache_aside')
    """
    parts = (re.sub(r"[\s_-]+", "_", part.strip().lower()).strip("_") for part in text.split("/"))
    return "/".join(parts)


def resolve(text: str, names: Iterable[str], kind: str = "name") -> str:
    """Return the one name that a person meant.

    Exact beats prefix. A name ``topic/concept`` is found by its last part too.

    Args:
        text: What the person typed: ``-``, ``_``, spaces and any case are alike.
        names: The names that exist, each ``slug`` or ``topic/slug``.
        kind: What they are, for the message: "lab", "topic".

    Raises:
        AmbiguousName: Several names begin so; they are listed.
        UnknownName: None does; the nearest ones are in the hint.

    >>> resolve("Cache-As", ["caching/cache_aside", "consistency/quorum"])
    'caching/cache_aside'
    """
    wanted, known = normalise(text), tuple(names)
    exact = [name for name in known if wanted in (name, name.rsplit("/", 1)[-1])]
    if len(exact) == 1:
        return exact[0]
    found = exact or [name for name in known if wanted and _begins(name, wanted)]
    if len(found) == 1:
        return found[0]
    if found:
        raise AmbiguousName(f'"{text}" could be several: {", ".join(found)}.', "Type more of the name.")
    raise UnknownName(f'There is no {kind} "{text}".', _nearest(wanted, known))


def _begins(name: str, wanted: str) -> bool:
    return name.startswith(wanted) or name.rsplit("/", 1)[-1].startswith(wanted)


def _nearest(wanted: str, known: tuple[str, ...]) -> str:
    by_leaf = {name.rsplit("/", 1)[-1]: name for name in known} | {name: name for name in known}
    close = difflib.get_close_matches(wanted, by_leaf, n=3, cutoff=0.5)
    if close:
        return "Did you mean " + " or ".join(dict.fromkeys(by_leaf[leaf] for leaf in close)) + "?"
    return "There are: " + ", ".join(known) + "." if known else "There are none yet."
