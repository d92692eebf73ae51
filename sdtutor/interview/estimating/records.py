"""What a line of the pad comes to, and what it is an estimate of."""

from dataclasses import dataclass
from typing import Literal

from sdtutor.content.problem_records import Number

Grade = Literal["right", "order", "off", "unit", "unknown"]
"""In the range; within a factor of three of it; further off; of another unit; no figure of the problem."""


@dataclass(frozen=True, slots=True)
class Estimate:
    """A quantity that a candidate calculated or named.

    Args:
        text: As typed.
        label: What stands before the colon; may be empty.
        value: In base units: bytes, seconds, and one for everything that is counted.
        data: Power of bytes in its unit: 1 for a size, -1 for "per byte".
        time: Power of seconds: -1 for a rate.
        counted: The thing that it counts, in the singular; empty for a bare number and for bytes.
        words: All words of the label and of the calculation, in order, for telling what it is about.
        reading: For people: "38.6 links/s", "3 TB".
        steps: The calculation, one line for each operation.
        notices: What was taken for something else than it says, one sentence each.
        is_peak: Whether it says that it is a peak.
    """

    text: str
    label: str
    value: float
    data: int
    time: int
    counted: str
    words: tuple[str, ...]
    reading: str
    steps: tuple[str, ...] = ()
    notices: tuple[str, ...] = ()
    is_peak: bool = False

    @property
    def dimension(self) -> str:
        """What it measures, in base units: ``byte/s``, ``1/s``, ``byte``, ``s``, ``1``."""
        above = [name for name, power in (("byte", self.data), ("s", self.time)) if power > 0]
        below = [name for name, power in (("byte", self.data), ("s", self.time)) if power < 0]
        return "/".join(["·".join(above) or "1", *below])


@dataclass(frozen=True, slots=True)
class Verdict:
    """What an interviewer makes of an estimate.

    Args:
        number: The figure of the problem that it is an estimate of, or None.
        grade: How near it is.
        factor: How far it is from the range: 1 inside, 4 at four times its upper end.
        text: What the interviewer says; it does not give the figure away.
        asks: The question that follows; empty when there is nothing to decide.
    """

    number: Number | None
    grade: Grade
    factor: float
    text: str
    asks: str = ""

    @property
    def met(self) -> bool:
        """Whether the order of magnitude is right."""
        return self.grade in ("right", "order")
