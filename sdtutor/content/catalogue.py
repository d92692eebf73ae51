"""What there is to learn, in which order: read from the headers of lessons, without validating them.

Fast enough for every start: no schema library, no lab, no quiz is opened.
"""

import contextlib
import graphlib
import heapq
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sdtutor.content.front import header
from sdtutor.content.roots import quiz_path
from sdtutor.content.texts import read_text
from sdtutor.content.yaml_tree import parse
from sdtutor.core.slugs import TOPICS, is_slug
from sdtutor.errors import ContentError

if TYPE_CHECKING:
    from sdtutor.content.records import Level


@dataclass(frozen=True, slots=True)
class Topic:
    """One of the ten parts.

    Args:
        slug: One of `sdtutor.core.slugs.TOPICS`.
        title: For people.
        summary: One sentence; may be empty.
    """

    slug: str
    title: str
    summary: str


@dataclass(frozen=True, slots=True)
class Entry:
    """A concept, as its lesson's header presents it.

    Args:
        concept: ``topic/slug``.
        title: For people.
        summary: One sentence.
        minutes: Reading time.
        level: Whom it is for.
        requires: Concepts to know before.
        has_quiz: Whether it has one.
    """

    concept: str
    title: str
    summary: str
    minutes: int
    level: "Level"
    requires: tuple[str, ...]
    has_quiz: bool

    @property
    def topic(self) -> str:
        """The first part of the concept's id."""
        return self.concept.partition("/")[0]

    @property
    def slug(self) -> str:
        """The last part of the concept's id."""
        return self.concept.partition("/")[2]


@dataclass(frozen=True, slots=True)
class Catalogue:
    """All topics and concepts below a root.

    Args:
        topics: The ten, in teaching order.
        entries: The concepts in learning order: what a concept requires comes before it.
        problems: Lessons that cannot even be listed, and why.
    """

    topics: tuple[Topic, ...]
    entries: tuple[Entry, ...]
    problems: tuple[ContentError, ...] = ()

    @classmethod
    def scan(cls, root: Path) -> "Catalogue":
        """Return what lies below a root.

        Args:
            root: The folder that holds ``lessons/`` and ``quizzes/``.
        """
        entries, problems = [], []
        for topic in TOPICS:
            for path in sorted((root / "lessons" / topic).glob("*.md")):
                try:
                    entries.append(_entry(path, root))
                except ContentError as error:
                    problems.append(error)
        topics, wrong = _topics(root / "lessons" / "topics.yaml")
        return cls(topics, in_order(entries), (*wrong, *problems))

    @property
    def concepts(self) -> tuple[str, ...]:
        """The ids of all concepts, in learning order."""
        return tuple(entry.concept for entry in self.entries)

    def entry(self, concept: str) -> Entry:
        """Return the entry of a concept.

        Raises:
            KeyError: There is none; `sdtutor.core.slugs.resolve` finds the id that a person meant.
        """
        for entry in self.entries:
            if entry.concept == concept:
                return entry
        raise KeyError(concept)

    def of_topic(self, slug: str) -> tuple[Entry, ...]:
        """Return the concepts of a topic, in learning order."""
        return tuple(entry for entry in self.entries if entry.topic == slug)


def in_order(entries: Iterable[Entry]) -> tuple[Entry, ...]:
    """Return entries so that each follows what it requires.

    Among those that may come next, the earliest topic is first, then the title by alphabet.
    Concepts on a cycle come last.
    """
    known = {entry.concept: entry for entry in entries}
    sorter = graphlib.TopologicalSorter(
        {concept: [each for each in entry.requires if each in known] for concept, entry in known.items()}
    )
    # A sorter that has found a cycle still hands out what does not depend on it.
    with contextlib.suppress(graphlib.CycleError):
        sorter.prepare()
    ordered: list[Entry] = []
    ready: list[tuple[int, str, str]] = []
    while sorter.is_active():
        for concept in sorter.get_ready():
            heapq.heappush(ready, _rank(known[concept]))
        if not ready:
            break
        concept = heapq.heappop(ready)[-1]
        ordered.append(known[concept])
        sorter.done(concept)
    return (*ordered, *sorted(set(known.values()) - set(ordered), key=_rank))


def _rank(entry: Entry) -> tuple[int, str, str]:
    return TOPICS.index(entry.topic), entry.title, entry.concept


def _entry(path: Path, root: Path) -> Entry:
    if not is_slug(path.stem):
        raise ContentError(path, 0, f'"{path.stem}" is not a slug.', "Rename the file: snake_case.")
    concept = f"{path.parent.name}/{path.stem}"
    front = header(path)
    wrong = [key for key, holds in _HEADER.items() if not holds(front.get(key))]
    if wrong:
        message = f"The front matter has no usable {wrong[0]}."
        raise ContentError(path, 1, message, "Run sdtutor content check; it says what is wrong.")
    return Entry(
        concept=concept,
        title=front["title"].strip(),
        summary=front["summary"].strip(),
        minutes=front["minutes"],
        level=front["level"],
        requires=front["requires"],
        has_quiz=quiz_path(root, concept).is_file(),
    )


def _is_text(value: Any) -> bool:
    return isinstance(value, str) and bool(value.strip())


_HEADER: Mapping[str, Any] = {
    "title": _is_text,
    "summary": _is_text,
    "minutes": lambda value: type(value) is int,
    "level": lambda value: value in ("mid", "senior"),
    "requires": lambda value: isinstance(value, tuple) and all(_is_text(each) for each in value),
}
"""What must hold of a header before it can be listed."""


def _topics(path: Path) -> tuple[tuple[Topic, ...], list[ContentError]]:
    """Return the ten topics; one that the file does not describe is titled by its slug."""
    said: dict[str, Topic] = {}
    problems: list[ContentError] = []
    if path.is_file():
        try:
            said = _described(path)
        except ContentError as error:
            problems.append(error)
    return tuple(
        said.get(slug) or Topic(slug, slug.replace("_", " ").capitalize(), "") for slug in TOPICS
    ), problems


def _described(path: Path) -> dict[str, Topic]:
    text, problems = read_text(path)
    if problems:
        raise problems[0]
    value = parse(text, path).value
    entries = value.get("topics") if isinstance(value, dict) else None
    found = (each for each in entries or () if isinstance(each, dict)) if isinstance(entries, tuple) else ()
    return {
        each["slug"]: Topic(each["slug"], each["title"], each["summary"])
        for each in found
        if all(_is_text(each.get(key)) for key in ("slug", "title", "summary"))
    }
