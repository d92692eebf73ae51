"""What the learner has done so far, read from the store once, and where that leaves them."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from functools import cached_property

from sdtutor.learning.mastery import (
    ENOUGH_ANSWERS,
    ConceptProgress,
    TopicProgress,
    concept_progress,
    surprises,
    topic_progress,
)
from sdtutor.learning.today import Reviews, Standing, active_days, reviews
from sdtutor.session.desk import FIRST_USE, Desk
from sdtutor.session.views import ItemState, TopicRow
from sdtutor.store.records import Answer, Card, LessonMark, MetGoal

PACE_FROM = 50
"""How many of the latest answers tell the learner's pace. Editorial."""


class History:
    """The learner's past at one moment; everything is read when it is first asked for.

    Args:
        desk: Content, labs, progress and clock.
    """

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        self.now = desk.clock()

    @cached_property
    def answers(self) -> tuple[Answer, ...]:
        """All answers, oldest first."""
        return self.desk.store.answers()

    @cached_property
    def marks(self) -> dict[str, LessonMark]:
        """The lessons that were opened."""
        return self.desk.store.lessons()

    @cached_property
    def goals(self) -> tuple[MetGoal, ...]:
        """The goals of labs that were met."""
        return self.desk.store.goals()

    @cached_property
    def cards(self) -> dict[str, Card]:
        """The cards of questions that still exist, by item, the one due first first."""
        return {card.item: card for card in self.desk.store.cards() if self._exists(card.item)}

    @cached_property
    def _by_concept(self) -> dict[str, list[Answer]]:
        found: dict[str, list[Answer]] = {}
        for answer in self.answers:
            found.setdefault(answer.concept, []).append(answer)
        return found

    def _exists(self, item: str) -> bool:
        return item in self.desk.items(item.partition("#")[0])

    def answers_to(self, concepts: Iterable[str]) -> list[Answer]:
        """Return the answers to the questions of some concepts."""
        return [answer for concept in concepts for answer in self._by_concept.get(concept, ())]

    def recall(self, item: str) -> float:
        """Return the probability, 0 to 1, that a question is known now; 0 if it was never answered."""
        from sdtutor.learning.schedule import recall

        card = self.cards.get(item)
        return recall(card.state, self.now) if card else 0.0

    def _recalls(self, concepts: Iterable[str]) -> dict[str, float]:
        """Return recall by item, or nothing when there are too few answers for a figure."""
        named = set(concepts)
        if len(self.answers_to(named)) < ENOUGH_ANSWERS:
            return {}
        return {item: self.recall(item) for item in self.cards if item.partition("#")[0] in named}

    def is_read(self, concept: str) -> bool:
        """Tell whether a lesson was read to its end."""
        mark = self.marks.get(concept)
        return mark is not None and mark.done_at is not None

    def progress(self, concept: str) -> ConceptProgress:
        """Return where the learner stands in a concept."""
        touched = self.is_read(concept) or concept in self._by_concept
        items = self.desk.items(concept) if touched else ()
        answers = self._by_concept.get(concept, [])
        return concept_progress(self.is_read(concept), items, answers, self._recalls([concept]))

    def topic(self, slug: str) -> TopicProgress:
        """Return where the learner stands in a topic."""
        concepts = [entry.concept for entry in self.desk.catalogue.of_topic(slug)]
        standings = [self.progress(concept) for concept in concepts]
        return topic_progress(standings, self.answers_to(concepts), self._recalls(concepts).values())

    def course(self) -> tuple[Standing, ...]:
        """Return all concepts in learning order, as the plan of the day sees them."""
        return tuple(
            Standing(
                entry.concept,
                entry.title,
                entry.requires,
                entry.concept in self.marks,
                self.progress(entry.concept).done,
            )
            for entry in self.desk.catalogue.entries
        )

    def due(self, by: datetime | None = None) -> tuple[str, ...]:
        """Return the items whose review is due by a moment, now if none is given; the oldest first."""
        return tuple(item for item, card in self.cards.items() if card.due <= (by or self.now))

    def reviews(self, by: datetime | None = None) -> Reviews:
        """Return the reviews that are due by a moment, and how long they take."""
        seconds = [answer.seconds for answer in self.answers[-PACE_FROM:]]
        last = self.answers[-1].at if self.answers else None
        return reviews(len(self.due(by)), seconds, last, self.now)

    @property
    def end_of_tomorrow(self) -> datetime:
        """When tomorrow ends in the learner's time zone."""
        midnight = self.now.replace(hour=0, minute=0, second=0, microsecond=0)
        return midnight + timedelta(days=2)

    def surprise_items(self) -> tuple[str, ...]:
        """Return the questions that were answered sure and wrong the last time, newest first."""
        return tuple(answer.item for answer in surprises(self.answers) if self._exists(answer.item))

    def active_days(self) -> int:
        """Return on how many of the last seven days something was done."""
        moments = [answer.at for answer in self.answers]
        moments += [mark.opened_at for mark in self.marks.values()] + [goal.at for goal in self.goals]
        return active_days(moments, self.now)

    def day(self) -> int:
        """Return the number of this day: 1 on the day of the first use."""
        try:
            first = date.fromisoformat(self.desk.store.setting(FIRST_USE))
        except (TypeError, ValueError):
            # An import may bring any JSON value.
            return 1
        return max(1, (self.desk.today - first).days + 1)

    def answered_today(self) -> int:
        """Return how many questions were answered today."""
        return sum(answer.at.astimezone(self.now.tzinfo).date() == self.now.date() for answer in self.answers)

    @property
    def is_new(self) -> bool:
        """Whether nothing was done yet."""
        return not (self.answers or self.marks or self.goals or self.desk.store.last())

    def lesson_state(self, concept: str) -> ItemState:
        """Return how far a lesson was read."""
        return "done" if self.is_read(concept) else "begun" if concept in self.marks else "new"

    def lab_state(self, lab: str) -> ItemState:
        """Return how far a lab was played: done once a goal was met."""
        if any(goal.lab == lab for goal in self.goals):
            return "done"
        return "begun" if self.desk.store.run(lab) else "new"

    def quiz_state(self, concept: str) -> ItemState:
        """Return how far a quiz went: done once every question was asked."""
        if concept not in self._by_concept:
            return "new"
        progress = self.progress(concept)
        return "done" if progress.asked == progress.questions else "begun"

    def topic_rows(self) -> tuple[TopicRow, ...]:
        """Return the topics that have something in them, and how far the learner is in each."""
        all_topics = ((topic, self.topic(topic.slug)) for topic in self.desk.catalogue.topics)
        topics = [(topic, found) for topic, found in all_topics if found.concepts]
        known = sorted(found.recall for _, found in topics if found.recall is not None)
        weakest = known[0] if len(known) > 1 and known[0] < known[-1] else None
        return tuple(
            TopicRow(
                slug=topic.slug,
                title=topic.title,
                summary=topic.summary,
                done=found.done,
                count=found.concepts,
                recall=found.recall,
                confidence=found.calibration,
                weakest=weakest is not None and found.recall == weakest,
            )
            for topic, found in topics
        )
