"""A lesson as a conversation: a guess, then section after section."""

from typing import TYPE_CHECKING

from sdtutor.cli.surface import EndOfInput, Surface

if TYPE_CHECKING:
    from sdtutor.session.tutor import Tutor
    from sdtutor.session.views import LessonView


def read_lesson(tutor: "Tutor", lesson: "LessonView", surface: Surface) -> None:
    """Tell a lesson; ask for the guess, and wait between sections, where somebody answers.

    Where nobody does, the whole text is written, and it does not count as read.

    Args:
        tutor: Keeps the guess and the place.
        lesson: What to tell.
        surface: Where.
    """
    _open(lesson, surface)
    try:
        if surface.on_terminal:
            _ask_guess(tutor, lesson, surface)
            finished = _read_sections(tutor, lesson, surface)
        else:
            _tell_guess(lesson, surface)
            for section in lesson.sections:
                _section(section.title, section.markdown, surface)
            finished = True
    except EndOfInput:
        return
    if not finished:
        surface.say("Your place is kept: sdtutor learn goes on here.")
        return
    _sources(lesson, surface)
    if surface.on_terminal:
        tutor.finish_lesson(lesson.concept)
    _next(lesson, surface)


def _open(lesson: "LessonView", surface: Surface) -> None:
    surface.heading(f"{lesson.topic}: {lesson.title}")
    surface.say(f"{lesson.summary} {lesson.minutes} min, {lesson.level}.")
    for required in lesson.requires:
        if not required.done:
            surface.say(f"Know this first: {required.title} (sdtutor learn {required.concept})")
    surface.say()
    surface.say("Afterwards you can:")
    for goal in lesson.goals:
        surface.say(f"  {goal}")


def _tell_guess(lesson: "LessonView", surface: Surface) -> None:
    surface.heading("A guess")
    surface.say(lesson.guess.prompt)
    for number, choice in enumerate(lesson.guess.choices, 1):
        surface.say(f"  {number}  {choice}")


def _ask_guess(tutor: "Tutor", lesson: "LessonView", surface: Surface) -> None:
    if lesson.guessed is not None:
        return
    surface.heading("A guess")
    index = surface.choose(lesson.guess.prompt, lesson.guess.choices, skip="reads on")
    if index is None:
        return
    verdict = tutor.commit_guess(lesson.concept, index)
    right = lesson.guess.choices[lesson.guess.answer]
    surface.say("Right." if verdict.correct else f"Not so. It is: {right}")
    surface.say(verdict.why)


def _read_sections(tutor: "Tutor", lesson: "LessonView", surface: Surface) -> bool:
    """Tell the sections from the place that was kept; tell whether the end was reached."""
    count = len(lesson.sections)
    first = 0 if lesson.done else min(int(lesson.place * count), count - 1)
    for index in range(first, count):
        section = lesson.sections[index]
        _section(section.title, section.markdown, surface)
        tutor.keep_place(lesson.concept, (index + 1) / count)
        left = count - index - 1
        if left and surface.ask(f"{index + 1} of {count}. Enter goes on, q stops: ", str.lower) == "q":
            return False
    return True


def _section(title: str, markdown: str, surface: Surface) -> None:
    surface.heading(title)
    surface.markdown(markdown)


def _sources(lesson: "LessonView", surface: Surface) -> None:
    if not lesson.sources:
        return
    surface.heading("Sources")
    for source in lesson.sources:
        told = (f"{source.authors}, {source.title}, {source.year}", source.where, source.url)
        surface.say(f"[{source.id}] " + ", ".join(part for part in told if part))


def _next(lesson: "LessonView", surface: Surface) -> None:
    surface.heading("Next")
    slug = lesson.concept.rpartition("/")[2]
    offers = [
        (f"sdtutor lab {slug}", "run it") if lesson.has_lab else None,
        (f"sdtutor quiz {slug}", "answer questions about it") if lesson.has_quiz else None,
        (f"sdtutor learn {lesson.next}", lesson.next_title) if lesson.next else None,
    ]
    surface.rows(offer for offer in offers if offer)
