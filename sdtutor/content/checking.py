"""Every problem of every lesson, quiz and interview, in one run.

What needs labs (scenes, runs, the pairing with reference and lab) is not judged here, nor what needs the
matching of texts or a simulation.
"""

import graphlib
from collections.abc import Iterator
from pathlib import Path

from sdtutor.content.lessons import read_lesson, requirements
from sdtutor.content.lexicon import read_lexicon
from sdtutor.content.problem_records import Problem
from sdtutor.content.problems import problem_slugs, read_problem
from sdtutor.content.quizzes import read_quiz
from sdtutor.content.roots import interview_path, lexicon_path, package_root
from sdtutor.content.texts import read_text
from sdtutor.content.validation import fill, nearest
from sdtutor.content.yaml_tree import Document, parse
from sdtutor.core.slugs import TOPICS, is_slug
from sdtutor.errors import ContentError

_TREES = {"lessons": ".md", "quizzes": ".yaml"}
"""Folder below the root, and how its files end."""


def check_content(root: Path, package: Path | None = None) -> list[ContentError]:
    """Return all problems below a root, sorted by path and line.

    Args:
        root: The folder that holds ``lessons/``, ``quizzes/`` and ``interviews/``.
        package: The folder to which code includes are relative; the imported package when None.
    """
    package = package or package_root()
    if not (root / "lessons").is_dir():
        return [ContentError(root, 0, "There is no folder lessons/ here.", "Name the folder that holds it.")]
    problems: list[ContentError] = []
    for tree, suffix in _TREES.items():
        for path in _files(root / tree):
            problems += _address(path, root / tree, suffix)
            if path.suffix == suffix and path != root / "lessons" / "topics.yaml":
                problems += check_file(path, package)
    problems += [*_topics_file(root), *_pairing(root), *_unique(root), *_requires(root), *_interviews(root)]
    return sorted(problems, key=lambda problem: (str(problem.path), problem.line, problem.message))


def check_file(path: Path, package: Path | None = None) -> list[ContentError]:
    """Return all problems of one lesson (``.md``) or quiz (``.yaml``), by line.

    Args:
        path: The file; its name and folder give the concept.
        package: The folder to which code includes are relative; the imported package when None.
    """
    read = read_lesson if path.suffix == ".md" else read_quiz
    return read(path, package or package_root())[1]


def _files(folder: Path) -> list[Path]:
    return sorted(path for path in folder.rglob("*") if not path.is_dir() and not path.name.startswith("."))


def _concepts(root: Path, tree: str) -> dict[str, Path]:
    found = (root / tree).glob(f"*/*{_TREES[tree]}")
    return {
        f"{path.parent.name}/{path.stem}": path for path in sorted(found) if not path.name.startswith(".")
    }


def _address(path: Path, tree: Path, suffix: str) -> Iterator[ContentError]:
    parts = path.relative_to(tree).parts
    if path.name == "topics.yaml" and tree.name == "lessons" and len(parts) == 1:
        return
    if len(parts) != 2 or path.suffix != suffix:
        hint = f"Only {tree.name}/<topic>/<slug>{suffix} belongs here; move it or remove it."
        yield ContentError(path, 0, "This file has no place here.", hint)
        return
    if parts[0] not in TOPICS:
        yield ContentError(
            path, 0, f'There is no topic "{parts[0]}".', nearest(parts[0], TOPICS, "The topics are")
        )
    yield from _named(path)


def _named(path: Path) -> Iterator[ContentError]:
    if not is_slug(path.stem):
        hint = "Rename it: lower-case words joined by underscores, at most 40 characters."
        yield ContentError(path, 0, f'"{path.stem}" is not a slug.', hint)


def _topics_file(root: Path) -> list[ContentError]:
    from sdtutor.content.forms import TopicsForm

    path = root / "lessons" / "topics.yaml"
    if not path.is_file():
        return []
    text, problems = read_text(path)
    if problems:
        return problems
    try:
        document = parse(text, path)
    except ContentError as error:
        return [error]
    form, problems = fill(TopicsForm, document.value, document)
    slugs = tuple(topic.slug for topic in form.topics) if form else TOPICS
    return problems + document.problems + list(_ten_topics(document, slugs))


def _ten_topics(document: Document, slugs: tuple[str, ...]) -> Iterator[ContentError]:
    if slugs != TOPICS:
        hint = f"They are, in this order: {', '.join(TOPICS)}."
        yield document.problem(("topics",), "These are not the ten topics in their order.", hint)


def _interviews(root: Path) -> Iterator[ContentError]:
    """Yield what is wrong with interviews; problems are read only when the lexicon is sound."""
    tree = root / "interviews"
    for path in _files(tree):
        if path.parent != tree or path.suffix != ".yaml":
            hint = "Only interviews/<slug>.yaml belongs here; move it or remove it."
            yield ContentError(path, 0, "This file has no place here.", hint)
        else:
            yield from _named(path)
    if not problem_slugs(root):
        return
    lexicon, problems = read_lexicon(lexicon_path(root))
    if lexicon is None:
        yield from problems
        return
    for slug in problem_slugs(root):
        problem, problems = read_problem(interview_path(root, slug), lexicon)
        yield from problems
        if problem:
            yield from _study(root, problem)


def _study(root: Path, problem: Problem) -> Iterator[ContentError]:
    links = [(each.id, each.study) for each in problem.points if each.study]
    links += [(each.id, each.study) for each in problem.misconceptions if each.study]
    links += [(f"study.{index}", concept) for index, concept in enumerate(problem.study)]
    lessons = _concepts(root, "lessons")
    for where, concept in links:
        if concept not in lessons:
            hint = nearest(concept, lessons, "The lessons are")
            line = problem.lines[where]
            yield ContentError(problem.path, line, f'There is no lesson "{concept}" to study.', hint)


def _pairing(root: Path) -> Iterator[ContentError]:
    lessons, quizzes = _concepts(root, "lessons"), _concepts(root, "quizzes")
    for concept in lessons.keys() - quizzes.keys():
        yield ContentError(lessons[concept], 0, "This lesson has no quiz.", f"Write quizzes/{concept}.yaml.")
    for concept in quizzes.keys() - lessons.keys():
        hint = f"Write lessons/{concept}.md, or rename the quiz after its lesson."
        yield ContentError(quizzes[concept], 0, "This quiz has no lesson.", hint)


def _unique(root: Path) -> Iterator[ContentError]:
    first: dict[str, Path] = {}
    for path in _concepts(root, "lessons").values():
        other = first.setdefault(path.stem, path)
        if other != path:
            where = other.relative_to(root).as_posix()
            yield ContentError(path, 0, f'The slug "{path.stem}" is taken by {where}.', "Choose another.")


def _requires(root: Path) -> Iterator[ContentError]:
    lessons = _concepts(root, "lessons")
    wanted = {concept: requirements(path) for concept, path in lessons.items()}
    for concept, lines in wanted.items():
        for name, line in lines.items():
            if name not in lessons:
                hint = nearest(name, lessons.keys() - {concept}, "The concepts are")
                yield ContentError(lessons[concept], line, f'There is no concept "{name}" to require.', hint)
    for cycle in _cycles({concept: list(lines) for concept, lines in wanted.items()}):
        path, line = lessons[cycle[0]], wanted[cycle[0]][cycle[1]]
        message = f"These lessons require each other: {' → '.join(cycle)}."
        yield ContentError(path, line, message, "Remove one of the requirements.")


def _cycles(requires: dict[str, list[str]]) -> Iterator[list[str]]:
    """Yield cycles, each ending where it begins, until none is left; each loses its first edge then."""
    while True:
        try:
            graphlib.TopologicalSorter(requires).prepare()
        except graphlib.CycleError as error:
            cycle = list(reversed(error.args[1]))
            yield cycle
            requires[cycle[0]].remove(cycle[1])
        else:
            return
