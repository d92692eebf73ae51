"""Mermaid diagrams as text, by termaid, which believes every source: what it is given is checked first.

Termaid 0.10 never refuses a source, passes escape bytes on, prints ``<br/>`` and takes seconds for a
large graph. So: two kinds of diagram, bounded size, labels made safe, and each word of each label must
stand in what it drew.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from sdtutor.drawing.spans import Line, Span, cells, line, safe
from sdtutor.drawing.wrap import merged
from sdtutor.errors import UsageError

WIDEST = 76
"""Columns that a diagram may take on a terminal of 80."""
MOST_NODES, MOST_EDGES = 15, 25
"""Bounds of a diagram: beyond them it is slow to lay out and hard to read."""
_MOST_CHARACTERS = 4_000
_KINDS = ("flowchart", "graph", "sequenceDiagram")
_NODE_NAME = re.compile(r"[\w.-]+")
_BREAK = re.compile(r"<br\s*/?>", re.IGNORECASE)
_CYLINDER = re.compile(r"\[\((.*?)\)\]")
# Loosest first: what fits with air around it is easier to read.
_PADDINGS_AND_GAPS = ((2, 4), (2, 2))
_STROKES = str.maketrans({"►": "▸", "◄": "◂", "┄": "╌", "┆": "╎"})
_SHAPES = re.compile(r"([▸◂▲▼]+)|([\u2500-\u257f]+)|([^▸◂▲▼\u2500-\u257f]+)")


class DiagramError(UsageError):
    """A diagram that cannot be drawn.

    Args:
        message: What is wrong.
        line: The line of the source, from 1; 0 when the whole is meant.
        hint: What to do next.
    """

    def __init__(self, message: str, line: int = 0, hint: str = "") -> None:
        super().__init__(message, hint)
        self.line = line


@dataclass(frozen=True, slots=True)
class _Diagram:
    """What termaid read: labels to find again in the drawing, and who points at whom."""

    labels: tuple[str, ...]
    edges: tuple[tuple[str, str, str], ...]


@lru_cache(maxsize=128)
def render(source: str, columns: int = WIDEST) -> tuple[Line, ...]:
    """Return a diagram as lines of at most that many columns.

    Args:
        source: A flowchart or a sequence diagram.
        columns: Greatest width.

    Raises:
        DiagramError: Another kind, a source that is not understood, too large, too wide, or a label
            that the drawing lost.
    """
    clean = _clean(source)
    diagram = _read(clean)
    from termaid import render as draw

    least = 0
    for padding, gap in _PADDINGS_AND_GAPS:
        text = draw(clean, padding_x=padding, padding_y=0, gap=gap, max_label_width=24).translate(_STROKES)
        rows = [row.rstrip() for row in text.strip("\n").split("\n")]
        least = max(map(cells, rows))
        if least <= columns:
            _verify(diagram, text)
            return tuple(map(_coloured, rows))
    raise DiagramError(
        f"The diagram takes {least} columns; there are {columns}.",
        hint="Shorten labels, or write TD for LR.",
    )


def check(source: str) -> list[tuple[int, str]]:
    """Return what is wrong with a diagram: (line of the source, what and what to do); empty when nothing."""
    try:
        render(source)
    except DiagramError as error:
        return [(error.line, str(error).replace("\n", " "))]
    return []


@lru_cache(maxsize=128)
def outline(source: str) -> tuple[Line, ...]:
    """Return a diagram as a list, one line an edge: for screens too narrow for the drawing.

    Args:
        source: A flowchart or a sequence diagram.

    Raises:
        DiagramError: As ``render``, but for the width.
    """
    return tuple(
        line(start, (" ╌▸ ", "flight"), end, (f": {label}" if label else "", "dim"))
        for start, end, label in _read(_clean(source)).edges
    )


def _clean(source: str) -> str:
    """Return the source with safe characters only, breaks as spaces, cylinders as round boxes."""
    if len(source) > _MOST_CHARACTERS:
        raise DiagramError(
            f"The diagram has {len(source):,} characters; the most is {_MOST_CHARACTERS:,}.",
            hint="Draw a smaller one.",
        )
    rows = (safe(row.expandtabs(2)) for row in source.strip().split("\n"))
    # Termaid's cylinder of one row writes its label into its own edge.
    return "\n".join(_CYLINDER.sub(r"(\1)", _BREAK.sub(" ", row)) for row in rows)


def _read(source: str) -> _Diagram:
    kind = source.split(maxsplit=1)[0] if source else ""
    if kind not in _KINDS:
        raise DiagramError(
            f'This is not a kind of diagram: "{kind[:20]}".', 1, f"Begin with one of {', '.join(_KINDS)}."
        )
    nodes, diagram = _sequence(source) if kind == "sequenceDiagram" else _flowchart(source)
    if not diagram.edges:
        raise DiagramError("The diagram has no arrow.", 1, "Join two nodes: A --> B.")
    for count, most, what in ((nodes, MOST_NODES, "nodes"), (len(diagram.edges), MOST_EDGES, "arrows")):
        if count > most:
            raise DiagramError(f"The diagram has {count} {what}; the most is {most}.", 1, "Draw two of them.")
    return diagram


def _flowchart(source: str) -> tuple[int, _Diagram]:
    from termaid import parse

    graph = parse(source)
    for name in graph.nodes:
        if not _NODE_NAME.fullmatch(name):
            raise DiagramError(
                f'"{name}" is not the name of a node.',
                _line_of(source, name),
                "Close its bracket, or put its label into quotes.",
            )
    labels = {name: node.label for name, node in graph.nodes.items()}
    edges = [(edge.source, edge.target, edge.label) for edge in graph.edges]
    return len(labels), _diagram(labels, edges)


def _sequence(source: str) -> tuple[int, _Diagram]:
    from termaid.parser.sequence import parse_sequence_diagram

    parsed = parse_sequence_diagram(source)
    labels = {lane.id: lane.label for lane in parsed.participants}
    return len(labels), _diagram(labels, list(_messages(parsed.events)))


def _messages(events: list[Any]) -> Iterator[tuple[str, str, str]]:
    """Yield the messages of a sequence diagram, those inside of blocks too."""
    for event in events:
        if hasattr(event, "source"):
            yield event.source, event.target, event.label
        yield from _messages(getattr(event, "events", []))
        for section in getattr(event, "sections", []):
            yield from _messages(section.events)


def _diagram(labels: dict[str, str], edges: list[tuple[str, str, str]]) -> _Diagram:
    texts = (*labels.values(), *(label for _, _, label in edges))
    named = ((labels.get(start, start), labels.get(end, end), label) for start, end, label in edges)
    return _Diagram(tuple(texts), tuple(named))


def _line_of(source: str, text: str) -> int:
    rows = source.split("\n")
    return next((number for number, row in enumerate(rows, 1) if text in row), 1)


def _verify(diagram: _Diagram, text: str) -> None:
    for label in diagram.labels:
        lost = [word for word in label.split() if word not in text]
        if lost:
            raise DiagramError(f'The drawing lost "{lost[0]}" of "{label}".', hint="Simplify the diagram.")


def _coloured(row: str) -> Line:
    return merged(
        Span(match[0], "flight" if match[1] else "rule" if match[2] else "plain")
        for match in _SHAPES.finditer(row)
    )
