"""The tutor: every use case behind one object. Screens and commands talk to nothing else."""

import os
from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self

from sdtutor.session.desk import Desk, local_now
from sdtutor.session.interview_room import InterviewRoom

if TYPE_CHECKING:
    from sdtutor.content.records import LabLink, Level
    from sdtutor.engine.lab import Lab, Variant
    from sdtutor.session.lab_session import LabSession
    from sdtutor.session.labs import LabEntry
    from sdtutor.session.quiz_session import QuizSession
    from sdtutor.session.views import (
        GuessVerdict,
        HomeView,
        InterviewDate,
        LessonView,
        ListKind,
        ListRow,
        ProgressView,
        SearchHit,
    )
    from sdtutor.store.records import LastPlace


class Tutor(InterviewRoom):
    """What a learner can do. Make one with :meth:`open`; it is a context manager.

    The progress file is opened by the first call that needs it, and belongs to the thread of that call.
    """

    @classmethod
    def open(
        cls,
        root: Path | None = None,
        environ: Mapping[str, str] = os.environ,
        clock: Callable[[], datetime] = local_now,
    ) -> Self:
        """Return a tutor over the installed lessons, or those below a root.

        Args:
            root: The folder that holds ``lessons/`` and ``quizzes/``.
            environ: Environment variables; ``SDTUTOR_HOME`` names the folder of the progress file.
            clock: Tells the moment in the learner's time zone, which decides where a day ends.

        Raises:
            SdtutorError: There are no lessons; the installation is incomplete.
        """
        return cls(Desk.open(root, environ, clock))

    def close(self) -> None:
        """Close the progress file, if it was opened."""
        self.desk.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    @property
    def notices(self) -> tuple[str, ...]:
        """What the learner must be told: a damaged progress file, lessons that cannot be listed."""
        return self.desk.notices

    def home(self) -> "HomeView":
        """Return home for this day."""
        from sdtutor.session.home import home

        return home(self.desk)

    def open_lesson(self, name: str = "") -> "LessonView":
        """Return a lesson, and keep that it was opened.

        Args:
            name: A concept; a topic opens its first lesson that is not done; empty goes on where the learner
                stopped.

        Raises:
            UsageError: The name is unknown or could be several, or there is no lesson left.
            ContentError: The lesson breaks a rule of its format.
        """
        from sdtutor.session.lessons import open_lesson

        return open_lesson(self.desk, name)

    def keep_place(self, concept: str, place: float) -> None:
        """Keep where the reader of a lesson is, 0 to 1."""
        self.desk.store.save_place(concept, min(1.0, max(0.0, place)))

    def finish_lesson(self, concept: str) -> None:
        """Keep that a lesson was read to its end."""
        self.desk.store.save_place(concept, 1.0, done=True)

    def commit_guess(self, concept: str, index: int) -> "GuessVerdict":
        """Keep the guess before a lesson; return what came of it.

        Args:
            concept: Whose lesson.
            index: Of the choice, from 0.

        Raises:
            UsageError: There is no such choice.
        """
        from sdtutor.session.lessons import commit_guess

        return commit_guess(self.desk, concept, index)

    def resolve_concept(self, name: str) -> str:
        """Return the id of the one concept that a person meant; raises UsageError."""
        return self.desk.resolve_concept(name)

    def resolve_topic(self, name: str) -> str:
        """Return the slug of the one topic that a person meant; raises UsageError."""
        return self.desk.resolve_topic(name)

    def resolve(self, name: str, kind: "ListKind") -> tuple[str, ...]:
        """Return the concepts of this kind that a name means: one, or all of a topic.

        Args:
            name: A concept or a topic, forgivingly spelled.
            kind: Only concepts that have a lesson, a lab or a quiz.

        Raises:
            UsageError: Nothing is named so, several are, or the topic has none of this kind.
        """
        return self.desk.resolve(name, kind)

    def labs_of(self, name: str) -> "tuple[LabEntry, ...]":
        """Return the lab of this name; of a topic its comparison alone, or else all its labs.

        Raises:
            UsageError: Nothing is named so, several are, or the topic has no lab.
        """
        from sdtutor.session.labs import lab_entries

        return lab_entries(self.desk, self.resolve(name, "lab"))

    def load_lab(self, lab: str) -> "Lab":
        """Return the declaration of a lab; this imports it.

        Args:
            lab: ``topic/slug``.

        Raises:
            UsageError: There is no such lab.
            ContentError: Its module declares none.
        """
        return self.desk.shelf.load(lab)

    def start_lab(
        self,
        name: str,
        variant: "Variant | None" = None,
        settings: Mapping[str, Any] | None = None,
        seed: int = 0,
        *,
        resume: bool = False,
        keep: bool = True,
    ) -> "LabSession":
        """Return a lab that is ready to be played, in the middle of its opening story.

        A variant or settings that differ from the opening's begin at step 0.

        Args:
            name: Of one lab.
            variant: Which code; None is the one of the lab's opening.
            settings: Values of parameters, as they are spelled.
            seed: From which latencies are drawn.
            resume: Go on with the run that was kept last, if there is one.
            keep: Keep goals, the run and that it was opened; False leaves the progress file alone.

        Raises:
            UsageError: No lab, variant, setting or value of this name.
        """
        from sdtutor.session.play import play, play_on

        lab = self.desk.resolve_lab(name)
        kept = play_on(self.desk, lab) if resume else None
        return kept or play(self.desk, lab, variant, settings or {}, seed, keep=keep)

    def open_run(self, path: Path, *, keep: bool = True) -> "LabSession":
        """Return a lab with the run that a file holds.

        Args:
            path: The run file.
            keep: As for `start_lab`.

        Raises:
            RunFileError: The file is not a run file, or an event is not possible where it stands.
        """
        from sdtutor.session.play import play_file

        return play_file(self.desk, path, keep=keep)

    def open_link(self, link: "LabLink") -> "LabSession":
        """Return a lab at the place that a lesson or a question links to.

        Raises:
            UsageError: There is no such lab, scene or step.
        """
        from sdtutor.session.play import play_scene

        return play_scene(self.desk, link)

    def start_quiz(
        self,
        names: Sequence[str] = (),
        count: int | None = None,
        level: "Level | None" = None,
        seed: int | None = None,
        *,
        due_only: bool = False,
        only: Sequence[str] = (),
    ) -> "QuizSession":
        """Return a quiz; one of the same request that was not finished goes on.

        Args:
            names: Concepts and topics; none asks about what was read, or about everything before that.
            count: At most so many questions; None lets the request decide.
            level: Only questions for these people.
            seed: Decides among equal questions and orders options; None draws one.
            due_only: Only reviews that are due.
            only: Only these questions, by item.

        Raises:
            UsageError: A name is unknown, or no question is left to ask.
            ContentError: Every quiz that was asked for breaks a rule of its format.
        """
        from sdtutor.session.quizzes import QuizRequest, start_quiz

        request = QuizRequest(tuple(names), count, level, seed, due_only, tuple(only))
        return start_quiz(self.desk, request)

    def resume_quiz(self) -> "QuizSession":
        """Return the quiz that was left last; a new one about what was read when none was.

        Raises:
            UsageError: No question is left to ask.
        """
        from sdtutor.session.quizzes import resume_quiz

        return resume_quiz(self.desk)

    def surprises(self) -> tuple[str, ...]:
        """Return the items that were answered sure and wrong, newest first: for ``start_quiz(only=...)``."""
        from sdtutor.session.history import History

        return History(self.desk).surprise_items()

    def last(self) -> "LastPlace | None":
        """Return what ``continue`` opens, or None before anything was opened."""
        return self.desk.store.last()

    def remember(self, kind: "ListKind", concept: str, detail: str = "") -> None:
        """Keep what ``continue`` opens.

        Args:
            kind: lesson, lab or quiz.
            concept: ``topic/slug``; empty for a quiz about several.
            detail: The place inside it, as home says it: ``step 9``.
        """
        self.desk.remember(kind, concept, detail)

    def listing(self, kind: "ListKind | None" = None, topic: str | None = None) -> "tuple[ListRow, ...]":
        """Return what there is, in learning order: lessons, then labs, then quizzes. Imports no lab.

        Args:
            kind: Only these.
            topic: Only of this topic.

        Raises:
            UsageError: There is no such topic.
        """
        from sdtutor.session.listing import listing

        return listing(self.desk, kind, topic)

    def search(self, words: str) -> "tuple[SearchHit, ...]":
        """Return where all these words are found, best first.

        Titles, summaries, the text of lessons and the prompts of questions are searched.
        """
        from sdtutor.session.search import search

        return search(self.desk, words)

    def progress(self) -> "ProgressView":
        """Return where the learner stands."""
        from sdtutor.session.progress import progress

        return progress(self.desk)

    def export_progress(self) -> dict[str, Any]:
        """Return all progress as JSON values."""
        return self.desk.store.export()

    def import_progress(self, data: Any) -> int:
        """Merge exported progress into this; return how many entries are new or changed.

        Raises:
            UsageError: It is not an export; nothing was changed.
        """
        return self.desk.store.import_(data)

    def reset_progress(self, concept: str | None = None) -> Path:
        """Forget the progress in a concept, or all of it; return the backup that was written first."""
        return self.desk.store.reset(concept)

    def interview_date(self) -> "InterviewDate":
        """Return the interview that the learner prepares for, and the pace that it asks for."""
        from sdtutor.session.interview_date import interview_date

        return interview_date(self.desk)

    def set_interview_date(self, day: date | None, level: "Level") -> "InterviewDate":
        """Keep when the interview is and at which level; None means that none is coming.

        Raises:
            UsageError: The day is past.
        """
        from sdtutor.session.interview_date import set_interview_date

        return set_interview_date(self.desk, day, level)

    def setting(self, name: str, default: Any = None) -> Any:
        """Return a setting such as the theme, or the default when it was never set."""
        return self.desk.store.setting(name, default)

    def set_setting(self, name: str, value: Any) -> None:
        """Keep a setting: anything that JSON can hold."""
        self.desk.store.set_setting(name, value)
