"""Finding labs by folder name, and importing one only when it is opened."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

from sdtutor.content.roots import package_root
from sdtutor.core.slugs import TOPICS, is_slug
from sdtutor.errors import ContentError, UnknownName

if TYPE_CHECKING:
    from sdtutor.engine.lab import Lab
    from sdtutor.session.desk import Desk


@dataclass(frozen=True, slots=True)
class LabEntry:
    """A lab that can be opened, found without importing it.

    Args:
        lab: ``topic/slug``.
        topic: Title of the topic.
        title: Title of the concept.
        summary: One sentence; may be empty.
    """

    lab: str
    topic: str
    title: str
    summary: str


class LabShelf:
    """The labs in a folder: packages ``<topic>/<slug>``, each with an attribute ``LAB``.

    Args:
        folder: Where they lie; the labs of the package when None.
        package: The folder as a package.
    """

    def __init__(self, folder: Path | None = None, package: str = "sdtutor.labs") -> None:
        self.folder = folder or package_root() / "labs"
        self.package = package

    @cached_property
    def names(self) -> tuple[str, ...]:
        """``topic/slug`` of every lab, by topic in teaching order, then by slug."""
        found = [
            f"{topic}/{path.parent.name}"
            for topic in TOPICS
            for path in sorted((self.folder / topic).glob("*/__init__.py"))
            if is_slug(path.parent.name)
        ]
        return tuple(found)

    def path(self, lab: str) -> Path:
        """Return the file of a lab."""
        return self.folder / lab / "__init__.py"

    def load(self, lab: str) -> "Lab":
        """Return the declaration of a lab; this imports it.

        Args:
            lab: ``topic/slug``.

        Raises:
            UnknownName: There is no such lab.
            ContentError: Its package declares none.
        """
        from sdtutor.engine.lab import Lab

        if lab not in self.names:
            raise UnknownName(f'There is no lab "{lab}".', "sdtutor list labs shows them.")
        module = import_module(f"{self.package}.{lab.replace('/', '.')}")
        declared = getattr(module, "LAB", None)
        if not isinstance(declared, Lab):
            raise ContentError(self.path(lab), 0, "The package declares no lab.", "Assign LAB = Lab(...).")
        return declared


def lab_entries(desk: "Desk", labs: Iterable[str]) -> tuple[LabEntry, ...]:
    """Return what can be told of labs without importing them."""
    summaries = {entry.concept: entry.summary for entry in desk.catalogue.entries}
    return tuple(
        LabEntry(lab, desk.topic_title(lab), desk.title(lab), summaries.get(lab, "")) for lab in labs
    )
