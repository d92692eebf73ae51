"""Files that an interview leaves behind: its transcript while it is held, its report at the end."""

import os
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from sdtutor.errors import UsageError

if TYPE_CHECKING:
    from sdtutor.interview.records import Report, Stored

ENDINGS = (".md", ".html", ".json")
"""Of the names of reports."""


def refuse_ending(path: Path) -> None:
    """Raise UsageError when a report cannot be written in the form that the name of its file asks for."""
    if path.suffix.lower() not in ENDINGS:
        raise UsageError(
            f"{path} does not say what the report should be.", f"Let its name end in {', '.join(ENDINGS)}."
        )


def write_report(path: Path, report: "Report") -> None:
    """Write a report as Markdown, HTML or JSON, as the name of the file asks; raises UsageError."""
    refuse_ending(path)
    write_whole(path, _text(path.suffix.lower(), report))


def _text(ending: str, report: "Report") -> str:
    import json

    from sdtutor.interview.reports.html import to_html
    from sdtutor.interview.reports.markdown import to_markdown
    from sdtutor.interview.reports.record import report_record

    if ending == ".json":
        return json.dumps(report_record(report), ensure_ascii=False) + "\n"
    return to_html(report) if ending == ".html" else to_markdown(report)


def keeper(path: Path) -> "Callable[[Stored], None]":
    """Return what keeps a transcript in a file, whole at every moment; it raises UsageError."""
    from sdtutor.interview.transcript import dump

    return lambda stored: write_whole(path, dump(stored))


def write_whole(path: Path, text: str) -> None:
    """Write a file so that who reads it finds the old text or the new one, never half of it.

    Args:
        path: The file. A device or a pipe is written to as it is.
        text: All of it.

    Raises:
        UsageError: It cannot be written.
    """
    target = path.resolve()
    try:
        if target.exists() and not target.is_file():
            target.write_text(text, encoding="utf-8")
            return
        beside = target.with_name(f".{target.name}.{os.getpid()}")
        try:
            beside.write_text(text, encoding="utf-8")
            beside.replace(target)
        finally:
            beside.unlink(missing_ok=True)
    except OSError as error:
        raise UsageError(f"{path} cannot be written: {error.strerror}.", "Name another file.") from None
