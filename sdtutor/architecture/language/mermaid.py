"""A drawing as a flowchart of Mermaid's, which :func:`read_drawing` reads again."""

from collections.abc import Iterator

from sdtutor.architecture.kinds import kind_of
from sdtutor.architecture.language.settings import write_setting
from sdtutor.architecture.records import Box, Drawing, Link, Table
from sdtutor.core.systems import Kind

_SHAPES: dict[Kind, tuple[str, str]] = {
    "client": ("([", "])"),
    "dns": ("([", "])"),
    "cdn": ("([", "])"),
    "load_balancer": ("{{", "}}"),
    "gateway": ("{{", "}}"),
    "cache": ("[(", ")]"),
    "database": ("[(", ")]"),
    "search_index": ("[(", ")]"),
    "object_store": ("[(", ")]"),
    "queue": ("[[", "]]"),
    "external": ("[/", "/]"),
}
"""Flowchart syntax, mermaid.js.org, 2026; other kinds are rectangles."""

_CODES = {"#": "#35;", "&": "#amp;", '"': "#quot;", "|": "#124;", "`": "#96;", "<": "#lt;"}


def to_mermaid(drawing: Drawing) -> str:
    """Return a drawing as a flowchart; tables stand in comments, for which flowcharts have no place.

    Counts and settings stand in what the box shows, so that reading it again gives the same drawing.
    """
    ids = {name: f"n{number}" for number, name in enumerate(drawing.boxes, 1)}
    return "\n".join(("flowchart LR", *_lines(drawing, ids))) + "\n"


def _lines(drawing: Drawing, ids: dict[str, str]) -> Iterator[str]:
    for name, box in drawing.boxes.items():
        opens, closes = _SHAPES.get(box.kind, ("[", "]"))
        yield f'    {ids[name]}{opens}"{_escaped(_shown(box))}"{closes}'
    for link in drawing.links:
        yield f"    {ids[link.source]} {_arrow(link)} {ids[link.target]}"
    for table in drawing.tables:
        yield f"    %% {_table(table)}"


def _shown(box: Box) -> str:
    """Return name, count and settings of a box as the language of the whiteboard writes them."""
    single = box.settings.get("single")
    count = f"*{box.instances}" if box.instances > 1 or single else ""
    settings = [write_setting(name, value) for name, value in box.settings.items() if name != "single"]
    if box.replicas:
        settings.append(f"replicas={box.replicas}")
    if box.kind != kind_of(box.name):
        settings.append(f"kind={box.kind}")
    return f"{box.name}{count}" + (f" ({', '.join(settings)})" if settings else "")


def _arrow(link: Link) -> str:
    arrow = "-->" if link.waits else "-.->"
    return f'{arrow}|"{_escaped(link.label)}"|' if link.label else arrow


def _escaped(text: str) -> str:
    """Return a text with the characters that would end it as their codes."""
    for character, code in _CODES.items():
        text = text.replace(character, code)
    return text


def _table(table: Table) -> str:
    parts = [", ".join(table.columns)]
    parts += [f"key {', '.join(table.key)}"] if table.key else []
    parts += [f"index {', '.join(index)}" for index in table.indexes]
    return f"table {table.name}: {'; '.join(parts)}"
