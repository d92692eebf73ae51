"""What ``sdtutor interview`` is asked for."""

import math
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, cast

from sdtutor.core.slugs import resolve
from sdtutor.errors import UsageError

if TYPE_CHECKING:
    from sdtutor.content.records import Level

SLOWEST, FASTEST = 10.0, 0.1
"""Bounds of the clock factor, as a stored interview has them."""


@dataclass(frozen=True, slots=True)
class InterviewRequest:
    """The options of one call.

    Args:
        name: Of a problem; empty chooses.
        minutes: The preset; None leaves it to the interview.
        level: As spelled; empty leaves it to the interview date.
        clock: As spelled; empty is 1.
        seed: Chooses among follow-ups; None draws one.
        transcript: A stored interview to score; None holds one.
        record: Where to keep the transcript; None keeps it in the progress file alone.
        report: Where to write the report; None writes none.
        resume: Whether to go on with one that was left.
        past: Whether to tell the report on the last one that ended.
    """

    name: str = ""
    minutes: int | None = None
    level: str = ""
    clock: str = ""
    seed: int | None = None
    transcript: Path | None = None
    record: Path | None = None
    report: Path | None = None
    resume: bool = False
    past: bool = False

    def refuse(self) -> None:
        """Raise UsageError when options contradict each other, or a value is none."""
        from sdtutor.cli.interview_files import refuse_ending

        if self.transcript and (self.resume or self.record):
            other = "--resume" if self.resume else "--record"
            raise UsageError(
                f"--transcript scores what was said already; {other} is for an interview that is held.",
                "Leave one of them out.",
            )
        if self.past and (self.resume or self.transcript):
            other = "--resume" if self.resume else "--transcript"
            raise UsageError(f"--past and {other} name different interviews.", "Leave one of them out.")
        held = self.transcript or self.resume or self.past
        given = [("--minutes", self.minutes), ("--level", self.level), ("--clock", self.clock)]
        for option, value in (*given, ("--seed", self.seed)):
            if held and value not in (None, ""):
                raise UsageError(f"{option} cannot change an interview that was begun.", "Leave it out.")
        if self.report:
            refuse_ending(self.report)

    def wanted_level(self) -> "Level | None":
        """Return the level that is meant; None when none is named; raises UsageError."""
        return cast("Level", resolve(self.level, ("mid", "senior"), "level")) if self.level else None

    def factor(self) -> float | None:
        """Return how many minutes of the wall a minute of the interview has; None is no clock.

        Raises:
            UsageError: It is neither a number nor "off".
        """
        if self.clock.lower() == "off":
            return None
        try:
            factor = float(self.clock or 1)
        except ValueError:
            factor = math.nan
        if not FASTEST <= factor <= SLOWEST:
            raise UsageError(f'"{self.clock}" is no clock.', "--clock 1, --clock 1.5 or --clock off.")
        return factor
