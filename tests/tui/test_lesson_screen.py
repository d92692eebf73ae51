import pytest
from playing import play
from screen_text import screen_text
from textual.events import MouseScrollDown, MouseScrollUp

from sdtutor.tui.base_screen import BaseScreen
from sdtutor.tui.lesson_page import lesson_page
from sdtutor.tui.lesson_screen import LessonScreen

CONCEPT = "caching/read_through"


@pytest.fixture
def lesson(tutor):
    return LessonScreen(tutor.open_lesson(CONCEPT))


def test_a_lesson_begins_with_a_guess_and_tells_what_came_of_it(tutor, lesson):
    async def steps(app, pilot):
        assert "Commit to one: 1 2 3" in screen_text(app)
        await pilot.press("1")
        text = screen_text(app)
        assert "✗ 1  At once (your guess)" in text
        assert "✓ 2  When the entry expires" in text
        assert "Not so. Nothing tells the cache" in text
        assert "1-9 guess" not in text

    play(tutor, lesson, steps)
    assert tutor.open_lesson(CONCEPT).guessed == 0


def test_a_digit_without_a_choice_is_told(tutor, lesson):
    async def steps(app, pilot):
        await pilot.press("9")
        assert "There is no choice 9. Choose from 1 to 3." in screen_text(app)

    play(tutor, lesson, steps)


def test_prose_is_at_most_72_columns_wide(tutor):
    page = lesson_page(tutor.open_lesson(CONCEPT), 200)
    prose = [row for row in page.lines if any(span.text.startswith("You run a shop") for span in row)]
    assert prose
    assert all(sum(len(span.text) for span in row) <= 72 for row in prose)


def test_space_turns_pages_and_the_head_tells_place_and_minutes(tutor, lesson):
    async def steps(app, pilot):
        assert "0%   6 min left" in screen_text(app).splitlines()[0]
        await pilot.press("space")
        assert lesson.top == lesson.rows_of_text - 2
        await pilot.press("end")
        assert "100%   the end" in screen_text(app).splitlines()[0]

    play(tutor, lesson, steps)


def test_n_goes_from_section_to_section_and_back(tutor, lesson):
    async def steps(app, pilot):
        await pilot.press("n", "n")
        assert screen_text(app).splitlines()[2].startswith("  ─ The problem ─")
        await pilot.press("n")
        assert screen_text(app).splitlines()[2].startswith("  ─ How it works ─")
        await pilot.press("N")
        assert screen_text(app).splitlines()[2].startswith("  ─ The problem ─")

    play(tutor, lesson, steps)


def test_reading_to_the_end_finishes_the_lesson(tutor, lesson):
    async def steps(app, pilot):
        await pilot.press("space")
        assert not tutor.open_lesson(CONCEPT).done
        await pilot.press("end")

    play(tutor, lesson, steps)
    assert tutor.open_lesson(CONCEPT).done


def test_the_place_is_kept_when_the_learner_leaves(tutor, lesson):
    async def steps(app, pilot):
        await pilot.press("n", "n", "n", "q")

    play(tutor, lesson, steps)
    again = LessonScreen(tutor.open_lesson(CONCEPT))

    async def look(app, pilot):
        assert screen_text(app).splitlines()[2].startswith("  ─ How it works ─")

    play(tutor, again, look)


class Elsewhere(BaseScreen):
    KEYS = "help"

    def body(self, columns, rows):
        return ()


def test_enter_opens_the_lab_at_the_link_in_sight_and_q_returns_to_the_same_row(tutor, lesson, monkeypatch):
    opened = []
    monkeypatch.setattr(type(tutor), "open_link", lambda self, link: opened.append(link))

    async def steps(app, pilot):
        monkeypatch.setattr(app, "show_lab", lambda session: app.push_screen(Elsewhere()))
        lesson.view = _with_lab(lesson.view)
        await pilot.press("n", "n", "n", "n", "n")
        top = lesson.top
        assert "▎ The write reaches the table" in screen_text(app)
        await pilot.press("enter")
        assert (opened[-1].concept, opened[-1].scene, opened[-1].step) == (CONCEPT, "stale_read", 14)
        await pilot.press("q")
        assert lesson.top == top
        await pilot.press("tab", "enter")
        assert opened[-1].step is None

    play(tutor, lesson, steps)


def _with_lab(view):
    from dataclasses import replace

    return replace(view, has_lab=True)


def test_t_shows_the_contents_and_enter_goes_to_a_section(tutor, lesson):
    async def steps(app, pilot):
        await pilot.press("t")
        assert "▸ A guess first" in screen_text(app)
        await pilot.press("down", "down", "enter")
        assert screen_text(app).splitlines()[2].startswith("  ─ How it works ─")

    play(tutor, lesson, steps)


def test_a_wide_terminal_has_the_contents_beside_the_text(tutor, lesson):
    async def steps(app, pilot):
        assert "│  Contents" in screen_text(app)
        await pilot.press("t")
        assert "Contents" not in screen_text(app)

    play(tutor, lesson, steps, size=(120, 40))


def test_a_resize_keeps_the_row(tutor, lesson):
    async def steps(app, pilot):
        await pilot.press("n", "n", "n")
        for size in ((20, 5), (120, 40), (80, 24)):
            await pilot.resize_terminal(*size)
            await pilot.pause()
        assert screen_text(app).splitlines()[2].startswith("  ─ How it works ─")

    play(tutor, lesson, steps)


def test_search_goes_to_the_first_place(tutor, lesson):
    async def steps(app, pilot):
        await pilot.press("slash", *"disagreement", "enter")
        assert lesson.top >= 0
        await pilot.press("slash", *[key for _ in range(12) for key in ("backspace",)], *"elsewhere", "enter")
        assert "elsewhere" in screen_text(app)

    play(tutor, lesson, steps)


def test_c_asks_the_questions_on_the_lesson(tutor, lesson):
    async def steps(app, pilot):
        await pilot.press("c")
        assert "question 1 of" in screen_text(app)

    play(tutor, lesson, steps)


def test_the_wheel_scrolls(tutor, lesson):
    async def steps(app, pilot):
        for kind, top in ((MouseScrollDown, 3), (MouseScrollDown, 6), (MouseScrollUp, 3)):
            app.screen.page.post_message(kind(app.screen.page, 5, 5, 0, 0, 0, False, False, False))
            await pilot.pause()
            assert lesson.top == top

    play(tutor, lesson, steps)
