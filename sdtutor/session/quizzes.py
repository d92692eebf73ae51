"""Which questions a quiz asks, and going on with one that was not finished."""

from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, replace
from typing import Any

from sdtutor.content.records import AnyQuestion, Level
from sdtutor.core.draws import new_seed
from sdtutor.errors import ContentError, UsageError
from sdtutor.learning.selection import Candidate, choose
from sdtutor.session.asking import Asked, asked
from sdtutor.session.desk import Desk
from sdtutor.session.history import History
from sdtutor.session.quiz_session import Plan, QuizSession
from sdtutor.store.records import Draft

QUESTIONS = 10
"""How many questions a quiz asks unless told otherwise. Editorial: about seven minutes."""

BRIEF = 3
"""Up to so many questions are a break between two things: then only those that one key answers."""

_ONE_KEY = ("choice", "predict")
_DRAFT = "quiz:"


@dataclass(frozen=True, slots=True)
class QuizRequest:
    """What a quiz was asked to be.

    Args:
        names: Concepts and topics; none asks about what was read, or about everything before that.
        count: At most so many questions; None lets the request decide.
        level: Only questions for these people.
        seed: Decides among equal questions and orders options; None draws one.
        due_only: Only reviews that are due.
        only: Only these questions, by item.
    """

    names: tuple[str, ...] = ()
    count: int | None = None
    level: Level | None = None
    seed: int | None = None
    due_only: bool = False
    only: tuple[str, ...] = ()

    def to_json(self) -> dict[str, Any]:
        """Return the request as JSON values."""
        return {**asdict(self), "names": list(self.names), "only": list(self.only)}

    @property
    def is_brief(self) -> bool:
        """Whether it should be over in a minute."""
        return self.count is not None and self.count <= BRIEF and not self.only and not self.due_only

    @property
    def key(self) -> str:
        """What a quiz of this kind is called: a concept, a topic, due, chosen or read."""
        if self.only:
            return "chosen"
        return "due" if self.due_only else ",".join(self.names) or "read"


def start_quiz(desk: Desk, request: QuizRequest) -> QuizSession:
    """Return a quiz; one of the same request that was not finished goes on.

    Raises:
        UsageError: A name is unknown, or no question is left to ask.
        ContentError: Every quiz that was asked for breaks a rule of its format.
    """
    if request.count is not None and request.count < 1:
        raise UsageError(f"A quiz of {request.count} questions asks nothing.", "Ask for at least 1.")
    request = replace(request, names=tuple(dict.fromkeys(_meant(desk, name) for name in request.names)))
    draft = desk.store.draft(_DRAFT + request.key)
    plan = _unfinished(draft, request) or _planned(desk, request)
    desk.remember("quiz", request.key)
    return QuizSession(desk, plan, _asked(desk, plan))


def resume_quiz(desk: Desk) -> QuizSession:
    """Return the quiz that was left last; a new one about what was read when none was.

    Raises:
        UsageError: No question is left to ask.
    """
    for draft in desk.store.drafts():
        if draft.key.startswith(_DRAFT):
            plan = _read(draft)
            if plan:
                desk.remember("quiz", plan.key.removeprefix(_DRAFT))
                return QuizSession(desk, plan, _asked(desk, plan))
    return start_quiz(desk, QuizRequest())


def _meant(desk: Desk, name: str) -> str:
    """Return the concept or the topic that a name means; raises UsageError."""
    found = desk.resolve(name, "quiz")
    return found[0].partition("/")[0] if desk.is_topic(name, "quiz") else found[0]


def _unfinished(draft: Draft | None, request: QuizRequest) -> Plan | None:
    plan = _read(draft) if draft else None
    return plan if plan and plan.request == request.to_json() else None


def _read(draft: Draft) -> Plan | None:
    """Return the plan that a draft holds; None when it is of another form or all was answered."""
    try:
        value = draft.value
        items, scores = tuple(value["items"]), tuple(value["scores"])
        plan = Plan(draft.key, value["request"], int(value["seed"]), items, scores)
    except (TypeError, KeyError, ValueError):
        return None
    return plan if len(plan.scores) < len(plan.items) else None


def _planned(desk: Desk, request: QuizRequest) -> Plan:
    history = History(desk)
    concepts = _concepts(desk, history, request)
    questions = _eligible(desk, history, request, concepts)
    if not questions:
        raise _nothing_to_ask(request)
    seed = new_seed() if request.seed is None else request.seed
    if request.only:
        items = [item for item in request.only if item in questions][: request.count]
    else:
        default = history.reviews().enough if request.due_only else QUESTIONS
        items = list(choose(_candidates(history, questions), request.count or default, seed))
    return Plan(_DRAFT + request.key, request.to_json(), seed, tuple(items), ())


def _nothing_to_ask(request: QuizRequest) -> UsageError:
    if request.due_only:
        return UsageError("No review is due.", "sdtutor quiz asks about what you have read.")
    level = f"{request.level} " if request.level else ""
    about = f" about {', '.join(request.names)}" if request.names else ""
    return UsageError(
        f"There are no {level}questions{about}.", "sdtutor list quizzes shows what there is; or drop --level."
    )


def _concepts(desk: Desk, history: History, request: QuizRequest) -> tuple[str, ...]:
    if request.only:
        return tuple(dict.fromkeys(item.partition("#")[0] for item in request.only))
    if request.due_only:
        return tuple(dict.fromkeys(item.partition("#")[0] for item in history.due()))
    having = desk.having("quiz")
    if request.names:
        named = [concept for name in request.names for concept in desk.resolve(name, "quiz")]
        return tuple(dict.fromkeys(named))
    return tuple(concept for concept in having if concept in history.marks) or having


def _eligible(
    desk: Desk, history: History, request: QuizRequest, concepts: Iterable[str]
) -> dict[str, AnyQuestion]:
    """Return the questions that may be asked, by item; a quiz with a mistake in it is passed over.

    Raises:
        ContentError: Every quiz has one.
    """
    found: dict[str, AnyQuestion] = {}
    problems: list[ContentError] = []
    for concept in concepts:
        try:
            found |= {question.item: question for question in desk.quiz(concept).questions}
        except ContentError as error:
            problems.append(error)
    if problems and not found:
        raise problems[0]
    due = set(history.due()) if request.due_only else set(found)
    wanted = set(request.only or found)
    eligible = {
        item: question
        for item, question in found.items()
        if item in due and item in wanted and request.level in (None, question.level)
    }
    return _brief(eligible) if request.is_brief else eligible


def _brief(questions: dict[str, AnyQuestion]) -> dict[str, AnyQuestion]:
    """Return the questions that one key answers; all when there is none of them."""
    one_key = {item: question for item, question in questions.items() if question.kind in _ONE_KEY}
    return one_key or questions


def _candidates(history: History, items: Iterable[str]) -> list[Candidate]:
    due = set(history.due())
    return [
        Candidate(
            item=item,
            read=item.partition("#")[0] in history.marks,
            seen=item in history.cards,
            due=item in due,
            recall=history.recall(item),
        )
        for item in items
    ]


def _asked(desk: Desk, plan: Plan) -> Sequence[Asked]:
    """Return the questions of a plan as they are asked; one that cannot be asked any more is left out.

    Raises:
        ContentError: None can be asked; says why for the first.
    """
    found: list[Asked] = []
    problems: list[ContentError] = []
    for item in plan.items:
        try:
            found.append(_asked_item(desk, item, plan.seed))
        except ContentError as error:
            problems.append(error)
    if not found:
        raise problems[0]
    return found


def _asked_item(desk: Desk, item: str, seed: int) -> Asked:
    concept, _, question_id = item.partition("#")
    quiz = desk.quiz(concept)
    question = quiz.question(question_id)
    if question is None:
        raise ContentError(quiz.path, 0, f'There is no question "{question_id}".', "It was removed since.")
    try:
        return asked(question, seed, desk.shelf)
    except ContentError:
        raise
    except UsageError as error:
        raise ContentError(quiz.path, question.line, error.message, error.hint) from None
