"""An interview as JSON objects, one a line."""

from collections.abc import Callable, Sequence
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from sdtutor.cli.answers import Answers
from sdtutor.cli.surface import EndOfInput, T
from sdtutor.errors import UsageError
from sdtutor.interview.records import Reply, Said

if TYPE_CHECKING:
    from sdtutor.session.interview_session import InterviewSession
    from sdtutor.session.interview_views import InterviewView

Emit = Callable[[dict[str, Any]], None]


class RecordVoice:
    """An interview as objects: ``interview``, ``said``, ``reply``, ``stage``, ``paused``.

    Args:
        source: Where lines come from.
        emit: Prints an object.
    """

    def __init__(self, source: Answers, emit: Emit) -> None:
        self._source, self._emit = source, emit

    def ask(self, prompt: str, read: Callable[[str], T]) -> T:  # noqa: ARG002  nobody is there to be prompted
        """Return what `read` makes of the next line."""
        return self._source.read(read)

    def begin(self, session: "InterviewSession") -> None:
        """Emit how it is held, and what was said before if it goes on."""
        view = session.view
        stages = [
            {"stage": row.name, "title": row.title, "planned_s": round(row.planned_s)} for row in view.stages
        ]
        self._emit({"type": "interview", **asdict(session.settings), "title": view.title, "stages": stages})
        self.tell(session.conversation.turns, view)

    def tell(self, turns: Sequence[Said | Reply], view: "InterviewView") -> None:
        """Emit an object for each turn, and before the reply that opens a stage one for the stage."""
        planned = {row.name: row for row in view.stages}
        for turn in turns:
            if isinstance(turn, Said):
                self._emit({"type": "said", **asdict(turn)})
                continue
            if turn.kind == "stage":
                row = next(planned[name] for name in planned if name == turn.about)
                self._emit(
                    {"type": "stage", "at_s": turn.at_s, "stage": row.name, "planned_s": round(row.planned_s)}
                )
            self._emit({"type": "reply", **asdict(turn)})

    def leave(self, session: "InterviewSession") -> None:
        """Emit that it was paused, and the command that goes on."""
        view = session.view
        stage = next(row.name for row in view.stages if row.state == "now")
        command = f"sdtutor interview {session.settings.problem} --resume" if session.stored.entries else ""
        self._emit({"type": "paused", "stage": stage, "left_s": view.left_s, "resume": command})


def emit_report(session: "InterviewSession", source: Answers, emit: Emit) -> None:
    """Emit the report, and again after each claim that a line ``/dispute ID`` disputes.

    Raises:
        LocatedError: A line after the end says something else.
    """
    from sdtutor.interview.reports.record import report_record

    emit(report_record(session.report()))

    def dispute(text: str) -> None:
        command, _, claim = text.partition(" ")
        if command != "/dispute":
            raise UsageError("The interview is over.", "/dispute ID says that a claim is wrong.")
        session.dispute(claim.strip())

    while True:
        try:
            source.read(dispute)
        except EndOfInput:
            return
        emit(report_record(session.report()))
