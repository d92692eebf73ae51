"""After the story of a lab: what to say about it in an interview, then three questions."""

from collections.abc import Collection, Sequence
from typing import TYPE_CHECKING

from sdtutor.drawing.spans import Line, line
from sdtutor.tui.base_screen import BaseScreen
from sdtutor.tui.footer import divider

if TYPE_CHECKING:
    from sdtutor.tui.lab_screen import LabScreen

QUESTIONS = 3
_SECTION = "say this in an interview"
_WIDEST = 72


class StoryScreen(BaseScreen):
    """What to say in an interview; Enter asks three questions.

    Args:
        lab: The lab whose story was told.
    """

    KEYS = "palette"

    def __init__(self, lab: "LabScreen") -> None:
        super().__init__()
        self._lab = lab
        self._top = 0
        self._rows: tuple[int, Sequence[Line]] = (0, ())

    def body(self, columns: int, rows: int) -> Sequence[Line]:
        """Return the lesson's lines for an interview, and what comes next."""
        text = self._text(min(columns - 4, _WIDEST))
        self._top = max(0, min(self._top, len(text) - (rows - 6)))
        head = [line(" ", (self._lab.view.title, "title")), divider("say this in an interview", columns), ()]
        shown = [line("  ", *row) for row in text[self._top : self._top + rows - 6]]
        after = line("  ", ("Enter", "key"), f"  {QUESTIONS} questions   ", ("Esc", "key"), "  the lab")
        return [*head, *shown, (), after]

    def _text(self, columns: int) -> Sequence[Line]:
        if self._rows[0] != columns:
            self._rows = (columns, self._set(columns))
        return self._rows[1]

    def _set(self, columns: int) -> Sequence[Line]:
        from sdtutor.drawing.prose import render

        lesson = self.tutor.open_lesson(self._lab.view.lab)
        said = [section for section in lesson.sections if section.title.lower() == _SECTION]
        return render(said[0].markdown if said else lesson.summary, columns).lines

    def working_keys(self) -> Collection[str]:
        """Return what can be done now."""
        return ("open", "choose_up", "choose_down")

    def do_choose_down(self) -> None:
        """Scroll one line down."""
        self._top += 1

    def do_choose_up(self) -> None:
        """Scroll one line up."""
        self._top = max(0, self._top - 1)

    def do_open(self) -> None:
        """Ask three questions; their end leads home."""
        from sdtutor.tui.quiz_screen import QuizScreen

        quiz = self.tutor.start_quiz((self._lab.view.lab,), QUESTIONS)
        self.app.switch_screen(QuizScreen(quiz, done=self._lab.go_home))
