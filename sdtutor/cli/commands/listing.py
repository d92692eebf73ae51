"""``sdtutor list``: what there is to read, to run, to answer and to be interviewed about."""

from typing import TYPE_CHECKING, Annotated

import typer

from sdtutor.cli.console import Console
from sdtutor.cli.options import Command, quiet_app

if TYPE_CHECKING:
    from sdtutor.session.views import ListRow, ProblemRow

app = quiet_app()

_KINDS = {"lessons": "lesson", "labs": "lab", "quizzes": "quiz", "interviews": "interview"}


@app.command(cls=Command)
def listing(
    ctx: typer.Context,
    kind: Annotated[
        str, typer.Argument(metavar="[lessons|labs|quizzes|interviews]", help="Only these.")
    ] = "",
    topic: Annotated[str, typer.Option("--topic", metavar="TOPIC", help="Only of this topic.")] = "",
) -> None:
    """List lessons, labs, quizzes and interviews; the name in the first column opens each of them."""
    from dataclasses import asdict

    from sdtutor.core.slugs import resolve

    with Console.of(ctx) as console:
        rows = _rows(console, _KINDS[resolve(kind, _KINDS, "kind")] if kind else "", topic)
        if console.way == "json":
            for row in rows:
                console.emit(asdict(row))
            return
        if not rows:
            console.surface.say("There is nothing of this kind yet.")
        _show(console, rows)
        console.told()


def _rows(console: Console, kind: str, topic: str) -> "tuple[ListRow | ProblemRow, ...]":
    """Return what is asked for; an interview belongs to no topic."""
    from typing import cast

    from sdtutor.session.listing import problem_rows
    from sdtutor.session.views import ListKind

    found: list[ListRow | ProblemRow] = []
    if kind != "interview":
        found += console.tutor.listing(cast("ListKind", kind) if kind else None, topic or None)
    elif topic:
        console.tutor.resolve_topic(topic)
    if kind in ("", "interview") and not topic:
        found += problem_rows(console.tutor.desk)
    return tuple(found)


def _show(console: Console, rows: "tuple[ListRow | ProblemRow, ...]") -> None:
    from sdtutor.session.views import ListRow, ProblemRow

    surface = console.surface
    for title, one in _KINDS.items():
        found = [row for row in rows if row.kind == one]
        if found:
            surface.heading(title.capitalize())
        surface.rows(
            (row.id, row.state, f"{row.minutes} min" if row.minutes else "", row.title)
            for row in found
            if isinstance(row, ListRow)
        )
        for row in found:
            if isinstance(row, ProblemRow):
                surface.say(f"{row.id}: {row.title}")
                surface.say(f"    {row.summary}")
