"""``sdtutor learn``: read a lesson."""

from dataclasses import asdict
from typing import Annotated

import typer

from sdtutor.cli.console import Console
from sdtutor.cli.options import Command, quiet_app

app = quiet_app()


@app.command(cls=Command)
def learn(
    ctx: typer.Context,
    name: Annotated[
        str, typer.Argument(metavar="[TOPIC|CONCEPT]", help="What to read; a topic opens its next lesson.")
    ] = "",
) -> int:
    """Read a lesson; without a name, go on where you stopped, or with the next one."""
    with Console.of(ctx) as console:
        code = open_lesson(console, name)
        console.told()
        return code


def open_lesson(console: Console, name: str) -> int:
    """Open a lesson on the surface of the console; return the exit code.

    Args:
        console: Where.
        name: A concept or a topic; empty is the lesson at hand.

    Raises:
        UsageError: The name is unknown or could be several, or there is no lesson left.
    """
    lesson = console.tutor.open_lesson(name)
    if console.way == "json":
        console.emit({"type": "lesson", **asdict(lesson)})
        return 0
    if console.way == "screen":
        from sdtutor.tui.opening import run_lesson

        return run_lesson(console.tutor, lesson.concept, ascii_only=console.ascii_only)
    from sdtutor.cli.flows.lesson import read_lesson

    read_lesson(console.tutor, lesson, console.surface)
    return 0
