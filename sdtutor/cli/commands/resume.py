"""``sdtutor continue``: open what was open last."""

import typer

from sdtutor.cli.console import Console
from sdtutor.cli.options import Command, quiet_app

app = quiet_app()


@app.command(cls=Command)
def continue_(ctx: typer.Context) -> int:
    """Open the lesson, the lab or the quiz that you had open last; home before the first."""
    with Console.of(ctx) as console:
        code = resume(console)
        console.told()
        return code


def resume(console: Console) -> int:
    """Open what was open last on the surface of the console; return the exit code."""
    from sdtutor.cli.commands.home import home
    from sdtutor.cli.commands.lab import play
    from sdtutor.cli.commands.learn import open_lesson
    from sdtutor.cli.commands.quiz import take_quiz

    tutor = console.tutor
    last = tutor.last()
    if last is None:
        return home(console)
    if last.kind == "lab":
        return play(console, tutor.start_lab(last.concept, resume=True))
    if last.kind == "quiz":
        return take_quiz(console, tutor.resume_quiz())
    return open_lesson(console, last.concept)
