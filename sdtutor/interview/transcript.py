"""Stored interviews: one format for ``--record``, ``--transcript`` and tests.

sdtutor_interview: 1
problem: url_shortener
minutes: 45
level: senior
seed: 3
entries:
  - {at_s: 12, say: "How many new links a day, and how long do they live?"}
  - {at_s: 900, command: next}
"""

import difflib
import json
import math
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast, get_args

from sdtutor.content.records import Level
from sdtutor.core.slugs import is_slug
from sdtutor.errors import ContentError, UsageError
from sdtutor.interview.commands import read_command
from sdtutor.interview.records import Does, Entry, Minutes, Settings, Stored
from sdtutor.interview.texts import MAX_CHARACTERS, clean

if TYPE_CHECKING:
    from sdtutor.content.yaml_tree import Document, Place

FORMAT = 1
MAX_BYTES = 1024 * 1024
MAX_ENTRIES = 2_000
MAX_SECONDS = 24 * 3600.0
"""No interview takes longer than a day. Editorial."""

_KEYS = ("sdtutor_interview", "problem", "minutes", "level", "seed", "clock", "entries")
_DOES: tuple[Does, ...] = get_args(Does)


def load(path: Path) -> Stored:
    """Return a stored interview.

    Raises:
        ContentError: It cannot be read or breaks a rule of the format; says where, and what is right.
    """
    try:
        with path.open("rb") as file:
            data = file.read(MAX_BYTES + 1)
    except OSError as error:
        hint = "Check that it is there and may be read."
        raise ContentError(path, 0, f"The file cannot be read: {error.strerror}.", hint) from None
    if len(data) > MAX_BYTES:
        raise ContentError(
            path, 0, f"The file is larger than {MAX_BYTES:,} bytes.", "Is it a stored interview?"
        )
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise ContentError(path, line, "The file is not UTF-8 text.", "Save it as UTF-8.") from None
    return parse(text, path)


def parse(text: str, path: Path) -> Stored:
    """Return what the text of a stored interview holds; see `load`.

    Args:
        text: The YAML.
        path: Its file, for messages.
    """
    from sdtutor.content.yaml_tree import parse as parse_yaml

    document = parse_yaml(text, path)
    if document.problems:
        raise document.problems[0]
    if not isinstance(document.value, dict) or "sdtutor_interview" not in document.value:
        hint = "It begins with: sdtutor_interview: 1"
        raise ContentError(path, 1, "This is not a stored interview.", hint)
    if document.value["sdtutor_interview"] != FORMAT:
        hint = f"This sdtutor reads format {FORMAT}; a newer one may read it."
        raise document.problem(("sdtutor_interview",), "Another format of stored interviews.", hint)
    _known(document, (), document.value, _KEYS)
    return Stored(_settings(document), tuple(_entries(document)))


def dump(stored: Stored) -> str:
    """Return a stored interview as a file has it; `parse` gives the same again."""
    settings = stored.settings
    clock = "off" if settings.clock is None else json.dumps(settings.clock)
    lines = [
        f"sdtutor_interview: {FORMAT}",
        f"problem: {settings.problem}",
        f"minutes: {settings.minutes}",
        f"level: {settings.level}",
        f"seed: {settings.seed}",
        f"clock: {clock}",
        "entries:" if stored.entries else "entries: []",
        *(
            f"  - {{at_s: {_plain(entry.at_s)}, {entry.does}: {json.dumps(entry.text, ensure_ascii=False)}}}"
            for entry in stored.entries
        ),
    ]
    return "\n".join(lines) + "\n"


def _plain(seconds: float) -> str:
    return str(int(seconds)) if seconds == int(seconds) else repr(seconds)


def _known(document: "Document", place: "Place", found: Mapping[str, Any], known: Iterable[str]) -> None:
    names = tuple(known)
    for key in found:
        if key not in names:
            hint = (
                f"Known: {', '.join(names)}."
                if not (near := _near(key, names))
                else f'Did you mean "{near}"?'
            )
            raise document.problem((*place, key), f'Unknown key "{key}".', hint)


def _near(word: str, known: Iterable[str]) -> str:
    return next(iter(difflib.get_close_matches(str(word), [str(each) for each in known], n=1)), "")


def _settings(document: "Document") -> Settings:
    found: Mapping[str, Any] = document.value
    if "problem" not in found:
        raise document.problem((), '"problem" is missing.', "problem: url_shortener")
    problem = found["problem"]
    if not isinstance(problem, str) or not is_slug(problem):
        raise document.problem(("problem",), f'"{problem}" cannot be the name of a problem.', "url_shortener")
    minutes = _choice(document, "minutes", 45, get_args(Minutes))
    level = _choice(document, "level", "mid", get_args(Level))
    seed = found.get("seed", 0)
    if isinstance(seed, bool) or not isinstance(seed, int):
        raise document.problem(("seed",), "The seed is a whole number.", "seed: 3")
    return Settings(problem, cast("Minutes", minutes), cast("Level", level), seed, _clock(document))


def _choice(document: "Document", key: str, default: Any, known: tuple[Any, ...]) -> Any:
    value = document.value.get(key, default)
    if isinstance(value, bool) or value not in known:
        near = _nearest_choice(value, known)
        hint = f"{key} is one of {', '.join(map(str, known))}; the nearest is {near}."
        raise document.problem((key,), f'"{value}" is no {key}.', hint)
    return value


def _nearest_choice(value: Any, known: tuple[Any, ...]) -> Any:
    if isinstance(value, int | float) and isinstance(known[0], int):
        return min(known, key=lambda each: abs(each - value))
    return _near(str(value), known) or known[0]


def _clock(document: "Document") -> float | None:
    value = document.value.get("clock", 1.0)
    if value == "off" or value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, int | float) or not 0.1 <= value <= 10:
        raise document.problem(("clock",), f'"{value}" is no clock.', "1, 1.5 or off.")
    return float(value)


def _entries(document: "Document") -> Iterable[Entry]:
    entries = document.value.get("entries", ())
    if not isinstance(entries, tuple):
        hint = '- {at_s: 12, say: "How many users?"}'
        raise document.problem(("entries",), "entries is a list.", hint)
    if len(entries) > MAX_ENTRIES:
        message = f"There are {len(entries):,} entries; {MAX_ENTRIES:,} is the most."
        raise document.problem(("entries", MAX_ENTRIES), message, "Split the file.")
    before = 0.0
    for index, entry in enumerate(entries):
        read = _entry(document, ("entries", index), entry, before)
        before = read.at_s
        yield read


def _entry(document: "Document", place: "Place", entry: Any, before: float) -> Entry:
    if not isinstance(entry, dict):
        raise document.problem(place, "An entry is a mapping.", '{at_s: 12, say: "How many users?"}')
    _known(document, place, entry, ("at_s", *_DOES))
    does = [each for each in _DOES if each in entry]
    if len(does) != 1:
        message = "An entry does exactly one thing." if does else "This entry does nothing."
        raise document.problem(place, message, f"Give it one of: {', '.join(_DOES)}.")
    at_s = _moment(document, place, entry, before)
    return Entry(at_s, does[0], _text(document, (*place, does[0]), does[0], entry[does[0]]))


def _moment(document: "Document", place: "Place", entry: Mapping[str, Any], before: float) -> float:
    if "at_s" not in entry:
        raise document.problem(place, '"at_s" is missing.', "Seconds since the beginning: at_s: 12")
    at_s = entry["at_s"]
    inside = (*place, "at_s")
    if isinstance(at_s, bool) or not isinstance(at_s, int | float) or not math.isfinite(at_s):
        raise document.problem(inside, f'"{at_s}" is no time.', "Seconds since the beginning: at_s: 12")
    if not 0 <= at_s <= MAX_SECONDS:
        raise document.problem(inside, f"{at_s} s is no time.", f"0 to {MAX_SECONDS:,.0f} seconds.")
    if at_s < before:
        message = f"{_plain(at_s)} s is before the entry above it, which is at {_plain(before)} s."
        raise document.problem(inside, message, f"at_s: {_plain(before)} or later.")
    return float(at_s)


def _text(document: "Document", place: "Place", does: Does, value: Any) -> str:
    if isinstance(value, bool) or not isinstance(value, str | int | float) or not (text := clean(str(value))):
        raise document.problem(place, f"{does} needs a text.", f'{does}: "..."')
    if len(text) > MAX_CHARACTERS:
        message = f"The text has {len(text):,} characters; {MAX_CHARACTERS:,} is the most."
        raise document.problem(place, message, "Split it into several entries.")
    if does == "command":
        try:
            read_command(text)
        except UsageError as error:
            raise document.problem(place, error.message, error.hint) from None
        return text.removeprefix("/")
    return text
