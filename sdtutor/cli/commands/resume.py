"""``sdtutor continue``: open what was open last."""

import typer

from sdtutor.cli.console import Console
from sdtutor.cli.options import Command, quiet_app

app = quiet_app()


@app.command(cls=Command)
def continue_(ctx: typer.Context) -> int:
    """Open the lesson, the lab or the quiz that you had open last; home before the first."""
    from sdtutor.cli.commands.home import home
    from sdtutor.cli.flows.resume import resume

    with Console.of(ctx) as console:
        last = console.tutor.last()
        code = resume(console, last) if last else home(console)
        console.told()
        return code
