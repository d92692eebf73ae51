"""The commands there are: a row each, so that help lists them without importing one."""

from typing import NamedTuple


class Row(NamedTuple):
    """One command.

    Args:
        name: As it is typed.
        module: Below ``sdtutor.cli.commands``; it has an ``app`` with this command.
        heading: Under which help lists it.
        help: One line.
    """

    name: str
    module: str
    heading: str
    help: str


ROWS = (
    Row("learn", "learn", "Learn", "Read a lesson; without a name, go on where you stopped."),
    Row("lab", "lab", "Learn", "Run real code step by step, and break it."),
    Row("quiz", "quiz", "Learn", "Answer questions about what you have read."),
    Row("review", "review", "Learn", "Answer the questions that are due today."),
    Row("interview", "interview", "Learn", "Hold a mock interview, drawn, simulated and scored."),
    Row("continue", "resume", "Learn", "Open what you had open last."),
    Row("list", "listing", "Look around", "List lessons, labs, quizzes and interviews."),
    Row("search", "search", "Look around", "Find words in lessons and questions."),
    Row("progress", "progress", "Look around", "Show, export, import or reset your progress."),
    Row("content", "content", "For authors", "Check all content; start a new concept or interview."),
    Row("doctor", "doctor", "For authors", "Show versions, terminal, paths and timings."),
)

EXAMPLES = (
    ("sdtutor", "open home"),
    ("sdtutor lab cache_aside", "make a cache lie, in 90 seconds"),
    ("sdtutor learn caching", "the first lesson on caching that you have not done"),
    ("sdtutor quiz caching --count 5", "five questions"),
    ("sdtutor interview url_shortener --minutes 10", "a mock interview"),
    ("sdtutor lab saga --set fail_at=payment --plain", "a run in words"),
)


def row(name: str) -> Row | None:
    """Return the row of a command; None when there is none."""
    return next((each for each in ROWS if each.name == name), None)
