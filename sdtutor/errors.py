"""Every error that sdtutor raises on purpose, and the exit codes.

    SdtutorError                    3   a fault of sdtutor
    ├── UsageError                  2   the command line, a name, a value
    │   ├── UnknownName             2   nothing has this name; the nearest ones are in the hint
    │   └── AmbiguousName           2   several things do
    ├── ContentError                2   a lesson, a question, a lab; carries file and line
    ├── RunFileError                2   a saved run; carries file and line
    └── StoreError                  3   the progress file

A message says what is wrong and where; the hint says what to do next.
"""

from enum import IntEnum
from pathlib import Path


class ExitCode(IntEnum):
    """What the process tells its caller."""

    DONE = 0
    NOT_PASSED = 1
    """The learner's work did not pass."""
    USAGE = 2
    """Wrong usage or content."""
    FAULT = 3
    """A fault of sdtutor itself."""
    INTERRUPTED = 130
    """Ctrl-C: 128 + SIGINT, as shells report it."""


class SdtutorError(Exception):
    """Base of all errors raised on purpose.

    Args:
        message: What is wrong, in one sentence.
        hint: What to do next; empty when the message already says it.
    """

    exit_code = ExitCode.FAULT

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint

    def __str__(self) -> str:
        return f"{self.message}\n{self.hint}" if self.hint else self.message


class UsageError(SdtutorError):
    """A command, a name or a value that cannot be taken as it is."""

    exit_code = ExitCode.USAGE


class UnknownName(UsageError):
    """Nothing has this name."""


class AmbiguousName(UsageError):
    """Several things have this name as a prefix."""


class LocatedError(UsageError):
    """An error in a file that a person wrote.

    Args:
        path: The file.
        line: Its line, from 1; 0 when the whole file is meant.
        message: What is wrong, in one sentence.
        hint: What to do next.
    """

    def __init__(self, path: Path | str, line: int, message: str, hint: str = "") -> None:
        super().__init__(message, hint)
        self.path = Path(path)
        self.line = line

    @property
    def place(self) -> str:
        """``file:line``, or the file alone when the whole file is meant."""
        return f"{self.path}:{self.line}" if self.line else str(self.path)

    def __str__(self) -> str:
        return f"{self.place}: {super().__str__()}"


class ContentError(LocatedError):
    """A lesson, a question or a lab that breaks a rule of its format."""


class RunFileError(LocatedError):
    """A saved run that cannot be read, or an event that is not possible where it stands."""


class StoreError(SdtutorError):
    """The progress file cannot be opened or written."""
