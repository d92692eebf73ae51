"""The file formats of front matter and quizzes, as pydantic models: shape, types and bounds.

Importing this module imports pydantic; only code that loads a file does so. Rules that need more than
one key stand beside the loaders.
"""

from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field

Text = Annotated[str, Field(min_length=1)]
OneLine = Annotated[str, Field(min_length=1, pattern=r"^[^\n]*\z")]
Slug = Annotated[str, Field(pattern=r"^[a-z][a-z0-9]*(_[a-z0-9]+)*\z", max_length=40)]
Id = Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9_-]*\z", max_length=60)]
ConceptId = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*/[a-z][a-z0-9_]*\z")]
Options = Annotated[tuple[Text, ...], Field(min_length=2, max_length=4)]
Level = Literal["mid", "senior"]


class Form(BaseModel):
    """Strict, and without unknown keys: a typing error in a key must not pass in silence."""

    model_config = ConfigDict(strict=True, extra="forbid", str_strip_whitespace=True, allow_inf_nan=False)


class SourceForm(Form):
    """An entry of ``sources``."""

    id: Id
    title: OneLine
    authors: OneLine
    year: int = Field(ge=1900, le=2100)
    where: str = ""
    url: Annotated[str, Field(pattern=r"^(https?://\S+)?\z")] = ""


class GuessForm(Form):
    """``guess``; its answer counts from 1."""

    prompt: Text
    choices: Options
    answer: int = Field(ge=1)
    why: Text


class LessonForm(Form):
    """The front matter of a lesson."""

    format: Literal[1]
    title: OneLine = Field(max_length=60)
    summary: OneLine = Field(max_length=100)
    minutes: int = Field(ge=1, le=60)
    level: Level
    requires: tuple[ConceptId, ...]
    goals: tuple[OneLine, ...] = Field(min_length=2, max_length=4)
    guess: GuessForm
    sources: tuple[SourceForm, ...] = Field(min_length=1)


class TopicForm(Form):
    """An entry of ``topics.yaml``."""

    slug: Slug
    title: OneLine = Field(max_length=40)
    summary: OneLine = Field(max_length=100)


class TopicsForm(Form):
    """``topics.yaml``."""

    format: Literal[1]
    topics: tuple[TopicForm, ...]


class QuizForm(Form):
    """A quiz; each question is read by the form of its kind."""

    format: Literal[1]
    questions: tuple[dict[str, Any], ...] = Field(min_length=8)


class QuestionForm(Form):
    """What all kinds have."""

    id: Slug
    kind: str
    level: Level = "mid"
    skill: OneLine = Field(max_length=100)
    prompt: Text
    why: Text
    lab: OneLine | None = None
    source: OneLine | None = None


class ChoiceForm(Form):
    """An entry of ``choices``."""

    text: Text
    why: Text
    correct: bool = False


class ChoicesForm(QuestionForm):
    """``choice`` and ``multi``."""

    choices: tuple[ChoiceForm, ...] = Field(min_length=3, max_length=5)


class OrderForm(QuestionForm):
    """``order``."""

    items: tuple[Text, ...] = Field(min_length=3, max_length=8)


class NumberForm(QuestionForm):
    """``number``; the unit is required, though it may be empty."""

    answer: float
    unit: str
    tolerance: float = Field(default=0.05, ge=0, lt=1)


class GapForm(QuestionForm):
    """``gap``."""

    accept: tuple[OneLine, ...] = Field(min_length=1)


class LineForm(QuestionForm):
    """``line``."""

    include: OneLine
    answer: tuple[Annotated[int, Field(ge=1)], ...] = Field(min_length=1)


class RunForm(Form):
    """``run`` of a prediction."""

    lab: ConceptId
    variant: Literal["reference", "textbook"]
    parameters: dict[str, Any] = {}
    seed: int = Field(default=0, ge=0)
    scene: Slug | None = None
    events: tuple[OneLine, ...] = ()
    steps: int = Field(default=0, ge=0, le=10_000)


class AskForm(Form):
    """``ask`` of a prediction: one of its keys."""

    result: int | None = Field(default=None, ge=-1)
    stored: OneLine | None = None
    view: OneLine | None = None
    invariant: OneLine | None = None
    measure: OneLine | None = None
    steps: Literal[True] | None = None
    skill: Slug | None = None


class PredictForm(QuestionForm):
    """``predict``."""

    run: RunForm
    ask: AskForm
    others: Annotated[tuple[Text, ...], Field(max_length=4)] = ()
    unit: str = ""


QUESTION_FORMS: dict[str, type[QuestionForm]] = {
    "choice": ChoicesForm,
    "multi": ChoicesForm,
    "order": OrderForm,
    "number": NumberForm,
    "gap": GapForm,
    "line": LineForm,
    "predict": PredictForm,
}
"""The form of each kind."""
