"""``sdtutor content``: for authors."""

import sys
from pathlib import Path
from typing import Annotated

import typer

from sdtutor.cli.console import Console
from sdtutor.cli.options import Command, quiet_app
from sdtutor.core.units import count
from sdtutor.errors import ExitCode

app = quiet_app()

Root = Annotated[
    Path | None, typer.Option("--root", metavar="DIR", help="The folder that holds lessons/ and the others.")
]

Predictions = Annotated[
    int,
    typer.Option(
        "--predictions", metavar="N", min=0, help="Also make N predictions, and judge each by a fresh run."
    ),
]


@app.callback()
def content() -> None:
    """Check lessons, quizzes, labs and interviews, or start a new one."""


@app.command(cls=Command)
def check(ctx: typer.Context, root: Root = None, predictions: Predictions = 0) -> int:
    """Name every problem of all content in one run: file, line, what to do. Exit 2 if there is any."""
    from sdtutor.session.check import check_content

    with Console.of(ctx) as console:
        problems = check_content(root, told=_tell)
        counts = _counts(root)
        if predictions:
            from sdtutor.session.check_predictions import check_predictions

            judged = check_predictions(predictions)
            problems = (*problems, *judged.problems)
            counts["predictions"] = judged.made
        if console.way == "json":
            for problem in problems:
                console.emit(
                    {
                        "type": "problem",
                        "file": str(problem.path),
                        "line": problem.line,
                        "message": problem.message,
                        "hint": problem.hint,
                    }
                )
            console.emit({"type": "checked", "problems": len(problems), **counts})
        else:
            from sdtutor.drawing.spans import safe

            for problem in problems:
                print(safe(f"{problem.place}: {problem.message} {problem.hint}".rstrip()))
            found = count(len(problems), "problem") if problems else "no problem"
            print(f"{_said(counts)}: {found}")
    return ExitCode.USAGE if problems else ExitCode.DONE


def _tell(what: str) -> None:
    """Say on a terminal what is looked at, on one line that is written again and again."""
    if sys.stderr.isatty():
        print(f"\r{f'checking {what}':<60}\r", end="", file=sys.stderr, flush=True)


_PLURALS = {
    "lessons": "lesson",
    "quizzes": "quiz",
    "labs": "lab",
    "interviews": "interview",
    "predictions": "prediction",
}


def _said(counts: dict[str, int]) -> str:
    return ", ".join(count(number, _PLURALS[name], name) for name, number in counts.items())


def _counts(root: Path | None) -> dict[str, int]:
    """Return how many lessons, quizzes, labs and interviews there are."""
    from sdtutor.content.problems import problem_slugs
    from sdtutor.content.roots import content_root
    from sdtutor.session.labs import LabShelf

    folder = root or content_root()
    return {
        "lessons": len(list((folder / "lessons").glob("*/*.md"))),
        "quizzes": len(list((folder / "quizzes").glob("*/*.yaml"))),
        "labs": len(LabShelf().names),
        "interviews": len(problem_slugs(folder)),
    }


@app.command(cls=Command)
def new(
    ctx: typer.Context,
    topic: Annotated[str, typer.Argument(metavar="TOPIC", help='One of the ten, or "interview".')],
    slug: Annotated[str, typer.Argument(metavar="SLUG", help="Name of what is new, in snake_case.")],
    root: Root = None,
) -> int:
    """Write skeletons: lesson, quiz, reference, lab and test of a concept, or an interview problem."""
    from sdtutor.content.roots import content_root, package_root
    from sdtutor.content.scaffold import scaffold, scaffold_interview
    from sdtutor.core.slugs import TOPICS, normalise, resolve

    folder = root or content_root()
    package = package_root() if root is None else root / "sdtutor"
    chosen, name = resolve(topic, (*TOPICS, "interview"), "topic"), normalise(slug)
    if chosen == "interview":
        written, order = scaffold_interview(folder, package, name), "docs/authoring.md explains each key"
    else:
        written = scaffold(folder, package, chosen, name)
        order = "Write them in this order: reference, its test, lab, lesson, quiz"
    with Console.of(ctx) as console:
        if console.way == "json":
            console.emit({"type": "written", "files": [str(path) for path in written]})
            return 0
        for path in written:
            print(path)
        print(f"{order}; sdtutor content check judges.")
    return 0
