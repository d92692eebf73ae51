"""``sdtutor search``: find words in lessons and questions."""

from typing import Annotated

import typer

from sdtutor.cli.console import Console
from sdtutor.cli.options import Command, quiet_app

app = quiet_app()


@app.command(cls=Command)
def search(
    ctx: typer.Context,
    words: Annotated[list[str], typer.Argument(metavar="WORDS", help="All must be found.")],
) -> None:
    """Find words in titles, lessons and questions, the best place first."""
    from dataclasses import asdict

    with Console.of(ctx) as console:
        hits = console.tutor.search(" ".join(words))
        if console.way == "json":
            for hit in hits:
                console.emit(asdict(hit))
            return
        surface = console.surface
        if not hits:
            surface.say(f"Nothing has all of these words: {' '.join(words)}. Try fewer.")
        for hit in hits:
            place = f", {hit.place}" if hit.place else ""
            surface.say(f"{hit.kind} {hit.id}: {hit.title}{place}")
            surface.say(f"    {hit.excerpt}")
        console.told()
