"""Opening the full-screen tutor at some place; each function returns the exit code of the program."""

import locale
import os
import sys
from collections.abc import Mapping
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sdtutor.session.interview_session import InterviewSession
    from sdtutor.session.lab_session import LabSession
    from sdtutor.session.quiz_session import QuizSession
    from sdtutor.session.tutor import Tutor
    from sdtutor.tui.base_screen import BaseScreen
    from sdtutor.tui.theme import ThemeName


def run_home(tutor: "Tutor", *, ascii_only: bool | None = None) -> int:
    """Open home."""
    from sdtutor.tui.home_screen import HomeScreen

    return run_screen(tutor, HomeScreen(), ascii_only=ascii_only)


def run_lesson(tutor: "Tutor", concept: str, *, ascii_only: bool | None = None) -> int:
    """Open a lesson where the learner stopped in it; raises what Tutor.open_lesson raises."""
    from sdtutor.tui.lesson_screen import LessonScreen

    return run_screen(tutor, LessonScreen(tutor.open_lesson(concept)), ascii_only=ascii_only)


def run_lab(tutor: "Tutor", session: "LabSession", *, ascii_only: bool | None = None) -> int:
    """Open a lab."""
    from sdtutor.tui.lab_screen import LabScreen

    return run_screen(tutor, LabScreen(session), ascii_only=ascii_only)


def run_quiz(tutor: "Tutor", session: "QuizSession", *, ascii_only: bool | None = None) -> int:
    """Open a quiz."""
    from sdtutor.tui.quiz_screen import QuizScreen

    return run_screen(tutor, QuizScreen(session), ascii_only=ascii_only)


def run_interview(
    tutor: "Tutor", session: "InterviewSession | None" = None, *, ascii_only: bool | None = None
) -> int:
    """Open a mock interview; without one, the choice of them."""
    from sdtutor.tui.interview_dialogs import InterviewsScreen
    from sdtutor.tui.interview_screen import InterviewScreen

    first = InterviewScreen(session) if session else InterviewsScreen()
    return run_screen(tutor, first, ascii_only=ascii_only)


def run_screen(tutor: "Tutor", first: "BaseScreen", *, ascii_only: bool | None = None) -> int:
    """Run the app from a screen on and return its exit code.

    Args:
        tutor: The use cases.
        first: The outermost screen.
        ascii_only: Whether to draw in ASCII; None asks the terminal's encoding.
    """
    from sdtutor.tui.app import TutorApp

    plain = not speaks_unicode() if ascii_only is None else ascii_only
    app = TutorApp(tutor, first, look=chosen_look(tutor, os.environ), ascii_only=plain)
    app.run()
    return app.return_code or 0


def speaks_unicode() -> bool:
    """Tell whether the terminal's encoding is UTF-8."""
    encoding = sys.stdout.encoding or locale.getpreferredencoding(do_setlocale=False)
    return encoding.lower().replace("-", "") == "utf8"


def chosen_look(tutor: "Tutor", environ: Mapping[str, str]) -> "ThemeName":
    """Return the theme: none of colour when NO_COLOR is set, else the learner's, else dark.

    Source: https://no-color.org (any value but the empty one counts).
    """
    if environ.get("NO_COLOR"):
        return "colourless"
    return "light" if tutor.setting("theme") == "light" else "dark"
