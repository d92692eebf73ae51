"""Every problem of all content, in one run: files by themselves, and what only holds between them."""

from collections.abc import Callable, Iterator
from pathlib import Path

from sdtutor.content.checking import check_content as check_files
from sdtutor.content.lessons import read_lesson
from sdtutor.content.quizzes import read_quiz
from sdtutor.content.records import AnyQuestion, LabLink, PredictQuestion
from sdtutor.content.roots import content_root, lesson_path, package_root, quiz_path
from sdtutor.content.validation import nearest
from sdtutor.errors import ContentError, UsageError
from sdtutor.session.check_code import check_columns, check_pairing
from sdtutor.session.check_labs import Declarations, check_labs
from sdtutor.session.check_problems import check_problems
from sdtutor.session.fresh import fresh
from sdtutor.session.labs import LabShelf
from sdtutor.session.play import scene_step
from sdtutor.session.predictions import right_option


def check_content(
    root: Path | None = None, shelf: LabShelf | None = None, told: Callable[[str], None] = lambda _what: None
) -> tuple[ContentError, ...]:
    """Return all problems, sorted by path and line.

    The package's own root is checked together with its labs and its code. Of another root, the files are
    checked, and what they say about the labs.

    Args:
        root: The folder that holds ``lessons/``, ``quizzes/``, ``interviews/``; None means the package's own.
        shelf: The labs; None means the package's own.
        told: Told what is looked at: searching in a lab takes seconds.
    """
    own = root is None or root.resolve() == content_root().resolve()
    root, labs = root or content_root(), Declarations(shelf or LabShelf())
    problems = [*check_files(root), *_links(root, labs), *_quizzes(root, labs), *check_problems(root, told)]
    if own or shelf:
        problems += check_labs(labs, told)
    if own:
        problems += [*check_pairing(package_root(), root), *check_columns(package_root())]
    return tuple(sorted(problems, key=lambda problem: (str(problem.path), problem.line, problem.message)))


def _links(root: Path, labs: Declarations) -> Iterator[ContentError]:
    """Yield the links of lessons into labs that lead nowhere; lessons with other mistakes are passed over."""
    for path in sorted((root / "lessons").glob("*/*.md")):
        lesson, _ = read_lesson(lesson_path(root, f"{path.parent.name}/{path.stem}"), package_root())
        for link in lesson.links if lesson else ():
            yield from _link(path, link.line, link, labs)


def _link(path: Path, line: int, link: LabLink, labs: Declarations) -> Iterator[ContentError]:
    if link.concept not in labs.shelf.names:
        hint = nearest(link.concept, labs.shelf.names, "The labs are")
        yield ContentError(path, line, f'There is no lab "{link.concept}" to link to.', hint)
        return
    lab = labs.lab(link.concept)
    if lab:
        try:
            scene_step(lab, link)
        except UsageError as error:
            yield ContentError(path, line, error.message, error.hint)


def _quizzes(root: Path, labs: Declarations) -> Iterator[ContentError]:
    for path in sorted((root / "quizzes").glob("*/*.yaml")):
        quiz, _ = read_quiz(quiz_path(root, f"{path.parent.name}/{path.stem}"), package_root())
        for question in quiz.questions if quiz else ():
            yield from _question(path, question, labs)


def _question(path: Path, question: AnyQuestion, labs: Declarations) -> Iterator[ContentError]:
    if question.lab:
        yield from _link(path, question.lab.line or question.line, question.lab, labs)
    if isinstance(question, PredictQuestion):
        yield from _prediction(path, question, labs)


def _prediction(path: Path, question: PredictQuestion, labs: Declarations) -> Iterator[ContentError]:
    name = question.run.lab
    if name not in labs.shelf.names:
        hint = nearest(name, labs.shelf.names, "The labs are")
        yield ContentError(path, question.line, f'There is no lab "{name}" to run.', hint)
        return
    lab = labs.lab(name)
    if lab is None:
        return
    try:
        if question.ask.kind == "skill":
            fresh(lab, name, str(question.ask.target), 0, question.run.variant, question.run.parameters)
            return
        right = right_option(question, lab)
    except UsageError as error:
        yield ContentError(path, question.line, error.message, error.hint)
        return
    if right in question.others:
        yield ContentError(
            path, question.line, f'The option "{right}" of "others" is right.', "Replace it by a wrong one."
        )
