"""Lessons and questions as they are once loaded: frozen, validated, without the file format.

A concept's id is ``topic/slug``. Lines count from 1, in the file that the record came from.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

Level = Literal["mid", "senior"]
"""Whom a lesson or a question is for."""

AskKind = Literal["result", "stored", "view", "invariant", "measure", "steps", "skill"]
"""What a prediction asks about its run."""


@dataclass(frozen=True, slots=True)
class Source:
    """Where a claim comes from; a lesson cites it as ``[@id]``.

    Args:
        id: The name by which the lesson cites it.
        title: Of the paper, the page or the book.
        authors: As they are usually cited.
        year: Of publication, or of the version that was read.
        where: Section, chapter or page; may be empty.
        url: May be empty.
    """

    id: str
    title: str
    authors: str
    year: int
    where: str = ""
    url: str = ""


@dataclass(frozen=True, slots=True)
class Guess:
    """The question to which the learner commits before the lesson starts.

    Args:
        prompt: The situation and what to decide.
        choices: Two to four texts.
        answer: Index of the right choice, from 0.
        why: Told after the guess.
    """

    prompt: str
    choices: tuple[str, ...]
    answer: int
    why: str


@dataclass(frozen=True, slots=True)
class Include:
    """Code of the package, shown in a lesson or a question as it is.

    Args:
        path: Relative to the package, with ``/``: ``reference/caching/cache_aside.py``.
        name: ``Class.method``, ``Class``, ``function``, or empty for the whole file.
        code: The text, dedented, without a final line break.
        first_line: The line of the code's first row in its own file.
        line: The line that asks for it in the lesson or the quiz.
    """

    path: str
    name: str
    code: str
    first_line: int
    line: int

    @property
    def address(self) -> str:
        """``reference/caching/cache_aside.py#CacheAside.get``."""
        return f"{self.path}#{self.name}" if self.name else self.path


@dataclass(frozen=True, slots=True)
class LabLink:
    """A place in a lab that shows what a text claims.

    Args:
        concept: Whose lab it is.
        scene: One of the scenes that the lab declares.
        step: The step of the scene; None is its end.
        line: The line of the link in its file; 0 when it comes from elsewhere.
    """

    concept: str
    scene: str
    step: int | None = None
    line: int = 0


@dataclass(frozen=True, slots=True)
class Section:
    """One ``##`` section of a lesson.

    Args:
        title: Its heading.
        markdown: What follows the heading, as written.
        line: The line of the heading; the first row of the markdown is the next line.
    """

    title: str
    markdown: str
    line: int


@dataclass(frozen=True, slots=True)
class Lesson:
    """A lesson.

    Args:
        concept: ``topic/slug``.
        path: Its file.
        title: At most 60 characters.
        summary: One sentence of at most 100 characters.
        minutes: Reading time.
        level: Whom it is for.
        requires: Concepts to know before.
        goals: What the learner can do afterwards, two to four sentences.
        guess: Asked before the first section.
        sources: Drawn after the last section.
        sections: In the order of `sdtutor.content.body.SECTIONS`.
        includes: The code that the sections show, in their order.
        links: The places in labs to which the sections lead, in their order.
    """

    concept: str
    path: Path
    title: str
    summary: str
    minutes: int
    level: Level
    requires: tuple[str, ...]
    goals: tuple[str, ...]
    guess: Guess
    sources: tuple[Source, ...]
    sections: tuple[Section, ...]
    includes: tuple[Include, ...]
    links: tuple[LabLink, ...]


@dataclass(frozen=True, slots=True)
class Choice:
    """One option of a question, with what is told to those who took it."""

    text: str
    why: str
    correct: bool = False


@dataclass(frozen=True, slots=True)
class Run:
    """The run from which a prediction is made.

    Args:
        lab: The concept whose lab runs.
        variant: Which implementation.
        parameters: Values for the lab's parameters, by name.
        seed: Of the run.
        scene: A scene that the lab declares; empty for the lab's first state.
        events: Events after it, each as in a run file.
        steps: How many events of the default policy follow.
    """

    lab: str
    variant: Literal["reference", "textbook"]
    parameters: Mapping[str, object]
    seed: int
    scene: str
    events: tuple[str, ...]
    steps: int


@dataclass(frozen=True, slots=True)
class Ask:
    """What a prediction asks about its run.

    Args:
        kind: ``result`` of a finished call, what is ``stored`` in a service, a ``view`` of a node,
            whether an ``invariant`` holds, a ``measure``, or the number of ``steps``. A ``skill`` of the lab
            makes a question and its options anew each time.
        target: For ``result`` the number of the call, from 1, or -1 for the last; for ``stored``
            ``service.key``; for ``view`` ``node.key``; else the name; empty for ``steps``.
    """

    kind: AskKind
    target: str | int


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """What all kinds of questions have.

    Args:
        id: Unique in its quiz, and never changed: the learner's history is kept under it.
        concept: The concept whose quiz it is.
        level: Whom it is for.
        skill: What spaced repetition schedules.
        prompt: Markdown.
        why: The explanation, told after the answer.
        lab: Where to see it happen.
        source: Of what the question claims; may be empty.
        line: Where it begins in its file.
    """

    id: str
    concept: str
    level: Level
    skill: str
    prompt: str
    why: str
    lab: LabLink | None
    source: str
    line: int

    @property
    def item(self) -> str:
        """The stable name under which answers are kept: ``caching/cache_aside#stale_read``."""
        return f"{self.concept}#{self.id}"


@dataclass(frozen=True, slots=True, kw_only=True)
class ChoiceQuestion(Question):
    """One right option (``choice``) or one and more (``multi``) among three to five."""

    kind: Literal["choice", "multi"]
    choices: tuple[Choice, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class OrderQuestion(Question):
    """Things to put into an order; they stand in the right one."""

    kind: Literal["order"] = "order"
    items: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class NumberQuestion(Question):
    """A quantity to work out.

    Args:
        answer: The right number, in the unit.
        unit: May be empty.
        tolerance: Relative: 0.05 accepts five per cent on both sides.
    """

    kind: Literal["number"] = "number"
    answer: float
    unit: str
    tolerance: float


@dataclass(frozen=True, slots=True, kw_only=True)
class GapQuestion(Question):
    """A gap, written ``____`` in the prompt, and the texts that fill it; case does not matter."""

    kind: Literal["gap"] = "gap"
    accept: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class LineQuestion(Question):
    """Code in which to point at a line.

    Args:
        include: The code.
        answer: Lines of the code, from 1; each of them is right.
    """

    kind: Literal["line"] = "line"
    include: Include
    answer: tuple[int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PredictQuestion(Question):
    """A run whose outcome the learner predicts; the right option is computed by running it.

    Args:
        run: What to run.
        ask: What to read from it.
        others: Two to four wrong options; none for a skill.
        unit: Of a measure; may be empty.
    """

    kind: Literal["predict"] = "predict"
    run: Run
    ask: Ask
    others: tuple[str, ...]
    unit: str


AnyQuestion = ChoiceQuestion | OrderQuestion | NumberQuestion | GapQuestion | LineQuestion | PredictQuestion
"""A question of any kind; ``kind`` tells them apart."""


@dataclass(frozen=True, slots=True)
class Quiz:
    """The questions about one concept.

    Args:
        concept: ``topic/slug``.
        path: Its file.
        questions: At least eight.
    """

    concept: str
    path: Path
    questions: tuple[AnyQuestion, ...]

    def question(self, question_id: str) -> AnyQuestion | None:
        """Return the question with this id, or None when it is no longer there."""
        return next((each for each in self.questions if each.id == question_id), None)
