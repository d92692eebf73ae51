"""Stored interviews as lines that a person, or a script, would type."""

import json
from pathlib import Path
from typing import Any

from calling import REPO

from sdtutor.interview.records import Entry
from sdtutor.interview.transcript import load

TRANSCRIPTS = REPO / "tests/interview/transcripts"
STRONG = TRANSCRIPTS / "url_shortener/strong.yaml"
HELD = ("url", "--minutes", "45", "--level", "senior", "--seed", "3")
"""How the strong interview was held."""


def lines_of(path: Path = STRONG) -> list[str]:
    """Return a stored interview as lines, each entry after a line that says when it was."""
    return [line for entry in load(path).entries for line in (f"@{entry.at_s:g}", *_typed(entry))]


def _typed(entry: Entry) -> list[str]:
    if entry.does == "draw":
        return ["/draw", *entry.text.splitlines(), "."]
    prefix = {"say": "/" if entry.text.startswith("/") else "", "pad": "/pad ", "command": "/"}[entry.does]
    *first, last = (prefix + entry.text).split("\n")
    return [*(f"{line} \\" for line in first), last]


def text_of(lines: list[str]) -> str:
    """Return lines as standard input has them."""
    return "".join(f"{line}\n" for line in lines)


def records(out: str) -> list[dict[str, Any]]:
    """Return JSON Lines as objects."""
    return [json.loads(row) for row in out.splitlines()]
