"""The border of the program: every error ends here as a message and an exit code."""

import gc
import os
import sys
from collections.abc import Callable, Sequence
from io import TextIOWrapper
from pathlib import Path
from typing import TYPE_CHECKING, TextIO, cast

if TYPE_CHECKING:
    from sdtutor.errors import SdtutorError

GARBAGE_THRESHOLD = 50_000
"""How many new objects make the collector look for cycles. With Python's 700 it looks again and again while
modules load, finds nothing, and takes a tenth of the start."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command line and return the exit code of the process.

    Args:
        arguments: Without the name of the program; those of the process when None.
    """
    given = sys.argv[1:] if arguments is None else list(arguments)
    if given == ["--version"]:
        from sdtutor import __version__

        print(f"sdtutor {__version__}")
        return 0
    gc.set_threshold(GARBAGE_THRESHOLD)
    _prepare_streams()
    restore = _terminal_restorer()
    try:
        code = _run(given)
        sys.stdout.flush()
        return code
    except KeyboardInterrupt:
        restore()
        print(file=sys.stderr)
        return 130
    except BrokenPipeError:
        return _reader_gone()


def _run(arguments: Sequence[str]) -> int:
    from sdtutor.cli.app import run
    from sdtutor.errors import SdtutorError

    try:
        return run(arguments)
    except SdtutorError as error:
        _tell(error)
        return int(error.exit_code)
    except (KeyboardInterrupt, BrokenPipeError):
        raise
    except Exception as error:  # noqa: BLE001  the border: a learner gets a sentence, the file the traceback
        return _fault(error)


def _tell(error: "SdtutorError") -> None:
    from sdtutor.drawing.spans import safe

    first, *rest = str(error).splitlines()
    print(f"sdtutor: {safe(first)}", *map(safe, rest), sep="\n", file=sys.stderr)


def _fault(error: Exception) -> int:
    """Keep the traceback of an unexpected exception, and say where."""
    import traceback

    text = "".join(traceback.format_exception(error))
    said = " ".join(str(error).split())
    print(f"sdtutor: a fault of sdtutor: {type(error).__name__}: {said}", file=sys.stderr)
    path = _kept(text)
    if os.environ.get("SDTUTOR_DEBUG") or path is None:
        print(text, end="", file=sys.stderr)
    else:
        print(f"The traceback is in {path}; SDTUTOR_DEBUG=1 shows it.", file=sys.stderr)
    return 3


def _kept(text: str) -> Path | None:
    """Write a traceback beside the progress file; return the file, or None when that is not possible."""
    from sdtutor.store.location import progress_path

    try:
        path = progress_path(os.environ).with_name("last_fault.txt")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    except OSError:
        return None
    return path


def _reader_gone() -> int:
    """Let the interpreter's last flush write to nowhere, as the reader of our output has left.

    Source: Python documentation, library/signal, "Note on SIGPIPE".
    """
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return 0


def _prepare_streams() -> None:
    """Let streams that the caller closed lead to nowhere, and show ``?`` for what output cannot encode."""
    sys.stdin = sys.stdin or _nowhere("r")
    sys.stdout = sys.stdout or _nowhere("w")
    sys.stderr = sys.stderr or _nowhere("w")
    if isinstance(sys.stdout, TextIOWrapper):
        sys.stdout.reconfigure(errors="replace")


def _nowhere(mode: str) -> TextIO:
    return cast("TextIO", os.fdopen(os.open(os.devnull, os.O_RDWR), mode, encoding="utf-8"))


def _terminal_restorer() -> Callable[[], None]:
    """Return what puts the terminal back into the mode that it has now."""
    import termios

    try:
        fd = sys.stdin.fileno()
        mode = termios.tcgetattr(fd)
    except (AttributeError, OSError, ValueError, termios.error):
        return lambda: None
    return lambda: termios.tcsetattr(fd, termios.TCSADRAIN, mode)


if __name__ == "__main__":
    sys.exit(main())
