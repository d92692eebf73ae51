"""``sdtutor doctor``: what this installation stands on."""

import os
import sys
from collections.abc import Callable
from typing import Any

import typer

from sdtutor.cli.console import Console
from sdtutor.cli.options import Command, quiet_app

app = quiet_app()

LIBRARIES = (
    "typer",
    "rich",
    "textual",
    "questionary",
    "pyyaml",
    "pydantic",
    "fsrs",
    "termaid",
    "pint",
    "snowballstemmer",
    "platformdirs",
)


@app.command(cls=Command)
def doctor(ctx: typer.Context) -> int:
    """Show versions, terminal, paths and timings: what to send along with a bug report."""
    with Console.of(ctx) as console:
        timings = _timings(console)
        facts = {
            "versions": _versions(),
            "terminal": _terminal(console),
            "content": _content(console),
            "progress": _progress(console),
            "timings_ms": timings,
        }
        if console.way == "json":
            console.emit({"type": "doctor", **facts})
        else:
            for heading, rows in facts.items():
                console.surface.heading(heading.replace("_", ", in ").capitalize())
                console.surface.rows((name.replace("_", " "), _said(value)) for name, value in rows.items())
        console.told()
    return 0


def _said(value: Any) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return str(value)


def _versions() -> dict[str, Any]:
    import platform
    from importlib.metadata import PackageNotFoundError, version

    from sdtutor import __version__

    found: dict[str, Any] = {
        "sdtutor": __version__,
        "python": platform.python_version(),
        "system": platform.platform(),
    }
    for name in LIBRARIES:
        try:
            found[name] = version(name)
        except PackageNotFoundError:
            found[name] = "missing: install sdtutor again"
    return found


def _terminal(console: Console) -> dict[str, Any]:
    from shutil import get_terminal_size

    size = get_terminal_size()
    return {
        "surface": console.way,
        "size": f"{size.columns}x{size.lines}",
        "term": os.environ.get("TERM", "not set"),
        "colour": not os.environ.get("NO_COLOR") and os.environ.get("TERM", "dumb") != "dumb",
        "encoding": sys.stdout.encoding,
        "unicode": console.unicode,
    }


def _content(console: Console) -> dict[str, Any]:
    counts = {f"{kind}s": 0 for kind in ("lesson", "lab")} | {"quizzes": 0}
    for row in console.tutor.listing():
        counts["quizzes" if row.kind == "quiz" else f"{row.kind}s"] += 1
    return {"root": str(console.tutor.desk.root), **counts}


def _progress(console: Console) -> dict[str, Any]:
    """Return where the progress lies and how it is; it is opened, which sets a damaged file aside."""
    from sdtutor.errors import StoreError
    from sdtutor.store.location import progress_path
    from sdtutor.store.schema import MIGRATIONS

    path = progress_path(console.environ)
    facts: dict[str, Any] = {"file": str(path), "bytes": path.stat().st_size if path.is_file() else 0}
    if not path.is_file():
        return {**facts, "state": "none yet"}
    try:
        store = console.tutor.desk.store
    except StoreError as error:
        return {**facts, "state": str(error)}
    return {
        **facts,
        "schema": len(MIGRATIONS),
        "state": store.notice or "good",
        "answers": len(store.answers()),
    }


def _timings(console: Console) -> dict[str, Any]:
    """Return how long the parts of a start take here, in milliseconds."""
    labs = console.tutor.desk.shelf.names
    steps: dict[str, Callable[[], Any]] = {"list": console.tutor.listing}
    if labs:
        steps["import_a_lab"] = lambda: console.tutor.load_lab(labs[0])
    steps["import_textual"] = lambda: __import__("textual.app")
    return {name: round(_took(work) * 1000, 1) for name, work in steps.items()}


def _took(work: Callable[[], Any]) -> float:
    from time import perf_counter

    start = perf_counter()
    work()
    return perf_counter() - start
