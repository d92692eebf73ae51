"""Where the learner stands, in figures."""

from sdtutor.content.raw_quiz import raw_questions
from sdtutor.session.desk import Desk
from sdtutor.session.history import History
from sdtutor.session.views import ConceptRow, ProgressView, SurpriseRow


def progress(desk: Desk) -> ProgressView:
    """Return where the learner stands."""
    history = History(desk)
    return ProgressView(
        day=history.day(),
        active_days=history.active_days(),
        answers=len(history.answers),
        right=sum(answer.correct == 1 for answer in history.answers),
        due=len(history.due()),
        due_tomorrow=len(history.due(history.end_of_tomorrow)),
        goals=len(history.goals),
        topics=history.topic_rows(),
        concepts=tuple(_concept(desk, history, concept) for concept in desk.catalogue.concepts),
        surprises=tuple(_surprise(desk, item) for item in history.surprise_items()),
        path=str(desk.store.path),
    )


def _concept(desk: Desk, history: History, concept: str) -> ConceptRow:
    found = history.progress(concept)
    return ConceptRow(
        concept=concept,
        title=desk.title(concept),
        read=found.read,
        done=found.done,
        right=found.right,
        asked=found.asked,
        questions=len(desk.items(concept)),
        recall=found.recall,
    )


def _surprise(desk: Desk, item: str) -> SurpriseRow:
    concept, _, question_id = item.partition("#")
    prompts = {each["id"]: str(each.get("prompt", "")) for each in raw_questions(desk.root, concept)}
    return SurpriseRow(item, desk.title(concept), prompts[question_id])
