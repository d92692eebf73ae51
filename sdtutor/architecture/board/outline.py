"""A drawing as a list of chains, for panes that are too small for boxes, and for two hundred of them."""

from collections.abc import Iterator, Mapping, Sequence

from sdtutor.architecture.board.layering import Edge
from sdtutor.architecture.board.signs import Card
from sdtutor.drawing.spans import Line, Role, cells, clip_text, fit, line

_ARROWS = {
    ("end", True): " ─▸ ",
    ("end", False): " ╌▸ ",
    ("start", True): " ◂─ ",
    ("start", False): " ◂╌ ",
    ("both", True): " ◂▸ ",
    ("both", False): " ◂▸ ",
}
_INDENT = "    "


def outline(
    layers: Sequence[Sequence[str]], lines: Sequence[Edge], cards: Mapping[str, Card], size: tuple[int, int]
) -> tuple[Line, ...]:
    """Return a chain of boxes for each caller, in layers, wrapped; what is cut off is counted.

    Args:
        layers: Names of boxes, callers first.
        lines: Lines between them.
        cards: What is shown of each, by name.
        size: Columns and rows.
    """
    columns, rows = size
    found = [row for chain in _chains(layers, lines, cards) for row in _wrapped(chain, columns)]
    if len(found) > rows:
        hidden = line((clip_text(f"+{len(found) - rows + 1} more ›", columns), "dim"))
        found = [*found[: rows - 1], hidden]
    return tuple(fit(row, columns) for row in (*found, *((),) * (rows - len(found))))


Piece = tuple[str, Role]


def _wrapped(chain: Sequence[Piece], columns: int) -> Iterator[Line]:
    """Yield a chain as rows; those behind the first are indented."""
    row: list[Piece] = []
    used = 0
    for text, role in chain:
        size = cells(text)
        if row and used + size > columns:
            yield line(*row)
            row, used = [(_INDENT, "plain")], len(_INDENT)
        row.append((text, role))
        used += size
    yield line(*row)


def _chains(
    layers: Sequence[Sequence[str]], lines: Sequence[Edge], cards: Mapping[str, Card]
) -> Iterator[list[Piece]]:
    """Yield chains along single lines, layer by layer; each line stands in one of them."""
    after: dict[str, list[Edge]] = {}
    for edge in lines:
        after.setdefault(edge.start, []).append(edge)
    ends = {edge.end for edge in lines}
    for layer in layers:
        for name in layer:
            edges = after.pop(name, [])
            if edges or name not in ends:
                yield [_said(cards[name]), *_behind(edges, after, cards)]


def _behind(
    edges: Sequence[Edge], after: dict[str, list[Edge]], cards: Mapping[str, Card]
) -> Iterator[Piece]:
    """Yield what stands behind the first box of a chain; lines that it says leave ``after``."""
    while edges:
        fan = [edge for edge in edges if (edge.heads, edge.waits) == (edges[0].heads, edges[0].waits)]
        rest = [edge for edge in edges if edge not in fan]
        yield _ARROWS[edges[0].heads, edges[0].waits], "flight"
        for number, edge in enumerate(fan):
            text, role = _said(cards[edge.end])
            yield text + ("," if number < len(fan) - 1 else ";" if rest else ""), role
            if number < len(fan) - 1:
                yield " ", "plain"
        edges = rest or (after.pop(fan[0].end, []) if len(fan) == 1 else [])


def _said(card: Card) -> Piece:
    if card.marks:
        return f"{card.sign[0]} {card.label()}", card.sign[1]
    return card.label(), "plain"
