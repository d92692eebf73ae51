"""A drawing in sentences, for screen readers and plain output: who calls whom, and what stands out."""

from collections.abc import Iterator, Mapping, Sequence
from types import MappingProxyType

from sdtutor.architecture.board.layering import layers
from sdtutor.architecture.board.signs import card
from sdtutor.architecture.records import Box, Drawing, Link, Table
from sdtutor.drawing.spans import safe


def in_words(drawing: Drawing, marks: Mapping[str, str] = MappingProxyType({})) -> tuple[str, ...]:
    """Return a drawing as sentences: ``lb calls app (3 of them).``, callers first.

    Args:
        drawing: What to describe.
        marks: As those of ``picture.draw``.
    """
    order = [name for layer in layers(drawing) for name in layer]
    return tuple(_sentences(drawing, order, marks))


def _sentences(drawing: Drawing, order: Sequence[str], marks: Mapping[str, str]) -> Iterator[str]:
    if drawing.is_empty:
        yield "Nothing is drawn."
    calls: dict[str, list[Link]] = {name: [] for name in order}
    touched = set()
    for link in drawing.links:
        if link.source in calls and link.target in calls:
            calls[link.source].append(link)
            touched |= {link.source, link.target}
    told: set[str] = set()
    for name in order:
        yield from _calls(drawing, name, calls[name], told)
        if name not in touched:
            yield f"{_named(drawing.boxes[name], told, name)} stands alone."
    for name in order:
        said = [text for _, _, text in card(name, drawing.boxes[name], marks.get(name, "")).marks]
        if said:
            yield f"{safe(name)} is marked: {', '.join(said)}."
    yield from map(_table, drawing.tables)


def _calls(drawing: Drawing, name: str, links: Sequence[Link], told: set[str]) -> Iterator[str]:
    """Yield what a box calls: one sentence for what it waits for, one for the rest, one for each label."""
    for waits in (True, False):
        plain = [link for link in links if link.waits == waits and not link.label]
        if plain:
            caller = _named(drawing.boxes[name], told, name)
            called = _listed([_named(drawing.boxes[link.target], told, link.target) for link in plain])
            verb = "feeds" if drawing.boxes[name].kind == "queue" else "calls"
            yield f"{caller} {verb} {called}{'' if waits else ' without waiting'}."
    for link in links:
        if link.label:
            caller = _named(drawing.boxes[name], told, name)
            called = _named(drawing.boxes[link.target], told, link.target)
            rest = "" if link.waits else " without waiting"
            yield f"{caller} calls {called}{rest}: {safe(link.label)}."


def _named(box: Box, told: set[str], name: str) -> str:
    """Return the name of a box; with what is known about it when it is named first."""
    if name in told:
        return safe(name)
    told.add(name)
    details = [f"{box.instances:,} of them"] if box.instances != 1 else []
    details += [row.replace("+", "", 1) if row.startswith("+") else row for row in card(name, box).rows]
    return f"{safe(name)} ({', '.join(details)})" if details else safe(name)


def _listed(names: Sequence[str]) -> str:
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"


def _table(table: Table) -> str:
    parts = [f"Table {table.name} has {_listed(table.columns)}" if table.columns else f"Table {table.name}"]
    if table.key:
        parts.append(f"key {', '.join(table.key)}")
    parts += [f"index on {', '.join(index)}" for index in table.indexes]
    return safe("; ".join(parts) + ".")
