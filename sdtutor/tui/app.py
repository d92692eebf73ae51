"""The full-screen tutor: the first screen, the theme, and nothing else."""

from typing import TYPE_CHECKING, Literal

from textual.app import App

from sdtutor.tui.theme import ThemeName

if TYPE_CHECKING:
    from sdtutor.session.interview_session import InterviewSession
    from sdtutor.session.lab_session import LabSession
    from sdtutor.session.quiz_session import QuizSession
    from sdtutor.session.tutor import Tutor
    from sdtutor.tui.base_screen import BaseScreen


class TutorApp(App[None], inherit_bindings=False):
    """The tutor on the whole terminal.

    Args:
        tutor: The use cases.
        first: The screen to begin with; leaving it leaves the program.
        look: Which set of styles to draw with.
        ascii_only: Whether the terminal shows ASCII only.
    """

    ENABLE_COMMAND_PALETTE = False
    AUTO_FOCUS = None
    CSS = "Screen { background: black 0%; }"

    def __init__(
        self,
        tutor: "Tutor",
        first: "BaseScreen",
        *,
        look: ThemeName = "dark",
        ascii_only: bool = False,
    ) -> None:
        super().__init__()
        self.tutor = tutor
        self.look: ThemeName = look
        self.ascii_only = ascii_only
        self._first = first

    def get_default_screen(self) -> "BaseScreen":
        """Return the first screen."""
        return self._first

    def open_place(
        self, kind: Literal["lesson", "lab", "quiz"], concept: str, *, resume: bool = False
    ) -> None:
        """Show a lesson, a lab or a quiz on top of the screen that is there.

        Args:
            kind: Which of them.
            concept: ``topic/slug``.
            resume: Whether to go on with the run or the questions that were left.
        """
        if kind == "lesson":
            from sdtutor.tui.lesson_screen import LessonScreen

            self.push_screen(LessonScreen(self.tutor.open_lesson(concept)))
        elif kind == "lab":
            self.show_lab(self.tutor.start_lab(concept, resume=resume))
        elif resume:
            self.show_quiz(self.tutor.resume_quiz())
        else:
            self.show_quiz(self.tutor.start_quiz((concept,)))

    def show_lab(self, session: "LabSession") -> None:
        """Show a lab."""
        from sdtutor.tui.lab_screen import LabScreen

        self.push_screen(LabScreen(session))

    def show_quiz(self, session: "QuizSession") -> None:
        """Show a quiz."""
        from sdtutor.tui.quiz_screen import QuizScreen

        self.push_screen(QuizScreen(session))

    def show_interview(self, session: "InterviewSession") -> None:
        """Show a mock interview."""
        from sdtutor.tui.interview_screen import InterviewScreen

        self.push_screen(InterviewScreen(session))

    def show_report(self, interview: str) -> None:
        """Show the report on an interview that ended.

        Args:
            interview: Its id or its problem.
        """
        from sdtutor.tui.scoring_screen import ScoringScreen

        self.push_screen(ScoringScreen(self.tutor.reopen_interview(interview)))

    def set_look(self, look: ThemeName) -> None:
        """Draw every screen in another theme."""
        from sdtutor.tui.base_screen import BaseScreen

        self.look = look
        for screen in self.screen_stack:
            if isinstance(screen, BaseScreen):
                screen.page.set_theme(look)
