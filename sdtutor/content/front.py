"""The front matter of a lesson by itself: all that a list of lessons needs."""

from pathlib import Path
from typing import Any

from sdtutor.content.texts import read_text
from sdtutor.content.yaml_tree import Document, parse
from sdtutor.errors import ContentError


def parted(path: Path, text: str) -> tuple[Document, str, int]:
    """Return the parsed front matter of a lesson, the text of its body, and the line on which that begins.

    Raises:
        ContentError: There is no front matter, or it is not acceptable YAML.
    """
    rows = text.split("\n")
    end = next((index for index, row in enumerate(rows) if index and row.rstrip() == "---"), None)
    if rows[0].rstrip() != "---" or end is None:
        hint = 'Put the front matter between a first line "---" and a second one.'
        raise ContentError(path, 1, "The lesson does not begin with front matter.", hint)
    document = parse("\n".join(rows[1:end]), path, first_line=2)
    return document, "\n".join(rows[end + 1 :]), end + 2


def header(path: Path) -> dict[str, Any]:
    """Return the front matter of a lesson as it stands, unvalidated and without its body.

    Raises:
        ContentError: It cannot be read at all, or is not a block of keys.
    """
    text, problems = read_text(path)
    if problems:
        raise problems[0]
    document, _, _ = parted(path, text)
    if not isinstance(document.value, dict):
        raise ContentError(path, 2, "The front matter is not a block of keys.", "Write name: value lines.")
    return document.value
