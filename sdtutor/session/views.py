"""What home, lessons, quizzes, lists and progress look like at one moment: frozen data, no behaviour."""

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from sdtutor.content.records import Guess, LabLink, Level, Source

HomeState = Literal["first", "started", "regular"]
RowKind = Literal[
    "lab", "lesson", "review", "quiz", "continue", "goal", "surprises", "interview", "interview_date"
]
ListKind = Literal["lesson", "lab", "quiz"]
ItemState = Literal["new", "begun", "done"]
Confidence = Literal["sure", "think", "guess"]
QuestionKind = Literal["choice", "multi", "order", "number", "gap", "line", "predict"]


@dataclass(frozen=True, slots=True)
class HomeRow:
    """One thing to do now.

    Args:
        key: The key that opens it; ``Enter`` for the first one on day one.
        kind: What it opens; says what `target` is.
        title: What it is.
        detail: How much, or how long.
        why: Why now; empty when there is nothing to say. On day one the story in two or three sentences.
        target: A concept (lab, lesson, quiz, goal), the id of a mock interview to go on with, or empty.
    """

    key: str
    kind: RowKind
    title: str
    detail: str
    why: str = ""
    target: str = ""


@dataclass(frozen=True, slots=True)
class TopicRow:
    """A topic that has something in it, and how far the learner is.

    Args:
        slug: As commands name it.
        title: For people.
        summary: One sentence.
        done: How many concepts are done.
        count: How many there are, at least 1.
        recall: Mean probability, 0 to 1, that a question asked before is known now; None before ten answers.
        confidence: fair, too sure, unsure, or too few answers.
        weakest: Whether its recall is the lowest, of at least two topics that have one.
    """

    slug: str
    title: str
    summary: str
    done: int
    count: int
    recall: float | None
    confidence: str
    weakest: bool = False


@dataclass(frozen=True, slots=True)
class HomeView:
    """Home.

    Args:
        state: first: nothing was done yet; regular: at least one topic has a recall; started: between them.
        day: Days since the first use, from 1.
        header: For the right end of the title row: ``day 30 of 42 · senior · interview 12 March``.
        heading: Over the rows: START HERE, or TODAY.
        summary: Beside it: ``about 25 min``; empty when there is nothing to say.
        start: What to do now, the most useful first.
        topics: The ten.
        last: ``lab cache_aside, step 9``; empty before anything was opened.
        active_days: On how many of the last seven days something was done.
        notice: What the learner must be told first; empty when all is well.
    """

    state: HomeState
    day: int
    header: str
    heading: str
    summary: str
    start: tuple[HomeRow, ...]
    topics: tuple[TopicRow, ...]
    last: str
    active_days: int
    notice: str


@dataclass(frozen=True, slots=True)
class SectionView:
    """A section of a lesson: its heading, and its Markdown with the code in the place of the includes."""

    title: str
    markdown: str


@dataclass(frozen=True, slots=True)
class RequiredView:
    """A concept to know before, and whether it is done."""

    concept: str
    title: str
    done: bool


@dataclass(frozen=True, slots=True)
class LessonView:
    """A lesson.

    Args:
        concept: ``topic/slug``.
        topic: Title of the topic.
        title: For people.
        summary: One sentence.
        minutes: Reading time.
        level: mid or senior.
        goals: What the learner can do afterwards.
        guess: Asked before the first section; its `answer` is an index from 0.
        guessed: The index that the learner committed to before; None when they have not.
        sections: In order.
        sources: Drawn after the last section.
        requires: Concepts to know before.
        has_lab: Whether the concept can be run.
        has_quiz: Whether it has questions.
        place: Where the reader stopped, 0 to 1.
        done: Whether it was read to its end before.
        next: The concept to read next; None when there is none.
        next_title: Its title; empty when there is none.
    """

    concept: str
    topic: str
    title: str
    summary: str
    minutes: int
    level: "Level"
    goals: tuple[str, ...]
    guess: "Guess"
    guessed: int | None
    sections: tuple[SectionView, ...]
    sources: "tuple[Source, ...]"
    requires: tuple[RequiredView, ...]
    has_lab: bool
    has_quiz: bool
    place: float
    done: bool
    next: str | None
    next_title: str


@dataclass(frozen=True, slots=True)
class GuessVerdict:
    """What came of the guess before a lesson."""

    correct: bool
    why: str


@dataclass(frozen=True, slots=True)
class CodeLine:
    """A line of code in a question: the number to answer with, from 1, and the text."""

    number: int
    text: str


@dataclass(frozen=True, slots=True)
class Told:
    """What the learner is told after an answer.

    Args:
        correct: Whether it is right as a whole.
        score: ``right``, ``wrong``, or ``partly right: 67 %``.
        right: The right answer as text.
        right_choices: Indices into the choices as shown: those that are right, in order for kind order.
        why: The explanation.
        whys: For each choice as shown, why it is right or wrong; empty for kinds without.
        notes: Sentences about this answer.
    """

    correct: bool
    score: str
    right: str
    right_choices: tuple[int, ...]
    why: str
    whys: tuple[str, ...]
    notes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ConceptScore:
    """How one concept went in a quiz."""

    concept: str
    title: str
    right: int
    count: int


@dataclass(frozen=True, slots=True)
class QuizSummary:
    """The end of a quiz.

    Args:
        right: How many answers were right.
        count: How many there were.
        by_concept: The same, concept by concept.
        due_tomorrow: How many reviews will be due by the end of tomorrow.
        minutes: How long those take.
    """

    right: int
    count: int
    by_concept: tuple[ConceptScore, ...]
    due_tomorrow: int
    minutes: int


@dataclass(frozen=True, slots=True)
class QuizView:
    """A quiz at one moment.

    Args:
        item: The question: ``topic/slug#id``; empty when the quiz is finished.
        number: Of the question, from 1.
        count: How many there are.
        kind: Of the question; decides how it is answered.
        concept: ``topic/slug``.
        title: Title of the concept.
        level: mid or senior.
        prompt: Markdown.
        choices: What to choose from, as shown; empty for number, gap and line.
        chosen: Indices into `choices`: at most one for choice and predict; for order in the order chosen.
        typed: What was typed for number, gap and line.
        unit: Of a number; empty when it has none.
        code: For kind line.
        address: Where the code is from.
        complete: Whether there is an answer to give: `answer` would take it.
        told: None before the answer.
        lab: Where to see it happen; None when there is no such place.
        can_undo: Whether `undo` would take something back.
        finished: Whether the last answer was left by `next`.
        summary: Once it is finished.
    """

    item: str
    number: int
    count: int
    kind: QuestionKind
    concept: str
    title: str
    level: "Level"
    prompt: str
    choices: tuple[str, ...] = ()
    chosen: tuple[int, ...] = ()
    typed: str = ""
    unit: str = ""
    code: tuple[CodeLine, ...] = ()
    address: str = ""
    complete: bool = False
    told: Told | None = None
    lab: "LabLink | None" = None
    can_undo: bool = False
    finished: bool = False
    summary: QuizSummary | None = None


@dataclass(frozen=True, slots=True)
class ListRow:
    """A lesson, a lab or a quiz: `id` is ``topic/slug``, `minutes` are 0 for labs and quizzes."""

    kind: ListKind
    id: str
    topic: str
    title: str
    summary: str
    minutes: int
    state: ItemState


@dataclass(frozen=True, slots=True)
class ProblemRow:
    """An interview problem: `id` is its slug."""

    kind: Literal["interview"]
    id: str
    title: str
    summary: str


@dataclass(frozen=True, slots=True)
class SearchHit:
    """A place where all words were found.

    Args:
        kind: What opens it.
        id: ``topic/slug``.
        title: For people.
        excerpt: One line around the first word.
        place: Section of a lesson, or id of a question; empty for title and summary.
    """

    kind: ListKind
    id: str
    title: str
    excerpt: str
    place: str


@dataclass(frozen=True, slots=True)
class ConceptRow:
    """A concept, and the fields of `sdtutor.learning.mastery.ConceptProgress` for it."""

    concept: str
    title: str
    read: bool
    done: bool
    right: int
    asked: int
    questions: int
    recall: float | None


@dataclass(frozen=True, slots=True)
class SurpriseRow:
    """An answer that was sure and wrong: the question, its concept and its prompt."""

    item: str
    title: str
    prompt: str


@dataclass(frozen=True, slots=True)
class ProgressView:
    """Where the learner stands.

    Args:
        day: Days since the first use, from 1.
        active_days: Of the last seven.
        answers: How many were given.
        right: How many of them were right.
        due: Reviews due now.
        due_tomorrow: Reviews due by the end of tomorrow.
        goals: How many goals of labs were met.
        topics: The ten.
        concepts: In learning order.
        surprises: Newest first.
        path: Where the progress is kept.
    """

    day: int
    active_days: int
    answers: int
    right: int
    due: int
    due_tomorrow: int
    goals: int
    topics: tuple[TopicRow, ...]
    concepts: tuple[ConceptRow, ...]
    surprises: tuple[SurpriseRow, ...]
    path: str


@dataclass(frozen=True, slots=True)
class InterviewDate:
    """The interview that the learner prepares for.

    Args:
        day: When; None when none is coming.
        level: Which questions a quiz asks unless told otherwise.
        lessons_left: Lessons not done yet.
        pace: ``2 lessons a week``; empty without a date or with nothing left.
    """

    day: date | None = None
    level: "Level" = "mid"
    lessons_left: int = 0
    pace: str = ""
