"""``sdtutor quiz``: answer questions."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, cast

import typer

from sdtutor.cli.console import Console
from sdtutor.cli.options import Command, quiet_app

if TYPE_CHECKING:
    from sdtutor.content.records import Level
    from sdtutor.session.quiz_session import QuizSession

app = quiet_app()


@app.command(cls=Command)
def quiz(
    ctx: typer.Context,
    name: Annotated[
        str, typer.Argument(metavar="[TOPIC|CONCEPT]", help="About what; without it, what you have read.")
    ] = "",
    count: Annotated[
        int | None, typer.Option("--count", metavar="N", min=1, help="At most N questions.")
    ] = None,
    level: Annotated[
        str, typer.Option("--level", metavar="mid|senior", help="Only questions for these people.")
    ] = "",
    seed: Annotated[
        int | None, typer.Option("--seed", metavar="N", help="Decides which questions, in which order.")
    ] = None,
    answers: Annotated[
        Path | None,
        typer.Option("--answers", metavar="FILE", help="Answers, one a line; exit 1 below 70 % right."),
    ] = None,
) -> int:
    """Answer questions: a number for an option, + behind it when you are sure, - when you guess."""
    from sdtutor.core.slugs import resolve

    wanted = cast("Level", resolve(level, ("mid", "senior"), "level")) if level else None
    with Console.of(ctx) as console:
        session = console.tutor.start_quiz([name] if name else [], count, wanted, seed)
        code = take_quiz(console, session, answers)
        console.told()
        return code


def take_quiz(console: Console, session: "QuizSession", answers: Path | None = None) -> int:
    """Take a quiz on the surface of the console; return the exit code.

    Args:
        console: Where.
        session: The quiz.
        answers: A file with the answers; None asks.

    Raises:
        LocatedError: An answer of a file or a pipe cannot be read.
    """
    import sys

    from sdtutor.cli.answers import Answers
    from sdtutor.cli.flows.quiz import ask_quiz, quiz_records
    from sdtutor.errors import ExitCode

    source = Answers.of_file(answers) if answers else Answers.standard()
    if answers:
        # Line n answers question n, also when an earlier sitting got stuck in the middle.
        source.skip(session.view().number - 1)
    if console.way == "json":
        tally = quiz_records(session, source, console.emit)
    elif answers:
        from sdtutor.cli.plain import Plain

        tally = ask_quiz(session, Plain(source, sys.stdout, unicode=console.unicode))
    elif console.way == "screen":
        from sdtutor.tui.opening import run_quiz

        return run_quiz(console.tutor, session, ascii_only=console.ascii_only)
    else:
        tally = ask_quiz(session, console.surface)
    return ExitCode.NOT_PASSED if answers and not tally.passed else ExitCode.DONE
