"""The questions of a quiz as they stand in its file, for lists and searches: the file need not be sound."""

from pathlib import Path
from typing import Any

from sdtutor.content.roots import quiz_path
from sdtutor.content.texts import read_text
from sdtutor.content.yaml_tree import parse
from sdtutor.errors import ContentError


def raw_questions(root: Path, concept: str) -> tuple[dict[str, Any], ...]:
    """Return the questions of a quiz as they stand in the file, those with an id; none if unreadable."""
    path = quiz_path(root, concept)
    text, problems = read_text(path) if path.is_file() else ("", [])
    if problems or not text:
        return ()
    try:
        value = parse(text, path).value
    except ContentError:
        return ()
    entries = value.get("questions") if isinstance(value, dict) else None
    listed = entries if isinstance(entries, tuple) else ()
    return tuple(each for each in listed if isinstance(each, dict) and isinstance(each.get("id"), str))
