"""Run files: a run written down is the save, the share, the undo and the fixture of a test."""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, cast

from sdtutor.engine.events import Event, parse_event
from sdtutor.engine.lab import Lab, Variant
from sdtutor.engine.run import ImpossibleEvent, Run
from sdtutor.errors import RunFileError, UsageError

FORMAT = 1
MAX_BYTES = 4 * 1024 * 1024
"""A run of 50,000 events takes about half of it."""

_KEYS = ("sdtutor_run", "lab", "variant", "parameters", "seed", "events")

_PLAIN = re.compile(r"[a-z]+( [\w.>#+-]+)+")


@dataclass(frozen=True, slots=True)
class SavedRun:
    """What a run file holds.

    Args:
        lab: ``topic/slug``.
        variant: Which code ran.
        parameters: Values that differ from the defaults.
        seed: From which latencies are drawn.
        events: What happened.
        lines: The line of the file on which each event stands.
        path: The file, for messages.
    """

    lab: str
    variant: Variant
    parameters: Mapping[str, Any]
    seed: int
    events: tuple[Event, ...]
    lines: tuple[int, ...]
    path: Path

    def replay(self, lab: Lab) -> Run:
        """Return the run, made again.

        Raises:
            RunFileError: An event is not possible where it stands; the hint lists what is.
        """
        try:
            run = Run(lab, self.variant, self.parameters, self.seed, self.lab)
        except UsageError as error:
            raise RunFileError(self.path, 0, error.message, error.hint) from None
        for event, line in zip(self.events, self.lines, strict=True):
            try:
                run.apply(event)
            except ImpossibleEvent as error:
                raise RunFileError(self.path, line, error.message, error.hint) from None
        return run


def write_run(run: Run) -> str:
    """Return a run as the text of a run file."""
    return "".join(
        (
            f"sdtutor_run: {FORMAT}\n",
            f"lab: {run.name}\n",
            f"variant: {run.variant}\n",
            f"parameters: {json.dumps(run.given)}\n",
            f"seed: {run.seed}\n",
            "events:\n" if run.steps else "events: []\n",
            *(f"  - {_scalar(str(step.event))}\n" for step in run.steps),
        )
    )


def _scalar(text: str) -> str:
    """Return a text as YAML has it: plain where that is safe, else quoted as JSON is."""
    return text if _PLAIN.fullmatch(text) else json.dumps(text)


def read_run(path: Path) -> SavedRun:
    """Return what a run file holds.

    Raises:
        RunFileError: It cannot be read, or is not a run file of this format; says which line.
    """
    try:
        if path.stat().st_size > MAX_BYTES:
            raise RunFileError(path, 0, f"The file is larger than {MAX_BYTES:,} bytes.", "Is it a run file?")
        text = path.read_text(encoding="utf-8")
    except OSError as error:
        raise RunFileError(path, 0, f"The file cannot be read: {error.strerror}.") from None
    except UnicodeDecodeError:
        raise RunFileError(path, 0, "The file is not UTF-8 text.", "Is it a run file?") from None
    return parse_run(text, path)


def parse_run(text: str, path: Path) -> SavedRun:
    """Return what the text of a run file holds; see `read_run`."""
    import yaml

    try:
        root = yaml.compose(text, Loader=yaml.SafeLoader)
    except (yaml.YAMLError, RecursionError) as error:
        mark = getattr(error, "problem_mark", None)
        line = mark.line + 1 if mark else 0
        raise RunFileError(
            path, line, "This is not YAML.", str(getattr(error, "problem", "") or "")
        ) from None
    if not isinstance(root, yaml.MappingNode):
        raise RunFileError(path, 1, "A run file is a mapping.", "It begins with: sdtutor_run: 1")
    found = {key.value: value for key, value in root.value}
    for key, _ in root.value:
        if key.value not in _KEYS:
            line = key.start_mark.line + 1
            raise RunFileError(path, line, f'Unknown key "{key.value}".', "Known: " + ", ".join(_KEYS) + ".")
    return _build(found, path)


def _build(found: Mapping[str, Any], path: Path) -> SavedRun:
    import yaml

    def plain(key: str, default: Any = None) -> Any:
        if key not in found:
            if default is None:
                raise RunFileError(path, 0, f'"{key}" is missing.', "Record a run with --record to see one.")
            return default
        return yaml.SafeLoader("").construct_object(found[key], deep=True)

    def line(key: str) -> int:
        return int(found[key].start_mark.line) + 1 if key in found else 0

    if plain("sdtutor_run") != FORMAT:
        hint = f"This sdtutor reads format {FORMAT}; a newer one may read it."
        raise RunFileError(path, line("sdtutor_run"), "Another format of run files.", hint)
    variant, parameters, seed = plain("variant", "reference"), plain("parameters", {}), plain("seed", 0)
    if variant not in ("reference", "textbook"):
        raise RunFileError(
            path, line("variant"), f'There is no variant "{variant}".', "reference or textbook."
        )
    if not isinstance(parameters, dict) or not isinstance(seed, int):
        raise RunFileError(path, line("parameters"), "parameters is a mapping and seed a whole number.")
    events = found.get("events")
    if not isinstance(events, yaml.SequenceNode):
        raise RunFileError(path, line("events"), "events is a list.", "events: [deliver a>b.get#1, ...]")
    parsed = tuple(_event(node, path) for node in events.value)
    lines = tuple(node.start_mark.line + 1 for node in events.value)
    lab = str(plain("lab"))
    return SavedRun(lab, cast("Variant", variant), parameters, seed, parsed, lines, path)


def _event(node: Any, path: Path) -> Event:
    line = node.start_mark.line + 1
    if not isinstance(node.value, str):
        raise RunFileError(path, line, "An event is a text.", "deliver a>b.get#1")
    try:
        return parse_event(node.value)
    except UsageError as error:
        raise RunFileError(path, line, error.message, error.hint) from None
