"""Going on where the learner stopped."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sdtutor.cli.console import Console
    from sdtutor.store.records import LastPlace


def resume(console: "Console", last: "LastPlace") -> int:
    """Open what was open last on the surface of the console; return the exit code.

    Args:
        console: The surface and the tutor.
        last: From `Tutor.last`.
    """
    from sdtutor.cli.commands.lab import play
    from sdtutor.cli.commands.learn import open_lesson
    from sdtutor.cli.commands.quiz import take_quiz

    tutor = console.tutor
    if last.kind == "interview":
        return _resume_interview(console, last.concept)
    if last.kind == "lab":
        return play(console, tutor.start_lab(last.concept, resume=True))
    if last.kind == "quiz":
        return take_quiz(console, tutor.resume_quiz())
    return open_lesson(console, last.concept)


def _resume_interview(console: "Console", problem: str) -> int:
    """Go on with the interview on a problem; with the next lesson when it is over."""
    from sdtutor.cli.commands.interview import open_interview
    from sdtutor.cli.commands.learn import open_lesson
    from sdtutor.cli.interview_request import InterviewRequest

    states = {row.slug: row.state for row in console.tutor.interviews()}
    if states.get(problem) != "paused":
        return open_lesson(console, "")
    return open_interview(console, InterviewRequest(problem, resume=True))
