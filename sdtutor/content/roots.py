"""Where the content and the package lie: never decided by the working directory."""

from pathlib import Path

import sdtutor
from sdtutor.errors import SdtutorError


def package_root() -> Path:
    """Return the folder of the imported package: code includes are relative to it."""
    return Path(sdtutor.__file__).resolve().parent


def lesson_path(root: Path, concept: str) -> Path:
    """Return where the lesson of a concept lies."""
    return root / "lessons" / f"{concept}.md"


def quiz_path(root: Path, concept: str) -> Path:
    """Return where the quiz of a concept lies."""
    return root / "quizzes" / f"{concept}.yaml"


def interview_path(root: Path, slug: str) -> Path:
    """Return where an interview problem lies."""
    return root / "interviews" / f"{slug}.yaml"


def lexicon_path(root: Path) -> Path:
    """Return where the words lie that all interview problems share."""
    return interview_path(root, "lexicon")


def content_root() -> Path:
    """Return the folder that holds ``lessons/``, ``quizzes/`` and ``interviews/``.

    In a wheel it is ``_content`` inside the package, in a checkout the folder beside it.

    Raises:
        SdtutorError: Neither is there; the installation is incomplete.
    """
    package = package_root()
    for folder in (package / "_content", package.parent):
        if (folder / "lessons").is_dir():
            return folder
    raise SdtutorError(
        f"There are no lessons beside {package}.",
        "The installation is incomplete: install sdtutor again.",
    )
