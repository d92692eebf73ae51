"""Skeletons for something new: files that say what to write, and do not pass until it is written."""

from collections.abc import Mapping
from pathlib import Path
from string import Template

from sdtutor.content.roots import interview_path
from sdtutor.content.validation import nearest
from sdtutor.core.slugs import TOPICS, is_slug
from sdtutor.errors import UsageError

_TEMPLATES = Path(__file__).parent / "templates"


def scaffold(root: Path, package: Path, topic: str, slug: str) -> list[Path]:
    """Write the skeletons of a concept's files; return the files that were written.

    Args:
        root: The folder that holds ``lessons/`` and ``quizzes/``; the test goes to its ``tests/``.
        package: The folder that holds ``reference/`` and ``labs/``.
        topic: One of the ten.
        slug: The new concept's name: snake_case.

    Raises:
        UsageError: The topic is unknown, the slug is not one or is taken, a file exists, or the root lies
            inside an installed package.
    """
    _refuse(root, package, topic, slug)
    files = _files(root, package, topic, slug)
    _keep(files)
    return [*_topic_packages(package, topic), *_write(files, topic, slug)]


def scaffold_interview(root: Path, package: Path, slug: str) -> list[Path]:
    """Write the skeleton of an interview problem; return the file that was written.

    Args:
        root: The folder that holds ``interviews/``.
        package: The folder of the package.
        slug: The new problem's name: snake_case.

    Raises:
        UsageError: The slug is not one, the file exists, or the root lies inside an installed package.
    """
    _refuse_place(root, package)
    _refuse_slug(slug)
    files = {interview_path(root, slug): "interview.yaml"}
    _keep(files)
    return _write(files, "", slug)


def _keep(files: Mapping[Path, str]) -> None:
    """Refuse to write over what is there."""
    existing = [path for path in files if path.exists()]
    if existing:
        raise UsageError(
            f"{existing[0]} exists already.", "Choose another slug, or remove the file yourself."
        )


def _write(files: Mapping[Path, str], topic: str, slug: str) -> list[Path]:
    title = slug.replace("_", " ").capitalize()
    facts = {"topic": topic, "slug": slug, "title": title, "class_name": slug.title().replace("_", "")}
    for path, template in files.items():
        text = (_TEMPLATES / template).read_text(encoding="utf-8")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(Template(text).substitute(facts), encoding="utf-8")
    return list(files)


def _files(root: Path, package: Path, topic: str, slug: str) -> dict[Path, str]:
    lab = package / "labs" / topic / slug
    return {
        root / "lessons" / topic / f"{slug}.md": "lesson.md",
        root / "quizzes" / topic / f"{slug}.yaml": "quiz.yaml",
        package / "reference" / topic / f"{slug}.py": "reference.py.txt",
        lab / "__init__.py": "lab.py.txt",
        lab / "promises.py": "promises.py.txt",
        lab / "story.py": "story.py.txt",
        root / "tests" / "concepts" / topic / f"test_{slug}.py": "test.py.txt",
    }


def _refuse(root: Path, package: Path, topic: str, slug: str) -> None:
    _refuse_place(root, package)
    if topic not in TOPICS:
        raise UsageError(f'There is no topic "{topic}".', nearest(topic, TOPICS, "The topics are"))
    _refuse_slug(slug)
    taken = next((root / "lessons").glob(f"*/{slug}.md"), None)
    if taken:
        raise UsageError(f'The slug "{slug}" is taken by {taken}.', "Slugs are unique: choose another.")


def _refuse_place(root: Path, package: Path) -> None:
    if root.is_relative_to(package):
        hint = "Work in a checkout: clone the repository and pip install -e '.[test]'."
        raise UsageError("An installed sdtutor cannot be added to.", hint)


def _refuse_slug(slug: str) -> None:
    if not is_slug(slug):
        raise UsageError(
            f'"{slug}" is not a slug.',
            "Write lower-case words joined by underscores, for example refresh_ahead.",
        )


def _topic_packages(package: Path, topic: str) -> list[Path]:
    """Write the missing ``__init__.py`` of the topic; return those written."""
    written = []
    for tree, what in (("reference", "Reference implementations"), ("labs", "Labs")):
        path = package / tree / topic / "__init__.py"
        if not path.exists():
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(f'"""{what} about {topic.replace("_", " ")}."""\n', encoding="utf-8")
            written.append(path)
    return written
