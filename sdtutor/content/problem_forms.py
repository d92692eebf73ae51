"""The file format of an interview problem, as pydantic models: shape, types and bounds.

Importing this module imports pydantic; only code that loads a problem does so. Patterns stay as they are in
the file: :mod:`sdtutor.content.patterns` reads them, because they refer to the lexicon. How many entries a
list needs is editorial: enough that two interviews about the problem differ.
"""

from typing import Annotated, Any, Literal

from pydantic import Field

from sdtutor.content.forms import Form, Level, OneLine, Slug, Text
from sdtutor.content.problem_records import Dimension, StageName
from sdtutor.core.systems import Kind

StudyLink = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*/[a-z][a-z0-9_]*\z")]
MaybeStudy = Annotated[str, Field(pattern=r"^([a-z][a-z0-9_]*/[a-z][a-z0-9_]*)?\z")]
Patterns = Annotated[tuple[Any, ...], Field(min_length=1)]
PerSecond = Annotated[float, Field(gt=0, le=1e12)]
Words = Annotated[tuple[OneLine, ...], Field(min_length=1)]
Sentences = Annotated[tuple[Text, ...], Field(min_length=2)]


class AskForm(Form):
    """An entry of ``asks``."""

    id: Slug
    about: Patterns
    answer: Text
    hidden: bool
    category: OneLine


class OperationForm(Form):
    """An entry of ``operations``."""

    id: Slug
    title: OneLine
    words: Patterns


class NumberForm(Form):
    """An entry of ``numbers``."""

    id: Slug
    title: OneLine
    unit: str
    low: float = Field(gt=0)
    high: float = Field(gt=0)
    words: tuple[Any, ...] = Field(min_length=1)
    decides: Text
    says: Patterns
    core: bool = True


class FlowForm(Form):
    """An entry of ``flows``."""

    name: Slug
    title: OneLine
    stops: tuple[Annotated[tuple[Kind, ...], Field(min_length=1)], ...] = Field(min_length=2)
    share: float = Field(ge=0, le=1)
    writes: bool = False
    durable: bool = True


class LoadForm(Form):
    """``load``: the problem's own figures."""

    per_second: PerSecond
    peak: float = Field(ge=1, le=1000)


class QueryForm(Form):
    """An entry of ``queries``."""

    name: Slug
    title: OneLine
    by: tuple[Words, ...] = Field(min_length=1)


class PointForm(Form):
    """An entry of ``points``."""

    id: Slug
    stage: StageName
    dimension: Dimension
    title: OneLine
    core: bool = True
    level: Level = "mid"
    says: Patterns
    model: Text
    ask: OneLine
    study: MaybeStudy = ""


class MisconceptionForm(Form):
    """An entry of ``misconceptions``."""

    id: Slug
    says: Patterns
    why: Text
    dimension: Dimension
    study: MaybeStudy = ""


class FollowUpForm(Form):
    """An entry of ``follow_ups``."""

    id: Slug
    ask: OneLine
    said: tuple[Slug, ...] = ()
    unsaid: tuple[Slug, ...] = ()
    about: Kind | None = None
    points: tuple[Slug, ...] = Field(min_length=1)


class ChangeForm(Form):
    """An entry of ``changes``."""

    id: Slug
    says: Text
    points: tuple[Slug, ...] = Field(min_length=1)


class FailureForm(ChangeForm):
    """An entry of ``failures``."""

    about: Kind


class LevelsForm(Form):
    """``levels``: what is expected of each."""

    mid: Sentences
    senior: Sentences
    staff: Annotated[tuple[Text, ...], Field(min_length=1)]


class DesignForm(Form):
    """An entry of ``designs``."""

    title: OneLine
    drawing: Text
    numbers: Words
    trade_off: Text


class ProblemForm(Form):
    """``interviews/<slug>.yaml``."""

    format: Literal[1]
    title: OneLine = Field(max_length=60)
    summary: OneLine = Field(max_length=120)
    prompt: Text
    asks: tuple[AskForm, ...] = Field(min_length=5)
    operations: tuple[OperationForm, ...] = Field(min_length=3)
    numbers: tuple[NumberForm, ...] = Field(min_length=3)
    flows: tuple[FlowForm, ...] = Field(min_length=2)
    load: LoadForm
    queries: tuple[QueryForm, ...] = Field(min_length=1)
    points: tuple[PointForm, ...] = Field(min_length=10)
    misconceptions: tuple[MisconceptionForm, ...] = Field(min_length=2)
    follow_ups: tuple[FollowUpForm, ...] = Field(min_length=4)
    changes: tuple[ChangeForm, ...] = Field(min_length=2)
    failures: tuple[FailureForm, ...] = Field(min_length=2)
    levels: LevelsForm
    designs: tuple[DesignForm, ...] = Field(min_length=2)
    study: tuple[StudyLink, ...] = Field(min_length=1)


class LexiconForm(Form):
    """``interviews/lexicon.yaml``; the phrases of a word are read as a group is."""

    format: Literal[1]
    words: dict[str, tuple[Any, ...]] = Field(min_length=1)
