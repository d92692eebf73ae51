"""``sdtutor list``: what there is to read, to run and to answer."""

from typing import Annotated

import typer

from sdtutor.cli.console import Console
from sdtutor.cli.options import Command, quiet_app

app = quiet_app()

_KINDS = {"lessons": "lesson", "labs": "lab", "quizzes": "quiz"}


@app.command(cls=Command)
def listing(
    ctx: typer.Context,
    kind: Annotated[str, typer.Argument(metavar="[lessons|labs|quizzes]", help="Only these.")] = "",
    topic: Annotated[str, typer.Option("--topic", metavar="TOPIC", help="Only of this topic.")] = "",
) -> None:
    """List lessons, labs and quizzes; the name in the first column opens each of them."""
    from dataclasses import asdict
    from typing import cast

    from sdtutor.core.slugs import resolve
    from sdtutor.session.views import ListKind

    with Console.of(ctx) as console:
        chosen = cast("ListKind", _KINDS[resolve(kind, _KINDS, "kind")]) if kind else None
        rows = console.tutor.listing(chosen, topic or None)
        if console.way == "json":
            for row in rows:
                console.emit(asdict(row))
            return
        surface = console.surface
        if not rows:
            surface.say("There is nothing of this kind yet.")
        for title, one in _KINDS.items():
            found = [row for row in rows if row.kind == one]
            if found:
                surface.heading(title.capitalize())
                surface.rows(
                    (row.id, row.state, f"{row.minutes} min" if row.minutes else "", row.title)
                    for row in found
                )
        console.told()
