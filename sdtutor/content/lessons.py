"""Loading a lesson: front matter, sections, and everything that they refer to.

The file format is in docs/authoring.md.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from sdtutor.content.body import Body, Mention, include_address, rows_of
from sdtutor.content.front import parted
from sdtutor.content.includes import IncludeError, include
from sdtutor.content.links import FORM, lab_link
from sdtutor.content.records import Guess, Include, LabLink, Lesson, Section, Source
from sdtutor.content.roots import lesson_path, package_root
from sdtutor.content.texts import read_text, unsafe
from sdtutor.content.validation import fill, nearest
from sdtutor.content.yaml_tree import Document
from sdtutor.errors import ContentError

if TYPE_CHECKING:
    from sdtutor.content.forms import LessonForm

PLACEHOLDER = "FILL IN:"
"""Marks what a skeleton leaves to its author; a file that still holds it does not pass."""


def load_lesson(root: Path, concept: str, package: Path | None = None) -> Lesson:
    """Return a lesson.

    Args:
        root: The folder that holds ``lessons/``.
        concept: ``topic/slug``.
        package: The folder to which code includes are relative; the imported package when None.

    Raises:
        ContentError: The lesson breaks a rule of its format; the first problem.
    """
    lesson, problems = read_lesson(lesson_path(root, concept), package or package_root())
    if lesson is None:
        raise problems[0]
    return lesson


def read_lesson(path: Path, package: Path) -> tuple[Lesson | None, list[ContentError]]:
    """Return a lesson and no problem, or None and all problems of its file, by line."""
    text, problems = read_text(path)
    if problems:
        return None, problems
    try:
        front, body = split(path, text)
    except ContentError as error:
        return None, [error]
    lesson, found = _build(front, body, package)
    found += front.problems + placeholders(path, text)
    return (None if found else lesson), sorted(found, key=lambda problem: problem.line)


def split(path: Path, text: str) -> tuple[Document, Body]:
    """Return the parsed front matter of a lesson, and its body.

    Raises:
        ContentError: There is no front matter, or it is not acceptable YAML.
    """
    document, body, first_line = parted(path, text)
    return document, Body(path, body, first_line)


def placeholders(path: Path, text: str) -> list[ContentError]:
    """Return an error for each line that a skeleton left to its author."""
    return [
        ContentError(path, number, "This is still the skeleton's text.", "Write your own in its place.")
        for number, row in enumerate(text.split("\n"), start=1)
        if PLACEHOLDER in row
    ]


def with_code(section: Section, lesson: Lesson) -> str:
    """Return the Markdown of a section with the included code in the place of its includes.

    Each becomes a fence with the info string ``python <address> first_line=<number>``.
    """
    code = {each.address: each for each in lesson.includes}
    rows = [
        _fence(code[address]) if (address := include_address(row)) else row.text
        for row in rows_of(section.markdown)
    ]
    return "\n".join(rows)


def _fence(shown: Include) -> str:
    mark = "```"
    while mark in shown.code:
        mark += "`"
    return f"{mark}python {shown.address} first_line={shown.first_line}\n{shown.code}\n{mark}"


def _build(front: Document, body: Body, package: Path) -> tuple[Lesson | None, list[ContentError]]:
    from sdtutor.content.forms import LessonForm

    form, problems = fill(LessonForm, front.value, front)
    includes, broken = read_includes(body.path, body.includes, package)
    links, dead = _links(body)
    problems += [*body.problems(), *broken, *dead]
    if form is None:
        return None, problems
    problems += [*_front_rules(form, front), *_citations(form, front, body)]
    return _lesson(form, body, includes, links), problems


def _lesson(form: "LessonForm", body: Body, includes: list[Include], links: list[LabLink]) -> Lesson:
    guess = form.guess
    return Lesson(
        concept=f"{body.path.parent.name}/{body.path.stem}",
        path=body.path,
        title=form.title,
        summary=form.summary,
        minutes=form.minutes,
        level=form.level,
        requires=form.requires,
        goals=form.goals,
        guess=Guess(guess.prompt, guess.choices, guess.answer - 1, guess.why),
        sources=tuple(Source(**source.model_dump()) for source in form.sources),
        sections=body.sections,
        includes=tuple(includes),
        links=tuple(links),
    )


def _front_rules(form: "LessonForm", front: Document) -> Iterator[ContentError]:
    if form.guess.answer > len(form.guess.choices):
        message = f"The guess has {len(form.guess.choices)} choices; its answer is {form.guess.answer}."
        yield front.problem(("guess", "answer"), message, "Count the choices from 1.")
    ids = [source.id for source in form.sources]
    for index, source_id in enumerate(ids):
        if source_id in ids[:index]:
            yield front.problem(("sources", index), f'Two sources have the id "{source_id}".', "Rename one.")
    if len(set(form.requires)) < len(form.requires):
        yield front.problem(("requires",), "A concept is required twice.", "Name it once.")


def _citations(form: "LessonForm", front: Document, body: Body) -> Iterator[ContentError]:
    ids = [source.id for source in form.sources]
    cited = body.citations
    for mention in cited:
        if mention.target not in ids:
            message = f'There is no source "{mention.target}".'
            yield ContentError(
                body.path, mention.line, message, nearest(mention.target, ids, "The sources are")
            )
    for index, source_id in enumerate(ids):
        if source_id not in {mention.target for mention in cited}:
            hint = f"Cite it as [@{source_id}] where it supports a claim, or remove it."
            yield front.problem(("sources", index), f'Nothing cites the source "{source_id}".', hint)


def read_includes(
    path: Path, mentions: list[Mention], package: Path
) -> tuple[list[Include], list[ContentError]]:
    """Return the code that a file includes, and an error for each include that leads nowhere."""
    found: list[Include] = []
    problems = []
    for mention in mentions:
        try:
            shown = include(mention.target, package, mention.line)
        except IncludeError as error:
            problems.append(ContentError(path, mention.line, error.message, error.hint))
            continue
        if said := unsafe(shown.code):
            problems.append(ContentError(path, mention.line, f"In {shown.path}: {said[0]}", said[1]))
        found.append(shown)
    return found, problems


def _links(body: Body) -> tuple[list[LabLink], list[ContentError]]:
    concept = f"{body.path.parent.name}/{body.path.stem}"
    read = [(mention, lab_link(mention.target, concept, mention.line)) for mention in body.lab_links]
    problems = [
        ContentError(
            body.path, mention.line, f'"lab:{mention.target}" is not a link to a lab.', f"Write {FORM}."
        )
        for mention, link in read
        if link is None
    ]
    return [link for _, link in read if link], problems


def requirements(path: Path) -> dict[str, int]:
    """Return the concepts that a lesson requires, each with its line; none when it cannot be read."""
    text, problems = read_text(path)
    if problems:
        return {}
    try:
        front, _ = split(path, text)
    except ContentError:
        return {}
    wanted = front.value.get("requires") if isinstance(front.value, dict) else None
    named = enumerate(wanted if isinstance(wanted, tuple) else ())
    return {name: front.line(("requires", index)) for index, name in named if isinstance(name, str)}
