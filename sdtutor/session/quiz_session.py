"""A quiz being taken: the learner's intents, and the view after each."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sdtutor.content.records import LineQuestion, NumberQuestion
from sdtutor.errors import UsageError
from sdtutor.learning.rating import rating
from sdtutor.learning.schedule import schedule
from sdtutor.session.asking import Asked
from sdtutor.session.desk import Desk
from sdtutor.session.history import History
from sdtutor.session.views import ConceptScore, Confidence, QuizSummary, QuizView, Told
from sdtutor.store.records import Answer, Card, Draft


@dataclass(frozen=True, slots=True)
class Plan:
    """What a quiz asks and how far it is: enough to go on after a power cut.

    Args:
        key: Of its draft.
        request: What was asked for, as JSON values.
        seed: Orders the options.
        items: The questions.
        scores: Of those that were answered, 0 to 1, in their order.
    """

    key: str
    request: Mapping[str, Any]
    seed: int
    items: tuple[str, ...]
    scores: tuple[float, ...]

    def draft(self) -> Draft:
        """Return the plan as it is kept."""
        value = {
            "request": dict(self.request),
            "seed": self.seed,
            "items": list(self.items),
            "scores": list(self.scores),
        }
        return Draft(self.key, value)


class QuizSession:
    """A quiz on the screen.

    Args:
        desk: Content, labs, progress and clock.
        plan: What is asked, and what was answered already.
        asked: Its questions; those that cannot be asked any more are missing.
    """

    def __init__(self, desk: Desk, plan: Plan, asked: Sequence[Asked]) -> None:
        self._desk = desk
        known = {each.question.item: each for each in asked}
        scores = dict(zip(plan.items, plan.scores, strict=False))
        items = tuple(item for item in plan.items if item in known)
        done = tuple(scores[item] for item in items if item in scores)
        self._plan = replace(plan, items=items, scores=done)
        self._asked = [known[item] for item in items]
        self._desk.store.save_draft(self._plan.draft())
        self._summary: QuizSummary | None = None
        self._show(len(done))

    def _show(self, index: int) -> None:
        self._index = index
        self._chosen: tuple[int, ...] = ()
        self._typed = ""
        self._uid = ""
        self._told: Told | None = None
        self._shown_at: datetime = self._desk.clock()
        # The card before the first answer: after an undo, the next answer is scheduled from it again.
        self._card = None if index == len(self._asked) else self._desk.store.card(self._plan.items[index])
        if index == len(self._asked):
            self._finish()

    @property
    def _current(self) -> Asked:
        return self._asked[min(self._index, len(self._asked) - 1)]

    def view(self) -> QuizView:
        """Return the quiz as it stands."""
        asked, question = self._current, self._current.question
        finished = self._summary is not None
        return QuizView(
            item="" if finished else question.item,
            number=min(self._index + 1, len(self._asked)),
            count=len(self._asked),
            kind=question.kind,
            concept=question.concept,
            title=self._desk.title(question.concept),
            level=question.level,
            prompt=question.prompt,
            choices=asked.choices,
            chosen=self._chosen,
            typed=self._typed,
            unit=question.unit if isinstance(question, NumberQuestion) else "",
            code=asked.code,
            address=question.include.address if isinstance(question, LineQuestion) else "",
            complete=asked.is_complete(self._chosen, self._typed),
            told=self._told,
            lab=asked.lab,
            can_undo=not finished and bool(self._told or self._chosen or self._typed),
            finished=finished,
            summary=self._summary,
        )

    def choose(self, index: int) -> None:
        """Choose an option as shown, from 0; in a multi or order question a second time takes it back.

        Once the answer is told, nothing changes.

        Raises:
            UsageError: There is no such option.
        """
        asked = self._current
        if asked.is_typed or not 0 <= index < len(asked.order):
            hint = "Type the answer." if asked.is_typed else f"Choose from 1 to {len(asked.order)}."
            raise UsageError(f"There is no option {index + 1}.", hint)
        if self._told or self._summary:
            return
        if asked.most == 1:
            self._chosen = (index,)
        elif index in self._chosen:
            self._chosen = tuple(each for each in self._chosen if each != index)
        else:
            self._chosen = (*self._chosen, index)

    def type(self, text: str) -> None:
        """Take what was typed as the answer so far; once the answer is told, nothing changes."""
        if not self._told and not self._summary:
            self._typed = text

    def answer(self, confidence: Confidence = "think") -> None:
        """Give the answer; when this returns, it is kept, and the view tells what came of it.

        Args:
            confidence: How sure the learner is.

        Raises:
            UsageError: Nothing is chosen yet, or what was typed cannot be read.
            StoreError: The answer cannot be kept; the question stays open.
        """
        if self._told or self._summary:
            return
        asked = self._current
        if not asked.is_complete(self._chosen, self._typed):
            raise UsageError(*_INCOMPLETE[asked.question.kind])
        grade = asked.grade(self._chosen, self._typed)
        now = self._desk.clock()
        seconds = max(0.0, (now - self._shown_at).total_seconds())
        rated = rating(grade.correct, 0, seconds, confidence)
        state, due = schedule(self._card.state if self._card else None, rated, now)
        item = asked.question.item
        plan = replace(self._plan, scores=(*self._plan.scores, grade.score))
        answer = Answer(item, asked.question.concept, grade.score, confidence, seconds, 0, now)
        self._uid = self._desk.store.record_answer(answer, Card(item, state, due), plan.draft()).uid
        self._plan, self._told = plan, asked.told(grade)

    def next(self) -> None:
        """Go on to the next question, or to the summary after the last; nothing before an answer."""
        if self._told:
            self._show(self._index + 1)

    def undo(self) -> None:
        """Take back the choice, or the answer as long as the next question was not shown.

        The question is open again, and the answer taken back never was: the next one counts.
        """
        if self._told:
            plan = replace(self._plan, scores=self._plan.scores[:-1])
            self._desk.store.withdraw_answer(self._uid, plan.draft())
            self._plan, self._told = plan, None
        self._chosen, self._typed = (), ""

    def report(self, text: str) -> None:
        """Keep that something is wrong with this question; ``progress export`` holds it.

        Raises:
            UsageError: The text is empty.
        """
        if not text.strip():
            raise UsageError("The report is empty.", "Say in a few words what is wrong.")
        said = {"text": text.strip(), "at": self._desk.clock().isoformat()}
        self._desk.store.set_setting(f"report:{self._current.question.item}", said)

    def _finish(self) -> None:
        self._desk.store.drop_draft(self._plan.key)
        history = History(self._desk)
        tomorrow = history.reviews(history.end_of_tomorrow)
        scores = self._plan.scores
        self._summary = QuizSummary(
            right=sum(score == 1 for score in scores),
            count=len(scores),
            by_concept=self._by_concept(),
            due_tomorrow=tomorrow.due,
            minutes=tomorrow.minutes,
        )

    def _by_concept(self) -> tuple[ConceptScore, ...]:
        scores: dict[str, list[float]] = {}
        for asked, score in zip(self._asked, self._plan.scores, strict=True):
            scores.setdefault(asked.question.concept, []).append(score)
        return tuple(
            ConceptScore(concept, self._desk.title(concept), sum(score == 1 for score in found), len(found))
            for concept, found in scores.items()
        )


_CHOOSE = ("Nothing is chosen yet.", "Choose by the number of an option.")
_TYPE = ("Nothing is typed yet.", "Type the answer.")
_INCOMPLETE: Mapping[str, tuple[str, str]] = {
    "choice": _CHOOSE,
    "predict": _CHOOSE,
    "multi": ("Nothing is chosen yet.", "Choose one option or several."),
    "order": ("The order is not complete.", "Choose every element once, the first one first."),
    "number": _TYPE,
    "gap": _TYPE,
    "line": ("No line is named yet.", "Type the number of the line."),
}
