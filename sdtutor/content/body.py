"""The body of a lesson: its sections, and what its lines hold."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from sdtutor.content.records import Section
from sdtutor.content.validation import nearest
from sdtutor.errors import ContentError

SECTIONS = (
    "The problem",
    "How it works",
    "In code",
    "What breaks",
    "Trade-offs",
    "Say this in an interview",
    "Remember",
)
"""The sections of every lesson, in their order."""

WORDS = (600, 1200)
"""Least and most words of a body, code and diagrams excluded; editorial."""

DIAGRAMS = ("flowchart", "graph", "sequenceDiagram")
"""The Mermaid diagrams that can be drawn as text."""

_FENCE = re.compile(r" {0,3}(`{3,}|~{3,})\s*([^`]*)$")
_HEADING = re.compile(r"(#{1,6})\s+(.*?)\s*#*$")
_INCLUDE = re.compile(r"\{include:\s*(\S+)\s*\}")
_CITATION = re.compile(r"\[@([^\]\s]*)\]")
_LAB = re.compile(r"\]\(\s*lab:([^)]*)\)")
_CODE_SPAN = re.compile(r"(`+)(?!`).*?(?<!`)\1(?!`)")
_LINK_TARGET = re.compile(r"\]\([^)]*\)")
_WORD = re.compile(r"\w[\w'’.,%-]*")


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a body.

    Args:
        line: Its number in the file.
        text: Without the line break.
        fence: Info string of the fence in which it stands, empty for one without; None outside.
        opens: Whether it opens that fence.
    """

    line: int
    text: str
    fence: str | None = None
    opens: bool = False

    @property
    def prose(self) -> str:
        """The text without code spans; empty inside a fence and for an include."""
        if self.fence is not None or self.text.startswith("{include"):
            return ""
        return _CODE_SPAN.sub(" ", self.text)

    @property
    def heading(self) -> tuple[int, str] | None:
        """Level and text of a heading, or None."""
        found = _HEADING.fullmatch(self.text) if self.fence is None else None
        return (len(found[1]), found[2]) if found else None


@dataclass(frozen=True, slots=True)
class Mention:
    """Something that a row refers to: the address of an include, a source, a place in a lab."""

    line: int
    target: str


class Body:
    """The part of a lesson after its front matter.

    Args:
        path: The file.
        text: The body.
        first_line: The line of the file on which it begins.
    """

    def __init__(self, path: Path, text: str, first_line: int) -> None:
        self.path = path
        self.text = text.rstrip("\n") + "\n"
        self.first_line = first_line
        self.rows = tuple(_rows(self.text, first_line))

    @property
    def sections(self) -> tuple[Section, ...]:
        """The sections, whatever their headings are."""
        lines = self.text.split("\n")
        starts = [(row.line, row.heading[1]) for row in self.rows if row.heading and row.heading[0] == 2]
        ends = [*(line for line, _ in starts), self.first_line + len(lines)][1:]
        return tuple(
            Section(
                title, "\n".join(lines[line - self.first_line + 1 : end - self.first_line]).rstrip(), line
            )
            for (line, title), end in zip(starts, ends, strict=True)
        )

    @property
    def includes(self) -> list[Mention]:
        """The addresses of included code, in order."""
        return [Mention(row.line, address) for row in self.rows if (address := include_address(row))]

    @property
    def citations(self) -> list[Mention]:
        """The ids of cited sources, in order."""
        return _mentions(self.rows, _CITATION)

    @property
    def lab_links(self) -> list[Mention]:
        """The targets of lab links, without their scheme, in order."""
        return _mentions(self.rows, _LAB)

    @property
    def words(self) -> int:
        """How many words are to be read: no code, no diagram, no link target."""
        prose = (_CITATION.sub("", _LINK_TARGET.sub("]", row.prose)) for row in self.rows)
        return sum(len(_WORD.findall(text)) for text in prose)

    def problems(self) -> list[ContentError]:
        """Return what is wrong with the body by itself."""
        said = [*_headings(self), *_fences(self), *_written_includes(self), *_interview(self), *_length(self)]
        return [ContentError(self.path, line, message, hint) for line, message, hint in said]


Said = tuple[int, str, str]
"""Line, message, hint."""


def include_address(row: Row) -> str:
    """Return the address of the code that a row includes; empty for any other row."""
    found = _INCLUDE.fullmatch(row.text.strip()) if row.fence is None else None
    return found[1] if found else ""


def _rows(text: str, first_line: int) -> Iterator[Row]:
    mark, info = "", ""
    for line, row in enumerate(text.split("\n"), start=first_line):
        found = _FENCE.fullmatch(row)
        if not mark and found:
            mark, info = found[1], found[2].strip()
            yield Row(line, row, info, opens=True)
            continue
        yield Row(line, row, info if mark else None)
        if found and mark and found[1].startswith(mark) and not found[2].strip():
            mark = ""


def rows_of(markdown: str) -> tuple[Row, ...]:
    """Return the rows of a piece of Markdown, numbered from 1."""
    return tuple(_rows(markdown, 1))


def _mentions(rows: tuple[Row, ...], pattern: re.Pattern[str]) -> list[Mention]:
    return [Mention(row.line, found[1].strip()) for row in rows for found in pattern.finditer(row.prose)]


def _headings(body: Body) -> Iterator[Said]:
    for row in body.rows:
        if row.heading and row.heading[0] == 1:
            yield (
                row.line,
                "A lesson has no # heading.",
                "Its title stands in the front matter; remove the line.",
            )
    titles = [section.title for section in body.sections]
    for section in body.sections:
        if section.title not in SECTIONS:
            missing = [title for title in SECTIONS if title not in titles]
            hint = nearest(section.title, missing or SECTIONS, "The sections are")
            yield section.line, f'There is no section "{section.title}" in a lesson.', hint
        elif not section.markdown.strip():
            yield section.line, f'The section "{section.title}" is empty.', "Write it."
    for title in SECTIONS:
        if titles.count(title) != 1:
            said = "is missing" if title not in titles else "is there more than once"
            yield body.first_line, f'The section "{title}" {said}.', f"The order is: {' · '.join(SECTIONS)}."
    known = [title for title in titles if title in SECTIONS]
    if len(set(known)) == len(SECTIONS) == len(known) and tuple(known) != SECTIONS:
        yield body.first_line, "The sections are out of order.", f"The order is: {' · '.join(SECTIONS)}."


def _fences(body: Body) -> Iterator[Said]:
    section, opened = "", None
    for row in body.rows:
        section = row.heading[1] if row.heading and row.heading[0] == 2 else section
        opened = row if row.opens else opened
        if row.opens and section == "In code" and row.fence != "mermaid":
            yield (
                row.line,
                "Code is pasted.",
                "Include it: {include: reference/topic/concept.py#Class.method}",
            )
    if opened and body.rows[-1].fence is not None:
        mark = opened.text.strip()[:3]
        yield opened.line, "This fence is never closed.", f"Close it with {mark} on a line of its own."
    yield from _diagrams(body)


def _diagrams(body: Body) -> Iterator[Said]:
    for index, row in enumerate(body.rows):
        if not (row.opens and row.fence == "mermaid"):
            continue
        following = (each.text.strip() for each in body.rows[index + 1 :])
        kind = next((text.split()[0] for text in following if text and not text.startswith("%%")), "")
        if kind not in DIAGRAMS:
            hint = f"Use one of {', '.join(DIAGRAMS)}."
            yield row.line, f'A diagram of the kind "{kind}" cannot be drawn as text.', hint


def _written_includes(body: Body) -> Iterator[Said]:
    for row in body.rows:
        if row.fence is None and "{include" in _CODE_SPAN.sub(" ", row.text) and not include_address(row):
            hint = "A line of its own: {include: reference/topic/concept.py#Class.method}"
            yield row.line, "This include is not written as one.", hint


def _interview(body: Body) -> Iterator[Said]:
    section = next((each for each in body.sections if each.title == "Say this in an interview"), None)
    if section is None:
        return
    rows = [row.text for row in rows_of(section.markdown) if row.fence is None]
    marks = "".join(
        "1" if re.match(r"\d+[.)] ", row) else "-" if re.match(r"[-*+] ", row) else "" for row in rows
    )
    if not re.fullmatch(r"111-+", marks):
        numbers, bullets = marks.count("1"), marks.count("-")
        yield (
            section.line,
            f'"{section.title}" has {numbers} numbered lines and {bullets} bullets.',
            "Write exactly three lines as a numbered list, then the follow-ups as a bullet list.",
        )


def _length(body: Body) -> Iterator[Said]:
    least, most = WORDS
    if not least <= body.words <= most:
        hint = (
            "Say what is missing." if body.words < least else "Cut what is not needed, or split the concept."
        )
        yield body.first_line, f"The body has {body.words} words; it must have {least} to {most}.", hint
