"""Home as a conversation: what to do now, the topics, and a number that opens one."""

from dataclasses import asdict
from typing import TYPE_CHECKING

from sdtutor.cli.surface import EndOfInput

if TYPE_CHECKING:
    from sdtutor.cli.console import Console
    from sdtutor.session.views import HomeRow, HomeView

_ELSEWHERE = "interview_date"
"""What only the full screen offers."""


def show_home(console: "Console") -> int:
    """Tell home, and open what the learner chooses; return the exit code."""
    home = console.tutor.home()
    if console.way == "json":
        console.emit({"type": "home", **asdict(home)})
        return 0
    _tell(console, home)
    if not console.surface.answers:
        return 0
    rows = [row for row in home.start if row.kind != _ELSEWHERE]
    options = [f"{row.title}: {row.detail}" for row in rows] + [topic.title for topic in home.topics]
    try:
        index = console.surface.choose("What do you want to do?", options, skip="leaves")
    except EndOfInput:
        return 0
    if index is None:
        return 0
    if index < len(rows):
        return _open(console, rows[index])
    from sdtutor.cli.commands.learn import open_lesson

    return open_lesson(console, home.topics[index - len(rows)].slug)


def _tell(console: "Console", home: "HomeView") -> None:
    surface = console.surface
    surface.heading(f"sdtutor, {home.header}")
    if home.notice:
        surface.say(home.notice)
    surface.say(f"{home.heading}{f': {home.summary}' if home.summary else ''}")
    for row in home.start:
        if row.kind != _ELSEWHERE:
            surface.say(f"  {row.title}: {row.detail}. {row.why}".rstrip())
    surface.heading("Topics")
    surface.rows(
        (
            topic.title,
            f"{topic.done} of {topic.count} done",
            "" if topic.recall is None else f"recall {topic.recall:.0%}, {topic.confidence}",
            "weakest" if topic.weakest else "",
        )
        for topic in home.topics
    )
    surface.say()
    surface.say("sdtutor --help lists the commands.")


def _open(console: "Console", row: "HomeRow") -> int:
    from sdtutor.cli.commands.interview import open_interview
    from sdtutor.cli.commands.lab import open_lab
    from sdtutor.cli.commands.learn import open_lesson
    from sdtutor.cli.commands.quiz import take_quiz
    from sdtutor.cli.flows.resume import resume
    from sdtutor.cli.interview_request import InterviewRequest
    from sdtutor.cli.lab_request import LabRequest

    tutor = console.tutor
    if row.kind in ("lab", "goal"):
        return open_lab(console, tutor.labs_of(row.target)[0], LabRequest({}))
    if row.kind == "lesson":
        return open_lesson(console, row.target)
    if row.kind == "interview":
        return open_interview(console, InterviewRequest(resume=bool(row.target)))
    last = tutor.last()
    if row.kind == "continue" and last:
        return resume(console, last)
    if row.kind == "review":
        return take_quiz(console, tutor.start_quiz(due_only=True))
    if row.kind == "surprises":
        return take_quiz(console, tutor.start_quiz(only=tutor.surprises()))
    return take_quiz(console, tutor.start_quiz([row.target]))
