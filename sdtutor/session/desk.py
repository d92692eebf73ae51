"""What use cases work with: content, labs, progress and the clock, each opened when first needed."""

import time
from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from sdtutor.content.catalogue import Catalogue
from sdtutor.content.roots import content_root, quiz_path
from sdtutor.core.slugs import TOPICS, resolve
from sdtutor.errors import StoreError, UsageError
from sdtutor.session.labs import LabShelf

if TYPE_CHECKING:
    from sdtutor.content.records import Quiz
    from sdtutor.session.views import ListKind
    from sdtutor.store.progress import Store

Clock = Callable[[], datetime]

FIRST_USE = "first_use"
"""The setting that holds the day of the first use, in ISO 8601."""

_PLURALS: "Mapping[ListKind, str]" = {"lesson": "lessons", "lab": "labs", "quiz": "quizzes"}


def local_now() -> datetime:
    """Return the moment in the time zone of this computer."""
    return datetime.now().astimezone()


class Desk:
    """Content, labs, progress and the clock.

    Args:
        root: The folder that holds ``lessons/`` and ``quizzes/``.
        environ: Environment variables; they say where the progress file lies.
        clock: Tells the moment in the learner's time zone.
        shelf: The labs.
    """

    def __init__(self, root: Path, environ: Mapping[str, str], clock: Clock, shelf: LabShelf) -> None:
        self.root, self.environ, self.clock, self.shelf = root, environ, clock, shelf
        self.monotonic: Callable[[], float] = time.monotonic
        self._quizzes: dict[str, Quiz] = {}
        self._question_ids: dict[str, tuple[str, ...]] = {}

    @classmethod
    def open(cls, root: Path | None, environ: Mapping[str, str], clock: Clock) -> "Desk":
        """Return a desk over the installed content, or that below a root."""
        return cls(root or content_root(), environ, clock, LabShelf())

    def close(self) -> None:
        """Close the progress file, if it was opened."""
        if "store" in self.__dict__:
            self.store.close()

    @cached_property
    def catalogue(self) -> Catalogue:
        """Titles and order of all topics and concepts."""
        return Catalogue.scan(self.root)

    @cached_property
    def store(self) -> "Store":
        """The learner's progress; the first opening of all is kept as the day of the first use."""
        from sdtutor.store.location import progress_path
        from sdtutor.store.progress import Store

        store = Store.open(progress_path(self.environ), self.clock)
        if store.setting(FIRST_USE) is None:
            store.set_setting(FIRST_USE, self.today.isoformat())
        return store

    @property
    def known_store(self) -> "Store | None":
        """The progress if it can be read; None when there is none yet, which then stays so."""
        from sdtutor.store.location import progress_path

        try:
            exists = progress_path(self.environ).is_file()
            return self.store if exists else None
        except (StoreError, OSError):
            return None

    @property
    def notices(self) -> tuple[str, ...]:
        """What the learner must be told about progress and content that were opened so far."""
        found = []
        if "store" in self.__dict__ and self.store.notice:
            found.append(self.store.notice)
        if "catalogue" in self.__dict__ and self.catalogue.problems:
            first = self.catalogue.problems[0]
            found.append(f"A lesson cannot be listed: {first} Run sdtutor content check.")
        return tuple(found)

    @property
    def today(self) -> date:
        """The day in the learner's time zone."""
        return self.clock().date()

    def title(self, concept: str) -> str:
        """Return the title of a concept; of one without a lesson its slug in words."""
        for entry in self.catalogue.entries:
            if entry.concept == concept:
                return entry.title
        return concept.rpartition("/")[2].replace("_", " ").capitalize()

    def topic_title(self, concept: str) -> str:
        """Return the title of the topic of a concept."""
        slug = concept.partition("/")[0]
        return next((topic.title for topic in self.catalogue.topics if topic.slug == slug), slug)

    def has_quiz(self, concept: str) -> bool:
        """Tell whether a concept has questions."""
        return quiz_path(self.root, concept).is_file()

    def quiz(self, concept: str) -> "Quiz":
        """Return the quiz of a concept; raises ContentError."""
        from sdtutor.content.quizzes import load_quiz

        if concept not in self._quizzes:
            self._quizzes[concept] = load_quiz(self.root, concept)
        return self._quizzes[concept]

    def items(self, concept: str) -> tuple[str, ...]:
        """Return the items of the questions that a concept has now, unvalidated; none if unreadable."""
        from sdtutor.content.raw_quiz import raw_questions

        if concept not in self._question_ids:
            found = raw_questions(self.root, concept)
            self._question_ids[concept] = tuple(f"{concept}#{question['id']}" for question in found)
        return self._question_ids[concept]

    def is_topic(self, name: str, kind: "ListKind") -> bool:
        """Tell whether a name means a topic rather than a concept; raises UsageError."""
        return self._meant(name, self.having(kind), kind) in TOPICS

    def _meant(self, name: str, known: Iterable[str], kind: "ListKind") -> str:
        return resolve(name, (*TOPICS, *known), f"topic or {kind}")

    def resolve_concept(self, name: str) -> str:
        """Return the id of the one concept that a person meant; raises UsageError."""
        return resolve(name, self.catalogue.concepts, "lesson")

    def resolve_topic(self, name: str) -> str:
        """Return the slug of the one topic that a person meant; raises UsageError."""
        return resolve(name, TOPICS, "topic")

    def resolve_lab(self, name: str) -> str:
        """Return the id of the one lab that a person meant; raises UsageError."""
        return resolve(name, self.shelf.names, "lab")

    def having(self, kind: "ListKind") -> tuple[str, ...]:
        """Return the concepts that have a lesson, a lab or a quiz, in learning order."""
        concepts = self.catalogue.concepts
        if kind == "lesson":
            return concepts
        if kind == "quiz":
            return tuple(entry.concept for entry in self.catalogue.entries if entry.has_quiz)
        labs = self.shelf.names
        return (*(c for c in concepts if c in labs), *(lab for lab in labs if lab not in concepts))

    def resolve(self, name: str, kind: "ListKind") -> tuple[str, ...]:
        """Return the concepts of a kind that a name means: one, or all of a topic; raises UsageError.

        A topic means its comparison of labs alone, when there is one.
        """
        known = self.having(kind)
        found = self._meant(name, known, kind)
        if found not in TOPICS:
            return (found,)
        compared = f"{found}/compare_{found}"
        if kind == "lab" and compared in known:
            return (compared,)
        chosen = tuple(concept for concept in known if concept.startswith(f"{found}/"))
        if not chosen:
            some = ", ".join(dict.fromkeys(concept.partition("/")[0] for concept in known)) or "no topic yet"
            raise UsageError(
                f"{self.topic_title(found)} has no {_PLURALS[kind]} yet.", f"There are some in: {some}."
            )
        return chosen

    def remember(self, kind: "ListKind | Literal['interview']", concept: str, detail: str = "") -> None:
        """Keep what ``continue`` opens."""
        from sdtutor.store.records import LastPlace

        self.store.set_last(LastPlace(kind, concept, detail))
