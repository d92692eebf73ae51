"""Lesson Markdown to lines: headings, paragraphs, lists, tables, code, diagrams, links into the lab."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from sdtutor.drawing import highlight, mermaid
from sdtutor.drawing.spans import Line, Role, Span, cells, clip, line, safe, width
from sdtutor.drawing.tables import Align, table
from sdtutor.drawing.wrap import merged, with_role, wrap

if TYPE_CHECKING:
    from markdown_it.tree import SyntaxTreeNode

WIDEST = 72
"""Columns of running text: longer lines are hard to read."""
_LAB = "lab:"
_MARK = "▸"
_CITATION = re.compile(r"(\[@[\w.:-]+\])")
_BULLETS = ("•", "◦")
_FENCE_INFO = re.compile(r"(?P<language>\w+)?(?:\s+(?P<path>\S+?))?(?:\s+first_line=(?P<first>\d+))?\s*")
_ALIGNS: dict[str, Align] = {"right": "right", "center": "centre"}


@dataclass(frozen=True, slots=True)
class Anchor:
    """A place from which the lab opens.

    Args:
        line: The line with the link, from 0.
        target: What follows ``lab:`` in the link.
        first: The first line of its paragraph.
        last: The last line of its paragraph.
    """

    line: int
    target: str
    first: int
    last: int


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading.

    Args:
        line: Its line, from 0.
        level: 1 to 6.
        title: Its text.
    """

    line: int
    level: int
    title: str


@dataclass(frozen=True, slots=True)
class Rendered:
    """A text that is set.

    Args:
        lines: The lines.
        anchors: Links into the lab, in order.
        headings: Headings, in order.
    """

    lines: tuple[Line, ...]
    anchors: tuple[Anchor, ...]
    headings: tuple[Heading, ...]


def render(markdown: str, columns: int = WIDEST) -> Rendered:
    """Return Markdown as lines of at most that many columns; from 72 on, diagrams may take 76.

    Args:
        markdown: CommonMark with tables. Raw HTML is shown as text.
        columns: Greatest width, at least 20.
    """
    from markdown_it import MarkdownIt
    from markdown_it.tree import SyntaxTreeNode

    parser = MarkdownIt("commonmark", {"html": False}).enable("table")
    page = _Page(max(20, columns))
    for node in SyntaxTreeNode(parser.parse(markdown)).children:
        page.block(node)
    return Rendered(tuple(page.lines), tuple(page.anchors), tuple(page.headings))


class _Page:
    """Lines set so far, one below the other.

    Args:
        columns: Greatest width.
        bullet: The sign of the next unordered list.
    """

    def __init__(self, columns: int, bullet: str = _BULLETS[0]) -> None:
        self.columns = columns
        self.bullet = bullet
        self.lines: list[Line] = []
        self.anchors: list[Anchor] = []
        self.headings: list[Heading] = []

    def block(self, node: "SyntaxTreeNode") -> None:
        """Set one block; an unknown kind is shown by what it contains."""
        if node.type == "heading":
            self._heading(node)
        elif node.type == "paragraph":
            self._gap(node.hidden)
            self._paragraph(_inline(node))
        elif node.type in ("bullet_list", "ordered_list"):
            self._list(node)
        elif node.type == "blockquote":
            self._gap()
            self._adopt(node, line(("│ ", "rule")), line(("│ ", "rule")), self.bullet)
        elif node.type in ("fence", "code_block"):
            self._gap()
            self.lines += _fence(node.info, node.content, self.columns)
        elif node.type == "table":
            self._gap()
            self.lines += _table(node, self.columns)
        elif node.type == "hr":
            self._gap()
            self.lines.append(line(("─" * self.columns, "rule")))

    def _gap(self, is_tight: bool = False) -> None:
        if self.lines and self.lines[-1] and not is_tight:
            self.lines.append(())

    def _heading(self, node: "SyntaxTreeNode") -> None:
        level, spans = int(node.tag[1]), _inline(node).spans
        # A heading may hold line breaks and spaces that do not break; its title is one plain line.
        title = " ".join("".join(span.text for span in spans).split())
        self._gap()
        self.headings.append(Heading(len(self.lines), level, title))
        if level == 2:
            shown = line(("─ ", "rule"), (f"{title} ", "title"))
            rest = max(0, self.columns - sum(cells(span.text) for span in shown))
            self.lines.append(clip((*shown, Span("─" * rest, "rule")), self.columns))
        else:
            self.lines += [with_role(row, "title") for row in wrap(spans, self.columns)]
        if level == 1:
            self.lines.append(line(("─" * self.columns, "rule")))

    def _paragraph(self, text: "_Text") -> None:
        first = len(self.lines)
        self.lines += wrap(text.spans, self.columns)
        targets = iter(text.targets)
        for index in range(first, len(self.lines)):
            marks = sum(span.text.count(_MARK) for span in self.lines[index] if span.role == "link")
            for _, target in zip(range(marks), targets, strict=False):
                self.anchors.append(Anchor(index, target, first, len(self.lines) - 1))

    def _list(self, node: "SyntaxTreeNode") -> None:
        self._gap(node.parent is not None and node.parent.type == "list_item")
        start = int(node.attrGet("start") or 1) if node.type == "ordered_list" else 0
        digits = len(str(start + len(node.children) - 1))
        inner = _BULLETS[1] if self.bullet == _BULLETS[0] else _BULLETS[0]
        for index, item in enumerate(node.children):
            sign = f"{start + index:>{digits}}. " if node.type == "ordered_list" else f"{self.bullet} "
            if index and _is_loose(node):
                self._gap()
            self._adopt(item, line((sign, "key")), line(" " * len(sign)), inner)

    def _adopt(self, node: "SyntaxTreeNode", first: Line, rest: Line, bullet: str) -> None:
        """Set the blocks inside of a block, each line behind a prefix."""
        page = _Page(max(8, self.columns - width(first)), bullet)
        for child in node.children:
            page.block(child)
        offset = len(self.lines)
        for index, row in enumerate(page.lines or [()]):
            self.lines.append((*(first if index == 0 else rest), *row) if row or index == 0 else row)
        self.anchors += [_moved(anchor, offset) for anchor in page.anchors]
        self.headings += [replace(heading, line=heading.line + offset) for heading in page.headings]


def _moved(anchor: Anchor, lines: int) -> Anchor:
    return Anchor(anchor.line + lines, anchor.target, anchor.first + lines, anchor.last + lines)


def _is_loose(node: "SyntaxTreeNode") -> bool:
    return any(
        not block.hidden for item in node.children for block in item.children if block.type == "paragraph"
    )


@dataclass(slots=True)
class _Text:
    """Running text with the targets of its lab links, in order."""

    spans: list[Span] = field(default_factory=list)
    targets: list[str] = field(default_factory=list)

    def add(self, text: str, role: Role = "plain") -> None:
        self.spans.append(Span(safe(text), role))


def _inline(node: "SyntaxTreeNode") -> _Text:
    """Return the running text of a heading, a paragraph or a cell."""
    text = _Text()
    for child in node.children:
        _collect(child, "plain", text)
    text.spans = list(_cited(merged(text.spans)))
    return text


def _collect(node: "SyntaxTreeNode", role: Role, text: _Text) -> None:
    if node.type in ("text", "html_inline"):
        text.add(node.content, role)
    elif node.type == "softbreak":
        text.add(" ", role)
    elif node.type == "hardbreak":
        text.spans.append(Span("\n", role))
    elif node.type == "code_inline":
        text.add(node.content, "code" if role == "plain" else role)
    elif node.type == "link":
        _link(node, role, text)
    else:
        inner: Role = "strong" if node.type in ("strong", "em") else role
        for child in node.children:
            _collect(child, inner, text)


def _link(node: "SyntaxTreeNode", role: Role, text: _Text) -> None:
    """Add a link: into the lab with its mark, another one with its address behind it."""
    inside, target = _Text(), str(node.attrGet("href") or "")
    for child in node.children:
        _collect(child, "plain", inside)
    shown = "".join(span.text for span in inside.spans)
    if target.startswith(_LAB):
        text.targets.append(target.removeprefix(_LAB))
        # A space that does not break keeps the mark with the first word.
        text.spans.append(Span(f"{_MARK}\u00a0{shown.replace(_MARK, '')}", "link"))
        return
    text.add(shown, role)
    if target != shown:
        text.add(f" ({target})", "dim")


def _cited(spans: Line) -> Iterator[Span]:
    """Yield the same spans, ``[@id]`` as a dim ``[id]``."""
    for span in spans:
        if span.role == "code":
            yield span
            continue
        for piece in _CITATION.split(span.text):
            is_citation = _CITATION.fullmatch(piece)
            yield Span(piece.replace("[@", "["), "dim") if is_citation else Span(piece, span.role)


def _table(node: "SyntaxTreeNode", columns: int) -> tuple[Line, ...]:
    header, *rows = (
        [(cell, tuple(_inline(cell).spans)) for cell in row.children]
        for part in node.children
        for row in part.children
    )
    aligns = [
        _ALIGNS.get(str(cell.attrGet("style") or "").removeprefix("text-align:"), "left")
        for cell, _ in header
    ]
    return table([text for _, text in header], [[text for _, text in row] for row in rows], columns, aligns)


def _fence(info: str, content: str, columns: int) -> list[Line]:
    """Return a fenced block: a diagram, numbered Python, or the text as it is."""
    found = _FENCE_INFO.fullmatch(info.strip())
    language = found["language"] if found else ""
    if language == "mermaid":
        return _diagram(content, columns)
    if language != "python":
        return [clip(line("  ", (safe(row), "code")), columns) for row in content.rstrip("\n").split("\n")]
    path, first = (found["path"], int(found["first"] or 0)) if found else ("", 0)
    return [*_caption(path or "", columns), *_numbered(highlight.python(content), first, columns)]


def _caption(path: str, columns: int) -> list[Line]:
    file, _, name = path.partition("#")
    return (
        [clip(line((safe(file), "dim"), (f"  {safe(name)}" if name else "", "strong")), columns)]
        if path
        else []
    )


def _numbered(rows: Sequence[Line], first: int, columns: int) -> list[Line]:
    """Return code behind a gutter of line numbers; an empty gutter when the first one is 0."""
    size = max(3, len(str(first + len(rows) - 1)))
    numbers = (f"{first + index if first else '':>{size}} " for index in range(len(rows)))
    return [
        clip((Span(number, "dim"), Span("│ ", "rule"), *row), columns)
        for number, row in zip(numbers, rows, strict=True)
    ]


def _diagram(source: str, columns: int) -> list[Line]:
    """Return a diagram; too wide, a list of its arrows; not understood, its source with the reason."""
    try:
        return list(mermaid.render(source, mermaid.WIDEST if columns >= WIDEST else columns))
    except mermaid.DiagramError as error:
        reason = error
    try:
        return [row for edge in mermaid.outline(source) for row in wrap(edge, columns, "", "   ")]
    except mermaid.DiagramError:
        shown = [line("  ", (safe(row), "code")) for row in source.rstrip("\n").split("\n")]
        rows = [*wrap([Span(reason.message, "warn")], columns), *shown]
        return [clip(row, columns) for row in rows]
