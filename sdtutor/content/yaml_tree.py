"""YAML, as much of it as content needs: bounded, without aliases, every key with its line.

Built from parser events, not by a loader: the events of an alias bomb or of deep nesting are refused
before anything is built. Plain scalars follow the core schema of YAML 1.2.2, section 10.3.2: ``no``,
``1:30`` and ``2024-01-01`` stay texts.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sdtutor.content.texts import unsafe
from sdtutor.errors import ContentError

if TYPE_CHECKING:
    import yaml

MAX_DEPTH = 20
"""Content nests five deep at most; editorial."""

Place = tuple[str | int, ...]
"""Keys and indices that lead to a value."""

_NULL = re.compile(r"~|null|Null|NULL|")
_BOOL = re.compile(r"true|True|TRUE|false|False|FALSE")
_INT = re.compile(r"[-+]?[0-9]{1,18}")
_FLOAT = re.compile(r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?")


@dataclass(slots=True)
class Document:
    """A parsed YAML document.

    Args:
        path: Its file.
        value: Nested dicts with text keys, tuples, texts, numbers, booleans and None.
        lines: The line of every key and list entry, by its place.
        problems: Duplicate keys and unsafe texts, which do not end the parse.
    """

    path: Path
    value: Any = None
    lines: dict[Place, int] = field(default_factory=dict)
    problems: list[ContentError] = field(default_factory=list)

    def line(self, place: Place) -> int:
        """Return the line of a place, or of the nearest one above it that exists."""
        while place and place not in self.lines:
            place = place[:-1]
        return self.lines.get(place, 1)

    def problem(self, place: Place, message: str, hint: str = "") -> ContentError:
        """Return an error that names the line of a place."""
        return ContentError(self.path, self.line(place), message, hint)


def parse(text: str, path: Path, first_line: int = 1) -> Document:
    """Return a YAML document.

    Args:
        text: The YAML.
        path: Its file, for messages.
        first_line: The line of the file on which the text begins.

    Raises:
        ContentError: It is not YAML, holds an anchor, alias or tag, or nests too deep.
    """
    import yaml

    builder = _Builder(Document(path), first_line)
    try:
        builder.run(yaml.parse(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader)))
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line = mark.line + first_line if mark else first_line
        said = error.problem or "the text cannot be parsed"
        raise ContentError(
            path, line, f"This is not YAML: {said}.", "Check indentation, quotes and colons just above."
        ) from error
    except yaml.YAMLError as error:
        raise ContentError(path, first_line, "This is not YAML.", "Check it with a YAML editor.") from error
    return builder.document


class _Builder:
    """Turns parser events into values, and notes where each stands."""

    def __init__(self, document: Document, first_line: int) -> None:
        self.document = document
        self.first_line = first_line

    def run(self, events: Iterator[Any]) -> None:
        import yaml

        for event in events:
            if isinstance(event, yaml.DocumentStartEvent):
                if self.document.lines:
                    raise self._refused(event, "There is a second YAML document.", 'Remove the "---" line.')
                self.document.lines[()] = self._line(event)
            elif isinstance(event, yaml.NodeEvent):
                self.document.value = self._value(event, events, ())

    def _line(self, event: Any) -> int:
        return int(event.start_mark.line) + self.first_line

    def _refused(self, event: Any, message: str, hint: str) -> ContentError:
        return ContentError(self.document.path, self._line(event), message, hint)

    def _value(self, event: Any, events: Iterator[Any], place: Place) -> Any:
        import yaml

        if isinstance(event, yaml.AliasEvent) or event.anchor:
            raise self._refused(event, "YAML anchors and aliases are not allowed.", "Write the value out.")
        if len(place) > MAX_DEPTH:
            raise self._refused(event, f"YAML nests deeper than {MAX_DEPTH} levels.", "Flatten it.")
        if event.tag and event.tag != "!":
            raise self._refused(event, f"The YAML tag {event.tag} is not allowed.", "Remove it.")
        if isinstance(event, yaml.ScalarEvent):
            return self._scalar(event)
        if isinstance(event, yaml.SequenceStartEvent):
            return self._sequence(events, place)
        return self._mapping(events, place)

    def _scalar(self, event: "yaml.ScalarEvent") -> Any:
        text = event.value
        if event.implicit[0]:
            return _resolve(text)
        if said := unsafe(text):
            self.document.problems.append(ContentError(self.document.path, self._line(event), *said))
        return text

    def _sequence(self, events: Iterator[Any], place: Place) -> tuple[Any, ...]:
        import yaml

        entries: list[Any] = []
        while not isinstance(event := next(events), yaml.SequenceEndEvent):
            inside = (*place, len(entries))
            self.document.lines[inside] = self._line(event)
            entries.append(self._value(event, events, inside))
        return tuple(entries)

    def _mapping(self, events: Iterator[Any], place: Place) -> dict[str, Any]:
        import yaml

        found: dict[str, Any] = {}
        while not isinstance(event := next(events), yaml.MappingEndEvent):
            if not isinstance(event, yaml.ScalarEvent) or event.anchor or (event.tag or "!") != "!":
                raise self._refused(event, "A key must be a plain text.", "Write it as name: value.")
            key = event.value
            if said := unsafe(key):
                raise self._refused(event, *said)
            value = self._value(next(events), events, (*place, key))
            if key in found:
                first = self.document.lines[(*place, key)]
                message = f'The key "{key}" is here twice; the first is on line {first}.'
                self.document.problems.append(self._refused(event, message, "Remove one of them."))
                continue
            found[key] = value
            self.document.lines[(*place, key)] = self._line(event)
        return found


def _resolve(text: str) -> Any:
    if _NULL.fullmatch(text):
        return None
    if _BOOL.fullmatch(text):
        return text.lower() == "true"
    if _INT.fullmatch(text):
        return int(text)
    if _FLOAT.fullmatch(text):
        return float(text)
    return text
