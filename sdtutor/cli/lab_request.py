"""What ``sdtutor lab`` is asked for, and the run that this makes without a screen."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from sdtutor.core.slugs import resolve
from sdtutor.errors import UsageError

if TYPE_CHECKING:
    from sdtutor.engine.lab import Variant
    from sdtutor.engine.run import Run
    from sdtutor.session.lab_session import LabSession
    from sdtutor.session.tutor import Tutor

_VARIANTS: dict[str, "Variant"] = {
    "reference": "reference",
    "fixed": "reference",
    "textbook": "textbook",
    "flawed": "textbook",
}


@dataclass(frozen=True, slots=True)
class LabRequest:
    """The options of one call.

    Args:
        settings: Values of parameters as spelled, by name.
        variant: Which code; None leaves it to the surface.
        seed: From which latencies are drawn.
        steps: How many events happen by themselves; None is up to rest.
        run: A run file to play; None begins a new run.
        record: Where to write the run; None writes nothing.
        diagram: Whether to draw the run after its steps.
    """

    settings: dict[str, str]
    variant: "Variant | None" = None
    seed: int = 0
    steps: int | None = None
    run: Path | None = None
    record: Path | None = None
    diagram: bool = False

    def refuse_with_file(self) -> None:
        """Raise UsageError when options stand beside a run file that says the same things."""
        named = [("--set", self.settings), ("--variant", self.variant), ("--seed", self.seed)]
        for option, value in named:
            if self.run is not None and value:
                raise UsageError(
                    f"{option} cannot change a run that a file holds.", "Leave it out, or leave out --run."
                )


def read_settings(texts: Sequence[str]) -> dict[str, str]:
    """Return settings by name from texts ``name=value``; raises UsageError."""
    settings = {}
    for text in texts:
        name, equals, value = text.partition("=")
        if not equals or not name:
            raise UsageError(
                f'"{text}" is not a setting.', "Write --set NAME=VALUE, such as --set readers=2."
            )
        settings[name.strip().replace("-", "_")] = value.strip()
    return settings


def read_variant(text: str) -> "Variant | None":
    """Return the variant that a text means; None for an empty one; raises UsageError."""
    return _VARIANTS[resolve(text, _VARIANTS, "variant")] if text else None


def run_alone(tutor: "Tutor", lab: str, request: LabRequest) -> "Run":
    """Return the run that the request describes, with everything in it that happens by itself.

    A run file is replayed, and goes on only for the steps that are asked for.

    Args:
        tutor: Knows the labs.
        lab: ``topic/slug``.
        request: The options.

    Raises:
        UsageError: No such variant, setting or value.
        RunFileError: The file is not a run file, or an event is not possible where it stands.
    """
    from sdtutor.engine.run import Run
    from sdtutor.engine.run_file import read_run

    declared = tutor.load_lab(lab)
    if request.run is not None:
        run = read_run(request.run).replay(declared)
        run.advance(request.steps or 0)
        return run
    run = Run(declared, request.variant or "reference", request.settings, request.seed, lab)
    run.advance(request.steps)
    return run


def session_for(tutor: "Tutor", lab: str, request: LabRequest) -> "LabSession":
    """Return the lab ready to be played, after the steps that are asked for; raises UsageError."""
    if request.run is not None:
        session = tutor.open_run(request.run)
    else:
        session = tutor.start_lab(lab, request.variant, request.settings, request.seed)
    if request.steps:
        session.run.advance(request.steps)
        session.go_to(len(session.run.steps))
    return session


def record(path: Path, text: str) -> None:
    """Write a run file; raises UsageError when that is not possible."""
    try:
        path.write_text(text, encoding="utf-8")
    except OSError as error:
        raise UsageError(f"{path} cannot be written: {error.strerror}.", "Name another file.") from None
