"""Finding words in titles, summaries, lessons and questions."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from sdtutor.content.catalogue import Entry
from sdtutor.content.lessons import split
from sdtutor.content.raw_quiz import raw_questions
from sdtutor.content.roots import lesson_path
from sdtutor.content.texts import read_text
from sdtutor.errors import ContentError
from sdtutor.session.desk import Desk
from sdtutor.session.views import ListKind, SearchHit

EXCERPT = 72
"""Characters of an excerpt: as wide as the prose of a lesson."""

_TITLE, _SUMMARY, _HEADING, _TEXT = 100, 30, 10, 1
"""What a word counts where it is found. Editorial: a title beats any number of mentions."""

_KIND_ORDER: tuple[ListKind, ...] = ("lesson", "lab", "quiz")


@dataclass(frozen=True, slots=True)
class _Field:
    """A text in which words are looked for, what a word in it counts, and where it is."""

    text: str
    weight: int
    place: str = ""


def search(desk: Desk, words: str) -> tuple[SearchHit, ...]:
    """Return where all these words are found, best first; nothing for no words."""
    wanted = [_pattern(word) for word in words.split()]
    if not wanted:
        return ()
    scored = []
    for number, entry in enumerate(desk.catalogue.entries):
        for kind, fields in _documents(desk, entry):
            found = _match(list(fields), wanted)
            if found:
                score, field, at = found
                hit = SearchHit(kind, entry.concept, entry.title, _excerpt(field.text, at), field.place)
                scored.append((-score, number, _KIND_ORDER.index(kind), hit))
    return tuple(hit for *_, hit in sorted(scored, key=lambda each: each[:3]))


def _pattern(word: str) -> re.Pattern[str]:
    """Return what finds a word at the beginning of words, in any case."""
    return re.compile(rf"(?<![^\W_]){re.escape(word)}", re.IGNORECASE)


def _documents(desk: Desk, entry: Entry) -> Iterator[tuple[ListKind, Iterator[_Field]]]:
    yield "lesson", _lesson_fields(desk.root, entry)
    if entry.concept in desk.shelf.names:
        yield "lab", _head(entry)
    if entry.has_quiz:
        yield "quiz", _quiz_fields(desk.root, entry)


def _head(entry: Entry) -> Iterator[_Field]:
    yield _Field(f"{entry.title} · {entry.slug.replace('_', ' ')}", _TITLE)
    yield _Field(entry.summary, _SUMMARY)


def _lesson_fields(root: Path, entry: Entry) -> Iterator[_Field]:
    yield from _head(entry)
    path = lesson_path(root, entry.concept)
    text, _ = read_text(path)
    try:
        _, body = split(path, text)
    except ContentError:
        return
    for section in body.sections:
        yield _Field(section.title, _HEADING, section.title)
        yield _Field(section.markdown, _TEXT, section.title)


def _quiz_fields(root: Path, entry: Entry) -> Iterator[_Field]:
    for question in raw_questions(root, entry.concept):
        yield _Field(str(question.get("prompt", "")), _TEXT, question["id"])


def _match(fields: list[_Field], wanted: list[re.Pattern[str]]) -> tuple[int, _Field, int] | None:
    """Return score, best field and position in it, or None unless every word is in some field."""
    score = 0
    per_field: dict[int, list[int]] = {}
    for pattern in wanted:
        matches = [(index, pattern.search(field.text)) for index, field in enumerate(fields)]
        found = [(index, match.start()) for index, match in matches if match]
        if not found:
            return None
        score += max(fields[index].weight for index, _ in found)
        for index, at in found:
            per_field.setdefault(index, []).append(at)
    best = max(per_field, key=lambda index: (len(per_field[index]), fields[index].weight, -index))
    return score, fields[best], min(per_field[best])


def _excerpt(text: str, at: int) -> str:
    """Return one line of a text around a position; an ellipsis stands where it goes on."""
    before, after = " ".join(text[:at].split()), " ".join(text[at:].split())
    gap = " " if before and text[at - 1].isspace() else ""
    room = EXCERPT // 3
    start = before if len(before) <= room else "…" + before[-room:].partition(" ")[2]
    line = start + gap + after
    return line if len(line) <= EXCERPT else line[: EXCERPT - 1].rstrip() + "…"
