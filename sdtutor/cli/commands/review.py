"""``sdtutor review``: the questions that are due."""

import typer

from sdtutor.cli.console import Console
from sdtutor.cli.options import Command, quiet_app

app = quiet_app()


@app.command(cls=Command)
def review(ctx: typer.Context) -> int:
    """Answer the questions that are due today, the most forgotten first."""
    from sdtutor.cli.commands.quiz import take_quiz

    with Console.of(ctx) as console:
        stand = console.tutor.progress()
        if stand.due:
            code = take_quiz(console, console.tutor.start_quiz(due_only=True))
            console.told()
            return code
        if console.way == "json":
            console.emit({"type": "summary", "due": 0, "due_tomorrow": stand.due_tomorrow})
            return 0
        print(f"Nothing is due now; by tomorrow evening: {stand.due_tomorrow}.")
        return 0
