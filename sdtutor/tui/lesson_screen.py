"""The lesson: prose to page through, that opens the lab at the paragraph being read."""

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from sdtutor.content.links import lab_link
from sdtutor.drawing.prose import WIDEST, Anchor
from sdtutor.drawing.spans import Line, Span, cells, fit, line, safe
from sdtutor.errors import UsageError
from sdtutor.tui.base_screen import BaseScreen
from sdtutor.tui.footer import rule
from sdtutor.tui.home_rows import spread
from sdtutor.tui.lesson_page import LessonPage, contents_lines, lesson_page, minutes_left

if TYPE_CHECKING:
    from sdtutor.session.views import LessonView

_MARGIN = 2
_LINK_MARK = "▸"
_SIDE_FROM = 110
"""Columns from which the contents stand beside the text."""
_TEXT = 78
"""Columns for the text, its margin and its widest diagram where the contents stand beside it."""
_OVERLAP = 2
"""Rows of the page before that stay in sight."""


class LessonScreen(BaseScreen):
    """A lesson.

    Args:
        view: The lesson, opened.
    """

    KEYS = "lesson"

    def __init__(self, view: "LessonView") -> None:
        super().__init__()
        self.view = view
        self.top = 0
        self.shows_contents = False
        self.contents_cursor = 0
        self._page_of: tuple[int, LessonPage] | None = None
        self._chosen: int | None = None

    @property
    def lesson(self) -> LessonPage:
        """The lesson set for the width of the terminal."""
        columns = max(20, min(WIDEST, self.size.width - 2 * _MARGIN))
        if self._page_of is None or self._page_of[0] != columns:
            share = self.share if self._page_of else self._first_share
            self._page_of = columns, lesson_page(self.view, columns)
            self.top = round(share * self._last_top)
        return self._page_of[1]

    @property
    def rows_of_text(self) -> int:
        """How many rows of text are in sight."""
        return max(1, self.size.height - 2 - (2 if self.has_rule() else 1))

    @property
    def _last_top(self) -> int:
        return max(0, len(self._page_of[1].lines) - self.rows_of_text) if self._page_of else 0

    @property
    def share(self) -> float:
        """How much was read, 0 to 1."""
        return self.top / self._last_top if self._last_top else 1.0

    @property
    def _first_share(self) -> float:
        """Where to begin: where the learner stopped, but a lesson read to its end from the top."""
        return 0.0 if self.view.done else self.view.place

    @property
    def section(self) -> int:
        """Index of the section being read: the last one that begins in the upper third."""
        edge = self.top + self.rows_of_text // 3
        begun = [index for index, each in enumerate(self.lesson.sections) if each.line <= edge]
        return begun[-1] if begun else 0

    @property
    def link(self) -> Anchor | None:
        """The link that Enter follows: the one chosen with Tab, else the first whole one in sight."""
        bottom = self.top + self.rows_of_text
        seen = [each for each in self.lesson.anchors if self.top <= each.line < bottom]
        chosen = self.lesson.anchors[self._chosen] if self._chosen is not None else None
        if chosen in seen:
            return chosen
        return seen[0] if seen else None

    def body(self, columns: int, rows: int) -> Sequence[Line]:
        """Return the title row and the part of the page that is in sight."""
        lesson = self.lesson
        self.top = max(0, min(self.top, self._last_top))
        head = (self._head(columns), rule(columns))
        if self.shows_contents and columns < _SIDE_FROM:
            return (*head, *contents_lines(lesson, self.section, columns, self.contents_cursor))
        text = [self._row(index) for index in range(self.top, self.top + rows - len(head))]
        if columns < _SIDE_FROM or self.shows_contents:
            return (*head, *text)
        side = contents_lines(lesson, self.section, columns - _TEXT - 4)
        bar = Span("  │ ", "rule")
        beside = [side[index] if index < len(side) else () for index in range(len(text))]
        return (
            *head,
            *((*fit(row, _TEXT), bar, *more) for row, more in zip(text, beside, strict=True)),
        )

    def _row(self, index: int) -> Line:
        """Return a row of the page with its margin, in which the link that Enter follows is marked."""
        lines, anchor = self.lesson.lines, self.link
        row = lines[index] if index < len(lines) else ()
        if anchor is None or not anchor.first <= index <= anchor.last:
            return (Span(" " * _MARGIN), *row)
        if index == anchor.line:
            # The n-th link of a row belongs to the n-th anchor of that row.
            nth = [each for each in self.lesson.anchors if each.line == index].index(anchor)
            places = [at for at, span in enumerate(row) if span.role == "link" and _LINK_MARK in span.text]
            if nth < len(places):
                at = places[nth]
                row = (*row[:at], Span(row[at].text, "cursor"), *row[at + 1 :])
        return (Span("▎ ", "flight"), *row)

    def _head(self, columns: int) -> Line:
        view = self.view
        right = line((f"{self.share:.0%}   {minutes_left(view, self.share)} ", "dim"))
        topic = line((f" {safe(view.topic)} ▸ ", "dim"))
        title = line((safe(view.title), "title"))
        room = columns - sum(cells(span.text) for span in (*topic, *title, *right))
        return spread((*topic, *title) if room > 0 else (Span(" "), *title), right, columns)

    def working_keys(self) -> set[str]:
        """Return the actions that this lesson and this place in it have."""
        actions = {"page_down", "page_up", "scroll_down", "scroll_up", "contents", "top", "bottom"}
        actions |= {"next_section", "previous_section"}
        if self.view.guessed is None:
            actions.add("guess")
        if self.view.has_lab or self.shows_contents:
            actions.add("open_lab")
        if len(self.lesson.anchors) > 1:
            actions.add("next_link")
        if self.view.has_quiz:
            actions.add("start_quiz")
        return actions

    def searchable(self) -> Sequence[Line]:
        """Return the whole lesson."""
        return self.lesson.lines

    def reveal(self, row: int) -> None:
        """Bring a row to the upper third."""
        self._go_to(row - self.rows_of_text // 3)

    def wheel(self, by: int) -> None:
        """Scroll."""
        self._go_to(self.top + by)

    def leave(self) -> None:
        """Keep the place."""
        if self._page_of is not None:
            self.tutor.keep_place(self.view.concept, self.share)

    def _go_to(self, top: int) -> None:
        self._chosen = None
        self.top = max(0, min(top, self._last_top))
        if self.top == self._last_top and not self.view.done:
            self.tutor.finish_lesson(self.view.concept)
            self.view = replace(self.view, done=True)

    def do_guess(self, pressed: str) -> None:
        """Commit to a guess."""
        index = int(pressed) - 1
        self.tutor.commit_guess(self.view.concept, index)
        self.view = replace(self.view, guessed=index)
        # The page is longer now, and its width the same: set again, it must not scroll by share.
        self._page_of = None
        self.reveal(self.lesson.sections[0].line)

    def do_page_down(self) -> None:
        """Turn the page."""
        self._go_to(self.top + self.rows_of_text - _OVERLAP)

    def do_page_up(self) -> None:
        """Turn the page back."""
        self._go_to(self.top - self.rows_of_text + _OVERLAP)

    def do_scroll_down(self) -> None:
        """Go one row down, or one section in the contents."""
        if self._picks_section:
            self.contents_cursor = min(len(self.lesson.sections) - 1, self.contents_cursor + 1)
        else:
            self._go_to(self.top + 1)

    def do_scroll_up(self) -> None:
        """Go one row up, or one section in the contents."""
        if self._picks_section:
            self.contents_cursor = max(0, self.contents_cursor - 1)
        else:
            self._go_to(self.top - 1)

    @property
    def _picks_section(self) -> bool:
        return self.shows_contents and self.size.width < _SIDE_FROM

    def do_next_section(self) -> None:
        """Go to the next section."""
        lines = [each.line for each in self.lesson.sections if each.line > self.top]
        self._go_to(lines[0] if lines else self._last_top)

    def do_previous_section(self) -> None:
        """Go to the beginning of this section, or to the one before."""
        lines = [each.line for each in self.lesson.sections if each.line < self.top]
        self._go_to(lines[-1] if lines else 0)

    def do_contents(self) -> None:
        """Show or hide the contents."""
        self.shows_contents = not self.shows_contents
        self.contents_cursor = self.section

    def do_top(self) -> None:
        """Go to the beginning."""
        self._go_to(0)

    def do_bottom(self) -> None:
        """Go to the end."""
        self._go_to(self._last_top)

    def do_next_link(self) -> None:
        """Choose the next place from which the lab opens; after the last one comes the first."""
        anchors, here = self.lesson.anchors, self.link
        following = (anchors.index(here) + 1) % len(anchors) if here else self._first_below()
        target = anchors[following]
        if not self.top <= target.line < self.top + self.rows_of_text:
            self._go_to(target.first - self.rows_of_text // 3)
        self._chosen = following

    def _first_below(self) -> int:
        below = [index for index, each in enumerate(self.lesson.anchors) if each.line >= self.top]
        return below[0] if below else 0

    def do_open_lab(self) -> None:
        """Open the lab at the link in sight; in the contents, go to the section instead."""
        if self._picks_section:
            self.shows_contents = False
            self._go_to(self.lesson.sections[self.contents_cursor].line)
            return
        anchor = self.link
        self.leave()
        if anchor is None:
            self.tutor_app.show_lab(self.tutor.start_lab(self.view.concept))
            return
        link = lab_link(anchor.target, self.view.concept)
        if link is None:
            raise UsageError(f'"{anchor.target}" is not a place in a lab.')
        self.tutor_app.show_lab(self.tutor.open_link(link))

    def do_start_quiz(self) -> None:
        """Ask the questions on this lesson."""
        self.leave()
        self.tutor_app.open_place("quiz", self.view.concept)

    def do_up_level(self) -> None:
        """Close the contents, else the lesson."""
        if self._picks_section:
            self.shows_contents = False
        else:
            super().do_up_level()
