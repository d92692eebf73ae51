"""One mock interview on any surface: what is typed goes in, what the interviewer says comes out."""

import math
import re
from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

from sdtutor.errors import UsageError
from sdtutor.interview.commands import read_command
from sdtutor.interview.conversation import Conversation, drawn
from sdtutor.interview.examining import examined
from sdtutor.interview.interviewer import advance, after, fold, left_in_words, seconds, total_s
from sdtutor.interview.records import Does, Entry, Reply, Said, Stored
from sdtutor.interview.stages import STAGES
from sdtutor.interview.texts import MAX_CHARACTERS, clean, points_of
from sdtutor.interview.transcript import MAX_ENTRIES
from sdtutor.session.interview_keeping import Keeping
from sdtutor.session.interview_report import Case, report_on
from sdtutor.session.interview_views import ChatRow, DrawingView, InterviewView, SimulationView, StageRow

if TYPE_CHECKING:
    from sdtutor.interview.records import Report

_LINES = re.compile(r"\s*;(?!\s*(?:index|unique|key|primary|partition)\b)\s*", re.IGNORECASE)
"""Where one line of a drawing that was typed on one line ends; a table's own ``; index`` stays."""

_EMPTY = "There is nothing to send. Type a point, a question, or /help."


class InterviewSession:
    """A mock interview that is held.

    Every entry is saved before its replies are returned. Plain calls of :meth:`tell` may take half a second
    when the interviewer looks at a new drawing; :meth:`prepare` does that work ahead, in any thread.

    Args:
        case: What it is about.
        stored: How it is held, and what was said before.
        keeping: Where it is kept.
        now: Tells seconds of the wall that only grow.
    """

    def __init__(self, case: Case, stored: Stored, keeping: Keeping, now: Callable[[], float]) -> None:
        self.settings, self._case = stored.settings, case
        self._entries = list(stored.entries)
        self._keeping, self._now = keeping, now
        self._copies: list[Callable[[Stored], None]] = []
        self._talk = fold(case.problem, stored.settings, stored.entries)
        self._before = self._entries[-1].at_s if self._entries else 0.0
        self._since: float | None = None if self._talk.paused else now()
        self._reports: tuple[Conversation, Report] | None = None

    @property
    def stored(self) -> Stored:
        """The interview so far, as a file has it."""
        return Stored(self.settings, tuple(self._entries))

    @property
    def conversation(self) -> Conversation:
        """The interview at this moment."""
        return self._talk

    @property
    def is_over(self) -> bool:
        """Whether it ended."""
        return self._talk.is_over

    @property
    def view(self) -> InterviewView:
        """The interview at this moment, for a screen."""
        return view_of(advance(self._talk, seconds(self.settings, self._at_s())))

    def keep_also(self, save: Callable[[Stored], None]) -> None:
        """Have every entry kept in one more place from now on, such as a file.

        Args:
            save: Keeps what the interview has come to; called at once, and at every entry.
        """
        save(self.stored)
        self._copies.append(save)

    def opening(self) -> tuple[Reply, ...]:
        """Return what the interviewer has said to begin with, or said last before a pause."""
        return self._talk.replies if not self._entries else self._talk.replies[-1:]

    def tell(self, text: str) -> tuple[Reply, ...]:
        """Take what was typed; return what the interviewer says.

        A line that begins with ``/`` is a command, ``//`` a point that begins with a slash; everything else
        is a point, or several where blank lines part it. What cannot be taken is told, and nothing is kept.

        Args:
            text: As typed or pasted.
        """
        said = clean(text[: 4 * MAX_CHARACTERS])
        if not said:
            return self._notice(_EMPTY)
        if said.startswith("/") and not said.startswith("//"):
            return self._command(said)
        return self._points(said.removeprefix("/") if said.startswith("//") else said, len(text))

    def draw(self, text: str) -> tuple[Reply, ...]:
        """Put a drawing on the whiteboard; return what the interviewer says.

        Args:
            text: The whole drawing, or lines to add to it when the first one begins with ``+``.
        """
        drawing = clean(text)
        if not drawing:
            return self._notice("There is nothing to draw. For example: /draw client -> lb -> app*3 -> db")
        if len(drawing) > MAX_CHARACTERS:
            return self._notice(
                f"The drawing has {len(drawing):,} characters; {MAX_CHARACTERS:,} is the most."
            )
        return self._enter("draw", drawing)

    def prepare(self, drawing: str = "") -> None:
        """Measure the drawing, and score what is over, ahead of the call that needs it; in any thread.

        Args:
            drawing: What is about to be drawn; empty is what is drawn.
        """
        talk = self._talk
        if talk.is_over:
            self._scored(talk)
        elif drawing or talk.drawing:
            examined(replace(talk, drawing=drawn(talk.drawing, clean(drawing))) if drawing else talk)

    def report(self) -> "Report":
        """Return the report on what was said so far, and keep it when the interview is over."""
        report = self._scored(self._talk)
        if self.is_over:
            self._keeping.settle(report)
        return report

    def _scored(self, talk: Conversation) -> "Report":
        known = self._reports
        if known is None or known[0] is not talk:
            known = self._reports = (talk, report_on(talk, self._case))
        return known[1]

    def dispute(self, claim: str) -> None:
        """Keep that the candidate's words do not mean what a claim of the report says: it counts as unmet.

        Args:
            claim: Its id.

        Raises:
            UsageError: The report has no such claim.
        """
        claims = [each.id for score in self.report().scores for each in score.evidence if not each.checked]
        if claim not in claims:
            raise UsageError(f'There is no claim "{claim}".', f"Claims: {', '.join(claims) or 'none'}.")
        self._enter("dispute", claim)

    def tick(self) -> tuple[Reply, ...]:
        """Return what the clock has caused since it was asked last: an interruption, a warning, the bell."""
        return self._move(advance(self._talk, seconds(self.settings, self._at_s())))

    def pause(self) -> tuple[Reply, ...]:
        """Stop the clock; nothing happens when it stands or the interview is over."""
        return () if self._talk.paused or self.is_over else self._enter("command", "pause")

    def resume(self) -> tuple[Reply, ...]:
        """Let the clock run again; nothing happens when it runs."""
        return self._enter("command", "resume") if self._talk.paused else ()

    def end(self) -> tuple[Reply, ...]:
        """End the interview; nothing happens when it is over."""
        return () if self.is_over else self._enter("command", "end")

    def keep_typed(self, line: str, drawing: str) -> None:
        """Keep what is typed and not sent, for :attr:`typed` after a crash.

        Args:
            line: What stands in the input.
            drawing: What stands in the editor of the drawing.
        """
        self._keeping.keep_typed(self.stored, line, drawing)

    @property
    def typed(self) -> tuple[str, str]:
        """The line and the drawing that were typed and not sent."""
        return self._keeping.typed()

    def preview(self, text: str) -> DrawingView:
        """Return a drawing as it is typed, read and judged by rules; nothing is kept or simulated.

        Args:
            text: Of the drawing.
        """
        from sdtutor.session.interview_drawing import preview

        return preview(self._talk, clean(text))

    def simulate(
        self,
        told: Callable[[float], None] = lambda _share: None,
        cancelled: Callable[[], bool] = lambda: False,
    ) -> SimulationView | None:
        """Return what the whiteboard does under the candidate's own numbers; None when it was cancelled.

        It takes some seconds; any thread may call it.

        Args:
            told: Is told the share that is done.
            cancelled: Is asked now and then whether to stop.
        """
        from sdtutor.session.interview_drawing import simulate

        return simulate(self._talk, told, cancelled)

    def _command(self, text: str) -> tuple[Reply, ...]:
        word, rest = _first_word(text[1:])
        if word == "pad":
            return self._enter("pad", rest) if rest else self._notice("/pad 100M links / month * 500 B")
        if word == "draw":
            return self.draw(rest if "\n" in rest else _LINES.sub("\n", rest))
        try:
            read_command(text)
        except UsageError as error:
            return self._notice(f"{error.message} {error.hint}".strip())
        return self._enter("command", text[1:])

    def _points(self, said: str, length: int) -> tuple[Reply, ...]:
        replies: tuple[Reply, ...] = ()
        for point in points_of(said):
            replies += self._enter("say", point)
        if length > MAX_CHARACTERS:
            message = f"That was {length:,} characters; the first {MAX_CHARACTERS:,} were kept."
            replies += self._notice(message)
        return replies

    def _enter(self, does: Does, text: str) -> tuple[Reply, ...]:
        if self.is_over and does != "dispute":
            return self._notice("The interview is over.")
        if len(self._entries) >= MAX_ENTRIES:
            return self._notice(
                f"There are {MAX_ENTRIES:,} entries, which is the most. /end shows the report."
            )
        entry = Entry(self._at_s(), does, text)
        talk = after(self._talk, entry)
        self._entries.append(entry)
        for save in (self._keeping.save, *self._copies):
            save(self.stored)
        if talk.paused != self._talk.paused:
            self._before, self._since = entry.at_s, None if talk.paused else self._now()
        return self._move(talk)

    def _at_s(self) -> float:
        """Return seconds of the wall since the beginning, pauses left out, in tenths.

        Rounded up, so that an entry is never before what a tick has shown.
        """
        ran = 0.0 if self._since is None else max(0.0, self._now() - self._since)
        return math.ceil(round((self._before + ran) * 10, 6)) / 10

    def _move(self, talk: Conversation) -> tuple[Reply, ...]:
        new = talk.turns[len(self._talk.turns) :]
        self._talk = talk
        return tuple(turn for turn in new if isinstance(turn, Reply))

    def _notice(self, text: str) -> tuple[Reply, ...]:
        """Return a reply that is no part of the interview."""
        return (Reply(seconds(self.settings, self._at_s()), "notice", text),)


def _first_word(text: str) -> tuple[str, str]:
    parts = text.split(None, 1)
    return (parts[0].lower() if parts else ""), (parts[1].strip() if len(parts) > 1 else "")


def view_of(talk: Conversation) -> InterviewView:
    """Return an interview at one moment, for a screen."""
    settings = talk.settings
    left = None if settings.clock is None else max(0.0, total_s(settings) - talk.at_s)
    return InterviewView(
        problem=talk.problem.slug,
        title=talk.problem.title,
        minutes=settings.minutes,
        level=settings.level,
        seed=settings.seed,
        stages=_stage_rows(talk),
        stage=talk.stage.title,
        clock=left_in_words(talk),
        left_s=left,
        chat=tuple(map(_chat_row, talk.turns)),
        drawing=talk.drawing,
        points=talk.count,
        hints=len(talk.hints),
        is_over=talk.is_over,
        is_paused=talk.paused,
    )


def _stage_rows(talk: Conversation) -> tuple[StageRow, ...]:
    opened = {each.stage for each in talk.opened}
    return tuple(
        StageRow(
            each.name,
            each.title,
            each.planned_s,
            talk.taken(each.name),
            "now" if each == talk.stage else "done" if each.name in opened else "ahead",
        )
        for each in STAGES[talk.settings.minutes]
    )


def _chat_row(turn: Said | Reply) -> ChatRow:
    if isinstance(turn, Said):
        return ChatRow(turn.number, "you", turn.does, turn.text, turn.at_s)
    return ChatRow(0, "interviewer", turn.kind, turn.text, turn.at_s, turn.about)
