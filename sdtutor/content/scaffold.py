"""Skeletons for a new concept: files that say what to write, and do not pass until it is written."""

from pathlib import Path
from string import Template

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
    existing = [path for path in files if path.exists()]
    if existing:
        raise UsageError(
            f"{existing[0]} exists already.", "Choose another slug, or remove the file yourself."
        )
    title = slug.replace("_", " ").capitalize()
    facts = {"topic": topic, "slug": slug, "title": title, "class_name": slug.title().replace("_", "")}
    written = _topic_packages(package, topic)
    for path, template in files.items():
        text = (_TEMPLATES / template).read_text(encoding="utf-8")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(Template(text).substitute(facts), encoding="utf-8")
        written.append(path)
    return written


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
    if root.is_relative_to(package):
        hint = "Work in a checkout: clone the repository and pip install -e '.[test]'."
        raise UsageError("An installed sdtutor cannot be added to.", hint)
    if topic not in TOPICS:
        raise UsageError(f'There is no topic "{topic}".', nearest(topic, TOPICS, "The topics are"))
    if not is_slug(slug):
        raise UsageError(
            f'"{slug}" is not a slug.',
            "Write lower-case words joined by underscores, for example refresh_ahead.",
        )
    taken = next((root / "lessons").glob(f"*/{slug}.md"), None)
    if taken:
        raise UsageError(f'The slug "{slug}" is taken by {taken}.', "Slugs are unique: choose another.")


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
