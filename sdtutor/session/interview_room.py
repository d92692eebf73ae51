"""The part of the tutor that holds mock interviews."""

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sdtutor.content.records import Level
    from sdtutor.interview.records import Report
    from sdtutor.session.desk import Desk
    from sdtutor.session.interview_comparison import ComparisonView
    from sdtutor.session.interview_session import InterviewSession
    from sdtutor.session.interview_views import InterviewRow, PausedInterview, TrendView


class InterviewRoom:
    """What a learner can do about mock interviews.

    Args:
        desk: Content, progress and the clock.
    """

    def __init__(self, desk: "Desk") -> None:
        self.desk = desk

    def interviews(self) -> "tuple[InterviewRow, ...]":
        """Return all problems, with what came of them last."""
        from sdtutor.session.interviews import interviews

        return interviews(self.desk)

    def begin_interview(
        self,
        name: str = "",
        minutes: int | None = None,
        level: "Level | None" = None,
        clock: float | None = 1.0,
        seed: int | None = None,
    ) -> "InterviewSession":
        """Return a new interview; it is kept from its first entry on.

        Args:
            name: Of the problem; empty is the first mock, later the next one that was not taken.
            minutes: 10, 25 or 45; None is 10 for the first mock, else 45.
            level: The level that is aimed at; None is that of the interview date, or mid.
            clock: How many minutes of the wall a minute of the interview has; None is no clock.
            seed: Chooses among follow-ups; None draws one.

        Raises:
            UsageError: No such problem, or no such length.
            ContentError: The problem breaks a rule of its format.
        """
        from sdtutor.session.interviews import begin_interview

        return begin_interview(self.desk, name, minutes, level, clock, seed)

    def resume_interview(self, interview: str = "") -> "InterviewSession":
        """Return an interview that was not finished, exactly where it was left.

        Args:
            interview: Its id or its problem; empty is the one that was left last.

        Raises:
            UsageError: There is none.
        """
        from sdtutor.session.interviews import resume_interview

        return resume_interview(self.desk, interview)

    def paused_interview(self) -> "PausedInterview | None":
        """Return the interview that was left last and can go on; None when there is none."""
        from sdtutor.session.interviews import paused_interview

        return paused_interview(self.desk)

    def reopen_interview(self, interview: str = "") -> "InterviewSession":
        """Return an interview that ended; its report is scored anew from what was said.

        Args:
            interview: Its id or its problem; empty is the one that ended last.

        Raises:
            UsageError: There is none.
        """
        from sdtutor.session.interviews import reopen_interview

        return reopen_interview(self.desk, interview)

    def past_interviews(self) -> "TrendView":
        """Return the interviews that ended, the oldest first, and what was weak in all of the last ones."""
        from sdtutor.session.interviews import past_interviews

        return past_interviews(self.desk)

    def score_transcript(self, path: Path) -> "Report":
        """Return the report on a stored interview; nothing is kept.

        Raises:
            ContentError: The file breaks a rule of its format, or names a problem that there is not.
        """
        from sdtutor.session.interviews import score_transcript

        return score_transcript(self.desk, path)

    def compare_interview(self, report: "Report") -> "ComparisonView":
        """Return an answer beside a strong one: reference designs, and what its core points would have said.

        Args:
            report: On the answer.

        Raises:
            ContentError: The problem breaks a rule of its format.
        """
        from sdtutor.session.interview_comparison import compare

        return compare(self.desk.root, report)
