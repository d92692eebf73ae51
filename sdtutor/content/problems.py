"""Loading an interview problem, by the format in docs/authoring.md, and listing those that there are."""

from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING

from sdtutor.content import problem_records as records
from sdtutor.content.lessons import placeholders
from sdtutor.content.lexicon import load_lexicon
from sdtutor.content.patterns import PatternReader
from sdtutor.content.problem_rules import IDENTIFIED, rules
from sdtutor.content.roots import interview_path, lexicon_path
from sdtutor.content.texts import read_text
from sdtutor.content.validation import fill
from sdtutor.content.yaml_tree import Document, parse
from sdtutor.core.slugs import is_slug
from sdtutor.core.systems import Flow, Query
from sdtutor.errors import ContentError

if TYPE_CHECKING:
    from sdtutor.content.problem_forms import ProblemForm


@dataclass(frozen=True, slots=True)
class ProblemEntry:
    """A problem, as a list presents it.

    Args:
        slug: Its file's name.
        title: For people; the slug when the file says nothing usable.
        summary: One line; may be empty.
        path: Its file.
    """

    slug: str
    title: str
    summary: str
    path: Path


def problem_slugs(root: Path) -> tuple[str, ...]:
    """Return the names of all problems below a root, sorted; no file is opened."""
    found = sorted((root / "interviews").glob("*.yaml"))
    return tuple(path.stem for path in found if is_slug(path.stem) and path != lexicon_path(root))


def list_problems(root: Path) -> tuple[ProblemEntry, ...]:
    """Return all problems below a root, by slug, without validating them.

    Args:
        root: The folder that holds ``interviews/``.
    """
    return tuple(_entry(slug, interview_path(root, slug)) for slug in problem_slugs(root))


def find_entry(root: Path, slug: str) -> ProblemEntry | None:
    """Return one problem of a list, reading no other file; None when there is none.

    Args:
        root: The folder that holds ``interviews/``.
        slug: Its file's name.
    """
    return _entry(slug, interview_path(root, slug)) if slug in problem_slugs(root) else None


def load_problem(root: Path, slug: str) -> records.Problem:
    """Return a problem.

    Args:
        root: The folder that holds ``interviews/``.
        slug: Its file's name.

    Raises:
        ContentError: The problem or the lexicon breaks a rule of its format; the first problem.
    """
    problem, wrong = read_problem(interview_path(root, slug), load_lexicon(root))
    if problem is None:
        raise wrong[0]
    return problem


def read_problem(path: Path, lexicon: records.Lexicon) -> tuple[records.Problem | None, list[ContentError]]:
    """Return a problem and no error, or None and all errors of its file, by line."""
    from sdtutor.content.problem_forms import ProblemForm

    text, wrong = read_text(path)
    if wrong:
        return None, wrong
    try:
        document = parse(text, path)
    except ContentError as error:
        return None, [error]
    form, found = fill(ProblemForm, document.value, document)
    found += document.problems + placeholders(path, text)
    problem = None
    if form is not None:
        reader = PatternReader(document, lexicon.words)
        problem = _Builder(document, reader).problem(form)
        found += [*reader.problems, *rules(form, document)]
    return (None if found else problem), sorted(found, key=lambda each: each.line)


def _entry(slug: str, path: Path) -> ProblemEntry:
    """Return a problem's entry from the lines before its first list: parsing all of it takes longer."""
    text, _ = read_text(path)
    head = text.partition("\nasks:")[0]
    try:
        value = parse(head, path).value
    except ContentError:
        value = None
    said = value if isinstance(value, dict) else {}
    title, summary = (str(said.get(key) or "").strip() for key in ("title", "summary"))
    return ProblemEntry(slug, title or slug, summary, path)


class _Builder:
    """Makes the records of a problem from its form."""

    def __init__(self, document: Document, reader: PatternReader) -> None:
        self.document = document
        self.patterns = reader.patterns
        self.phrases = reader.phrases

    def problem(self, form: "ProblemForm") -> records.Problem:
        return records.Problem(
            slug=self.document.path.stem,
            title=form.title,
            summary=form.summary,
            prompt=form.prompt,
            asks=self.asks(form),
            operations=self.operations(form),
            numbers=self.numbers(form),
            flows=_flows(form),
            queries=tuple(Query(each.name, each.title, each.by) for each in form.queries),
            points=self.points(form),
            misconceptions=self.misconceptions(form),
            follow_ups=tuple(
                records.FollowUp(each.id, each.ask, each.said, each.unsaid, each.about, each.points)
                for each in form.follow_ups
            ),
            changes=tuple(records.Change(each.id, each.says, None, each.points) for each in form.changes),
            failures=tuple(
                records.Change(each.id, each.says, each.about, each.points) for each in form.failures
            ),
            levels=MappingProxyType(form.levels.model_dump()),
            designs=tuple(
                records.ReferenceDesign(each.title, each.drawing, each.numbers, each.trade_off)
                for each in form.designs
            ),
            study=form.study,
            lines=MappingProxyType(_lines(form, self.document)),
            path=self.document.path,
            peak=form.load.peak,
        )

    def asks(self, form: "ProblemForm") -> tuple[records.Ask, ...]:
        return tuple(
            records.Ask(
                id=each.id,
                about=self.patterns(each.about, ("asks", index, "about")),
                answer=each.answer,
                hidden=each.hidden,
                category=each.category,
            )
            for index, each in enumerate(form.asks)
        )

    def operations(self, form: "ProblemForm") -> tuple[records.Operation, ...]:
        return tuple(
            records.Operation(each.id, each.title, self.patterns(each.words, ("operations", index, "words")))
            for index, each in enumerate(form.operations)
        )

    def numbers(self, form: "ProblemForm") -> tuple[records.Number, ...]:
        return tuple(
            records.Number(
                id=each.id,
                title=each.title,
                unit=each.unit,
                low=each.low,
                high=each.high,
                words=self.phrases(each.words, ("numbers", index, "words")),
                decides=each.decides,
                says=self.patterns(each.says, ("numbers", index, "says")),
                core=each.core,
            )
            for index, each in enumerate(form.numbers)
        )

    def points(self, form: "ProblemForm") -> tuple[records.Point, ...]:
        return tuple(
            records.Point(
                id=each.id,
                stage=each.stage,
                dimension=each.dimension,
                title=each.title,
                core=each.core,
                level=each.level,
                says=self.patterns(each.says, ("points", index, "says")),
                model=each.model,
                ask=each.ask,
                study=each.study,
            )
            for index, each in enumerate(form.points)
        )

    def misconceptions(self, form: "ProblemForm") -> tuple[records.Misconception, ...]:
        return tuple(
            records.Misconception(
                id=each.id,
                says=self.patterns(each.says, ("misconceptions", index, "says")),
                why=each.why,
                dimension=each.dimension,
                study=each.study,
            )
            for index, each in enumerate(form.misconceptions)
        )


def _flows(form: "ProblemForm") -> tuple[Flow, ...]:
    return tuple(
        Flow(
            name=each.name,
            title=each.title,
            stops=each.stops,
            per_second=each.share * form.load.per_second,
            writes=each.writes,
            durable=each.durable,
        )
        for each in form.flows
    )


def _lines(form: "ProblemForm", document: Document) -> dict[str, int]:
    """Return the line of everything that an error may be about.

    By id; flows, queries, designs and links by ``flow.<name>``, ``query.<name>``, ``design.<index>`` and
    ``study.<index>``.
    """
    found = {
        each.id: document.line((key, index))
        for key in IDENTIFIED
        for index, each in enumerate(getattr(form, key))
    }
    found |= {f"flow.{each.name}": document.line(("flows", i)) for i, each in enumerate(form.flows)}
    found |= {f"query.{each.name}": document.line(("queries", i)) for i, each in enumerate(form.queries)}
    found |= {f"design.{i}": document.line(("designs", i)) for i in range(len(form.designs))}
    return found | {f"study.{i}": document.line(("study", i)) for i in range(len(form.study))}
