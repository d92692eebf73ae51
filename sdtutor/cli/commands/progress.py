"""``sdtutor progress``: show, export, import, reset."""

import json
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from sdtutor.cli.console import Console
from sdtutor.cli.options import Command, quiet_app
from sdtutor.errors import LocatedError, UsageError

if TYPE_CHECKING:
    from sdtutor.session.views import ProgressView

app = quiet_app(invoke_without_command=True)


@app.callback()
def progress(ctx: typer.Context) -> int:
    """Show where you stand, or export, import or reset it."""
    return show(ctx) if ctx.invoked_subcommand is None else 0


@app.command(cls=Command)
def show(ctx: typer.Context) -> int:
    """Show where you stand, topic by topic."""
    with Console.of(ctx) as console:
        view = console.tutor.progress()
        if console.way == "json":
            console.emit({"type": "progress", **asdict(view)})
        else:
            _tell(console, view)
        console.told()
    return 0


def _tell(console: Console, view: "ProgressView") -> None:
    surface = console.surface
    surface.heading(f"Day {view.day}")
    surface.rows(
        (
            ("active", f"{view.active_days} of the last 7 days"),
            ("answers", f"{view.answers}, {view.right} right"),
            ("due now", str(view.due)),
            ("by tomorrow", str(view.due_tomorrow)),
            ("lab goals met", str(view.goals)),
            ("kept in", view.path),
        )
    )
    surface.heading("Topics")
    surface.rows(
        (
            topic.title,
            f"{topic.done} of {topic.count} done",
            "" if topic.recall is None else f"recall {topic.recall:.0%}",
            topic.confidence if view.answers else "",
            "weakest" if topic.weakest else "",
        )
        for topic in view.topics
    )
    if view.surprises:
        surface.heading("Sure, and wrong")
    for surprise in view.surprises:
        surface.say(f"{surprise.title}: {surprise.prompt}")


@app.command(cls=Command)
def export(
    ctx: typer.Context,
    file: Annotated[Path | None, typer.Argument(metavar="[FILE]", help="Standard output without it.")] = None,
) -> int:
    """Write all progress as JSON."""
    with Console.of(ctx) as console:
        text = json.dumps(console.tutor.export_progress(), indent=None if console.asked.json else 1)
        if file is None:
            print(text)
        else:
            _write(file, text + "\n")
        console.told()
    return 0


def _write(file: Path, text: str) -> None:
    try:
        file.write_text(text, encoding="utf-8")
    except OSError as error:
        raise UsageError(f"{file} cannot be written: {error.strerror}.", "Name another file.") from None


@app.command("import", cls=Command)
def import_(ctx: typer.Context, file: Annotated[Path, typer.Argument(metavar="FILE")]) -> int:
    """Merge exported progress into yours; nothing of yours is lost."""
    data = _read(file)
    with Console.of(ctx) as console:
        count = console.tutor.import_progress(data)
        if console.way == "json":
            console.emit({"type": "imported", "count": count})
        else:
            print(f"New or changed entries: {count}.")
        console.told()
    return 0


def _read(file: Path) -> Any:
    try:
        return json.loads(file.read_text(encoding="utf-8"))
    except OSError as error:
        raise UsageError(f"{file} cannot be read: {error.strerror}.", "Name an exported file.") from None
    except json.JSONDecodeError as error:
        raise LocatedError(file, error.lineno, f"This is not JSON: {error.msg}.") from None
    except (UnicodeDecodeError, RecursionError):
        raise LocatedError(file, 0, "This is not JSON.", "sdtutor progress export writes one.") from None


@app.command(cls=Command)
def reset(
    ctx: typer.Context,
    concept: Annotated[str, typer.Argument(metavar="[CONCEPT]", help="Only this one; all without it.")] = "",
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask.")] = False,
) -> int:
    """Forget your progress in a concept, or all of it; a backup is written first."""
    with Console.of(ctx) as console:
        chosen = console.tutor.resolve_concept(concept) if concept else None
        what = f"your progress in {chosen}" if chosen else "all your progress"
        if not yes and not _agrees(console, what):
            print("Nothing was changed.")
            return 0
        backup = console.tutor.reset_progress(chosen)
        if console.way == "json":
            console.emit({"type": "reset", "concept": chosen, "backup": str(backup)})
        else:
            print(f"Forgotten: {what}. A backup is in {backup}; sdtutor progress import brings it back.")
        console.told()
    return 0


def _agrees(console: Console, what: str) -> bool:
    """Ask whether to forget; raises UsageError where nobody can be asked."""
    if console.way == "json" or not console.surface.answers:
        raise UsageError(f"This forgets {what}.", "Say --yes if you mean it.")
    return console.surface.ask(f"Forget {what}? yes or no: ", _yes_or_no)


def _yes_or_no(text: str) -> bool:
    if text.lower() in ("y", "yes"):
        return True
    if text.lower() in ("n", "no", ""):
        return False
    raise UsageError(f'"{text}" is neither yes nor no.')
