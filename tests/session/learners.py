"""A learner with two small concepts, one lab, a progress file of their own and a clock that tests turn."""

import shutil
from datetime import UTC, datetime, timedelta
from pathlib import Path

from sdtutor.session.desk import Desk
from sdtutor.session.tutor import Tutor

HERE = Path(__file__).parent
TURNS, CREDITS = "load_balancing/turns", "load_balancing/credits"


class Clock:
    """Tells a moment that only tests move."""

    def __init__(self):
        self.now = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)

    def __call__(self):
        return self.now

    def pass_time(self, **amount):
        """Let time pass."""
        self.now += timedelta(**amount)


class Learner:
    """Everything that one learner has: content below `root`, progress below `home`."""

    def __init__(self, folder, shelf):
        self.root, self.home = folder / "content", folder / "home"
        shutil.copytree(HERE / "sample_content", self.root)
        self.clock = Clock()
        self.shelf = shelf
        self.opened = []
        self.tutor = self.sit_down()

    def sit_down(self):
        """Return a new tutor over the same files, as another start of the program has it."""
        environ = {"SDTUTOR_HOME": str(self.home)}
        tutor = Tutor(Desk(self.root, environ, self.clock, self.shelf))
        self.opened.append(tutor)
        return tutor

    def replace(self, name, old, new):
        """Replace a text that must be there once in a file; return its line."""
        path = self.root / name
        text = path.read_text(encoding="utf-8")
        assert text.count(old) == 1, f"{old!r} is there {text.count(old)} times"
        path.write_text(text.replace(old, new), encoding="utf-8")
        return text[: text.index(old)].count("\n") + 1

    def answer(self, quiz, right=True, confidence="think"):
        """Answer the question that a quiz shows, and leave it there."""
        give(quiz, right)
        quiz.answer(confidence)
        assert quiz.view().told.correct is right

    def take(self, quiz, right=True, confidence="think"):
        """Answer every question of a quiz, half a minute each."""
        while not quiz.view().finished:
            self.clock.pass_time(seconds=30)
            self.answer(quiz, right, confidence)
            quiz.next()
        return quiz.view().summary


RIGHT = {
    "who_next": ["b serves"],
    "costs": ["Memory for every host", "A sum over all hosts"],
    "steps": ["earn the weight", "serve the request", "pay the sum"],
    "debt": "-2",
    "word": "smooth",
    "line": "1",
    "predicted": ["a"],
    "promise": ["broken"],
}
"""The right answer to each sample question, by its id without the number that tells concepts apart."""


def give(quiz, right):
    """Put the right or a wrong answer to the question that a quiz shows."""
    view = quiz.view()
    wanted = RIGHT[view.item.partition("#")[2]]
    if isinstance(wanted, str):
        quiz.type(wanted if right else {"line": "2", "debt": "7"}.get(view.kind, "9"))
        return
    if not right:
        wanted = [text for text in view.choices if text not in wanted] or wanted[::-1]
        wanted = wanted[: 1 if view.kind != "order" else None]
    for text in wanted:
        quiz.choose(view.choices.index(text))
