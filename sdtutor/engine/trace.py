"""Which lines ran, where tasks wait, and what their variables hold.

Line numbers are cheap enough to record always; values are not. So a run keeps numbers only, and the variables
that a learner looks at come from running the one node in view again.
"""

import asyncio
import inspect
import reprlib
import sys
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextvars import ContextVar
from dataclasses import dataclass
from types import FrameType, TracebackType
from typing import Any

from sdtutor.engine.loop import OrderedTask

LINES_PER_STEP = 100_000
"""Lines that one step may run. The longest step of a lab runs a few thousand; a loop that never ends is found
within a tenth of a second."""

label_of_task: ContextVar[str] = ContextVar("label_of_task", default="")
"""What the learner calls the running task; child tasks inherit it."""


class BudgetSpent(BaseException):
    """A step ran too many lines. Not an Exception, so that code under study does not catch it."""


@dataclass(frozen=True, slots=True)
class Ran:
    """One line that ran, or waits.

    Args:
        task: Label of the task.
        file: Path of the source, relative to the package.
        line: From 1.
    """

    task: str
    file: str
    line: int


TraceFunction = Callable[[FrameType, str, Any], Any]


class Tracer(ABC):
    """Follows the lines of some files while it is entered; restores the trace function that was set before.

    Args:
        files: Shown path by real path, of the files to follow.
    """

    def __init__(self, files: Mapping[str, str]) -> None:
        self._files = files
        self._before: Any = None

    def __enter__(self) -> "Tracer":
        self._before = sys.gettrace()
        sys.settrace(self._on_call)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        sys.settrace(self._before)

    def _on_call(self, frame: FrameType, _event: str, _argument: Any) -> TraceFunction | None:
        code = frame.f_code
        shown = self._files.get(code.co_filename)
        if shown is None:
            return None
        on_line = self.follow(label_of_task.get(), shown)
        # A coroutine that goes on raises "call" but no "line" for the line on which it waited.
        if code.co_flags & inspect.CO_COROUTINE and frame.f_lineno > code.co_firstlineno:
            on_line(frame, "line", None)
        return on_line

    @abstractmethod
    def follow(self, label: str, shown: str) -> TraceFunction:
        """Return what is called for each line of a frame.

        Args:
            label: Of the task that runs.
            shown: Path of the source, relative to the package.
        """


class LineTracer(Tracer):
    """Records the lines that run.

    Args:
        files: As for `Tracer`.
        budget: Lines after which `BudgetSpent` is raised.
    """

    def __init__(self, files: Mapping[str, str], budget: int = LINES_PER_STEP) -> None:
        super().__init__(files)
        self.ran: list[Ran] = []
        self._budget = budget
        self._rows: dict[tuple[str, str], dict[int, Ran]] = {}

    def follow(self, label: str, shown: str) -> TraceFunction:
        """Return what records each line of a frame; a line that runs again is the same record."""
        rows = self._rows.setdefault((label, shown), {})
        ran, budget = self.ran, self._budget

        def on_line(frame: FrameType, event: str, _argument: Any) -> TraceFunction:
            if event == "line":
                number = frame.f_lineno
                row = rows.get(number)
                if row is None:
                    row = rows[number] = Ran(label, shown, number)
                ran.append(row)
                if len(ran) >= budget:
                    raise BudgetSpent
            return on_line

        return on_line


class LineBudget(Tracer):
    """Ends what runs too many lines, and keeps nothing.

    Args:
        files: As for `Tracer`.
        budget: Lines after which `BudgetSpent` is raised.
    """

    def __init__(self, files: Mapping[str, str], budget: int = LINES_PER_STEP) -> None:
        super().__init__(files)
        self._left = budget

    def follow(self, _label: str, _shown: str) -> TraceFunction:
        """Return what counts each line of a frame."""

        def on_line(_frame: FrameType, event: str, _argument: Any) -> TraceFunction:
            if event == "line":
                self._left -= 1
                if self._left <= 0:
                    raise BudgetSpent
            return on_line

        return on_line


class VariableTracer(Tracer):
    """Keeps the variables at one line, and follows no further.

    Args:
        files: As for `Tracer`.
        line: Which of the lines that run, from 1.

    Attributes:
        found: Variables of the task at that line, by its label; empty when fewer lines ran.
    """

    def __init__(self, files: Mapping[str, str], line: int) -> None:
        super().__init__(files)
        self.found: dict[str, dict[str, str]] = {}
        self._left = line

    def follow(self, label: str, _shown: str) -> TraceFunction:
        """Return what counts the lines of a frame down to the one in question."""

        def on_line(frame: FrameType, event: str, _argument: Any) -> TraceFunction:
            if event == "line":
                self._left -= 1
                if self._left == 0:
                    self.found = {label: variables_of([frame])}
                    sys.settrace(None)
            return on_line

        return on_line


class _Shown(reprlib.Repr):
    """Short texts of values, without addresses."""

    def __init__(self) -> None:
        super().__init__()
        self.maxstring = self.maxother = 60
        self.maxdict = self.maxlist = self.maxtuple = 8

    def repr_instance(self, x: Any, level: int) -> str:
        """Return the repr of an object, or its class in angle brackets when that is only an address."""
        if isinstance(x, (asyncio.Future, Iterator)):
            return f"<{type(x).__name__}>"
        text = super().repr_instance(x, level)
        return f"<{type(x).__name__}>" if " at 0x" in text else text


_shown = _Shown()


def variables_of(frames: Iterable[FrameType]) -> dict[str, str]:
    """Return the variables of frames as short texts: what an inner one names again is the inner one's.

    Left out are ``self``, and what is only there to be awaited.
    """
    return {
        name: _shown.repr(value)
        for frame in frames
        for name, value in frame.f_locals.items()
        if name != "self" and not name.startswith("__") and not inspect.isawaitable(value)
    }


def waiting_frames(coroutine: Any) -> Iterator[FrameType]:
    """Yield the frames of a suspended coroutine, the outermost first."""
    while coroutine is not None:
        for kind in ("cr", "gi", "ag"):
            frame = getattr(coroutine, f"{kind}_frame", None)
            if frame is not None:
                yield frame
                inner = "gi_yieldfrom" if kind == "gi" else f"{kind}_await"
                coroutine = getattr(coroutine, inner, None)
                break
        else:
            return


def parked(tasks: Iterable[OrderedTask], files: Mapping[str, str]) -> Iterator[tuple[str, list[FrameType]]]:
    """Yield (label, frames) of each task that waits: its frames in the given files, the outermost first."""
    for task in tasks:
        if task.done():
            continue
        frames = [f for f in waiting_frames(task.get_coro()) if f.f_code.co_filename in files]
        if frames:
            yield task.context.get(label_of_task, ""), frames
