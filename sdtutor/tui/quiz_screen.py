"""The quiz: one question at a time, what is told after it, and the summary."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from sdtutor.drawing.spans import Line, Span, line, safe
from sdtutor.errors import UsageError
from sdtutor.tui.base_screen import BaseScreen
from sdtutor.tui.footer import rule
from sdtutor.tui.home_rows import spread
from sdtutor.tui.quiz_page import question_lines, summary_lines, verdict_row

if TYPE_CHECKING:
    from sdtutor.session.quiz_session import QuizSession
    from sdtutor.session.views import QuizView

_MARGIN = 2


class QuizScreen(BaseScreen):
    """A quiz.

    Args:
        session: The quiz; it may be in the middle.
        done: Called when the learner leaves the summary; without it the screen closes.
    """

    KEYS = "quiz"

    def __init__(self, session: "QuizSession", done: Callable[[], None] | None = None) -> None:
        super().__init__()
        self.session = session
        self.top = 0
        self._done = done
        self._rows: tuple[Line, ...] = ()
        self._in_sight = 0
        self._begin()

    @property
    def view(self) -> "QuizView":
        """The quiz as it stands."""
        return self.session.view()

    def _begin(self) -> None:
        """Show a question from its first row; where an answer is typed, let it be typed at once."""
        self.top = 0
        view = self.view
        if not view.choices and view.told is None and not view.finished:
            self.do_write()

    def body(self, columns: int, rows: int) -> Sequence[Line]:
        """Return the title row and the part of the question that is in sight."""
        view = self.view
        width = max(20, columns - 2 * _MARGIN)
        lines = summary_lines(view.summary, width) if view.summary else question_lines(view, width)
        if lines != self._rows and view.told and not view.finished:
            self._show_verdict(lines, width, rows - 2)
        self._rows, self._in_sight = lines, rows - 2
        self.top = max(0, min(self.top, len(lines) - self._in_sight))
        margin = Span(" " * _MARGIN)
        shown = ((margin, *row) for row in lines[self.top : self.top + rows - 2])
        return (self._head(view, columns), rule(columns), *shown)

    def _show_verdict(self, lines: tuple[Line, ...], width: int, room: int) -> None:
        if len(lines) > room:
            self.top = verdict_row(lines, width)

    def _head(self, view: "QuizView", columns: int) -> Line:
        if view.finished:
            return line((" Quiz   ", "dim"), ("done", "title"))
        left = line((" Quiz   ", "dim"), (safe(view.title), "title"))
        right = line((f"{view.level}   question {view.number} of {view.count} ", "dim"))
        return spread(left, right, columns)

    def working_keys(self) -> set[str]:
        """Return the actions that this moment of the quiz has."""
        view = self.view
        if view.finished:
            return {"next_question"}
        actions = {"report"}
        if len(self._rows) > self._in_sight:
            actions |= {"quiz_up", "quiz_down"}
        if view.can_undo:
            actions.add("undo")
        if view.told is not None:
            return actions | {"next_question"} | ({"see_lab"} if view.lab else set())
        actions.add("digit" if view.choices else "write")
        return actions | {"think", "sure", "unsure"}

    def searchable(self) -> Sequence[Line]:
        """Return the whole question."""
        return self._rows

    def reveal(self, row: int) -> None:
        """Bring a row into sight."""
        self.top = row

    def wheel(self, by: int) -> None:
        """Scroll."""
        self.top += by

    def do_quiz_down(self) -> None:
        """Go one row down."""
        self.top += 1

    def do_quiz_up(self) -> None:
        """Go one row up."""
        self.top -= 1

    def do_digit(self, pressed: str) -> None:
        """Choose an option, or take it back where several can be chosen."""
        self.session.choose((int(pressed) or 10) - 1)

    def do_write(self) -> None:
        """Type the answer; Esc keeps what was typed."""
        view = self.view
        prompt = f"Answer ({safe(view.unit)}):" if view.unit else "Answer:"
        self.type_line(prompt, self.session.type, view.typed, self.session.type)

    def do_think(self) -> None:
        """Answer: I think so."""
        self.session.answer("think")

    def do_sure(self) -> None:
        """Answer: I am sure."""
        self.session.answer("sure")

    def do_unsure(self) -> None:
        """Answer: a guess."""
        self.session.answer("guess")

    def do_next_question(self) -> None:
        """Show the next question; after the last one the summary, after that leave."""
        if not self.view.finished:
            self.session.next()
            self._begin()
        elif self._done is not None:
            self._done()
        else:
            self.close()

    def do_undo(self) -> None:
        """Take the answer back."""
        self.session.undo()
        self._begin()

    def do_see_lab(self) -> None:
        """Open the lab where it can be seen."""
        link = self.view.lab
        if link is None:
            raise UsageError("No lab shows this.")
        self.tutor_app.show_lab(self.tutor.open_link(link))

    def do_report(self) -> None:
        """Say what is wrong with this question."""
        self.type_line("What is wrong here?", self._take_report)

    def _take_report(self, text: str) -> None:
        self.session.report(text)
        self.tell("Kept. sdtutor progress export holds your reports.")
